"""Upper levels from their own files: names and areas are taken, lines are not, and what differs is said or asked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import mapping

from geoapp.domain.findings import Finding
from geoapp.domain.levels import Level
from geoapp.editions.draft import Draft
from geoapp.editions.line import Attempt, attempt, prepare
from geoapp.editions.uppers import asked_uppers
from geoapp.errors import BadRequest, Question, Refused
from tests.editions import files

Change = Callable[[Any], Any]
NAMES = {"88.71.01": "Kecamatan Barat Laut", "88.71.02": "Kecamatan Timur Laut"}


def union(prefix: str) -> Any:
    return shapely.union_all(
        [shapely.Polygon(files.cell(n)) for n, c in enumerate(files.CODES) if c.startswith(prefix)]
    )


def districts(path: Path, change: Change = lambda shape: shape, columns: str = "KDCPUM") -> Path:
    """The two districts as another office draws them."""
    rows = []
    for code, name in NAMES.items():
        row: dict[str, Any] = {columns: code, "WADMKC": name, "LUASWH": round(union(code).area * 12_200, 2)}
        rows.append({"type": "Feature", "properties": row, "geometry": mapping(change(union(code)))})
    return files.geojson(path, rows)


def tried(tmp_path: Path, upper: Path, rows: list[files.Feature] | None = None, **said: Any) -> Attempt:
    path = files.geojson(tmp_path / "kota.geojson", rows or files.city())
    return attempt(files.draft(path, uppers={Level.DISTRICT: upper}, **said))


def said(findings: tuple[Finding, ...], message: str) -> list[Any]:
    return [each.values for each in findings if each.message == message]


def test_names_and_areas_come_from_the_upper_file_and_lines_from_the_villages(tmp_path: Path) -> None:
    rough = districts(tmp_path / "kec.geojson", lambda shape: shape.simplify(0.001))

    draft, findings, error = tried(tmp_path, rough, official={}, complete=Level.REGENCY)

    assert error is None
    frame = draft.levels[Level.DISTRICT]
    assert frame["name"].tolist() == list(NAMES.values())
    assert frame["area_official_km2"].round(1).tolist() == [round(union(code).area * 12_200, 1) for code in NAMES]
    for code, shape in zip(frame["code"], frame.geometry, strict=True):
        mine = draft.levels[Level.VILLAGE]
        of = mine[mine["parent"] == code].geometry
        assert shapely.equals(shape, shapely.coverage_union_all(of.to_numpy()))
    assert said(findings, "finding.uppers_read") == [{"n": 2, "level": "district", "of": 2}]


def test_the_official_list_names_an_upper_region_before_its_own_file(tmp_path: Path) -> None:
    draft, _, error = tried(tmp_path, districts(tmp_path / "kec.geojson"))

    assert error is None
    assert draft.levels[Level.DISTRICT]["name"].tolist() == ["Barat", "Timur"]


def test_without_a_list_villages_that_fill_the_shape_make_a_region_whole(tmp_path: Path) -> None:
    upper = districts(tmp_path / "kec.geojson")

    draft, findings, error = tried(tmp_path, upper, files.city()[:-1], official={})

    assert error is None
    assert draft.levels[Level.DISTRICT]["code"].tolist() == ["88.71.01"]
    assert [each.code for each in draft.ancestors if each.level is Level.DISTRICT] == ["88.71.02"]
    open_ = said(findings, "finding.upper_open")
    assert [each["code"] for each in open_] == ["88.71.02"]
    assert 12 < float(open_[0]["percent"]) < 22


def test_a_list_that_misses_villages_counts_more_than_a_shape_that_is_filled(tmp_path: Path) -> None:
    official = {**files.OFFICIAL, "88.71.02.1099": "Kelurahan yang tidak digambar"}
    lists = {next(iter(files.LISTS)): official}

    draft, _, error = tried(tmp_path, districts(tmp_path / "kec.geojson"), official=lists)

    assert error is None
    assert draft.levels[Level.DISTRICT]["code"].tolist() == ["88.71.01"]


def test_a_shape_that_lies_elsewhere_is_asked_about_and_a_percentage_answers(tmp_path: Path) -> None:
    def aside(shape: Any) -> Any:
        return shapely.transform(shape, lambda points: np.add(points, (0.003, 0.0)))

    upper = districts(tmp_path / "kec.geojson", aside)

    asked = tried(tmp_path, upper)
    answered = tried(tmp_path, upper, upper_difference=60)

    assert isinstance(asked.error, Question)
    assert (asked.error.message, asked.error.options) == ("question.upper_differs", ("--upper-difference",))
    assert "88.71.01" in asked.error.values["regions"]
    assert answered.error is None
    assert {each["code"] for each in said(answered.findings, "finding.upper_differs")} == set(NAMES)


def test_regions_are_found_by_their_names_where_the_file_has_no_codes(tmp_path: Path) -> None:
    rows = [
        {"type": "Feature", "properties": {"KECAMATAN": f"KEC. {name.upper()}"}, "geometry": mapping(union(code))}
        for code, name in (("88.71.02", "Timur"), ("88.71.01", "Barat"))
    ]

    draft, findings, error = tried(tmp_path, files.geojson(tmp_path / "kec.geojson", rows))

    assert error is None
    assert not said(findings, "finding.upper_differs")
    assert sorted(draft.uppers[Level.DISTRICT]) == list(NAMES)


def test_upper_regions_that_are_missing_are_listed(tmp_path: Path) -> None:
    upper = districts(tmp_path / "kec.geojson")
    rows = [each for each in _features(upper) if each["properties"]["KDCPUM"] == "88.71.01"]

    _, findings, error = tried(tmp_path, files.geojson(upper, rows))

    assert error is None
    assert said(findings, "finding.uppers_absent") == [{"n": 1, "codes": "88.71.02"}]


def test_a_file_of_other_regions_is_refused(tmp_path: Path) -> None:
    rows = [
        {"type": "Feature", "properties": {"KDCPUM": "88.72.01", "WADMKC": "Lain"}, "geometry": mapping(union("88"))}
    ]

    error = tried(tmp_path, files.geojson(tmp_path / "kec.geojson", rows)).error

    assert isinstance(error, Refused) and error.message == "error.upper_elsewhere"


def _features(path: Path) -> list[files.Feature]:
    import json

    rows: list[files.Feature] = json.loads(path.read_text())["features"]
    return rows


@pytest.mark.parametrize("said", ["kecamatan.geojson", "district=", "village=desa.geojson", "moon=x.geojson"])
def test_an_upper_file_is_said_with_its_level(said: str) -> None:
    with pytest.raises(BadRequest) as refused:
        asked_uppers([said])

    assert refused.value.message == "error.upper_said"


# ── official areas ─────────────────────────────────────────────────────────────────────────────────────────────


def with_area(tmp_path: Path, column: str, of: Callable[[float, int], Any]) -> tuple[Draft, tuple[Finding, ...]]:
    """The city with a column of areas, made of each village's area in km² and its number."""
    rows = files.city()
    for n, each in enumerate(rows):
        each["properties"][column] = of(shapely.Polygon(files.cell(n)).area * 12_200, n)
    return prepare(files.draft(files.geojson(tmp_path / "kota.geojson", rows)))


@pytest.mark.parametrize(
    ("column", "of", "unit"),
    [
        ("LUASWH", lambda km2, n: km2, "km²"),
        ("luas", lambda km2, n: 100 * km2, "ha"),
        ("Luas_Ha", lambda km2, n: f"{100 * km2:.2f}".replace(".", ","), "ha"),
        ("luas", lambda km2, n: round(1e6 * km2), "m²"),
        ("luas_wilayah", lambda km2, n: km2 if n else None, "km²"),
    ],
)
def test_an_official_area_is_kept_in_km2_whatever_its_unit(
    tmp_path: Path, column: str, of: Callable[[float, int], Any], unit: str
) -> None:
    draft, findings = with_area(tmp_path, column, of)

    frame = draft.levels[Level.VILLAGE]
    known = frame["area_official_km2"].notna()
    assert said(findings, "finding.area_official") == [{"column": column, "unit": unit, "n": int(known.sum())}]
    assert (frame["area_official_km2"] / frame["area_km2"])[known].between(0.95, 1.05).all()
    assert not said(findings, "finding.area_differs")


@pytest.mark.parametrize("column", ["Shape_Area", "SHAPE_Leng", "keterangan"])
def test_what_a_program_measured_is_no_official_area(tmp_path: Path, column: str) -> None:
    draft, findings = with_area(tmp_path, column, lambda km2, n: km2)

    assert "area_official_km2" not in draft.levels[Level.VILLAGE]
    assert not [each for each in findings if each.message.startswith("finding.area_")]


def test_numbers_that_are_no_areas_are_left_out_and_said(tmp_path: Path) -> None:
    draft, findings = with_area(tmp_path, "luas", lambda km2, n: 7e9 + n)

    assert "area_official_km2" not in draft.levels[Level.VILLAGE]
    assert said(findings, "finding.area_unit_unknown") == [{"column": "luas"}]


def test_an_official_area_that_differs_much_is_named(tmp_path: Path) -> None:
    _, findings = with_area(tmp_path, "luas_km2", lambda km2, n: 1.5 * km2 if n == 4 else km2)

    (values,) = said(findings, "finding.area_differs")
    assert (values["n"], values["of"]) == (1, 12)
    assert values["regions"].startswith(files.CODES[4])
