"""A table as a person sees it: a header, and rows with the line numbers of the spreadsheet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from geoapp.domain.code_column import clean
from geoapp.domain.findings import Finding, Understood

_CODE_WORDS = {"kode", "kd", "code", "pcode", "id", "iddesa", "idkel", "kodedesa", "kodekel", "kodewilayah"}
_CODE_FORM = re.compile(
    r"\d{2}|\d{4}|\d{6,7}|\d{10}|\d{2}(\.\d{2}){1,2}|(\d{2}\.\d{2}\.\d{2}\.\d{4}|\d{10})(\.[0-9A-Za-z]{1,8}){0,2}"
)
_LONG_FORM = re.compile(r"(?:1[1-9]|[2-9]\d)\d{8}|\d{2}\.\d{2}\.\d{2}\.\d{4}(\.[0-9A-Za-z]{1,8}){0,2}")
_SCIENTIFIC = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")


class Row(NamedTuple):
    """One row: its line as a person sees it, and its cells."""

    line: int
    cells: tuple[object, ...]


@dataclass(frozen=True)
class Table:
    """The part of a sheet that is a table; ``titles`` are the texts above it, ``others`` the sheets not read.

    Every row has as many cells as the header; headers are unique. Empty rows are left out.

    ``rows`` are all rows below the header, totals and notes among them: ``asides`` gives the line of those that are no
    data and the reason (``row.total``, ``row.note``, ``row.header_again``, ``row.group``, ``row.other_table``).
    ``groups`` is what stands above each column's own heading (empty without one), ``notes`` the texts below the table,
    ``headings`` the lines of titles, header and column numbers, ``raw`` every full row of the sheet as it stands there,
    ``hidden`` the lines the workbook hides, ``filled`` the columns whose blanks were filled from above; ``understood``
    says where the table was found, ``findings`` what a reader of the report should know of the sheet.
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
    understood: tuple[Understood, ...] = ()
    findings: tuple[Finding, ...] = ()

    def full(self, index: int) -> str:
        """A column's name with the heading above it: ``Penduduk (jiwa) – Laki-laki``."""
        name, group = self.header[index], self.groups[index] if index < len(self.groups) else ""
        return name if not group or name.startswith(f"{group} – ") else " – ".join(filter(None, (group, name)))

    def leaf(self, index: int) -> str:
        """A column's own heading, without the one above it and the number that makes it unique."""
        group = self.groups[index] if index < len(self.groups) else ""
        return re.sub(r" \(\d{1,2}\)$", "", self.header[index].removeprefix(f"{group} – "))

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
