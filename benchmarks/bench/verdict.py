"""What a server's tiles of one zoom hold, read by a foreign decoder: villages lost, borders that do not match."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import mapbox_vector_tile
import numpy as np
import shapely

from geoapp.tiles.address import Address

EXTENT = 1024
_NEAR = 1.5
"""Units: an edge by itself as near as this to the coast is the coast, which rounding and clipping may have moved."""
_SHOWN = 0.5
"""Square units a village must cover within a tile to be missed there."""
_APART = 0.05
"""Units between the places where two tiles let a border cross their common edge, so that one would see it."""


@dataclass
class Verdict:
    """Counted over the tiles of a zoom; villages by code, once however many tiles show it."""

    features: int = 0
    lost: set[str] = field(default_factory=set)
    unmatched: set[str] = field(default_factory=set)
    invalid: set[str] = field(default_factory=set)
    overlap: float = 0.0
    crossings: int = 0
    differing: int = 0
    """Of the crossings, those that the next tile has elsewhere or not at all."""


@dataclass(frozen=True)
class Tile:
    """One tile, in units of ``EXTENT`` from the corner of the world: shapes by code, and all their edges with codes."""

    corner: Any
    shapes: dict[str, shapely.Geometry]
    codes: Any
    edges: Any
    """(n, 2 ends, 2 axes), land on the left where y grows upward."""


def judged(bodies: Mapping[Address, bytes], true: Mapping[str, shapely.Geometry]) -> Verdict:
    """Judge tiles; ``true``: code → shape in units of a tile of ``EXTENT``, from the corner of the world."""
    codes = list(true)
    shapes = shapely.make_valid(np.array([true[code] for code in codes], dtype=object))
    coast = shapely.boundary(shapely.union_all(shapes))
    shapely.prepare(coast)
    tiles = {square: _tile(square, body) for square, body in bodies.items()}
    found = Verdict()
    for tile in tiles.values():
        square = shapely.box(*tile.corner, *(tile.corner + EXTENT))
        shown = shapely.area(shapely.intersection(shapes, square)) >= _SHOWN
        found.features += len(tile.shapes)
        found.lost |= {code for code, there in zip(codes, shown, strict=True) if there} - set(tile.shapes)
        found.invalid |= {code for code, shape in tile.shapes.items() if not shape.is_valid}
        found.unmatched |= _alone(tile, coast)
        whole = shapely.make_valid(np.array(list(tile.shapes.values()), dtype=object))
        found.overlap += float(shapely.area(whole).sum() - shapely.area(shapely.union_all(whole)))
    for square, tile in tiles.items():
        for axis, before in ((0, (square.x - 1, square.y)), (1, (square.x, square.y - 1))):
            other = tiles.get(Address(square.z, *before))
            if other is not None:
                seen, differing = _compared(other, tile, axis)
                found.crossings, found.differing = found.crossings + seen, found.differing + differing
    return found


def _tile(square: Address, body: bytes) -> Tile:
    """A tile of whatever extent."""
    layers = mapbox_vector_tile.decode(body, default_options={"y_coord_down": True}) if body else {}
    corner = np.array([square.x, square.y]) * EXTENT
    parts: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for layer in layers.values():
        scale = EXTENT / layer["extent"]
        for each in layer["features"]:
            if each["geometry"]["type"] in ("Polygon", "MultiPolygon"):
                shape = shapely.geometry.shape(each["geometry"])
                parts[each["properties"]["code"]].append(
                    shapely.transform(shape, lambda at, by=scale: at * by + corner)
                )
    shapes = {code: some[0] if len(some) == 1 else shapely.union_all(some) for code, some in parts.items()}
    codes, edges = _edges(shapes)
    return Tile(corner, shapes, codes, edges)


def _edges(shapes: Mapping[str, shapely.Geometry]) -> tuple[Any, Any]:
    codes, found = [], [np.empty((0, 2, 2))]
    for code, shape in shapes.items():
        for ring in shapely.get_rings(shapely.orient_polygons(shapely.get_parts(shape))):
            points = shapely.get_coordinates(ring)
            found.append(np.stack([points[:-1], points[1:]], axis=1))
            codes += [code] * (len(points) - 1)
    return np.array(codes, dtype=object), np.concatenate(found)


def _alone(tile: Tile, coast: shapely.Geometry) -> set[str]:
    """Who has an edge within the visible tile, off the coast, that no neighbour has the other way round."""
    written = [tuple(map(tuple, edge)) for edge in tile.edges.tolist()]
    known = set(written)
    lone = np.array([(other, one) not in known for one, other in written], dtype=bool)
    ends = tile.edges - tile.corner
    inside = ~((ends <= 0).all(axis=1) | (ends >= EXTENT).all(axis=1)).any(axis=1)
    asked = np.flatnonzero(lone & inside)
    edges = tile.edges[asked]
    # an edge is the coast when it runs along it: both ends and the middle are near
    along = np.stack([edges[:, 0], edges.mean(axis=1), edges[:, 1]], axis=1)
    away = shapely.distance(coast, shapely.points(along)).max(axis=1, initial=0)
    return set(tile.codes[asked[away > _NEAR]])


def _compared(one: Tile, other: Tile, axis: int) -> tuple[int, int]:
    """How often borders cross the edge between two tiles (the second east or south of the first), how often apart."""
    here, there = (_crossing(tile, axis, other.corner) for tile in (one, other))
    differing = sum(max(_only(here[code], there[code]), _only(there[code], here[code])) for code in {*here, *there})
    return sum(map(len, here.values())), differing


def _crossing(tile: Tile, axis: int, corner: Any) -> dict[str, list[float]]:
    """Code → where its border crosses or touches the line through ``corner``, along one side of a tile."""
    line, from_line = corner[axis], tile.edges[:, :, axis] - corner[axis]
    crosses = np.flatnonzero((from_line[:, 0] * from_line[:, 1] <= 0) & (from_line[:, 0] != from_line[:, 1]))
    edges = tile.edges[crosses]
    share = (line - edges[:, 0, axis]) / (edges[:, 1, axis] - edges[:, 0, axis])
    at = edges[:, 0, 1 - axis] + share * (edges[:, 1, 1 - axis] - edges[:, 0, 1 - axis])
    within = (at > corner[1 - axis]) & (at < corner[1 - axis] + EXTENT)
    found: dict[str, list[float]] = defaultdict(list)
    for code, where in zip(tile.codes[crosses][within], at[within].tolist(), strict=True):
        found[code].append(where)
    return found


def _only(some: Iterable[float], others: Iterable[float]) -> int:
    """How many of ``some`` are far from all ``others``."""
    kept = sorted(others)
    return sum(not any(abs(each - known) <= _APART for known in kept) for each in some)
