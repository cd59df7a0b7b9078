"""What lies around the area on a map: water, land, borders of neighbours, lakes; and where their names may stand."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import shapely

from geoapp.domain.mercator import metres
from geoapp.domain.surroundings import NEIGHBOUR, SEA, PlaceName, Surroundings
from geoapp.pictures import lines, looks
from geoapp.pictures.frame import Frame

_TOLERANCE = 0.7
_AIR = 6.0
"""Pixels between a name around and the area."""
_ON_GROUND = 0.85
"""The share of a name that must lie on its ground."""
_LEAST = 900
"""Square pixels under which no name is sought for a neighbour."""
_TRIES = 24
"""Further places where a neighbour's name is tried."""
_REACH = 0.3
"""How far the sea's name may move from its place, as a share of the map's longer side."""


def drawn(around: Surroundings | None, frame: Frame, bleed: float = 0) -> str:
    """The ground of a map, ``bleed`` pixels beyond its frame; plain land where nothing is known of it."""
    sheet = f'<rect width="{frame.width + 2 * bleed:g}" height="{frame.height + 2 * bleed:g}"'
    if bleed:
        sheet += f' x="{-bleed:g}" y="{-bleed:g}"'
    if around is None:
        return f'{sheet} fill="{looks.LAND}" class="land"/>'
    land, water, borders = (_path(each, frame, bleed) for each in (around.land, around.water, around.lines))
    grain = frame.grain
    under, named = (looks.LAND, "land") if around.plain else (looks.WATER, "water")
    return "".join(
        (
            f'{sheet} fill="{under}" class="{named}"/><g transform="scale({1 / grain:.6g})" fill-rule="evenodd">',
            f'<path d="{land}" fill="{looks.LAND}" stroke="{looks.BEYOND}" stroke-width="{0.6 * grain:g}"',
            ' class="land"/>',
            f'<path d="{water}" fill="{looks.WATER}" class="water"/>' if water else "",
            f'<path d="{borders}" fill="none" stroke="{looks.BEYOND}" stroke-width="{grain:g}" class="beyond"/>'
            if borders
            else "",
            "</g>",
        )
    )


def _path(shape: Any, frame: Frame, bleed: float) -> str:
    """What of a shape the frame shows, as path data; a little beyond it, so that no edge is seen."""
    reach = (4 + bleed) * frame.metres
    west, south, east, north = frame.bounds
    cut = shapely.clip_by_rect(shape, west - reach, south - reach, east + reach, north + reach)
    placed = shapely.simplify(frame.placed(cut), _TOLERANCE * frame.grain)
    parts = shapely.get_parts(placed)
    solid = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    open_ones = [np.rint(shapely.get_coordinates(each)).astype(np.int64).tolist() for each in parts[~solid]]
    closed = lines.path(ring for each in lines.rings(parts[solid]) for ring in each)
    return closed + lines.open_path([[tuple(point) for point in each] for each in open_ones])


class Place(NamedTuple):
    """A name with the points where it may stand, best first; in pixels.

    It may hardly leave its ``ground``, and never touches the area itself, ``own``.
    """

    name: PlaceName
    spots: list[tuple[float, float]]
    ground: Any
    own: Any

    def holds(self, box: Any) -> bool:
        """Whether a name of this size lies beside the area, and on its ground but for a little."""
        beside = not shapely.intersects(self.own, box)
        return beside and bool(shapely.intersection(box, self.ground).area >= _ON_GROUND * box.area)


def places(around: Surroundings, frame: Frame, own: Any) -> Iterator[Place]:
    """Where names may stand; ``own`` is the area, in pixels."""
    sheet = shapely.box(0, 0, frame.width, frame.height)
    land, borders, lakes = (
        shapely.transform(each, lambda xy: (xy - [frame.west, frame.north]) / [frame.metres, -frame.metres])
        for each in (around.land, around.lines, around.water)
    )
    near = shapely.simplify(own, 1)
    shapely.prepare(near)
    shadow = shapely.buffer(shapely.simplify(own, 2), _AIR, quad_segs=2)
    seen = shapely.intersection(shapely.make_valid(land), sheet)
    faces = _faces(shapely.difference(seen, shadow), borders)
    sea = shapely.difference(shapely.difference(sheet, seen), shadow)
    for name in around.names:
        x, y = metres(*name.at)
        at = (x - frame.west) / frame.metres, (frame.north - y) / frame.metres
        if name.kind == NEIGHBOUR:
            face = next((face for face in faces if face.distance(shapely.Point(at)) < _AIR + 2), None)
            if face is not None:
                # where a name reaches over the coast it still stands on its own side of every border
                spots = [at, *_widest(face), *_nearby(at, sheet, face)[:_TRIES]]
                yield Place(name, spots, shapely.union(face, sea), near)
        elif name.kind == SEA:
            yield Place(name, _nearby(at, sheet, sea), sea, near)
        else:
            yield Place(name, [at], lakes, near)


def _faces(land: Any, borders: Any) -> list[Any]:
    """The neighbours' land in pixels, parted by their borders."""
    rims = shapely.union_all([shapely.boundary(land), borders])
    parts = shapely.get_parts(shapely.polygonize(shapely.get_parts(rims)))
    shapely.prepare(land)
    return [part for part in parts if part.area > _LEAST and land.contains(part.representative_point())]


def _widest(face: Any) -> list[tuple[float, float]]:
    """The middle of the widest place of what is seen of a neighbour; names are wider than high."""
    flat = shapely.transform(shapely.simplify(face, 3), lambda xy: xy * [0.45, 1])
    if flat.is_empty or not flat.area:
        return []
    point = shapely.get_point(shapely.maximum_inscribed_circle(flat, tolerance=4), 0)
    return [(point.x / 0.45, point.y)]


def _nearby(at: tuple[float, float], sheet: Any, sea: Any) -> list[tuple[float, float]]:
    """Open water near a point, nearest first: the sea is wide, and its name need not stand in one place."""
    _, _, width, height = sheet.bounds
    columns, rows = np.meshgrid(np.linspace(0, width, 25)[1:-1], np.linspace(0, height, 19)[1:-1])
    points = np.column_stack([columns.ravel(), rows.ravel()])
    away = np.hypot(*(points - at).T)
    near = away < _REACH * max(width, height)
    open_water = near & shapely.contains_xy(shapely.buffer(sea, -_AIR), points)
    order = np.argsort(away[open_water], kind="stable")
    first = [at] if sheet.contains(shapely.Point(at)) else []
    return first + [(float(x), float(y)) for x, y in points[open_water][order]]
