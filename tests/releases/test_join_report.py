"""Every row and every region stands in the report exactly once."""

from pathlib import Path

import pytest

from geoapp.catalogue import Catalogue
from geoapp.releases.checking.check import Draft
from geoapp.releases.intake import check_file, import_file
from geoapp.releases.options import Asked, Options
from geoapp.releases.report import Fate, JoinReport
from geoapp.releases.shaping.mapping import read_mapping
from geoapp.store.database import Store
from tests.releases.conftest import VILLAGES, Table

CODES = sorted(VILLAGES)


def draft(store: Store, catalogue: Catalogue, path: Path, *asked: Asked, **said: object) -> Draft:
    """A checked table."""
    return check_file(store, catalogue.indicators, path, Options(indicators=asked, **said))  # type: ignore[arg-type]


def fates(report: JoinReport) -> dict[int, tuple[str, str]]:
    """What became of each line."""
    return {row.line: (row.fate.value, row.reason) for row in report.rows}


def test_each_row_is_joined_merged_refused_or_set_aside_with_its_line(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    rows = [
        ["Penduduk Kota Kecil", ""],
        ["", ""],
        ["kode", "nama", "tahun", "penduduk"],
        [CODES[0], "a", 2024, 10],
        [CODES[0], "a", 2024, 10],
        [CODES[1], "b", 2024, 20],
        [CODES[1], "b", 2024, 21],
        ["35.73.01.1099", "c", 2024, 5],
        [CODES[2], "d", "kapan", 5],
        [CODES[3], "e", 2024, "banyak"],
        ["35.73.01", "Kec. F", 2024, 99],
        ["36.01.01.2001", "g", 2024, 99],
        ["", "Jumlah", "", 130],
        ["", "Sumber: kelurahan", "", ""],
        [CODES[4], "h", 2024, "…"],
    ]

    report = draft(store, catalogue, table("a.csv", rows), Asked("penduduk"), name_column="-").report

    assert fates(report) == {
        4: ("joined", ""),
        5: ("merged", "row.repeats"),
        6: ("refused", "row.contradicts"),
        7: ("refused", "row.contradicts"),
        8: ("refused", "row.unknown_code"),
        9: ("refused", "row.period"),
        10: ("refused", "row.number"),
        11: ("set_aside", "row.upper_level"),
        12: ("set_aside", "row.outside"),
        13: ("set_aside", "row.total"),
        14: ("set_aside", "row.note"),
        15: ("joined", ""),
    }
    assert report.counts == {"read": 12, "joined": 2, "merged": 1, "suggested": 0, "refused": 5, "set_aside": 4}
    (series,) = report.series
    assert (series.figure, series.state, series.no_row, series.asked) == (1, 1, 18, 20)
    assert len(report.without_row[0][1]) == 18


def test_rows_that_contradict_name_each_other_and_are_not_staged(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    rows = [["kode", "tahun", "penduduk"], [CODES[0], 2024, 1], [CODES[0], 2024, 2], [CODES[1], 2024, 3]]

    found = draft(store, catalogue, table("a.csv", rows), Asked("penduduk"))

    assert [row.values["lines"] for row in found.report.rows if row.fate is Fate.REFUSED] == ["2, 3", "2, 3"]
    assert [each.code for each in found.staged] == [CODES[1]]


def test_a_hard_limit_refuses_the_row_and_a_soft_one_warns(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    hard = "air_layak_persen"
    rows = [["kode", "tahun", hard, "penduduk"], [CODES[0], 2024, 101, 5], [CODES[1], 2024, 100, 300000]]

    report = draft(store, catalogue, table("a.csv", rows), Asked(hard), Asked("penduduk")).report

    assert fates(report) == {2: ("refused", "row.range"), 3: ("joined", "")}
    assert [each.place.line for each in report.findings if each.message == "import.outside_range"] == [3]


def test_names_that_mostly_disagree_with_their_codes_stop_the_table(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    rows = [["kode", "desa", "tahun", "penduduk"], *([code, f"Lain {n}", 2024, 5] for n, code in enumerate(CODES))]

    taken = import_file(store, catalogue.indicators, table("a.csv", rows), Options(indicators=(Asked("penduduk"),)))

    assert taken.batch is None and taken.draft.report.stopped


def test_numbers_that_can_be_read_in_two_ways_are_asked_with_examples(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    rows = [["kode", "tahun", "kepadatan"], [CODES[0], 2024, "1.234"], [CODES[1], 2024, "5.678"]]

    found = draft(store, catalogue, table("a.csv", rows), Asked("kepadatan"))

    assert found.report.question is not None and found.report.stopped
    assert (found.report.question.message, found.report.question.options) == ("question.decimal", ("--decimal",))
    assert found.report.counts["refused"] == 2 and found.staged == ()


def test_a_mapping_file_says_what_the_table_does_not(
    store: Store, edition: str, catalogue: Catalogue, table: Table, tmp_path: Path
) -> None:
    rows = [["wilayah", "isi", "jml"], [CODES[0], "x", "belum diisi"], [CODES[1], "x", "12"]]
    mapping = tmp_path / "peta.toml"
    mapping.write_text(
        'code_column = "wilayah"\n[columns]\njml = { indicator = "penduduk", period = "2010" }\n'
        '[states]\n"belum diisi" = "missing"\n'
    )

    found = check_file(store, catalogue.indicators, table("a.csv", rows), read_mapping(mapping))

    assert [(each.code, each.period.text, each.observation.figure) for each in found.staged] == [
        (CODES[0], "2010", None),
        (CODES[1], "2010", 12.0),
    ]


def test_a_header_may_say_that_figures_follow(store: Store, edition: str, catalogue: Catalogue, table: Table) -> None:
    rows = [["kode", "NILAI IDM 2023", "Jumlah KK 2023", "Curah hujan 2023"], *([c, "0,61", 40, 7] for c in CODES)]

    report = draft(store, catalogue, table("a.csv", rows)).report

    assert set(report.indicators) == {"idm", "kk"}
    unread = next(each for each in report.findings if each.message == "import.columns_unread")
    assert unread.values == {"columns": "Curah hujan 2023"}


def test_an_indicator_that_is_asked_for_and_has_no_column_is_a_question(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    path = table("a.csv", [["kode", "STATUS IDM 2023", "x 2023"], *([code, "Maju", 1] for code in CODES)])

    report = draft(store, catalogue, path, Asked("idm"), Asked("idm_status")).report

    assert report.question is not None
    assert (report.question.message, report.question.values["indicator"]) == ("question.indicator_column", "idm")
    assert {row.reason for row in report.rows} == {"question.indicator_column"}


@pytest.mark.parametrize("headers", [("penduduk 2024", "Jumlah penduduk 2024"), ("penduduk_2024", "penduduk 2024")])
def test_two_columns_of_one_indicator_and_period_are_asked_by_name(
    store: Store, edition: str, catalogue: Catalogue, table: Table, headers: tuple[str, str]
) -> None:
    path = table("a.csv", [["kode", *headers], *([code, 1, 2] for code in CODES)])

    question = draft(store, catalogue, path).report.question

    assert question is not None and question.message == "question.columns_alike"
    assert (question.values["column"], question.values["other"]) == headers
