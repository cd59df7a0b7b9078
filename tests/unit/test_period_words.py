"""Periods are read as tables write them, and only where they are some."""

import pytest

from geoapp.domain.observations import Mark
from geoapp.domain.period_words import find_periods, read_period, split_header, split_short_year


@pytest.mark.parametrize(
    ("raw", "half", "expected"),
    [
        (2024, None, "2024"),
        (2019.0, None, "2019"),
        ("2019.0", None, "2019"),
        ("Tahun 2023/2024", None, "2023-2024"),
        ("Semester I 2024", None, "2024-S1"),
        ("semester 2 tahun 2024", None, "2024-S2"),
        ("2020sm1", None, "2020-S1"),
        ("2024-Q3", None, "2024-Q3"),
        ("Triwulan IV 2023", None, "2023-Q4"),
        ("Nopember 2021", None, "2021-11"),
        ("2024-08", None, "2024-08"),
        ("5 April 2020", None, "2020-04-05"),
        ("31/12/2024", None, "2024-12-31"),
        (2017, 1, "2017-S1"),
        ("2017", "2.0", "2017-S2"),
        (2024, "Semester II", "2024-S2"),
        (2024, "Triwulan III", "2024-Q3"),
        (2024, "Maret", "2024-03"),
        ("202403", None, "2024-03"),
        ("2024-08-01 00:00:00", None, "2024-08-01"),
        ("per 31 Desember 2024", None, "2024-12-31"),
        ("Sem. I 2024", None, "2024-S1"),
    ],
)
def test_a_cell_names_its_period(raw: object, half: object, expected: str) -> None:
    read = read_period(raw, half)

    assert read is not None and read.period.text == expected


@pytest.mark.parametrize("raw", ["", None, "kapan", "31 Februari 2020", "12", "3024", "2024-13", "2023/2025"])
def test_what_is_no_period_is_none(raw: object) -> None:
    assert read_period(raw) is None


def test_revised_and_provisional_years_keep_their_mark() -> None:
    assert [read.marks for raw in ("2009r", "2010*") if (read := read_period(raw))] == [
        {Mark.REVISED},
        {Mark.PROVISIONAL},
    ]


@pytest.mark.parametrize(
    ("header", "stem", "period"),
    [
        ("IKS 2021", "IKS", "2021"),
        ("NILAI IDM 2024", "NILAI IDM", "2024"),
        ("t_2016", "t", "2016"),
        ("t_2020sm1", "t", "2020-S1"),
        ("penduduk_2010", "penduduk", "2010"),
        ("Penduduk (2010)", "Penduduk", "2010"),
        ("Penduduk tahun 2023/2024", "Penduduk", "2023-2024"),
        ("2024", "", "2024"),
        ("luas_wil", "luas_wil", None),
        ("2009r", "", "2009"),
        ("2010 1)", "", "2010"),
        ("penduduk_2020_l", "penduduk l", "2020"),
        ("2021 Jumlah KK", "Jumlah KK", "2021"),
        ("Jumlah Penduduk per 31 Desember 2023", "Jumlah Penduduk", "2023-12-31"),
        ("kepadatan 2013 (jiwa/km2)", "kepadatan (jiwa/km2)", "2013"),
        ("Laju pertumbuhan 2010-2020", "Laju pertumbuhan 2010-2020", None),
        ("RT 12345", "RT 12345", None),
    ],
)
def test_a_header_is_cut_into_stem_and_period(header: str, stem: str, period: str | None) -> None:
    said, read = split_header(header)

    assert (said, read.period.text if read else None) == (stem, period)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Standar Kelurahan Data Corona (30 April 2020 Pukul 09.00).xlsx", ["2020-04-30"]),
        ("idm_2024_kab_serang.csv", ["2024"]),
        ("JUMLAH PENDUDUK KOTA MALANG PER KELURAHAN, SP2010", ["2010"]),
        ("Jumlah Keluarga Menurut Kelurahan, 2008–2010", ["2008", "2010"]),
        ("Sesuai Permendagri Nomor 72 Tahun 2019", []),
        ("Tahun Ajaran 2023/2024", ["2023-2024"]),
        ("32.73.05.1006 dan 35.73.2001", []),
        ("tanpa tahun", []),
        ("LAPORAN BULAN MARET TAHUN 2024", ["2024-03"]),
        ("Keadaan 31 Desember Tahun 2023", ["2023-12-31"]),
        ("Januari s.d. Maret 2024", ["2024-Q1"]),
        ("Juli - Desember Tahun 2023", ["2023-S2"]),
        ("Januari s/d Desember 2023", ["2023"]),
        ("Februari sampai dengan Mei 2024", ["2024-02", "2024-05"]),
        ("Diunduh pada 5 Maret 2024", []),
    ],
)
def test_titles_and_file_names_say_periods_anywhere(text: str, expected: list[str]) -> None:
    assert [each.period.text for each in find_periods(text)] == expected


def test_a_year_of_two_digits_needs_a_neighbour_that_writes_it_in_full() -> None:
    said = [split_short_year(header, (2019, 2020)) for header in ("laki_19", "pr_20sm1", "usia_65", "RT 20")]

    assert [(stem, read.period.text if read else None) for stem, read in said] == [
        ("laki", "2019"),
        ("pr", "2020-S1"),
        ("usia_65", None),
        ("RT", "2020"),
    ]


def test_a_bare_number_is_the_part_of_the_year_that_its_column_says() -> None:
    read = [read_period("2024", 3, kind) for kind in ("half", "quarter", "month")]

    assert [each.period.text if each else None for each in read] == ["2024", "2024-Q3", "2024-03"]
