"""Region codes, parsed once at the door and trusted inside; never converted by arithmetic.

Kemendagri (Home Affairs) writes ``35.73.02.1005``: dotted 2.2.2.4, the first digit of the last part tells the
kind (1 kelurahan, 2 desa, 3 desa adat). BPS (statistics) writes ``3573030002``: 2+2+3+3 digits, no dots. Both are
ten digits when undotted, and often the same number for different villages, so a code means nothing without its
system. Below the village a code is the village's code, a dot, and a local code: ``35.73.02.1005.03``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from typing import NamedTuple

from geoapp.domain.levels import Level


class CodeSystem(StrEnum):
    """Who gave the code."""

    KEMENDAGRI = "kemendagri"
    BPS = "bps"


NAMES = {CodeSystem.KEMENDAGRI: "Kemendagri", CodeSystem.BPS: "BPS"}
"""What people call the systems."""


class Grammar(NamedTuple):
    """How one system writes its codes: digits of each part from the province down, and what stands between."""

    widths: tuple[int, int, int, int]
    joint: str


GRAMMARS = {
    CodeSystem.KEMENDAGRI: Grammar((2, 2, 2, 4), "."),
    CodeSystem.BPS: Grammar((2, 2, 3, 3), ""),
}
_ENDS = {system: tuple(accumulate(grammar.widths)) for system, grammar in GRAMMARS.items()}
"""Digits down to the end of each part: they tell the level."""
_LOCAL = re.compile(r"[0-9A-Za-z]{1,8}(\.[0-9A-Za-z]{1,8})?")
_KINDS = {"1": "kelurahan", "2": "desa", "3": "desa_adat"}


@dataclass(frozen=True, slots=True, order=True)
class RegionCode:
    """A code in its system, in canonical text.

    >>> RegionCode.parse(CodeSystem.KEMENDAGRI, "3573021005")
    RegionCode(system=<CodeSystem.KEMENDAGRI: 'kemendagri'>, text='35.73.02.1005')
    >>> RegionCode.parse(CodeSystem.BPS, "3573030002").parent.text
    '3573030'
    """

    system: CodeSystem
    text: str

    @classmethod
    def parse(cls, system: CodeSystem, raw: str) -> "RegionCode":
        """Read an already cleaned code, dotted or not.

        Raises
        ------
        ValueError
            If ``raw`` is no code of this system.
        """
        head, tail = _split_local(system, raw.strip())
        digits = head.replace(".", "")
        (widths, joint), ends = GRAMMARS[system], _ENDS[system]
        if not digits.isascii() or not digits.isdigit() or len(digits) not in ends:
            raise ValueError(f"{raw!r} is no {system} code")
        parts = [digits[end - width : end] for end, width in zip(ends, widths, strict=True) if end <= len(digits)]
        if "." in head and (system is CodeSystem.BPS or head != ".".join(parts)):
            raise ValueError(f"{raw!r} is no {system} code")
        if system is CodeSystem.KEMENDAGRI and len(parts) == 4 and parts[3][0] not in _KINDS:
            raise ValueError(f"{raw!r} is no {system} code")
        return cls(system, joint.join(parts) + (f".{tail}" if tail else ""))

    @property
    def official(self) -> str:
        """The part down to the village, without any local code."""
        return _split_local(self.system, self.text)[0]

    @property
    def local(self) -> str:
        """The local code below the village, or an empty text."""
        return _split_local(self.system, self.text)[1]

    @property
    def level(self) -> Level | None:
        """The level the length tells; None below the village, where only the edition knows."""
        if self.local:
            return None
        digits = len(self.text.replace(".", ""))
        return Level(_ENDS[self.system].index(digits) + 1)

    @property
    def parent(self) -> "RegionCode | None":
        """The code one official level up; a local code's parent is its village; None for a province."""
        if self.local:
            return RegionCode(self.system, self.official)
        return self.at(Level(self.level - 1)) if self.level and self.level > Level.PROVINCE else None

    def at(self, level: Level) -> "RegionCode":
        """This code cut to an upper ``level``; ValueError below the village or below the code itself."""
        (widths, joint), ends = GRAMMARS[self.system], _ENDS[self.system][:level]
        digits = self.official.replace(".", "")
        if level > Level.VILLAGE or ends[-1] > len(digits):
            raise ValueError(f"{self.text} has no {level.slug}")
        parts = [digits[end - width : end] for end, width in zip(ends, widths, strict=False)]
        return RegionCode(self.system, joint.join(parts))

    @property
    def kind(self) -> str | None:
        """``kelurahan``, ``desa`` or ``desa_adat`` as a Kemendagri village code says; otherwise None."""
        if self.system is not CodeSystem.KEMENDAGRI or self.level is not Level.VILLAGE:
            return None
        return _KINDS[self.text.rsplit(".", 1)[1][0]]


def holding(uppers: Iterable[str], codes: Iterable[str]) -> list[str]:
    """Those of ``uppers`` that hold every one of ``codes`` (or are it), the highest first; texts of one system.

    In both systems a region's code begins with the codes of all that hold it.

    >>> holding(["35.73", "35", "35.73.01", "35.73.02"], ["35.73.02.1005", "35.73.01.1001"])
    ['35', '35.73']
    """
    every = list(codes)
    if not every:
        return []
    first, last = min(every), max(every)
    return sorted((each for each in uppers if first.startswith(each) and last.startswith(each)), key=len)


def _split_local(system: CodeSystem, text: str) -> tuple[str, str]:
    """The official part and the local part; a text with no whole village code in front has no local part."""
    length = 13 if system is CodeSystem.KEMENDAGRI and "." in text[:3] else 10
    head, tail = text[:length], text[length:]
    if tail.startswith(".") and _LOCAL.fullmatch(tail[1:]):
        return head, tail[1:]
    return text, ""
