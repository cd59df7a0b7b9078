"""Fitting: shapes drawn one by one made one coverage, island group by island group, in metres."""

from typing import Any, NamedTuple

import numpy as np

from geoapp.editions import coverage, topology
from geoapp.editions.islands import Heard, each_of, give_back, islands, unheard
from geoapp.editions.snap import snap

Array = Any
GAP_M = 50.0
"""Gaps between neighbours narrower than this are closed (metres); wider ones are water or nobody's."""
SNAP_M = 2.0
"""Vertices nearer than this become one (metres)."""
_METRES = 111_320.0
"""Metres along a meridian, and along the equator."""
PER_DEGREE = 10_000_000
"""Steps, a centimetre each. What is fitted is put on this grid, so that it stays fitted when it is projected."""


class Widths(NamedTuple):
    """Metres: gaps narrower than ``gap`` are closed, vertices nearer than ``snap`` become one."""

    gap: float = GAP_M
    snap: float = SNAP_M


class Fitted(NamedTuple):
    """The shapes fitted (EPSG:4326), their areas before and after in m², how many had an edge that did not match.

    ``given`` is the area that a region lost to others that lay within it; ``faults`` are those before, then after.
    """

    shapes: Array
    before: Array
    after: Array
    given: Array
    unmatched: int
    faults: list[topology.Fault]


def fit(shapes: Array, widths: Widths = Widths(), heard: Heard = unheard) -> Fitted:  # noqa: B008 - never changes
    """Valid shapes of EPSG:4326 made one coverage: no overlap, no gap below the width, shared edges identical.

    An overlap goes to the smaller region, so that one drawn over its neighbour keeps its land.
    """
    total = len(shapes)
    done = Fitted(np.empty(total, dtype=object), np.empty(total), np.empty(total), np.empty(total), 0, [])
    groups = islands(shapes, max(widths) / _METRES)
    parts = each_of(groups, lambda group: _group(shapes[group], group, widths), heard)
    for group, part in zip(groups, parts, strict=True):
        for whole, some in zip(done[:4], part[:4], strict=True):
            whole[group] = some
        done.faults.extend(part.faults)
    return done._replace(unmatched=sum(part.unmatched for part in parts))


def _group(shapes: Array, numbers: Array, widths: Widths) -> Fitted:
    """One group; ``numbers`` are those of its shapes in the file, for the faults."""
    import shapely

    plane = _Plane.of(shapes)
    drawn = plane.metres(shapes)
    overlaps = topology.overlaps(drawn)
    clean = plane.settled(coverage.fit(drawn, gap=widths.gap, snap=widths.snap, strategy="min_area"))
    give_back()
    after = plane.metres(clean)
    found = [*overlaps.faults, *topology.gaps_closed(drawn, after)]
    left = topology.holes_left(after, widths.gap)
    faults = [plane.placed(each, numbers) for each in (*found, *left)]
    return Fitted(clean, shapely.area(drawn), shapely.area(after), overlaps.given, overlaps.unmatched, faults)


class _Plane(NamedTuple):
    """Degrees stretched to metres: lines stay lines, so what is valid stays so; right to 2 % at the group's edges."""

    scale: Array
    corner: Array

    @classmethod
    def of(cls, shapes: Array) -> "_Plane":
        import shapely

        west, south, _, north = shapely.total_bounds(shapes)
        across = _METRES * np.cos(np.radians((south + north) / 2))
        return cls(np.array([across, _METRES]), np.floor(np.array([west, south]) * PER_DEGREE) - PER_DEGREE / 1000)

    def metres(self, shapes: Array) -> Array:
        import shapely

        return shapely.transform(shapes, lambda at: at * self.scale)

    def settled(self, shapes: Array) -> Array:
        """In degrees again, every vertex on the fine grid."""
        import shapely

        units = shapely.transform(shapes, lambda at: at / self.scale * PER_DEGREE - self.corner)
        return shapely.transform(snap(units), lambda at: (at + self.corner) / PER_DEGREE)

    def placed(self, fault: topology.Fault, numbers: Array) -> topology.Fault:
        """A fault in degrees, its regions by their numbers in the file."""
        import shapely

        shape = shapely.transform(fault.shape, lambda at: at / self.scale)
        other = None if fault.other is None else int(numbers[fault.other])
        return fault._replace(shape=shape, one=int(numbers[fault.one]), other=other)
