"""Numbers and everything a viewer needs of a region beside its shape: inside point, area, neighbours."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from geoapp.domain.levels import Level
from geoapp.editions.draft import Frame
from geoapp.editions.fitting import PER_DEGREE
from geoapp.editions.islands import each_of, islands
from geoapp.editions.snap import edges_of


def number_levels(
    drawn: Mapping[Level, Frame], began: Callable[[Level], None] = lambda level: None
) -> dict[Level, Frame]:
    """Number each level 1…N by (parent's number, code), so that children are a contiguous range.

    Children of ancestors, which have no number, come last, by their parent's code. Each level is called in ``began``.
    """
    levels: dict[Level, Frame] = {}
    above: dict[str, int] = {}
    for level in sorted(drawn):
        began(level)
        frame = drawn[level]
        order = sorted(
            range(len(frame)),
            key=lambda row: (
                above.get(frame["parent"].iat[row], len(above) + 1),
                frame["parent"].iat[row] or "",
                frame["code"].iat[row],
            ),
        )
        frame = frame.iloc[order].reset_index(drop=True)
        shapes = frame.geometry.values
        frame["number"] = np.arange(1, len(frame) + 1)
        groups = islands(shapes, 0.0)
        for name, known in (("inside", inside_points), ("area_km2", areas_km2), ("neighbours", neighbours)):
            column = np.empty(len(frame), dtype=object)
            for group, some in zip(groups, each_of(groups, partial(_of, known, shapes)), strict=True):
                column[group] = some
            frame[name] = column if name != "area_km2" else column.astype(float)
        levels[level] = frame
        above = dict(zip(frame["code"], frame["number"].tolist(), strict=True))
    return levels


def inside_points(shapes: Any) -> Any:
    """A point well inside the largest part of each shape: the centre of its largest inscribed circle."""
    import shapely

    parts, owner = shapely.get_parts(shapes, return_index=True)
    order = np.lexsort((-shapely.area(parts), owner))
    largest = parts[order[np.unique(owner[order], return_index=True)[1]]]
    radius = np.sqrt(shapely.area(largest))
    circles = shapely.maximum_inscribed_circle(largest, tolerance=radius / 50)
    centres = shapely.get_point(circles, 0)
    return np.where(shapely.contains_properly(largest, centres), centres, shapely.point_on_surface(largest))


def areas_km2(shapes: Any) -> list[float]:
    """Areas on the WGS 84 ellipsoid, in km²; shapes in EPSG:4326."""
    import shapely
    from pyproj import Geod

    earth = Geod(ellps="WGS84")
    oriented = shapely.orient_polygons(shapes, exterior_cw=False)
    return [abs(earth.geometry_area_perimeter(shape)[0]) / 1e6 for shape in oriented]


def neighbours(shapes: Any) -> list[list[int]]:
    """For each shape of a coverage the numbers (from 1) of those it shares an edge with, ascending."""
    edges = edges_of(shapes, PER_DEGREE)
    order = np.argsort(edges.edge, kind="stable")
    edge, region = edges.edge[order], edges.owner[order]
    twin = np.flatnonzero(edge[1:] == edge[:-1])
    pairs = np.column_stack((region[twin], region[twin + 1]))
    pairs = np.unique(np.vstack((pairs, pairs[:, ::-1])), axis=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    begins = np.searchsorted(pairs[:, 0], np.arange(len(shapes) + 1))
    others = (pairs[:, 1] + 1).tolist()
    return [others[begins[n] : begins[n + 1]] for n in range(len(shapes))]


def _of(known: Callable[[Any], Any], shapes: Any, group: Any) -> Any:
    """What is known of the shapes of a group, as an array of objects; neighbours by their numbers in the whole."""
    found = np.empty(len(group), dtype=object)
    for place, some in enumerate(known(shapes[group])):
        found[place] = [int(group[number - 1]) + 1 for number in some] if known is neighbours else some
    return found
