"""Generalising: the coverage of each level simplified for each grid and put on it as a whole."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from geoapp.domain.findings import Finding, Place, Weight
from geoapp.domain.levels import Level
from geoapp.domain.mercator import HALF, projected
from geoapp.domain.zooms import GRIDS, Grid
from geoapp.editions import coverage
from geoapp.editions.draft import Draft, Frame, Step, Watch, unwatched
from geoapp.editions.islands import each_of, islands
from geoapp.editions.outlines import Outlines
from geoapp.editions.snap import Cuts
from geoapp.editions.snap_cells import snap_all

Array = Any
_NEAR = 4
"""Units across which what one region becomes may depend on another."""
_APART_M = 1000.0
"""Metres between island groups; on grids too coarse for that all of a level is rounded at once."""


def generalise(draft: Draft) -> Step:
    """Outlines on every grid, of every level; what could not be drawn by itself is said."""
    made, said = outlines(draft.levels, draft.watch)
    return replace(draft, outlines=made), tuple(replace(each, place=Place(draft.file.name)) for each in said)


def outlines(levels: Mapping[Level, Frame], watch: Watch = unwatched) -> tuple[Outlines, list[Finding]]:
    """The shapes (EPSG:4326, in number order) of each level on every grid, no region without area."""
    import shapely

    made = Outlines()
    said: list[Finding] = []
    vertices = {level: int(shapely.get_num_coordinates(frame.geometry.values).sum()) for level, frame in levels.items()}
    for level, frame in levels.items():
        said.extend(_level(made, level, frame, _share(watch, level, vertices[level] / sum(vertices.values()))))
    return made, said


def _share(watch: Watch, level: Level, weight: float) -> Callable[[float, int], None]:
    """Tells of a grid of one level, which is so large a part of the whole."""
    return lambda share, zoom: watch(share * weight / len(GRIDS), level=level, zoom=zoom)


def on_grid(shapes: Array, grid: Grid) -> Array:
    """Shapes of EPSG:3857 in units of a grid, from the corner of the world, y downward."""
    import shapely

    return shapely.transform(shapes, lambda at: np.column_stack((at[:, 0] + HALF, HALF - at[:, 1])) / grid.unit)


def _level(made: Outlines, level: Level, frame: Frame, told: Callable[[float, int], None]) -> Iterator[Finding]:
    import shapely

    full = shapely.transform(frame.geometry.values, projected)
    inside = shapely.points(projected(shapely.get_coordinates(frame["inside"].to_numpy())))
    groups = islands(full, _APART_M)
    for grid in GRIDS:
        told(0, grid.zoom)
        placed = shapely.get_coordinates(on_grid(inside, grid))

        def simplified(group: Array, grid: Grid = grid) -> Array:
            return on_grid(coverage.simplify(full[group], grid.tolerance * grid.unit), grid)

        def rounded(group: Array, grid: Grid = grid, placed: Array = placed) -> tuple[int, int]:
            return _keep(made, level, grid, group, simplified(group), placed[group])

        def heard(share: float, zoom: int = grid.zoom) -> None:
            told(share, zoom)

        if grid.unit * _NEAR <= _APART_M:
            counts = each_of(groups, rounded, heard)
        else:
            shapes = np.empty(len(full), dtype=object)
            for group, part in zip(groups, each_of(groups, simplified, heard), strict=True):
                shapes[group] = part
            counts = [_keep(made, level, grid, np.arange(len(full)), shapes, placed)]
        yield from _findings(level, grid, *(sum(each) for each in zip(*counts, strict=True)))


def _keep(made: Outlines, level: Level, grid: Grid, group: Array, shapes: Array, inside: Array) -> tuple[int, int]:
    """Round and keep some regions; how many are drawn over others, and how many had to be repaired."""
    import shapely

    snapped, drawn_over = snap_all(shapes, Cuts(grid.extent, grid.margin), inside)
    broken = ~shapely.is_valid(snapped)
    if broken.any():
        snapped[broken] = shapely.orient_polygons(coverage.polygons(shapely.make_valid(snapped[broken])))
    made.add(level, grid.zoom, group + 1, snapped)
    return int(drawn_over.sum()), int(broken.sum())


def _findings(level: Level, grid: Grid, drawn_over: int, broken: int) -> Iterator[Finding]:
    values = {"level": level.slug, "zoom": grid.zoom}
    if drawn_over:
        yield Finding(Weight.NOTE, "finding.drawn_over", {"n": drawn_over, **values})
    if broken:
        yield Finding(Weight.WARN, "finding.not_exact", {"n": broken, **values})
