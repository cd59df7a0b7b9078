"""Three readers of vector tiles that know nothing of each other, each giving the same plain value."""

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import mapbox_vector_tile
import numpy as np
import pyogrio
import shapely

from geoapp.domain.mercator import HALF
from geoapp.domain.zooms import grid_of
from geoapp.settings import HOME
from geoapp.tiles.address import Address

VIEWER = HOME / "geoapp" / "web" / "viewer"
SCRIPT = Path(__file__).with_name("decode.mjs")

Ring = tuple[tuple[int, int], ...]
Polygon = tuple[Ring, frozenset[Ring]]
Drawn = Mapping[int, frozenset[Polygon]]
"""Regions by number; shells and holes in units of the tile, each from its lowest point on, in one sense of turning."""


def python(body: bytes) -> Drawn:
    """By mapbox-vector-tile."""
    decoded = mapbox_vector_tile.decode(body, default_options={"y_coord_down": True}) if body else {}
    features = decoded.get("regions", {"features": []})["features"]
    return _once((each["id"], _polygons(shapely.geometry.shape(each["geometry"]))) for each in features)


def gdal(url: str, address: Address) -> Drawn:
    """By GDAL, which asks the server itself, places the tile on the earth and may not cut what lies beyond its side."""
    read = pyogrio.read_dataframe(f"/vsicurl/{url}", layer="regions", CLIP="NO")
    grid = grid_of(address.z)
    unit = grid.unit
    corner = np.array([address.x, address.y]) * grid.side(address.z)

    def units(points: np.ndarray) -> np.ndarray:
        exact = np.column_stack([points[:, 0] + HALF, HALF - points[:, 1]]) / unit - corner
        whole = np.round(exact)
        assert np.abs(exact - whole).max(initial=0) < 0.01, "GDAL puts a vertex between the units"
        return whole

    drawn = shapely.transform(read.geometry.to_numpy(), units)
    return _once(zip(map(int, read["mvt_id"]), map(_polygons, drawn), strict=True))


def viewer(folder: Path, bodies: Mapping[Address, bytes]) -> Mapping[Address, Drawn]:
    """By the viewer's own module, in Node, from files ``z/x/y.mvt`` that are written below a folder."""
    paths = {each: folder / f"{each.z}/{each.x}/{each.y}.mvt" for each in bodies}
    for each, path in paths.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bodies[each])
    node = Path(sys.executable).with_name("node")
    done = subprocess.run([node, SCRIPT, VIEWER, *paths.values()], capture_output=True, check=True, text=True)
    said = json.loads(done.stdout)
    return {each: _said(said[f"{each.z}/{each.x}/{each.y}"]) for each in bodies}


def _said(regions: Mapping[str, Sequence[Sequence[Sequence[tuple[int, int]]]]]) -> Drawn:
    return _once(
        (int(number), frozenset((_ring(shell), frozenset(map(_ring, holes))) for shell, *holes in polygons))
        for number, polygons in regions.items()
    )


def _once(found: Iterable[tuple[int, frozenset[Polygon]]]) -> Drawn:
    drawn: dict[int, frozenset[Polygon]] = {}
    for number, polygons in found:
        assert number not in drawn, f"{number} twice in one tile"
        drawn[number] = polygons
    return drawn


def _polygons(shape: shapely.Geometry) -> frozenset[Polygon]:
    return frozenset(
        (_ring(each.exterior.coords), frozenset(_ring(hole.coords) for hole in each.interiors))
        for each in shapely.get_parts(shape)
    )


def _ring(points: Iterable[Sequence[float]]) -> Ring:
    """Without the closing point, with a positive area, from the lowest point on."""
    closed = [(int(x), int(y)) for x, y in points]
    assert closed[0] == closed[-1], "a ring is open"
    ring = closed[:-1]
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))
    if area < 0:
        ring.reverse()
    first = ring.index(min(ring))
    return tuple(ring[first:] + ring[:first])
