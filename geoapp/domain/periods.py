"""Periods: ``2024``, ``2024-S1``, ``2024-Q3``, ``2024-08``, ``2020-04-30``, school year ``2023-2024``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Granularity(StrEnum):
    """How long a period is; two granularities never mix in a trend, a difference or "latest"."""

    YEAR = "year"
    SCHOOL_YEAR = "school_year"
    HALF_YEAR = "half_year"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"


_FORMS: tuple[tuple[Granularity, re.Pattern[str]], ...] = (
    (Granularity.YEAR, re.compile(r"(?P<year>\d{4})")),
    (Granularity.HALF_YEAR, re.compile(r"(?P<year>\d{4})-S(?P<part>[12])")),
    (Granularity.QUARTER, re.compile(r"(?P<year>\d{4})-Q(?P<part>[1-4])")),
    (Granularity.MONTH, re.compile(r"(?P<year>\d{4})-(?P<part>0[1-9]|1[0-2])")),
    (Granularity.DAY, re.compile(r"(?P<year>\d{4})-(?P<part>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])")),
    (Granularity.SCHOOL_YEAR, re.compile(r"(?P<year>\d{4})-(?P<next>\d{4})")),
)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One period, ordered by its text within a granularity.

    >>> Period.parse("2024-S1").granularity.value
    'half_year'
    """

    text: str

    @classmethod
    def parse(cls, raw: str) -> "Period":
        """Read the canonical form; ValueError if ``raw`` is none of them or no year between 1900 and 2100."""
        period = cls(raw.strip())
        _ = period.granularity
        return period

    @property
    def granularity(self) -> Granularity:
        """How long it is."""
        for granularity, form in _FORMS:
            found = form.fullmatch(self.text)
            if found and 1900 <= int(found["year"]) <= 2100:
                if granularity is Granularity.SCHOOL_YEAR and int(found["next"]) != int(found["year"]) + 1:
                    continue
                if granularity is Granularity.DAY and not _is_a_day(self.text):
                    continue
                return granularity
        raise ValueError(f"{self.text!r} is no period")

    @property
    def year(self) -> int:
        """The year in which it begins."""
        return int(self.text[:4])

    def __str__(self) -> str:
        return self.text


def _is_a_day(text: str) -> bool:
    """Whether the calendar has it: the form alone lets 31 February through."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_date(text: str) -> bool:
    """Whether ``text`` is a year, a month or a day of the calendar, as lists and boundaries are dated.

    >>> is_date("2024"), is_date("2024-06-30"), is_date("2024-13"), is_date("2024-S1")
    (True, True, False, False)
    """
    try:
        return Period(text).granularity in (Granularity.YEAR, Granularity.MONTH, Granularity.DAY)
    except ValueError:
        return False


def days(period: Period) -> tuple[date, date]:
    """The first and the last day of a period; a school year runs from July.

    >>> days(Period("2024-S1"))
    (datetime.date(2024, 1, 1), datetime.date(2024, 6, 30))
    """
    kind, year = period.granularity, period.year
    if kind is Granularity.DAY:
        day = date.fromisoformat(period.text)
        return day, day
    if kind is Granularity.SCHOOL_YEAR:
        return date(year, 7, 1), date(year + 1, 6, 30)
    months = 12 // _PER_YEAR.get(kind, 1)
    first = date(year, 1, 1) if kind is Granularity.YEAR else date(year, (_part(period) - 1) * months + 1, 1)
    after = first.month - 1 + months
    return first, date(year + after // 12, after % 12 + 1, 1) - timedelta(days=1)


def _part(period: Period) -> int:
    """Which half, quarter or month of the year it is, from 1."""
    return int(re.sub(r"\D", "", period.text[5:]))


_PER_YEAR = {Granularity.HALF_YEAR: 2, Granularity.QUARTER: 4, Granularity.MONTH: 12}


def earlier(period: Period, known: Iterable[Period]) -> tuple[Period, float] | None:
    """The newest of ``known`` before ``period`` that is as long, and how many years lie between; None without one.

    >>> earlier(Period("2024-S1"), [Period("2022-S2"), Period("2023")])
    (Period(text='2022-S2'), 1.5)
    """
    alike = [each for each in known if each.granularity is period.granularity and each.text < period.text]
    if not alike:
        return None
    found = max(alike)
    return found, _in_years(period) - _in_years(found)


def _in_years(period: Period) -> float:
    """When a period begins, in years; only differences mean anything."""
    if period.granularity is Granularity.DAY:
        return date.fromisoformat(period.text).toordinal() / 365.2425
    part = int(re.sub(r"\D", "", period.text[5:]) or 1) - 1
    return period.year + part / _PER_YEAR[period.granularity] if period.granularity in _PER_YEAR else period.year


def following(period: Period) -> Period | None:
    """The next period that is as long; None after a day, which nobody counts on, and after the last year.

    >>> following(Period("2024-S2")), following(Period("2023-2024"))
    (Period(text='2025-S1'), Period(text='2024-2025'))
    """
    kind, year = period.granularity, period.year
    if kind is Granularity.DAY or year >= 2099:
        return None
    if kind is Granularity.YEAR:
        return Period(f"{year + 1}")
    if kind is Granularity.SCHOOL_YEAR:
        return Period(f"{year + 1}-{year + 2}")
    part = int(re.sub(r"\D", "", period.text[5:])) + 1
    if part > _PER_YEAR[kind]:
        year, part = year + 1, 1
    sign = {Granularity.HALF_YEAR: "S", Granularity.QUARTER: "Q"}.get(kind)
    return Period(f"{year}-{sign}{part}" if sign else f"{year}-{part:02}")


def without_gaps(known: Iterable[Period]) -> tuple[Period, ...]:
    """The periods from the first to the last, with those between them that are missing.

    Where more would be missing than are known, as between two censuses, or where lengths mix, only those known.

    >>> [each.text for each in without_gaps([Period("2021"), Period("2022"), Period("2024")])]
    ['2021', '2022', '2023', '2024']
    """
    own = sorted(known)
    if len({each.granularity for each in own}) != 1:
        return tuple(own)
    found, next_one = [own[0]], following(own[0])
    while next_one is not None and next_one <= own[-1] and len(found) < 2 * len(own):
        found.append(next_one)
        next_one = following(next_one)
    return tuple(found) if found[-1] == own[-1] and len(found) < 2 * len(own) else tuple(own)


def latest(periods: "list[Period] | tuple[Period, ...]") -> Period:
    """The newest period of the commonest granularity, so that a stray month never hides the years."""
    kinds = [each.granularity for each in periods]
    common = max(sorted(set(kinds)), key=kinds.count)
    return max(each for each in periods if each.granularity is common)
