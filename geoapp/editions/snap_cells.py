"""Regions too small for a grid, or drawn far from their place: each is given one cell, cut out of what is there."""

import math
from typing import Any

import numpy as np

from geoapp.editions import coverage, snap, snap_rings

Array = Any
_PASSES = 5
"""A cell that is cut out bends borders next to it, and may make another small region vanish; few rounds settle it."""
_REACH = 2.0
"""Units from a region's inside point within which its cell lies: a pixel."""
_SMALL = 400
"""Cells; what is larger has its inside point in the middle of more land than generalising can take away."""
_OFFSETS = [(across, up) for across in range(-2, 3) for up in range(-2, 3)]


def snap_all(shapes: Array, cuts: snap.Cuts, inside: Array) -> tuple[Array, Array]:
    """The coverage on the grid, no region away from its place; and which are drawn over others, as no cell was free.

    ``inside`` are the regions' inside points (n, 2) in units; each has something of its region within reach. Regions
    that are drawn over others have a square there, beside what else is left of them. All others are a coverage as
    ``snap.snap`` makes it. Shells have a positive area, holes a negative one.
    """
    import shapely

    edges = snap.edges_of(shapes)
    cells: dict[int, tuple[int, int]] = {}
    crowded: set[int] = set()
    for _ in range(_PASSES):
        corners = [(x + right, y + up) for x, y in cells.values() for right in (0, 1) for up in (0, 1)]
        chains = snap.chains_of(edges, cuts, corners)
        snapped = _carved(snap_rings.traced(snap.steps(edges, chains), len(shapes)), cells)
        gone = [region for region in _missed(snapped, inside) if region not in crowded]
        if not gone:
            break
        taken = set(cells.values())
        for region in gone:
            cell = None if region in cells else _free(inside[region], taken)
            if cell is None:
                cells.pop(region, None)
                crowded.add(region)
            else:
                cells[region] = cell
                taken.add(cell)
    drawn_over = np.zeros(len(shapes), dtype=bool)
    drawn_over[_missed(snapped, inside)] = True
    squares = _squares(np.floor(inside[drawn_over]))
    snapped[drawn_over] = coverage.polygons(shapely.union(snapped[drawn_over], squares))
    return shapely.orient_polygons(snapped), drawn_over  # what was carved may run the other way round


def _missed(shapes: Array, inside: Array) -> list[int]:
    """Regions of which nothing is left within reach of their inside point; large ones, which surely have it, aside."""
    import shapely

    area: Array = shapely.area(shapes)
    small = np.flatnonzero(area < _SMALL)
    away = shapely.distance(shapes[small], shapely.points(inside[small]))
    return [int(region) for region in small[(area[small] == 0) | (away > _REACH)]]


def _free(point: Array, taken: set[tuple[int, int]]) -> tuple[int, int] | None:
    """The cell nearest to a point that nobody was given, by its lower corner; None if all near are taken."""
    x, y = float(point[0]), float(point[1])
    near = []
    for across, up in _OFFSETS:
        cell = (int(x) + across, int(y) + up)
        away = math.hypot(cell[0] + 0.5 - x, cell[1] + 0.5 - y)
        if away <= _REACH and min(cell) >= 0:
            near.append((away, cell))
    return next((cell for _, cell in sorted(near) if cell not in taken), None)


def _carved(shapes: Array, cells: dict[int, tuple[int, int]]) -> Array:
    """The cells taken from whoever has them and given to their regions.

    All corners of the cells are vertices by now, so whoever has a part of a cell has the whole of it or the half on one
    side of its diagonal: the cut makes no new point.
    """
    import shapely

    if not cells:
        return shapes
    regions, squares = np.array(list(cells)), _squares(np.array(list(cells.values())))
    owner, cell = shapely.STRtree(squares).query(shapes, predicate="intersects")
    inward = shapely.area(shapely.intersection(shapes[owner], squares[cell])) > 0.25
    owner, cell = owner[inward], cell[inward]
    made = shapes.copy()
    if len(owner):
        losers, of = np.unique(owner, return_inverse=True)
        order = np.argsort(of, kind="stable")
        holes = shapely.multipolygons(shapely.get_parts(squares)[cell[order]], indices=of[order])
        made[losers] = coverage.polygons(shapely.difference(made[losers], holes))
    made[regions] = coverage.polygons(shapely.union(made[regions], squares))
    return made


def _squares(corners: Array) -> Array:
    """Cells by their lower corners, as MultiPolygons."""
    import shapely

    x, y = np.asarray(corners, dtype=float).reshape(-1, 2).T
    return shapely.multipolygons(shapely.box(x, y, x + 1, y + 1), indices=np.arange(len(x)))
