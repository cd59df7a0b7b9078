"""Tracing snapped steps back to polygons: necks cancel, rings turn into the same land, holes find their shell."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

Array = Any


class Steps(NamedTuple):
    """Steps ``start`` → ``end`` (numbers of ``points``, which are whole) in the order of each ring, with its owner."""

    points: Array
    start: Array
    end: Array
    ring: Array
    owner: Array


def traced(steps: Steps, regions: int) -> Array:
    """One MultiPolygon a region, shells counter-clockwise where y grows upward; empty where every step cancelled."""
    steps = _uncancelled(steps)
    order, ring = _rings(steps)
    return _polygons(steps.points, steps.start[order], ring, steps.owner[order], regions)


def _uncancelled(steps: Steps) -> Steps:
    """Without the steps that one owner takes both ways: land that collapsed to a line."""
    low, high = np.minimum(steps.start, steps.end), np.maximum(steps.start, steps.end)
    _, line = np.unique(low * len(steps.points) + high, return_inverse=True)
    key = steps.owner * (int(line.max(initial=0)) + 1) + line
    order = np.argsort(key, kind="stable")
    same = key[order][1:] == key[order][:-1]
    doubled = np.zeros(len(key), dtype=bool)
    doubled[order[1:][same]] = doubled[order[:-1][same]] = True
    if not doubled.any():
        return steps
    places = np.flatnonzero(doubled)
    _, group = np.unique(key[places], return_inverse=True)
    ahead = steps.start[places] < steps.end[places]
    net = np.bincount(group, np.where(ahead, 1, -1)).astype(int)
    # of the steps that go the way that is left over, as many stay as are left
    going = np.flatnonzero(np.where(ahead, net[group] > 0, net[group] < 0))
    going = going[np.argsort(group[going], kind="stable")]
    nth = np.arange(len(going)) - np.searchsorted(group[going], group[going])
    keep = ~doubled
    keep[places[going[nth < np.abs(net[group[going]])]]] = True
    return Steps(steps.points, *(each[keep] for each in steps[1:]))


def _rings(steps: Steps) -> tuple[Array, Array]:
    """The steps' numbers in ring order, and the ring each then belongs to; no ring meets a point twice."""
    total = len(steps.start)
    if not total:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    at = steps.owner * len(steps.points)
    key = at + steps.start
    shared = _repeated(key)
    goes_on = (steps.ring[1:] == steps.ring[:-1]) & (steps.end[:-1] == steps.start[1:]) & ~shared[1:]
    first = np.flatnonzero(np.concatenate(([True], ~goes_on)))
    last = np.append(first[1:], total) - 1
    follows = _joined(steps, first, last, key[first], (at + steps.end)[last])
    order, ring = _walked(first, last, follows)
    return _split(steps.start, order, ring, shared)


def _repeated(key: Array) -> Array:
    order = np.argsort(key, kind="stable")
    same = key[order][1:] == key[order][:-1]
    repeated = np.zeros(len(key), dtype=bool)
    repeated[order[1:][same]] = repeated[order[:-1][same]] = True
    return repeated


def _joined(steps: Steps, first: Array, last: Array, out: Array, into: Array) -> Array:
    """For each run of steps the run that follows: where several meet, the next one clockwise, across the same land."""
    runs = len(first)
    here = np.concatenate((steps.start[first], steps.end[last]))
    there = np.concatenate((steps.end[first], steps.start[last]))
    ray = steps.points[there] - steps.points[here]
    angle = np.arctan2(ray[:, 1], ray[:, 0])
    key = np.concatenate((out, into))
    order = np.lexsort((angle, key))
    key, coming, run = key[order], order >= runs, order % runs
    begin = np.searchsorted(key, key)
    end = np.searchsorted(key, key, side="right")
    place = np.arange(len(order))
    before = np.where(place == begin, end - 1, place - 1)
    follows = np.empty(runs, dtype=np.int64)
    crossed = np.isin(key, key[coming & coming[before]])
    plain = coming & ~crossed
    follows[run[plain]] = run[before[plain]]
    # edges that crossed before they were rounded: rings close all the same, and whoever called looks at what came of it
    follows[run[coming & crossed]] = run[~coming & crossed]
    return follows


def _walked(first: Array, last: Array, follows: Array) -> tuple[Array, Array]:
    """Runs put one behind the other: the steps in order, and the ring of each."""
    runs, ring, following = [], [], follows.tolist()
    seen = bytearray(len(following))
    for run in range(len(following)):
        each = run
        while not seen[each]:
            seen[each] = 1
            runs.append(each)
            ring.append(run)
            each = following[each]
    lengths = (last - first + 1)[runs]
    nth = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return np.repeat(first[runs], lengths) + nth, np.repeat(ring, lengths)


def _split(start: Array, order: Array, ring: Array, shared: Array) -> tuple[Array, Array]:
    """A ring that meets a point twice is cut there into two."""
    risky = np.flatnonzero(shared[order])
    if not len(risky):
        return order, ring
    _, at, count = np.unique(
        ring[risky] * (int(start.max()) + 1) + start[order[risky]], return_index=True, return_counts=True
    )
    twice = np.unique(ring[risky[at[count > 1]]])
    if not len(twice):
        return order, ring
    hit = np.isin(ring, twice)
    orders, rings, fresh = [order[~hit]], [ring[~hit]], int(ring.max()) + 1
    for wanted in twice:
        members = order[ring == wanted]
        for loop in _loops(start[members].tolist()):
            orders.append(members[loop])
            rings.append(np.full(len(loop), fresh))
            fresh += 1
    return np.concatenate(orders), np.concatenate(rings)


def _loops(points: list[int]) -> Iterator[list[int]]:
    """The positions of each simple loop of a closed walk."""
    walk: list[int] = []
    place: dict[int, int] = {}
    for position, point in enumerate(points):
        if point in place:
            back = place[point]
            loop = walk[back:]
            yield loop
            for each in loop:
                place.pop(points[each])
            del walk[back:]
        place[point] = len(walk)
        walk.append(position)
    yield walk


def _polygons(points: Array, start: Array, ring: Array, owner: Array, regions: int) -> Array:
    """Rings (steps of one ring follow each other) as one MultiPolygon a region."""
    import shapely

    made = np.full(regions, shapely.MultiPolygon(), dtype=object)
    if not len(ring):
        return made
    begins = np.flatnonzero(np.concatenate(([True], ring[1:] != ring[:-1])))
    number = np.repeat(np.arange(len(begins)), np.diff(np.append(begins, len(ring))))
    placed = points[start]
    lines = shapely.linearrings(placed.astype(float), indices=number)
    near = placed - placed[begins][number]
    beyond = np.arange(1, len(ring) + 1)
    beyond[np.append(begins[1:], len(ring)) - 1] = begins
    twice = np.add.reduceat(near[:, 0] * near[beyond, 1] - near[beyond, 0] * near[:, 1], begins)
    shell, holes = np.flatnonzero(twice > 0), np.flatnonzero(twice < 0)
    owners = owner[begins]
    belongs = _shells(lines, owners, shell, holes)
    holes, belongs = holes[belongs >= 0], belongs[belongs >= 0]
    chosen = np.concatenate((shell, holes))
    polygon = np.concatenate((np.arange(len(shell)), belongs))
    order = np.argsort(polygon, kind="stable")
    solid = shapely.polygons(lines[chosen[order]], indices=polygon[order])
    order = np.argsort(owners[shell], kind="stable")
    shapely.multipolygons(solid[order], indices=owners[shell][order], out=made)
    return made


def _shells(lines: Array, owners: Array, shell: Array, holes: Array) -> Array:
    """For each hole the position in ``shell`` of the smallest shell of its owner that covers it; -1 if none does."""
    import shapely

    if not len(holes):
        return np.empty(0, np.int64)
    order = np.argsort(owners[shell], kind="stable")
    sorted_owner = owners[shell][order]
    first = np.searchsorted(sorted_owner, owners[holes])
    count = np.searchsorted(sorted_owner, owners[holes], side="right") - first
    hole = np.repeat(np.arange(len(holes)), count)
    candidate = order[np.repeat(first, count) + np.arange(len(hole)) - np.repeat(np.cumsum(count) - count, count)]
    solid, water = shapely.polygons(lines[shell]), shapely.polygons(lines[holes])
    # an island within the hole may cover its point, too
    larger = shapely.area(solid[candidate]) > shapely.area(water[hole])
    hole, candidate = hole[larger], candidate[larger]
    covers = shapely.intersects(solid[candidate], shapely.point_on_surface(water)[hole])
    hole, candidate = hole[covers], candidate[covers]
    smallest = np.lexsort((shapely.area(solid[candidate]), hole))
    wanted, at = np.unique(hole[smallest], return_index=True)
    belongs = np.full(len(holes), -1)
    belongs[wanted] = candidate[smallest][at]
    return belongs
