"""Files that are whole on the outside: services that stopped, layers beside, other people's columns, metres turned."""

import json
import struct
from pathlib import Path
from typing import Any

import pytest

from geoapp.domain.codes import CodeSystem
from geoapp.editions.formats import formats
from geoapp.editions.line import attempt
from geoapp.errors import Question
from tests.editions import files, lookalikes
from tests.editions.files import Feature
from tests.editions.lookalikes import columns, understood, verdict

OTHERS = {f"88.72.01.1{n:03}": f"Dukuh {chr(65 + n)}" for n in range(12)}
LISTS = {CodeSystem.KEMENDAGRI: {**files.OFFICIAL, "88.72": "Kota Lain", "88.72.01": "Lain", **OTHERS}}


def asked(path: Path, **said: Any) -> tuple[str, tuple[str, ...]]:
    error = understood(path, **said).error
    assert isinstance(error, Question)
    return error.message, error.options


def projected(path: Path, epsg: int, turned: bool, named: bool) -> Path:
    from pyproj import Transformer

    to = Transformer.from_crs(4326, epsg, always_xy=True)

    def place(lon: float, lat: float) -> tuple[float, float]:
        x, y = to.transform(lon, lat)
        return (y, x) if turned else (x, y)

    crs = {"crs": {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{epsg}"}}} if named else {}
    return files.geojson(path, files.moved(in_java(), place), **crs)


def in_java() -> list[Feature]:
    """The city with codes of the province it lies in."""
    rows = files.city()
    for each in rows:
        each["properties"]["kode"] = "35" + each["properties"]["kode"][2:]
    return rows


@pytest.mark.parametrize(
    "said",
    [
        {"exceededTransferLimit": True},
        {"properties": {"exceededTransferLimit": True}},
        {"numberMatched": 57, "numberReturned": 12},
        {"totalFeatures": 13},
    ],
)
def test_an_answer_that_a_service_cut_short_asks(tmp_path: Path, said: dict[str, Any]) -> None:
    path = files.geojson(tmp_path / "a.geojson", files.city(), **said)

    assert asked(path) == ("question.cut_short", ("--partial",))
    alone = understood(path, partial=True)
    assert alone.error is None and len(alone.draft.frame) == 12
    assert "finding.cut_short" in [each.message for each in alone.findings]


@pytest.mark.parametrize("said", [{"exceededTransferLimit": False}, {"numberMatched": 12}, {"totalFeatures": 12}])
def test_an_answer_that_is_whole_says_nothing(tmp_path: Path, said: dict[str, Any]) -> None:
    assert verdict(files.geojson(tmp_path / "a.geojson", files.city(), **said)).message == ""


def test_an_arcgis_answer_that_was_cut_short_asks(tmp_path: Path) -> None:
    rows = [{"attributes": e["properties"], "geometry": {"rings": e["geometry"]["coordinates"]}} for e in files.city()]
    said = {"geometryType": "esriGeometryPolygon", "spatialReference": {"wkid": 4326}, "features": rows}
    path = tmp_path / "query.json"
    path.write_text(json.dumps({**said, "exceededTransferLimit": True}))

    assert asked(path) == ("question.cut_short", ("--partial",))


@pytest.mark.parametrize("epsg", [32749, 23836, 3857])
def test_metres_with_the_northing_first_are_seen_in_every_projection(tmp_path: Path, epsg: int) -> None:
    path = projected(tmp_path / "a.geojson", epsg, turned=True, named=True)

    assert asked(path, official={}) == ("error.axes_swapped", ("--swap-axes",))
    turned = understood(path, official={}, swap_axes=True).draft
    straight = understood(files.geojson(tmp_path / "b.geojson", in_java()), official={}).draft
    assert lookalikes.regions(turned) == lookalikes.regions(straight)


def test_metres_with_the_northing_first_and_no_system_name_both_options(tmp_path: Path) -> None:
    path = projected(tmp_path / "a.geojson", 32749, turned=True, named=False)

    assert asked(path, official={}) == ("question.metres_turned", ("--crs", "--swap-axes"))
    assert understood(path, official={}, crs="EPSG:32749", swap_axes=True).error is None


@pytest.mark.parametrize(
    ("row", "profile"),
    [
        ({"kode": "{}", "nama": "x"}, "own"),
        ({"kode": "{}", "nama": "x", "luas_ha": 3.5, "dinas": "PUPR"}, "own"),
        ({"KODE_DESA": "{}", "DESA": "x", "KECAMATAN": "y"}, "own"),
        ({"kode": "{}", "nama": "x", "lat": -7.9, "lng": 112.6}, "kemendagri"),
    ],
)
def test_a_licence_is_given_only_to_its_own_source(tmp_path: Path, row: dict[str, Any], profile: str) -> None:
    def change(of: Any, n: int) -> dict[str, Any]:
        return {title: of["kode"] if cell == "{}" else cell for title, cell in row.items()}

    said = verdict(files.geojson(tmp_path / "a.geojson", columns(change)), unknown=True)

    assert (said.profile, said.regions) == (profile, 12)


def names_only(named: list[str]) -> str:
    rows: list[Feature] = [files.feature({"KELURAHAN": name}, files.cell(n)) for n, name in enumerate(named)]
    return json.dumps({"type": "FeatureCollection", "features": rows})


def test_layers_of_districts_with_other_columns_are_read_as_one(tmp_path: Path) -> None:
    rows = files.city()
    other = [{**e, "properties": {"KD_DESA": e["properties"]["kode"].replace(".", ""), "DESA": e["properties"]["nama"]}}
             for e in rows[6:]]  # fmt: skip
    parts = {name: json.dumps({"type": "FeatureCollection", "features": each}) for name, each in
             (("barat.geojson", rows[:6]), ("timur.geojson", other))}  # fmt: skip

    tried = understood(lookalikes.zipped(tmp_path / "a.zip", **parts), LISTS)

    assert tried.error is None
    assert lookalikes.regions(tried.draft) == lookalikes.regions(
        understood(files.geojson(tmp_path / "b.geojson", rows), LISTS).draft
    )
    assert tried.draft.profile is not None and tried.draft.profile.slug == "own"


def test_villages_that_lie_in_another_layer_without_codes_are_asked_about(tmp_path: Path) -> None:
    city = files.geojson(tmp_path / "kota.geojson", files.city()).read_text()
    path = lookalikes.zipped(
        tmp_path / "a.zip", **{"kota.geojson": city, "lain.geojson": names_only([*OTHERS.values()])}
    )

    error = understood(path, LISTS).error

    assert isinstance(error, Question) and error.message == "question.layer"
    assert error.values["layers"] == "kota (12), lain (12)"


@pytest.mark.parametrize("named", [["Barat", "Timur"], ["Kelurahan A", "Kelurahan B"], ["Sawah", "Kebun", "Tambak"]])
def test_districts_the_same_villages_and_other_things_beside_are_left_with_a_note(
    tmp_path: Path, named: list[str]
) -> None:
    city = files.geojson(tmp_path / "kota.geojson", files.city()).read_text()
    path = lookalikes.zipped(tmp_path / "a.zip", **{"kota.geojson": city, "lain.geojson": names_only(named)})

    tried = understood(path, LISTS)

    assert tried.error is None and len(tried.draft.frame) == 12
    assert [each.values["others"] for each in tried.findings if each.message == "finding.layer_chosen"] == ["lain"]


def test_a_row_outside_the_country_is_refused_where_the_others_are_in_it(tmp_path: Path) -> None:
    rows = files.city()
    rows[3] = files.feature(rows[3]["properties"], [(0, 0), (1, 0), (1, 1), (0, 0)])
    path = files.geojson(tmp_path / "a.geojson", rows)

    tried = understood(path)

    assert isinstance(tried.error, Question) and tried.error.message == "question.in_part"
    assert [(e.message, e.place.line) for e in tried.findings if e.message == "finding.outside_row"] == [
        ("finding.outside_row", 4)
    ]
    assert verdict(path, partial=True).regions == 11


def test_a_curve_in_a_geopackage_is_drawn_as_a_line(tmp_path: Path) -> None:
    path = lookalikes.by_gdal(tmp_path / "a.gpkg", files.city(), "GPKG")
    _bend(path)

    tried = attempt(files.draft(path), lookalikes.READING)

    assert tried.error is None and len(tried.draft.frame) == 12
    assert set(tried.draft.frame.geom_type) <= {"Polygon", "MultiPolygon"}


def _bend(path: Path) -> None:
    """Write the first shape again as a curve polygon of two pieces."""
    import sqlite3

    import numpy as np
    import shapely

    with sqlite3.connect(path) as opened:
        table = opened.execute("SELECT table_name FROM gpkg_contents").fetchone()[0]
        for (trigger,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            opened.execute(f'DROP TRIGGER "{trigger}"')
        fid, blob = opened.execute(f'SELECT fid, geom FROM "{table}" LIMIT 1').fetchone()
        head = 8 + {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[(blob[3] >> 1) & 7]
        points = np.asarray(shapely.get_parts(shapely.from_wkb(blob[head:]))[0].exterior.coords)
        pieces = [points[:3], points[2:]]
        lines = b"".join(struct.pack("<BII", 1, 2, len(each)) + each.tobytes() for each in pieces)
        curve = struct.pack("<BII", 1, 10, 1) + struct.pack("<BII", 1, 9, 2) + lines
        opened.execute(f'UPDATE "{table}" SET geom = ? WHERE fid = ?', (blob[:head] + curve, fid))


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b'<?xml version="1.0"?><gpx version="1.1"><trk/></gpx>', "GPX"),
        (b'<?xml version="1.0"?><ogr:FeatureCollection xmlns:gml="http://www.opengis.net/gml/3.2"/>', "GML"),
        (b"  0\nSECTION\n  2\nHEADER\n", "DXF"),
        (b"!table\n!version 300\n!charset WindowsLatin1\n", "MapInfo TAB"),
        (b'Version 300\nCharset "Neutral"\nDelimiter ","\n', "MapInfo MIF"),
        (b"PAR1" + bytes(400) + b"PAR1", "Parquet"),
    ],
)
def test_a_format_that_is_not_read_is_called_by_its_name_also_in_a_zip(
    tmp_path: Path, content: bytes, found: str
) -> None:
    alone = tmp_path / "peta.geojson"
    alone.write_bytes(content)
    packed = lookalikes.zipped(tmp_path / "a.zip", **{"peta.txt": content, "baca.pdf": b"%PDF-1.4"})

    for path in (alone, packed) if found != "GPX" else (alone,):
        error = understood(path).error
        assert error is not None
        assert (error.message, error.values["found"]) == ("error.boundary_magic", found)


def test_a_shapefile_without_its_table_says_so(tmp_path: Path) -> None:
    error = understood(lookalikes.shapefile(tmp_path / "a.zip", files.city(), without=(".dbf",))).error

    assert error is not None and error.message == "error.boundary_no_table"


@pytest.mark.parametrize("kind", ["TopoJSON", "SQL", "JavaScript"])
def test_a_format_that_takes_much_memory_has_a_limit_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    path = lookalikes.FORMATS[kind](tmp_path / "peta", files.city())
    for module in formats().values():
        if hasattr(module, "LIMIT_MIB"):
            monkeypatch.setattr(module, "LIMIT_MIB", 0)

    error = understood(path).error

    assert error is not None and error.message == "error.boundary_format_large"
