"""The sample island is the same on every run, a true coverage, and its tables agree with themselves."""

import csv
import json
from pathlib import Path

import pytest
import shapely

from boundaries.sample.generate import HERE, generate
from boundaries.sample.island import villages
from geoapp.domain.codes import CodeSystem, RegionCode
from geoapp.releases.code_files import Crosswalk, read_codes

AROUND = "sekitar.geojson"
SAMPLE_LIMIT = 1_000_000
MADE = sorted(path.name for path in HERE.iterdir() if path.suffix in {".geojson", ".csv", ".xlsx", ".ods"})


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    generate(folder)
    return folder


def shapes(name: str) -> dict[str, shapely.Geometry]:
    features = json.loads((HERE / name).read_text(encoding="utf-8"))["features"]
    return {each["properties"]["kode"]: shapely.geometry.shape(each["geometry"]) for each in features}


def rows(name: str, delimiter: str = ";") -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def test_the_generator_makes_exactly_the_committed_files(again: Path) -> None:
    assert sorted(path.name for path in again.iterdir()) == MADE
    assert [name for name in MADE if (again / name).read_bytes() != (HERE / name).read_bytes()] == []
    assert sum((HERE / name).stat().st_size for name in MADE) < SAMPLE_LIMIT


@pytest.mark.parametrize("name", [name for name in MADE if name.endswith(".geojson") and name != AROUND])
def test_shapes_fit_together_without_gap_or_overlap(name: str) -> None:
    found = list(shapes(name).values())

    assert all(shape.is_valid for shape in found)
    assert shapely.coverage_is_valid(found)
    assert sum(shape.area for shape in found) == pytest.approx(shapely.union_all(found).area, rel=1e-9)


def test_nothing_that_lies_around_touches_the_island() -> None:
    island = shapely.union_all(list(shapes("pulau-purnama-2024.geojson").values()))
    features = json.loads((HERE / AROUND).read_text(encoding="utf-8"))["features"]
    around = [(each["properties"]["kind"], shapely.geometry.shape(each["geometry"])) for each in features]

    assert {kind for kind, _ in around} == {"neighbour", "water", "sea"}
    assert all(shape.is_valid and shape.disjoint(island) for _, shape in around)
    assert shapely.coverage_is_valid([shape for kind, shape in around if kind == "neighbour"])


def test_the_split_village_covered_what_two_cover_now() -> None:
    old, new = shapes("pulau-purnama-2020.geojson"), shapes("pulau-purnama-2024.geojson")
    lineage = rows("lineage.csv", ",")
    (parent,) = {each["old"] for each in lineage}

    assert set(new) - set(old) == {each["new"] for each in lineage} - {parent}
    assert shapely.union_all([new[each["new"]] for each in lineage]).equals(old[parent])


def test_the_lake_is_in_no_village_and_an_islet_is_a_second_part() -> None:
    found, lake = shapes("pulau-purnama-2024.geojson"), villages()[1]

    shore_apart = lake.buffer(-2e-4)  # the grid moves the shore by a metre
    assert shore_apart.area > 0.8 * lake.area
    assert not any(shape.intersects(shore_apart) for shape in found.values())
    assert sum(shape.geom_type == "MultiPolygon" for shape in found.values()) >= 2


def test_every_code_is_in_the_list_and_rw_fill_their_village() -> None:
    listed = {each["code"] for each in rows("codes.csv", ",")}
    new = shapes("pulau-purnama-2024.geojson")
    (file,) = HERE.glob("rw-99*.geojson")
    parts = shapes(file.name)

    assert set(new) < listed
    assert {code[:13] for code in parts} == {file.stem.removeprefix("rw-")}
    whole = new[file.stem.removeprefix("rw-")]
    assert shapely.union_all(list(parts.values())).symmetric_difference(whole).area < 0.001 * whole.area


def test_males_and_females_add_up_to_the_population() -> None:
    def figure(text: str) -> int:
        return int(text.replace(".", ""))

    found = rows("penduduk.csv")

    assert len(found) > 250
    assert [
        each for each in found if figure(each["penduduk_l"]) + figure(each["penduduk_p"]) != figure(each["penduduk"])
    ] == []


def test_the_crosswalk_holds_look_alikes_a_split_code_and_a_village_without_partner() -> None:
    found = read_codes(HERE / "crosswalk_bps_kemendagri_2024.csv")
    assert isinstance(found, Crosswalk)
    listed = {each["code"]: each["name"] for each in rows("codes.csv", ",")}
    partner = {each.bps: each.kemendagri for each in found.links}

    assert {each.kemendagri for each in found.links} <= set(listed)
    looking = {bps: RegionCode.parse(CodeSystem.KEMENDAGRI, bps).text for bps in partner if bps.startswith("9971011")}
    assert len(looking) == 6
    assert all(alike in listed and alike != partner[bps] for bps, alike in looking.items())
    assert (found.ambiguous, found.skipped.blank, found.skipped.n, found.doubt) == (2, 1, 1, None)
