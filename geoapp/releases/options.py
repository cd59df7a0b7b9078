"""What a person says about a table, on the command line or in a mapping file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from geoapp.domain.codes import CodeSystem
from geoapp.domain.figures import Decimal
from geoapp.domain.levels import Level
from geoapp.domain.observations import State
from geoapp.domain.periods import Period
from geoapp.errors import BadRequest


@dataclass(frozen=True)
class Asked:
    """One indicator and the column or columns that hold it; ``period`` where the header does not say it.

    ``plus`` are further columns whose figures are added; ``where`` gives columns and the answer a row must have there
    (several answers of one column are alternatives); ``unit`` is the column's, where the table does not say it.
    """

    indicator: str
    column: str | None = None
    period: Period | None = None
    plus: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    unit: str | None = None


@dataclass(frozen=True)
class Options:
    """Everything that may be said of a table; what is None is found out.

    ``level`` of its rows; ``area``, the upper region of the edition (code or name) in which they lie; ``regency``, the
    code that a table of shorter codes leaves out, in its own system; ``region_set``, the named set that was asked.
    ``accept``: suggestions from this score (0…100) up are joined; ``accepted``: line → code, as a person said,
    and ``named``: line → the name which that line had when it was said.

    ``part_columns`` and ``name_columns`` are the columns of codes in pieces and of names by level; ``half_column`` says
    the part of the year; ``zeros`` are signs that stand for none at all, such as ``-`` where a person said so.

    ``whole``: the table speaks for every region of the edition, so that those without a row are missing. ``source``
    names who made these figures, where it is not the indicator's usual one.

    ``split_by_share``: figures of a region that was split are divided by the shares of the lineage. ``backcast``: codes
    stand for the edition's regions in every period, also before these were changed.
    """

    sheet: str | None = None
    level: Level | None = None
    area: str | None = None
    regency: str | None = None
    region_set: str | None = None
    code_column: str | None = None
    name_column: str | None = None
    period_column: str | None = None
    half_column: str | None = None
    figure_column: str | None = None
    edition: str | None = None
    source: str | None = None
    period: Period | None = None
    code_system: CodeSystem | None = None
    decimal: Decimal | None = None
    whole: bool = False
    split_by_share: bool = False
    backcast: bool = False
    accept: float | None = None
    accepted: Mapping[int, str] = field(default_factory=dict)
    named: Mapping[int, str] = field(default_factory=dict)
    indicators: tuple[Asked, ...] = ()
    states: Mapping[str, State] = field(default_factory=dict)
    zeros: tuple[str, ...] = ()
    part_columns: Mapping[Level, str] = field(default_factory=dict)
    name_columns: Mapping[Level, str] = field(default_factory=dict)

    def over(self, below: "Options") -> "Options":
        """These options, and those of ``below`` where these say nothing."""
        said = {name: value for name, value in vars(self).items() if value not in (None, (), {}, False)}
        return replace(below, **said)


def asked_indicators(raw: Iterable[str]) -> tuple[Asked, ...]:
    """``SLUG``, ``SLUG=COLUMN`` or ``SLUG=COLUMN@OTHER=ANSWER``, as the command line has them.

    >>> asked_indicators(["usia_0_14=jumlah@kelompok=0-14"])[0].where
    (('kelompok', '0-14'),)
    """
    asked = []
    for each in raw:
        said, *wheres = each.split("@")
        slug, _, column = said.partition("=")
        pairs = (where.partition("=") for where in wheres)
        where = tuple((other.strip(), answer.strip()) for other, _, answer in pairs)
        asked.append(Asked(slug.strip(), column.strip() or None, where=where))
    return tuple(asked)


def asked_period(raw: str) -> Period:
    """A period as written by a person; BadRequest if it is none."""
    try:
        return Period.parse(raw)
    except ValueError as error:
        raise BadRequest("error.period_form", period=raw) from error
