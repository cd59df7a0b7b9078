"""RT and RW as tables write them: ``RT 003/RW 02``, ``3``, ``RW II``; what counts is the number within the village."""

import re
from typing import NamedTuple

from geoapp.domain.levels import Level

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_SAID = {
    Level.RT: re.compile(r"\bRT[\s.:_-]*(?P<number>\d+|[IVXL]+\b)", re.IGNORECASE),
    Level.RW: re.compile(r"\bRW[\s.:_-]*(?P<number>\d+|[IVXL]+\b)", re.IGNORECASE),
}
_PAIR = re.compile(r"0*(\d{1,3})\s*/\s*0*(\d{1,3})")
_ALONE = re.compile(r"\s*0*(\d{1,3})(\.0+)?\s*|\s*([IVXL]+)\s*", re.IGNORECASE)


class Numbers(NamedTuple):
    """The numbers of RW and RT; None where it is not said."""

    rw: int | None = None
    rt: int | None = None


def numbers_in(text: str, level: Level | None = None) -> Numbers:
    """The numbers a text names; a number alone is that of ``level``, two with a stroke are RT and RW.

    >>> numbers_in("RT 003/RW 02"), numbers_in("RW II"), numbers_in("3", Level.RW), numbers_in("003/002", Level.RT)
    (Numbers(rw=2, rt=3), Numbers(rw=2, rt=None), Numbers(rw=3, rt=None), Numbers(rw=2, rt=3))
    """
    said = {each: _number(match["number"]) for each, form in _SAID.items() if (match := form.search(text))}
    if said:
        return Numbers(said.get(Level.RW), said.get(Level.RT))
    if level is Level.RT and (pair := _PAIR.fullmatch(text.strip())):
        return Numbers(int(pair[2]), int(pair[1]))
    alone = _ALONE.fullmatch(text) if level is not None else None
    if alone is None:
        return Numbers()
    number = _number(alone[1] or alone[3])
    return Numbers(rw=number) if level is Level.RW else Numbers(rt=number)


def numbers_of(local: str, level: Level) -> Numbers:
    """The numbers in the part of a code below the village: ``002`` for an RW, ``002.003`` for an RT in its RW.

    >>> numbers_of("002", Level.RW), numbers_of("002.003", Level.RT)
    (Numbers(rw=2, rt=None), Numbers(rw=2, rt=3))
    """
    digits = [int(part) for part in re.findall(r"\d+", local)]
    if level is Level.RW:
        return Numbers(rw=digits[0]) if len(digits) == 1 else Numbers()
    return Numbers(*digits) if len(digits) == 2 else Numbers(rt=digits[0]) if len(digits) == 1 else Numbers()


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    values = [_ROMAN[sign] for sign in text.upper()]
    return sum(-each if each < after else each for each, after in zip(values, [*values[1:], 0], strict=True))
