"""What changed from one edition to another: told once, in one order, and measured on the ground."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.affinity import rotate, translate

from geoapp.cli import run
from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.editions.compare import Change, Links, What, counted, in_order, outline, shares, sides, told
from geoapp.editions.line import prepare
from geoapp.editions.publish import publish
from geoapp.settings import Settings
from geoapp.store import places
from geoapp.store.database import Store
from geoapp.store.places import Link
from tests import world
from tests.editions import files

REGIONS = world.regions()
VILLAGE = Level.VILLAGE


def changes(new: list[Any], links: Links | None = None, old: list[Any] | None = None) -> list[tuple[str, ...]]:
    """What is told, as what, code, before and after."""
    held = sides(VILLAGE, old or REGIONS, new, links)
    return [(each.what.value, each.code or each.new_code, each.before, each.after) for each in told(held, links)]


def test_an_edition_differs_in_nothing_from_itself_however_it_is_ordered() -> None:
    assert changes(list(REGIONS[::-1])) == []


def test_codes_names_parents_and_kinds_are_told_apart() -> None:
    first, second, third, *rest, last = REGIONS
    came = replace(last, code="35.99.03.1009")
    new = [
        replace(first, name="Angsoka Baru"),
        replace(second, parent="35.99.02"),
        replace(third, kind="desa"),
        *rest,
        came,
    ]

    assert changes(new) == [
        ("appeared", "35.99.03.1009", None, round(came.area_km2, 4)),
        ("vanished", last.code, round(last.area_km2, 4), None),
        ("name", first.code, first.name, "Angsoka Baru"),
        ("parent", second.code, "35.99.01", "35.99.02"),
        ("kind", third.code, third.kind, "desa"),
    ]


def test_a_name_written_otherwise_is_the_same_name() -> None:
    new = [replace(each, name=f"DESA  {each.name.upper()}") for each in REGIONS]

    assert changes(new) == []


def test_a_parent_of_another_level_and_what_is_not_said_are_no_change() -> None:
    assert changes([replace(each, parent="35.99", kind=None) for each in REGIONS]) == []
    assert changes([replace(each, name=each.code) for each in REGIONS]) == []


def test_through_a_crosswalk_a_region_without_a_link_is_neither_new_nor_gone() -> None:
    def bps(code: str) -> str:
        return code.replace(".", "")

    new = [replace(each, code=bps(each.code), parent=bps(each.parent or "")) for each in REGIONS[:-1]]
    new[0] = replace(new[0], parent="359902")
    codes = [each.code for each in REGIONS] + ["35.99.01", "35.99.02", "35.99.03"]
    links = Links({code: bps(code) for code in codes if code != REGIONS[1].code}, {bps(c): c for c in codes})
    onward = Links(links.onward, {code: old for code, old in links.back.items() if old != REGIONS[1].code})

    said = changes(new, onward)

    assert [each[:2] for each in said] == [
        ("vanished", REGIONS[-1].code),
        ("unlinked", REGIONS[1].code),
        ("unlinked", bps(REGIONS[1].code)),
        ("parent", REGIONS[0].code),
    ]


WEST, SOUTH = 112.0, -7.0
SQUARE = shapely.box(WEST, SOUTH, WEST + 0.01, SOUTH + 0.01)


def share(one: Any, other: Any) -> float:
    return shares([shapely.to_wkb(one)], [shapely.to_wkb(other)])[0]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (SQUARE, 0.0),
        (translate(SQUARE, 0.005), 100 * 2 / 3),
        (translate(SQUARE, 0.05), 100.0),
        (shapely.box(WEST, SOUTH, WEST + 0.01, SOUTH + 0.009), 10.0),
        (SQUARE.segmentize(0.001), 0.0),
    ],
)
def test_the_share_is_of_the_land_inside_either(other: Any, expected: float) -> None:
    assert share(SQUARE, other) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("latitude", [-10.0, 0.0, 5.9])
def test_a_shift_of_metres_weighs_the_same_at_every_latitude(latitude: float) -> None:
    """A square of about a kilometre, drawn 12.5 m further east: 2.5 % of it lies elsewhere."""
    from pyproj import Geod

    east = Geod(ellps="WGS84").fwd(WEST, latitude, 90, 1000)[0] - WEST
    square = shapely.box(WEST, latitude, WEST + east, latitude + 0.009)

    assert share(square, translate(square, east * 0.0125)) == pytest.approx(100 * (1 - 0.9875 / 1.0125), rel=1e-3)


@given(st.floats(-0.02, 0.02), st.floats(-0.02, 0.02), st.floats(0, 90))
def test_a_share_is_the_same_from_both_sides_and_never_beyond_all(x: float, y: float, turned: float) -> None:
    other = rotate(translate(SQUARE, x, y), turned)

    found = share(SQUARE, other)

    assert 0 <= found <= 100
    assert share(other, SQUARE) == pytest.approx(found, abs=1e-6)


def test_changes_stand_in_one_order() -> None:
    made = [
        Change(What.NAME, VILLAGE, "b", "b", ""),
        Change(What.NAME, VILLAGE, "a", "a", ""),
        Change(What.APPEARED, VILLAGE, None, "c", ""),
        Change(What.OUTLINE, Level.DISTRICT, "z", "z", "", 1.0, 2.0, 50.0),
    ]

    for some in (made, made[::-1]):
        assert [(each.what, each.code or each.new_code) for each in in_order(some)] == [
            (What.OUTLINE, "z"),
            (What.APPEARED, "c"),
            (What.NAME, "a"),
            (What.NAME, "b"),
        ]
    assert counted(made) == {"district": {"outline": 1}, "village": {"name": 2, "appeared": 1}}
    assert outline(VILLAGE, sides(VILLAGE, REGIONS, REGIONS).pairs[0], 12.3456).share == 12.35


# ── published editions ─────────────────────────────────────────────────────────────────────────────────────────

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def geoapp(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Run:
    monkeypatch.setenv("GEOAPP_DATABASE_URL", settings.database_url or "")
    monkeypatch.setenv("GEOAPP_VAR", str(settings.var))
    monkeypatch.setenv("GEOAPP_LANG", "en")
    monkeypatch.chdir(tmp_path)

    def ran(*arguments: str) -> tuple[int, str, str]:
        code = run(list(arguments))
        out = capsys.readouterr()
        return code, out.out, out.err

    return ran


def bring_in(store: Store, path: Path, **said: Any) -> str:
    draft, findings = prepare(files.draft(path, **said))
    return publish(store, draft, findings).id


@pytest.fixture
def two(store: Store, tmp_path: Path) -> tuple[str, str]:
    """The city, and the city later: a village renamed, one gone, one's border with its neighbour moved."""
    old = bring_in(store, files.geojson(tmp_path / "dulu.geojson", files.city()), dated="2020")
    rows = files.city()
    rows[0]["properties"]["nama"] = "Kelurahan Baru"
    corner, moved = files.corner(1, 1), [files.corner(1, 1)[0] + 0.004, files.corner(1, 1)[1]]
    for each in rows:
        ring = each["geometry"]["coordinates"][0]
        each["geometry"]["coordinates"][0] = [moved if tuple(point) == corner else point for point in ring]
    return old, bring_in(store, files.geojson(tmp_path / "kini.geojson", rows[:-1]), dated="2024")


def test_two_editions_are_compared_level_by_level(geoapp: Run, two: tuple[str, str]) -> None:
    code, out, _ = geoapp("boundaries", "compare", *two, "--json")

    found = json.loads(out)
    assert code == 0
    assert (found["old"], found["new"], found["share"], found["through"]) == (*two, 5.0, None)
    assert found["levels"] == ["district", "village"]
    assert {each["what"] for each in found["changes"] if each["level"] == "district"} <= {"outline"}
    said = [(each["what"], each["code"]) for each in found["changes"] if each["level"] == "village"]
    changed = [code for what, code in said if what == "outline"]
    assert said[:2] == [("vanished", files.CODES[-1]), ("name", files.CODES[0])]
    assert set(changed) == {files.CODES[n] for n in (0, 1, 2, 3)}
    assert found["same"] >= 6
    assert geoapp("boundaries", "compare", *two, "--json")[1] == out

    strict = json.loads(geoapp("boundaries", "compare", *two, "--share", "90", "--json")[1])
    assert [each["what"] for each in strict["changes"] if each["level"] == "village"] == ["vanished", "name"]
    back = json.loads(geoapp("boundaries", "compare", *two[::-1], "--json")[1])
    assert [each["new_code"] for each in back["changes"] if each["what"] == "appeared"] == [files.CODES[-1]]


def test_people_read_a_table(geoapp: Run, two: tuple[str, str]) -> None:
    code, out, _ = geoapp("boundaries", "compare", *two)

    assert code == 0
    for said in ("1 code vanished", "1 name changed", "Kelurahan A", "Kelurahan Baru", "outlines changed by more than"):
        assert said in out
    assert "are the same in both" in geoapp("boundaries", "compare", two[0], two[0])[1]


def test_every_change_is_written_for_a_spreadsheet_and_for_qgis(
    geoapp: Run, two: tuple[str, str], tmp_path: Path
) -> None:
    import geopandas

    found = json.loads(geoapp("boundaries", "compare", *two, "--json", "--out", "beda.csv")[1])["changes"]
    assert geoapp("boundaries", "compare", *two, "--out", "beda.gpkg")[0] == 0

    with (tmp_path / "beda.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    drawn = geopandas.read_file(tmp_path / "beda.gpkg", layer="changes")
    assert [(each["what"], each["code"]) for each in rows] == [(each["what"], each["code"] or "") for each in found]
    assert list(drawn["what"]) == [each["what"] for each in found]
    assert (
        drawn.geometry.is_valid.all()
        and (shapely.area(drawn.geometry.values) > 0).all()
        and drawn.crs.to_epsg() == 4326
    )
    moved = drawn[(drawn["what"] == "outline") & (drawn["level"] == "village")].iloc[0]
    whole = shapely.Polygon(files.cell(files.CODES.index(moved["code"])))
    assert 0.05 < moved.geometry.area / whole.area < 1.0


def test_editions_of_two_systems_are_compared_through_the_crosswalk(geoapp: Run, store: Store, tmp_path: Path) -> None:
    rows = files.city()
    old = bring_in(store, files.geojson(tmp_path / "kota.geojson", rows), dated="2020")
    for each in rows:
        code = each["properties"].pop("kode").replace(".", "")
        each["properties"]["iddesa"] = f"{code[:4]}0{code[4:6]}{code[7:]}"
    bps = {code: f"{code[:2]}{code[3:5]}0{code[6:8]}{code[-3:]}" for code in files.CODES}
    other = bring_in(
        store, files.geojson(tmp_path / "bps.geojson", rows), system=CodeSystem.BPS, unknown=True, dated="2024"
    )

    code, out, err = geoapp("boundaries", "compare", old, other)
    assert (code, out) == (1, "") and "different code systems, and no crosswalk links" in err

    with store.begin() as connection:
        links = [Link(bps[code], code, VILLAGE) for code in files.CODES[:-1]]
        places.load_crosswalk(connection, "uji", "2024", "official", links)
    found = json.loads(geoapp("boundaries", "compare", old, other, "--json")[1])

    assert found["through"] == "crosswalk" and found["same"] == 11
    told = [(each["what"], each["code"], each["new_code"]) for each in found["changes"] if each["level"] == "village"]
    assert told == [("unlinked", files.CODES[-1], None), ("unlinked", None, bps[files.CODES[-1]])]


def test_what_cannot_be_compared_or_written_is_one_sentence(geoapp: Run, two: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "lain.gpkg").write_text("not a GeoPackage")
    for arguments, code, said in (
        ((two[0], "tak-ada"), 1, "There is no boundary edition called tak-ada"),
        ((*two, "--out", "beda.xlsx"), 2, "is neither a .csv nor a .gpkg file"),
        ((*two, "--out", "lain.gpkg"), 2, "is no GeoPackage"),
        ((*two, "--share", "101"), 2, ""),
    ):
        left, _, err = geoapp("boundaries", "compare", *arguments)
        assert left == code and said in err
    assert (tmp_path / "lain.gpkg").read_text() == "not a GeoPackage"
