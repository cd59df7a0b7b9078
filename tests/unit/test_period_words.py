"""Periods are read as tables write them, and only where they are some."""

import pytest

from geoapp.domain.observations import Mark
from geoapp.domain.period_words import read_period, split_header


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
        ("RT 12345", "RT 12345", None),
    ],
)
def test_a_header_is_cut_into_stem_and_period(header: str, stem: str, period: str | None) -> None:
    said, read = split_header(header)

    assert (said, read.period.text if read else None) == (stem, period)
