"""Periods and dates as people write them: ``semester I 2024``, ``30 April 2020``, ``2023/2024``."""

from datetime import date, datetime

from babel.dates import format_date

from geoapp.domain.periods import Granularity, Period
from geoapp.domain.words import Language
from geoapp.i18n.catalogue import speak
from geoapp.i18n.numbers import LOCALES


def period(language: Language, asked: Period) -> str:
    """The period in words.

    >>> period("id", Period("2024-S1")), period("en", Period("2020-04-30"))
    ('semester I 2024', '30 April 2020')
    """
    text, kind = asked.text, asked.granularity
    if kind is Granularity.SCHOOL_YEAR:
        return text.replace("-", "/")
    if kind is Granularity.MONTH:
        return str(format_date(date(asked.year, int(text[5:7]), 1), "MMMM y", locale=LOCALES[language]))
    if kind is Granularity.DAY:
        return day(language, date.fromisoformat(text))
    if kind in (Granularity.HALF_YEAR, Granularity.QUARTER):
        part = ("I", "II", "III", "IV")[int(text[-1]) - 1]
        return speak(language, f"period.{kind.value}", part=part, number=text[-1], year=asked.year)
    return text


def day(language: Language, moment: date | datetime) -> str:
    """A day, such as ``21 November 2026``."""
    return str(format_date(moment, "d MMMM y", locale=LOCALES[language]))
