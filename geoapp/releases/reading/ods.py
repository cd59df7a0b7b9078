"""The second look at an ODS: its extent before anything is allocated, per cent, hidden rows and merged cells."""

from typing import Any
from xml.parsers import expat

from geoapp.errors import Refused
from geoapp.releases.reading.books import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Merged
from geoapp.releases.reading.packed import Parts
from geoapp.releases.reading.second_look import Seen, as_percent, column_letters, raised

_CELLS = ("table:table-cell", "table:covered-table-cell")


def second_look(parts: Parts) -> dict[str, Seen]:
    """What every sheet holds, by its title.

    Raises
    ------
    Refused
        If it is locked, damaged, or repeats cells to an extent that no table has.
    """
    if b"encryption-data" in parts.whole("META-INF/manifest.xml"):
        raise Refused("error.table_locked", file=parts.file)
    reading = _Reading(parts.file)
    parser = expat.ParserCreate()
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    parser.buffer_text = True
    try:
        for piece in parts.pieces("content.xml"):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Refused("error.table_broken", file=parts.file) from error
    return reading.sheets


class _Reading:
    """Follows the elements of content.xml; repeated cells are counted, not made."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.sheets: dict[str, Seen] = {}
        self.sheet = Seen()
        self.raised: set[str] = set()
        self.style = ""
        self.line = self.column = self.repeat = self.full = 0
        self.cell: dict[str, str] = {}
        self.said: list[str] = []
        self.spans: list[str] = []
        self.lifted = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name in _CELLS:
            self.cell, self.said, self.lifted = attributes, [], False
        elif name == "table:table-row":
            self._row(attributes)
        elif name == "table:table":
            self.sheet = self.sheets[attributes.get("table:name", "")] = Seen()
            self.line = 0
        elif name == "text:span":
            self.spans.append(attributes.get("text:style-name", ""))
        elif name == "style:style":
            self.style = attributes.get("style:name", "")
        elif name == "style:text-properties" and attributes.get("style:text-position", "").startswith("super"):
            self.raised.add(self.style)

    def end(self, name: str) -> None:
        """An element ends."""
        if name in _CELLS:
            self._cell()
        elif name == "table:table-row":
            self.line += self.repeat
            if self.full:
                self._full_row()
        elif name == "text:span" and self.spans:
            self.spans.pop()

    def text(self, text: str) -> None:
        """Text inside a cell, raised or not."""
        up = bool(self.spans) and self.spans[-1] in self.raised
        self.lifted |= up
        self.said.append(raised(text) if up else text)

    def _row(self, attributes: dict[str, str]) -> None:
        self.repeat = self._times(attributes.get("table:number-rows-repeated"))
        self.column = self.full = 0
        if attributes.get("table:visibility", "visible") != "visible" and self.repeat <= MAX_ROWS:
            self.sheet.hidden += tuple(range(self.line + 1, self.line + 1 + self.repeat))

    def _cell(self) -> None:
        times = self._times(self.cell.get("table:number-columns-repeated"))
        kind = self.cell.get("office:value-type")
        place = (self.line + 1, self.column)
        if kind or self.said:
            self.full = self.column + times
            self.sheet.cells += times * self.repeat
            self._refuse_extent()
            for offset in range(times):
                self._correct((place[0], place[1] + offset), kind)
        self._merge(place)
        self.column += times

    def _correct(self, place: tuple[int, int], kind: str | None) -> None:
        for line in range(place[0], place[0] + self.repeat):
            if kind == "percentage":
                self.sheet.instead[line, place[1]] = as_percent(float(self.cell.get("office:value", "nan")))
                self.sheet.percent += 1
            elif kind == "string" and self.lifted:
                self.sheet.instead[line, place[1]] = "".join(self.said)

    def _merge(self, place: tuple[int, int]) -> None:
        rows = self._times(self.cell.get("table:number-rows-spanned"))
        columns = self._times(self.cell.get("table:number-columns-spanned"))
        if rows > 1 or columns > 1:
            top, left = place
            self.sheet.merged += (Merged(top, left, top + rows - 1, left + columns - 1),)

    def _full_row(self) -> None:
        self.sheet.rows = self.line
        self.sheet.columns = max(self.sheet.columns, self.full)
        self.sheet.last = f"{column_letters(self.sheet.columns - 1)}{self.line}"

    def _refuse_extent(self) -> None:
        if self.full > MAX_COLUMNS or self.line + self.repeat > MAX_ROWS or self.sheet.cells > MAX_CELLS:
            values: dict[str, Any] = {"rows": MAX_ROWS, "columns": MAX_COLUMNS, "cells": MAX_CELLS}
            raise Refused("error.table_too_long", file=self.file, **values)

    def _times(self, said: str | None) -> int:
        if said is None:
            return 1
        if not said.isdecimal():
            raise Refused("error.table_broken", file=self.file)
        return int(said[:12])
