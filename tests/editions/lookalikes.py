"""Files as publishers make them, in small: the city of ``files`` in every format, with every publisher's columns."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from geoapp.domain.code_column import Lists
from geoapp.editions.draft import Draft
from geoapp.editions.line import STEPS, Attempt, attempt
from tests.editions import files
from tests.editions.files import Feature

READING = STEPS[: [step.__name__ for step in STEPS].index("sift") + 1]
"""The steps up to the one behind which a file is understood."""


SUFFIXES = {"GPKG": ".gpkg", "FlatGeobuf": ".fgb", "LIBKML": ".kml", "ESRI Shapefile": ".shp"}


class Verdict(NamedTuple):
    """What became of a file: the message of its refusal or question (empty: it comes in), and its counts."""

    message: str
    profile: str
    system: str
    features: int
    regions: int
    set_aside: int
    refused: int


def understood(path: Path, official: Lists = files.LISTS, **asked: Any) -> Attempt:
    """How far a file comes, without cleaning and drawing it."""
    return attempt(files.draft(path, official, **asked), READING)


def verdict(path: Path, official: Lists = files.LISTS, **asked: Any) -> Verdict:
    """What becomes of a file."""
    draft, _, error = understood(path, official, **asked)
    return Verdict(
        message=error.message if error else "",
        profile=draft.profile.slug if draft.profile else "",
        system=draft.system.value if draft.system else "",
        features=draft.features,
        regions=0 if error or draft.frame is None else len(draft.frame),
        set_aside=len(draft.set_aside),
        refused=len(draft.refused),
    )


def regions(draft: Draft) -> dict[str, tuple[str, Any]]:
    """Code → name and box of every region of a draft."""
    boxes = np.round(draft.frame.geometry.bounds.to_numpy(), 6).tolist()
    return {code: (name, box) for code, name, box in zip(draft.frame["code"], draft.frame["name"], boxes, strict=True)}


def columns(change: Callable[[Mapping[str, Any], int], Mapping[str, Any] | None]) -> list[Feature]:
    """The city with other columns: ``change`` gets ``kode`` and ``nama`` of a village, and its number."""
    return [{**each, "properties": change(each["properties"], n)} for n, each in enumerate(files.city())]


def bps(code: str) -> str:
    """A code of the city as BPS would write it, if it used the same numbers."""
    province, regency, district, village = code.split(".")
    return f"{province}{regency}{int(district):02}0{int(village) % 1000:03}"


# ── formats ────────────────────────────────────────────────────────────────────────────────────────────────────


def _written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _collection(features: Sequence[Feature]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


def by_gdal(path: Path, features: Sequence[Feature], driver: str, crs: int = 4326, **more: Any) -> Path:
    """The features written by GDAL."""
    import pyogrio

    source = _written(path.parent / "source.geojson", _collection(features))
    made = path.with_suffix(SUFFIXES[driver])
    pyogrio.write_dataframe(pyogrio.read_dataframe(source).to_crs(crs), made, driver=driver, **more)
    return made.rename(path)


def shapefile(path: Path, features: Sequence[Feature], without: Sequence[str] = (), folder: str = "", crs: int = 4326,
              encoding: str = "UTF-8") -> Path:  # fmt: skip
    """A zip with a Shapefile in a folder, without some of its parts."""
    made = path.parent / "shp"
    made.mkdir()
    by_gdal(made / "Batas Desa.shp", features, "ESRI Shapefile", crs, encoding=encoding)
    (made / "source.geojson").unlink()
    with zipfile.ZipFile(path, "w") as archive:
        for part in sorted(made.iterdir()):
            if part.suffix not in without:
                archive.write(part, f"{folder}{part.name}")
    return path


def kml(path: Path, features: Sequence[Feature], mark: Callable[[Mapping[str, Any]], str], folders: int = 1) -> Path:
    """What Google Earth saves; ``mark`` writes a placemark's columns."""
    marks = [f"<Placemark>{mark(each['properties'])}{_kml_shape(each)}</Placemark>" for each in features]
    step = -(-len(marks) // folders)
    inner = "".join(
        f"<Folder><name>Bagian {n}</name>{''.join(marks[n * step : (n + 1) * step])}</Folder>" for n in range(folders)
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    return _written(path, f"{head}<name>Peta</name>{inner}</Document></kml>\n")


def _kml_shape(each: Feature) -> str:
    ring = " ".join(f"{x},{y},0" for x, y in each["geometry"]["coordinates"][0])
    bound = f"<outerBoundaryIs><LinearRing><coordinates>\n{ring}\n</coordinates></LinearRing></outerBoundaryIs>"
    return f"<MultiGeometry><Polygon>{bound}</Polygon></MultiGeometry>"


def balloon(row: Mapping[str, Any]) -> str:
    """Columns in the table of a description."""
    cells = "".join(f"<tr><td>{name}</td><td>{value}</td></tr>" for name, value in row.items())
    return f"<name>x</name><description><![CDATA[<html><body><table>{cells}</table></body></html>]]></description>"


def extended(row: Mapping[str, Any]) -> str:
    """Columns as data of the placemark."""
    data = "".join(f'<Data name="{name}"><value>{value}</value></Data>' for name, value in row.items())
    return f"<ExtendedData>{data}</ExtendedData>"


def path_of(each: Feature, latitude_first: bool = True) -> str:
    """A shape as rows of the public compilation hold it."""
    rings = each["geometry"]["coordinates"]
    return json.dumps([[[y, x] if latitude_first else [x, y] for x, y in ring] for ring in rings])


def sql(path: Path, features: Sequence[Feature], named: bool = True) -> Path:
    """A dump that inserts rows with a path."""
    rows = ",\n".join(
        "('{}','{}',-7.9,112.6,'{}')".format(
            each["properties"]["kode"], each["properties"]["nama"].replace("'", "''"), path_of(each)
        )
        for each in features
    )
    typed = ("kode varchar(13)", "nama text", "lat double", "lng double", "path text")
    table = "CREATE TABLE `batas` (\n  {}\n);\n".format(",\n  ".join(typed))
    into = "INSERT INTO batas(kode,nama,lat,lng,path) VALUES" if named else "INSERT INTO `batas` VALUES"
    return _written(path, f"/* (c) 'x' */\n-- INSERT INTO lain\n{'' if named else table}{into}\n{rows};\n")


def wkt_csv(path: Path, features: Sequence[Feature]) -> Path:
    """What QGIS exports as a table with shapes."""
    rows = []
    for each in features:
        ring = ", ".join(f"{x} {y}" for x, y in each["geometry"]["coordinates"][0])
        rows.append(f'"POLYGON (({ring}))",{each["properties"]["kode"]},{each["properties"]["nama"]}')
    return _written(path, "WKT,kode,nama\n" + "\n".join(rows) + "\n")


def topology(features: Sequence[Feature], name: str = "desa") -> dict[str, Any]:
    """Quantised TopoJSON with one arc a ring."""
    scale, origin = 1e-6, (112.0, -9.0)
    arcs, geometries = [], []
    for n, each in enumerate(features):
        geometry = each["geometry"]
        if geometry is None:
            geometries.append({"type": None, "properties": each["properties"]})
            continue
        steps = np.round((np.array(geometry["coordinates"][0]) - origin) / scale).astype(int)
        arcs.append(np.vstack((steps[:1], np.diff(steps, axis=0))).tolist())
        geometries.append({"type": "Polygon", "arcs": [[len(arcs) - 1]], "id": n, "properties": each["properties"]})
    collection = {"type": "GeometryCollection", "geometries": geometries}
    transform = {"scale": [scale, scale], "translate": list(origin)}
    return {"type": "Topology", "transform": transform, "objects": {name: collection}, "arcs": arcs}


def zipped(path: Path, **members: str | bytes) -> Path:
    """A zip of members by name."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def _zip_of(features: Sequence[Feature]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("peta desa/batas.geojson", _collection(features))
    return out.getvalue()


FORMATS: Mapping[str, Callable[[Path, Sequence[Feature]], Path]] = {
    "GeoJSON with a byte-order mark": lambda p, f: _written(p, b"\xef\xbb\xbf" + _collection(f).encode()),
    "GeoJSON in UTF-16": lambda p, f: _written(p, _collection(f).encode("utf-16")),
    "GeoJSON with an indent": lambda p, f: _written(p, json.dumps(json.loads(_collection(f)), indent=1)),
    "GeoJSON in lines": lambda p, f: _written(p, "\n".join(map(json.dumps, f)) + "\n"),
    "GeoJSON in lines with separators": lambda p, f: _written(p, "".join(f"\x1e{json.dumps(x)}\n" for x in f)),
    "a JSON list of features": lambda p, f: _written(p, json.dumps(list(f))),
    "gzip": lambda p, f: _written(p, gzip.compress(_collection(f).encode())),
    "a zip in a zip": lambda p, f: zipped(p, **{"dalam.zip": _zip_of(f), "__MACOSX/._dalam.zip": "x", "baca.txt": "x"}),
    "TopoJSON": lambda p, f: _written(p, json.dumps(topology(f))),
    "TopoJSON whose type stands last": lambda p, f: _written(
        p, json.dumps(dict(reversed(list(topology(f).items()))), sort_keys=False)
    ),
    "GeoPackage": lambda p, f: by_gdal(p, f, "GPKG"),
    "FlatGeobuf": lambda p, f: by_gdal(p, f, "FlatGeobuf"),
    "KML of GDAL": lambda p, f: by_gdal(p, f, "LIBKML"),
    "KML with data": lambda p, f: kml(p, f, extended),
    "KML with a table in the balloon": lambda p, f: kml(p, f, balloon),
    "KML with a folder a district": lambda p, f: kml(p, f, extended, folders=2),
    "KML in UTF-16": lambda p, f: _written(
        p, kml(p.parent / "doc.kml", f, extended).read_text().replace('"UTF-8"', '"UTF-16"', 1).encode("utf-16")
    ),
    "KMZ": lambda p, f: zipped(p, **{"doc.kml": kml(p.parent / "doc.kml", f, extended).read_bytes()}),
    "Shapefile": shapefile,
    "Shapefile in folders with blanks": lambda p, f: shapefile(p, f, folder="BATAS DESA (2024)/peta akhir/"),
    "Shapefile without encoding and system": lambda p, f: shapefile(p, f, without=(".cpg", ".prj")),
    "Shapefile without index": lambda p, f: shapefile(p, f, without=(".shx",)),
    "Shapefile in TM-3": lambda p, f: shapefile(p, f, crs=23836),
    "GeoPackage in UTM": lambda p, f: by_gdal(p, f, "GPKG", 32749),
    "GeoPackage in DGN95 UTM": lambda p, f: by_gdal(p, f, "GPKG", 23879),
    "SQL": sql,
    "SQL without names": lambda p, f: sql(p, f, named=False),
    "CSV with well-known text": wkt_csv,
    "JSON records": lambda p, f: _written(
        p, json.dumps({"data": [{**each["properties"], "path": path_of(each)} for each in f], "total": len(f)})
    ),
    "JSON records with longitude first": lambda p, f: _written(
        p, json.dumps([{**each["properties"], "path": json.loads(path_of(each, latitude_first=False))} for each in f])
    ),
    "JavaScript": lambda p, f: _written(p, f"// peta\nvar json_desa_1 = {_collection(f)};\n"),
    "JavaScript module": lambda p, f: _written(p, f"export default {_collection(f)}\n"),
    "JavaScript in the window": lambda p, f: _written(p, f"window.desa = {_collection(f)};\n"),
    "JavaScript call": lambda p, f: _written(p, f"terima({_collection(f)});\n"),
    "JavaScript with a topology": lambda p, f: _written(p, f"const t={json.dumps(topology(f))}"),
    "JavaScript with a variable a district": lambda p, f: _written(
        p, f"var a = {_collection(f[:6])};\nvar b = {_collection(f[6:])};\n"
    ),
}
"""Every way a map of villages comes, by what it is."""
