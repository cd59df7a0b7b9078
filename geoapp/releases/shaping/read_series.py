"""Reading the cells of a series: every column as a whole, sums only where all parts are, in the indicator's unit."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from geoapp.domain.figures import STATE_WORDS, Read, Undecided, Unread, read_column, tidy
from geoapp.domain.findings import Finding, Place, Understood, Weight
from geoapp.domain.observations import MISSING, Mark, Observation
from geoapp.domain.written import read_written
from geoapp.errors import Question
from geoapp.releases.options import Options
from geoapp.releases.reading.table import Table
from geoapp.releases.shaping.series import Series

_THOUSANDS = {".": "understood.thousands_point", ",": "understood.thousands_comma"}
_DECIMALS = {".": "understood.decimal_point", ",": "understood.decimal_comma"}
_DASHES = frozenset("-–—")
_SHOWN = 12
_ENOUGH = 4
"""So many different figures below one say that all are parts of one."""


@dataclass(frozen=True)
class Figures:
    """The cells of a series, one a row: equal cells share one result. And what was worked out and noticed of them."""

    reads: list[Read]
    understood: tuple[Understood, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_series(table: Table, series: Series, options: Options) -> Figures:
    """Read the column of a series, added to those of ``plus``, in the indicator's unit.

    Raises
    ------
    Question
        ``question.decimal`` if the numbers of a column can be read in two ways, ``question.decimals_mixed`` if some
        are written in one and some in the other.
    """
    columns = {column: table.column(column) for column in (series.column, *series.plus)}
    read = [_column(table.header[column], cells, series, options) for column, cells in columns.items()]
    reads = read[0] if len(read) == 1 else _added(read)
    if series.indicator.categories:
        return Figures(reads)
    if series.factor != 1.0:
        known = {id(each): _times(each, series.factor) for each in reads}
        reads = [known[id(each)] for each in reads]
    notes = [
        _noted(table, column, dict(zip(cells, reads, strict=True)), options)
        for (column, cells), reads in zip(columns.items(), read, strict=True)
    ]
    understood = tuple(each for said, _ in notes for each in said)
    findings = [each for _, findings in notes for each in findings]
    if series.indicator.unit.id == "%" and _are_fractions(reads):
        values = {"column": table.header[series.column], "indicator": series.indicator.slug}
        findings.append(Finding(Weight.WARN, "note.fractions", values, Place(table.file, table.sheet)))
    return Figures(reads, understood, tuple(findings))


def _are_fractions(reads: Sequence[Read]) -> bool:
    """Whether figures per cent are all parts of one, as a spreadsheet keeps them without their format."""
    figures = {each.figure for each in reads if isinstance(each, Observation) and each.figure is not None}
    return len(figures) >= _ENOUGH and all(0 <= each <= 1 for each in figures) and any(each % 1 for each in figures)


def _column(header: str, cells: Sequence[object], series: Series, options: Options) -> list[Read]:
    words = {**STATE_WORDS, **options.states}
    try:
        return read_column(cells, series.indicator, options.decimal, words, options.zeros)
    except Undecided as error:
        values = {"column": header}
        if error.mixed:
            examples = "; ".join(error.examples)
            raise Question("question.decimals_mixed", "--decimal", examples=examples, **values) from error
        whole, rest = re.split(r"[.,]", error.examples[0], maxsplit=1)
        said = {"example": error.examples[0], "joined": whole + rest, "whole": whole, "rest": rest}
        values |= said | {"examples": "; ".join(error.examples)}
        raise Question("question.decimal", "--decimal", **values) from error


def _added(columns: Sequence[Sequence[Read]]) -> list[Read]:
    """Row by row the sum; a part that is not known leaves the sum unknown, one that is not read leaves it unread."""
    known: dict[tuple[int, ...], Read] = {}
    added = []
    for cells in zip(*columns, strict=True):
        key = tuple(id(cell) for cell in cells)
        if key not in known:
            known[key] = _sum(cells)
        added.append(known[key])
    return added


def _sum(cells: Sequence[Read]) -> Read:
    unread = next((each for each in cells if isinstance(each, Unread)), None)
    if unread is not None:
        return unread
    said = [each for each in cells if isinstance(each, Observation)]
    if all(each.figure is not None for each in said):
        marks = frozenset[Mark]().union(*(each.marks for each in said))
        return Observation(figure=sum(each.figure or 0.0 for each in said), marks=marks)
    states = {each.state for each in said}
    return said[0] if len(states) == 1 else MISSING


def _times(read: Read, factor: float) -> Read:
    """A figure in another unit, without the dust that multiplying leaves."""
    if isinstance(read, Unread) or read.figure is None:
        return read
    return replace(read, figure=float(f"{read.figure * factor:.14g}"))


def _noted(
    table: Table, column: int, reads: Mapping[object, Read], options: Options
) -> tuple[list[Understood], list[Finding]]:
    """How the decimal sign and dashes of a column were read, and the footnotes that stand in it."""
    header = table.header[column]
    known = {tidy(cell): read for cell, read in reads.items() if isinstance(cell, str)}
    understood: list[Understood] = []
    understood.extend(_signs(header, known))
    if known.keys() & _DASHES - {*options.states, *options.zeros}:
        dashes = {cell for cell in reads if isinstance(cell, str) and tidy(cell) in _DASHES}
        count = sum(row.cells[column] in dashes for row in table.rows)
        understood.append(Understood("understood.dashes", {"column": header, "n": count}, "--map"))
    noted = {text for text in known if (written := read_written(text)) is not None and written.footnotes}
    return understood, [_footnotes(table, column, noted)] if noted else []


def _signs(header: str, known: Mapping[str, Read]) -> Iterator[Understood]:
    """Which sign stands before the decimals and which between thousands, each with the first cell that has it."""
    seen: set[str] = set()
    for text, read in known.items():
        signs = re.findall(r"(?<=\d)[.,](?=\d)", text)
        if not signs or not isinstance(read, Observation) or read.figure is None:
            continue
        whole = len(set(signs)) == 1 and re.sub(r"\D", "", text) == f"{abs(read.figure):.0f}"
        message = (_THOUSANDS if whole else _DECIMALS)[signs[-1]]
        if message not in seen:
            seen.add(message)
            yield Understood(message, {"column": header, "cell": text}, "--decimal")


def _footnotes(table: Table, column: int, noted: set[str]) -> Finding:
    """A note of the cells that carry a footnote, with the footnotes below the table."""
    lines = [row.line for row in table.rows if tidy(row.cells[column]) in noted]
    shown = ", ".join(map(str, lines[:_SHOWN])) + (" …" if len(lines) > _SHOWN else "")
    examples = "; ".join(sorted(noted)[:3])
    values = {"column": table.header[column], "n": len(lines), "lines": shown, "examples": examples}
    return Finding(Weight.NOTE, "note.footnotes", values, Place(table.file, table.sheet))
