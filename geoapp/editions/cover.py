"""Finding which tiles of an edition are not empty, from its outlines on the tiles' grids."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

import numpy as np
from sqlalchemy import Connection

from geoapp.domain.covered import Covered
from geoapp.domain.levels import Level
from geoapp.domain.zooms import GRIDS, Grid
from geoapp.store import coverage
from geoapp.store.coverage import Kept

_AT_ONCE = 4000
"""Shapes that are held at the same time."""


def cover(connection: Connection, edition: str) -> None:
    """Write which tiles of each level and zoom are not empty, in the transaction that the caller holds."""
    coverage.write(connection, edition, _kept(coverage.drawn(connection, edition)))


def _kept(drawn: Iterator[tuple[int, int, bytes]]) -> Iterator[Kept]:
    for (level, zoom), rows in groupby(drawn, key=lambda row: row[:2]):
        found: dict[int, Any] = {}
        shapes: list[bytes] = []
        for row in rows:
            shapes.append(row[2])
            if len(shapes) == _AT_ONCE:
                _merge(found, _of_grid(shapes, zoom))
                shapes.clear()
        _merge(found, _of_grid(shapes, zoom))
        yield from (Kept(Level(level), each, Covered(each, places)) for each, places in sorted(found.items()))


def _merge(found: dict[int, Any], more: Mapping[int, Any]) -> None:
    for zoom, places in more.items():
        found[zoom] = np.union1d(found[zoom], places) if zoom in found else places


def _of_grid(wkb: list[bytes], zoom: int) -> dict[int, Any]:
    """The places of every zoom that is cut from the grid of ``zoom``."""
    import shapely

    grid = next(each for each in GRIDS if each.zoom == zoom)
    shapes = shapely.from_wkb(np.array(wkb, dtype=object))
    lowest = 0 if grid is GRIDS[0] else zoom
    return {each: places(shapes, grid, each) for each in range(lowest, zoom + 1)}


def places(shapes: Any, grid: Grid, zoom: int) -> Any:
    """The tiles of ``zoom`` that hold a part of the shapes (units of ``grid``), as ``y << zoom | x``.

    Shapes have a vertex wherever a border crosses a line along which tiles are cut. So a tile holds a vertex of each
    shape that reaches into it, or lies inside the shape as a whole. A shape that only touches a tile from outside
    counts, too: the tile is then cut, and found to be empty.
    """
    import shapely

    if not len(shapes):
        return np.empty(0, dtype=np.int64)
    points, of = shapely.get_coordinates(shapes, return_index=True)
    side, last = grid.side(zoom), (1 << zoom) - 1
    first, past = (np.clip((points + move) // side, 0, last).astype(np.int64) for move in (-grid.margin, grid.margin))
    # a point that lies on the line itself belongs to both sides
    first = np.where((points - grid.margin) % side == 0, np.maximum(first - 1, 0), first)
    marked = [y << zoom | x for x in (first[:, 0], past[:, 0]) for y in (first[:, 1], past[:, 1])]
    return np.union1d(np.unique(np.concatenate(marked)), _within(shapes, side, zoom, (of, first, past)))


def _within(shapes: Any, side: int, zoom: int, touched: tuple[Any, Any, Any]) -> Any:
    """The tiles that lie inside of large shapes, away from every vertex."""
    import shapely

    of, first, past = touched
    large = np.flatnonzero(_spread(of, first, past, len(shapes)))
    inside = []
    for number in large.tolist():
        shape = shapes[number]
        west, north, east, south = (int(each // side) for each in shapely.bounds(shape).tolist())
        x, y = (each.ravel() for each in np.meshgrid(np.arange(west, east + 1), np.arange(north, south + 1)))
        shapely.prepare(shape)
        held = shapely.contains_xy(shape, (x + 0.5) * side, (y + 0.5) * side)
        inside.append((y << zoom | x)[held])
    return np.concatenate(inside) if inside else np.empty(0, dtype=np.int64)


def _spread(of: Any, first: Any, past: Any, count: int) -> Any:
    """Which shapes reach over at least three tiles both ways: no smaller one holds a tile without a vertex in it."""
    low = np.full((count, 2), np.iinfo(np.int64).max)
    high = np.full((count, 2), -1)
    np.minimum.at(low, of, first)
    np.maximum.at(high, of, past)
    return np.all(high - low >= 2, axis=1)
