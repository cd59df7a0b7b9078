"""A file as sheets of rows, before anybody asks which of them is a table."""

from dataclasses import dataclass
from typing import NamedTuple

from geoapp.releases.reading.table import Row

MAX_FILE = 64 * 2**20
"""Bytes of a file as it lies there."""
MAX_TEXT = 160 * 2**20
"""Bytes of a packed CSV once unpacked."""
MAX_ROWS = 500_000
MAX_COLUMNS = 2_000
MAX_CELLS = 4_000_000
"""Cells of all sheets together, the empty ones between full ones counted."""


class Merged(NamedTuple):
    """A range of merged cells: lines as a person counts them, columns from 0, both ends inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """Every row of a sheet down to its last full one, blank rows too; blank cells are None.

    ``hidden`` are the lines that the workbook hides, ``unseen`` whether it hides the sheet, ``uncalculated`` the cells
    with a formula whose value was never stored (they hold the formula as text), ``percent`` the number of cells that
    were shown as per cent and are read so.
    """

    title: str
    rows: tuple[Row, ...]
    hidden: tuple[int, ...] = ()
    merged: tuple[Merged, ...] = ()
    unseen: bool = False
    uncalculated: tuple[str, ...] = ()
    percent: int = 0


@dataclass(frozen=True)
class Book:
    """A file with its sheets; a text file is one sheet without a title. ``macros``: it holds some, which never run."""

    file: str
    digest: str
    sheets: tuple[Sheet, ...]
    macros: bool = False
