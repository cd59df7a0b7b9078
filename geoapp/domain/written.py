"""One cell as a person wrote it: its digits, and beside them sign, thousands in words, unit, marks and footnotes.

Which sign stands before the decimals only the column knows; here the digits stay as they are written.
"""

import re
from typing import NamedTuple

from geoapp.domain.observations import Mark
from geoapp.domain.units import TIMES, Unit, read_unit

_CELL = re.compile(
    r"(?P<sign>[-\u2212\u2013+]?) ?(?P<money>Rp\.? ?)?"
    r"(?P<digits>\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?(?![\d.,])|\d[\d.,]*|[.,]\d+)(?P<rest>.*)",
    re.IGNORECASE,
)
_MARK_SIGNS = {
    "*": Mark.PROVISIONAL,
    "x": Mark.PROVISIONAL,
    "xx": Mark.PROVISIONAL,
    "r": Mark.REVISED,
    "e": Mark.ESTIMATED,
}
_MARK = re.compile(r" ?(?:\*{1,3}\)?|xx?(?![a-z])|[re](?![a-z])|\((?:xx?|[re*])\))", re.IGNORECASE)
_FOOTNOTE = re.compile(r" ?(?:[\u00b9\u00b2\u00b3\u2070-\u2079]+[)\u207e]?|[†‡])|(?: [1-9]\d?| ?[a-z])\)")
_RAISED = str.maketrans("ʳᵉˣ", "rex")
"""Marks as printed yearbooks raise them."""
_SCIENTIFIC = re.compile(r"[-+]?\d+([.,]\d+)?[eE][-+]?\d+")
_LETTERS = {"M": 1e9, "T": 1e12}


class Written(NamedTuple):
    """A number in a cell: ``digits`` with their dots and commas, and what stands beside them."""

    digits: str
    negative: bool = False
    marks: frozenset[Mark] = frozenset()
    footnotes: tuple[str, ...] = ()
    times: float = 1.0
    unit: Unit | None = None


def read_written(text: str, money: bool = False) -> Written | None:
    """The number a text holds, None if it holds none; ``money`` says that M and T are *miliar* and *triliun*.

    >>> read_written("17.659 1)").digits, read_written("1,2 juta").times, read_written("12 jiwa").unit.kind
    ('17.659', 1000000.0, 'count')
    >>> read_written("1.242²⁾").footnotes, read_written("7.210ʳ").marks == {Mark.REVISED}
    (('²⁾',), True)
    >>> read_written("12 atau 13"), read_written("5 April 2020")
    (None, None)
    """
    bare = re.sub(r"\s*,-+$", "", text.translate(_RAISED))
    about = bare.startswith(("±", "~"))
    bare = bare[1:].lstrip() if about else bare
    within = re.fullmatch(r"\((.+)\)", bare)
    found = _CELL.fullmatch(within[1].strip() if within else bare)
    if found is None:
        return None
    beside = _beside(found["rest"], money or bool(found["money"]))
    if beside is None:
        return None
    marks, footnotes, times, unit = beside
    if within and (times != 1.0 or footnotes or marks):
        return None
    digits = re.sub(r"[ ']", "", found["digits"]).rstrip(".,")
    negative = bool(within) or found["sign"] in ("-", "\u2212", "\u2013")
    unit = Unit("money", 1.0) if found["money"] else unit
    return Written(digits, negative, marks | {Mark.ESTIMATED} if about else marks, footnotes, times, unit)


def is_scientific(text: str) -> bool:
    """Whether a text is a number as a machine writes it: ``3.5e+2``."""
    return bool(_SCIENTIFIC.fullmatch(text))


def _beside(rest: str, money: bool) -> tuple[frozenset[Mark], tuple[str, ...], float, Unit | None] | None:
    """What stands behind the digits, None if anything there is not understood."""
    marks: set[Mark] = set()
    footnotes: list[str] = []
    times, unit = 1.0, None
    while rest.strip():
        if found := _FOOTNOTE.match(rest):
            footnotes.append(found[0].strip())
        elif found := _MARK.match(rest):
            marks.add(_MARK_SIGNS[re.sub(r"\*+", "*", found[0].strip(" ()").lower())])
        elif found := re.match(r" ?([A-Za-z]+)\b\.?", rest):
            word = found[1]
            more = TIMES.get(word.lower()) or (_LETTERS.get(word) if money else None)
            if more is None and word in _LETTERS:
                return None
            if more is None:
                unit = read_unit(rest)
                return (frozenset(marks), tuple(footnotes), times, unit) if unit else None
            times *= more
        else:
            unit = read_unit(rest)
            return (frozenset(marks), tuple(footnotes), times, unit) if unit else None
        rest = rest[found.end() :]
    return frozenset(marks), tuple(footnotes), times, unit
