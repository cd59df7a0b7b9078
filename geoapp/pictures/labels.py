"""Names on the map: the chosen region's always, districts' where they fit inside and touch no other name."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

import shapely

from geoapp.atlas.page import MapPage
from geoapp.domain.levels import Level
from geoapp.pictures import text
from geoapp.pictures.frame import Frame

SIZE, CHOSEN_SIZE = 11.5, 13.5
_HALO = 3.0
_EDGE = 16
"""Pixels no name comes nearer to the map's edge."""
_INSIDE = 0.8
"""The share of a name's width and height that must lie inside its district."""


class Label(NamedTuple):
    """A name centred at a point of the map, in pixels."""

    name: str
    x: float
    y: float
    size: float
    bold: bool = False

    @property
    def box(self) -> Any:
        """The room it takes, with some air."""
        half = text.width(self.name, self.size, self.bold) / 2 + 2
        return shapely.box(self.x - half, self.y - self.size * 0.75, self.x + half, self.y + self.size * 0.45)


def placed(page: MapPage, shapes: Sequence[Any], frame: Frame, chosen: str | None, scale: float) -> list[Label]:
    """The labels of a map; ``shapes`` run beside the regions, in steps of the frame's grain."""
    taken = [label for label in [_chosen(page, shapes, frame, chosen, scale)] if label]
    named = _named(page, shapes)
    for name, shape in sorted(named, key=lambda each: -each[1].area):
        ground = shapely.transform(shape, lambda xy: xy / frame.grain)
        label = _fitting(name, ground, frame, taken, SIZE * scale)
        if label:
            taken.append(label)
    return taken


def drawn(labels: Sequence[Label]) -> str:
    """The ``<text>`` elements."""
    return "".join(
        text.written(
            each.name, each.x, each.y + each.size * 0.3, each.size, bold=each.bold, anchor="middle", halo=_HALO
        )
        for each in labels
    )


def _named(page: MapPage, shapes: Sequence[Any]) -> list[tuple[str, Any]]:
    """What is named: the districts of villages, or the regions themselves where there is nothing between."""
    if page.level is not Level.VILLAGE:
        return [(region.name, shape) for region, shape in zip(page.regions, shapes, strict=True)]
    families: dict[str, list[Any]] = defaultdict(list)
    for region, shape in zip(page.regions, shapes, strict=True):
        if region.parent is not None and region.parent in page.ancestors:
            families[region.parent].append(shape)
    return [(page.ancestors[code].name, shapely.coverage_union_all(family)) for code, family in families.items()]


def _fitting(name: str, shape: Any, frame: Frame, taken: Sequence[Label], size: float) -> Label | None:
    largest = max(shapely.get_parts(shape), key=lambda part: part.area, default=None)
    if largest is None:
        return None
    circle = shapely.maximum_inscribed_circle(largest, tolerance=4)
    for point in (largest.centroid, shapely.get_point(circle, 0)):
        label = Label(name, round(point.x, 1), round(point.y, 1), size)
        if _inside(label, largest) and _free(label, frame, taken):
            return label
    return None


def _inside(label: Label, shape: Any) -> bool:
    west, south, east, north = label.box.bounds
    lost = (1 - _INSIDE) / 2
    core = shapely.box(
        west + (east - west) * lost,
        south + (north - south) * lost,
        east - (east - west) * lost,
        north - (north - south) * lost,
    )
    return bool(shape.intersection(core).area >= 0.95 * core.area)


def _free(label: Label, frame: Frame, taken: Sequence[Label]) -> bool:
    west, south, east, north = label.box.bounds
    on_map = west >= _EDGE and south >= _EDGE and east <= frame.width - _EDGE and north <= frame.height - _EDGE
    return on_map and not any(label.box.intersects(other.box) for other in taken)


def _chosen(page: MapPage, shapes: Sequence[Any], frame: Frame, chosen: str | None, scale: float) -> Label | None:
    region = page.region(chosen) if chosen else None
    if region is None:
        return None
    size = CHOSEN_SIZE * scale
    west, top, east, _ = (each / frame.grain for each in shapes[region.number - 1].bounds)
    half = text.width(region.name, size, True) / 2
    x = min(max((west + east) / 2, _EDGE + half), frame.width - _EDGE - half)
    return Label(region.name, round(x, 1), round(max(top - size * 0.8, _EDGE + size), 1), size, True)
