"""What stands beside the rows speaks too: parents' codes, titles, numbers before names, codes that were spoiled."""

import pytest

from geoapp.catalogue import Catalogue
from geoapp.domain.codes import CodeSystem, RegionCode
from geoapp.errors import Refused
from geoapp.releases.checking.check import Draft
from geoapp.releases.intake import check_file
from geoapp.releases.options import Options
from geoapp.releases.reading.table import Row
from geoapp.releases.reading.table import Table as Cut
from geoapp.releases.suggestions import refuse_stale
from geoapp.store.database import Store
from geoapp.store.editions import load_list
from tests.releases.conftest import VILLAGES, Table, make_edition

CODES = sorted(VILLAGES)
_CALLED = """
Arjosari Blimbing Kasin Sukun Bareng Dinoyo Merjosari Lowokwaru Cemorokandang Madyopuro
Ciptomulyo Gadang Kebonsari Klojen Samaan Rampal Celaket Oro Bandulan Mulyorejo
"""
NAMES = dict(zip(CODES, _CALLED.split(), strict=True))


def checked(store: Store, catalogue: Catalogue, table: Table, rows: list[list[object]], **said: object) -> Draft:
    options = Options(**said)  # type: ignore[arg-type]
    return check_file(store, catalogue.indicators, table("a.csv", rows), options)


def test_a_code_outside_the_district_whose_code_stands_beside_it_is_found(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    rows: list[list[object]] = [["kode_kecamatan", "kode_desa", "jumlah_kk_2024"]]
    rows += [[code[:8], code, 10] for code in CODES]
    rows[3][0], rows[15][0] = "35.73.02", "35.73.01"

    draft = checked(store, catalogue, table, rows)

    (finding,) = [each for each in draft.report.findings if each.message == "match.parent_codes_differ"]
    assert (finding.values["n"], finding.values["lines"]) == (2, "4, 16")
    assert finding.values["examples"].startswith("35.73.01.1003 (35.73.02)")
    assert draft.report.counts["joined"] == len(CODES)


@pytest.mark.parametrize("other", [lambda code: "3573010", lambda code: code[:2], lambda code: "35.73.09"])
def test_a_column_of_parents_that_agrees_with_few_rows_is_no_witness(
    store: Store, edition: str, catalogue: Catalogue, table: Table, other: object
) -> None:
    rows: list[list[object]] = [["kode_kecamatan", "kode_desa", "jumlah_kk_2024"]]
    rows += [[other(code), code, 10] for code in CODES]  # type: ignore[operator]

    assert checked(store, catalogue, table, rows).report.findings == ()


@pytest.fixture
def named(store: Store) -> str:
    """An edition of villages with names of their own, and an official list of regencies and districts elsewhere."""
    with store.begin() as connection:
        elsewhere = {
            "35.72": "Kota Blitar", "35.72.01": "Kepanjenkidul", "35.73": "Kota Malang", "35.07": "Kabupaten Malang",
            "35.07.13": "Kepanjen", "35.78.04": "Atas",
        }  # fmt: skip
        names = {RegionCode.parse(CodeSystem.KEMENDAGRI, code): name for code, name in elsewhere.items()}
        load_list(connection, CodeSystem.KEMENDAGRI, "2025", names)
    return make_edition(store, villages=NAMES)


def by_names(title: str) -> list[list[object]]:
    return [[title], ["Kelurahan", "Jumlah KK 2024"], *([NAMES[code], 10] for code in CODES[:12])]


@pytest.mark.parametrize(
    "title", ["Jumlah KK Kota Blitar", "Keluarga di Kabupaten Malang, 2024", "Kecamatan Kepanjen Dalam Angka"]
)
def test_names_alone_are_not_joined_under_the_title_of_another_place(
    store: Store, named: str, catalogue: Catalogue, table: Table, title: str
) -> None:
    draft = checked(store, catalogue, table, by_names(title))

    assert draft.report.question is not None
    assert draft.report.question.message == "question.title_elsewhere"
    assert (draft.staged, draft.report.counts["refused"]) == ((), 12)
    said = checked(store, catalogue, table, by_names(title), edition=named)
    assert said.report.counts["joined"] == 12


@pytest.mark.parametrize(
    "title",
    ["Jumlah KK per Kelurahan", "Keluarga Menurut Kecamatan di Kota Malang", "Kecamatan dalam angka, kota lama"],
)
def test_names_alone_are_joined_under_a_title_of_their_own_place_or_of_none(
    store: Store, named: str, catalogue: Catalogue, table: Table, title: str
) -> None:
    assert checked(store, catalogue, table, by_names(title)).report.counts["joined"] == 12


def test_numbers_before_names_are_left_aside_and_said(
    store: Store, named: str, catalogue: Catalogue, table: Table
) -> None:
    rows: list[list[object]] = [["Kelurahan", "Jumlah KK 2024"]]
    rows += [[f"{n}. {NAMES[code]}", 10] for n, code in enumerate(CODES[:12], 1)]

    draft = checked(store, catalogue, table, rows)

    assert draft.report.counts["joined"] == 12
    (said,) = [each for each in draft.report.understood if each.message == "match.numbered_names"]
    assert (said.values["before"], said.values["after"]) == ("1. Arjosari", "Arjosari")
    assert draft.table is not None
    refuse_stale(draft.table, Options(named={2: "Arjosari"}))


def test_what_was_accepted_of_a_numbered_row_is_still_of_that_row(table: Table) -> None:
    cut = Cut("a.csv", "", ("Kelurahan",), 1, (Row(2, ("1. Kasinn",)),))
    refuse_stale(cut, Options(named={2: "Kasinn"}))
    with pytest.raises(Refused):
        refuse_stale(cut, Options(named={2: "Sukun"}))


@pytest.mark.parametrize("spoiled", ["357301100", "35730110020001", "#REF!", "11/01/2011", "35.73.01.2"])
def test_spoiled_codes_are_never_silently_replaced_by_the_names_beside_them(
    store: Store, named: str, catalogue: Catalogue, table: Table, spoiled: str
) -> None:
    rows: list[list[object]] = [["kode_desa", "kelurahan", "jumlah_kk_2024"]]
    rows += [[spoiled, NAMES[code], 10] for code in CODES[:12]]

    draft = checked(store, catalogue, table, rows)

    (finding,) = draft.report.findings
    assert (finding.message, finding.values["column"]) == ("error.code_column_unreadable", "kode_desa")
    assert checked(store, catalogue, table, rows, code_column="-").report.counts["joined"] == 12


@pytest.mark.parametrize("short", ["1002", "002", "6511"])
def test_short_numbers_of_a_list_leave_the_word_to_the_names(
    store: Store, named: str, catalogue: Catalogue, table: Table, short: str
) -> None:
    rows: list[list[object]] = [["kode_pos", "kelurahan", "jumlah_kk_2024"]]
    rows += [[f"{short}{n}", NAMES[code], 10] for n, code in enumerate(CODES[:9])]

    assert checked(store, catalogue, table, rows).report.counts["joined"] == 9


@pytest.mark.parametrize("sign", ["/", "_", ","])
def test_codes_parted_by_another_sign_are_read_and_named(
    store: Store, edition: str, catalogue: Catalogue, table: Table, sign: str
) -> None:
    rows: list[list[object]] = [["kode", "jumlah_kk_2024"]]
    rows += [[code.replace(".", sign), 10] for code in CODES]

    draft = checked(store, catalogue, table, rows)

    assert draft.report.counts["joined"] == len(CODES)
    assert [each.message for each in draft.report.findings] == ["repair.separators"]


def test_codes_with_a_decimal_comma_are_read_as_those_with_a_point(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    rows: list[list[object]] = [["kode", "jumlah_kk_2024"]]
    rows += [[code.replace(".", "") + ",0", 10] for code in CODES]

    draft = checked(store, catalogue, table, rows, code_system=CodeSystem.KEMENDAGRI)

    assert draft.report.counts["joined"] == len(CODES)
    assert [each.message for each in draft.report.findings] == ["repair.float"]


def test_an_accepted_region_of_another_name_or_district_is_joined_and_named(
    store: Store, named: str, catalogue: Catalogue, table: Table
) -> None:
    rows: list[list[object]] = [["Kecamatan", "Kelurahan", "Jumlah KK 2024"]]
    rows += [["Atas 35.73.01", NAMES[code], 10] for code in CODES[:9]]
    rows[1][1], rows[2][1] = "Arjosarx", "Blimbinx"

    draft = checked(store, catalogue, table, rows, accepted={2: CODES[0], 3: CODES[15]}, edition=named)

    (found,) = [each for each in draft.report.findings if each.message == "match.accepted_otherwise"]
    assert (found.values["n"], found.values["lines"]) == (1, "3")
    assert draft.report.counts["joined"] == 9


def test_names_without_any_parent_in_several_regencies_ask_for_the_area(
    store: Store, catalogue: Catalogue, table: Table
) -> None:
    other = {code.replace("35.73", "35.07"): f"{name} Lain" for code, name in NAMES.items()}
    edition = make_edition(store, villages={**NAMES, **other})
    rows: list[list[object]] = [["Kelurahan", "Jumlah KK 2024"], *([name, 10] for name in NAMES.values())]

    asked = checked(store, catalogue, table, rows, edition=edition)
    answered = checked(store, catalogue, table, rows, edition=edition, area="35.73")

    assert asked.report.question is not None
    assert (asked.report.question.message, asked.report.question.options) == ("question.no_parent", ("--area",))
    assert answered.report.counts["joined"] == len(NAMES)


@pytest.mark.parametrize(("level", "width"), [("district", 8), ("regency", 5)])
def test_a_table_of_an_upper_level_is_asked_for_that_level_and_no_other(
    store: Store, edition: str, catalogue: Catalogue, table: Table, level: str, width: int
) -> None:
    uppers = sorted({code[:width] for code in CODES})
    rows: list[list[object]] = [["kode", "jumlah_kk_2024"], *([code, 10] for code in uppers)]

    question = checked(store, catalogue, table, rows, edition=edition).report.question

    assert question is not None
    assert (question.message, question.values["level"]) == (f"question.level.{level}", level)
