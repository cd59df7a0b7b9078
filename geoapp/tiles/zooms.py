"""From which zoom a level is shown by itself: when its regions are large enough to be told apart, or few."""

import math
from collections.abc import Sequence
from statistics import median

from geoapp.domain.mercator import HALF, metres
from geoapp.domain.regions import Box
from geoapp.domain.zooms import MAX_ZOOM

FEW = 1000
"""So many regions of the base level are shown at every zoom: a city's villages at once."""
_LARGE_ENOUGH = 20.0
"""CSS pixels of the median region's diagonal from which a level of many regions is shown."""
_TILE = 512
"""CSS pixels of a tile drawn at its own zoom."""


def diagonal(boxes: Sequence[Box]) -> float:
    """The median region's diagonal in widths of the world (0…1 of EPSG:3857); 0 of no regions.

    >>> round(diagonal([(0, 0, 180, 0)]), 3)
    0.5
    """
    return median(map(_diagonal, boxes)) if boxes else 0.0


def first(regions: int, median_diagonal: float, base: bool = False) -> int:
    """The first zoom of tiles at which a level of ``regions``, perhaps the edition's base level, is shown by itself.

    >>> first(326, 0.0001, base=True), first(83_000, 0.00012, base=True), first(7_000, 0.0006), first(514, 0.0027)
    (0, 9, 7, 4)
    """
    if (base and regions <= FEW) or median_diagonal <= 0:
        return 0
    zoom = math.ceil(math.log2(_LARGE_ENOUGH / (_TILE * median_diagonal)))
    return max(0, min(MAX_ZOOM, zoom))


def _diagonal(box: Box) -> float:
    west, south = metres(box[0], box[1])
    east, north = metres(box[2], box[3])
    return math.hypot(east - west, north - south) / (2 * HALF)
