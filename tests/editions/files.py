"""Makers of small boundary files: a city of twelve villages in two districts, on a grid with crooked shared edges."""

import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from geoapp.catalogue.sources import profiles
from geoapp.domain.code_column import Lists
from geoapp.domain.codes import CodeSystem
from geoapp.editions.draft import Asked, Draft
from geoapp.settings import Settings

WEST, SOUTH, CELL = 112.6, -8.0, 0.01
COLUMNS, ROWS = 4, 3
OFFICIAL = {
    "88": "Provinsi Rekaan",
    "88.71": "Kota Rekaan",
    "88.71.01": "Barat",
    "88.71.02": "Timur",
    "88.01.01.2001": "Desa di luar kota",
    **{f"88.71.{1 + n // 6:02}.1{1 + n % 6:03}": f"Kelurahan {chr(65 + n)}" for n in range(12)},
}
LISTS: Lists = {CodeSystem.KEMENDAGRI: OFFICIAL}
CODES = sorted(code for code in OFFICIAL if len(code) == 13 and code.startswith("88.71"))

Feature = dict[str, Any]


def corner(column: int, row: int) -> tuple[float, float]:
    """A crossing of the crooked grid; the same for all cells that meet there."""
    bend = 0.0015 * ((column * 7 + row * 5) % 3 - 1)
    return WEST + column * CELL + bend, SOUTH + row * CELL - bend


def cell(n: int) -> list[tuple[float, float]]:
    """The closed ring of village ``n``: six to the west, six to the east."""
    column, row = 2 * (n // 6) + n % 2, (n % 6) // 2
    ring = [corner(column + x, row + y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
    return [*ring, ring[0]]


def city() -> list[Feature]:
    """Twelve villages with the columns of a Kemendagri compilation."""
    return [
        feature({"kode": code, "nama": OFFICIAL[code], "lat": cell(n)[0][1], "lng": cell(n)[0][0]}, cell(n))
        for n, code in enumerate(CODES)
    ]


def feature(columns: Mapping[str, Any], ring: list[tuple[float, float]]) -> Feature:
    """One polygon feature."""
    return {
        "type": "Feature",
        "properties": dict(columns),
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def moved(features: list[Feature], place: Callable[[float, float], tuple[float, float]]) -> list[Feature]:
    """The same features elsewhere."""
    copies: list[Feature] = json.loads(json.dumps(features))
    for each in copies:
        rings = each["geometry"]["coordinates"]
        each["geometry"]["coordinates"] = [[place(*point) for point in ring] for ring in rings]
    return copies


def geojson(path: Path, features: list[Feature], **members: Any) -> Path:
    """Write a GeoJSON file."""
    document = {"type": "FeatureCollection", **members, "features": features}
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def zipped_shapefile(folder: Path, source: Path, inner: str) -> Path:
    """The file's features as a Shapefile made by GDAL, in a zip, inside the folder ``inner``."""
    import pyogrio

    made = folder / "shp"
    made.mkdir()
    pyogrio.write_dataframe(pyogrio.read_dataframe(source), made / "batas desa.shp", driver="ESRI Shapefile")
    archive = folder / "batas.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        for part in sorted(made.iterdir()):
            opened.write(part, f"{inner}/{part.name}")
    return archive


def draft(file: Path, official: Lists = LISTS, **said: Any) -> Draft:
    """A draft at the head of the line."""
    return Draft(file, Asked(**said), profiles(Settings(site=file.parent / "site")), official)
