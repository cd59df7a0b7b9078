"""The one painter of SVG: a page's own map, embeds, small pictures and pictures to share.

Presentation attributes only, no ``style``: a page's content policy forbids those. Every text is escaped.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import shapely

from geoapp.atlas import words
from geoapp.atlas.page import MapPage
from geoapp.domain.observations import State
from geoapp.domain.regions import Region
from geoapp.domain.words import Language
from geoapp.i18n import numbers
from geoapp.layers.plan import CIRCLE_STEPS, STATE_BYTES
from geoapp.pictures import labels, lines, looks, panel, rings, text
from geoapp.pictures.frame import Frame
from geoapp.pictures.sizes import Size

_ISLET = 3.0
"""Pixels under which a region is drawn as a disc of this diameter, so that it is not lost."""
_LARGEST_CIRCLE = 0.04
"""The largest circle's radius as a share of the map's width …"""
_CROWDED = 0.6
"""… and of the median region's diagonal, whichever is smaller; but never under 8 pixels."""


class _Scene(NamedTuple):
    """What is drawn: the regions' shapes in grain steps and as rings, and where."""

    page: MapPage
    language: Language
    frame: Frame
    shapes: Any
    rings: list[list[lines.Ring]]
    prefix: str
    chosen: str | None


def draw(
    page: MapPage,
    shapes: Mapping[int, bytes],
    language: Language,
    size: Size,
    chosen: str | None = None,
    inline: bool = False,
    site: str = "",
    made: date | None = None,
) -> str:
    """The map as SVG.

    Parameters
    ----------
    page
        The opened map; its plan says every colour.
    shapes
        WKB by region number, EPSG:3857, of every region of the page (``store.shapes.outlines``).
    chosen
        The code of a region to point out.
    inline
        The map alone, for the middle of a page that has title, legend and sources itself.
    site, made
        Name of the site and date of the picture, for its foot.
    """
    scene = _scene(page, shapes, language, size, chosen)
    offset = 0 if inline else size.panel
    title = words.title(page, language)
    drawing = _map(scene, size, inline)
    width = size.width - size.panel + offset
    body = f'<g transform="translate({offset})">{drawing}</g>' if offset else drawing
    largest = _largest(scene, _median_diagonal(scene))
    beside = panel.drawn(page, language, size, scene.prefix, largest, site, made) if offset else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {size.height}" width="{width}"'
        f' height="{size.height}" role="img" class="map-picture {page.plan.kind}" font-family="{looks.FAMILY}">'
        f"<title>{text.said(title)}</title>"
        f"<defs>{looks.patterns(page.plan, scene.prefix)}{_fine_patterns(scene)}</defs>{body}{beside}</svg>"
    )


def _scene(page: MapPage, shapes: Mapping[int, bytes], language: Language, size: Size, chosen: str | None) -> _Scene:
    numbered = shapely.from_wkb([shapes[region.number] for region in page.regions])
    frame = Frame.around(tuple(shapely.total_bounds(numbered)), size)
    placed = lines.simplified(frame.placed(numbered), size.tolerance * frame.grain)
    prefix = f"{size.name[:1]}{page.version[:5]}-"
    return _Scene(page, language, frame, placed, [lines.rings(each) for each in placed], prefix, chosen)


def _fine_patterns(scene: _Scene) -> str:
    """The same patterns for the map's group, which is scaled down to the grain."""
    return looks.patterns(scene.page.plan, _fine(scene), scene.frame.grain)


def _fine(scene: _Scene) -> str:
    return scene.prefix + "m-"


def _map(scene: _Scene, size: Size, inline: bool) -> str:
    frame, page = scene.frame, scene.page
    owners = [region.parent for region in page.regions]
    between, outline = lines.borders(scene.rings, owners)
    median = _median_diagonal(scene)
    grain = frame.grain
    thin = 0.0 if median < 6 else 0.35 if median < 20 else 0.6 if median < 60 else 0.8
    white = f'stroke="{looks.PAPER}"'
    parts = [
        f'<rect width="{frame.width}" height="{frame.height}" fill="{looks.LAND}" class="land"/>',
        f'<g transform="scale({1 / grain:.6g})" stroke-linejoin="round">',
        f'<path d="{outline}" fill="none" {white} stroke-opacity=".55" stroke-width="{4 * grain}" class="casing"/>',
        f'<g {white} stroke-opacity=".6" stroke-width="{thin * grain:g}" class="regions">',
        *(_region(scene, region) for region in page.regions),
        "</g>",
        f'<path d="{between}" fill="none" {white} stroke-width="{max(0.9, 2.2 * thin) * grain:g}" class="parents"/>'
        if between
        else "",
        f'<path d="{outline}" fill="none" stroke="{looks.OUTLINE}" stroke-width="{1.1 * grain:g}" class="outline"/>',
        _chosen(scene),
        "</g>",
        _circles(scene, median) if page.plan.kind == "circles" else "",
    ]
    if size.labels and inline and page.plan.kind == "circles":
        parts.append(rings.drawn(page, scene.language, frame, scene.shapes, _largest(scene, median)))
    if size.labels:
        scale = 1.3 if size.panel and size.width <= 1200 else 1.0
        parts.append(
            f'<g class="labels">{labels.drawn(labels.placed(page, scene.shapes, frame, scene.chosen, scale))}</g>'
        )
        parts.append(_bar(scene, scale))
    return "".join(parts)


def _region(scene: _Scene, region: Region) -> str:
    """One region: path, or disc where it is smaller than an islet, with its name and figure as title."""
    plan = scene.page.plan
    byte = plan.classes[region.number - 1]
    painted = looks.fill(plan, region.number, _fine(scene))
    figure = words.figure(scene.language, scene.page.layer.indicator, scene.page.observations[region.number - 1])
    title = f"<title>{text.said(f'{region.name}: {figure}')}</title>"
    kept = scene.rings[region.number - 1]
    edge = ""
    if byte == STATE_BYTES[State.OUT_OF_SCOPE]:
        grain = scene.frame.grain
        dashes = f'stroke-dasharray="{4 * grain} {3 * grain}"'
        edge = f' stroke="{looks.PATTERN_INK}" stroke-opacity="1" stroke-width="{1.2 * grain:g}" {dashes}'
    common = f'class="c{byte}" data-number="{region.number}" fill="{painted}"{edge}'
    if _is_islet(kept, scene.frame.grain):
        x, y = (round(each * scene.frame.grain) for each in scene.frame.pixel(*region.inside))
        radius = _ISLET / 2 * scene.frame.grain
        return f'<circle {common} cx="{x}" cy="{y}" r="{radius:g}" stroke="none">{title}</circle>'
    return f'<path {common} d="{lines.path(kept)}">{title}</path>'


def _is_islet(rings: list[lines.Ring], grain: int) -> bool:
    if not rings:
        return True
    points = np.concatenate(rings)
    return bool(np.max(np.ptp(points, axis=0)) < _ISLET * grain)


def _chosen(scene: _Scene) -> str:
    region = scene.page.region(scene.chosen) if scene.chosen else None
    if region is None:
        return ""
    data, grain = lines.path(scene.rings[region.number - 1]), scene.frame.grain
    return (
        f'<g fill="none" class="chosen"><path d="{data}" stroke="{looks.PAPER}" stroke-width="{5.5 * grain:g}"/>'
        f'<path d="{data}" stroke="{looks.SELECTED}" stroke-width="{2.5 * grain:g}"/></g>'
    )


def _circles(scene: _Scene, median: float) -> str:
    """Discs in proportion to the figure, large ones first so that small ones stay visible."""
    largest = _largest(scene, median)
    plan, page = scene.page.plan, scene.page
    sized = [(plan.classes[region.number - 1], region) for region in page.regions]
    drawn = []
    for byte, region in sorted(sized, key=lambda each: -each[0]):
        if 0 < byte <= CIRCLE_STEPS:
            x, y = scene.frame.pixel(*region.inside)
            figure = words.figure(scene.language, page.layer.indicator, page.observations[region.number - 1])
            radius = largest * byte / CIRCLE_STEPS
            drawn.append(
                f'<circle data-number="{region.number}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.2f}">'
                f"<title>{text.said(f'{region.name}: {figure}')}</title></circle>"
            )
    look = f'fill="{looks.CIRCLE}" fill-opacity=".72" stroke="{looks.PAPER}" stroke-width=".8"'
    return f'<g {look} class="circles">{"".join(drawn)}</g>'


def _largest(scene: _Scene, median: float) -> float:
    """Radius of the largest figure's circle, px."""
    return max(8.0, min(_LARGEST_CIRCLE * scene.frame.width, _CROWDED * median))


def _median_diagonal(scene: _Scene) -> float:
    bounds = shapely.bounds(scene.shapes)
    return float(np.nanmedian(np.hypot(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1]))) / scene.frame.grain


def _bar(scene: _Scene, scale: float) -> str:
    """The scale bar, bottom left."""
    metres, pixels = scene.frame.bar()
    far = numbers.figure(scene.language, metres / 1000 if metres >= 1000 else metres, 0)
    unit = "km" if metres >= 1000 else "m"
    x, y, size = 24.0, scene.frame.height - 22, 11.5 * scale
    line = f'<path d="M{x} {y - 5}v5h{pixels:.1f}v-5" fill="none" stroke="{looks.INK}" stroke-width="1.3"/>'
    zero = text.written("0", x, y - 10, size)
    end = text.written(f"{far} {unit}", x + pixels, y - 10, size, anchor="middle")
    return f'<g class="scale">{line}{zero}{end}</g>'
