"""A table as a person sees it: a header, and rows with the line numbers of the spreadsheet."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from geoapp.domain.code_column import clean

_CODE_WORDS = {"kode", "kd", "code", "pcode", "id", "iddesa", "idkel", "kodedesa", "kodekel", "kodewilayah"}
_CODE_FORM = re.compile(
    r"\d{2}|\d{4}|\d{6,7}|\d{10}|\d{2}(\.\d{2}){1,2}|(\d{2}\.\d{2}\.\d{2}\.\d{4}|\d{10})(\.[0-9A-Za-z]{1,8}){0,2}"
)
_LONG_FORM = re.compile(r"[1-9]\d{9}|\d{2}\.\d{2}\.\d{2}\.\d{4}(\.[0-9A-Za-z]{1,8}){0,2}")
_SCIENTIFIC = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")
_HEADER_WITHIN = 60
_PROBE = 40


class Row(NamedTuple):
    """One row: its line as a person sees it, and its cells."""

    line: int
    cells: tuple[object, ...]


@dataclass(frozen=True)
class Table:
    """The part of a sheet that is a table; ``titles`` are the texts above it, ``others`` the sheets not read.

    Every row has as many cells as the header; headers are unique. Empty rows are left out.

    ``rows`` are all rows below the header, totals and notes among them: ``asides`` gives the line of those that are no
    data and the reason (``row.total``, ``row.note``, ``row.header_again``). ``groups`` is the header above each column
    (empty without one), ``notes`` the texts below the table, ``headings`` the lines of titles, header and column
    numbers, ``raw`` every row of the sheet as it stands there, ``hidden`` the lines the workbook hides, ``filled`` the
    columns whose blanks were filled from above.
    """

    file: str
    sheet: str
    header: tuple[str, ...]
    header_line: int
    rows: tuple[Row, ...]
    titles: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    asides: Mapping[int, str] = field(default_factory=dict)
    headings: tuple[int, ...] = ()
    raw: tuple[Row, ...] = ()
    hidden: tuple[int, ...] = ()
    filled: tuple[int, ...] = ()

    def column(self, index: int) -> list[object]:
        """The cells of one column, from top to bottom."""
        return [row.cells[index] for row in self.rows]


def text_of(cell: object) -> str:
    """A cell as one line of text."""
    return "" if cell is None or cell != cell else " ".join(str(cell).split())


def plain(header: str) -> str:
    """A header made comparable: ``Kode Desa`` = ``KODE_DESA``."""
    return "_".join(re.findall(r"[a-z0-9]+", header.lower()))


def names_a_code(header: str) -> bool:
    """Whether a header says that its column holds codes."""
    return bool(_CODE_WORDS & set(plain(header).split("_")))


def is_code_like(cell: object, sure: bool = False) -> bool:
    """Whether a cell looks like a region's code; ``sure`` asks for a village's, which little else looks like."""
    text = clean(cell)
    return bool((_LONG_FORM if sure else _CODE_FORM).fullmatch(text) or _SCIENTIFIC.fullmatch(text))


def find_header(rows: Sequence[Row], asked: str | None = None) -> int | None:
    """The index of the header among ``rows``: the first that names a column of codes, judged on what stands below.

    With ``asked`` it is the first row that has this column. Where no header names codes, it is the first row of texts
    above a column full of village codes. None if there is no such row.
    """
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        names = [text_of(cell) for cell in row.cells]
        if asked is not None:
            if plain(asked) in map(plain, names):
                return index
        elif sum(map(bool, names)) >= 2 and _heads_codes(names, rows[index + 1 : index + 1 + _PROBE]):
            return index
    return None


def _heads_codes(names: Sequence[str], below: Sequence[Row]) -> bool:
    if any(is_code_like(name, sure=True) for name in names):
        return False
    for column, name in enumerate(names):
        cells = [row.cells[column] for row in below if column < len(row.cells) and text_of(row.cells[column])]
        sure = not names_a_code(name)
        like = sum(is_code_like(cell, sure) for cell in cells)
        if name and like and like >= (0.6 if sure else 0.3) * len(cells):
            return True
    return False


def cut(file: str, sheet: str, rows: Sequence[Row], header: int, others: tuple[str, ...] = ()) -> Table:
    """The table below the header; rows are padded or cut to its width, empty columns at its end dropped."""
    width = max((n + 1 for row in rows[header:] for n, cell in enumerate(row.cells) if text_of(cell)), default=0)
    names = _unique([text_of(cell) for cell in rows[header].cells[:width]] + [""] * (width - len(rows[header].cells)))
    body = tuple(
        Row(row.line, row.cells[:width] + (None,) * (width - len(row.cells)))
        for row in rows[header + 1 :]
        if any(text_of(cell) for cell in row.cells)
    )
    titles = tuple(text_of(cell) for row in rows[:header] for cell in row.cells if text_of(cell))
    return Table(file, sheet, names, rows[header].line, body, titles, others)


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    """The same header twice becomes ``X`` and ``X (2)``."""
    seen: dict[str, int] = {}
    unique = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        unique.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name)
    return tuple(unique)
