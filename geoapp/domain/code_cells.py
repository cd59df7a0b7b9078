"""One cell of codes: what spreadsheets and copying did to it is mended and named; lost digits are never guessed."""

import re
from collections.abc import Iterable
from datetime import date, time, timedelta
from functools import lru_cache
from typing import NamedTuple

_INVISIBLE = re.compile(r"[\s\u00a0\u200b-\u200f\u2060\ufeff]+")
_DASHES = re.compile("[-\u2010-\u2015\u2212]")
_WHOLE = re.compile(r"\d{10}|\d\d\.\d\d\.\d\d\.\d{4}", re.ASCII)
_QUOTES = "\"'`´‘’“”"
_THOUSANDS = re.compile(r"\d{1,3}([.,])\d{3}\1\d{3}(\1\d{3})*")
_PARTED = re.compile(r"\d\d([/_,])\d\d\1\d\d\1\d{4}\.?|\d\d\.\d\d\.\d\d\.\d{4}\.")
"""A whole village code in its parts, parted by another sign than a point, or with one behind it."""
_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})")
_MONTHS = "jan|feb|mar|apr|may|mei|jun|jul|aug|agu|agt|ags|sep|oct|okt|nov|dec|des"
_CLOCK_OR_DAY = re.compile(
    rf"\d{{1,2}}:\d{{2}}(:\d{{2}})?|\d{{1,2}}[-/ .]?({_MONTHS})[a-z]*([-/ .]?\d{{2,4}})?"
    rf"|({_MONTHS})[a-z]*[-/ .]\d{{1,4}}"
    r"|\d{1,2}/\d{1,2}/\d{2,4}|(19|20)\d\d-\d\d-\d\d(t?\d\d:\d\d(:\d\d)?)?",
    re.IGNORECASE,
)

MENDED = ("float", "blanks", "formula", "quotes", "prefix", "separators", "letter_o", "dashes", "scientific", "zeros")
"""The kinds of repair, by what was found."""


class Cell(NamedTuple):
    """A mended cell, and what was wrong with it."""

    text: str
    mended: tuple[str, ...] = ()


class Scientific(NamedTuple):
    """A number in scientific notation as it was written: ``first.rest E power``."""

    first: str
    rest: str
    power: int

    @property
    def digits(self) -> str:
        """All its digits, zeros put where none were written; empty if it is no whole number."""
        if len(self.rest.rstrip("0")) > self.power or self.power > 20:
            return ""
        return (self.first + self.rest.ljust(self.power, "0"))[: self.power + 1]

    @property
    def complete(self) -> bool:
        """Whether every digit was written."""
        return bool(self.digits) and len(self.rest) >= self.power


def mend(raw: object) -> Cell:
    """One cell as text without what spreadsheets and copying do to codes.

    >>> mend(3604052001.0), mend('="3573021005"')
    (Cell(text='3604052001', mended=('float',)), Cell(text='3573021005', mended=('formula',)))
    """
    if isinstance(raw, str):
        return Cell(raw) if _WHOLE.fullmatch(raw) else _mend_text(raw)
    if raw is None or raw != raw:
        return Cell("")
    if isinstance(raw, float) and 10 <= raw < 1e15 and abs(raw - round(raw)) < 1e-4:
        return Cell(str(round(raw)), ("float",))
    return _mend_text(str(raw))


def clean(raw: object) -> str:
    """The text of a mended cell.

    >>> clean("id3573030002"), clean("3.573011001E+09"), clean("35 73 02 1005")
    ('3573030002', '3573011001', '3573021005')
    >>> clean("3.57301E+09"), clean(None)
    ('3.57301E+09', '')
    """
    return mend(raw).text


def scientific(text: str) -> Scientific | None:
    """The parts of a number in scientific notation, or None."""
    match = _SCIENTIFIC.fullmatch(text)
    return Scientific(match[1], match[2] or "", int(match[3])) if match else None


def is_moment(raw: object) -> bool:
    """Whether a spreadsheet made a date or a time of the cell (``11.01`` became 11 January or 11:01)."""
    if isinstance(raw, (date, time, timedelta)):
        return True
    return isinstance(raw, str) and bool(_CLOCK_OR_DAY.fullmatch(raw.strip()))


@lru_cache(maxsize=4096)
def _mend_text(raw: str) -> Cell:
    mended = []
    for kind, better in _steps(raw):
        mended.append(kind)
        raw = better
    return Cell(raw, tuple(mended))


def _steps(text: str) -> Iterable[tuple[str, str]]:
    """Every repair that changes the text, one upon the other."""
    bare = _INVISIBLE.sub("", text)
    if bare != text:
        yield "blanks", bare
    unquoted = bare.lstrip("=" + _QUOTES).rstrip(_QUOTES) if len(bare) > 2 else bare
    if unquoted != bare:
        yield ("formula" if bare[0] == "=" else "quotes"), unquoted
    text = _DASHES.sub("-", unquoted)
    numbered = re.sub(r"^[iI][dD][._-]?(?=\d)", "", text)
    if numbered != text:
        yield "prefix", numbered
    yield from _signs(numbered)


def _signs(text: str) -> Iterable[tuple[str, str]]:
    """The repairs of points, commas, letters and dashes between the digits."""
    if re.search(r"[Oo]", text) and re.fullmatch(r"[\dOo.]{6,}", text) and re.search(r"\d", text):
        text = re.sub(r"[Oo]", "0", text)
        yield "letter_o", text
    if re.fullmatch(r"\d{2}(-\d+)+", text):
        text = text.replace("-", ".")
        yield "dashes", text
    if _PARTED.fullmatch(text):
        text = re.sub(r"[/_,]", ".", text.rstrip("."))
        yield "separators", text
    if re.fullmatch(r"\d+[.,]0+", text):
        text = re.split(r"[.,]", text)[0]
        yield "float", text
    elif _THOUSANDS.fullmatch(text):
        yield "separators", re.sub(r"[.,]", "", text)
    elif (number := scientific(text)) is not None and number.complete:
        yield "scientific", number.digits
