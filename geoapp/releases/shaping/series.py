"""What a table's columns are, as the rooms after it take it: series of figures, and the columns of region and time."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from geoapp.domain.findings import Finding, Understood
from geoapp.domain.indicators import Indicator
from geoapp.domain.levels import Level
from geoapp.domain.observations import Mark
from geoapp.domain.periods import Period

EVERY_PERIOD = "*"
"""Stands for every column whose header is only a period."""


@dataclass(frozen=True)
class Series:
    """Where the figures of an indicator stand, of one period unless the rows say their own.

    A figure is that of ``column``; with ``plus`` it is the sum with these columns, known only where all are. ``where``
    takes only the rows with this answer (as ``answers`` writes it) in that column, several of one column are
    alternatives; ``over`` are columns of a second dimension, such as sex, over whose answers the rows of one region and
    period are added up, where all of ``values`` (those of each column of ``over``) are there. A row with the answer
    ``TOTAL`` is a given total: no part, but a check of them. ``factor`` turns the table's unit into the indicator's.

    ``stems`` are the headers of ``column`` and ``plus`` without their period, ``unit`` what a person said it is.
    """

    column: int
    indicator: Indicator
    period: Period | None
    marks: frozenset[Mark] = frozenset()
    plus: tuple[int, ...] = ()
    where: tuple[tuple[int, str], ...] = ()
    over: tuple[int, ...] = ()
    factor: float = 1.0
    values: tuple[tuple[str, ...], ...] = ()
    stems: tuple[str, ...] = ()
    unit: str | None = None


@dataclass(frozen=True)
class Shape:
    """The columns of a table by what they are. ``codes`` are candidates of whole codes, the likeliest first.

    ``parts`` are the columns of codes in pieces (province, regency, district, village; None where there is none; an
    upper one may hold its whole code); ``names`` the columns of region names by level, RW and RT too; ``name`` that of
    the table's own regions.

    ``unread`` are the headers of columns with figures that nobody asked for and no indicator is called like;
    ``dimensions`` the columns of a second dimension, ``unit`` that of units, ``half`` that of the part of the year.
    """

    codes: tuple[int, ...]
    name: int | None
    period: int | None
    half: int | None
    series: tuple[Series, ...]
    unread: tuple[str, ...] = ()
    parts: tuple[int | None, int | None, int | None, int | None] = (None, None, None, None)
    names: Mapping[Level, int] = field(default_factory=dict)
    understood: tuple[Understood, ...] = ()
    dimensions: tuple[int, ...] = ()
    unit: int | None = None
    findings: tuple[Finding, ...] = ()
