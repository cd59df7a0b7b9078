"""Which reference system metres may be in: the one that puts them where the regions are known to lie."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from geoapp.domain.regions import Box

_ROOM = 0.3
"""Degrees that a region may lie outside the box of its province."""
_MOST = 4


class Candidate(NamedTuple):
    """A reference system in use here, and the metres it can have (easting and northing)."""

    epsg: int
    name: str
    box: Box


def _candidates() -> Iterator[Candidate]:
    for zone in range(46, 55):
        yield Candidate(32700 + zone, f"UTM {zone}S", (1e5, 8.7e6, 9e5, 1.0e7))
        yield Candidate(32600 + zone, f"UTM {zone}N", (1e5, 0.0, 9e5, 8e5))
    for n in range(16):
        yield Candidate(23830 + n, f"TM-3 {46 + (n + 1) // 2}.{2 - n % 2}", (0.0, 2e5, 4e5, 2.3e6))
    yield Candidate(3857, "Web Mercator", (1.04e7, -1.4e6, 1.59e7, 8e5))


CANDIDATES = tuple(_candidates())


def guess(boxes: Any, expected: Sequence[Box]) -> list[str]:
    """The systems, as ``EPSG:32749 (UTM 49S)``, in which boxes of metres lie in one of the expected boxes (degrees).

    The usual ones come first; more than a few are no help, and the list is empty.
    """
    if not len(boxes):
        return []
    points = np.column_stack(((boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2))
    found = [each for each in CANDIDATES if _may_be(points, each) and _lies(points, each, expected)]
    return [f"EPSG:{each.epsg} ({each.name})" for each in found] if len(found) <= _MOST else []


def _may_be(points: Any, candidate: Candidate) -> bool:
    west, south, east, north = candidate.box
    middle = np.median(points, axis=0)
    return bool(west <= middle[0] <= east and south <= middle[1] <= north)


def _lies(points: Any, candidate: Candidate, expected: Sequence[Box]) -> bool:
    from pyproj import Transformer

    lon, lat = Transformer.from_crs(candidate.epsg, 4326, always_xy=True).transform(*np.median(points, axis=0))
    return any(
        west - _ROOM <= lon <= east + _ROOM and south - _ROOM <= lat <= north + _ROOM
        for west, south, east, north in expected
    )
