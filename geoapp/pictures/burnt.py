"""A map of so many small regions that paths would take minutes and show nothing else than their own lines.

Its regions are burnt into a raster, with the lines between upper regions and the coast; the SVG holds it as an image.
"""

import math
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import shapely

from geoapp.atlas.page import MapPage
from geoapp.domain.regions import BoundaryStatus
from geoapp.pictures import looks, raster
from geoapp.pictures.frame import Frame
from geoapp.pictures.raster import Canvas, Colours, Pixels
from geoapp.pictures.sizes import Size

_MANY = 2000
"""Regions up to which every map is made of paths."""
_SMALL = 6.0
"""Pixels of the median region's diagonal, above which paths are worth their while even of many."""
_MOST_CELLS = 8_000_000
"""Cells of a raster; beyond them a pixel has fewer."""
_MOST_GROUPS = 100
"""Upper regions that are told apart by a line and may be named."""
_FADED = 56
"""The opacity of what lies outside the area, of 255."""
_CASING = 140
_NAMED_SHARE = 0.8
"""The share of a name's room that must lie in its upper region."""


class Group(NamedTuple):
    """An upper region to be named: its middle in pixels, and whether a box (shapely, pixels) lies in it."""

    name: str
    middle: tuple[float, float]
    holds: Callable[[Any], bool]


@dataclass(frozen=True)
class Burnt:
    """The raster of a map: ``shapes`` in EPSG:3857 run beside the page's regions."""

    page: MapPage
    frame: Frame
    size: Size
    shapes: Any

    @staticmethod
    def suits(regions: int, median: float) -> bool:
        """Whether a map is drawn so: ``median`` is its regions' median diagonal in pixels."""
        return regions > _MANY and median < _SMALL

    @property
    def image(self) -> str:
        """The ``<image>`` that fills the frame."""
        body = b64encode(raster.png(raster.reduced(self._painted(), self._canvas.finer))).decode()
        width, height = (side / self.size.pixels for side in (self._canvas.width, self._canvas.height))
        return f'<image width="{width:g}" height="{height:g}" href="data:image/png;base64,{body}"/>'

    @cached_property
    def land(self) -> Any:
        """What the regions cover, in pixels, as one shape."""
        from affine import Affine
        from rasterio.features import shapes

        covered = self._thinned(self._numbers > 0)
        found = shapes(covered.astype(np.uint8), covered, transform=Affine.scale(1 / self.size.pixels))
        return shapely.union_all([shapely.geometry.shape(each) for each, _ in found])

    def groups(self) -> Iterator[Group]:
        """Upper regions inside the area, the largest first."""
        first, last = self.page.shown
        shown = np.zeros(len(self._group_of), dtype=bool)
        shown[first : last + 1] = True
        numbers = self._thinned(self._numbers)
        lying = np.where(shown[numbers], self._group_of[numbers], 0)
        counts = np.bincount(lying.ravel(), minlength=len(self._codes) + 1)
        for group in np.argsort(-counts[1:], kind="stable") + 1:
            if counts[group]:
                rows, columns = np.nonzero(lying == group)
                middle = float(columns.mean()) / self.size.pixels, float(rows.mean()) / self.size.pixels
                yield Group(self.page.ancestors[self._codes[group - 1]].name, middle, self._holding(lying == group))

    def _holding(self, lying: Pixels) -> Callable[[Any], bool]:
        def holds(box: Any) -> bool:
            west, north, east, south = (max(0, round(side * self.size.pixels)) for side in shapely.bounds(box).tolist())
            inside = lying[north:south, west:east]
            return bool(inside.size) and float(inside.mean()) >= _NAMED_SHARE

        return holds

    @cached_property
    def _canvas(self) -> Canvas:
        fine = self.size.pixels
        width, height = math.ceil(self.frame.width * fine), math.ceil(self.frame.height * fine)
        finer = max(1, min(raster.FINER, math.isqrt(_MOST_CELLS // max(width * height, 1))))
        return Canvas(self.frame.west, self.frame.north, self.frame.metres / fine, width, height, finer)

    @cached_property
    def _burnt(self) -> tuple[Pixels, bool]:
        numbers = np.array([region.number for region in self.page.regions], dtype=np.int32)
        return raster.burn(self.shapes, numbers, self._canvas)

    @property
    def _numbers(self) -> Pixels:
        return self._burnt[0]

    @cached_property
    def _codes(self) -> list[str]:
        """The upper regions told apart: of the lowest level that has few enough of them."""
        for length in sorted({len(code) for code in self.page.ancestors}, reverse=True):
            found = {region.code[:length] for region in self.page.regions} & self.page.ancestors.keys()
            if 1 < len(found) <= _MOST_GROUPS:
                return sorted(found)
        return []

    @cached_property
    def _group_of(self) -> Pixels:
        """By a region's number (from 1) that of its upper region, 0 for none."""
        places = {code: n for n, code in enumerate(self._codes, 1)}
        length = len(self._codes[0]) if self._codes else 0
        return np.array([0, *(places.get(each.code[:length], 0) for each in self.page.regions)], dtype=np.int16)

    def _painted(self) -> Pixels:
        """RGBA of every cell: fills, lines between upper regions, coast and casing, the area's own outline."""
        numbers, lined = self._burnt
        unit = self._canvas.finer * self.size.pixels
        cells = Colours(self.page.plan, unit * self.size.patterns)(numbers, lined)
        first, last = self.page.shown
        land = numbers > 0
        inside = land & (numbers >= first) & (numbers <= last)
        cells[land & ~inside, 3] = _FADED
        cells[_widened(raster.edges(self._group_of[numbers]), 0.9 * unit) & land, :3] = raster.rgb(looks.PAPER)
        cells[_widened(land, 4 * unit) & ~land] = (*raster.rgb(looks.PAPER), _CASING)
        cells[self._dashed(_widened(_rim(land), 1.1 * unit), unit)] = (*raster.rgb(looks.OUTLINE), 255)
        if not inside.all() and (land & ~inside).any():
            cells[_widened(_rim(inside), 1.6 * unit)] = (*raster.rgb(looks.SELECTED), 255)
        return cells

    def _dashed(self, line: Pixels, unit: float) -> Pixels:
        """On paper the coast of boundaries that are not settled is dashed."""
        if not (self.size.sheet and self.page.layer.edition.status is BoundaryStatus.INDICATIVE):
            return line
        down, across = np.ogrid[: line.shape[0], : line.shape[1]]
        return np.asarray(line & ((down + across) / unit % 5 < 3))

    def _thinned(self, cells: Pixels) -> Pixels:
        """One cell of each pixel: the middle one."""
        finer = self._canvas.finer
        return cells[finer // 2 :: finer, finer // 2 :: finer]


def _rim(mask: Pixels) -> Pixels:
    """Cells of a mask beside one that is not."""
    inner = np.pad(mask, 1, mode="edge")
    around = inner[:-2, 1:-1] & inner[2:, 1:-1] & inner[1:-1, :-2] & inner[1:-1, 2:]
    return np.asarray(mask & ~around)


def _widened(mask: Pixels, width: float) -> Pixels:
    """A line of one cell, or an area, made wider: a line to ``width`` cells, an area by half as much."""
    wide = mask.copy()
    for axis in (0, 1):
        before = wide.copy()
        for step in range(1, max(0, round((width - 1) / 2)) + 1):
            ahead, behind = (
                tuple(each if side == axis else slice(None) for side in (0, 1))
                for each in (slice(step, None), slice(None, -step))
            )
            wide[ahead] |= before[behind]
            wide[behind] |= before[ahead]
    return wide
