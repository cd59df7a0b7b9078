"""A column of region codes, read as a whole: damaged cells are mended, and one system is found for all of them.

A single undotted ten-digit cell may be a code of either system, and often is one in both; so the whole column
decides, with the names beside it as witness (reference: codes of places). Nothing is ever converted between systems.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from geoapp.domain.codes import CodeSystem, RegionCode
from geoapp.domain.levels import Level
from geoapp.domain.names import normalise
from geoapp.errors import Refused

Lists = Mapping[CodeSystem, Mapping[str, str]]
"""Official lists: code in canonical text → official name; any of the systems may be absent."""

AGREEMENT = 0.8
"""The share of rows that must agree before a witness is believed …"""
LEAD = 2.0
"""… and how many times more than the other system's."""
ENOUGH = 30
"""From so many codes on, being in a list is no accident (whole small districts can be)."""
STRAYS = 0.05
"""The share of cells that may contradict what the lists say of all others: typing mistakes."""

_HEADERS = {
    CodeSystem.BPS: ("iddesa", "idkec", "idkab", "bps", "pcode"),
    CodeSystem.KEMENDAGRI: ("kemendagri", "dagri", "kdepum", "dukcapil"),
}
_INVISIBLE = re.compile(r"[\s\u00a0\u200b-\u200f\u2060\ufeff]+")
_DASHES = re.compile("[-\u2010-\u2015\u2212]")
_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a column says.

    ``codes`` has one entry a row, None where the cell is no code of the system (those rows are ``bad``); ``level`` is
    that of most codes, None below the village; ``repaired`` counts mended cells. ``reason`` with ``values`` says why
    this system; if a person must decide, ``system`` is None and ``question`` holds the message and its values.
    """

    system: CodeSystem | None
    codes: tuple[RegionCode | None, ...]
    level: Level | None
    repaired: int
    bad: tuple[int, ...]
    reason: str
    values: Mapping[str, Any] = field(default_factory=dict)
    question: tuple[str, Mapping[str, Any]] | None = None


class _Verdict(NamedTuple):
    system: CodeSystem | None
    reason: str
    values: Mapping[str, Any]


def clean(raw: object) -> str:
    """One cell as text without what spreadsheets and copying do to codes; never a guess at lost digits.

    >>> clean(3604052001.0), clean('="3573021005"'), clean("id3573030002"), clean("3.573011001E+09")
    ('3604052001', '3573021005', '3573030002', '3573011001')
    >>> clean("3.57301E+09"), clean("35 73 02 1005"), clean(None)
    ('3.57301E+09', '3573021005', '')
    """
    if raw is None or raw != raw:
        return ""
    if isinstance(raw, float) and 1e6 <= raw < 1e15 and abs(raw - round(raw)) < 1e-4:
        return str(round(raw))
    text = _INVISIBLE.sub("", str(raw))
    if text.startswith("=") and len(text) > 2:
        text = text[1:]
    text = _DASHES.sub("-", text.strip("\"'`‘’"))
    text = re.sub(r"^[iI][dD][._-]?(?=\d)", "", text)
    text = re.sub(r"(?<=\d)\.0+$", "", text) if re.fullmatch(r"\d+\.0+", text) else text
    if re.fullmatch(r"\d{1,3}([.,])\d{3}\1\d{3}(\1\d{3})*", text):
        return re.sub(r"[.,]", "", text)
    if re.fullmatch(r"[\dOo.]{6,}", text) and re.search(r"[Oo]", text):
        text = re.sub(r"[Oo]", "0", text)
    if re.fullmatch(r"\d{2}(-\d+)+", text):
        text = text.replace("-", ".")
    digits, whole = _expanded(text)
    return digits if digits and whole else text


def read_column(
    raw: Sequence[object],
    names: Sequence[object],
    lists: Lists,
    header: str = "",
    asked: CodeSystem | None = None,
) -> Reading:
    """Read a whole column; ``names`` beside it (same length, or empty) are the witness, ``asked`` ends all doubt.

    Raises
    ------
    Refused
        ``error.code_digits_lost`` if a spreadsheet shortened the codes to scientific notation and dropped digits.
    """
    cells = _without_short_notation([clean(cell) for cell in raw])
    repaired = sum(bool(cell) and cell != str(was).strip() for cell, was in zip(cells, raw, strict=True))
    readings = {system: {cell: _code(system, cell) for cell in set(cells)} for system in CodeSystem}
    verdict = (
        _Verdict(asked, "code.asked", {}) if asked else _decide(cells, _paired(cells, names), readings, lists, header)
    )
    if verdict.system is None:
        question = ("question.code_system", verdict.values) if verdict.reason == "question.code_system" else None
        every = tuple(range(len(cells)))
        reason = "code.undecided" if question else verdict.reason
        return Reading(None, (None,) * len(cells), None, repaired, every, reason, {}, question)
    codes = tuple(readings[verdict.system][cell] for cell in cells)
    bad = tuple(row for row, code in enumerate(codes) if code is None)
    return Reading(verdict.system, codes, _level(codes), repaired, bad, verdict.reason, verdict.values)


def _expanded(text: str) -> tuple[str, bool]:
    """The digits a number in scientific notation stands for, and whether all of them were written."""
    match = _SCIENTIFIC.fullmatch(text)
    if not match:
        return "", False
    first, rest, power = match[1], match[2] or "", int(match[3])
    if len(rest.rstrip("0")) > power or power > 20:
        return "", False
    return (first + rest.ljust(power, "0"))[: power + 1], len(rest) >= power


def _without_short_notation(cells: list[str]) -> list[str]:
    """Short scientific notation is harmless where other cells show all their digits: only zeros were dropped."""
    short = [cell for cell in cells if _SCIENTIFIC.fullmatch(cell)]
    if not short:
        return cells
    power = int(_SCIENTIFIC.fullmatch(short[0])[3])  # type: ignore[index]
    written = max(len(_SCIENTIFIC.fullmatch(cell)[2] or "") for cell in short)  # type: ignore[index]
    # a trailing zero or two may have been dropped honestly, but then a neighbour shows the digit before them
    if written < power - 1 or not any(re.fullmatch(r"\d{10}", cell) for cell in cells):
        raise Refused("error.code_digits_lost", n=len(short), example=short[0], line=cells.index(short[0]) + 1)
    return [_expanded(cell)[0] or cell for cell in cells]


def _code(system: CodeSystem, cell: str) -> RegionCode | None:
    try:
        return RegionCode.parse(system, cell) if cell else None
    except ValueError:
        return None


def _paired(cells: Sequence[str], names: Sequence[object]) -> Mapping[str, str]:
    """Each different cell with the first name beside it; long tables repeat them for every period."""
    beside: dict[str, str] = {}
    for row, cell in enumerate(cells):
        name = names[row] if row < len(names) else None
        if cell and not beside.get(cell):
            said = "" if name is None or name != name else str(name).strip()
            beside[cell] = said if re.search(r"[^\W\d_]", said) else ""
    return beside


def _decide(
    cells: Sequence[str],
    beside: Mapping[str, str],
    readings: Mapping[CodeSystem, Mapping[str, RegionCode | None]],
    lists: Lists,
    header: str,
) -> _Verdict:
    kemendagri, bps = readings[CodeSystem.KEMENDAGRI], readings[CodeSystem.BPS]
    readable = [cell for cell in beside if kemendagri[cell] or bps[cell]]
    if not readable:
        return _Verdict(None, "code.none_readable", {"n": len(cells)})
    only_k = [cell for cell in readable if not bps[cell]]
    only_b = [cell for cell in readable if not kemendagri[cell]]
    dotted = any(re.match(r"\d\d\.", cell) for cell in only_k)
    if (dotted and not only_b) or len(only_k) >= max(1, len(readable) / 2, len(only_b) / STRAYS):
        return _Verdict(CodeSystem.KEMENDAGRI, "code.dotted" if dotted else "code.lengths", {"n": len(only_k)})
    if only_b and len(only_k) <= STRAYS * len(only_b):
        strays = len(only_b) <= STRAYS * len(readable)
        if not (strays and _believed(CodeSystem.KEMENDAGRI, *_witness(readable, beside, readings, lists))):
            return _Verdict(CodeSystem.BPS, "code.seventh_digit", {"n": len(only_b), "example": only_b[0]})
    agreement, membership = _witness(readable, beside, readings, lists)
    for system in CodeSystem:
        if _believed(system, agreement, membership):
            return _Verdict(system, *_why(system, agreement, membership))
    hinted = [system for system, hints in _HEADERS.items() if any(hint in header.lower() for hint in hints)]
    if len(hinted) == 1 and agreement.get(hinted[0], 1.0) >= 0.5:
        return _Verdict(hinted[0], "code.header", {"header": header})
    return _Verdict(None, "question.code_system", _examples(readable, beside, readings, lists))


Shares = Mapping[CodeSystem, float]


def _witness(
    readable: Sequence[str],
    beside: Mapping[str, str],
    readings: Mapping[CodeSystem, Mapping[str, RegionCode | None]],
    lists: Lists,
) -> tuple[Shares, Shares]:
    """The share of named cells whose name agrees with each list, and of all cells that are in it."""
    named = {cell: normalise(beside[cell]) for cell in readable if normalise(beside[cell])}
    agreement: dict[CodeSystem, float] = {}
    membership: dict[CodeSystem, float] = {}
    for system, official in lists.items():
        codes = {cell: code.text for cell in readable if (code := readings[system][cell])}
        if not official:
            continue
        if len(readable) >= ENOUGH:
            membership[system] = sum(code in official for code in codes.values()) / len(readable)
        if named:
            agreed = sum(normalise(official.get(codes.get(cell, ""), "")) == name for cell, name in named.items())
            agreement[system] = agreed / len(named)
    return agreement, membership


def _believed(system: CodeSystem, agreement: Shares, membership: Shares) -> bool:
    """Names first; without names (or if no list has them), being in a list, where that cannot be an accident."""
    for shares in (agreement, membership):
        own, others = shares.get(system, 0.0), max((s for other, s in shares.items() if other != system), default=0.0)
        if own >= AGREEMENT and own >= LEAD * others:
            return True
        if shares is agreement and max(agreement.values(), default=1.0) < 0.5:
            return False
    return False


def _why(system: CodeSystem, agreement: Shares, membership: Shares) -> tuple[str, Mapping[str, Any]]:
    if agreement.get(system, 0.0) >= AGREEMENT:
        return "code.names", {"percent": round(100 * agreement[system])}
    return "code.listed", {"percent": round(100 * membership[system])}


def _examples(
    readable: Sequence[str],
    beside: Mapping[str, str],
    readings: Mapping[CodeSystem, Mapping[str, RegionCode | None]],
    lists: Lists,
) -> Mapping[str, Any]:
    """Three rows with what either reading would make of them."""
    rows = []
    for cell in readable[:3]:
        meant = []
        for system, official in lists.items():
            code = readings[system][cell]
            if name := official.get(code.text if code else "", ""):
                meant.append(f"{system.value}: {name}")
        rows.append(" ".join(filter(None, (cell, beside[cell], f"({'; '.join(meant)})" if meant else ""))))
    return {"examples": " · ".join(rows)}


def _level(codes: Sequence[RegionCode | None]) -> Level | None:
    counted = Counter(code.level for code in codes if code)
    return counted.most_common(1)[0][0] if counted else None
