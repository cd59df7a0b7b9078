"""Water and forest among the villages: kept with the edition, drawn beneath it, in no count and no number."""

import json
from pathlib import Path

import pytest
import shapely
from sqlalchemy import text

from geoapp.domain.levels import Level
from geoapp.domain.regions import Nature
from geoapp.domain.surroundings import WATER, decode, encode
from geoapp.editions.asides import _nature
from geoapp.editions.line import prepare
from geoapp.editions.nature import wilds
from geoapp.editions.publish import publish
from geoapp.pictures import ground, looks
from geoapp.pictures.frame import Frame
from geoapp.store import nature, reading
from geoapp.store import surroundings as kept
from geoapp.store.database import Store
from tests.editions import files

WILD = {4: ("id8871010888", "Danau Sunter"), 9: ("id8871020999", "Hutan")}


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Ten villages around a lake and a forest."""
    rows = []
    for n in range(12):
        code, name = WILD.get(n, (f"id88710{1 + n // 6}0{1 + n:03}", f"Desa {n}"))
        rows.append(files.feature({"village_code": code, "village": name, "regency_code": "id8871"}, files.cell(n)))
    return files.geojson(tmp_path / "kota.geojson", rows)


def test_a_lake_and_a_forest_are_kept_with_the_edition_and_are_no_regions(store: Store, city: Path) -> None:
    draft, findings = prepare(files.draft(city, official={}))

    id = publish(store, draft, findings).id

    with store.read() as connection:
        found = nature.of(connection, id)
        villages = reading.regions(connection, id, Level.VILLAGE)
    assert [(each.kind, each.code, each.name) for each in found] == [
        (Nature.WATER, "8871010888", "Danau Sunter"),
        (Nature.FOREST, "8871020999", "Hutan"),
    ]
    assert shapely.from_wkb(found[0].wkb).equals(shapely.MultiPolygon([shapely.Polygon(files.cell(4))]))
    assert len(villages) == 10


def test_water_is_what_lies_around_where_nothing_else_is_known(store: Store, city: Path) -> None:
    draft, findings = prepare(files.draft(city, official={}))

    id = publish(store, draft, findings).id

    with store.read() as connection:
        found = kept.surroundings(connection, id)
    assert found is not None
    around = decode(json.loads(found.document))
    assert around.plain and around.land.is_empty
    assert [(each.name, each.kind) for each in around.names] == [("Danau Sunter", WATER)]
    lake = shapely.Polygon(files.cell(4))
    assert lake.contains(shapely.Point(around.names[0].at))
    assert decode(encode(around)).plain


def test_a_file_without_water_has_nothing_around_it(store: Store, tmp_path: Path) -> None:
    draft, findings = prepare(files.draft(files.geojson(tmp_path / "kota.geojson", files.city())))

    id = publish(store, draft, findings).id

    with store.read() as connection:
        assert kept.surroundings(connection, id) is None
        assert nature.of(connection, id) == ()


def test_an_edition_goes_with_its_water(store: Store, city: Path) -> None:
    draft, findings = prepare(files.draft(city, official={}))
    id = publish(store, draft, findings).id

    with store.begin() as connection:
        connection.execute(text("DELETE FROM geography.edition WHERE id = :id"), {"id": id})
        assert nature.of(connection, id) == ()
        assert kept.surroundings(connection, id) is None


def test_a_picture_lays_water_on_land_where_nothing_else_is_known(store: Store, city: Path) -> None:
    draft, findings = prepare(files.draft(city, official={}))
    id = publish(store, draft, findings).id
    with store.read() as connection:
        found = kept.surroundings(connection, id)
    assert found is not None

    around = decode(json.loads(found.document))
    west, _, east, north = shapely.bounds(around.water).tolist()
    drawn = ground.drawn(around, Frame(west, north, (east - west) / 400, 400, 300, 4))

    assert drawn.index(looks.LAND) < drawn.index(looks.WATER)
    assert drawn.count('class="water"') == 1


@pytest.mark.parametrize(
    ("code", "name", "said", "kind"),
    [
        ("1303888888", "Danau Singkarak", "", Nature.WATER),
        ("1811999999", "", "", Nature.FOREST),
        ("1811888888", "", "", Nature.WATER),
        ("", "Hutan Lindung", "", Nature.FOREST),
        ("", "", "Water body", Nature.WATER),
        ("", "Tak Bertuan", "", Nature.OTHER),
        ("", "Lahan", "", Nature.OTHER),
    ],
)
def test_nature_is_water_or_forest_by_its_name_else_by_its_code(code: str, name: str, said: str, kind: Nature) -> None:
    assert _nature(code, name, said) is kind


def test_the_shapes_of_nature_are_whole_and_in_the_order_of_the_file(city: Path) -> None:
    draft, _ = prepare(files.draft(city, official={}))

    assert [each.name for each in wilds(draft)] == ["Danau Sunter", "Hutan"]
