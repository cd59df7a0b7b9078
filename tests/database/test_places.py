"""Crosswalks, other names, named sets and kept rows: what goes in comes out, and only what is sure is called sure."""

from typing import NamedTuple

import pytest
from sqlalchemy import text

from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.domain.words import Words
from geoapp.store import intake, places
from geoapp.store.database import Store
from geoapp.store.intake import KeptRow
from geoapp.store.places import CrossCode, Link, RegionSet
from tests.world import EDITION, store_world

BPS, KEMENDAGRI = CodeSystem.BPS, CodeSystem.KEMENDAGRI


class Said(NamedTuple):
    code: str
    name: str
    other_code: str | None
    line: int


def link(bps: str, kemendagri: str, level: Level = Level.VILLAGE) -> Link:
    return Link(bps, kemendagri, level)


def test_a_link_is_alone_only_where_neither_code_has_another(store: Store) -> None:
    links = [
        link("3573010001", "35.73.01.1001"),
        link("3573010002", "35.73.01.1002"),
        link("3573010002", "35.73.01.1003"),
        link("3573010004", "35.73.01.1004"),
        link("3573010005", "35.73.01.1004"),
    ]
    with store.begin() as connection:
        places.load_crosswalk(connection, "walk", "2024", "official", links)
        bps = places.crosswalk(connection, BPS, [each.bps for each in links])
        kemendagri = places.crosswalk(connection, KEMENDAGRI, ["35.73.01.1001", "35.73.01.1004", "35.73.01.9999"])
        (summary,) = places.crosswalks(connection)

    assert bps["3573010001"] == (CrossCode("35.73.01.1001", "official", True),)
    assert [(each.code, each.alone) for each in bps["3573010002"]] == [
        ("35.73.01.1002", False),
        ("35.73.01.1003", False),
    ]
    assert bps["3573010004"] == (CrossCode("35.73.01.1004", "official", False),)
    assert set(kemendagri) == {"35.73.01.1001", "35.73.01.1004"}
    assert kemendagri["35.73.01.1001"] == (CrossCode("3573010001", "official", True),)
    assert (summary.links, summary.ambiguous, summary.levels) == (5, 4, ("village",))


def test_a_proposal_never_makes_an_official_link_unsure_and_two_official_ones_that_differ_do(store: Store) -> None:
    with store.begin() as connection:
        places.load_crosswalk(connection, "a", "2020", "official", [link("3573010001", "35.73.01.1001")])
        places.load_crosswalk(connection, "b", "2025", "proposal", [link("3573010001", "35.73.01.1002")])
        first = places.crosswalk(connection, BPS, ["3573010001"])["3573010001"]
        places.load_crosswalk(connection, "c", "2024", "official", [link("3573010001", "35.73.01.1005")])
        second = places.crosswalk(connection, BPS, ["3573010001"])["3573010001"]

    assert first == (
        CrossCode("35.73.01.1001", "official", True),
        CrossCode("35.73.01.1002", "proposal", False),
    )
    assert [each.alone for each in second] == [False, False, False]


def test_a_crosswalk_of_the_same_id_is_replaced_regency_by_regency_and_may_be_removed(store: Store) -> None:
    with store.begin() as connection:
        places.load_crosswalk(connection, "walk", "2020", "official", [link("3573010001", "35.73.01.1001")])
        places.load_crosswalk(connection, "walk", "2024", "proposal", [link("3573010002", "35.73.01.1002")])
        places.load_crosswalk(connection, "walk", "2024", "proposal", [link("3507010001", "35.07.01.2001")])
        (summary,) = places.crosswalks(connection)
        assert not places.crosswalk(connection, BPS, ["3573010001"])
        assert len(places.crosswalk(connection, BPS, ["3573010002", "3507010001"])) == 2
        assert places.remove(connection, "walk")
        assert not places.remove(connection, "walk")
        assert places.crosswalks(connection) == ()

    assert summary[:4] == ("walk", "2024", "proposal", 2)


def test_an_accepted_name_is_known_until_it_is_revoked_and_its_link_goes_with_it(store: Store) -> None:
    said = [Said("35.73.01.1001", "Kel. Oro oro Dowo", "3573010001", 4), Said("35.73.01.1002", "Bareng II", None, 5)]
    with store.begin() as connection:
        assert places.remember_aliases(connection, KEMENDAGRI, said, "a.xlsx", "sari") == 2
        assert places.remember_aliases(connection, KEMENDAGRI, said, "b.xlsx", "budi") == 0
        assert places.remember_crosswalk(connection, KEMENDAGRI, said) == 1
        known = places.aliases(connection, KEMENDAGRI)
        some = places.aliases(connection, KEMENDAGRI, ["35.73.01.1002"])
        listed = {each["code"]: each for each in places.alias_list(connection)}
        before = places.crosswalk(connection, BPS, ["3573010001"])

        first = listed["35.73.01.1001"]
        assert places.revoke_alias(connection, first["id"], "Desa lain") is not None
        assert places.revoke_alias(connection, first["id"], "lagi") is None
        after = places.aliases(connection, KEMENDAGRI)
        gone = places.crosswalk(connection, BPS, ["3573010001"])
        again = places.remember_aliases(connection, KEMENDAGRI, said[:1], "c.xlsx", "sari")

    assert known == {"oroorodowo": {"35.73.01.1001"}, "bareng2": {"35.73.01.1002"}}
    assert list(some) == ["bareng2"]
    assert (first["origin"]["file"], first["origin"]["line"], first["actor"]) == ("a.xlsx", 4, "sari")
    assert before["3573010001"] == (CrossCode("35.73.01.1001", "accepted", True),)
    assert (list(after), gone, again) == (["bareng2"], {}, 1)


@pytest.mark.parametrize("other", ["3573010", "35.73.01.1001", "abc", "", None])
def test_a_code_that_is_none_of_the_other_system_or_of_another_level_makes_no_link(
    store: Store, other: str | None
) -> None:
    with store.begin() as connection:
        assert places.remember_crosswalk(connection, KEMENDAGRI, [Said("35.73.01.1001", "Dinoyo", other, 4)]) == 0
        assert places.crosswalks(connection) == ()


def test_a_link_stays_while_another_accepted_name_says_it(store: Store) -> None:
    said = [Said("35.73.01.1001", "Dinoyo", "3573010001", 4), Said("35.73.01.1001", "Dinojo", "3573010001", 9)]
    with store.begin() as connection:
        places.remember_aliases(connection, KEMENDAGRI, said, "a.xlsx", "sari")
        places.remember_crosswalk(connection, KEMENDAGRI, said)
        one, other = (each["id"] for each in places.alias_list(connection))

        places.revoke_alias(connection, one, "salah")
        assert places.crosswalk(connection, BPS, ["3573010001"])
        places.revoke_alias(connection, other, "salah")
        assert not places.crosswalk(connection, BPS, ["3573010001"])


def test_a_set_is_kept_once_under_its_name(store: Store) -> None:
    made = RegionSet("kumuh-2021", EDITION, Words("Kumuh", "Slums"), ("35.99.01.1001", "35.99.01.1003"))
    with store.begin() as connection:
        store_world(connection)
        assert places.add_set(connection, made)
        assert not places.add_set(connection, made)
        assert places.region_set(connection, "kumuh-2021") == made
        assert places.region_sets(connection) == (made,)
        assert places.remove_set(connection, "kumuh-2021")
        assert places.region_set(connection, "kumuh-2021") is None
        assert not places.remove_set(connection, "kumuh-2021")


@pytest.fixture
def batch(store: Store) -> int:
    with store.begin() as connection:
        store_world(connection)
        made = text("""INSERT INTO intake.batch (file, digest, edition_id, level, scope, report)
                       VALUES ('f', 'd', :edition, 4, '{}', '{}') RETURNING id""")
        return int(connection.execute(made, {"edition": EDITION}).scalar_one())


def test_every_row_of_a_batch_is_kept_as_it_was_read(store: Store, batch: int) -> None:
    rows = [
        KeptRow(7, "refused", "row.unknown", {"code": "35", "why": None}, ("35", "a\tb\n\\N", "")),
        KeptRow(2, "joined", None, {}, ("=1+1", "{curly}", '"quoted"')),
        KeptRow(9, "set_aside", "row.total", {"cell": "a\x00b"}, ("a\x00b", "\ud800")),
    ]
    with store.begin() as connection:
        intake.keep_rows(connection, batch, rows)
        found = intake.rows_of(connection, batch)

    assert found[:2] == (rows[1], rows[0])
    assert found[2] == KeptRow(9, "set_aside", "row.total", {"cell": "a\ufffdb"}, ("a\ufffdb", "?"))


def test_the_newest_mapping_of_a_shape_is_remembered(store: Store) -> None:
    with store.begin() as connection:
        assert intake.mapping_of(connection, "shape") is None
        intake.keep_mapping(connection, "shape", "a.xlsx", {"code_column": "KODE"})
        intake.keep_mapping(connection, "shape", "b.xlsx", {"code_column": "ID", "columns": {"x": "penduduk"}})
        assert intake.mapping_of(connection, "shape") == {"code_column": "ID", "columns": {"x": "penduduk"}}
