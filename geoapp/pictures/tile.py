"""Picture tiles: region numbers burnt into a finer raster, the plan's colours looked up, the result reduced.

XYZ tiles of 256 px for clients that draw no shapes of their own; transparent where there is no region.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import shapely

from geoapp.atlas.page import MapPage
from geoapp.domain.mercator import metres
from geoapp.layers.plan import CIRCLE_STEPS, Plan
from geoapp.pictures import looks, raster
from geoapp.pictures.raster import FINER, Canvas, Colours, Pixels
from geoapp.store import shapes
from geoapp.store.database import Store

SIZE = 256
_LARGEST_CIRCLE = 24
"""Pixels of the largest circle's radius; as in the viewer it never grows beyond a share of a screen."""

NEAR = 1 / 8
"""The share of a side from which circles of regions beyond a tile may reach into it."""

Box = tuple[float, float, float, float]
Points = Mapping[int, tuple[float, float]]
_NOWHERE: Points = {}


def of_map(store: Store, page: MapPage, zoom: int, at: tuple[int, int], bounds: Box) -> bytes:
    """The picture tile of an opened map: of ``zoom``, column and row ``at``, and ``bounds`` in EPSG:3857."""
    west, south, east, north = bounds
    more = (east - west) * NEAR
    with store.read() as connection:
        around = west - more, south - more, east + more, north + more
        rows = shapes.outlines_within(connection, page.layer.edition.id, page.level, zoom, around)
    circles = page.plan.kind == "circles"
    insides = {each.number: metres(*page.regions[each.number - 1].inside) for each in rows} if circles else {}
    return paint(page.plan, rows, bounds, at, insides)


def paint(
    plan: Plan, outlines: Sequence[tuple[int, bytes]], bounds: Box, at: tuple[int, int], insides: Points = _NOWHERE
) -> bytes:
    """A PNG of 256 × 256 px, RGBA.

    Parameters
    ----------
    plan
        Says every colour; borders and patterns are drawn as the viewer does.
    outlines
        Number and WKB (EPSG:3857) of every region that touches ``bounds``; for circles of those near it, too.
    bounds
        West, south, east, north of the tile in EPSG:3857.
    at
        Column and row of the tile, so that patterns run on across its edges.
    insides
        Where the circle of each region stands, EPSG:3857: the point that every other drawing of it uses.
    """
    canvas = Canvas(bounds[0], bounds[3], (bounds[2] - bounds[0]) / SIZE, SIZE, SIZE)
    drawn = shapely.from_wkb(np.array([wkb for _, wkb in outlines], dtype=object))
    numbers = np.array([number for number, _ in outlines], dtype=np.int32)
    first = at[0] * SIZE * FINER, at[1] * SIZE * FINER
    reduced = raster.reduced(Colours(plan, FINER, first)(*raster.burn(drawn, numbers, canvas)))
    if plan.kind == "circles":
        reduced = _with_circles(reduced, plan, insides, bounds)
    return raster.png(reduced)


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
        _blend(painted, np.clip(radius + 0.8 - away, 0, 1), raster.rgb(looks.PAPER))
        _blend(painted, np.clip(radius - away, 0, 1) * 0.72, raster.rgb(looks.CIRCLE))
    blended: Pixels = np.rint(painted).astype(np.uint8)
    return blended


def _blend(painted: Pixels, share: Pixels, colour: tuple[int, int, int]) -> None:
    if not share.any():
        return
    over = share[..., None]
    painted[..., :3] = painted[..., :3] * (1 - over) + np.array(colour) * over
    painted[..., 3] = painted[..., 3] + (255 - painted[..., 3]) * share
