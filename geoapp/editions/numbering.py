"""Numbers and everything a viewer needs of a region beside its shape: inside point, area, neighbours."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from geoapp.domain.levels import Level
from geoapp.editions.draft import Frame


def number_levels(drawn: Mapping[Level, Frame]) -> dict[Level, Frame]:
    """Number each level 1…N by (parent's number, code), so that children are a contiguous range.

    Children of ancestors, which have no number, come last, by their parent's code.
    """
    levels: dict[Level, Frame] = {}
    above: dict[str, int] = {}
    for level in sorted(drawn):
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
        frame["inside"] = inside_points(shapes)
        frame["area_km2"] = areas_km2(shapes)
        frame["neighbours"] = neighbours(shapes)
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
    import shapely

    parts, owner = shapely.get_parts(shapes, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[:-1] == ring[1:]
    start, end, region = points[:-1][same], points[1:][same], owner[part[ring[:-1][same]]]
    turned = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    edges = np.where(turned[:, None], np.hstack((end, start)), np.hstack((start, end)))
    order = np.lexsort(edges.T)
    edges, region = edges[order], region[order]
    twin = np.flatnonzero((edges[1:] == edges[:-1]).all(axis=1))
    pairs = np.column_stack((region[twin], region[twin + 1]))
    pairs = np.unique(np.vstack((pairs, pairs[:, ::-1])), axis=0)
    beside: list[list[int]] = [[] for _ in range(len(shapes))]
    for one, other in pairs:
        if one != other:
            beside[one].append(int(other) + 1)
    return beside
