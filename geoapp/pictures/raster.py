"""Regions burnt into a raster: numbers in cells finer than a pixel, the plan's colours looked up, cells averaged.

For picture tiles, and for maps of regions so small that their lines would be all there is to see.
"""

import struct
import zlib
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import shapely

from geoapp.domain.observations import State
from geoapp.layers.plan import BYTE_STATES, Plan
from geoapp.pictures import looks

FINER = 3
"""Raster cells per pixel and side: smooth edges by plain averaging."""
_LINE = (255, 255, 255)
_LINE_SHARE = 0.6
_LINED = 6
"""Pixels of the median region's diagonal from which lines are drawn: smaller ones would show nothing else."""
_TINY = 2
"""Pixels of the longer side below which a region is burnt as its box: its shape shows nothing, and they are many."""

Pixels = np.ndarray[Any, np.dtype[Any]]


class Canvas(NamedTuple):
    """What a raster shows: west and north in EPSG:3857, metres a pixel, pixels across and down, cells a pixel."""

    west: float
    north: float
    pixel: float
    width: int
    height: int
    finer: int = FINER

    @property
    def cell(self) -> float:
        """Metres of a cell."""
        return self.pixel / self.finer

    @property
    def cells(self) -> tuple[int, int]:
        """Rows and columns of cells."""
        return self.height * self.finer, self.width * self.finer


def burn(shapes: Pixels, numbers: Pixels, canvas: Canvas) -> tuple[Pixels, bool]:
    """The region's number in every cell, 0 for none, and whether the regions are large enough for lines between.

    A region smaller than a pixel gets the pixel it lies in.
    """
    from affine import Affine
    from rasterio.features import rasterize

    burnt: Pixels = np.zeros(canvas.cells, dtype=np.int32)
    kept = ~shapely.is_empty(shapes)
    drawn, numbers = shapes[kept], numbers[kept]
    if not len(drawn):
        return burnt, False
    boxes = shapely.bounds(drawn)
    west, south, east, north = boxes.T
    tiny = np.maximum(east - west, north - south) < _TINY * canvas.pixel
    if not tiny.all():
        transform = Affine(canvas.cell, 0.0, canvas.west, 0.0, -canvas.cell, canvas.north)
        large = zip(drawn[~tiny], numbers[~tiny].tolist(), strict=True)
        burnt = rasterize(large, canvas.cells, transform=transform, dtype="int32")
    _burn_boxes(burnt, boxes[tiny], numbers[tiny], canvas)
    _burn_islets(burnt, drawn[tiny], numbers[tiny], canvas)
    lined = float(np.median(np.hypot(east - west, north - south))) >= _LINED * canvas.pixel
    return burnt, lined


def _burn_boxes(burnt: Pixels, boxes: Pixels, numbers: Pixels, canvas: Canvas) -> None:
    """Every cell whose middle lies in a box."""
    left, right = ((each - canvas.west) / canvas.cell - 0.5 for each in (boxes[:, 0], boxes[:, 2]))
    top, bottom = ((canvas.north - each) / canvas.cell - 0.5 for each in (boxes[:, 3], boxes[:, 1]))
    first = np.ceil(left).astype(int), np.ceil(top).astype(int)
    last = np.floor(right).astype(int), np.floor(bottom).astype(int)
    rows, columns = burnt.shape
    for down in range(_TINY * canvas.finer + 1):
        for across in range(_TINY * canvas.finer + 1):
            column, row = first[0] + across, first[1] + down
            inside = (column >= 0) & (row >= 0) & (column < columns) & (row < rows)
            here = (column <= last[0]) & (row <= last[1]) & inside
            burnt[row[here], column[here]] = numbers[here]


def _burn_islets(burnt: Pixels, shapes: Pixels, numbers: Pixels, canvas: Canvas) -> None:
    """The whole pixel around each one's inside."""
    points = shapely.point_on_surface(shapes)
    columns = np.floor((shapely.get_x(points) - canvas.west) / canvas.pixel).astype(int)
    rows = np.floor((canvas.north - shapely.get_y(points)) / canvas.pixel).astype(int)
    here = (columns >= 0) & (columns < canvas.width) & (rows >= 0) & (rows < canvas.height)
    for down in range(canvas.finer):
        for across in range(canvas.finer):
            burnt[rows[here] * canvas.finer + down, columns[here] * canvas.finer + across] = numbers[here]


class Colours:
    """Looks up the plan's colours for region numbers, patterns included, of which a pixel has ``finer`` cells.

    ``at`` is where the first cell lies, so that patterns run on across tiles.
    """

    def __init__(self, plan: Plan, finer: float = FINER, at: tuple[int, int] = (0, 0)) -> None:
        self._at, self._finer = at, finer
        self._table = np.zeros((len(plan.classes) + 1, 4), dtype=np.uint8)
        self._kinds = np.zeros(len(plan.classes) + 1, dtype=np.uint8)
        classes = np.frombuffer(plan.classes, dtype=np.uint8)
        marks = np.frombuffer(plan.marks, dtype=np.uint8) if plan.marks else np.zeros_like(classes)
        alike = classes.astype(np.uint16) << 8 | marks
        for pair in np.unique(alike).tolist():
            same = np.flatnonzero(alike == pair) + 1
            colour, kind = _look(plan, int(same[0]), pair >> 8)
            self._table[same] = (*rgb(colour), 255)
            self._kinds[same] = kind

    def __call__(self, numbers: Pixels, lined: bool) -> Pixels:
        """RGBA of every cell."""
        painted = self._table[numbers]
        kinds = self._kinds[numbers]
        for kind in np.unique(kinds[kinds > 0]).tolist():
            drawn = (kinds == kind) & self._pattern(kind, numbers.shape)
            painted[drawn] = (*rgb(looks.PATTERN_INK if kind < _DARK_DOTS else _DOTS[kind]), 255)
        if lined:
            blended = painted[here := edges(numbers), :3] * (1 - _LINE_SHARE) + np.array(_LINE) * _LINE_SHARE
            painted[here, :3] = np.rint(blended).astype(np.uint8)
        return painted

    def _pattern(self, kind: int, shape: tuple[int, ...]) -> Pixels:
        """Where a pattern's ink lies, counted from the origin of the grid that cells lie on."""
        left, top = self._at
        x = ((np.arange(shape[1]) + left) / self._finer)[None, :]
        y = ((np.arange(shape[0]) + top) / self._finer)[:, None]
        return _pattern(kind, x, y)


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


def _pattern(kind: int, x: Pixels, y: Pixels) -> Pixels:
    """Whether a pattern has ink at points, in pixels."""
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


def edges(numbers: Pixels) -> Pixels:
    """Cells beside another region: the lines between, thinner than a pixel."""
    edge = np.zeros(numbers.shape, dtype=bool)
    edge[:, 1:] |= (numbers[:, 1:] != numbers[:, :-1]) & (numbers[:, 1:] > 0) & (numbers[:, :-1] > 0)
    edge[1:, :] |= (numbers[1:, :] != numbers[:-1, :]) & (numbers[1:, :] > 0) & (numbers[:-1, :] > 0)
    return edge


def reduced(fine: Pixels, finer: int = FINER) -> Pixels:
    """Cells averaged to pixels, colours weighted by their opacity."""
    rows, columns = fine.shape[0] // finer, fine.shape[1] // finer
    colour, weight = np.zeros((rows, columns, 3), dtype=np.uint32), np.zeros((rows, columns, 1), dtype=np.uint32)
    for down in range(finer):
        for across in range(finer):
            part = fine[down::finer, across::finer].astype(np.uint32)
            colour += part[..., :3] * part[..., 3:]
            weight += part[..., 3:]
    averaged = np.concatenate([colour / np.maximum(weight, 1), weight / finer**2], axis=2)
    made: Pixels = np.rint(averaged).astype(np.uint8)
    return made


@cache
def rgb(colour: str) -> tuple[int, int, int]:
    """``#rrggbb`` as three bytes."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def png(pixels: Pixels) -> bytes:
    """RGBA pixels as PNG, each row as its difference to the row above: even areas become noughts."""
    height, width = pixels.shape[:2]
    rows = pixels.reshape(height, width * 4)
    filtered = np.empty((height, width * 4 + 1), dtype=np.uint8)
    filtered[:, 0] = 2
    filtered[0, 1:] = rows[0]
    filtered[1:, 1:] = rows[1:] - rows[:-1]
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    parts = (b"IHDR", head), (b"IDAT", zlib.compress(filtered.tobytes(), 6)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
