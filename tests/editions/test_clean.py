"""Cleaning: what neighbours overlap or leave open is settled and told, and no region changes much unasked."""

import json
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoapp.cli import run
from geoapp.domain.levels import Level
from geoapp.editions import coverage, fitting, topology
from geoapp.editions.line import prepare
from geoapp.errors import Question
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests.editions import exact, files
from tests.editions.test_snap import voronoi

M = 1 / 111_320
"""About a metre, in degrees at the equator."""


def at(*corners: tuple[float, float]) -> shapely.Polygon:
    """A polygon near the equator, corners in metres."""
    return shapely.Polygon([(110 + x * M, y * M) for x, y in corners])


def box(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    return at((west, south), (east, south), (east, north), (west, north))


def fitted(*shapes: shapely.Polygon) -> fitting.Fitted:
    return fitting.fit(shapely.multipolygons([[shape] for shape in shapes]))


def kinds(done: fitting.Fitted) -> list[str]:
    return [fault.kind for fault in done.faults]


def test_a_village_drawn_over_its_neighbour_keeps_its_land_and_what_the_neighbour_gives_is_known() -> None:
    done = fitted(box(0, 0, 3000, 3000), box(1000, 1000, 1800, 2000))

    assert done.after[1] == pytest.approx(800_000, rel=1e-4)
    assert done.after[0] == pytest.approx(8_200_000, rel=1e-4)
    assert done.given == pytest.approx([800_000, 0], rel=1e-4)
    assert kinds(done) == ["overlap"]
    assert {done.faults[0].one, done.faults[0].other} == {0, 1}
    assert done.faults[0].area == pytest.approx(800_000, rel=1e-4)


def test_a_gap_narrower_than_the_width_is_closed_and_a_lake_stays_open() -> None:
    ring = shapely.Polygon(
        box(0, 0, 4000, 4000).exterior, [box(500, 500, 530, 2500).exterior, box(1500, 1500, 2500, 2500).exterior]
    )

    done = fitted(ring)

    assert shapely.get_num_interior_rings(shapely.get_parts(done.shapes)).tolist() == [1]
    assert done.after[0] == pytest.approx(15_000_000, rel=1e-4)
    assert {fault.kind: round(fault.area, -3) for fault in done.faults} == {"gap": 60_000, "hole": 1_000_000}


def test_a_hole_is_told_with_the_regions_around_it_the_one_with_most_of_its_shore_first() -> None:
    lake = box(3000, 1500, 5000, 2000)
    far, east, west = box(0, 5000, 900, 5900), box(4500, 0, 6000, 4000), box(0, 0, 4500, 4000)

    done = fitted(far, shapely.difference(east, lake), shapely.difference(west, lake))

    (hole,) = (fault for fault in done.faults if fault.kind == "hole")
    assert (hole.one, hole.other) == (2, 1)


def test_the_widths_that_a_person_asks_for_are_those_that_are_closed_and_joined() -> None:
    crack = (box(0, 0, 1000, 1000), box(1030, 0, 2000, 1000), box(0, 1000, 2000, 2000), box(0, -1000, 2000, 0))

    closed = [
        fitting.fit(shapely.multipolygons([[each] for each in crack]), fitting.Widths(gap=gap)) for gap in (50, 10)
    ]

    assert [kinds(each) for each in closed] == [["gap"], ["hole"]]


def test_shapes_far_apart_are_fitted_apart_and_come_back_in_their_order() -> None:
    islands = [box(x, 0, x + 500, 500) for x in range(0, 200_000, 1000)]

    done = fitted(*islands)

    there = shapely.symmetric_difference(done.shapes, np.array(islands))
    assert (shapely.area(there) < 500 * M * 4e-7).all()
    assert kinds(done) == []


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.integers(0, 2**32 - 1), st.integers(5, 80), st.integers(3, 20), st.sampled_from([0, 0.3]), st.integers(0, 2**31)
)
def test_no_region_is_lost_and_none_overlaps_however_its_neighbours_were_drawn(
    seed: int, cells: int, regions: int, sea: float, shake: int
) -> None:
    chance = np.random.default_rng(shake)
    drawn = shapely.transform(voronoi(seed, cells, 60.0, regions, sea), lambda points: 110 + points * 200 * M)
    shaken = [shapely.transform(each, lambda points: points + chance.normal(0, 3 * M, 2)) for each in drawn]

    done = fitting.fit(coverage.polygons(shaken))

    steps = shapely.transform(done.shapes, lambda points: np.round(points * 10_000_000))
    exact.judged(steps)
    assert not shapely.is_empty(done.shapes).any()
    # what a fault took or gave: a strip of some metres along the border
    assert (np.abs(done.after - done.before) < 40 * shapely.length(drawn) / M + 2500).all()


def city(folder: Path, change: float) -> Path:
    """The made-up city with one village drawn over another by so large a share of it."""
    rows = files.city()
    ring = np.array(rows[2]["geometry"]["coordinates"][0])
    rows[2]["geometry"]["coordinates"][0] = (ring - (0, change * files.CELL)).tolist()
    return files.geojson(folder / "kota.geojson", rows)


def test_beyond_the_bound_a_person_is_asked_and_may_allow_it(tmp_path: Path) -> None:
    path = city(tmp_path, 0.4)

    with pytest.raises(Question) as asked:
        prepare(files.draft(path))
    draft, _ = prepare(files.draft(path, area_change=60))

    assert asked.value.options == ("--area-change",)
    assert asked.value.values["n"] >= 1
    assert "Kelurahan A" in asked.value.values["regions"]
    assert len(draft.levels[Level.VILLAGE]) == 12


def test_the_report_names_both_sides_of_the_largest_overlap_and_its_place(tmp_path: Path) -> None:
    draft, findings = prepare(files.draft(city(tmp_path, 0.1)))

    told = next(each for each in findings if each.message == "finding.topology_overlap")
    sides = {told.values["one"].split(" ", 1)[1], told.values["other"].split(" ", 1)[1]}
    latitude, longitude = map(float, told.values["at"].split(", "))
    assert sides == {"Kelurahan A", "Kelurahan C"}
    assert files.WEST < longitude < files.WEST + 0.02 and files.SOUTH < latitude < files.SOUTH + 0.02
    assert any(fault.kind == "overlap" for fault in draft.faults or ())


def test_the_faults_are_a_geopackage_that_other_programs_read(tmp_path: Path) -> None:
    draft, _ = prepare(files.draft(city(tmp_path, 0.1)))
    path = tmp_path / "topology.gpkg"

    topology.write(path, draft.faults or ())

    assert {name for name, _ in pyogrio.list_layers(path)} == set(topology.KINDS)
    read = pyogrio.read_dataframe(path, layer="overlap")
    assert read.crs.to_epsg() == 4326
    assert set(read["name"]) | set(read["other_name"]) >= {"Kelurahan A", "Kelurahan C"}
    assert (read["area_m2"] > 0).all()


def test_a_check_writes_what_is_wrong_between_neighbours_and_the_bound_can_be_said(
    tmp_path: Path, store: Store, urls: Urls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GEOAPP_DATABASE_URL", urls.owner)
    path, out = city(tmp_path, 0.4), tmp_path / "topology.gpkg"
    options = ["boundaries", "check", str(path), "--complete", "--json", "--trust-codes", "--topology", str(out)]

    assert run(options) == 1
    question = json.loads(capsys.readouterr().out)["question"]
    assert run([*options, "--area-change", "60"]) == 0

    assert "--area-change" in question["options"]
    assert len(pyogrio.read_dataframe(out, layer="overlap")) > 0


def test_nothing_that_is_read_or_is_no_geopackage_is_written_over(
    tmp_path: Path, store: Store, urls: Urls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GEOAPP_DATABASE_URL", urls.owner)
    path, other = city(tmp_path, 0.1), tmp_path / "catatan.txt"
    other.write_text("rapat")
    before = path.read_bytes()
    check = ["boundaries", "check", str(path), "--trust-codes"]

    for option, out in (("--topology", path), ("--suggestions", path), ("--topology", other)):
        assert run([*check, option, str(out)]) == 2
        assert out.name in capsys.readouterr().err
    assert run([*check, "--topology", str(tmp_path / "tiada" / "a.gpkg")]) == 1
    assert run([*check, "--topology", str(tmp_path / "a.gpkg")]) == 0
    assert run([*check, "--topology", str(tmp_path / "a.gpkg")]) == 0

    assert (path.read_bytes(), other.read_text()) == (before, "rapat")
    assert {each.name for each in tmp_path.iterdir()} == {path.name, "catatan.txt", "a.gpkg"}


def test_of_a_file_that_was_not_cleaned_no_faults_are_written(
    tmp_path: Path, store: Store, urls: Urls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEOAPP_DATABASE_URL", urls.owner)
    path = tmp_path / "kota.geojson"
    path.write_text("{")

    assert run(["boundaries", "check", str(path), "--topology", str(tmp_path / "a.gpkg")]) == 1
    assert not (tmp_path / "a.gpkg").exists()
