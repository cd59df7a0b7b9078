"""Periods are read in one form each, and their granularities never mix."""

import pytest

from geoapp.domain.periods import Granularity, Period, earlier, latest, without_gaps
from geoapp.i18n import dates


@pytest.mark.parametrize(
    ("text", "granularity", "id", "en"),
    [
        ("2024", Granularity.YEAR, "2024", "2024"),
        ("2024-S1", Granularity.HALF_YEAR, "semester I 2024", "half-year 1 of 2024"),
        ("2024-Q3", Granularity.QUARTER, "triwulan III 2024", "quarter 3 of 2024"),
        ("2024-08", Granularity.MONTH, "Agustus 2024", "August 2024"),
        ("2020-04-30", Granularity.DAY, "30 April 2020", "30 April 2020"),
        ("2023-2024", Granularity.SCHOOL_YEAR, "2023/2024", "2023/2024"),
    ],
)
def test_a_period_is_read_and_said_in_both_languages(text: str, granularity: Granularity, id: str, en: str) -> None:
    period = Period.parse(text)

    assert period.granularity is granularity
    assert dates.period("id", period) == id
    assert dates.period("en", period) == en


@pytest.mark.parametrize(
    "text", ["", "24", "2024-13", "2024-S3", "2024-Q5", "2023-2025", "1776", "2024-01-32", "2023-02-29", "semua"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no period"):
        Period.parse(text)


def test_a_stray_month_never_hides_the_years() -> None:
    assert latest([Period("2022"), Period("2023"), Period("2024-08")]) == Period("2023")


@pytest.mark.parametrize(
    ("period", "known", "found"),
    [
        ("2024", ("2019", "2020-S2", "2024", "2025"), ("2019", 5.0)),
        ("2024-S1", ("2023-S1", "2023-S2"), ("2023-S2", 0.5)),
        ("2024-Q1", ("2022-Q3",), ("2022-Q3", 1.5)),
        ("2024-03", ("2023-12",), ("2023-12", 0.25)),
        ("2023-2024", ("2021-2022",), ("2021-2022", 2.0)),
        ("2024", ("2024", "2023-S1"), None),
    ],
)
def test_the_period_before_is_the_newest_of_its_length(
    period: str, known: tuple[str, ...], found: tuple[str, float] | None
) -> None:
    said = earlier(Period.parse(period), map(Period.parse, known))

    assert (said and (said[0].text, pytest.approx(said[1]))) == found


@pytest.mark.parametrize(
    ("known", "shown"),
    [
        ("2021 2022 2024", "2021 2022 2023 2024"),
        ("2010 2020", "2010 2020"),
        ("2023-S1 2024-S1", "2023-S1 2023-S2 2024-S1"),
        ("2023-11 2024-02 2024-01", "2023-11 2023-12 2024-01 2024-02"),
        ("2021-2022 2023-2024", "2021-2022 2022-2023 2023-2024"),
        ("2023 2024-S1", "2023 2024-S1"),
        ("2024", "2024"),
    ],
)
def test_missing_periods_stand_between_the_known_unless_they_are_the_most(known: str, shown: str) -> None:
    assert [each.text for each in without_gaps(map(Period, known.split()))] == shown.split()
