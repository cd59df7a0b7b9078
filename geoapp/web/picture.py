"""The server's picture of a map for whoever asks: drawn once, kept by everything it depends on."""

import math
from collections.abc import Hashable

from geoapp.atlas import geography
from geoapp.atlas.captions import Telling
from geoapp.atlas.page import MapPage
from geoapp.domain.mercator import metres
from geoapp.domain.regions import Box
from geoapp.domain.words import Language
from geoapp.domain.zooms import MAX_ZOOM
from geoapp.errors import BadRequest, NotFound
from geoapp.pictures import png, svg
from geoapp.pictures.blocks import Origin
from geoapp.pictures.sizes import SIZES, Size
from geoapp.store import shapes
from geoapp.web import opening
from geoapp.web.kept import Body
from geoapp.web.service import service

_PIXELS = 1000
"""Pixels across which an edition is drawn at most: they decide which outlines are fine enough."""
_MOST_INLINE = 400
"""Regions up to which a page carries its map inline; above, an image is smaller."""


def size_of(name: str | None) -> Size:
    """The size called ``name``, or the usual one."""
    if name is None:
        return SIZES["web"]
    if name not in SIZES:
        raise BadRequest("error.no_size", size=name, known=", ".join(SIZES))
    return SIZES[name]


def telling(page: MapPage, lang: Language, chosen: str | None = None, compared: str | None = None) -> Telling:
    """What is drawn and said: a map, its language, the regions pointed out."""
    first, second = (page.region(code) if code else None for code in (chosen, compared))
    return Telling(page, lang, first, second)


def inline(view: Telling, size: str = "map") -> str | None:
    """The map as SVG for the middle of a page; None where no level has as few regions as that needs."""
    page = light(view.page)
    if page is None:
        return None
    shown = view if page is view.page else Telling(page, view.language)
    key = ("inline", *_key(shown), size)
    return service().kept.get(key, lambda: Body(_drawn(shown, SIZES[size]).encode(), "image/svg+xml")).plain.decode()


def exact(view: Telling, size: str) -> str | None:
    """The same at the view's own level; None where that has too many regions."""
    return inline(view, size) if len(view.page.regions) <= _MOST_INLINE else None


def light(page: MapPage) -> MapPage | None:
    """The view at its own level, or at the nearest one above it that a page can carry.

    Of a nation's villages a picture of a phone's width shows less than one of its provinces, in a thousand times the
    time; the live map shows the level that its zoom can show as well.
    """
    for level in sorted((each for each in page.layer.levels if each <= page.level), reverse=True):
        if len(geography.regions(service().store, page.layer.edition.id, level)) > _MOST_INLINE:
            continue
        try:
            return page if level is page.level else opening.again(page, page.period, level)
        except NotFound:  # the level has no such period, or nothing of the area
            continue
    return None


def file(view: Telling, size: str | None, extension: str) -> Body:
    """The view as a picture of its own, SVG or PNG."""
    wanted = size_of(size)
    key = ("picture", *_key(view), wanted.name, extension)

    def draw() -> Body:
        if extension == "svg":
            return Body(_drawn(view, wanted).encode(), "image/svg+xml")
        fitting = wanted.fitting(shape(view.page))
        return Body(png.render(_drawn(view, wanted, titled=False), round(fitting.width * fitting.pixels)), "image/png")

    return service().kept.get(key, draw)


def _key(view: Telling) -> tuple[Hashable, ...]:
    """Everything that a picture of the view depends on beside its size."""
    codes = (each.code if each else None for each in (view.chosen, view.compared))
    return (*view.page.key, view.language, *codes)


def _drawn(view: Telling, size: Size, titled: bool = True) -> str:
    edition, store = view.page.layer.edition, service().store
    with store.read() as connection:
        outlines = shapes.outlines(connection, edition.id, view.page.level, zoom_of(view.page.box))
    around = geography.surroundings(store, edition.id) if view.page.layer.surroundings else None
    # the day of the release and not today: a pinned picture never changes
    origin = Origin(service().catalogue.site.name[view.language], view.page.layer.release.published_at.date())
    return svg.draw(view, svg.Sheet(dict(outlines), around), size.fitting(shape(view.page)), origin, titled)


def shape(page: MapPage) -> float:
    """How many times as high as wide that is."""
    west, south, east, north = page.box
    (left, bottom), (right, top) = metres(west, south), metres(east, north)
    return (top - bottom) / max(right - left, 1.0)


def zoom_of(box: Box) -> int:
    """The zoom of 512-px tiles at which a box (degrees) spans about as many pixels as a picture has.

    >>> zoom_of((105.8, -6.4, 106.5, -5.9)), zoom_of((95.0, -11.0, 141.0, 6.0))
    (10, 4)
    """
    widest = max(box[2] - box[0], box[3] - box[1], 1e-6)
    return max(0, min(MAX_ZOOM, round(math.log2(360 / 512 * _PIXELS / widest))))
