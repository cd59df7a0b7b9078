"""Snap rounding: a whole coverage put on an integer grid at once, so that neighbours keep every vertex in common.

An edge becomes the chain of *hot points* whose unit squares it passes through, in order of passage; hot points are the
rounded vertices and the places where edges cross a line along which tiles will be cut. Every shared edge is treated
once, so both its sides get the same chain. (J. D. Hobby, *Practical segment intersection with finite precision
output*, 1999.) What passes where is decided in whole numbers, without rounding errors.
"""

from typing import Any, NamedTuple

import numpy as np

from geoapp.editions import snap_rings

Array = Any
_FINE = 16
"""A vertex is first put to 2⁻¹⁶ of a unit, and moved by so much from the side of a square, if it lies on one."""
_UNIT, _HALF = 1 << _FINE, 1 << (_FINE - 1)
_KEY = 32
"""Bits of a coordinate of the grid in a combined key."""
_AT_ONCE = 200_000
"""Edges looked at in one go: what is in memory is bounded, whatever the coverage."""
_LONG = 1 << 30
"""Beyond this length products leave 64 bits; the few longer edges are computed with Python's own integers."""


class Cuts(NamedTuple):
    """Where tiles will be cut: at ``k · side ± margin`` along both axes, in units."""

    side: int
    margin: int


class Edges(NamedTuple):
    """Every edge of a coverage once, from its lesser vertex on, and how the regions' rings run along them.

    ``start`` and ``end`` are (n, 2) in fractions of a unit. For each step of each ring, in order: ``edge``, whether it
    is run ``forward``, the ring and the ``owner``; land lies to the left where y grows upward.
    """

    start: Array
    end: Array
    edge: Array
    forward: Array
    ring: Array
    owner: Array


class Chains(NamedTuple):
    """What became of the edges: ``points`` of the grid, and of each edge ``first`` and ``count`` in ``along``."""

    points: Array
    along: Array
    first: Array
    count: Array


def snap(shapes: Array, cuts: Cuts | None = None, hot: Array = ()) -> Array:
    """The coverage on the grid: one MultiPolygon a shape, empty for a region that vanished.

    ``shapes`` are a valid coverage in units, not negative; ``hot`` are further points (n, 2) that must become vertices
    where an edge passes their square. Shells run counter-clockwise where y grows upward; a vertex moves by half a
    square's diagonal at most. Two neighbours have every vertex of their border in common, and every edge that meets a
    cut line has a vertex on it.
    """
    edges = edges_of(shapes)
    return snap_rings.traced(steps(edges, chains_of(edges, cuts, hot)), len(shapes))


def edges_of(shapes: Array, scale: float = 1.0) -> Edges:
    """The edges of a coverage, each once, whichever way it runs; there are ``scale`` units to one of its own."""
    import shapely

    parts, owner = shapely.get_parts(np.asarray(shapes, dtype=object), return_index=True)
    parts = shapely.orient_polygons(parts)
    rings, part = shapely.get_rings(parts, return_index=True)
    drawn, ring = shapely.get_coordinates(rings, return_index=True)
    vertex, vertices = _numbered(_fine(drawn * scale))
    here = np.flatnonzero((ring[1:] == ring[:-1]) & (vertex[1:] != vertex[:-1]))
    one, other, ring = vertex[here], vertex[here + 1], ring[here]
    forward = one < other
    low, high = np.where(forward, one, other), np.where(forward, other, one)
    once, edge = np.unique(low * len(vertices) + high, return_inverse=True)
    low, high = np.divmod(once, max(1, len(vertices)))
    return Edges(vertices[low], vertices[high], edge, forward, ring, owner[part[ring]])


def chains_of(edges: Edges, cuts: Cuts | None, hot: Array = ()) -> Chains:
    """Every edge as hot points in order of passage; its own rounded ends are always among them."""
    start, end = edges.start, edges.end
    crossings = _crossings(start, end, cuts) if cuts else np.empty((0, 2), dtype=np.int64)
    further = np.asarray(hot, dtype=np.int64).reshape(-1, 2)
    keys = np.unique(_key(np.vstack((_rounded(start), _rounded(end), crossings, further))))
    points = np.column_stack((keys >> _KEY, keys & ((1 << _KEY) - 1)))
    lookup = _Rows(points, int(np.abs(end - start)[:, 1].mean()) >> _FINE if len(start) else 0)
    found = [_passed(start[at], end[at], at, points, lookup) for at in _portions(start, end)]
    edge, along = (np.concatenate(each) for each in zip(*found, strict=True)) if found else 2 * (np.empty(0, np.int64),)
    ordered = np.argsort(edge, kind="stable")
    count = np.bincount(edge, minlength=len(start))
    return Chains(points, along[ordered], np.cumsum(count) - count, count)


def steps(edges: Edges, chains: Chains) -> snap_rings.Steps:
    """The rings as steps from hot point to hot point; an edge inside one square is no step."""
    count = chains.count[edges.edge] - 1
    use = np.repeat(np.arange(len(edges.edge)), count)
    nth = np.arange(len(use)) - np.repeat(np.cumsum(count) - count, count)
    first, forward = chains.first[edges.edge][use], edges.forward[use]
    last = first + count[use]
    begin = np.where(forward, first + nth, last - nth)
    beyond = np.where(forward, begin + 1, begin - 1)
    return snap_rings.Steps(chains.points, chains.along[begin], chains.along[beyond], edges.ring[use], edges.owner[use])


def _fine(drawn: Array) -> Array:
    fine = np.floor(drawn * _UNIT).astype(np.int64)
    return fine + ((fine & (_UNIT - 1)) == _HALF)


def _numbered(points: Array) -> tuple[Array, Array]:
    """Equal points under one number, numbers ascending with (x, y); and the points by number."""
    order = np.lexsort((points[:, 1], points[:, 0]))
    ordered = points[order]
    new = np.ones(len(points), dtype=bool)
    new[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    number = np.empty(len(points), dtype=np.int64)
    number[order] = np.cumsum(new) - 1
    return number, ordered[new]


def _rounded(fine: Array) -> Array:
    return (fine + _HALF) >> _FINE


def _key(points: Array) -> Array:
    return (points[:, 0] << _KEY) | points[:, 1]


def _portions(start: Array, end: Array) -> list[Array]:
    """The edges' numbers in portions; the very long ones by themselves."""
    long = (np.abs(end - start) >= _LONG).any(axis=1)
    usual = np.flatnonzero(~long)
    portions = [usual[at : at + _AT_ONCE] for at in range(0, len(usual), _AT_ONCE)]
    return [*portions, np.flatnonzero(long)] if long.any() else portions


def _exact(start: Array, end: Array) -> tuple[Array, Array]:
    """Coordinates whose products are exact."""
    long = bool((np.abs(end - start) >= _LONG).any())
    return (start.astype(object), end.astype(object)) if long else (start, end)


def _crossings(start: Array, end: Array, cuts: Cuts) -> Array:
    """Where edges cross cut lines, rounded along the line."""
    made = []
    for axis in (0, 1):
        low = np.minimum(start[:, axis], end[:, axis])
        high = np.maximum(start[:, axis], end[:, axis])
        for margin in (-cuts.margin, cuts.margin):
            first = (low - (margin << _FINE)) // (cuts.side << _FINE) + 1
            last = (high - (margin << _FINE)) // (cuts.side << _FINE)
            edge = np.repeat(np.arange(len(start)), last - first + 1)
            nth = np.arange(len(edge)) - np.repeat(np.cumsum(last - first + 1) - (last - first + 1), last - first + 1)
            line = (first[edge] + nth) * cuts.side + margin
            made.append(_on_line(start[edge], end[edge], line, axis))
    return np.vstack(made)


def _on_line(start: Array, end: Array, line: Array, axis: int) -> Array:
    """The points of a grid line next to where the edges cross it."""
    start, end = _exact(start, end)
    run, rise = end[:, axis] - start[:, axis], end[:, 1 - axis] - start[:, 1 - axis]
    across = start[:, 1 - axis] + rise * ((line << _FINE) - start[:, axis]) // np.where(run == 0, 1, run)
    point = np.empty((len(line), 2), dtype=np.int64)
    point[:, axis], point[:, 1 - axis] = line, _rounded(across.astype(np.int64))
    return point


class _Rows:
    """Hot points by rows of the grid ``2**bits`` units high, about as high as edges are, ascending along x in each."""

    def __init__(self, points: Array, height: int) -> None:
        self.bits = max(1, height.bit_length())
        keys = ((points[:, 1] >> self.bits) << _KEY) | points[:, 0]
        self.order = np.argsort(keys, kind="stable")
        self._keys = keys[self.order]

    def between(self, row: Array, low: Array, high: Array) -> tuple[Array, Array]:
        """First position and number of the points of ``row`` with x from ``low`` to ``high``."""
        first = np.searchsorted(self._keys, (row << _KEY) | low)
        return first, np.searchsorted(self._keys, (row << _KEY) | high, side="right") - first


def _passed(start: Array, end: Array, number: Array, points: Array, lookup: _Rows) -> tuple[Array, Array]:
    """The hot points whose squares edges pass through, as (number of the edge, point), in order along each edge."""
    edge, candidate = _candidates(start, end, lookup)
    begin, run = _exact(start, end - start)
    begin, run = begin[edge], run[edge]
    centre = points[candidate] << _FINE
    beside = run[:, 0] * (centre[:, 1] - begin[:, 1]) - run[:, 1] * (centre[:, 0] - begin[:, 0])
    passes = np.abs(beside) < (np.abs(run[:, 0]) + np.abs(run[:, 1])) * _HALF
    low, high = np.minimum(begin, begin + run), np.maximum(begin, begin + run)
    passes &= ((low < centre + _HALF) & (high > centre - _HALF)).all(axis=1)
    edge, candidate = edge[passes.astype(bool)], candidate[passes.astype(bool)]
    gone = np.abs(points[candidate] - _rounded(start)[edge]).sum(axis=1)
    order = np.lexsort((gone, edge))
    return number[edge[order]], candidate[order]


def _candidates(start: Array, end: Array, lookup: _Rows) -> tuple[Array, Array]:
    """Edges and the hot points near them: those of every row an edge meets, along the stretch it takes there."""
    one, other = start / _UNIT, end / _UNIT
    upward = one[:, 1] <= other[:, 1]
    low, high = np.where(upward[:, None], one, other), np.where(upward[:, None], other, one)
    first = np.floor(low[:, 1] + 0.5).astype(np.int64) >> lookup.bits
    rows = (np.floor(high[:, 1] + 0.5).astype(np.int64) >> lookup.bits) - first + 1
    edge = np.repeat(np.arange(len(rows)), rows)
    row = first[edge] + np.arange(len(edge)) - np.repeat(np.cumsum(rows) - rows, rows)
    low, high = low[edge], high[edge]
    height = np.maximum(high[:, 1] - low[:, 1], 1e-9)
    enter = np.clip(((row << lookup.bits) - 0.51 - low[:, 1]) / height, 0, 1)
    leave = np.clip((((row + 1) << lookup.bits) - 0.49 - low[:, 1]) / height, 0, 1)
    run = high[:, 0] - low[:, 0]
    across = np.sort(np.column_stack((low[:, 0] + run * enter, low[:, 0] + run * leave)), axis=1)
    left, right = np.floor(across[:, 0] - 0.51).astype(np.int64), np.ceil(across[:, 1] + 0.51).astype(np.int64)
    begin, found = lookup.between(row, np.maximum(left, 0), right)
    position = np.repeat(begin, found) + np.arange(found.sum()) - np.repeat(np.cumsum(found) - found, found)
    return np.repeat(edge, found), lookup.order[position]
