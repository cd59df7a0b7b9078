"""The legend of a circle map inside its picture: nested rings at the map's own scale, in the emptiest corner."""

from collections.abc import Sequence
from typing import Any

import shapely

from geoapp.atlas import words
from geoapp.atlas.page import MapPage
from geoapp.domain.words import Language
from geoapp.pictures import looks, text
from geoapp.pictures.frame import Frame

_EDGE, _GAP = 16.0, 8.0
_SPACED = 1.22
"""Lines of text stand so many times their size apart."""


def drawn(page: MapPage, language: Language, frame: Frame, shapes: Sequence[Any], largest: float, size: float) -> str:
    """The rings of the plan's legend with their figures, ``size`` px high; ``shapes`` in steps of the grain."""
    rows = [row for row in page.plan.legend if row.kind == "circle" and row.figure and page.plan.largest]
    if not rows:
        return ""
    said = [words.legend_label(language, page.layer.indicator, row) for row in rows]
    apart = size * _SPACED
    radii = [largest * ((row.figure or 0.0) / (page.plan.largest or 1.0)) ** 0.5 for row in rows]
    width = 2 * radii[0] + _GAP + max(text.width(each, size) for each in said)
    height = max(2 * radii[0], apart * (len(rows) - 1) + 8)
    west, top = _corner(frame, shapes, width, height)
    parts, line = [], top - apart
    for label, radius in zip(said, radii, strict=True):
        x, y = west + radii[0], top + height - radius
        line = max(line + apart, y - radius)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{looks.CIRCLE}" fill-opacity=".2"/>')
        parts.append(f'<path d="M{x:.1f} {y - radius:.1f}L{x + radii[0] + 4:.1f} {line:.1f}" fill="none"/>')
        words_at = text.written(label, x + radii[0] + _GAP, line + size * 0.35, size)
        parts.append(words_at.replace("<text", '<text stroke="none"', 1))
    return f'<g class="rings" stroke="{looks.CIRCLE}" stroke-width="1">{"".join(parts)}</g>'


def _corner(frame: Frame, shapes: Sequence[Any], width: float, height: float) -> tuple[float, float]:
    """The upper left point of the corner where the legend covers least."""
    east, low = frame.width - _EDGE - width, frame.height - _EDGE - height
    corners = [(east, low), (east, _EDGE), (_EDGE, _EDGE), (_EDGE, low - 40)]

    def covered(corner: tuple[float, float]) -> float:
        x, y = (side * frame.grain for side in corner)
        room = shapely.box(x, y, x + width * frame.grain, y + height * frame.grain)
        return float(shapely.area(shapely.intersection(shapes, room)).sum())

    return min(corners, key=covered)
