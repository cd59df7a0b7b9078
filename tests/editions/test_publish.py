"""Editions in PostGIS: written whole or not at all, once per content, and read back as they were."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from sqlalchemy import text

from geoapp.domain.codes import CodeSystem, RegionCode
from geoapp.domain.levels import Level
from geoapp.domain.zooms import GRIDS
from geoapp.editions.line import prepare
from geoapp.editions.publish import Published, publish
from geoapp.errors import BadRequest, Refused
from geoapp.store import editions as held
from geoapp.store import reading
from geoapp.store.database import Store
from geoapp.store.editions import NewOutline
from tests.editions import files


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return files.geojson(tmp_path / "kota.geojson", files.city())


def bring_in(store: Store, path: Path, **said: object) -> Published:
    draft, findings = prepare(files.draft(path, **said))
    return publish(store, draft, findings)


def count(store: Store, table: str) -> int:
    with store.begin() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM geography.{table}")).scalar_one())


def test_a_published_edition_is_read_back_as_it_was_prepared(store: Store, city: Path) -> None:
    published = bring_in(store, city)

    assert published == Published("kota-rekaan-kemendagri-2025", "Kota Rekaan", is_new=True)
    with store.read() as connection:
        edition = reading.edition(connection, published.id)
        villages = reading.regions(connection, published.id, Level.VILLAGE)
        above = reading.upper_regions(connection, published.id)
    assert edition is not None
    assert (edition.code_system, edition.base_level) == (CodeSystem.KEMENDAGRI, Level.VILLAGE)
    assert [region.number for region in villages] == list(range(1, 13))
    assert [region.code for region in villages] == files.CODES
    assert villages[0].neighbours == (2, 3)
    assert all(r.box[0] < r.inside[0] < r.box[2] and r.box[1] < r.inside[1] < r.box[3] for r in villages)
    assert {code: each.name for code, each in above.items()} == {
        "88": "Provinsi Rekaan",
        "88.71": "Kota Rekaan",
        "88.71.01": "Barat",
        "88.71.02": "Timur",
    }


def test_postgis_finds_shapes_valid_flat_and_their_outlines_complete(store: Store, city: Path) -> None:
    bring_in(store, city)

    with store.begin() as connection:
        bad = connection.execute(
            text(
                "SELECT count(*) FROM geography.region WHERE number IS NOT NULL AND NOT (ST_IsValid(shape) "
                "AND ST_NDims(shape) = 2 AND ST_Contains(shape, inside))"
            )
        ).scalar_one()
        outlines = connection.execute(
            text("SELECT level, zoom, count(*) FROM geography.outline GROUP BY level, zoom ORDER BY level, zoom")
        ).all()
    assert bad == 0
    assert [tuple(row) for row in outlines] == [
        (level, grid.zoom, n) for level, n in ((2, 1), (3, 2), (4, 12)) for grid in GRIDS
    ]


def test_areas_agree_with_postgis_geography(store: Store, city: Path) -> None:
    bring_in(store, city)

    with store.begin() as connection:
        apart = connection.execute(
            text("SELECT max(abs(area_km2 / (ST_Area(shape::geography) / 1e6) - 1)) FROM geography.region")
        ).scalar_one()
    assert apart < 1e-6


def test_an_ancestor_has_neither_number_nor_shape(store: Store, city: Path) -> None:
    bring_in(store, city)

    with store.begin() as connection:
        rows = connection.execute(text("SELECT code, number, shape FROM geography.region WHERE number IS NULL")).all()
    assert [tuple(row) for row in rows] == [("88", None, None)]


def test_the_same_content_again_is_the_same_edition(store: Store, city: Path, tmp_path: Path) -> None:
    first = bring_in(store, city)
    again = bring_in(store, files.geojson(tmp_path / "salinan.geojson", files.city()[::-1]))

    assert (again.id, again.is_new) == (first.id, False)
    assert count(store, "edition") == 1


def test_other_content_of_the_same_area_gets_a_number_behind_its_name(store: Store, city: Path) -> None:
    bring_in(store, city)
    changed = files.city()
    changed[0]["properties"]["nama"] = "Nama Baru"

    second = bring_in(store, files.geojson(city, changed))

    assert second.id == "kota-rekaan-kemendagri-2025-2"
    with pytest.raises(Refused, match="edition_exists"):
        bring_in(store, files.geojson(city, files.city()[:-1]), id="kota-rekaan-kemendagri-2025")


def test_id_area_and_date_may_be_chosen(store: Store, city: Path) -> None:
    assert bring_in(store, city, dated="2021").id == "kota-rekaan-kemendagri-2021"
    assert bring_in(store, city, id="peta-kita", area="Peta kita") == Published("peta-kita", "Peta kita", True)
    with pytest.raises(BadRequest, match="edition_id"):
        bring_in(store, city, id="Peta Kita", dated="2020")


def test_a_failure_half_way_leaves_nothing(store: Store, city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[int] = []
    whole = held.write

    def failing(connection: object, edition: object, regions: object, outlines: Iterable[NewOutline]) -> None:
        def broken() -> Iterable[NewOutline]:
            for outline in outlines:
                written.append(outline.number)
                if len(written) > 40:
                    raise OSError("the power went out")
                yield outline

        whole(connection, edition, regions, broken())  # type: ignore[arg-type]

    monkeypatch.setattr(held, "write", failing)

    with pytest.raises(OSError, match="power"):
        bring_in(store, city)

    assert len(written) == 41
    assert [count(store, table) for table in ("edition", "region", "outline")] == [0, 0, 0]
    monkeypatch.undo()
    assert bring_in(store, city).is_new


def test_a_hostile_name_is_stored_as_it_is_written(store: Store, city: Path) -> None:
    rows = files.city()
    rows[0]["properties"]["nama"] = "{{7*191}}<script>alert(1)</script>"

    published = bring_in(store, files.geojson(city, rows))

    with store.read() as connection:
        assert reading.regions(connection, published.id, Level.VILLAGE)[0].name == "{{7*191}}<script>alert(1)</script>"


def test_the_newest_list_of_a_system_is_the_official_one(store: Store) -> None:
    old = {RegionCode(CodeSystem.KEMENDAGRI, "88"): "Nama Lama"}
    new = {RegionCode(CodeSystem.KEMENDAGRI, code): name for code, name in files.OFFICIAL.items()}

    with store.begin() as connection:
        held.load_list(connection, CodeSystem.KEMENDAGRI, "2025", new)
        held.load_list(connection, CodeSystem.KEMENDAGRI, "2020", old)
        held.load_list(connection, CodeSystem.KEMENDAGRI, "2025", new)
        official = held.official(connection, CodeSystem.KEMENDAGRI)
        lists = held.lists(connection)

    assert official == files.OFFICIAL
    assert [(each.id, each.codes) for each in lists] == [("kemendagri-2025", 17), ("kemendagri-2020", 1)]


def test_lists_of_different_provinces_stand_beside_each_other(store: Store) -> None:
    with store.begin() as connection:
        for code, name in (("88", "Satu"), ("87", "Dua"), ("88", "Satu baru")):
            held.load_list(connection, CodeSystem.KEMENDAGRI, "2024", {RegionCode(CodeSystem.KEMENDAGRI, code): name})

        assert held.official(connection, CodeSystem.KEMENDAGRI) == {"87": "Dua", "88": "Satu baru"}


def test_who_finds_every_edition_on_its_grids_waits_for_no_import(store: Store, city: Path) -> None:
    bring_in(store, city)
    with store.begin() as importing, store.begin() as asking:
        held.known(importing, "a digest")
        asking.execute(text("SET LOCAL lock_timeout = '200ms'"))

        assert held.made_for_other_grids(asking) == []
