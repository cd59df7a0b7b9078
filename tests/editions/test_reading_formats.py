"""Formats: the same map in each of them is the same draft, and what is damaged or no map is named."""

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from geoapp.editions.formats import formats
from geoapp.editions.read import layers
from geoapp.errors import BadRequest, Question, Refused
from tests.editions import files, lookalikes
from tests.editions.lookalikes import FORMATS, columns, understood, verdict


def refusal(path: Path, **asked: Any) -> str:
    error = understood(path, **asked).error
    assert isinstance(error, Refused)
    return error.message


@pytest.mark.parametrize("kind", FORMATS)
def test_a_map_says_the_same_in_every_format_whatever_it_is_called(tmp_path: Path, kind: str) -> None:
    expected = understood(files.geojson(tmp_path / "kota.geojson", files.city())).draft
    (tmp_path / "other").mkdir()

    draft, _, error = understood(FORMATS[kind](tmp_path / "other" / "berkas.data", files.city()))

    assert error is None
    assert lookalikes.regions(draft) == lookalikes.regions(expected)
    assert (draft.features, draft.set_aside, draft.refused) == (12, (), ())


def test_every_format_is_one_module_and_has_a_look_alike() -> None:
    shown = " ".join(FORMATS)

    assert {"GeoJSON", "GeoJSON lines", "TopoJSON", "GeoPackage", "FlatGeobuf", "KML", "Shapefile"} <= set(formats())
    assert all(word in shown for word in ("GeoJSON", "TopoJSON", "GeoPackage", "FlatGeobuf", "KML", "Shapefile", "SQL"))


def test_heights_and_measures_are_dropped(tmp_path: Path) -> None:
    rows = files.city()
    for each in rows:
        each["geometry"]["coordinates"] = [[(x, y, 12.5) for x, y in each["geometry"]["coordinates"][0]]]

    draft, _, error = understood(files.geojson(tmp_path / "z.geojson", rows))

    assert error is None
    assert not draft.frame.geometry.has_z.any()


@pytest.mark.parametrize("encoding", ["UTF-8", "CP1252"])
def test_a_table_without_an_encoding_is_read_as_it_is_written(tmp_path: Path, encoding: str) -> None:
    rows = columns(lambda row, n: {"kode": row["kode"], "nama": f"Désa Ängèr {n}"})

    path = lookalikes.shapefile(tmp_path / "a.zip", rows, without=(".cpg",), encoding=encoding)

    assert set(understood(path).draft.frame["name"]) == {f"Désa Ängèr {n}" for n in range(12)}


def test_the_layer_with_villages_is_found_among_several(tmp_path: Path) -> None:
    import pyogrio

    path = tmp_path / "kota.gpkg"
    frame = pyogrio.read_dataframe(files.geojson(tmp_path / "kota.geojson", files.city()))
    upper = frame.assign(kode=frame["kode"].str[:8]).dissolve(by="kode").reset_index()
    for layer, each in (
        ("kecamatan", upper),
        ("desa", frame),
        ("kantor", frame.set_geometry(frame.representative_point())),
    ):
        pyogrio.write_dataframe(each, path, layer=layer, driver="GPKG", append=path.exists())

    draft, findings, error = understood(path)

    assert error is None
    assert (draft.layer, len(draft.frame)) == ("desa", 12)
    assert any(each.values.get("others") == "kecamatan" for each in findings)
    assert refusal(path, layer="kecamatan") == "error.level_above_village"
    with pytest.raises(BadRequest, match="no_layer_named"):
        layers(path, "tidak ada")


def test_two_layers_of_the_same_villages_are_asked_about(tmp_path: Path) -> None:
    import pyogrio

    path = tmp_path / "kota.gpkg"
    frame = pyogrio.read_dataframe(files.geojson(tmp_path / "kota.geojson", files.city()))
    for layer in ("desa_2020", "desa_2024"):
        pyogrio.write_dataframe(frame, path, layer=layer, driver="GPKG", append=path.exists())

    error = understood(path).error

    assert isinstance(error, Question)
    assert (error.message, error.options) == ("question.layer", ("--layer",))
    assert understood(path, layer="desa_2024").error is None


def test_nothing_is_written_beside_a_file_that_is_read(tmp_path: Path) -> None:
    import sqlite3

    path = lookalikes.by_gdal(tmp_path / "kota.data", files.city(), "GPKG")
    (tmp_path / "source.geojson").unlink()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = wal")
    connection.close()

    assert len(understood(path).draft.frame) == 12
    assert [each.name for each in tmp_path.iterdir()] == ["kota.data"]


def test_the_index_that_a_shapefile_lacks_is_not_made_beside_it(tmp_path: Path) -> None:
    path = lookalikes.shapefile(tmp_path / "kota.zip", files.city(), without=(".shx",))
    (tmp_path / "unpacked").mkdir()
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "unpacked")
    found = next((tmp_path / "unpacked").rglob("*.shp"))
    before = sorted(found.parent.iterdir())

    assert len(understood(found).draft.frame) == 12
    assert sorted(found.parent.iterdir()) == before


def test_a_collection_with_a_feature_a_line_keeps_its_first(tmp_path: Path) -> None:
    path = tmp_path / "kota.geojson"
    lines = ",\n".join(map(json.dumps, files.city()))
    path.write_text(f'{{"type": "FeatureCollection", "features": [{lines}]}}')

    assert len(understood(path).draft.frame) == 12


@pytest.mark.parametrize(
    "line", ['{"no": "feature"}', json.dumps({"type": "FeatureCollection", "features": files.city()[:2]})]
)
def test_no_line_is_passed_over_silently(tmp_path: Path, line: str) -> None:
    path = tmp_path / "kota.geojsonl"
    path.write_text("\n".join([*map(json.dumps, files.city()), line, ""]))

    assert refusal(path) == "error.boundary_damaged"


def test_a_name_of_a_placemark_names_no_folder(tmp_path: Path) -> None:
    ring = "<LinearRing><coordinates>0,0 1,0 1,1 0,0</coordinates></LinearRing>"
    shape = f"<Polygon><outerBoundaryIs>{ring}</outerBoundaryIs></Polygon>"
    marks = "".join(f"<Placemark><name>{name}</name>{shape}</Placemark>" for name in ("Desa A", "Desa B"))
    path = tmp_path / "peta.kml"
    path.write_text(f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Kota</name>{marks}</Document></kml>')
    unnamed = tmp_path / "tanpa.kml"
    unnamed.write_text(path.read_text().replace("<name>Kota</name>", ""))

    assert [(each.name, len(each.frame)) for each in layers(path)] == [("Kota", 2)]
    assert [(each.name, len(each.frame)) for each in layers(unnamed)] == [("tanpa", 2)]


def test_a_cell_that_is_no_shape_is_named_and_refused_alone(tmp_path: Path) -> None:
    path = lookalikes.wkt_csv(tmp_path / "kota.csv", files.city())
    lines = path.read_text().splitlines()
    broken = [lines[0], lines[1].replace("POLYGON ((", "POLYGON ((x ", 1), *lines[2:]]
    assert broken[1] != lines[1]
    path.write_text("\n".join(broken))

    assert len(understood(path, partial=True).draft.refused) == 1


def test_many_comments_before_a_value_are_read_in_a_moment(tmp_path: Path) -> None:
    path = tmp_path / "peta.js"
    path.write_text("/* a */ /* b */\n" * 1_000 + "? coordinates")

    assert refusal(path) == "error.boundary_javascript"


def test_a_zip_of_one_file_a_district_is_one_map(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "kota.zip", "w") as archive:
        for n in (0, 6):
            archive.write(files.geojson(tmp_path / f"{n}.geojson", files.city()[n : n + 6]), f"kec/{n}.geojson")

    draft, findings, _ = understood(tmp_path / "kota.zip")

    assert len(draft.frame) == 12
    assert any(each.message == "finding.layers_joined" for each in findings)


def test_a_row_without_a_shape_stays_a_row_in_a_topology(tmp_path: Path) -> None:
    rows = files.city()
    rows[4]["geometry"] = None
    path = tmp_path / "kota.topojson"
    path.write_text(json.dumps(lookalikes.topology(rows)))

    draft, findings, error = understood(path)

    assert error is not None and error.message == "question.in_part"
    assert draft.refused == (4,)
    assert [each.place.line for each in findings if each.message == "finding.no_shape"] == [5]


def test_an_unclosed_ring_is_closed_and_said(tmp_path: Path) -> None:
    rows = files.city()
    rows[2]["geometry"]["coordinates"][0].pop()

    draft, findings, error = understood(files.geojson(tmp_path / "a.geojson", rows))

    assert error is None and len(draft.frame) == 12
    assert [each.place.line for each in findings if each.message == "finding.ring_closed"] == [3]


@pytest.mark.parametrize(
    "broken",
    [
        {"type": "Polygon", "coordinates": "abc"},
        {"type": "Polygon", "coordinates": [[[112.6, None], [112.7, -8.0], [112.7, -7.9], [112.6, -8.0]]]},
        {"type": "Poligon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[112.6, -8.0], [112.7, -8.0]]]},
        {"type": "LineString", "coordinates": [[112.6, -8.0], [112.7, -8.0]]},
        {"type": "Polygon", "coordinates": []},
        None,
    ],
)
def test_one_broken_feature_is_named_and_refused_alone(tmp_path: Path, broken: Any) -> None:
    rows = files.city()
    rows[7]["geometry"] = broken
    path = files.geojson(tmp_path / "a.geojson", rows)

    draft, findings, error = understood(path)

    assert error is not None and (error.message, error.values["rows"]) == ("question.in_part", "8")
    assert draft.refused == (7,)
    assert 8 in [each.place.line for each in findings]
    assert verdict(path, partial=True)[3:] == (12, 11, 0, 1)


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if not kind.startswith("CSV")])  # whose end nothing tells
@pytest.mark.parametrize("share", [0.35, 0.8])
def test_a_file_that_is_cut_off_never_comes_in_by_halves(tmp_path: Path, kind: str, share: float) -> None:
    path = FORMATS[kind](tmp_path / "berkas.data", files.city())
    whole = path.read_bytes()
    path.write_bytes(whole[: int(share * len(whole))])

    assert refusal(path).startswith("error.boundary_")


@pytest.mark.parametrize("part", [".shp", ".dbf"])
def test_a_shapefile_with_a_part_cut_off_is_damaged(tmp_path: Path, part: str) -> None:
    whole = lookalikes.shapefile(tmp_path / "a.zip", files.city())
    with zipfile.ZipFile(whole) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[f"Batas Desa{part}"] = members[f"Batas Desa{part}"][:-120]

    assert refusal(lookalikes.zipped(tmp_path / "b.zip", **members)) == "error.boundary_damaged"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<html><head><title>Masuk</title></head></html>", "error.boundary_web_page"),
        (b'{"error": {"code": 404}}', "error.boundary_service"),
        (b"kode;nama;jumlah\n35;A;1\n36;B;2\n", "error.boundary_table"),
        (b"PK\x05\x06" + bytes(18), "error.boundary_zip_content"),
        (bytes(500), "error.boundary_no_bytes"),
        (b"Rar!\x1a\x07\x00", "error.boundary_magic"),
        (gzip.compress(b"<!doctype html><p>x</p>"), "error.boundary_web_page"),
        (gzip.compress(b'{"type":"FeatureCollection"}' * 99)[:40], "error.boundary_zip_broken"),
        (b"function f() { return 1 }\nvar x = {};", "error.boundary_javascript"),
        (b"var x = {type: 'FeatureCollection', features: [{coordinates: 1}]};", "error.boundary_javascript"),
        (b'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "b">]><kml>&a;</kml>', "error.boundary_damaged"),
        (b'<kml xmlns="http://www.opengis.net/kml/2.2"><Document></Document></kml>', "error.boundary_empty"),
        (b'{"type": "Topology", "objects": {}}', "error.boundary_damaged"),
    ],
)
def test_what_is_no_map_is_named_for_what_it_is(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "berkas.geojson"
    path.write_bytes(content)

    assert refusal(path) == message


def test_javascript_is_never_run(tmp_path: Path) -> None:
    path = tmp_path / "peta.js"
    mark = tmp_path / "run"
    path.write_text(
        f"var a = (require('fs').writeFileSync('{mark}', 'x'), {{\"type\": \"FeatureCollection\", \"features\": []}});"
    )

    assert understood(path).error is not None
    assert not mark.exists()


def test_a_zip_bomb_is_stopped_while_it_unpacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geoapp.editions.packed.LIMIT_MIB", 1)
    path = lookalikes.zipped(tmp_path / "a.zip", **{"a.geojson": bytes(3 * 2**20)})

    assert refusal(path) == "error.boundary_file_large"


def test_a_locked_zip_says_so(tmp_path: Path) -> None:
    path = lookalikes.zipped(tmp_path / "a.zip", **{"a.geojson": "{}"})
    raw = bytearray(path.read_bytes())
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(sign) + at] |= 1
    path.write_bytes(raw)

    assert refusal(path) == "error.boundary_zip_locked"
