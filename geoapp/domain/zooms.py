"""The grids that shapes are put on for tiles: which zoom is cut from which, and how far shapes are generalised."""

from typing import NamedTuple

from geoapp.domain.mercator import HALF

MAX_ZOOM = 13
"""The last zoom with data of its own; viewers draw it larger beyond. Zooms are those of 512-px tiles."""


class Grid(NamedTuple):
    """One copy of the shapes, in whole units counted east and south from the corner of the world.

    A tile of ``zoom`` is ``extent`` units wide, its shapes reach ``margin`` units beyond; shapes are simplified by
    ``tolerance`` units before they are put on the grid. Coarser zooms that have no grid of their own are cut from the
    first one, in tiles of more units.
    """

    zoom: int
    extent: int
    margin: int
    tolerance: float

    @property
    def unit(self) -> float:
        """Metres of EPSG:3857.

        >>> round(grid_of(9).unit, 2), round(grid_of(13).unit, 2)
        (76.44, 1.19)
        """
        return 2 * HALF / (self.extent << self.zoom)

    def side(self, zoom: int) -> int:
        """Units along a side of a tile of ``zoom``, which is not finer than the grid's own.

        >>> grid_of(4).side(4), grid_of(2).side(2)
        (1024, 4096)
        """
        return self.extent << (self.zoom - zoom)


_HALF_PIXEL = 1024
"""Units of a tile of 512 px: one is half a pixel of a plain screen, a pixel and a half of the finest telephone's."""
_BEYOND = 16
"""Units, 8 px: no line drawn along a tile's edge is seen, however wide."""
_TOLERANCE = 1.5
"""Units: a corner is left out where the land it adds is smaller than about a pixel; measured, it decides the bytes."""

REVISION = 1
"""Counts the changes of this table: shapes put on the grids of another revision are put on them anew."""
GRIDS = (
    # the whole country is 350 px wide at zoom 4; below, nothing is read from a map that this one does not show as well
    *(Grid(zoom, _HALF_PIXEL, _BEYOND, _TOLERANCE) for zoom in range(4, MAX_ZOOM)),
    # drawn up to 32 times larger: the unit is 1.2 m, finer than boundaries are surveyed, and nothing is left out
    Grid(MAX_ZOOM, 4 * _HALF_PIXEL, 4 * _BEYOND, 0.5),
)
"""A grid for every zoom: a tile cut from a finer one would be a third larger, its borders no better on a screen."""


def grid_of(zoom: int) -> Grid:
    """The grid of which tiles of ``zoom`` are cut: its own, the first for lower ones, the last for higher ones.

    >>> grid_of(0).zoom, grid_of(8).zoom, grid_of(13).zoom, grid_of(20).zoom
    (4, 8, 13, 13)
    """
    if zoom < 0:
        raise ValueError(f"no tile has zoom {zoom}")
    return min((grid for grid in GRIDS if grid.zoom >= zoom), default=GRIDS[-1])
