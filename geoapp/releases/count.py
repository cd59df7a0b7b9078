"""Counting the rows of a list of persons per region, in memory: the counts leave, the rows never do."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from geoapp.domain.indicators import Aggregation, Indicator, IndicatorKind, Polarity, Sensitivity
from geoapp.domain.periods import Period
from geoapp.domain.words import Words
from geoapp.errors import NotFound, Refused
from geoapp.releases.matching.match import Match
from geoapp.releases.options import Asked, Options
from geoapp.releases.reading.person_columns import person_columns
from geoapp.releases.reading.table import Row, Table, plain, text_of
from geoapp.releases.report import Fate, RowFate
from geoapp.releases.shaping.dimension import answers

SMALL = 4
"""Counts from 1 to this may tell who is meant (reference: small cells)."""
MAX_CATEGORIES = 40
"""A column of more different texts is no category."""
_ROWS = "geoapp rows"
_NOTHING = Words("", "")
_INDICATOR = Indicator(
    slug="rows",
    name=_NOTHING,
    kind=IndicatorKind.COUNT,
    unit=_NOTHING,
    decimals=0,
    concept=_NOTHING,
    definition=_NOTHING,
    interpretation=_NOTHING,
    formula=_NOTHING,
    measure=_NOTHING,
    breakdowns=_NOTHING,
    theme="",
    aggregation=Aggregation.SUM,
    polarity=Polarity.NEUTRAL,
    sensitivity=Sensitivity.HIGH,
    source=_NOTHING,
    public=False,
)
"""What a row counts as while it is placed; it is never stored."""
_ANY = Period.parse("2000")
"""Where a row is does not depend on its period."""


_OUTSIDE = ("row.outside", "row.outside_set", "row.outside_area")


class Cell(NamedTuple):
    """How many rows a region has in one category; ``categories`` has as many texts as columns were asked for."""

    code: str
    categories: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class Counts:
    """The counts of a list and the account of its rows: ``read`` is ``counted`` and all others together.

    ``suggested`` rows name a region nearly, ``unplaced`` none that is known, ``outside`` one elsewhere; ``aside`` are
    totals and notes, ``uncategorised`` have a region and no category. ``alike`` are those of the counted that repeat an
    earlier one. ``regions`` is the number of regions with rows.
    """

    cells: tuple[Cell, ...]
    read: int
    counted: int
    suggested: int
    unplaced: int
    outside: int
    aside: int
    uncategorised: int
    alike: int
    regions: int

    @property
    def small(self) -> int:
        """The number of counts that may tell who is meant."""
        return sum(0 < cell.rows <= SMALL for cell in self.cells)


def without_persons(table: Table, kept: Iterable[str]) -> Table:
    """The table without every column that tells of persons, but those ``kept``: so no message can repeat a name."""
    asked = {plain(header) for header in kept}
    told = person_columns((n, [table.header[n], *table.column(n)]) for n in range(len(table.header)))
    dropped = {each.column for each in told if plain(table.header[each.column]) not in asked}
    stay = [n for n in range(len(table.header)) if n not in dropped]
    return replace(
        table,
        header=tuple(table.header[n] for n in stay),
        groups=tuple(table.groups[n] for n in stay) if table.groups else (),
        rows=tuple(Row(row.line, tuple(row.cells[n] for n in stay)) for row in table.rows),
        filled=tuple(stay.index(n) for n in table.filled if n in stay),
        raw=(),
        notes=(),
    )


def as_figures(table: Table, options: Options) -> tuple[Table, Options, Indicator]:
    """The table with a figure of 1 in every row, and the options that say so: it is placed as any other table."""
    rows = tuple(Row(row.line, (*row.cells, 1)) for row in table.rows)
    groups = (*table.groups, "") if table.groups else ()
    counted = replace(table, header=(*table.header, _ROWS), groups=groups, rows=rows)
    return counted, replace(options, indicators=(Asked(_INDICATOR.slug, _ROWS, _ANY),)), _INDICATOR


def category_columns(table: Table, asked: Sequence[str]) -> tuple[int, ...]:
    """The columns of the categories that were asked for.

    Raises
    ------
    NotFound
        If the table has no such column.
    Refused
        If a column tells of single persons, or holds too many different texts to be a category.
    """
    columns = tuple(_column(table, header) for header in asked)
    for column in columns:
        if person_columns([(column, [table.header[column], *table.column(column)])]):
            raise Refused("error.category_person", column=table.header[column])
        n = len(set(answers(table, column)) - {""})
        if n > MAX_CATEGORIES or n > max(2, len(table.rows) / 2):
            raise Refused("error.category_many", column=table.header[column], n=n)
    return columns


def count(table: Table, found: Match, columns: Sequence[int], whole: bool = False) -> Counts:
    """Count the rows of every region, and of every category in it where ``columns`` are given.

    A region with rows has a count for every category, 0 where none of its rows is of it; with ``whole`` the list holds
    everybody, so that a region without rows has counts of 0 too.
    """
    keys = [answers(table, column) for column in columns]
    spelled = [_spellings(table, column, its) for column, its in zip(columns, keys, strict=True)]
    cells: Counter[tuple[str, tuple[str, ...]]] = Counter()
    fates: Counter[str] = Counter()
    for index, said in enumerate(found.rows):
        own = [its[index] for its in keys]
        if isinstance(said, RowFate):
            fates["outside" if said.reason in _OUTSIDE else said.fate.value] += 1
        elif not all(own):
            fates["uncategorised"] += 1
        else:
            cells[said, tuple(each[key] for each, key in zip(spelled, own, strict=True))] += 1
    with_rows = {code for code, _ in cells}
    return Counts(
        cells=tuple(_filled(cells, [code for code in found.target.regions if whole or code in with_rows])),
        read=len(table.rows),
        counted=sum(cells.values()),
        suggested=fates[Fate.SUGGESTED],
        unplaced=fates[Fate.REFUSED],
        outside=fates["outside"],
        aside=fates[Fate.SET_ASIDE] + fates[Fate.MERGED],
        uncategorised=fates["uncategorised"],
        alike=_alike(table, found),
        regions=len(with_rows),
    )


def _filled(cells: Counter[tuple[str, tuple[str, ...]]], regions: Sequence[str]) -> Iterator[Cell]:
    """Every region with every category that the list knows."""
    known = sorted({categories for _, categories in cells})
    return (Cell(code, categories, cells[code, categories]) for code in regions for categories in known)


def _alike(table: Table, found: Match) -> int:
    placed = [row.cells for row, said in zip(table.rows, found.rows, strict=True) if isinstance(said, str)]
    return len(placed) - len(set(placed))


def _spellings(table: Table, column: int, keys: Sequence[str]) -> dict[str, str]:
    """How each category is written most often: ``L`` where some write ``l`` or ``Laki-laki``."""
    written: dict[str, Counter[str]] = {}
    for key, cell in zip(keys, table.column(column), strict=True):
        written.setdefault(key, Counter())[text_of(cell)] += 1
    return {key: texts.most_common(1)[0][0] for key, texts in written.items()}


def _column(table: Table, header: str) -> int:
    for index, name in enumerate(table.header):
        if plain(name) == plain(header):
            return index
    raise NotFound("error.no_column", column=header, columns=", ".join(name for name in table.header if name))
