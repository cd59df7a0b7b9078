"""From a file to a draft: what each step makes of good and of bad files."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geoapp.domain.codes import CodeSystem
from geoapp.domain.findings import Finding, Weight
from geoapp.domain.levels import Level
from geoapp.domain.zooms import GRIDS
from geoapp.editions.draft import Draft
from geoapp.editions.line import STEPS, attempt, prepare
from geoapp.editions.numbering import neighbours
from geoapp.errors import BadRequest, NotFound, Refused
from tests.editions import files


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return files.geojson(tmp_path / "kota.geojson", files.city())


def said(findings: tuple[Finding, ...], message: str) -> list[Finding]:
    return [each for each in findings if each.message == message]


def refusal(path: Path, **asked: object) -> str:
    with pytest.raises(Refused) as refused:
        prepare(files.draft(path, **asked))
    return refused.value.message


def test_a_city_gets_villages_districts_and_itself_and_the_province_stays_an_ancestor(city: Path) -> None:
    draft, _ = prepare(files.draft(city))

    assert {level: len(frame) for level, frame in draft.levels.items()} == {
        Level.REGENCY: 1,
        Level.DISTRICT: 2,
        Level.VILLAGE: 12,
    }
    assert [(a.code, a.name, a.level) for a in draft.ancestors] == [("88", "Provinsi Rekaan", Level.PROVINCE)]
    assert draft.levels[Level.DISTRICT]["name"].tolist() == ["Barat", "Timur"]
    assert draft.levels[Level.REGENCY]["kind"].tolist() == ["kota"]
    assert set(draft.levels[Level.VILLAGE]["kind"]) == {"kelurahan"}


def test_numbers_run_from_one_in_the_order_of_parent_and_code(city: Path) -> None:
    shuffled = files.geojson(city, files.city()[::-1])

    draft, _ = prepare(files.draft(shuffled))

    villages = draft.levels[Level.VILLAGE]
    assert villages["number"].tolist() == list(range(1, 13))
    assert villages["code"].tolist() == files.CODES


def test_a_district_is_exactly_the_union_of_its_villages(city: Path) -> None:
    draft, _ = prepare(files.draft(city))

    villages = draft.levels[Level.VILLAGE]
    for row in draft.levels[Level.DISTRICT].itertuples():
        parts = villages.geometry[villages["parent"] == row.code]
        assert shapely.equals(row.geometry, shapely.union_all(parts.values))


def test_areas_are_geodesic_and_inside_points_lie_inside(city: Path) -> None:
    draft, _ = prepare(files.draft(city))

    earth = Geod(ellps="WGS84")
    for frame in draft.levels.values():
        for row in frame.itertuples():
            lon, lat = zip(*shapely.get_coordinates(row.geometry), strict=True)
            assert math.isclose(row.area_km2, abs(earth.polygon_area_perimeter(lon, lat)[0]) / 1e6, rel_tol=1e-9)
            assert shapely.contains_properly(row.geometry, row.inside)


def test_neighbours_share_an_edge_and_not_only_a_corner() -> None:
    squares = [shapely.box(x, y, x + 1, y + 1) for x in (0, 1) for y in (0, 1)]

    assert neighbours(shapely.multipolygons([[each] for each in squares])) == [[2, 3], [1, 4], [1, 4], [2, 3]]


def test_every_band_holds_every_region_as_a_valid_coverage(city: Path) -> None:
    draft, _ = prepare(files.draft(city))

    assert set(draft.outlines) == {(level, grid.zoom) for level in draft.levels for grid in GRIDS}
    for (level, _zoom), shapes in draft.outlines.items():
        assert len(shapes) == len(draft.levels[level])
        assert shapely.is_valid(shapes).all() and not shapely.is_empty(shapes).any()
        assert shapely.coverage_is_valid(shapes)


def test_without_a_village_of_the_official_list_its_district_has_no_shape(city: Path) -> None:
    partial = files.geojson(city, files.city()[:-1])

    draft, findings = prepare(files.draft(partial))

    assert draft.levels[Level.DISTRICT]["code"].tolist() == ["88.71.01"]
    assert [a.code for a in draft.ancestors] == ["88", "88.71", "88.71.02"]
    gaps = {each.values["code"]: each.values["n"] for each in said(findings, "finding.ancestor_partial")}
    assert gaps == {"88": 2, "88.71": 1, "88.71.02": 1}


def test_a_person_may_say_that_everything_is_there(city: Path) -> None:
    draft, _ = prepare(files.draft(city, official={}, complete=Level.DISTRICT))

    assert len(draft.levels[Level.DISTRICT]) == 2
    assert [a.code for a in draft.ancestors] == ["88", "88.71"]


def test_without_list_or_word_nothing_above_the_villages_is_drawn(city: Path) -> None:
    draft, findings = prepare(files.draft(city, official={}))

    assert set(draft.levels) == {Level.VILLAGE}
    assert {a.name for a in draft.ancestors} == {"88", "88.71", "88.71.01", "88.71.02"}
    assert len(said(findings, "finding.ancestor_unknown")) == 4


def test_names_of_upper_regions_come_from_the_file_where_no_list_has_them(tmp_path: Path) -> None:
    rows = [
        {
            "village_code": f"id88710{1 + n // 6}0{n + 1:03}",
            "village": f"V{n}",
            "district": "Barat",
            "regency": "Kota R",
            "regency_code": "id8871",
        }
        for n in range(12)
    ]
    path = files.geojson(tmp_path / "hdx.geojson", [files.feature(row, files.cell(n)) for n, row in enumerate(rows)])

    draft, _ = prepare(files.draft(path, official={}))

    assert draft.system is CodeSystem.BPS
    assert draft.profile is not None and draft.profile.slug == "hdx"
    assert draft.levels[Level.REGENCY]["name"].tolist() == ["Kota R"]
    assert draft.levels[Level.DISTRICT]["code"].tolist() == ["8871010", "8871020"]


@pytest.mark.parametrize("driver", ["GPKG", "zip"])
def test_geopackage_and_zipped_shapefile_say_the_same_as_geojson(city: Path, tmp_path: Path, driver: str) -> None:
    import pyogrio

    if driver == "zip":
        other = files.zipped_shapefile(tmp_path, city, "BATAS DESA 2024")
    else:
        other = tmp_path / "kota.gpkg"
        pyogrio.write_dataframe(pyogrio.read_dataframe(city), other, driver="GPKG")

    expected, _ = prepare(files.draft(city))
    draft, _ = prepare(files.draft(other))

    for level, frame in expected.levels.items():
        assert (
            draft.levels[level].drop(columns=["geometry", "inside"]).equals(frame.drop(columns=["geometry", "inside"]))
        )


def test_projected_coordinates_are_reprojected_and_named(city: Path, tmp_path: Path) -> None:
    import pyogrio

    projected = tmp_path / "utm.gpkg"
    pyogrio.write_dataframe(pyogrio.read_dataframe(city).to_crs(32749), projected, driver="GPKG")

    draft, findings = prepare(files.draft(projected))

    assert said(findings, "finding.reprojected")[0].values == {"crs": "EPSG:32749"}
    assert np.allclose(draft.levels[Level.VILLAGE].total_bounds, [112.5985, -8.0015, 112.6415, -7.9685], atol=1e-4)


def test_metres_without_a_system_are_refused_until_it_is_named(city: Path) -> None:
    from pyproj import Transformer

    metres = Transformer.from_crs(4326, 32749, always_xy=True).transform
    files.geojson(city, files.moved(files.city(), metres))

    assert refusal(city) == "error.not_degrees"
    assert len(prepare(files.draft(city, crs="EPSG:32749"))[0].levels[Level.VILLAGE]) == 12
    with pytest.raises(BadRequest, match=r"error\.unknown_crs"):
        prepare(files.draft(city, crs="EPSG:1"))


def test_swapped_axes_are_refused_and_a_mixture_names_its_first_row(city: Path) -> None:
    swapped = files.moved(files.city(), lambda x, y: (y, x))

    assert refusal(files.geojson(city, swapped)) == "error.axes_swapped"
    assert refusal(files.geojson(city, files.city()[:6] + swapped[6:])) == "error.axes_mixed"


def test_overlaps_and_gaps_between_neighbours_are_closed(city: Path) -> None:
    rough = files.city()
    for n, each in enumerate(rough):
        ring = each["geometry"]["coordinates"][0]
        each["geometry"]["coordinates"] = [[(x + 0.00002 * (n % 3), y - 0.00002 * (n % 2)) for x, y in ring]]

    draft, findings = prepare(files.draft(files.geojson(city, rough)))

    assert said(findings, "finding.fitted")[0].values["unmatched"] > 0
    assert shapely.coverage_is_valid(draft.levels[Level.VILLAGE].geometry.values)
    assert not said(findings, "finding.area_changed")
    assert [len(each) for each in draft.levels[Level.VILLAGE]["neighbours"]].count(0) == 0


def test_a_village_that_loses_land_when_fitted_is_named(city: Path) -> None:
    rough = files.city()
    ring = rough[0]["geometry"]["coordinates"][0]
    rough[0]["geometry"]["coordinates"] = [[(x + 0.001, y) for x, y in ring]]

    _, findings = prepare(files.draft(files.geojson(city, rough)))

    assert any(each.values["name"] in ("Kelurahan A", "Kelurahan B") for each in said(findings, "finding.area_changed"))


def test_broken_flat_and_doubled_shapes_are_mended_or_named_row_by_row(city: Path) -> None:
    rows = files.city()
    west, south = files.corner(0, 0)
    east, north = files.corner(1, 1)
    rows[0]["geometry"]["coordinates"] = [[(west, south), (east, north), (east, south), (west, north), (west, south)]]
    rows[1]["geometry"]["coordinates"] = [[(x, y, 10.0) for x, y in rows[1]["geometry"]["coordinates"][0]]]
    rows[2]["geometry"] = None
    rows[3]["geometry"]["coordinates"] = []
    rows[5]["properties"]["kode"] = rows[4]["properties"]["kode"]
    rows.append(json.loads(json.dumps(rows[6])))

    files.geojson(city, rows)

    assert refusal(city) == "question.in_part"
    draft, findings = prepare(files.draft(city, partial=True))
    assert [each.place.line for each in said(findings, "finding.repaired")] == [1]
    assert [each.place.line for each in said(findings, "finding.no_shape")] == [3, 4]
    assert [each.place.line for each in said(findings, "finding.code_of_two")] == [5, 6]
    assert [(each.place.line, each.weight) for each in said(findings, "finding.boundary_repeated")] == [
        (13, Weight.NOTE)
    ]
    assert len(draft.levels[Level.VILLAGE]) == 8
    assert not shapely.has_z(draft.levels[Level.VILLAGE].geometry.values).any()


def test_islands_of_one_village_become_one_region_when_a_person_says_so(city: Path) -> None:
    rows = files.city()
    islet = [(112.70, -8.0), (112.705, -8.0), (112.705, -7.995), (112.70, -8.0)]
    rows.append(files.feature(rows[0]["properties"], islet))
    files.geojson(city, rows)

    assert refusal(city) == "question.parts"
    draft, findings = prepare(files.draft(city, dissolve=True))

    assert said(findings, "finding.parts_joined")[0].values == {"n": 2, "code": files.CODES[0]}
    assert shapely.get_num_geometries(draft.levels[Level.VILLAGE].geometry[0]) == 2


def test_two_villages_drawn_at_one_place_do_not_vanish_silently(city: Path) -> None:
    rows = files.city()
    rows[1]["geometry"] = rows[0]["geometry"]

    files.geojson(city, rows)

    assert refusal(city) == "question.area_change"
    draft, findings = prepare(files.draft(city, area_change=100))
    gone = said(findings, "finding.swallowed")
    left = draft.levels[Level.VILLAGE]["code"].tolist()
    assert len(gone) == 1 and len(left) == 11
    assert {gone[0].values["code"], gone[0].values["other"].split()[0]} == set(files.CODES[:2])
    assert gone[0].values["other"].split()[0] in left
    assert draft.set_aside == (files.CODES.index(gone[0].values["code"]),)
    assert gone[0].place.line == draft.set_aside[0] + 1


def test_a_lake_is_set_aside_by_code_and_name_together(tmp_path: Path) -> None:
    named = [("id8871001001", "Danau Redan"), ("id8871001888", "Danau Sunter"), ("id8871001999", "Sukamaju")]
    rows = [
        files.feature({"village_code": code, "village": name, "regency_code": "id8871"}, files.cell(n))
        for n, (code, name) in enumerate(named)
    ]

    draft, findings = prepare(files.draft(files.geojson(tmp_path / "x.geojson", rows), official={}))

    assert draft.levels[Level.VILLAGE]["name"].tolist() == ["Danau Redan", "Sukamaju"]
    assert [each.values["name"] for each in said(findings, "finding.no_village")] == ["Danau Sunter"]
    assert refusal(files.geojson(tmp_path / "y.geojson", rows[1:2])) == "error.no_village"


def test_a_lake_that_lies_right_is_not_turned_with_the_villages_that_do_not(tmp_path: Path) -> None:
    named = [("id8871001001", "Danau Redan"), ("id8871001999", "Sukamaju"), ("id8871001888", "Danau Sunter")]
    rows = [
        files.feature({"village_code": c, "village": name, "regency_code": "id8871"}, files.cell(n))
        for n, (c, name) in enumerate(named)
    ]
    rows[0] = files.moved(rows[:1], lambda lon, lat: (lat, lon))[0]
    path = files.geojson(tmp_path / "x.geojson", rows)

    draft, _, error = attempt(files.draft(path, official={}, swap_axes=True))

    assert error is None and len(draft.nature) == 1
    shapes = [*draft.nature.geometry, *draft.frame.geometry]
    assert len(shapes) == 3 and shapely.contains(shapely.box(112, -9, 113, -7), shapes).all()


def test_a_hostile_name_stays_as_it_is_written(city: Path) -> None:
    name = "{{7*191}}<script>alert(1)</script>"
    rows = files.city()
    rows[0]["properties"]["nama"] = name

    draft, findings = prepare(files.draft(files.geojson(city, rows)))

    assert draft.levels[Level.VILLAGE]["name"][0] == name
    assert said(findings, "finding.renamed")[0].values["official"] == "Kelurahan A"


def test_signs_without_a_shape_are_no_part_of_a_name(city: Path) -> None:
    rows = files.city()
    rows[0]["properties"]["nama"] = "\u202eSuka\tMaju\u200b\r\n\x07"

    draft, _ = prepare(files.draft(files.geojson(city, rows)))

    assert draft.levels[Level.VILLAGE]["name"][0] == "Suka Maju"


def test_neighbourhoods_have_their_village_as_parent(tmp_path: Path) -> None:
    rows = [
        files.feature({"kode": "99.71.01.1001", "rw": f"RW {n + 1:02}", "nama": f"RW {n + 1}"}, files.cell(n))
        for n in range(4)
    ]

    draft, _ = prepare(
        files.draft(files.geojson(tmp_path / "rw.geojson", rows), official={}, level=Level.RW, complete=Level.VILLAGE)
    )

    assert draft.level is Level.RW
    assert draft.levels[Level.RW]["code"].tolist() == [f"99.71.01.1001.{n:02}" for n in range(1, 5)]
    assert draft.levels[Level.VILLAGE]["code"].tolist() == ["99.71.01.1001"]
    assert draft.levels[Level.VILLAGE]["kind"].tolist() == ["kelurahan"]
    assert [a.level for a in draft.ancestors] == [Level.PROVINCE, Level.REGENCY, Level.DISTRICT]


def test_a_column_that_counts_neighbourhoods_does_not_make_a_village_one(city: Path) -> None:
    rows = files.city()
    for each in rows:
        each["properties"]["rw"] = 12

    assert prepare(files.draft(files.geojson(city, rows)))[0].level is Level.VILLAGE


def test_what_a_source_promises_of_villages_says_nothing_of_neighbourhoods(city: Path) -> None:
    rows = [files.feature({"kode": f"99.71.01.1001.{n:02}", "nama": f"RW {n}"}, files.cell(n)) for n in range(3)]

    draft, _ = prepare(files.draft(files.geojson(city, rows), profile="sample", level=Level.RW, complete=Level.VILLAGE))

    assert draft.profile is not None and draft.profile.whole is not None
    assert set(draft.levels) == {Level.VILLAGE, Level.RW}


def test_codes_below_the_village_need_their_level_said(city: Path) -> None:
    rows = [files.feature({"kode": f"88.71.01.1001.{n:02}", "nama": f"RT {n}"}, files.cell(n)) for n in range(3)]
    files.geojson(city, rows)

    assert refusal(city) == "error.level_needed"
    draft, _ = prepare(files.draft(city, level=Level.RT, complete=Level.VILLAGE))
    assert draft.levels[Level.RT]["name"].tolist() == ["RT 0", "RT 1", "RT 2"]
    assert draft.levels[Level.VILLAGE]["name"].tolist() == ["Kelurahan A"]


def test_a_step_that_says_stop_ends_the_line(city: Path) -> None:
    def stop(draft: Draft) -> tuple[Draft, tuple[Finding, ...]]:
        return draft, (Finding(Weight.STOP, "finding.no_shape"),)

    draft, findings = prepare(files.draft(city), [STEPS[0], stop, *STEPS[1:]])

    assert findings[-1].weight is Weight.STOP
    assert draft.profile is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"kode,nama\n1,2\n", "error.boundary_table"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "error.boundary_magic"),
        (b"%PDF-1.7\n", "error.boundary_magic"),
        (b"", "error.boundary_no_bytes"),
        (b'{"hello": "world"}', "error.not_geodata"),
        (b'{"type": "FeatureCollection", "features": [', "error.boundary_cut_off"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "error.boundary_web_page"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "error.boundary_pointer"),
        (b'{"type": "FeatureCollection", "features": []}', "error.boundary_empty"),
        (b"SQLite format 3\x00" + bytes(200), "error.boundary_damaged"),
        (b"PK\x03\x04" + bytes(200), "error.boundary_zip_broken"),
        (b"var batas = {};", "error.boundary_javascript"),
    ],
)
def test_what_is_no_boundary_file_is_refused_in_one_sentence(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "berkas.geojson"
    path.write_bytes(content)

    assert refusal(path) == message


def test_a_truncated_zip_is_refused(city: Path, tmp_path: Path) -> None:
    whole = files.zipped_shapefile(tmp_path, city, "a")
    whole.write_bytes(whole.read_bytes()[:-200])

    assert refusal(whole) == "error.boundary_zip_broken"


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="boundary_file_absent"):
        prepare(files.draft(tmp_path / "none.geojson"))


@pytest.mark.parametrize("kind", ["Point", "LineString"])
def test_lines_and_points_are_no_boundaries(city: Path, kind: str) -> None:
    rows = files.city()
    for each in rows:
        ring = each["geometry"]["coordinates"][0]
        each["geometry"] = {"type": kind, "coordinates": ring[0] if kind == "Point" else ring}

    assert refusal(files.geojson(city, rows)) == "error.no_polygons"


def test_a_file_without_codes_names_its_columns(city: Path) -> None:
    rows = [files.feature({"warna": "merah", "luas": n}, files.cell(n)) for n in range(3)]

    with pytest.raises(Refused) as refused:
        prepare(files.draft(files.geojson(city, rows)))

    assert refused.value.message == "error.boundary_no_code_no_name"
    assert refused.value.values["columns"] == "warna, luas"


def test_a_file_of_districts_is_refused(city: Path) -> None:
    rows = [files.feature({"kode": f"88.71.{n + 1:02}", "nama": f"K{n}"}, files.cell(n)) for n in range(3)]

    assert refusal(files.geojson(city, rows)) == "error.level_above_village"


def test_codes_of_either_system_are_asked_about(city: Path) -> None:
    rows = [files.feature({"kode": f"887101100{n}", "nama": f"X{n}"}, files.cell(n)) for n in range(3)]
    files.geojson(city, rows)

    assert refusal(city) == "question.code_system"
    assert prepare(files.draft(city, system=CodeSystem.BPS))[0].system is CodeSystem.BPS


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"profile": "nowhere"}, "error.unknown_profile"),
        ({"code_column": "nix"}, "error.boundary_no_column"),
        ({"name_column": "nix"}, "error.boundary_no_column"),
    ],
)
def test_what_is_asked_for_and_not_there_is_said(city: Path, asked: dict[str, str], message: str) -> None:
    with pytest.raises(BadRequest) as wrong:
        prepare(files.draft(city, **asked))

    assert wrong.value.message == message
