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
LENGTHS = {CodeSystem.KEMENDAGRI: (2, 5, 8, 13), CodeSystem.BPS: (2, 4, 7, 10)}
"""Signs of a code in canonical text, from the province down; a code begins with the codes of all that hold it."""
_LEVELS = {
    system: {length: Level(number) for number, length in enumerate(lengths, 1)} for system, lengths in LENGTHS.items()
}
_LOCAL = re.compile(r"[0-9A-Za-z]{1,8}(\.[0-9A-Za-z]{1,8})?")
_KINDS = {"1": "kelurahan", "2": "desa", "3": "desa_adat"}
_DOTTED = re.compile(r"\d\d\.\d\d\.\d\d\.[123]\d{3}", re.ASCII)
_TEN = re.compile(r"\d{10}", re.ASCII)


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
        text = canonical(system, raw)
        if text is None:
            raise ValueError(f"{raw!r} is no {system} code")
        return cls(system, text)

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
        return _LEVELS[self.system].get(len(self.text))

    @property
    def parent(self) -> "RegionCode | None":
        """The code one official level up; a local code's parent is its village; None for a province."""
        if self.local:
            return RegionCode(self.system, self.official)
        return self.at(Level(self.level - 1)) if self.level and self.level > Level.PROVINCE else None

    def at(self, level: Level) -> "RegionCode":
        """This code cut to an upper ``level``; ValueError below the village or below the code itself."""
        if level > Level.VILLAGE or len(self.official) < LENGTHS[self.system][level - 1]:
            raise ValueError(f"{self.text} has no {level.slug}")
        return RegionCode(self.system, self.text[: LENGTHS[self.system][level - 1]])

    @property
    def kind(self) -> str | None:
        """``kelurahan``, ``desa`` or ``desa_adat`` as a Kemendagri village code says; otherwise None."""
        if self.system is not CodeSystem.KEMENDAGRI or self.level is not Level.VILLAGE:
            return None
        return _KINDS[self.text.rsplit(".", 1)[1][0]]


def canonical(system: CodeSystem, raw: str) -> str | None:
    """A cleaned code, dotted or not, in canonical text; None if it is no code of this system.

    >>> canonical(CodeSystem.KEMENDAGRI, "3573021005"), canonical(CodeSystem.BPS, "35.73.02.1005")
    ('35.73.02.1005', None)
    """
    if _TEN.fullmatch(raw):
        if system is CodeSystem.BPS:
            return raw
        return f"{raw[:2]}.{raw[2:4]}.{raw[4:6]}.{raw[6:]}" if raw[6] in _KINDS else None
    if _DOTTED.fullmatch(raw):
        return raw if system is CodeSystem.KEMENDAGRI else None
    return _careful(system, raw.strip())


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


def _careful(system: CodeSystem, raw: str) -> str | None:
    head, tail = _split_local(system, raw)
    digits = head.replace(".", "")
    (widths, joint), ends = GRAMMARS[system], _ENDS[system]
    if not digits.isascii() or not digits.isdigit() or len(digits) not in ends:
        return None
    parts = [digits[end - width : end] for end, width in zip(ends, widths, strict=True) if end <= len(digits)]
    if "." in head and (system is CodeSystem.BPS or head != ".".join(parts)):
        return None
    if system is CodeSystem.KEMENDAGRI and len(parts) == 4 and parts[3][0] not in _KINDS:
        return None
    return joint.join(parts) + (f".{tail}" if tail else "")


def _split_local(system: CodeSystem, text: str) -> tuple[str, str]:
    """The official part and the local part; a text with no whole village code in front has no local part."""
    length = 13 if system is CodeSystem.KEMENDAGRI and "." in text[:3] else 10
    head, tail = text[:length], text[length:]
    if tail.startswith(".") and _LOCAL.fullmatch(tail[1:]):
        return head, tail[1:]
    return text, ""
