"""Checking what was joined: every row's figures read, compared, and gathered as the observations of a batch."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geoapp.domain.figures import STATE_WORDS, Read, Undecided, Unread, read_column
from geoapp.domain.findings import Finding, Place, Weight
from geoapp.domain.indicators import Indicator, Sensitivity
from geoapp.domain.levels import Level
from geoapp.domain.names import normalise
from geoapp.domain.observations import MISSING, Mark, Observation
from geoapp.domain.period_words import PeriodRead, read_period
from geoapp.domain.periods import Period
from geoapp.errors import Refused
from geoapp.releases.match import Match
from geoapp.releases.options import Options
from geoapp.releases.report import Fate, JoinReport, RowFate, count_regions
from geoapp.releases.shape import Shape
from geoapp.releases.table import Table, text_of

_SHOWN = 3


class Staged(NamedTuple):
    """One observation of a batch; without ``line`` the table spoke for the region but had no row for the period."""

    indicator: str
    period: Period
    code: str
    observation: Observation
    line: int | None


@dataclass(frozen=True)
class Draft:
    """A table understood: its observations, its scope, and the account of every row and region.

    ``periods`` are those the table speaks for, by indicator; ``regions`` the codes, in the edition's order.
    """

    report: JoinReport
    staged: tuple[Staged, ...]
    periods: Mapping[str, tuple[Period, ...]]
    regions: tuple[str, ...]
    refused: tuple[str, ...] = ()
    """The codes with a row that was refused: asked, but not answered in a way that can be used."""
    table: Table | None = None
    shape: Shape | None = None


def refuse_sensitive(indicator: Indicator, level: Level) -> None:
    """Refuse what must not be public while there is no disclosure control.

    Raises
    ------
    Refused
        If the indicator is of medium or high sensitivity, or is not for the public.
    """
    if indicator.sensitivity is not Sensitivity.LOW:
        message = "error.sensitive_below" if level > Level.VILLAGE else "error.sensitive"
        raise Refused(message, indicator=indicator.slug)
    if not indicator.public:
        raise Refused("error.not_public", indicator=indicator.slug)


Key = tuple[str, Period, str]


def check(table: Table, shape: Shape, found: Match, options: Options) -> Draft:
    """Read every figure of the joined rows and account for everything.

    Raises
    ------
    Refused
        If an indicator is sensitive, or a column's numbers can be read in two ways.
    """
    for each in shape.series:
        refuse_sensitive(each.indicator, found.target.edition.base_level)
    columns = _columns(table, shape, options)
    periods = _periods(table, shape)
    fates: dict[int, RowFate] = {}
    cells: dict[int, list[tuple[Key, Observation]]] = {}
    for index, (row, said) in enumerate(zip(table.rows, found.rows, strict=True)):
        if isinstance(said, RowFate):
            fates[index] = said
            continue
        read = _row(row.line, said, index, shape, columns, periods)
        if isinstance(read, RowFate):
            fates[index] = read
        else:
            cells[index] = read
    owned = _compare(table, cells, fates)
    refused = {
        table.rows[index].line: said
        for index, said in enumerate(found.rows)
        if isinstance(said, str) and fates[index].fate is Fate.REFUSED
    }
    draft_periods, regions, staged = _scope(found, shape, options, owned, set(refused.values()))
    counts, without = count_regions(found.target.regions, _said(shape, draft_periods, owned))
    report = JoinReport(
        file=table.file,
        sheet=table.sheet,
        edition=found.target.edition.id,
        area=found.target.edition.area,
        code_system=found.system,
        code_column=table.header[found.column],
        level=found.target.edition.base_level,
        rows=tuple(fates[index] for index in range(len(table.rows))),
        series=counts,
        without_row=without,
        findings=tuple(_findings(table, shape, found, owned, fates)),
    )
    return Draft(report, staged, draft_periods, regions, tuple(sorted(set(refused.values()))), table, shape)


def _columns(table: Table, shape: Shape, options: Options) -> list[list[Read]]:
    """Every column of figures, read as a whole."""
    words = {**STATE_WORDS, **options.states}
    columns = []
    for each in shape.series:
        try:
            columns.append(read_column(table.column(each.column), each.indicator, options.decimal, words))
        except Undecided as error:
            message = "error.numbers_mixed" if error.mixed else "error.numbers_undecided"
            raise Refused(message, column=table.header[each.column], examples="; ".join(error.examples)) from error
    return columns


def _periods(table: Table, shape: Shape) -> list[PeriodRead | None] | None:
    """The period of every row, where a column says it."""
    if shape.period is None:
        return None
    halves: Sequence[object] = table.column(shape.half) if shape.half is not None else [None] * len(table.rows)
    pairs = list(zip(table.column(shape.period), halves, strict=True))
    known = {pair: read_period(*pair) for pair in set(pairs)}
    return [known[pair] for pair in pairs]


def _row(
    line: int,
    code: str,
    index: int,
    shape: Shape,
    columns: Sequence[Sequence[Read]],
    periods: Sequence[PeriodRead | None] | None,
) -> list[tuple[Key, Observation]] | RowFate:
    own = periods[index] if periods is not None else None
    read: list[tuple[Key, Observation]] = []
    for each, column in zip(shape.series, columns, strict=True):
        period = each.period or (own.period if own else None)
        if period is None:
            return RowFate(line, Fate.REFUSED, "row.period", {"code": code})
        cell = column[index]
        if isinstance(cell, Unread):
            values = {"code": code, "cell": cell.text[:40], "indicator": each.indicator.slug}
            return RowFate(line, Fate.REFUSED, "row.word" if each.indicator.categories else "row.number", values)
        if cell.figure is not None and each.indicator.hard_range and not _within(cell.figure, each.indicator):
            values = {"code": code, "cell": f"{cell.figure:g}", "indicator": each.indicator.slug}
            return RowFate(line, Fate.REFUSED, "row.range", values)
        marks = each.marks | (own.marks if own else frozenset[Mark]())
        read.append(((each.indicator.slug, period, code), _marked(cell, marks)))
    return read


def _marked(cell: Observation, marks: frozenset[Mark]) -> Observation:
    if not marks or not cell.known:
        return cell
    return Observation(cell.figure, cell.category, cell.state, cell.marks | marks)


def _within(figure: float, indicator: Indicator) -> bool:
    low, high = indicator.minimum, indicator.maximum
    return (low is None or figure >= low) and (high is None or figure <= high)


def _compare(
    table: Table, cells: Mapping[int, Sequence[tuple[Key, Observation]]], fates: dict[int, RowFate]
) -> dict[Key, tuple[Observation, int]]:
    """Decide between rows of one key: the same figure is merged, another refuses them all; gives key → figure, line."""
    by_key: dict[Key, list[tuple[int, Observation]]] = {}
    for index, read in cells.items():
        for key, observation in read:
            by_key.setdefault(key, []).append((index, observation))
    quarrels: dict[int, set[int]] = {}
    for rows in by_key.values():
        if len({(each.figure, each.category, each.state) for _, each in rows}) > 1:
            together = {index for index, _ in rows}
            for index in together:
                quarrels.setdefault(index, set()).update(together)
    owned: dict[Key, tuple[Observation, int]] = {}
    owner: dict[int, bool] = {}
    for key, rows in by_key.items():
        agreed = [(index, each) for index, each in rows if index not in quarrels]
        for index, _ in agreed:
            owner.setdefault(index, False)
        if agreed:
            owned[key] = (agreed[0][1], table.rows[agreed[0][0]].line)
            owner[agreed[0][0]] = True
    for index, read in cells.items():
        line = table.rows[index].line
        if index in quarrels:
            lines = ", ".join(str(table.rows[each].line) for each in sorted(quarrels[index])[:12])
            fates[index] = RowFate(line, Fate.REFUSED, "row.contradicts", {"code": read[0][0][2], "lines": lines})
        elif owner[index]:
            fates[index] = RowFate(line, Fate.JOINED)
        else:
            first = owned[read[0][0]][1]
            fates[index] = RowFate(line, Fate.MERGED, "row.repeats", {"code": read[0][0][2], "first": first})
    return owned


def _scope(
    found: Match, shape: Shape, options: Options, owned: Mapping[Key, tuple[Observation, int]], refused: set[str]
) -> tuple[Mapping[str, tuple[Period, ...]], tuple[str, ...], tuple[Staged, ...]]:
    """What the table speaks for, and its observations; where it speaks but has no row, the figure is missing.

    A region with a refused row keeps what it had: nothing is said of it beyond its other rows.
    """
    periods: dict[str, set[Period]] = {each.indicator.slug: set() for each in shape.series}
    for slug, period, _ in owned:
        periods[slug].add(period)
    spoken = {code for _, _, code in owned}
    regions = tuple(code for code in found.target.regions if options.whole or code in spoken)
    staged = [Staged(*key, observation, line) for key, (observation, line) in owned.items()]
    staged.extend(
        Staged(slug, period, code, MISSING, None)
        for slug, its in periods.items()
        for period in sorted(its)
        for code in regions
        if code not in refused and (slug, period, code) not in owned
    )
    return {slug: tuple(sorted(its)) for slug, its in periods.items()}, regions, tuple(staged)


def _said(
    shape: Shape, periods: Mapping[str, Iterable[Period]], owned: Mapping[Key, tuple[Observation, int]]
) -> dict[tuple[str, Period], dict[str, bool]]:
    said: dict[tuple[str, Period], dict[str, bool]] = {
        (slug, period): {} for slug, its in periods.items() for period in its
    }
    for (slug, period, code), (observation, _) in owned.items():
        said[slug, period][code] = observation.known
    return said


def _findings(
    table: Table,
    shape: Shape,
    found: Match,
    owned: Mapping[Key, tuple[Observation, int]],
    fates: Mapping[int, RowFate],
) -> Iterable[Finding]:
    place = Place(table.file, table.sheet)
    edition = found.target.edition
    yield Finding(
        Weight.NOTE, "import.edition" if found.given else "import.edition_found", {"edition": edition.id}, place
    )
    yield Finding(Weight.NOTE, found.reading.reason, dict(found.reading.values), place)
    if found.reading.repaired:
        yield Finding(Weight.NOTE, "import.repaired", {"n": found.reading.repaired}, place)
    if table.others:
        yield Finding(Weight.NOTE, "import.other_sheets", {"sheets": ", ".join(table.others)}, place)
    if shape.unread:
        yield Finding(Weight.NOTE, "import.columns_unread", {"columns": ", ".join(shape.unread)}, place)
    if not owned:
        yield Finding(Weight.STOP, "import.nothing_joined", {}, place)
    yield from _names(table, shape, found, place)
    for each in dict.fromkeys(series.indicator for series in shape.series):
        lines = [
            line
            for (slug, _, _), (observation, line) in owned.items()
            if slug == each.slug and observation.figure is not None and not _within(observation.figure, each)
        ]
        if lines:
            values = {"n": len(lines), "indicator": each.slug, "lines": ", ".join(map(str, sorted(lines)[:_SHOWN]))}
            yield Finding(Weight.WARN, "import.outside_range", values, Place(table.file, table.sheet, min(lines)))


def _names(table: Table, shape: Shape, found: Match, place: Place) -> Iterable[Finding]:
    """Names beside the codes are a witness: a few may differ, most may not."""
    if shape.name is None:
        return
    named = {
        said: (text_of(row.cells[shape.name]), row.line)
        for row, said in zip(reversed(table.rows), reversed(found.rows), strict=True)
        if isinstance(said, str) and text_of(row.cells[shape.name])
    }
    other = [
        (line, f"{code} {name} ({found.target.regions[code]})")
        for code, (name, line) in named.items()
        if normalise(name) != normalise(found.target.regions[code])
    ]
    if other:
        other.sort()
        most = len(named) >= _SHOWN and len(other) > len(named) / 2
        values = {"n": len(other), "total": len(named), "examples": "; ".join(text for _, text in other[:_SHOWN])}
        message = "import.names_disagree" if most else "import.names_differ"
        yield Finding(
            Weight.STOP if most else Weight.WARN, message, values, Place(place.file, place.sheet, other[0][0])
        )
