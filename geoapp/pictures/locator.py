"""A small picture that shows where one region lies: its upper region's outline and the lines inside, itself filled.

For the middle of a page: no colours of its own, the style sheet gives them by class, in light and dark.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from geoapp.pictures import lines, text
from geoapp.pictures.frame import Frame
from geoapp.pictures.sizes import Size

WIDTH = 320
_LOWEST, _TALLEST = 200, 356
_MARGIN = 14
_GRAIN = 2
_TOLERANCE = 0.8
_LABEL = 14
_SMALL = 9.0
"""Pixels under which the region is ringed, so that it is found."""
_RING = 9.0


def draw(around: Sequence[bytes], own: bytes, name: str, title: str) -> str:
    """The picture as SVG.

    Parameters
    ----------
    around
        WKB, EPSG:3857, of regions of one level that make up the whole; the lines between them are drawn.
    own
        The region's own shape, WKB, EPSG:3857.
    name, title
        What stands beside it, and what the picture is called for those who do not see it.
    """
    shapes = shapely.from_wkb([*around, own])
    frame, size = _frame(shapely.total_bounds(shapes))
    placed = frame.placed(shapes)
    rings = lines.rings(lines.simplified(placed[:-1], _TOLERANCE * _GRAIN))
    between, outline = lines.borders(rings, list(range(len(rings))))
    whole = "".join(lines.path(each) for each in rings)
    simple, exact = lines.rings(np.array([shapely.simplify(placed[-1], _TOLERANCE * _GRAIN / 2), placed[-1]]))
    own_path = lines.path(simple or exact)
    return (
        f'<svg class="locator" viewBox="0 0 {size.width} {size.height}" role="img">'
        f"<title>{text.said(title)}</title>"
        f'<rect class="locator-ground" width="{size.width}" height="{size.height}"/>'
        f'<g transform="scale({1 / _GRAIN:g})"><path class="locator-casing" d="{outline}"/>'
        f'<path class="locator-land" d="{whole}"/><path class="locator-between" d="{between}"/>'
        f'<path class="locator-outline" d="{outline}"/><path class="locator-own" d="{own_path}"/></g>'
        f"{_ring(placed[-1])}{_name(name, placed[-1], size)}</svg>"
    )


def _frame(bounds: Any) -> tuple[Frame, Size]:
    west, south, east, north = (float(each) for each in bounds)
    tall = (north - south) / max(east - west, 1e-6) * (WIDTH - 2 * _MARGIN) + 2 * _MARGIN
    height = round(min(_TALLEST, max(_LOWEST, tall)))
    size = Size("locator", WIDTH, height, grain=_GRAIN, margin=_MARGIN, labels=False)
    return Frame.around((west, south, east, north), size), size


def _pixels(shape: Any) -> tuple[float, float, float, float]:
    west, top, east, bottom = (float(each) / _GRAIN for each in shapely.bounds(shape))
    return west, top, east, bottom


def _ring(shape: Any) -> str:
    west, top, east, bottom = _pixels(shape)
    if max(east - west, bottom - top) >= _SMALL:
        return ""
    return f'<circle class="locator-ring" cx="{(west + east) / 2:.1f}" cy="{(top + bottom) / 2:.1f}" r="{_RING:g}"/>'


def _name(name: str, shape: Any, size: Size) -> str:
    """The name above the shape, or below where there is no room; cut where it is wider than the picture."""
    west, top, east, bottom = _pixels(shape)
    small = max(east - west, bottom - top) < _SMALL
    short = text.wrapped(name, _LABEL, size.width - 16, True, most=1)[0]
    half = text.width(short, _LABEL, True) / 2
    x = float(np.clip((west + east) / 2, 8 + half, max(8 + half, size.width - 8 - half)))
    air = _RING if small else 4
    y = top - air - 2 if top - air - _LABEL > 4 else bottom + air + _LABEL
    return f'<text class="locator-name" x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{text.said(short)}</text>'
