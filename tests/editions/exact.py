"""Judges of exactness: what must hold of every coverage in grid integers, and of every tile cut from it."""

import itertools
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

import mapbox_vector_tile
import numpy as np
import shapely
from mapbox_vector_tile.Mapbox import vector_tile_pb2

from geoapp.domain.zooms import grid_of
from geoapp.tiles.address import Address

Edge = tuple[tuple[float, float], tuple[float, float]]


def directed(shapes: Iterable[Any]) -> Counter[Edge]:
    """Every directed edge of every ring, land on the left where y grows upward, and how often it occurs."""
    parts = shapely.orient_polygons(shapely.get_parts(shapely.get_parts(np.asarray(list(shapes), dtype=object))))
    counted: Counter[Edge] = Counter()
    for ring in shapely.get_rings(parts):
        points = [tuple(point) for point in shapely.get_coordinates(ring).tolist()]
        counted.update(itertools.pairwise(points))
    return counted


def unmatched(edges: Counter[Edge]) -> set[Edge]:
    """Edges whose reverse is absent: the coast."""
    return {(one, other) for one, other in edges if (other, one) not in edges}


def judged(shapes: Any) -> set[Edge]:
    """Hold a coverage to be exact (empty shapes aside); gives its coast."""
    shapes = np.asarray(shapes, dtype=object)
    assert (shapely.get_coordinates(shapes) == np.round(shapely.get_coordinates(shapes))).all()
    assert shapely.is_valid(shapes).all(), shapely.is_valid_reason(shapes[~shapely.is_valid(shapes)])
    assert turned_right(shapes), "a ring runs the wrong way round"
    edges = directed(shapes)
    assert max(edges.values(), default=1) == 1
    assert shapely.area(shapes).sum() == shapely.area(shapely.union_all(shapes)), "regions overlap"
    return unmatched(edges)


def turned_right(shapes: Any) -> bool:
    """Whether every shell has a positive area and every hole a negative one."""
    parts = shapely.get_parts(shapes)
    rings, part = shapely.get_rings(parts, return_index=True)
    shell = np.concatenate(([True], part[1:] != part[:-1])) if len(part) else np.zeros(0, dtype=bool)
    return bool((shapely.is_ccw(rings) == shell).all())


def raw_areas(body: bytes) -> list[list[float]]:
    """Twice the signed areas of the rings of each feature of a tile, as they are written (y downward)."""
    tile = vector_tile_pb2.tile()
    tile.ParseFromString(body)
    return [_areas(list(each.geometry)) for layer in tile.layers for each in layer.features if each.type == 3]


def _areas(numbers: list[int]) -> list[float]:
    areas, ring, at, x, y = [], [], 0, 0, 0
    while at < len(numbers):
        command, count = numbers[at] & 7, numbers[at] >> 3
        at += 1
        if command == 7:
            areas.append(float(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))))
            continue
        ring = [] if command == 1 else ring
        for across, down in zip(numbers[at : at + 2 * count : 2], numbers[at + 1 : at + 2 * count : 2], strict=True):
            x, y = x + ((across >> 1) ^ -(across & 1)), y + ((down >> 1) ^ -(down & 1))
            ring.append((x, y))
        at += 2 * count
    return areas


class Seen(NamedTuple):
    """One decoded tile: its address, and the shapes by number in units of the whole world's grid."""

    address: Address
    shapes: dict[int, Any]


def seen(body: bytes, address: Address) -> Seen:
    """A tile as a foreign decoder reads it; what it decodes must be valid and have area as it is."""
    decoded = mapbox_vector_tile.decode(body, default_options={"y_coord_down": True}) if body else {}
    layer = decoded.get("regions", {"features": []})
    corner = np.array([address.x, address.y]) * grid_of(address.z).side(address.z)
    for rings in raw_areas(body):
        assert rings[0] > 0 and all(rings), f"{address}: a first ring runs the wrong way round"
    shapes = {each["id"]: shapely.geometry.shape(each["geometry"]) for each in layer["features"]}
    assert len(shapes) == len(layer["features"]), "a number twice in one tile"
    for number, drawn in shapes.items():
        assert drawn.is_valid and drawn.area > 0, f"{address}: {number} is {shapely.is_valid_reason(drawn)}"
    return Seen(address, {number: shapely.transform(drawn, lambda at: at + corner) for number, drawn in shapes.items()})


def reach(address: Address) -> tuple[int, int, int, int]:
    """West, top, east, bottom of what a tile reaches, in units."""
    grid = grid_of(address.z)
    side = grid.side(address.z)
    west, top = address.x * side - grid.margin, address.y * side - grid.margin
    return west, top, west + side + 2 * grid.margin, top + side + 2 * grid.margin


def judged_tile(tile: Seen, coast: set[Edge]) -> None:
    """Within a tile every edge has its reverse, lies on the cut, or is coast in the stored coverage; no overlap."""
    edges = directed(tile.shapes.values())
    assert max(edges.values(), default=1) == 1
    west, top, east, bottom = reach(tile.address)
    for one, other in unmatched(edges) - coast:
        on_cut = any(one[axis] == other[axis] == line for axis, line in ((0, west), (0, east), (1, top), (1, bottom)))
        assert on_cut, f"{tile.address}: an edge by itself from {one} to {other}"
    drawn = list(tile.shapes.values())
    assert sum(each.area for each in drawn) == shapely.union_all(drawn).area, f"{tile.address}: regions overlap"


def judged_beside(one: Seen, other: Seen) -> int:
    """Two tiles that touch draw the same edges where both reach; how many there are."""
    bounds = np.array([reach(one.address), reach(other.address)])
    low, high = bounds[:, :2].max(axis=0), bounds[:, 2:].min(axis=0)

    def within(tile: Seen) -> set[Edge]:
        edges = set()
        for number, drawn in tile.shapes.items():
            for edge in directed([drawn]):
                points = np.array(edge)
                on_cut = (points[0] == points[1]) & ((points[0] == low) | (points[0] == high))
                if (points >= low).all() and (points <= high).all() and not on_cut.any():
                    edges.add((number, *edge))
        return edges

    assert within(one) == within(other), f"{one.address} and {other.address} draw a border differently"
    return len(within(one))
