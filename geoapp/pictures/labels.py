"""Names on the map: the chosen regions' always, districts' where they fit inside, then those of what lies around."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import shapely

from geoapp.atlas.page import MapPage
from geoapp.domain.levels import Level
from geoapp.domain.regions import Region
from geoapp.domain.surroundings import NEIGHBOUR, Surroundings
from geoapp.pictures import ground, looks, text
from geoapp.pictures.burnt import Group
from geoapp.pictures.frame import Frame

_HALO = 3.0
_EDGE = 14
"""Pixels no name comes nearer to the map's edge."""
_INSIDE = 0.8
"""The share of a name's width and height that must lie inside its district."""
_CHOSEN = 1.18
_LONGEST = 26
"""Signs of a name on the map; a longer one is cut."""


class Label(NamedTuple):
    """A name centred at a point of the map, in pixels; ``look`` is ``region``, ``chosen`` or a kind of surroundings."""

    name: str
    x: float
    y: float
    size: float
    look: str = "region"

    @property
    def width(self) -> float:
        """Pixels it takes across."""
        spaced = {NEIGHBOUR: 1.5, "region": 0.0, "chosen": 0.0}.get(self.look, 2.0)
        return text.width(self.name, self.size, self.look == "chosen") + spaced * len(self.name)

    @property
    def box(self) -> Any:
        """The room it takes, with some air."""
        half = self.width / 2 + 3
        return shapely.box(self.x - half, self.y - self.size * 0.8, self.x + half, self.y + self.size * 0.5)


class Labeller:
    """Places names so that none touches another; ``shapes`` run beside the page's regions, in steps of the grain."""

    def __init__(
        self, page: MapPage, shapes: Sequence[Any], frame: Frame, size: float, taken: Sequence[Any] = ()
    ) -> None:
        self.page, self.shapes, self.frame, self.size = page, shapes, frame, size
        self.labels: list[Label] = []
        self._taken = list(taken)
        self._sheet = shapely.box(_EDGE, _EDGE, frame.width - _EDGE, frame.height - _EDGE)

    def point_out(self, regions: Sequence[Region]) -> None:
        """The names of chosen regions, above their shapes."""
        shapes = [self._pixels(self.shapes[each.number - 1]) for each in regions]
        for n, region in enumerate(regions):
            size, name = self.size * _CHOSEN, _short(region.name)
            west, top, east, bottom = shapely.bounds(shapes[n])
            half = Label(name, 0, 0, size, "chosen").width / 2
            x = min(max((west + east) / 2, _EDGE + half), self.frame.width - _EDGE - half)
            above, below = max(top - size * 0.75, _EDGE + size), min(bottom + size, self.frame.height - _EDGE)
            spots = [Label(name, round(x, 1), round(y, 1), size, "chosen") for y in (above, below)]
            free = [each for each in spots if self._free(each)]
            clear = (each for each in free if not any(each.box.intersects(other) for other in shapes))
            self._take(next(clear, (free or spots)[0]))
        self._taken += [shapely.buffer(each, _HALO) for each in shapes]

    def name_regions(self) -> None:
        """Districts, or the regions themselves where there is nothing between; the largest first."""
        for name, shape in sorted(self._named(), key=lambda each: -each[1].area):
            self._fit(_short(name), self._pixels(shape))

    def name_groups(self, groups: Iterable[Group]) -> None:
        """Upper regions of a map that is burnt, where they have room."""
        for group in groups:
            label = Label(_short(group.name), round(group.middle[0], 1), round(group.middle[1], 1), self.size)
            if self._free(label) and group.holds(label.box):
                self._take(label)

    def name_surroundings(self, around: Surroundings, own: Any) -> None:
        """Neighbours, seas and waters, each only where it lies wholly outside the area (``own``, in pixels)."""
        for place in ground.places(around, self.frame, own):
            is_land = place.name.kind == NEIGHBOUR
            size = self.size * (1.0 if is_land else 1.18)
            said = _short(place.name.name.upper() if is_land else place.name.name)
            made = (Label(said, round(x, 1), round(y, 1), size, place.name.kind) for x, y in place.spots)
            found = next((each for each in made if self._free(each) and place.holds(each.box)), None)
            if found:
                self._take(found)

    def drawn(self) -> str:
        """The ``<text>`` elements."""
        return "".join(_written(each) for each in self.labels)

    def _pixels(self, shape: Any) -> Any:
        return shapely.transform(shape, lambda xy: xy / self.frame.grain)

    def _take(self, label: Label) -> None:
        self.labels.append(label)
        self._taken.append(label.box)

    def _free(self, label: Label) -> bool:
        return self._sheet.contains(label.box) and self.is_free(label.box)

    def is_free(self, box: Any) -> bool:
        """Whether no name or scale bar stands there."""
        return not any(box.intersects(other) for other in self._taken)

    def _named(self) -> Iterator[tuple[str, Any]]:
        first, last = self.page.shown
        pairs = list(zip(self.page.shown_regions, self.shapes[first - 1 : last], strict=True))
        families: dict[str, list[Any]] = defaultdict(list)
        for region, shape in pairs:
            if self.page.level is Level.VILLAGE and region.parent in self.page.ancestors:
                families[str(region.parent)].append(shape)
        if len(families) < 2:
            yield from ((region.name, shape) for region, shape in pairs)
        else:
            for code, family in families.items():
                yield self.page.ancestors[code].name, shapely.coverage_union_all(family)

    def _fit(self, name: str, shape: Any) -> None:
        largest = max(shapely.get_parts(shape), key=lambda part: part.area, default=None)
        if largest is None or largest.area < self.size * text.width(name, self.size) * _INSIDE**2:
            return
        for point in (largest.centroid, shapely.get_point(shapely.maximum_inscribed_circle(largest, tolerance=4), 0)):
            label = Label(name, round(point.x, 1), round(point.y, 1), self.size)
            if self._free(label) and _inside(label, largest):
                self._take(label)
                return


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


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"


def _written(label: Label) -> str:
    y = label.y + label.size * 0.32
    if label.look == NEIGHBOUR:
        return text.written(
            label.name,
            label.x,
            y,
            label.size,
            looks.NEIGHBOUR_NAME,
            anchor="middle",
            more=' class="beyond" letter-spacing="1.5"',
        )
    if label.look in ("sea", "water"):
        more = f' class="sea" font-family="{looks.SERIF}" font-style="italic" letter-spacing="2"'
        return text.written(label.name, label.x, y, label.size, looks.SEA_NAME, anchor="middle", more=more)
    bold = label.look == "chosen"
    return text.written(
        label.name, label.x, y, label.size, bold=bold, anchor="middle", halo=_HALO * (1.2 if bold else 1)
    )
