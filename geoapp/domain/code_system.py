"""Which system a whole column of codes is written in: by their form, by the names beside them, by the official lists.

Advice of the reference: no cell decides for itself; what cannot be told apart is asked, with three rows as examples.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from geoapp.domain.codes import CodeSystem
from geoapp.domain.names import normalise

Lists = Mapping[CodeSystem, Mapping[str, str]]
"""Official lists: code in canonical text → official name; any of the systems may be absent."""

Meant = Mapping[CodeSystem, Mapping[str, str | None]]
"""What every different cell is in each system, in canonical text."""


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
_SAMPLE = 4_000
"""So many cells, evenly spread, are witnesses enough."""
Shares = Mapping[CodeSystem, float]


class Verdict(NamedTuple):
    """The system and why, as a message id with its values; without a system a question, or that nothing is readable."""

    system: CodeSystem | None
    reason: str
    values: Mapping[str, Any]


def decide(
    cells: Sequence[str],
    beside: Mapping[str, str],
    meant: Meant,
    lists: Lists,
    header: str,
) -> Verdict:
    """The system of a column; ``beside`` holds every different cell with the name beside it."""
    kemendagri, bps = meant[CodeSystem.KEMENDAGRI], meant[CodeSystem.BPS]
    readable = [cell for cell in beside if kemendagri[cell] or bps[cell]]
    if not readable:
        return Verdict(None, "code.none_readable", {"n": len(cells)})
    only_k = [cell for cell in readable if not bps[cell]]
    only_b = [cell for cell in readable if not kemendagri[cell]]
    rows = Counter(cells)
    dotted = any(re.match(r"\d\d\.", cell) for cell in only_k)
    if (dotted and not only_b) or len(only_k) >= max(1, len(readable) / 2, len(only_b) / STRAYS):
        return Verdict(CodeSystem.KEMENDAGRI, "code.dotted" if dotted else "code.lengths", {"n": len(only_k)})
    if only_b and len(only_k) <= STRAYS * len(only_b):
        strays = len(only_b) <= STRAYS * len(readable)
        if not (strays and _believed(CodeSystem.KEMENDAGRI, *_witness(readable, rows, beside, meant, lists))):
            return Verdict(CodeSystem.BPS, "code.seventh_digit", {"n": len(only_b), "example": only_b[0]})
    agreement, membership = _witness(readable, rows, beside, meant, lists)
    for system in CodeSystem:
        if _believed(system, agreement, membership):
            return Verdict(system, *_why(system, agreement, membership))
    hinted = [system for system, hints in _HEADERS.items() if any(hint in header.lower() for hint in hints)]
    if len(hinted) == 1 and agreement.get(hinted[0], 1.0) >= 0.5:
        return Verdict(hinted[0], "code.header", {"header": header})
    return Verdict(None, "question.code_system", _examples(readable, beside, meant, lists))


def _witness(
    readable: Sequence[str],
    rows: Mapping[str, int],
    beside: Mapping[str, str],
    meant: Meant,
    lists: Lists,
) -> tuple[Shares, Shares]:
    """The share of named rows whose name agrees with each list, and of all different cells that are in it.

    A long table has a village's code once a period, and a mistyped one once: rows outvote it.
    """
    readable = readable[:: len(readable) // _SAMPLE + 1]
    named = {cell: name for cell in readable if (name := normalise(beside[cell]))}
    agreement: dict[CodeSystem, float] = {}
    membership: dict[CodeSystem, float] = {}
    for system, official in lists.items():
        if not official:
            continue
        codes = meant[system]
        if len(readable) >= ENOUGH:
            membership[system] = sum((codes[cell] or "") in official for cell in readable) / len(readable)
        if named:
            same = [cell for cell, name in named.items() if normalise(official.get(codes[cell] or "", "")) == name]
            agreement[system] = sum(map(rows.__getitem__, same)) / sum(map(rows.__getitem__, named))
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
    meant: Meant,
    lists: Lists,
) -> Mapping[str, Any]:
    """Three rows with what either reading would make of them."""
    rows = []
    for cell in readable[:3]:
        either = []
        for system, official in lists.items():
            if name := official.get(meant[system][cell] or "", ""):
                either.append(f"{system.value}: {name}")
        rows.append(" ".join(filter(None, (cell, beside[cell], f"({'; '.join(either)})" if either else ""))))
    return {"examples": " · ".join(rows)}
