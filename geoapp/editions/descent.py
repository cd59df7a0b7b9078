"""What two editions suggest of a lineage: codes that ended or began, by code, by name and by the land they share."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer

from geoapp.domain.codes import CodeSystem, RegionCode
from geoapp.domain.lineage import Kind, ShareOf, Step
from geoapp.domain.names import normalise
from geoapp.editions.output import write_table

COLUMNS = (
    "old", "old_name", "new", "new_name", "kind", "share", "share_of", "legal_basis", "date", "why", "accept",
)  # fmt: skip
"""As the file is written; ``legal_basis`` and ``accept`` are left empty for a person."""
_PIECE = 0.05
"""A region that got less of another one than this share did not follow it: the border was drawn anew …"""
_MOSTLY = 0.5
"""… unless it lies in it by more than half, as a small new village in a large old one does."""
Shapes = npt.NDArray[np.object_]
Indexes = npt.NDArray[np.int64]

_EQUAL_AREA = Transformer.from_crs(4326, 6933, always_xy=True)


class Drawn(NamedTuple):
    """A region of an edition; its shape as WKB in EPSG:4326."""

    code: str
    name: str
    wkb: bytes


class Suggested(NamedTuple):
    """A step with the names on both sides, and why it is suggested (a message id)."""

    step: Step
    old_name: str
    new_name: str
    why: str


class Descent(NamedTuple):
    """What is suggested, and the old codes that nothing seems to follow."""

    steps: tuple[Suggested, ...]
    unfollowed: tuple[str, ...]


def suggest(system: CodeSystem, old: Sequence[Drawn], new: Sequence[Drawn], since: date) -> Descent:
    """The steps from one edition's regions to a later one's; shares are of the area, for each old code 1 in all."""
    before, after = {each.code: each for each in old}, {each.code: each for each in new}
    shared = _shared(old, new)
    parts, origins = Counter(one for one, _ in shared), Counter(other for _, other in shared)
    shares = _shares(shared)
    steps = []
    for one, other in sorted(shared):
        step = Step(since, one, other, Kind.MOVE)
        if parts[one] > 1:
            step = replace(step, kind=Kind.SPLIT, share=shares[one, other], share_of=ShareOf.AREA)
        elif origins[other] > 1:
            step = replace(step, kind=Kind.MERGE)
        else:
            step = replace(step, kind=_alone(system, before[one], after[other]))
        steps.append(Suggested(step, before[one].name, after[other].name, _why(before[one], after[other])))
    for code in sorted(before.keys() & after.keys()):
        if code not in parts and code not in origins and _renamed(before[code], after[code]):
            step = Step(since, code, code, Kind.RENAME)
            steps.append(Suggested(step, before[code].name, after[code].name, "lineage.why.code"))
    gone = tuple(sorted(code for code in before.keys() - after.keys() if code not in parts))
    return Descent(tuple(steps), gone)


def write(path: Path, steps: Sequence[Suggested], why: Mapping[str, str]) -> None:
    """Write the steps for a person to mark; ``why`` are the reasons in the reader's words.

    Raises
    ------
    Refused
        If it cannot be written.
    """
    rows = []
    for step, old_name, new_name, reason in steps:
        share = (step.share, step.share_of.value) if step.share and step.share_of else ("", "")
        sides = (step.old, old_name, step.new, new_name)
        rows.append((*sides, step.kind.value, *share, step.act, step.since.isoformat(), why[reason], ""))
    write_table(path, COLUMNS, rows)


def _shared(old: Sequence[Drawn], new: Sequence[Drawn]) -> dict[tuple[str, str], float]:
    """The land (m²) that codes which ended or began share with others, and with themselves where they stayed beside."""
    before, after = {each.code: n for n, each in enumerate(old)}, {each.code: n for n, each in enumerate(new)}
    shapes, others = _flat(old), _flat(new)
    left, right = shapely.STRtree(others).query(shapes, predicate="intersects")
    asked = [old[i].code not in after or new[j].code not in before for i, j in zip(left, right, strict=True)]
    found = _land(shapes, others, left[asked], right[asked])
    apart = {(old[i].code, new[j].code): area for i, j, area in found}
    beside = sorted({code for pair in apart for code in pair} & before.keys() & after.keys())
    stayed = _land(
        shapes, others, np.array([before[c] for c in beside], int), np.array([after[c] for c in beside], int)
    )
    return apart | {(old[i].code, new[j].code): area for i, j, area in stayed}


def _shares(shared: Mapping[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    """The share of its old code that every pair has; the largest takes what rounding leaves, so that they make 1."""
    pairs: dict[str, list[tuple[str, str]]] = {}
    for pair in sorted(shared, key=lambda each: shared[each]):
        pairs.setdefault(pair[0], []).append(pair)
    found: dict[tuple[str, str], float] = {}
    for *rest, last in pairs.values():
        whole = sum(shared[each] for each in (*rest, last))
        found |= {each: max(round(shared[each] / whole, 4), 0.0001) for each in rest}
        found[last] = round(1 - sum(found[each] for each in rest), 4)
    return found


def _land(shapes: Shapes, others: Shapes, left: Indexes, right: Indexes) -> list[tuple[int, int, float]]:
    """Pairs that share enough land to be one's heir, with the land."""
    areas = shapely.area(shapely.intersection(shapes[left], others[right]))
    enough = (areas >= _PIECE * shapely.area(shapes[left])) | (areas >= _MOSTLY * shapely.area(others[right]))
    return list(zip(left[enough].tolist(), right[enough].tolist(), areas[enough].tolist(), strict=True))


def _flat(drawn: Sequence[Drawn]) -> Shapes:
    """The shapes on an equal-area plane."""
    read = shapely.from_wkb([each.wkb for each in drawn])
    flat: Shapes = shapely.transform(read, _EQUAL_AREA.transform, interleaved=False)
    return flat


def _alone(system: CodeSystem, one: Drawn, other: Drawn) -> Kind:
    """What happened where one code became one other."""
    left, right = RegionCode(system, one.code), RegionCode(system, other.code)
    if left.parent != right.parent:
        return Kind.MOVE
    if left.kind != right.kind:
        return Kind.KIND
    return Kind.RENAME if _renamed(one, other) else Kind.MOVE


def _renamed(one: Drawn, other: Drawn) -> bool:
    return normalise(one.name) != normalise(other.name)


def _why(one: Drawn, other: Drawn) -> str:
    if one.code == other.code:
        return "lineage.why.code"
    return "lineage.why.area" if _renamed(one, other) else "lineage.why.name"
