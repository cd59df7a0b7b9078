"""A column of codes is read as a whole; names are the witness; nothing is converted."""

import csv
import gzip
import json
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.domain.code_column import clean, read_column
from geoapp.domain.codes import CodeSystem, RegionCode
from geoapp.domain.levels import Level
from geoapp.errors import Refused

K, B = CodeSystem.KEMENDAGRI, CodeSystem.BPS
DATA = Path(__file__).parents[3] / "shared" / "data"
real = pytest.mark.skipif(not DATA.is_dir(), reason="the folder of real files is absent")

# Sukun (kemendagri 04) is BPS 020 in Malang; both lists hold the same ten digits for different villages.
KEMENDAGRI_LIST = {f"35.73.04.1{n:03}": f"Kemendagri {n}" for n in range(1, 41)}
BPS_LIST = {f"3573041{n:03}": f"Statistik {n}" for n in range(1, 41)}
BOTH = {K: KEMENDAGRI_LIST, B: BPS_LIST}
TWINS = [f"3573041{n:03}" for n in range(1, 41)]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (3604052001.0, "3604052001"),
        (6101072008.000001, "6101072008"),
        (3604052001, "3604052001"),
        ("3604052001.0", "3604052001"),
        ("'3573021005", "3573021005"),
        ('="3573021005"', "3573021005"),
        (" 35 73 02 1005 ", "3573021005"),
        ("35.73.02.1005\u00a0", "35.73.02.1005"),
        ("ID3573030002", "3573030002"),
        ("id3573030002", "3573030002"),
        ("3,573,021,005", "3573021005"),
        ("3.573.021.005", "3573021005"),
        ("3.573011001E+09", "3573011001"),
        ("3,573011001e+09", "3573011001"),
        ("35.73.O2.1OO5", "35.73.02.1005"),
        ("35–73–02–1005", "35.73.02.1005"),
        ("35.73.02.1005.003", "35.73.02.1005.003"),
        ("35.10", "35.10"),
        (None, ""),
        (float("nan"), ""),
        ("Sukoharjo", "Sukoharjo"),
    ],
)
def test_a_cell_is_mended_but_never_guessed(raw: object, text: str) -> None:
    assert clean(raw) == text


def test_lost_digits_are_not_invented() -> None:
    assert clean("3.57301E+09") == "3.57301E+09"


@given(st.text())
def test_any_text_can_be_cleaned_twice_with_the_same_result(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_dots_tell_kemendagri_at_once() -> None:
    reading = read_column(["35.73.02.1005", "35.73.02.1006", "3573021007"], [], {})

    assert (reading.system, reading.reason, reading.level) == (K, "code.dotted", Level.VILLAGE)
    assert reading.codes[2] == RegionCode(K, "35.73.02.1007")


def test_a_seventh_digit_that_kemendagri_never_writes_tells_bps() -> None:
    reading = read_column(["3573030002", "3573031001"], [], {})

    assert (reading.system, reading.reason) == (B, "code.seventh_digit")


def test_one_mistyped_cell_does_not_outvote_the_official_list() -> None:
    codes = [*TWINS[:39], "3573049040"]
    names = [f"Kemendagri {n}" for n in range(1, 41)]

    reading = read_column(codes, names, BOTH)

    assert (reading.system, reading.bad) == (K, (39,))


@pytest.mark.parametrize(("spoken", "system"), [("Kemendagri", K), ("Statistik", B)])
def test_names_decide_between_two_lists_that_both_hold_every_code(spoken: str, system: CodeSystem) -> None:
    reading = read_column(TWINS, [f"{spoken} {n}".upper() for n in range(1, 41)], BOTH)

    assert (reading.system, reading.reason, reading.values) == (system, "code.names", {"percent": 100})
    assert all(code and code.system is system for code in reading.codes)


def test_without_names_a_column_found_in_one_list_alone_is_believed_when_long_enough() -> None:
    assert read_column(TWINS, [], {K: KEMENDAGRI_LIST}).system is K
    assert read_column(TWINS[:29], [], {K: KEMENDAGRI_LIST}).question is not None


def test_names_that_agree_with_no_list_lead_to_a_question_with_three_rows() -> None:
    reading = read_column(TWINS, [f"Lain {n}" for n in range(1, 41)], BOTH)

    assert reading.system is None
    assert reading.question is not None
    message, values = reading.question
    assert message == "question.code_system"
    assert values["examples"].split(" · ")[0] == ("3573041001 Lain 1 (kemendagri: Kemendagri 1; bps: Statistik 1)")
    assert len(values["examples"].split(" · ")) == 3
    assert reading.codes == (None,) * 40


@pytest.mark.parametrize(
    ("header", "system"), [("iddesa", B), ("ADM4_PCODE", B), ("kode_bps", B), ("kode_dagri", K), ("KDEPUM", K)]
)
def test_the_header_decides_where_nothing_else_does(header: str, system: CodeSystem) -> None:
    reading = read_column(["3573021005", "3573021006"], [], {}, header)

    assert (reading.system, reading.reason) == (system, "code.header")


def test_what_a_person_said_ends_all_doubt() -> None:
    assert read_column(TWINS, [], BOTH, asked=B).system is B
    assert read_column(["3573030002"], [], {}, asked=K).bad == (0,)


def test_the_same_prefix_means_another_province_in_papua() -> None:
    official = {K: {"94.01.01.1001": "Bumiwonorejo"}, B: {"9401011001": "Erom"}}

    assert read_column(["9401011001"], ["Bumi Wonorejo"], official).codes[0] == RegionCode(K, "94.01.01.1001")
    assert read_column(["9401011001"], ["EROM"], official).codes[0] == RegionCode(B, "9401011001")


def test_codes_shortened_by_a_spreadsheet_are_refused() -> None:
    with pytest.raises(Refused) as refusal:
        read_column(["3.57301E+09", "3.57302E+09"], ["Balearjosari", "Arjosari"], {})

    assert refusal.value.message == "error.code_digits_lost"
    assert refusal.value.values == {"n": 2, "example": "3.57301E+09", "line": 1}


def test_a_dropped_last_zero_is_no_loss_beside_whole_codes() -> None:
    reading = read_column(["3.573011001E+09", "3.57301101E+09"], [], {}, asked=K)

    assert [code and code.text for code in reading.codes] == ["35.73.01.1001", "35.73.01.1010"]


def test_empty_and_foreign_cells_are_named_by_row() -> None:
    reading = read_column(["35.73.02.1005", "", "Jumlah", None, "35.73.02.1006"], [], {})

    assert reading.bad == (1, 2, 3)
    assert reading.codes[4] == RegionCode(K, "35.73.02.1006")


def test_a_column_without_any_code_is_neither_read_nor_asked_about() -> None:
    reading = read_column(["Sukoharjo", "Klojen"], [], BOTH)

    assert (reading.system, reading.question, reading.reason) == (None, None, "code.none_readable")


def test_codes_below_the_village_keep_their_local_part() -> None:
    reading = read_column(["35.73.02.1005.01", "35.73.02.1005.02"], [], {})

    assert (reading.system, reading.level) == (K, None)
    assert reading.codes[0] is not None and reading.codes[0].local == "01"


@given(st.lists(st.one_of(st.none(), st.text(), st.integers(), st.floats(allow_infinity=False)), max_size=20))
def test_any_column_gives_one_entry_a_row_or_a_refusal(raw: list[object]) -> None:
    try:
        reading = read_column(raw, [], BOTH)
    except Refused as refusal:
        assert refusal.message == "error.code_digits_lost"
        return

    assert len(reading.codes) == len(raw)
    assert [row for row, code in enumerate(reading.codes) if code is None] == list(reading.bad)
    assert all(code.system is reading.system for code in reading.codes if code)


def test_every_kind_of_repair_is_counted_and_has_an_example() -> None:
    raw = ["35.73.02.1001", "'3573021002", "35 73 02 1003", 3573021004.0, '="3573021005"', "35.73.O2.1OO6", None]

    reading = read_column(raw, [], {}, asked=K)

    assert reading.repaired == 5
    assert {kind: (n, after) for kind, (n, _, after, _) in reading.repairs.items()} == {
        "quotes": (1, "3573021002"),
        "blanks": (1, "3573021003"),
        "float": (1, "3573021004"),
        "formula": (1, "3573021005"),
        "letter_o": (1, "35.73.02.1006"),
    }
    assert reading.repairs["formula"] == (1, '="3573021005"', "3573021005", 4)


@pytest.mark.parametrize("cell", [date(2011, 1, 11), time(11, 1), "11-Jan", "11:01", "11:01:00", "2011-01-11"])
def test_a_column_of_dates_is_refused_and_a_single_one_named(cell: object) -> None:
    with pytest.raises(Refused) as refusal:
        read_column([cell, cell, "35.10"], [], {})
    assert (refusal.value.message, refusal.value.values["line"]) == ("error.code_moments", 1)

    reading = read_column(["35.73.02.1001", "35.73.02.1002", cell], [], {})
    assert (reading.moments, reading.bad) == ((2,), (2,))


def test_a_regency_that_lost_its_last_zero_gets_it_back_only_where_there_is_one() -> None:
    listed = {K: {"35.10": "Kabupaten Banyuwangi"}}

    reading = read_column([35.1, 35.73, "36.1"], [], listed)

    assert [code and code.text for code in reading.codes] == ["35.10", "35.73", None]
    assert reading.repairs["zeros"].n == 1


def test_a_lone_undotted_cell_in_a_dotted_column_is_believed_only_with_its_name() -> None:
    dotted = [f"35.73.04.1{n:03}" for n in range(1, 31)]
    names = [f"Kemendagri {n}" for n in range(1, 31)]

    assert read_column([*dotted, "3573041031"], [*names, "Statistik 31"], BOTH).codes[30] is None
    assert read_column([*dotted, "3573041031"], [*names, "Kemendagri 31"], BOTH).codes[30] is not None


# ── real files ─────────────────────────────────────────────────────────────────────────────────────────────────


def official(name: str) -> Mapping[str, str]:
    with gzip.open(DATA / "codes" / name, "rt", encoding="utf-8") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def lists() -> Mapping[CodeSystem, Mapping[str, str]]:
    return {K: official("kemendagri_2025_kode_nama.csv.gz"), B: official("bps_2024_kode_nama_desa.csv.gz")}


def properties(name: str) -> list[dict[str, Any]]:
    collection = json.loads((DATA / "boundaries" / name).read_text(encoding="utf-8"))
    return [feature["properties"] for feature in collection["features"]]


@real
def test_kota_tangerang_is_bps_although_33_of_104_codes_exist_in_kemendagris_list(
    lists: Mapping[CodeSystem, Mapping[str, str]],
) -> None:
    rows = properties("hdx_adm4_kota_tangerang_ID3671.geojson")
    codes = [RegionCode.parse(B, clean(row["ADM4_PCODE"])).text for row in rows]
    twins = [row for row, code in zip(rows, codes, strict=True) if _in_kemendagri(code, lists[K])]
    assert (len(rows), len(twins)) == (104, 33)

    for chosen in (rows, twins):
        reading = read_column([row["ADM4_PCODE"] for row in chosen], [row["ADM4_EN"] for row in chosen], lists)
        assert (reading.system, reading.bad) == (B, ())


@real
def test_kota_palembang_undotted_is_kemendagri_although_34_of_107_codes_exist_in_bps_list(
    lists: Mapping[CodeSystem, Mapping[str, str]],
) -> None:
    rows = properties("big10k_2023_kota_palembang.geojson")
    codes = [row["KDEPUM"].replace(".", "") for row in rows]
    assert (len(rows), sum(code in lists[B] for code in codes)) == (107, 34)

    reading = read_column(codes, [row["NAMOBJ"] for row in rows], lists, "kode")

    assert (reading.system, reading.reason) == (K, "code.names")


@real
def test_no_district_of_the_nation_is_read_in_the_wrong_system(
    lists: Mapping[CodeSystem, Mapping[str, str]],
) -> None:
    for system, width in ((K, 8), (B, 7)):
        districts: dict[str, list[tuple[str, str]]] = {}
        for code, name in list(lists[system].items())[::4]:
            if len(code) > width:
                districts.setdefault(code[:width], []).append((code.replace(".", ""), name))
        for rows in districts.values():
            assert read_column(*zip(*rows, strict=True), lists).system is system


def _in_kemendagri(code: str, listed: Mapping[str, str]) -> bool:
    try:
        return RegionCode.parse(K, code).text in listed
    except ValueError:
        return False
