"""What stands on regions of a map: circles in proportion to a count, letters of categories without order."""

from typing import Any

import shapely

from geoapp.atlas import words
from geoapp.atlas.page import MapPage
from geoapp.domain.regions import Region
from geoapp.domain.words import Language
from geoapp.layers.plan import CIRCLE_STEPS
from geoapp.pictures import looks, text
from geoapp.pictures.frame import Frame
from geoapp.pictures.labels import Labeller

FADED = ".22"
"""The opacity of what lies outside the area."""
_LETTER_ROOM = 0.7
"""A category's letter stands where a circle of this many times its size has room."""


def circles(page: MapPage, language: Language, frame: Frame, largest: float, titled: bool) -> str:
    """Discs in proportion to the figure, large ones first so that small ones stay visible; empty for other plans."""
    plan = page.plan
    if plan.kind != "circles":
        return ""
    first, last = page.shown
    drawn = []
    for region in sorted(page.regions, key=lambda each: -plan.classes[each.number - 1]):
        byte = plan.classes[region.number - 1]
        if 0 < byte <= CIRCLE_STEPS:
            x, y = frame.pixel(*region.inside)
            title = ""
            if titled:
                figure = words.figure(language, page.layer.indicator, page.observations[region.number - 1])
                title = f"<title>{text.said(f'{region.name}: {figure}')}</title>"
            faded = "" if first <= region.number <= last else f' opacity="{FADED}"'
            radius = largest * byte / CIRCLE_STEPS
            at = f'data-number="{region.number}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.2f}"{faded}'
            drawn.append(f"<circle {at}>{title}</circle>")
    look = f'fill="{looks.CIRCLE}" fill-opacity=".72" stroke="{looks.PAPER}" stroke-width=".8"'
    return f'<g {look} class="circles">{"".join(drawn)}</g>'


def letters(page: MapPage, language: Language, shapes: Any, labels: Labeller) -> str:
    """The letters of categories without order, where their region has room for one clear of names; else empty."""
    if page.plan.kind != "category":
        return ""
    said = words.letters(language, page.layer.indicator)
    colours = {row.category: str(row.colour) for row in page.plan.legend if row.category}
    parts = []
    for region in page.shown_regions:
        slug = page.observations[region.number - 1].category
        spot = _spot(region, shapes[region.number - 1], labels) if slug in said and slug in colours else None
        if slug and spot:
            ink = looks.letter_ink(colours[slug])
            parts.append(
                text.written(said[slug], spot[0], spot[1] + labels.size * 0.35, labels.size, ink, True, "middle")
            )
    return f'<g class="letters" aria-hidden="true">{"".join(parts)}</g>' if parts else ""


def _spot(region: Region, shape: Any, labels: Labeller) -> tuple[float, float] | None:
    """Where a letter stands: on the region's inside point, or a line above or below it."""
    size, grain, (x, y) = labels.size, labels.frame.grain, labels.frame.pixel(*region.inside)
    for move in (0.0, 1.5 * size, -1.5 * size):
        point = shapely.Point(x * grain, (y + move) * grain)
        half = size * 0.5
        free = labels.is_free(shapely.box(x - half, y + move - half, x + half, y + move + half))
        if free and shape.contains(point) and shape.boundary.distance(point) > size * _LETTER_ROOM * grain:
            return x, y + move
    return None
