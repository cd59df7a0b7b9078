"""Surroundings: the land, water and neighbours around an edition's area, and the compact form they travel in.

The document: ``{"box": [w, s, e, n], "grid": [x0, y0, step], "land": [polygons], "water": [polygons],
"lines": [lines], "names": [{"name", "kind", "at": [lon, lat]}]}``. A polygon is a list of rings, the outer one first;
a ring or line is one flat list of integers, ``[x, y, dx, dy, dx, dy …]``: a point of the grid, then steps from point to
point. A ring's last point is not repeated. Grid points are ``x0 + step · n`` in world units of EPSG:3857: 0…1, x to the
right and y downwards. What is not land is water; where ``"plain": true`` stands, nothing is known but some
water, and all else is land.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from geoapp.domain.mercator import HALF
from geoapp.domain.regions import Box

NEIGHBOUR, SEA, WATER = KINDS = ("neighbour", "sea", "water")
STEPS = 8192
"""Steps of the grid across the frame: about as fine as its outlines are."""


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name on the ground around an area; ``kind`` is one of ``KINDS``, ``at`` its middle in degrees (lon, lat)."""

    name: str
    kind: str
    at: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies around an area within ``box`` (degrees). Shapes are shapely's, EPSG:3857.

    ``land`` is all land of the frame, that under the area included; ``water`` lies on it; ``lines`` are the borders
    between neighbours. Where it is ``plain`` nothing is known but some water: all else is land.
    """

    box: Box
    land: Any
    water: Any
    lines: Any
    names: tuple[PlaceName, ...]
    plain: bool = False


def encode(surroundings: Surroundings) -> dict[str, Any]:
    """The document, every coordinate rounded to the grid; what collapses there is left out."""
    grid = _Grid.of(surroundings)
    return {
        "box": [round(side, 6) for side in surroundings.box],
        "grid": [grid.x, grid.y, grid.step],
        "land": grid.polygons(surroundings.land),
        "water": grid.polygons(surroundings.water),
        "lines": grid.lines(surroundings.lines),
        "names": [{"name": n.name, "kind": n.kind, "at": [round(s, 5) for s in n.at]} for n in surroundings.names],
        **({"plain": True} if surroundings.plain else {}),
    }


def decode(document: Mapping[str, Any]) -> Surroundings:
    """The shapes and names of a document."""
    grid = _Grid(*document["grid"])
    west, south, east, north = document["box"]
    return Surroundings(
        box=(west, south, east, north),
        land=shapely.union_all(_solid(grid, document["land"])),
        water=shapely.union_all(_solid(grid, document["water"])),
        lines=shapely.MultiLineString([grid.points(line) for line in document["lines"]]),
        names=tuple(PlaceName(each["name"], each["kind"], tuple(each["at"])) for each in document["names"]),
        plain=document.get("plain", False),
    )


@dataclass(frozen=True, slots=True)
class _Grid:
    """World units of the grid's origin, and of one step."""

    x: float
    y: float
    step: float

    @classmethod
    def of(cls, surroundings: Surroundings) -> "_Grid":
        west, south, east, north = shapely.total_bounds(
            [each for each in (surroundings.land, surroundings.water, surroundings.lines) if not each.is_empty]
        )
        side = max(east - west, north - south) / (2 * HALF)
        return cls(float((west + HALF) / (2 * HALF)), float((HALF - north) / (2 * HALF)), float(side / STEPS))

    def points(self, flat: Sequence[int]) -> Any:
        """Metres of EPSG:3857, one row a point."""
        world = np.cumsum(np.array(flat, dtype=float).reshape(-1, 2), axis=0) * self.step + [self.x, self.y]
        return (world * [1, -1] + [-0.5, 0.5]) * (2 * HALF)

    def lines(self, shape: Any) -> list[list[int]]:
        """Every line of at least two points of the grid."""
        flat = (self._flat(shapely.get_coordinates(line)) for line in shapely.get_parts(shape))
        return [line for line in flat if len(line) >= 4]

    def polygons(self, shape: Any) -> list[list[list[int]]]:
        """Every polygon whose outer ring keeps three points of the grid, with the holes that do."""
        drawn = ([self._ring(ring) for ring in shapely.get_rings(part)] for part in shapely.get_parts(shape))
        return [[ring for ring in rings if len(ring) >= 6] for rings in drawn if len(rings[0]) >= 6]

    def _ring(self, ring: Any) -> list[int]:
        flat = self._flat(shapely.get_coordinates(ring))
        return flat[:-2] if not sum(flat[2::2]) and not sum(flat[3::2]) else flat

    def _flat(self, metres: Any) -> list[int]:
        world = (metres * [1, -1] + HALF) / (2 * HALF)
        whole = np.rint((world - [self.x, self.y]) / self.step).astype(np.int64)
        kept = whole[np.append(True, np.any(np.diff(whole, axis=0) != 0, axis=1))]
        steps: list[int] = np.diff(kept, axis=0, prepend=[[0, 0]]).ravel().tolist()
        return steps


def _solid(grid: _Grid, polygons: Iterable[Sequence[Sequence[int]]]) -> list[Any]:
    """The polygons as shapes; rounding may have made one touch itself."""
    drawn = [shapely.Polygon(grid.points(rings[0]), [grid.points(each) for each in rings[1:]]) for rings in polygons]
    return [shapely.make_valid(each, method="structure", keep_collapsed=False) for each in drawn]
