"""The server's picture of a map for whoever asks: drawn once, kept by everything it depends on."""

from geoapp.atlas.page import MapPage
from geoapp.domain.words import Language
from geoapp.errors import NotFound
from geoapp.pictures import png, svg
from geoapp.pictures.sizes import SIZES, Size
from geoapp.store import shapes
from geoapp.web.kept import Body
from geoapp.web.service import service

_BAND = 9
"""Tile zoom whose outlines are fine enough for a picture of some hundred kilometres."""
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
    key = ("inline", page.layer.id, page.version, page.period.text, lang, chosen, size)
    return service().kept.get(key, lambda: Body(_draw(page, lang, chosen, size, True), "image/svg+xml")).plain.decode()


def file(page: MapPage, lang: Language, chosen: str | None, size: str | None, extension: str) -> Body:
    """The map as a picture of its own, SVG or PNG."""
    wanted = size_of(size)
    key = ("picture", page.layer.id, page.version, page.period.text, lang, chosen, wanted.name, extension)

    def draw() -> Body:
        drawn = _draw(page, lang, chosen, wanted.name, False)
        if extension == "svg":
            return Body(drawn, "image/svg+xml")
        return Body(png.render(drawn.decode(), wanted.width), "image/png")

    return service().kept.get(key, draw)


def _draw(page: MapPage, lang: Language, chosen: str | None, size: str, within: bool) -> bytes:
    with service().store.read() as connection:
        outlines = shapes.outlines(connection, page.layer.edition.id, page.level, _BAND)
    return svg.draw(page, dict(outlines), lang, SIZES[size], chosen, inline=within).encode()
