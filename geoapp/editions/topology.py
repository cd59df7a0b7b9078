"""What is wrong between and within shapes: broken rings, overlaps, gaps; found, told, and written for QGIS."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from geoapp.domain.findings import Finding, Place, Weight
from geoapp.editions import coverage
from geoapp.editions.output import aside, refuse_foreign

Array = Any
KINDS = {
    "invalid": "finding.topology_invalid",
    "overlap": "finding.topology_overlap",
    "gap": "finding.topology_gap",
    "hole": "finding.topology_hole",
}
"""What can be wrong, and the finding that tells it."""
_LEAST_M2, _LEAST_M = 1.0, 0.05
"""Overlaps and gaps below a square metre, or thinner than some centimetres, are rounding."""
_LARGEST = 10_000
"""Squares of the gap width beyond which a hole is no gap, however it is formed."""
_WITHIN = 0.5
"""The share of a region that lies in another from which it counts as drawn over it."""


class Fault(NamedTuple):
    """One fault: ``kind`` is ``invalid``, ``overlap``, ``gap`` (closed) or ``hole`` (left, wide enough to be water).

    ``one`` and ``other`` are the numbers of its regions, ``area`` is in m², ``reason`` says what a broken ring is.
    """

    kind: str
    shape: Any
    area: float
    one: int
    other: int | None = None
    reason: str = ""


class Told(NamedTuple):
    """A fault as it is told: with the code and name of its regions; shapes in EPSG:4326."""

    kind: str
    shape: Any
    area: float
    reason: str
    code: str
    name: str
    other_code: str | None
    other_name: str | None


class Overlaps(NamedTuple):
    """The overlaps; the area each region shares with others that lie within it; how many regions have any fault."""

    faults: list[Fault]
    given: Array
    unmatched: int


def overlaps(shapes: Array) -> Overlaps:
    """Where valid shapes (in metres) overlap. Only those whose edges do not match are looked at."""
    import shapely

    with np.errstate(invalid="ignore"):
        bad = ~shapely.is_empty(shapely.coverage_invalid_edges(shapes))
    suspects = np.flatnonzero(bad)
    given = np.zeros(len(shapes))
    one, other = shapely.STRtree(shapes).query(shapes[suspects])
    one = suspects[one]
    once = (one < other) | ((one > other) & ~bad[other])
    one, other = one[once & (one != other)], other[once & (one != other)]
    shared = shapely.intersection(shapes[one], shapes[other])
    area: Array = shapely.area(shared)
    whole: Array = shapely.area(shapes)
    seen = np.flatnonzero(_large(shared))
    for place in seen:
        small, large = sorted((int(one[place]), int(other[place])), key=lambda region: float(whole[region]))
        if area[place] > _WITHIN * whole[small]:
            given[large] += area[place]
    found = [
        Fault("overlap", _areal(shared[place]), float(area[place]), int(one[place]), int(other[place]))
        for place in seen
    ]
    return Overlaps(found, given, int(bad.sum()))


def gaps_closed(before: Array, after: Array) -> Iterator[Fault]:
    """What belongs to a region now and belonged to none before; beside the region that got it the nearest other."""
    import shapely

    changed = np.flatnonzero(np.abs(shapely.area(after) - shapely.area(before)) > _LEAST_M2)
    gained = shapely.difference(after[changed], before[changed])
    large = _large(gained)
    changed, gained = changed[large], gained[large]
    tree = shapely.STRtree(before)
    one, other = tree.query(gained)
    bounds = np.searchsorted(one, np.arange(len(changed) + 1))
    for place, region in enumerate(changed):
        around = other[bounds[place] : bounds[place + 1]]
        others = around[around != region]
        gap = shapely.difference(gained[place], shapely.union_all(before[others])) if len(others) else gained[place]
        for part in shapely.get_parts(_areal(gap)):
            if _large(part):
                beside = others[np.argmin(shapely.distance(before[others], part))] if len(others) else None
                yield Fault("gap", _areal(part), float(part.area), int(region), None if beside is None else int(beside))


def holes_left(shapes: Array, width: float) -> Iterator[Fault]:
    """What a coverage encloses and nobody has: water, or what the file lacks; ``gap`` where it is below ``width``."""
    import shapely

    parts = shapely.get_parts(coverage.united(shapes))
    rings, part = shapely.get_rings(parts, return_index=True)
    inner = np.concatenate(([False], part[1:] == part[:-1])) if len(part) else np.zeros(0, dtype=bool)
    holes: Array = shapely.polygons(rings[inner])
    tree = shapely.STRtree(shapes)
    for hole in holes:
        one, other = _beside(hole, shapes, tree)
        narrow = hole.area < _LARGEST * width**2 and shapely.maximum_inscribed_circle(hole).length * 2 < width
        yield Fault("gap" if narrow else "hole", _areal(hole), float(hole.area), one, other)


def _beside(hole: Any, shapes: Array, tree: Any) -> tuple[int, int | None]:
    """The region that has most of a hole's shore, and the one that has most of what is left, if anybody."""
    import shapely

    around = tree.query(hole, predicate="dwithin", distance=_LEAST_M)
    if not len(around):
        return int(tree.nearest(hole)), None
    shore = shapely.length(shapely.intersection(shapely.boundary(shapes[around]), shapely.buffer(hole, _LEAST_M)))
    first, *others = around[np.argsort(-shore, kind="stable")][:2].tolist()
    return first, (others or [None])[0]


def told(faults: Sequence[Fault], codes: Sequence[str], names: Sequence[str]) -> tuple[Told, ...]:
    """The faults with the codes and names of their regions."""
    return tuple(
        Told(
            fault.kind,
            fault.shape,
            fault.area,
            fault.reason,
            *(codes[fault.one], names[fault.one]),
            *((None, None) if fault.other is None else (codes[fault.other], names[fault.other])),
        )
        for fault in faults
    )


def findings(faults: Sequence[Told], file: str) -> Iterator[Finding]:
    """For each kind how many there are, their area, and the largest with both names and a coordinate."""
    import shapely

    for kind, message in KINDS.items():
        some = [each for each in faults if each.kind == kind]
        if not some:
            continue
        largest = max(some, key=lambda each: each.area)
        at = shapely.point_on_surface(largest.shape)
        said = {
            "n": len(some),
            "area": _hectares(sum(each.area for each in some)),
            "largest": _hectares(largest.area),
            "one": f"{largest.code} {largest.name}",
            "other": f"{largest.other_code} {largest.other_name}" if largest.other_code else "-",
            "at": f"{at.y:.5f}, {at.x:.5f}",
            "reason": largest.reason,
        }
        weight = Weight.NOTE if kind == "hole" else Weight.WARN
        yield Finding(weight, message, said, Place(file))


def write(path: Path, faults: Sequence[Told]) -> None:
    """A GeoPackage for QGIS, EPSG:4326: a layer for each kind of fault, with both regions, the area and the place.

    What stands there is replaced once the new one is whole. Raises BadRequest if that is no GeoPackage, Refused if it
    cannot be written.
    """
    refuse_foreign(path)
    with aside(path) as new:
        _write(new, faults)


def _write(path: Path, faults: Sequence[Told]) -> None:
    import geopandas
    import shapely

    for kind in KINDS:
        some = [each for each in faults if each.kind == kind]
        places = [shapely.point_on_surface(each.shape) for each in some]
        table: dict[str, list[Any]] = {
            name: [getattr(each, name) for each in some] for name in ("code", "name", "other_code", "other_name")
        }
        table["area_m2"] = [round(each.area, 1) for each in some]
        table["reason"] = [each.reason for each in some]
        table["lon"], table["lat"] = [point.x for point in places], [point.y for point in places]
        drawn = geopandas.GeoDataFrame(table, geometry=[each.shape for each in some], crs=4326)
        geometry = "Point" if kind == "invalid" else "MultiPolygon"
        drawn.to_file(path, layer=kind, driver="GPKG", engine="pyogrio", geometry_type=geometry, promote_to_multi=False)


def _hectares(area: float) -> str:
    return f"{area / 1e4:.2f}"


def _large(shapes: Array) -> Array:
    import shapely

    area = shapely.area(shapes)
    return (area > _LEAST_M2) & (area > _LEAST_M * shapely.length(shapes) / 2)


def _areal(shape: Any) -> Any:
    return coverage.polygons([shape])[0]
