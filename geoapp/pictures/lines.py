"""Path data from shapes, and the lines between them: districts' and the whole area's."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import shapely

Ring = np.ndarray[Any, np.dtype[np.int64]]
"""Grid points of a ring, one row each, the first not repeated at the end."""
_COARSER = 4
_ROOM = 1 << 20
"""More grid steps than any picture is wide; shifts what lies outside the frame into the positive."""


def simplified(shapes: Any, tolerance: float, shown: tuple[int, int] | None = None) -> Any:
    """A coverage without the vertices a picture cannot show; shared edges stay shared.

    Between those that are not ``shown`` (first and last number) lines are coarser: they are drawn faded.
    """
    first, last = shown or (1, len(shapes))
    with np.errstate(invalid="ignore"):  # GEOS may leave that flag set beside a right result
        made = shapely.coverage_simplify(shapes, tolerance)
        if last - first + 1 < len(made):
            faded = np.r_[0 : first - 1, last : len(made)]
            made[faded] = shapely.coverage_simplify(made[faded], _COARSER * tolerance, simplify_boundary=False)
    return made


def rings(shapes: Any) -> list[list[Ring]]:
    """The rings of each shape rounded to the grid, without those that collapse."""
    parts, of_part = shapely.get_parts(shapes, return_index=True)
    closed, of_ring = shapely.get_rings(parts, return_index=True)
    exact, place = shapely.get_coordinates(closed, return_index=True)
    drawn: list[list[Ring]] = [[] for _ in shapes]
    if not len(exact):
        return drawn
    inner = np.append(place[1:] == place[:-1], False)  # the last point of a ring is its first again
    points, place = np.rint(exact[inner]).astype(np.int64), place[inner]
    moved = np.any(points != points[_around(place, -1)], axis=1)
    points, place = points[moved], place[moved]
    starts = np.flatnonzero(np.append(True, place[1:] != place[:-1]))
    owners = of_part[of_ring[place[starts]]].tolist() if len(place) else []
    for owner, ring in zip(owners, np.split(points, starts[1:]), strict=False):
        if len(ring) >= 3:
            drawn[owner].append(ring)
    return drawn


def _around(place: Any, step: int) -> Any:
    """For each point the index of the next (1) or last (-1) one of its ring; ``place`` says which ring it is of."""
    every, starts = np.arange(len(place)), np.flatnonzero(np.append(True, place[1:] != place[:-1]))
    ends = np.append(starts[1:], len(place)) - 1
    beside = every + step
    beside[ends if step > 0 else starts] = starts if step > 0 else ends
    return beside


def path(closed: Iterable[Ring]) -> str:
    """Path data of closed rings: one absolute point each, then relative steps."""
    return "".join(_stroke(ring) + "z" for ring in closed)


def open_path(chains: Iterable[Sequence[tuple[int, int]]]) -> str:
    """Path data of open lines."""
    return "".join(_stroke(np.array(chain, dtype=np.int64)) for chain in chains)


def _stroke(points: Ring) -> str:
    steps = np.diff(points, axis=0)
    said = f"M{points[0, 0]} {points[0, 1]}l" + " ".join(f"{x} {y}" for x, y in steps.tolist())
    return said.replace(" -", "-")


def borders(drawn: Sequence[list[Ring]], *owners: Sequence[object]) -> tuple[str, ...]:
    """Path data of the lines between different owners, for each way of owning, and of the outline around everything.

    Each of ``owners`` runs beside ``drawn``; an edge met once is outline, one met by two owners a line between them.
    """
    lengths = [(n, len(ring)) for n, own in enumerate(drawn) for ring in own]
    if not lengths:
        return ("",) * (len(owners) + 1)
    points = np.concatenate([ring for own in drawn for ring in own])
    counts = [n for _, n in lengths]
    shape, ring = np.repeat([n for n, _ in lengths], counts), np.repeat(np.arange(len(lengths)), counts)
    flat = (points[:, 0] + _ROOM) << 31 | (points[:, 1] + _ROOM)
    every = np.sort(np.stack([flat, flat[_around(ring, 1)]], axis=1), axis=1)
    order = np.lexsort((every[:, 1], every[:, 0]))
    every, shape = every[order], shape[order]
    first = np.append(True, np.any(every[1:] != every[:-1], axis=1))
    place = np.flatnonzero(first)
    alone = np.diff(np.append(place, len(every))) == 1
    found = []
    for held in owners:
        names = {owner: n for n, owner in enumerate(dict.fromkeys(held))}
        of = np.array([names[each] for each in held])[shape]
        between = np.minimum.reduceat(of, place) != np.maximum.reduceat(of, place)
        found.append(open_path(_chains(every[place][between])))
    return (*found, open_path(_chains(every[place][alone])))


def _chains(edges: Any) -> list[list[tuple[int, int]]]:
    """Edges joined end to end, so that each is walked once."""
    beside: dict[int, list[int]] = defaultdict(list)
    for a, b in edges.tolist():
        beside[a].append(b)
        beside[b].append(a)
    # ends and forks first: a line begun in its middle would fall into two
    starts = [point for point, others in beside.items() if len(others) != 2] + list(beside)
    chains = []
    for start in starts:
        while beside[start]:
            chains.append([_point(each) for each in _walk(start, beside)])
    return chains


def _walk(start: int, beside: dict[int, list[int]]) -> list[int]:
    walked = [start]
    while beside[walked[-1]]:
        here = walked[-1]
        there = beside[here].pop()
        beside[there].remove(here)
        walked.append(there)
        if len(beside[there]) != 1:
            break
    return walked


def _point(packed: int) -> tuple[int, int]:
    return (packed >> 31) - _ROOM, (packed & ((1 << 31) - 1)) - _ROOM
