"""Codes that stand in several columns, put together as their system writes them; zeros that a number lost come back.

``35``, ``73``, ``50``, ``1`` is BPS ``3573050001``: two, two, three and three digits. Home Affairs writes two, two, two
and four. The last part tells which: a village of Home Affairs has a number from 1001 up, one of BPS at most 999.
"""

from collections.abc import Sequence
from typing import NamedTuple

from geoapp.domain.code_cells import clean
from geoapp.domain.codes import GRAMMARS, CodeSystem
from geoapp.domain.levels import Level

Column = Sequence[object]
_MOSTLY = 0.9


class Composed(NamedTuple):
    """What the columns make: one text a row (empty where a part is no number), and the rows that got zeros back."""

    system: CodeSystem | None
    texts: tuple[str, ...]
    padded: tuple[int, ...]


def compose(columns: Sequence[Column | None], regency: str = "", asked: CodeSystem | None = None) -> Composed:
    """Put the parts of province, regency, district and village together; ``regency`` is what stands in no column.

    Without a ``system`` the parts do not tell it, and the texts are as BPS would write them.
    """
    cells = [[clean(cell).replace(".", "") for cell in column] if column is not None else None for column in columns]
    system = asked or _system(cells)
    widths = GRAMMARS[system or CodeSystem.BPS].widths
    start = clean(regency).replace(".", "")
    texts, padded = [], []
    for row in range(max((len(column) for column in cells if column is not None), default=0)):
        text, filled = _row([column[row] if column is not None else None for column in cells], widths, start)
        texts.append(text)
        if filled:
            padded.append(row)
    return Composed(system, tuple(texts), tuple(padded))


def _row(parts: Sequence[str | None], widths: Sequence[int], start: str) -> tuple[str, bool]:
    """The code of one row, cut where no finer part is given, and whether a part lacked zeros."""
    text, filled = "", False
    for level, (part, width) in enumerate(zip(parts, widths, strict=True), 1):
        whole = sum(widths[:level])
        if part is None:
            if level <= Level.REGENCY:
                text = start[:whole] if len(start) >= whole else ""
                continue
            break
        if not part:
            return (text, filled) if level > Level.REGENCY and not any(parts[level - 1 :]) else ("", False)
        if not (part.isascii() and part.isdigit()):
            return "", False
        if len(part) == whole > width and part.startswith(text):
            text = part
        elif len(part) > width or len(text) != whole - width:
            return "", False
        else:
            filled = filled or len(part) < width
            text += part.zfill(width)
    return text, filled


def _system(cells: Sequence[Sequence[str] | None]) -> CodeSystem | None:
    districts, villages = cells[2], cells[3]
    if villages is not None and (numbers := [int(cell) for cell in villages if cell.isascii() and cell.isdigit()]):
        own = sum(1000 <= number <= 3999 for number in numbers)
        if own >= _MOSTLY * len(numbers):
            return CodeSystem.KEMENDAGRI
        return CodeSystem.BPS if own <= (1 - _MOSTLY) * len(numbers) else None
    if districts is not None and (parts := [cell for cell in districts if cell.isascii() and cell.isdigit()]):
        if all(len(part) in (6, 7) for part in parts):
            return CodeSystem.KEMENDAGRI if len(parts[0]) == 6 else CodeSystem.BPS
        if any(len(part) == 3 for part in parts):
            return CodeSystem.BPS
        return CodeSystem.KEMENDAGRI if any(part.startswith("0") for part in parts) else None
    return None
