"""Making the surroundings of an edition from a file of what lies there: neighbouring areas, coast, lakes, names."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geoapp.domain.findings import Finding, Place, Weight
from geoapp.domain.mercator import EPSG, degrees, metres, projected
from geoapp.domain.regions import Box
from geoapp.domain.surroundings import NEIGHBOUR, SEA, STEPS, WATER, PlaceName, Surroundings, encode
from geoapp.editions import coverage
from geoapp.editions.axes import on_the_earth
from geoapp.editions.coverage import polygons
from geoapp.editions.draft import Frame
from geoapp.editions.read import features
from geoapp.errors import BadRequest, Refused
from geoapp.store.surroundings import Kept

REACH = 3.0
"""The frame's side in those of the area's longer one: enough for a phone held upright and for a wide screen."""
_OWN = 0.5
"""A polygon of the file with more than this share of its area inside the edition's is that area itself."""
_SLIVER = 8
_NEAR = 1 / 45
"""As a share of the frame: how far a coarse file's border may lie beside the edition's own."""
_ROOM = 0.03
"""As a share of the area's side: the radius of the circle in which a name may stand."""
_NAMES = (
    "nama",
    "name",
    "kabkot",
    "kab_kota",
    "kabupaten",
    "nmkab",
    "nm_kab",
    "wadmkk",
    "adm2_en",
    "name_2",
    "nama_kab",
)
_CODES = ("kode", "code", "id", "kdkab", "kdppum", "id_kab", "kode_kab", "adm2_pcode")
_KINDS = {"sea": SEA, "laut": SEA, "selat": SEA, "water": WATER, "danau": WATER, "waduk": WATER, "neighbour": NEIGHBOUR}
_LAKE = re.compile(r"(danau|waduk|situ|rawa|lake)\b", re.IGNORECASE)
_TITLED = re.compile(r"(kab\.?|kabupaten|kota|kec\.?|kecamatan|provinsi)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ground:
    """The edition's own area: all of it as one shape (EPSG:3857), and its box in degrees."""

    shape: Any
    box: Box


def sea(written: str) -> PlaceName:
    """A name of the sea as it is said beside the file: ``Laut Jawa=106.1,-5.8`` (longitude, latitude).

    Raises
    ------
    BadRequest
        If it is not written so.
    """
    said = re.fullmatch(r"\s*(.{1,60}?)\s*=\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*", written)
    if said is None or abs(float(said[2])) > 180 or abs(float(said[3])) > 85:
        raise BadRequest("error.surroundings_sea", said=written[:80])
    return PlaceName(said[1], SEA, (float(said[2]), float(said[3])))


@dataclass(frozen=True, slots=True)
class Water:
    """Water that an edition has among its regions: names, and shapes in EPSG:4326."""

    names: Sequence[str]
    shapes: Any

    def in_metres(self) -> Any:
        """Its shapes in EPSG:3857, whole and multi-part."""
        import geopandas

        turned = geopandas.GeoSeries(self.shapes, crs=4326).to_crs(EPSG).to_numpy()
        return polygons(shapely.make_valid(turned, method="structure", keep_collapsed=False))


def of_water(box: Box, water: Water) -> Surroundings | None:
    """What lies around an area (``box`` in degrees) of which nothing is known but water; None if none can be seen."""
    own = shapely.box(*projected(np.array(box).reshape(2, 2)).ravel().tolist())
    window = _window(Ground(own, box))
    parts = _Parts(own, shapely.box(*window), (window[2] - window[0]) / STEPS)
    drawn = water.in_metres()
    seen = parts.simple(polygons([shapely.union_all(drawn)])[0])
    if seen.is_empty:
        return None
    named = tuple(parts.named(water.names, drawn, WATER))
    return Surroundings(_degrees(window), shapely.MultiPolygon(), seen, shapely.MultiLineString(), named, plain=True)


def kept(made: Surroundings) -> Kept:
    """The document as it is stored, and its digest."""
    document = json.dumps(encode(made), ensure_ascii=False, separators=(",", ":"))
    return Kept(hashlib.sha256(document.encode()).hexdigest()[:12], document)


def make(
    file: Path,
    ground: Ground,
    name_column: str | None = None,
    seas: Sequence[PlaceName] = (),
    water: Water | None = None,
) -> tuple[Surroundings, tuple[Finding, ...]]:
    """What the file says of the frame around an area.

    Parameters
    ----------
    file
        Of any format that is read. Polygons are land, or water where their ``kind`` or name says
        so; points are names of the sea, of waters or of neighbours.
    name_column
        The column of names; looked for where it is not said.
    seas
        Further names of the sea.
    water
        Water among the edition's own regions, drawn beside that of the file.

    Raises
    ------
    NotFound, Refused, BadRequest
        As an import does; ``error.surroundings_elsewhere`` where nothing of the file lies in the frame.
    """
    frame, _, findings = on_the_earth(features(file)[0], None, file.name)
    frame = frame.to_crs(EPSG)
    box = _window(ground)
    window = shapely.box(*box)
    frame = frame[shapely.intersects(shapely.envelope(frame.geometry.values), window)]
    table = _Table.of(frame, name_column, file.name)
    areal = np.isin(shapely.get_type_id(frame.geometry.values), (3, 6, 7))
    drawn = polygons(shapely.make_valid(frame.geometry.values[areal], method="structure", keep_collapsed=False))
    if not len(drawn) or not shapely.intersects(drawn, window).any():
        raise Refused("error.surroundings_elsewhere", file=file.name)
    names = [name for name, is_area in zip(table.names, areal, strict=True) if is_area]
    kinds = [kind for kind, is_area in zip(table.kinds, areal, strict=True) if is_area]
    if water is not None:
        drawn = np.concatenate([drawn, water.in_metres()])
        names, kinds = [*names, *water.names], [*kinds, *[WATER] * len(water.names)]
    parts = _Parts(ground.shape, window, (box[2] - box[0]) / STEPS)
    surroundings = parts.surroundings(drawn, names, kinds)
    points = [PlaceName(n, k or SEA, _lon_lat(p)) for n, k, p in table.points(frame, areal) if window.contains(p)]
    seen = [each for each in seas if window.contains(shapely.Point(metres(*each.at)))]
    lost = [
        Finding(Weight.WARN, "finding.sea_elsewhere", {"name": n.name}, Place(file.name)) for n in seas if n not in seen
    ]
    named = (*surroundings.names, *points, *seen)
    made = Surroundings(_degrees(box), surroundings.land, surroundings.water, surroundings.lines, named)
    return made, (*findings, *lost)


def _window(ground: Ground) -> Box:
    """The square frame around the area, EPSG:3857."""
    west, south, east, north = shapely.bounds(ground.shape).tolist()
    half = max(east - west, north - south) * REACH / 2
    x, y = (west + east) / 2, (south + north) / 2
    return x - half, y - half, x + half, y + half


def _degrees(box: Box) -> Box:
    (west, south), (east, north) = degrees(np.array(box).reshape(2, 2)).tolist()
    return west, south, east, north


def _lon_lat(point: Any) -> tuple[float, float]:
    lon, lat = degrees(np.array([[point.x, point.y]]))[0].tolist()
    return lon, lat


@dataclass(frozen=True, slots=True)
class _Table:
    """What the file's columns say of each feature: its name, and its kind where one is said."""

    names: list[str]
    kinds: list[str | None]

    @classmethod
    def of(cls, frame: Frame, name_column: str | None, file: str) -> "_Table":
        columns = {str(each).lower(): each for each in frame.columns if each != frame.geometry.name}
        if name_column is not None and name_column.lower() not in columns:
            raise BadRequest("error.boundary_no_column", file=file, column=name_column, columns=", ".join(columns))
        named = (
            columns[name_column.lower()] if name_column else next((columns[n] for n in _NAMES if n in columns), None)
        )
        code = next((columns[each] for each in _CODES if each in columns), None)
        said = columns.get("kind") or columns.get("jenis")
        names = [_text(each) for each in frame[named]] if named is not None else [""] * len(frame)
        codes = [_text(each) for each in frame[code]] if code is not None else [""] * len(frame)
        kinds = [_KINDS.get(_text(each).lower()) for each in frame[said]] if said is not None else [None] * len(frame)
        kinds = [kind or (WATER if _LAKE.match(name) else None) for kind, name in zip(kinds, names, strict=True)]
        return cls([_titled(*each) for each in zip(names, codes, kinds, strict=True)], kinds)

    def points(self, frame: Frame, areal: Any) -> list[tuple[str, str | None, Any]]:
        """Name, kind and place of every named point."""
        rows = zip(self.names, self.kinds, frame.geometry.values, areal, strict=True)
        return [(n, k, p) for n, k, p, is_area in rows if n and not is_area and p.geom_type == "Point"]


def _text(cell: Any) -> str:
    return " ".join(str(cell).split()) if isinstance(cell, str) else ""


def _titled(name: str, code: str, kind: str | None) -> str:
    """A regency's name with what it is, shortened: ``Kab. Pandeglang``, ``Kota Cilegon``; its code tells which."""
    short = re.sub(r"^kabupaten\s", "Kab. ", name, flags=re.IGNORECASE)
    regency = re.fullmatch(r"(?:ID)?\d\d[.-]?(\d)\d", code)
    if not name or kind or not regency or _TITLED.match(name):
        return short
    return f"{'Kota' if regency[1] >= '7' else 'Kab.'} {name}"


@dataclass(frozen=True, slots=True)
class _Parts:
    """The land and water of a frame around ``own``; ``step`` is the grid's, in metres."""

    own: Any
    window: Any
    step: float

    def surroundings(self, drawn: Any, names: Sequence[str], kinds: Sequence[str | None]) -> Surroundings:
        """The polygons cut to the frame, fitted together and to the area's own lines."""
        lakes = np.array([kind in (WATER, SEA) for kind in kinds], dtype=bool)
        own = shapely.area(shapely.intersection(drawn, self.own)) > _OWN * shapely.area(drawn)
        cut = shapely.intersection(drawn, self.window)
        others = self._fitted(polygons(shapely.difference(cut[~lakes & ~own], self.own)))
        water = shapely.difference(shapely.union_all(cut[lakes]), self.own)
        land = self._land(shapely.union_all(others), shapely.union_all(cut[own & ~lakes]))
        kept = [name for name, lake, mine in zip(names, lakes, own, strict=True) if not lake and not mine]
        waters = [name for name, lake in zip(names, lakes, strict=True) if lake]
        lines = shapely.line_merge(self._between(others))
        return Surroundings(
            box=(0.0, 0.0, 0.0, 0.0),
            land=self.simple(land),
            water=self.simple(polygons([water])[0]),
            lines=lines if lines.geom_type == "MultiLineString" else shapely.MultiLineString([lines] if lines else []),
            names=(*self.named(kept, others, NEIGHBOUR), *self.named(waters, cut[lakes], WATER)),
        )

    def _fitted(self, shapes: Any) -> Any:
        """One simplified coverage, without what is too small to be seen."""
        clean = coverage.fit(shapes, gap=4 * self.step, snap=self.step / 4)
        return polygons([self._seen(each) for each in coverage.simplify(clean, 2 * self.step)])

    def _seen(self, shape: Any) -> Any:
        least = (4 * self.step) ** 2
        return shapely.MultiPolygon([each for each in shapely.get_parts(shape) if each.area > least])

    def _land(self, others: Any, mine: Any) -> Any:
        """Everything under the neighbours and the area, and what a coarse file leaves open between them."""
        near = others.buffer(_NEAR * STEPS * self.step)
        holes = [shapely.Polygon(ring) for part in shapely.get_parts(self.own) for ring in part.interiors]
        between = shapely.intersection(shapely.difference(mine, self.own), shapely.union_all([near, *holes]))
        rim = 2 * self.step
        under = [self.own.buffer(-rim), shapely.intersection(self.own, others.buffer(3 * rim))]
        # a simplified border of a neighbour may leave a sliver that is neither theirs nor the area's
        slivers = shapely.intersection(self.own.buffer(_SLIVER * rim), others.buffer(_SLIVER * rim))
        return polygons([shapely.union_all([others, between, slivers, *under])])[0]

    def simple(self, shape: Any) -> Any:
        """As simple as the grid, without what is too small to be seen."""
        if shape.is_empty:
            return shape
        return self._seen(coverage.simplify([shape], self.step)[0])

    def _between(self, others: Any) -> Any:
        """The borders between two neighbours."""
        rims = shapely.boundary(others)
        tree = shapely.STRtree(others)
        pairs = tree.query(others, predicate="touches").T
        shared = [shapely.intersection(rims[a], rims[b]) for a, b in pairs.tolist() if a < b]
        lines = [part for each in shared for part in shapely.get_parts(each) if part.geom_type == "LineString"]
        return shapely.union_all(lines)

    def named(self, names: Sequence[str], shapes: Any, kind: str) -> list[PlaceName]:
        """Each name in its widest place, near the area where there is room."""
        west, south, east, north = shapely.bounds(self.own).tolist()
        side = max(east - west, north - south)
        placed = []
        for name in filter(None, dict.fromkeys(names)):
            ground = shapely.union_all([shape for shape, own in zip(shapes, names, strict=True) if own == name])
            for reach in (0.12, 0.35, 1.0):
                near = shapely.box(west - reach * side, south - reach * side, east + reach * side, north + reach * side)
                inside = shapely.intersection(ground, near)
                circle = shapely.maximum_inscribed_circle(inside, tolerance=self.step) if inside.area else None
                if circle is not None and circle.length > side * _ROOM:
                    placed.append(PlaceName(name, kind, _lon_lat(shapely.get_point(circle, 0))))
                    break
        return placed
