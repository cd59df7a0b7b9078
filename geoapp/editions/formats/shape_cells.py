"""Shapes that stand in a cell of a table: a path of points, well-known text or binary, or GeoJSON."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

TITLES = ("path", "wkt", "geom", "geometry", "the_geom", "wkb_geometry", "shape", "geojson", "polygon", "coordinates")
"""What a column of shapes is called, compared without case; the first that holds shapes counts."""
_WKT = re.compile(
    r"\s*(?:SRID=(\d+)\s*;\s*)?(?=(?:MULTI)?(?:POLYGON|POINT|LINESTRING)|GEOMETRYCOLLECTION)", re.IGNORECASE
)
_HEX = re.compile(r"\s*0[01][0-9A-Fa-f]{18,}\s*")
_NORTH, _EAST = 15.0, 90.0


def column_of(titles: Sequence[str], first: Sequence[Any]) -> int | None:
    """The place of the column of shapes in a table, by its title and by its first filled cell."""
    for wanted in TITLES:
        for number, title in enumerate(titles):
            if title.strip().lower() == wanted and (is_shape(first[number]) or first[number] in (None, "")):
                return number
    return None


def is_shape(cell: Any) -> bool:
    """Whether a cell may hold a shape."""
    if isinstance(cell, (list, dict)):
        return bool(cell)
    if not isinstance(cell, str):
        return False
    start = cell.lstrip()
    return start.startswith(("[[", "[ [", "{")) or bool(_WKT.match(start) or _HEX.fullmatch(start))


def read_cells(cells: Sequence[Any]) -> tuple[Any, list[int], str | None]:
    """The shapes of a column, the rows that hold something else, and the reference system if one is said.

    Points of a path are latitude before longitude, as the public compilation of village boundaries has them; where the
    whole column says the contrary, it is believed.
    """
    from shapely.errors import ShapelyError

    shapes: list[Any] = []
    broken: list[int] = []
    srid: str | None = None
    swapped = _latitude_first(cells)
    for row, cell in enumerate(cells):
        try:
            shape, said = _shape(cell, swapped)
            srid = srid or said
        except (ValueError, TypeError, IndexError, KeyError, ShapelyError):
            shape = None
            broken.append(row)
        shapes.append(shape)
    return shapes, broken, srid or ("EPSG:4326" if any(isinstance(_json(cell), list) for cell in cells) else None)


def _shape(cell: Any, swapped: bool) -> tuple[Any, str | None]:
    import orjson
    import shapely

    value = _json(cell)
    if value is None or value == "":
        return None, None
    if isinstance(value, dict):
        return shapely.from_geojson(orjson.dumps(value)), "EPSG:4326"
    if isinstance(value, list):
        return _path(value, swapped), None
    text = str(value).strip()
    if said := _WKT.match(text):
        return shapely.from_wkt(text[said.end() :]), f"EPSG:{said[1]}" if said[1] else None
    shape = shapely.from_wkb(bytes.fromhex(text))
    srid = int(shapely.get_srid(shape))
    return shape, f"EPSG:{srid}" if srid else None


def _json(cell: Any) -> Any:
    """A cell that is JSON as its value; another text as it is. Raises ValueError if it is cut off."""
    import orjson

    if isinstance(cell, str) and cell.lstrip()[:1] in ("[", "{"):
        try:
            return orjson.loads(cell)
        except orjson.JSONDecodeError:
            return cell
    return cell


def _path(value: list[Any], swapped: bool) -> Any:
    """A polygon of rings, or several: as deep as the lists are. Raises ValueError."""
    import shapely

    deep = _depth(value)
    if deep == 2:
        value, deep = [value], 3
    if deep not in (3, 4):
        raise ValueError("no path")
    parts = []
    for rings in value if deep == 4 else [value]:
        drawn = [_ring(ring, swapped) for ring in rings if len(ring) > 2]
        if drawn:
            parts.append(shapely.Polygon(drawn[0], drawn[1:]))
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _ring(points: list[Any], swapped: bool) -> Any:
    ring = np.array([point[:2] for point in points], dtype=float)
    return ring[:, ::-1] if swapped else ring


def _depth(value: Any) -> int:
    deep = 0
    while isinstance(value, list) and value:
        value, deep = value[0], deep + 1
    return deep


def _latitude_first(cells: Sequence[Any]) -> bool:
    """Whether most paths begin with a latitude; in this country the two cannot be taken for one another."""
    votes = 0
    for cell in cells:
        value = _json(cell)
        while isinstance(value, list) and value and isinstance(value[0], list):
            value = value[0]
        if isinstance(value, list) and len(value) > 1 and all(isinstance(each, (int, float)) for each in value[:2]):
            votes += 1 if abs(value[0]) < _NORTH and value[1] > _EAST else -1
    return votes > 0
