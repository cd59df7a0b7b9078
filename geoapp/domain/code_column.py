"""A column of region codes, read as a whole: damaged cells are mended, and one system is found for all of them.

A single undotted ten-digit cell may be a code of either system, and often is one in both; so the whole column
decides, with the names beside it as witness (reference: codes of places). Nothing is ever converted between systems.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from geoapp.domain.code_cells import Cell, clean, is_moment, mend, scientific
from geoapp.domain.code_system import STRAYS, Lists, Verdict, decide
from geoapp.domain.codes import CodeSystem, RegionCode, canonical
from geoapp.domain.levels import Level
from geoapp.domain.names import normalise
from geoapp.errors import Refused

__all__ = ["Lists", "Reading", "Repair", "clean", "read_column"]

_SHORT_REGENCY = re.compile(r"\d\d\.\d")
_REGENCY = re.compile(r"\d\d\.\d\d?")


class Repair(NamedTuple):
    """One kind of repair: how many cells had it, and the first of them before and after."""

    n: int
    before: str
    after: str
    row: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a column says.

    ``codes`` has one entry a row, None where the cell is no code of the system (those rows are ``bad``); ``level`` is
    that of most codes, None below the village; ``repaired`` counts mended cells, ``repairs`` says which kinds of damage
    they had; ``moments`` are the rows where a spreadsheet made a date or a time of the code. ``reason`` with ``values``
    says why this system; if a person must decide, ``system`` is None and ``question`` holds the message and its values.
    """

    system: CodeSystem | None
    codes: tuple[RegionCode | None, ...]
    level: Level | None
    repaired: int
    bad: tuple[int, ...]
    reason: str
    values: Mapping[str, Any] = field(default_factory=dict)
    question: tuple[str, Mapping[str, Any]] | None = None
    repairs: Mapping[str, Repair] = field(default_factory=dict)
    moments: tuple[int, ...] = ()


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
        ``error.code_digits_lost`` if a spreadsheet shortened the codes to scientific notation and dropped digits;
        ``error.code_moments`` if it made dates or times of them.
    """
    mended = [mend(cell) for cell in raw]
    moments = _moments(raw, mended)
    cells, padded = _with_zeros(_without_short_notation([cell.text for cell in mended]), lists)
    repairs = _repairs(raw, mended, cells, padded)
    repaired = sum(bool(cell.mended) or row in padded for row, cell in enumerate(mended) if cell.text)
    meant = {system: {cell: canonical(system, cell) for cell in set(cells)} for system in CodeSystem}
    beside = _paired(cells, names)
    verdict = Verdict(asked, "code.asked", {}) if asked else decide(cells, beside, meant, lists, header)
    if verdict.system is None:
        question = ("question.code_system", verdict.values) if verdict.reason == "question.code_system" else None
        every = tuple(range(len(cells)))
        reason = "code.undecided" if question else verdict.reason
        return Reading(None, (None,) * len(cells), None, repaired, every, reason, {}, question, repairs, moments)
    codes = _codes(verdict.system, cells, beside, meant[verdict.system], lists.get(verdict.system, {}))
    bad = tuple(row for row, code in enumerate(codes) if code is None)
    level = _level(codes)
    return Reading(verdict.system, codes, level, repaired, bad, verdict.reason, verdict.values, None, repairs, moments)


def _moments(raw: Sequence[object], mended: Sequence[Cell]) -> tuple[int, ...]:
    rows = tuple(row for row, cell in enumerate(raw) if is_moment(cell))
    if rows and len(rows) >= 0.5 * sum(bool(cell.text) for cell in mended):
        raise Refused("error.code_moments", n=len(rows), example=str(raw[rows[0]]), line=rows[0] + 1)
    return rows


def _without_short_notation(cells: list[str]) -> list[str]:
    """Short scientific notation is harmless where other cells show all their digits: only zeros were dropped."""
    short = {row: number for row, cell in enumerate(cells) if "e" in cell.lower() and (number := scientific(cell))}
    if not short:
        return cells
    row, first = next(iter(short.items()))
    written = max(len(number.rest) for number in short.values())
    # a trailing zero or two may have been dropped honestly, but then a neighbour shows the digit before them
    if written < first.power - 1 or not any(cell.isdigit() and len(cell) == 10 for cell in cells):
        raise Refused("error.code_digits_lost", n=len(short), example=cells[row], line=row + 1)
    return [(short[row].digits or cell) if row in short else cell for row, cell in enumerate(cells)]


def _with_zeros(cells: list[str], lists: Lists) -> tuple[list[str], frozenset[int]]:
    """In a column of regencies ``35.1`` was ``35.10``, where there is one: the number lost its last zero."""
    if not all(_REGENCY.fullmatch(cell) for cell in cells if cell):
        return cells, frozenset()
    known = lists.get(CodeSystem.KEMENDAGRI, {})
    rows = frozenset(n for n, cell in enumerate(cells) if _SHORT_REGENCY.fullmatch(cell) and f"{cell}0" in known)
    return [f"{cell}0" if n in rows else cell for n, cell in enumerate(cells)], rows


def _repairs(
    raw: Sequence[object], mended: Sequence[Cell], cells: Sequence[str], padded: frozenset[int]
) -> Mapping[str, Repair]:
    """Every kind of repair with its first example; cells that hold no digit were no codes."""
    found: dict[str, list[int]] = {}
    for row, cell in enumerate(mended):
        kinds = (*cell.mended, "zeros") if row in padded else cell.mended
        for kind in kinds:
            found.setdefault(kind, []).append(row)
    repairs = {}
    for kind, every in found.items():
        rows = [row for row in every if any(map(str.isdigit, cells[row]))]
        if rows:
            repairs[kind] = Repair(len(rows), str(raw[rows[0]]), cells[rows[0]], rows[0])
    return repairs


def _codes(
    system: CodeSystem,
    cells: Sequence[str],
    beside: Mapping[str, str],
    meant: Mapping[str, str | None],
    official: Mapping[str, str],
) -> tuple[RegionCode | None, ...]:
    """The code of every row; a lone undotted cell in a dotted column may be of the other system, and is none."""
    codes = {cell: RegionCode(system, text) for cell, text in meant.items() if text}
    if system is CodeSystem.KEMENDAGRI:
        plain = [cell for cell, code in codes.items() if cell != code.text and code.level is Level.VILLAGE]
        if plain and len(plain) <= STRAYS * len(codes):
            for cell in plain:
                if normalise(official.get(codes[cell].text, "")) != (normalise(beside[cell]) or None):
                    del codes[cell]
    return tuple(map(codes.get, cells))


def _paired(cells: Sequence[str], names: Sequence[object]) -> Mapping[str, str]:
    """Each different cell with the first name beside it; long tables repeat them for every period."""
    if not names:
        return dict.fromkeys(filter(None, cells), "")
    beside: dict[str, str] = {}
    for cell, name in zip(cells, names, strict=True):
        if cell and not beside.get(cell):
            said = "" if name is None or name != name else str(name).strip()
            beside[cell] = said if any(map(str.isalpha, said)) else ""
    return beside


def _level(codes: Sequence[RegionCode | None]) -> Level | None:
    counted = Counter(code.level for code in codes if code)
    return counted.most_common(1)[0][0] if counted else None
