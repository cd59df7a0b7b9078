"""Names as they are searched: made alike by SQL and Python, kept by the database beside every region."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from geoapp.atlas.gazetteer import Why
from geoapp.atlas.search import search
from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.domain.search_words import key
from geoapp.store import places
from geoapp.store.database import Store
from tests.world import EDITION, HOSTILE, store_world

SIGNS = st.characters(min_codepoint=1, exclude_categories=("Cs", "Cn", "Co"))


@given(name=st.text(SIGNS, max_size=40) | st.sampled_from([HOSTILE, "Désa Ünï´s ‘A’", "İstanbul ﬁ ½ ʼn", "\u202eabc"]))
def test_a_name_has_the_same_key_in_sql_and_in_python(shared_store: Store, name: str) -> None:
    with shared_store.read() as connection:
        made = connection.execute(text("SELECT geography.search_key(:name)"), {"name": name}).scalar_one()

    assert made == key(name)


@pytest.fixture
def world(store: Store) -> Store:
    with store.begin() as connection:
        store_world(connection, names={3: HOSTILE})
    return store


def test_every_region_can_be_found_as_soon_as_it_is_written(world: Store) -> None:
    asked = "SELECT count(*) FROM geography.region JOIN geography.region_name USING (edition_id, code, level)"
    with world.read() as connection:
        found = connection.execute(text(asked)).scalar_one()
        every = connection.execute(text("SELECT count(*) FROM geography.region")).scalar_one()

    assert found == every == 17
    assert {each.name for each in search(world, "7 191").regions} == {HOSTILE}


def test_a_name_that_is_mended_is_found_under_its_new_form_only(world: Store) -> None:
    with world.begin() as connection:
        connection.execute(text("UPDATE geography.region SET name = 'Widuri' WHERE name = 'Angsoka'"))

    assert [each.name for each in search(world, "widuri").regions] == ["Widuri"]
    assert search(world, "angsoka").nothing


def test_names_go_with_their_edition(world: Store) -> None:
    with world.begin() as connection:
        connection.execute(text("TRUNCATE published.plan, published.layer, published.release CASCADE"))
        connection.execute(text("DELETE FROM geography.edition"))
        left = connection.execute(text("SELECT count(*) FROM geography.region_name")).scalar_one()

    assert left == 0


def test_a_name_is_found_by_its_beginning_its_words_and_its_level(world: Store) -> None:
    assert [each.name for each in search(world, "ang").regions] == ["Angsoka"]
    assert {each.level for each in search(world, "contoh").regions} == {Level.PROVINCE, Level.REGENCY}
    assert [each.level for each in search(world, "Kecamatan Tengah").regions] == [Level.DISTRICT]


def test_the_parents_tell_regions_apart_and_may_be_typed(world: Store) -> None:
    with world.begin() as connection:
        connection.execute(text("UPDATE geography.region SET name = 'Sukamaju' WHERE level = 4 AND number IN (1, 5)"))

    found = search(world, "sukamaju").regions
    assert [[each.name for each in region.above] for region in found] == [
        ["Selatan", "Kota Contoh", "Provinsi Contoh"],
        ["Tengah", "Kota Contoh", "Provinsi Contoh"],
    ]
    assert [each.code for each in search(world, "sukamaju tengah").regions] == [found[1].code]
    assert [each.code for each in search(world, "Sukamaju, Kec. Selatan").regions] == [found[0].code]


@pytest.mark.parametrize("typed", ["flamboyat", "flambyan", "falmboyan", "flamboyann", "kel. flamboian"])
def test_a_typing_mistake_is_forgiven_and_said(world: Store, typed: str) -> None:
    found = search(world, typed)

    assert found.nothing
    assert [each.name for each in found.meant] == ["Flamboyan"]


def test_what_nobody_is_called_finds_nothing_and_proposes_nothing(world: Store) -> None:
    found = search(world, "zzyzx qwrtp")

    assert found.nothing and not found.meant and not found.meant_maps


def test_a_name_that_people_gave_a_region_finds_it_and_says_so(world: Store) -> None:
    code = "35.99.01.1001"
    with world.begin() as connection:
        asked = "INSERT INTO geography.alias (code_system, code, name, key, origin, actor)"
        connection.execute(
            text(asked + " VALUES ('kemendagri', :code, 'Kampung Lawas', 'kampunglawas', '{}', 'ibu')"), {"code": code}
        )

    found = search(world, "kampung lawas").regions
    assert [(each.code, each.why, each.said) for each in found] == [(code, Why.ALIAS, "Kampung Lawas")]
    with world.begin() as connection:
        connection.execute(text("UPDATE geography.alias SET revoked_at = now(), revoked_reason = 'salah'"))
    assert search(world, "kampung lawas").nothing


def older_edition(store: Store) -> None:
    """The same village under an older edition, with the name it had, and one that is no more."""
    with store.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO geography.edition SELECT 'lama-2020', area, code_system, source, attribution, licence,"
                " status, '2020', base_level, box, 'lama', report FROM geography.edition"
            )
        )
        asked = "INSERT INTO geography.region (edition_id, code, level, name) VALUES ('lama-2020', :code, 4, :name)"
        for code, name in (("35.99.01.1001", "Kembang Lama"), ("35.99.01.1009", "Sirna Rasa")):
            connection.execute(text(asked), {"code": code, "name": name})


def test_a_former_name_finds_the_region_as_it_is_called_now(world: Store) -> None:
    older_edition(world)

    found = search(world, "kembang lama").regions
    assert [(each.name, each.edition, each.why, each.said) for each in found] == [
        ("Angsoka", EDITION, Why.FORMER, "Kembang Lama")
    ]
    assert [each.edition for each in search(world, "sirna rasa").regions] == ["lama-2020"]
    assert len(search(world, "angsoka").regions) == 1


def test_codes_of_the_other_system_find_a_region_through_a_crosswalk(world: Store) -> None:
    with world.begin() as connection:
        links = [places.Link("3599010001", "35.99.01.1001", Level.VILLAGE)]
        places.load_crosswalk(connection, "uji", "2024", "official", links)

    found = search(world, "3599010001").regions
    assert [(each.code, each.system, each.why, each.said) for each in found] == [
        ("35.99.01.1001", CodeSystem.KEMENDAGRI, Why.OTHER_CODE, "3599010001")
    ]


@pytest.mark.parametrize("typed", ["35.99.01.1001", "3599011001", "35.99.01.1001 "])
def test_a_code_finds_its_region_in_every_form(world: Store, typed: str) -> None:
    assert [each.name for each in search(world, typed).regions] == ["Angsoka"]


def test_the_beginning_of_a_code_finds_the_uppermost_first(world: Store) -> None:
    found = search(world, "35.99", most=3)

    assert [each.level for each in found.regions][:2] == [Level.REGENCY, Level.DISTRICT]
    assert found.more == 13


def test_maps_are_found_by_the_names_of_indicators_in_both_languages(world: Store) -> None:
    assert [each.name.id for each in search(world, "kepadatan").maps] == ["Kepadatan penduduk"]
    assert search(world, "population density").maps
    assert [each.name.id for each in search(world, "kepdatan").meant_maps] == ["Kepadatan penduduk"]
    with world.begin() as connection:
        connection.execute(text("UPDATE published.release SET withdrawn_at = now(), withdrawn_reason = 'salah'"))
    assert search(world, "kepadatan").nothing


@pytest.mark.parametrize("typed", ["%", "_", "a%b\\", "'; DROP TABLE x", "\u202e\u202d", "x" * 5000, "😀😀😀"])
def test_nothing_that_can_be_typed_breaks_the_search(world: Store, typed: str) -> None:
    assert search(world, typed).regions == ()


def test_the_public_role_cannot_change_names(world: Store) -> None:
    with pytest.raises(DBAPIError), world.read() as connection:
        connection.execute(text("DELETE FROM geography.region_name"))
