"""The header of a sheet: the row or rows of labels above the first data, found by what stands below."""

from collections.abc import Sequence
from typing import NamedTuple

from geoapp.releases.reading.books import Merged, Sheet
from geoapp.releases.reading.cells import Kind, filled, kinds, label, numbers_columns
from geoapp.releases.reading.place_columns import names_upper_place, says_place
from geoapp.releases.reading.table import names_a_code, plain

_WITHIN = 80
_BELOW = 40
_ROWS = 6
_ASKED = 12
_LONG = 90


class Header(NamedTuple):
    """Indices into the rows of a sheet: the first and the last row of labels, and the first row below them."""

    top: int
    bottom: int
    start: int


def find_header(sheet: Sheet, asked: Sequence[str] = ()) -> Header | None:
    """The header of a sheet, or None if it has none with something below; ``asked`` are columns that it must have."""
    look = _Look(sheet)
    found = [header for index in range(len(look.kinds)) if (header := look.above(index))]
    if asked:
        return look.having(asked, found)
    if not found:
        return look.of_texts() or look.of_numbers()
    best = found[0]
    for header in found[1:]:
        # lines such as "Tahun | 2024" above the table look like a small table of their own
        if header.start - best.start <= _ROWS and look.width(header) > look.width(best):
            best = header
    return best


class _Look:
    """The first rows of a sheet by what their cells look like."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rows = sheet.rows[: _WITHIN + _BELOW]
        self.kinds = kinds(self.rows)
        self.filled = [filled(row) for row in self.rows]
        self.numbering = [numbers_columns(row) for row in self.rows]

    def above(self, index: int) -> Header | None:
        """The header whose data begin in this row."""
        if index >= _WITHIN or not self._is_data(index):
            return None
        bottom = self._bottom(index)
        if bottom is None:
            return None
        header = Header(self._top(bottom), bottom, self._start(bottom))
        used = self._used(index)
        labelled = self._labelled(header)
        if len(labelled) < 2 or len(labelled & used) < 0.6 * len(used):
            return None
        return header

    def having(self, asked: Sequence[str], found: Sequence[Header]) -> Header | None:
        """The first header with the columns that were asked for, else any row that has them all."""
        wanted = set(map(plain, asked))
        for header in found:
            labels = {plain(label(cell)) for row in self.rows[header.top : header.bottom + 1] for cell in row.cells}
            if wanted <= labels:
                return header
        for index, row in enumerate(self.rows):
            if wanted <= {plain(label(cell)) for cell in row.cells}:
                return Header(self._top(index), index, self._start(index))
        # made unique names such as "SUSPEK – Perawatan RS" stand in no cell; whoever asked looks again
        return found[0] if found else self.of_texts()

    def of_texts(self) -> Header | None:
        """The header of a table of words alone: its first full row."""
        widest = max(map(len, self.filled), default=0)
        for index, columns in enumerate(self.filled):
            short = all(len(label(self.rows[index].cells[column])) <= _LONG for column in columns)
            if len(columns) >= max(2, 0.6 * widest) and short and self._is_label(index):
                below = [columns for columns in self.filled[index + 1 :] if len(columns) >= 2]
                return Header(self._top(index), index, self._start(index)) if below else None
        return None

    def of_numbers(self) -> Header | None:
        """A header that calls its columns by numbers, as questionnaires do: ``KODE | 101 | 102``."""
        index = next((n for n, columns in enumerate(self.filled) if columns), None)
        if index is None or index + 1 >= len(self.rows) or not any(self.filled[index + 1 :]):
            return None
        labels = [label(self.rows[index].cells[column]) for column in self.filled[index]]
        places = [text for text in labels if names_a_code(text) or (says_place(text) and len(text.split()) == 1)]
        numbers = [text for text in labels if text.isdecimal() and len(text) < 7]
        if not places or len(set(labels)) < len(labels) or len(places) + len(numbers) < len(labels):
            return None
        return Header(index, index, self._start(index))

    def width(self, header: Header) -> int:
        """How many columns a header names."""
        return len(self._labelled(header))

    def _is_data(self, index: int) -> bool:
        if len(self.filled[index]) < 2 or self.numbering[index]:
            return False
        said = self.kinds[index]
        if Kind.FIGURE in said:
            return True
        years = [column for column, each in enumerate(said) if each is Kind.YEAR]
        return bool(years) and not self._heads_years(index, years)

    def _heads_years(self, index: int, years: Sequence[int]) -> bool:
        """Whether years are labels here: below a label stand other figures, below a datum other years.

        A figure may look like a year (2,039 people), so a few rows are asked.
        """
        if self._names_a_place(index):
            return False
        below = [n for n in range(index + 1, len(self.rows)) if self.filled[n] and not self.numbering[n]][:_ASKED]
        return bool(below) and not any(self._only_years(below, column) for column in years)

    def _names_a_place(self, index: int) -> bool:
        """Whether a text stands below the label of a column of places and is no such label itself: a village."""
        rows_above = range(index - 1, -1, -1)
        above = next((n for n in rows_above if len(self.filled[n]) >= 2 and not self.numbering[n]), None)
        if above is None:
            return False
        pairs = [
            (label(self.rows[above].cells[column]), label(self.rows[index].cells[column]))
            for column in self.filled[index]
            if self.kinds[index][column] is Kind.TEXT and column in self.filled[above]
        ]
        return any(says_place(upper) and plain(lower) and not says_place(lower) for upper, lower in pairs)

    def _only_years(self, rows: Sequence[int], column: int) -> bool:
        said = [self.kinds[n][column] for n in rows if column in self.filled[n] and column < len(self.kinds[n])]
        return bool(said) and all(each is Kind.YEAR for each in said)

    def _is_label(self, index: int) -> bool:
        return bool(self.filled[index]) and not self.numbering[index] and not self._is_data(index)

    def _bottom(self, index: int) -> int | None:
        """The row of labels above the data; numbers of columns and a group's heading may lie between."""
        for above in range(index - 1, max(-1, index - 1 - _ROWS), -1):
            if not self.filled[above] or self.numbering[above]:
                continue
            if self._is_data(above):
                return None
            if len(self.filled[above]) >= 2 and not self._heads_group(above):
                return above
        return None

    def _heads_group(self, index: int) -> bool:
        """Whether a row is only ``A | Kecamatan Klojen``, above the villages of that district."""
        texts = [label(self.rows[index].cells[column]) for column in self.filled[index]]
        return len(texts) <= 2 and any(map(names_upper_place, texts))

    def _top(self, bottom: int) -> int:
        top = bottom
        while top > 0 and bottom - top < _ROWS - 1 and self._continues(top - 1, top, bottom):
            top -= 1
        return top

    def _continues(self, index: int, top: int, bottom: int) -> bool:
        """Whether the row above the header is part of it, and no title."""
        columns = self.filled[index]
        if not columns or not self._is_label(index):
            return False
        line, used = self.rows[index].line, self._used(bottom + 1) | self._labelled(Header(top, bottom, 0))
        last = self.rows[top].line
        for merged in self.sheet.merged:
            if merged.top <= line <= merged.bottom and merged.left in range(max(used, default=0) + 1):
                if merged.bottom >= last:
                    return True
                if merged.right > merged.left and not _spans(merged, used):
                    return True
        labelled = self._labelled(Header(top, bottom, 0))
        if len(columns) >= 2 and set(columns) & used - labelled:
            return True
        if len(columns) >= max(2, 0.6 * len(used)):
            return True
        return (
            bool(used)
            and min(columns) > min(used)
            and all(len(label(self.rows[index].cells[column])) <= _LONG / 2 for column in columns)
            and not _spans_all(self.sheet.merged, line, used)
        )

    def _start(self, bottom: int) -> int:
        """The first row below the labels and the numbers of the columns."""
        start = bottom + 1
        for index in range(bottom + 1, min(bottom + 4, len(self.rows))):
            if self.numbering[index]:
                start = index + 1
        return start

    def _used(self, index: int) -> set[int]:
        return {column for columns in self.filled[index : index + _BELOW] for column in columns}

    def _labelled(self, header: Header) -> set[int]:
        found = {column for columns in self.filled[header.top : header.bottom + 1] for column in columns}
        lines = {row.line for row in self.rows[header.top : header.bottom + 1]}
        for merged in self.sheet.merged:
            if merged.top in lines and merged.left in found:
                found |= set(range(merged.left, min(merged.right, 2_000) + 1))
        return found


def _spans(merged: Merged, used: set[int]) -> bool:
    """Whether a merged cell lies over nearly all columns: then it is a title."""
    return sum(merged.left <= column <= merged.right for column in used) >= 0.8 * len(used)


def _spans_all(merged: Sequence[Merged], line: int, used: set[int]) -> bool:
    return any(each.top <= line <= each.bottom and _spans(each, used) for each in merged)
