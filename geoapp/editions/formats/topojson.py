"""TopoJSON: borders stored once as arcs; every object with polygons is a layer, and rows without a shape stay rows."""

import gc
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np

from geoapp.editions.formats.content import Content
from geoapp.editions.formats.layer import Layer, Remark, layer

NAME = "TopoJSON"
LIMIT_MIB = 160
"""Every number of it is an object in memory for a while: some twenty times as much."""
WGS84 = "EPSG:4326"
_TYPED = re.compile(rb'"type"\s*:\s*"Topology"')
_LEAST = 4
"""Points of a ring, the first one again at its end."""

Ring = np.ndarray[Any, Any]


def reads(content: Content) -> bool:
    """A JSON object of that type."""
    return content.head.startswith(b"{") and content.holds(_TYPED)


def layers(content: Content) -> Iterator[Layer]:
    """A layer an object. TopoJSON has no reference system but degrees. Raises ValueError."""
    import orjson

    collecting = gc.isenabled()
    gc.disable()  # millions of lists are made at once, and none of them is garbage before the end
    try:
        yield from of(orjson.loads(content.path.read_bytes().removeprefix(b"\xef\xbb\xbf")))
    finally:
        if collecting:
            gc.enable()


def of(topology: dict[str, Any]) -> Iterator[Layer]:
    """The layers of a topology, whose arcs are taken out of it. Raises ValueError if it is none."""
    try:
        arcs = _Arcs(topology)
        for name, each in topology["objects"].items():
            rows = list(_rows(each))
            if any(row.get("type") in ("Polygon", "MultiPolygon") for row in rows):
                yield _layer(name, rows, arcs)
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise ValueError("no topology") from error


def _rows(each: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The features of an object, those of collections within it too."""
    if each.get("type") == "GeometryCollection" and "geometries" in each:
        for inner in each["geometries"]:
            yield from _rows(inner)
    else:
        yield each


def _layer(name: str, rows: Sequence[Mapping[str, Any]], arcs: "_Arcs") -> Layer:
    shapes, broken = arcs.shapes(rows)
    titles = dict.fromkeys(title for row in rows for title in row.get("properties") or {})
    columns = {title: [(row.get("properties") or {}).get(title) for row in rows] for title in titles}
    ids = [row.get("id") for row in rows]
    if "id" not in columns and any(each is not None for each in ids):
        columns["id"] = ids
    said = tuple(Remark(row, "finding.shape_unreadable") for row in broken)
    return layer(name, columns, shapes, WGS84, broken=said)


class _Arcs:
    """The arcs of a topology in degrees, put together into rings."""

    def __init__(self, topology: dict[str, Any]) -> None:
        arcs = topology.pop("arcs")  # its lists take more room than all that is made of them
        ends = np.cumsum([len(arc) for arc in arcs], dtype=int)
        count = int(ends[-1]) if len(ends) else 0
        points = chain.from_iterable(arcs)
        if all(len(point) == 2 for point in chain.from_iterable(arcs)):
            flat = np.fromiter(chain.from_iterable(points), dtype=float, count=2 * count).reshape(-1, 2)
        else:
            flat = np.array([point[:2] for point in points], dtype=float).reshape(-1, 2)
        del arcs, points
        self._arcs = np.split(flat, ends[:-1]) if count else []
        if steps := topology.get("transform"):
            scale, origin = np.array(steps["scale"], dtype=float), np.array(steps["translate"], dtype=float)
            for arc in self._arcs:
                np.cumsum(arc, axis=0, out=arc)
            flat *= scale
            flat += origin

    def shapes(self, rows: Sequence[Mapping[str, Any]]) -> tuple[Any, list[int]]:
        """The shape of each feature, None where it has none, and the features whose shape cannot be put together."""
        import shapely

        shapes = np.full(len(rows), None, dtype=object)
        broken: list[int] = []
        rings: list[Ring] = []
        polygon_of: list[int] = []
        owner: list[int] = []
        for number, row in enumerate(rows):
            try:
                drawn = self._polygons(row)
            except (IndexError, TypeError, ValueError):
                broken.append(number)
                continue
            shapes[number] = shapely.Point() if drawn is None else shapely.Polygon() if row.get("type") else None
            for polygon in drawn or ():
                rings.extend(polygon)
                polygon_of.extend([len(owner)] * len(polygon))
                owner.append(number)
        if rings:
            lengths = [len(ring) for ring in rings]
            lines: Any = shapely.linearrings(np.concatenate(rings), indices=np.repeat(np.arange(len(rings)), lengths))
            polygons: Any = shapely.polygons(lines, indices=np.array(polygon_of))
            several: Any = shapely.multipolygons(
                polygons, indices=np.array(owner), out=np.full(len(rows), None, dtype=object)
            )
            filled = np.unique(owner)
            single = np.bincount(owner, minlength=len(rows))[filled] == 1
            shapes[filled] = np.where(single, shapely.get_geometry(several[filled], 0), several[filled])
        return shapes, broken

    def _polygons(self, row: Mapping[str, Any]) -> list[list[Ring]] | None:
        """The rings of each polygon, those left out that enclose nothing; None for a line or a point."""
        kind = row.get("type")
        if kind in ("Point", "MultiPoint", "LineString", "MultiLineString"):
            return None
        numbers = {"Polygon": [row.get("arcs")], "MultiPolygon": row.get("arcs")}.get(kind or "") or []
        polygons = []
        for each in numbers:
            rings = [self._ring(ring) for ring in each or ()]
            if rings and len(rings[0]) >= _LEAST:
                polygons.append([ring for ring in rings if len(ring) >= _LEAST])
        return polygons

    def _ring(self, numbers: Sequence[int]) -> Ring:
        """One ring: a number below zero is an arc run backwards."""
        pieces = [self._arcs[n] if n >= 0 else self._arcs[~n][::-1] for n in numbers]
        if len(pieces) == 1:
            return pieces[0]
        return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])
