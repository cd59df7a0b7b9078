"""What a cell looks like before anybody knows its column: a figure, a year, a sign, a text, a column's number."""

import re
from collections.abc import Sequence
from enum import IntEnum

from geoapp.releases.reading.table import Row, text_of

_FIGURE = re.compile(
    r"[=\"'‘’`(\-–—−+\s]*(?:rp\.?\s*|idr\s*)?\d[\d.,\s\u00a0]*(?:e[+-]?\d+)?\s*"
    r"(?:%|‰|persen|ribu|rb|juta|jt|miliar|triliun|jiwa|orang|kk|ha|km2|km²|m2|m²|,-)?[)\"'¹²³⁰-⁹*reʳᵉˣ⁽⁾\s]*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d\s*(?:[re*ʳᵉˣ]|\*\)|[/-]\s*(?:19|20)?\d\d)?")
_SIGNS = {"-", "–", "—", "…", "...", "..", "na", "n/a", "#n/a", "n.a.", "tad", "*", "x", "xx"}
_NUMBERED = re.compile(r"\((?:\d{1,3}|[a-z])(?:\s*=[^)]*)?\)(?:\s*=[\s\d()+:/x*-]*)?|(?:\d{1,3}|[a-z])\s*=\s*[\d(].*")
_PLAIN_NUMBER = re.compile(r"\d{1,3}(?:\.0)?")


class Kind(IntEnum):
    """What a cell looks like."""

    BLANK = 0
    TEXT = 1
    SIGN = 2
    YEAR = 3
    FIGURE = 4


def kind(cell: object) -> Kind:
    """What a cell looks like; a code is a figure here.

    >>> [kind(cell).name for cell in (None, "Kasin", "…", "2010*", 2008.0, "17.659¹", "35.73.01.1001", "0-4")]
    ['BLANK', 'TEXT', 'SIGN', 'YEAR', 'YEAR', 'FIGURE', 'FIGURE', 'TEXT']
    """
    if cell is None:
        return Kind.BLANK
    if not isinstance(cell, str):
        return Kind.YEAR if isinstance(cell, int | float) and 1900 <= cell <= 2100 and cell % 1 == 0 else Kind.FIGURE
    text = cell.strip()
    if text.casefold() in _SIGNS:
        return Kind.SIGN
    if not any(map(str.isdigit, text)):
        return Kind.TEXT
    if _YEAR.fullmatch(text):
        return Kind.YEAR
    return Kind.FIGURE if _FIGURE.fullmatch(text) else Kind.TEXT


def label(cell: object) -> str:
    """A cell of a header as text: the number 2008.0 was seen as ``2008``."""
    return str(int(cell)) if isinstance(cell, float) and cell % 1 == 0 else text_of(cell)


def filled(row: Row) -> list[int]:
    """The columns of a row that are not blank."""
    return [column for column, cell in enumerate(row.cells) if cell is not None]


def numbers_columns(row: Row) -> bool:
    """Whether a row only numbers the columns: ``(1) (2) (3)``, ``1 2 3``, ``(a) (b)``, ``6 = 4 + 5``."""
    texts = [text_of(cell).lower() for cell in row.cells if cell is not None]
    if len(texts) < 2:
        return False
    marked = sum(bool(_NUMBERED.fullmatch(text)) for text in texts)
    if marked == len(texts):
        return True
    if marked + sum(bool(_PLAIN_NUMBER.fullmatch(text)) for text in texts) < len(texts) or len(texts) < 3:
        return False
    numbers = [int(float(text)) if _PLAIN_NUMBER.fullmatch(text) else -1 for text in texts]
    first = numbers[0]
    return first in (0, 1) and all(number in (first + place, -1) for place, number in enumerate(numbers))


def kinds(rows: Sequence[Row]) -> list[list[Kind]]:
    """The kinds of all cells of some rows."""
    return [[kind(cell) for cell in row.cells] for row in rows]
