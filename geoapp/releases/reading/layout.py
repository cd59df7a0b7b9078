"""The table of a book: the sheet that holds it, cut into titles, header, data, and the rows that are no data."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from geoapp.domain.findings import Finding, Place, Understood, Weight
from geoapp.domain.levels import Level
from geoapp.errors import NotFound, Refused
from geoapp.releases.options import Options
from geoapp.releases.reading.asides import NOTE, OTHER, find_asides, place_columns
from geoapp.releases.reading.books import Book, Sheet
from geoapp.releases.reading.cells import Kind, kind
from geoapp.releases.reading.fill import add_group_lines, fill_down
from geoapp.releases.reading.header import Header, find_header
from geoapp.releases.reading.headings import Headings, name_columns
from geoapp.releases.reading.place_columns import level_of
from geoapp.releases.reading.table import Row, Table, is_code_like, plain, text_of

_NO_COLUMN = "-"
_PIVOT = ("row labels", "column labels", "sum of ", "count of ", "(all)", "label baris", "jumlah dari ", "average of ")
_PROBE = 200
_SHEETS = 8
"""So many sheets a sentence names."""


def find_table(book: Book, options: Options) -> Table:
    """The table of a book, from the sheet that was asked for or the one that holds the regions with most figures.

    Raises
    ------
    NotFound
        If there is no such sheet.
    Refused
        If no sheet holds a table, or none has the column that was asked for.
    """
    asked = tuple(each for each in (options.code_column, options.name_column) if each and each != _NO_COLUMN)
    found = []
    for sheet in _wanted(book, options.sheet):
        table = _lay_out(book, sheet, asked)
        if table is not None and table.rows:
            found.append((_weight(sheet, table, asked), table))
    if not found:
        raise _nothing(book)
    _, best = max(found, key=lambda each: each[0])
    missing = [each for each in asked if not _has(best, each)]
    if missing:
        columns = ", ".join(name for name in best.header if name)
        raise NotFound("error.no_such_code_column", file=book.file, column=missing[0], columns=columns)
    alike = [each.sheet for _, each in found if each is not best and _same_header(each, best)]
    if not alike:
        return best
    values = {"n": len(alike), "sheets": ", ".join(alike[:_SHEETS]) + (" …" if len(alike) > _SHEETS else "")}
    noticed = Finding(Weight.WARN, "reading.sheets_alike", values, Place(best.file, best.sheet))
    return replace(best, findings=(*best.findings, noticed))


def _same_header(one: Table, other: Table) -> bool:
    """Whether two sheets have the columns of one table: parts of it, or the same of another year."""
    return [plain(name) for name in one.header] == [plain(name) for name in other.header]


def _wanted(book: Book, asked: str | None) -> Sequence[Sheet]:
    if asked is None:
        return book.sheets
    sheets = [sheet for sheet in book.sheets if sheet.title.strip().casefold() == asked.strip().casefold()]
    if not sheets:
        titles = ", ".join(sheet.title for sheet in book.sheets)
        raise NotFound("error.no_sheet", file=book.file, sheet=asked, sheets=titles)
    return sheets


def _nothing(book: Book) -> Refused:
    full = sum(any(cell is not None for cell in row.cells) for sheet in book.sheets for row in sheet.rows)
    if not full:
        return Refused("error.table_empty", file=book.file)
    if any(find_header(sheet) for sheet in book.sheets) or full == 1:
        return Refused("error.no_rows", file=book.file)
    return Refused("error.no_table", file=book.file)


def _has(table: Table, column: str) -> bool:
    names = {plain(table.full(n)) for n in range(len(table.header))} | set(map(plain, table.header))
    return plain(column) in names or column in table.header


def _weight(sheet: Sheet, table: Table, asked: Sequence[str]) -> tuple[Any, ...]:
    """How surely a sheet is the one that is meant: the larger, the surer; of equals the first wins."""
    probe = [row for row in table.rows if row.line not in table.asides][:_PROBE]
    figures = sum(kind(cell) is Kind.FIGURE for row in probe for cell in row.cells)
    texts = [text_of(cell).casefold() for row in sheet.rows[:10] for cell in row.cells if isinstance(cell, str)]
    pivot = any(text.startswith(_PIVOT) for text in texts)
    share = figures / max(len(probe), 1)
    has = all(_has(table, each) for each in asked)
    return has, not pivot, not sheet.unseen, _finest(table, probe), bool(figures), len(table.rows) * share


def _finest(table: Table, probe: Sequence[Row]) -> int:
    """How fine the regions of a table are, 0 where none can be seen."""
    for column in range(len(table.header)):
        codes = [row.cells[column] for row in probe[:40] if row.cells[column] is not None]
        if codes and sum(is_code_like(cell, sure=True) for cell in codes) > len(codes) / 2:
            return Level.VILLAGE + 1
    columns = place_columns(table.header, probe)
    levels = [level_of(table.header[n]) or Level.PROVINCE for n in columns.places]
    return max(levels, default=0)


def _lay_out(book: Book, sheet: Sheet, asked: Sequence[str]) -> Table | None:
    header = find_header(sheet, asked)
    if header is None:
        return None
    full = [row for row in sheet.rows if row.cells.count(None) < len(row.cells)]
    start = sheet.rows[header.start].line if header.start < len(sheet.rows) else sheet.rows[-1].line + 1
    width = _width(sheet.rows[header.top :])
    headings = name_columns(sheet, header, width)
    body = [_fitted(row, width) for row in full if row.line >= start]
    asides = find_asides(body, sheet.rows[header.top : header.bottom + 1], headings.names)
    data = [row for row in body if row.line not in asides]
    columns = place_columns(headings.names, data)
    rows, filled = fill_down(body, headings.names, columns, asides, sheet.merged)
    if (grouped := add_group_lines(rows, headings.names, asides)) is not None:
        rows, name = grouped
        headings = Headings((*headings.names, name), (*headings.groups, ""))
        filled = (*filled, width)
    above = [row for row in full if row.line < sheet.rows[header.top].line]
    others = tuple(other.title for other in book.sheets if other is not sheet)
    return Table(
        book.file,
        sheet.title,
        headings.names,
        sheet.rows[header.bottom].line,
        rows,
        titles=tuple(text_of(cell) for row in above for cell in row.cells if cell is not None),
        others=others,
        groups=headings.groups,
        notes=tuple(_said(row) for row in body if asides.get(row.line) == NOTE),
        asides=asides,
        headings=tuple(row.line for row in full if row.line < start),
        raw=tuple(full),
        hidden=tuple(line for line in sheet.hidden if line >= start and _is_full(sheet, line)),
        filled=filled,
        understood=_understood(book, sheet, header, headings, filled),
        findings=tuple(_findings(book, sheet, start, asides)),
    )


def _width(rows: Sequence[Row]) -> int:
    """The columns down to the last one with anything in it."""
    width = max((len(row.cells) for row in rows), default=0)
    while width and not any(len(row.cells) >= width and row.cells[width - 1] is not None for row in rows):
        width -= 1
    return width


def _fitted(row: Row, width: int) -> Row:
    if len(row.cells) == width:
        return row
    return Row(row.line, row.cells[:width] + (None,) * (width - len(row.cells)))


def _said(row: Row) -> str:
    return " ".join(text_of(cell) for cell in row.cells if cell is not None)


def _is_full(sheet: Sheet, line: int) -> bool:
    return line <= len(sheet.rows) and any(cell is not None for cell in sheet.rows[line - 1].cells)


def _understood(
    book: Book, sheet: Sheet, header: Header, headings: Headings, filled: Sequence[int]
) -> tuple[Understood, ...]:
    """What was found out about the place of the table, and how to say otherwise."""
    said = []
    if len(book.sheets) > 1:
        said.append(Understood("reading.sheet", {"sheet": sheet.title, "n": len(book.sheets) - 1}, "--sheet"))
    first, last = sheet.rows[header.top].line, sheet.rows[header.bottom].line
    if first < last:
        said.append(Understood("reading.header_lines", {"first": first, "last": last}))
    else:
        said.append(Understood("reading.header_line", {"line": last}))
    if filled:
        columns = ", ".join(headings.names[column] for column in filled)
        said.append(Understood("reading.filled_down", {"columns": columns, "n": len(filled)}))
    return tuple(said)


def _findings(book: Book, sheet: Sheet, start: int, asides: Mapping[int, str]) -> list[Finding]:
    """What a reader of the report should know of the sheet."""
    place = Place(book.file, sheet.title)
    found = []
    other = [line for line, reason in asides.items() if reason == OTHER]
    if other:
        at = Place(book.file, sheet.title, min(other))
        found.append(Finding(Weight.WARN, "reading.other_table", {"line": min(other), "n": len(other)}, at))
    hidden = [line for line in sheet.hidden if line >= start and _is_full(sheet, line)]
    if hidden:
        at = Place(book.file, sheet.title, hidden[0])
        found.append(Finding(Weight.WARN, "reading.hidden_rows", {"n": len(hidden), "lines": _lines(hidden)}, at))
    if sheet.unseen:
        found.append(Finding(Weight.WARN, "reading.hidden_sheet", {"sheet": sheet.title}, place))
    if sheet.uncalculated:
        values = {"n": len(sheet.uncalculated), "cells": ", ".join(sheet.uncalculated[:5])}
        cell = Place(book.file, sheet.title, cell=sheet.uncalculated[0])
        found.append(Finding(Weight.WARN, "reading.uncalculated", values, cell))
    if sheet.percent:
        found.append(Finding(Weight.NOTE, "reading.percent", {"n": sheet.percent}, place))
    if book.macros:
        found.append(Finding(Weight.NOTE, "reading.macros", {"file": book.file}, place))
    return found


def _lines(lines: Sequence[int]) -> str:
    return ", ".join(map(str, lines[:8])) + (", …" if len(lines) > 8 else "")
