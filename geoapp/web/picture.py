"""The server's picture of a map for whoever asks: drawn once, kept by everything it depends on."""

import math

from geoapp.atlas.page import MapPage
from geoapp.domain.regions import Box
from geoapp.domain.words import Language
from geoapp.domain.zooms import MAX_ZOOM
from geoapp.errors import NotFound
from geoapp.pictures import png, svg
from geoapp.pictures.sizes import SIZES, Size
from geoapp.store import shapes
from geoapp.web.kept import Body
from geoapp.web.service import service

_PIXELS = 1000
"""Pixels across which an edition is drawn at most: they decide which outlines are fine enough."""
_MOST_INLINE = 400
"""Regions up to which a page carries its map inline; above, an image is smaller."""


def size_of(name: str | None) -> Size:
    """The size called ``name``, or that of a page."""
    if name is None:
        return SIZES["web"]
    if name not in SIZES:
        raise NotFound("error.no_size", size=name, known=", ".join(SIZES))
    return SIZES[name]


def inline(page: MapPage, lang: Language, chosen: str | None, size: str = "web") -> str | None:
    """The map as SVG for the middle of a page; None where there are too many regions for that."""
    if len(page.regions) > _MOST_INLINE:
        return None
    key = ("inline", *page.key, lang, chosen, size)
    return service().kept.get(key, lambda: Body(_draw(page, lang, chosen, size, True), "image/svg+xml")).plain.decode()


def file(page: MapPage, lang: Language, chosen: str | None, size: str | None, extension: str) -> Body:
    """The map as a picture of its own, SVG or PNG."""
    wanted = size_of(size)
    key = ("picture", *page.key, lang, chosen, wanted.name, extension)

    def draw() -> Body:
        drawn = _draw(page, lang, chosen, wanted.name, False)
        if extension == "svg":
            return Body(drawn, "image/svg+xml")
        return Body(png.render(drawn.decode(), wanted.width), "image/png")

    return service().kept.get(key, draw)


def _draw(page: MapPage, lang: Language, chosen: str | None, size: str, within: bool) -> bytes:
    edition, site = page.layer.edition, service().catalogue.site
    with service().store.read() as connection:
        outlines = shapes.outlines(connection, edition.id, page.level, zoom_of(edition.box))
    made = page.layer.release.published_at.date()  # not today: a pinned picture never changes
    drawn = svg.draw(page, dict(outlines), lang, SIZES[size], chosen, within, site.name[lang], made)
    return drawn.encode()


def zoom_of(box: Box) -> int:
    """The zoom of 512-px tiles at which a box (degrees) spans about as many pixels as a picture has.

    >>> zoom_of((105.8, -6.4, 106.5, -5.9)), zoom_of((95.0, -11.0, 141.0, 6.0))
    (10, 4)
    """
    widest = max(box[2] - box[0], box[3] - box[1], 1e-6)
    return max(0, min(MAX_ZOOM, round(math.log2(360 / 512 * _PIXELS / widest))))
