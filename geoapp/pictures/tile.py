"""Picture tiles: region numbers burnt into a finer raster, the plan's colours looked up, the result reduced.

XYZ tiles of 256 px for clients that draw no shapes of their own; transparent where there is no region.
"""

import struct
import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import shapely

from geoapp.domain.observations import State
from geoapp.layers.plan import BYTE_STATES, CIRCLE_STEPS, Plan
from geoapp.pictures import looks

SIZE = 256
FINER = 3
"""Raster cells per pixel and side: smooth edges by plain averaging."""
_LARGEST_CIRCLE = 24
"""Pixels of the largest circle's radius; as in the viewer it never grows beyond a share of a screen."""
_LINE = (255, 255, 255)
_LINE_SHARE = 0.6
_LINED = 6
"""Pixels of the median region's diagonal from which lines are drawn: smaller ones would show nothing else."""
_TINY = 2
"""Pixels of the longer side below which a region is burnt as its box: its shape shows nothing, and they are many."""

Box = tuple[float, float, float, float]
Pixels = np.ndarray[Any, np.dtype[Any]]
Points = Mapping[int, tuple[float, float]]
_NOWHERE: Points = {}


def paint(
    plan: Plan, shapes: Sequence[tuple[int, bytes]], bounds: Box, at: tuple[int, int], insides: Points = _NOWHERE
) -> bytes:
    """A PNG of 256 × 256 px, RGBA.

    Parameters
    ----------
    plan
        Says every colour; borders and patterns are drawn as the viewer does.
    shapes
        Number and WKB (EPSG:3857) of every region that touches ``bounds``; for circles of those near it, too.
    bounds
        West, south, east, north of the tile in EPSG:3857.
    at
        Column and row of the tile, so that patterns run on across its edges.
    insides
        Where the circle of each region stands, EPSG:3857: the point that every other drawing of it uses.
    """
    numbers, lined = _numbers(shapes, bounds)
    reduced = _reduced(_Colours(plan, at)(numbers, lined))
    if plan.kind == "circles":
        reduced = _with_circles(reduced, plan, insides, bounds)
    return _png(reduced)


def _numbers(shapes: Sequence[tuple[int, bytes]], bounds: Box) -> tuple[Pixels, bool]:
    """The region's number in every fine cell, 0 for none, and whether the regions are large enough for lines between.

    A region smaller than a pixel gets the pixel it lies in.
    """
    from affine import Affine
    from rasterio.features import rasterize

    side = SIZE * FINER
    drawn = shapely.from_wkb([wkb for _, wkb in shapes])
    numbers = np.array([number for number, _ in shapes], dtype=np.int32)
    kept = ~shapely.is_empty(drawn)
    drawn, numbers = drawn[kept], numbers[kept]
    if not len(drawn):
        return np.zeros((side, side), dtype=np.int32), False
    cell = (bounds[2] - bounds[0]) / side
    transform = Affine(cell, 0.0, bounds[0], 0.0, -cell, bounds[3])
    west, south, east, north = shapely.bounds(drawn).T
    pixel = cell * FINER
    tiny = np.maximum(east - west, north - south) < _TINY * pixel
    burnt: Pixels = np.zeros((side, side), dtype=np.int32)
    if not tiny.all():
        large = zip(drawn[~tiny], numbers[~tiny].tolist(), strict=True)
        burnt = rasterize(large, (side, side), transform=transform, dtype="int32")
    _burn_boxes(burnt, shapely.bounds(drawn[tiny]), numbers[tiny], bounds, cell)
    _burn_islets(burnt, drawn[tiny], numbers[tiny], bounds, pixel)
    lined = float(np.median(np.hypot(east - west, north - south))) >= _LINED * pixel
    return burnt, lined


def _burn_boxes(burnt: Pixels, boxes: Pixels, numbers: Pixels, bounds: Box, cell: float) -> None:
    """Every fine cell whose middle lies in a box."""
    left, bottom, right, top = boxes.T
    first = np.ceil((left - bounds[0]) / cell - 0.5).astype(int), np.ceil((bounds[3] - top) / cell - 0.5).astype(int)
    last = (
        np.floor((right - bounds[0]) / cell - 0.5).astype(int),
        np.floor((bounds[3] - bottom) / cell - 0.5).astype(int),
    )
    side = len(burnt)
    for down in range(_TINY * FINER + 1):
        for across in range(_TINY * FINER + 1):
            column, row = first[0] + across, first[1] + down
            here = (column <= last[0]) & (row <= last[1]) & (column >= 0) & (row >= 0) & (column < side) & (row < side)
            burnt[row[here], column[here]] = numbers[here]


def _burn_islets(burnt: Pixels, shapes: Pixels, numbers: Pixels, bounds: Box, pixel: float) -> None:
    """The whole pixel around each one's inside."""
    points = shapely.point_on_surface(shapes)
    columns = np.floor((shapely.get_x(points) - bounds[0]) / pixel).astype(int)
    rows = np.floor((bounds[3] - shapely.get_y(points)) / pixel).astype(int)
    here = (columns >= 0) & (columns < SIZE) & (rows >= 0) & (rows < SIZE)
    for down in range(FINER):
        for across in range(FINER):
            burnt[rows[here] * FINER + down, columns[here] * FINER + across] = numbers[here]


class _Colours:
    """Looks up the plan's colours for region numbers, patterns included."""

    def __init__(self, plan: Plan, at: tuple[int, int]) -> None:
        self._plan = plan
        self._at = at
        self._table = np.zeros((len(plan.classes) + 1, 4), dtype=np.uint8)
        self._kinds = np.zeros(len(plan.classes) + 1, dtype=np.uint8)
        classes = np.frombuffer(plan.classes, dtype=np.uint8)
        marks = np.frombuffer(plan.marks, dtype=np.uint8) if plan.marks else np.zeros_like(classes)
        alike = classes.astype(np.uint16) << 8 | marks
        for pair in np.unique(alike).tolist():
            same = np.flatnonzero(alike == pair) + 1
            colour, kind = _look(plan, int(same[0]), pair >> 8)
            self._table[same] = (*_rgb(colour), 255)
            self._kinds[same] = kind

    def __call__(self, numbers: Pixels, lined: bool) -> Pixels:
        painted = self._table[numbers]
        kinds = self._kinds[numbers]
        for kind in np.unique(kinds[kinds > 0]).tolist():
            drawn = (kinds == kind) & _pattern(kind, *(each * SIZE * FINER for each in self._at))
            painted[drawn] = (*_rgb(looks.PATTERN_INK if kind < _DARK_DOTS else _DOTS[kind]), 255)
        if not lined:
            return painted
        edges = _edges(numbers)
        blended = painted[edges, :3] * (1 - _LINE_SHARE) + np.array(_LINE) * _LINE_SHARE
        painted[edges, :3] = np.rint(blended).astype(np.uint8)
        return painted


_HATCH, _CROSS, _DASH, _RINGS, _DARK_DOTS, _LIGHT_DOTS = 1, 2, 3, 4, 5, 6
_DOTS = {_DARK_DOTS: looks.INK, _LIGHT_DOTS: looks.PAPER}
_STATE_KINDS = {State.MISSING: _HATCH, State.SUPPRESSED: _CROSS, State.NOT_APPLICABLE: _DASH}


def _look(plan: Plan, number: int, byte: int) -> tuple[str, int]:
    """Ground colour and pattern of a region."""
    if byte in BYTE_STATES:
        state = BYTE_STATES[byte]
        return (looks.PATTERN_GROUND, _STATE_KINDS[state]) if state in _STATE_KINDS else (looks.LAND, 0)
    if plan.kind == "circles":
        return looks.LAND, 0
    if byte == 0 and looks.has_zero_class(plan):
        return looks.PATTERN_GROUND, _RINGS
    colour = plan.colours[byte]
    if not looks.estimated(plan, number):
        return colour, 0
    return colour, _LIGHT_DOTS if looks.lightness(colour) <= looks.DARKER_THAN else _DARK_DOTS


def _pattern(kind: int, left: int, top: int) -> Pixels:
    """Where a pattern's ink lies in the fine raster, counted from the grid's origin."""
    side = np.arange(SIZE * FINER)
    x, y = ((side + left) / FINER)[None, :], ((side + top) / FINER)[:, None]
    if kind == _HATCH:
        return _line(x + y, 6, 1.4)
    if kind == _CROSS:
        return np.asarray(_line(x + y, 6, 1.2) | _line(x - y, 6, 1.2))
    if kind == _DASH:
        row = np.floor(y / 7)
        return np.asarray((y % 7 < 1.3) & ((x + 5 * (row % 2)) % 10 < 4))
    if kind == _RINGS:
        away = np.hypot(x % 9 - 4.5, y % 9 - 4.5)
        return np.asarray(np.abs(away - 2.2) < 0.6)
    return np.asarray((np.hypot(x % 6 - 1.5, y % 6 - 1.5) < 0.9) | (np.hypot(x % 6 - 4.5, y % 6 - 4.5) < 0.9))


def _line(across: Pixels, pitch: float, width: float) -> Pixels:
    """Diagonal lines; their width is measured across them."""
    return np.asarray(across % pitch < width * 2**0.5)


def _edges(numbers: Pixels) -> Pixels:
    """Fine cells beside another region: the lines between villages, thinner than a pixel."""
    edge = np.zeros(numbers.shape, dtype=bool)
    edge[:, 1:] |= (numbers[:, 1:] != numbers[:, :-1]) & (numbers[:, 1:] > 0) & (numbers[:, :-1] > 0)
    edge[1:, :] |= (numbers[1:, :] != numbers[:-1, :]) & (numbers[1:, :] > 0) & (numbers[:-1, :] > 0)
    return edge


def _reduced(fine: Pixels) -> Pixels:
    """Fine cells averaged to pixels, colours weighted by their opacity."""
    cells = fine.reshape(SIZE, FINER, SIZE, FINER, 4).astype(np.uint16)
    weight = cells[..., 3:] // 255
    count = weight.sum(axis=(1, 3))
    colour = (cells[..., :3] * weight).sum(axis=(1, 3)) / np.maximum(count, 1)
    opacity = count * (255 / FINER**2)
    reduced: Pixels = np.rint(np.concatenate([colour, opacity], axis=2)).astype(np.uint8)
    return reduced


def _with_circles(pixels: Pixels, plan: Plan, insides: Points, bounds: Box) -> Pixels:
    """Discs in proportion to the figure, large ones first."""
    pixel = (bounds[2] - bounds[0]) / SIZE
    side = np.arange(SIZE) + 0.5
    painted = pixels.astype(np.float64)
    sized = sorted(((plan.classes[number - 1], point) for number, point in insides.items()), key=lambda each: -each[0])
    for byte, (east, north) in sized:
        if not 0 < byte <= CIRCLE_STEPS:
            continue
        x, y = (east - bounds[0]) / pixel, (bounds[3] - north) / pixel
        radius = max(1.5, _LARGEST_CIRCLE * byte / CIRCLE_STEPS)
        away = np.hypot(side[None, :] - x, side[:, None] - y)
        _blend(painted, np.clip(radius + 0.8 - away, 0, 1), _rgb(looks.PAPER))
        _blend(painted, np.clip(radius - away, 0, 1) * 0.72, _rgb(looks.CIRCLE))
    blended: Pixels = np.rint(painted).astype(np.uint8)
    return blended


def _blend(painted: Pixels, share: Pixels, colour: tuple[int, int, int]) -> None:
    if not share.any():
        return
    over = share[..., None]
    painted[..., :3] = painted[..., :3] * (1 - over) + np.array(colour) * over
    painted[..., 3] = painted[..., 3] + (255 - painted[..., 3]) * share


@cache
def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _png(pixels: Pixels) -> bytes:
    """RGBA pixels as PNG, each row as its difference to the row above: even areas become noughts."""
    rows = pixels.reshape(SIZE, SIZE * 4)
    filtered = np.empty((SIZE, SIZE * 4 + 1), dtype=np.uint8)
    filtered[:, 0] = 2
    filtered[0, 1:] = rows[0]
    filtered[1:, 1:] = rows[1:] - rows[:-1]
    head = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0)
    parts = (b"IHDR", head), (b"IDAT", zlib.compress(filtered.tobytes(), 6)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
