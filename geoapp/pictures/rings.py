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


class Rings:
    """The legend of one map: where it stands in ``frame``, with letters ``size`` px high.

    ``shapes`` are in steps of the grain, ``largest`` is the radius of the largest figure's circle, px.
    """

    def __init__(
        self, page: MapPage, language: Language, frame: Frame, shapes: Sequence[Any], largest: float, size: float
    ) -> None:
        whole = page.plan.largest
        rows = [row for row in page.plan.legend if row.kind == "circle" and row.figure and whole]
        self.size, self.apart = size, size * _SPACED
        self.said = [words.legend_label(language, page.layer.indicator, row) for row in rows]
        self.radii = [largest * ((row.figure or 0.0) / (whole or 1.0)) ** 0.5 for row in rows]
        width = max((2 * self.radii[0] + _GAP + text.width(each, size) for each in self.said), default=0.0)
        self.width, self.height = width, max(2 * max(self.radii, default=0.0), self.apart * (len(rows) - 1) + 8)
        self.west, self.top = _corner(frame, shapes, self.width, self.height, size) if rows else (0.0, 0.0)

    @property
    def room(self) -> Any:
        """What the legend covers, in pixels; empty where it has no rows."""
        if not self.said:
            return shapely.Polygon()
        half = self.size / 2
        return shapely.box(self.west, self.top - half, self.west + self.width, self.top + self.height + half)

    def drawn(self) -> str:
        """The rings with their figures."""
        parts, line = [], self.top - self.apart
        for label, radius in zip(self.said, self.radii, strict=True):
            x, y = self.west + self.radii[0], self.top + self.height - radius
            line = max(line + self.apart, y - radius)
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{looks.CIRCLE}" fill-opacity=".2"/>'
            )
            parts.append(f'<path d="M{x:.1f} {y - radius:.1f}L{x + self.radii[0] + 4:.1f} {line:.1f}" fill="none"/>')
            words_at = text.written(label, x + self.radii[0] + _GAP, line + self.size * 0.35, self.size)
            parts.append(words_at.replace("<text", '<text stroke="none"', 1))
        said = "".join(parts)
        return f'<g class="rings" stroke="{looks.CIRCLE}" stroke-width="1">{said}</g>' if parts else ""


def _corner(frame: Frame, shapes: Sequence[Any], width: float, height: float, size: float) -> tuple[float, float]:
    """The upper left point of the corner where the legend covers least; on the left it stands above the scale bar."""
    east, low = frame.width - _EDGE - width, frame.height - _EDGE - height
    corners = [(east, low), (east, _EDGE), (_EDGE, _EDGE), (_EDGE, low - 40 - size)]

    def covered(corner: tuple[float, float]) -> float:
        x, y = (side * frame.grain for side in corner)
        room = shapely.box(x, y, x + width * frame.grain, y + height * frame.grain)
        return float(shapely.area(shapely.intersection(shapes, room)).sum())

    return min(corners, key=covered)
