"""The addresses of pages: parse, open, render."""

from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, Response, request

from geoapp.errors import NotFound
from geoapp.web import dress, picture
from geoapp.web.caching import Keep, answer
from geoapp.web.kept import Body
from geoapp.web.links import base
from geoapp.web.opening import Opened, open_nearest
from geoapp.web.pages.choices import Choices
from geoapp.web.pages.compare import candidates, comparison
from geoapp.web.pages.composition import composition
from geoapp.web.pages.ladder import ladder
from geoapp.web.pages.mistake import mistake
from geoapp.web.pages.order import USUAL, Order
from geoapp.web.pages.reading import reading
from geoapp.web.pages.share import Sharing
from geoapp.web.pages.table import Table
from geoapp.web.pages.trend import trend
from geoapp.web.pages.view import MapView
from geoapp.web.request import VIEW, Notice, ask_kindly
from geoapp.web.service import service

BLUEPRINT = Blueprint("pages", __name__)

HTML = "text/html"

WORDS: Mapping[str, tuple[str, ...]] = {
    "": (
        "parts/map_notices.html",
        "parts/title.html",
        "parts/periods.html",
        "parts/reading.html",
        "parts/compare.html",
        "parts/legend.html",
        "parts/choices.html",
        "parts/levels.html",
        "parts/standing.html",
    ),
    "table": ("parts/table.html",),
    "more": ("parts/more_part.html",),
}
"""The parts of a page that speak of its view: those before people's eyes, and the long ones by name."""


@BLUEPRINT.get("/maps/<layer>")
def map_page(layer: str) -> Response:
    """200 the map nearest to what was asked, with notices; 304 unchanged; 404 no such layer; 410 withdrawn."""
    return _map(layer, None)


@BLUEPRINT.get("/maps/<layer>/words")
@BLUEPRINT.get("/maps/<layer>/words/<part>")
def map_words(layer: str, part: str = "") -> Response:
    """200 what the viewer exchanges when another view is chosen, or a long part by its name; else as the page."""
    if part not in WORDS:
        raise NotFound("error.not_found")
    return _map(layer, WORDS[part])


def _map(layer: str, parts: tuple[str, ...] | None) -> Response:
    question = ask_kindly(request.args, *VIEW, "sort")
    opened, order = open_nearest(layer, question), Order.of(question.sort)
    if order is None:
        opened = replace(opened, notices=(*opened.notices, Notice("notice.value", {"name": "sort"})))
    view = MapView(opened.page, question.lang, opened.chosen, question.release, opened.compared, order or USUAL)
    key = ("page", parts, base(), *view.key, repr(opened.notices))
    body = service().kept.get(key, lambda: _rendered(view, opened, parts))
    return answer(body, Keep.MOVING if question.release is None else Keep.PINNED)


def _rendered(view: MapView, opened: Opened, parts: tuple[str, ...] | None) -> Body:
    """The whole page with its picture, or those ``parts`` of it."""
    html = dress.page(
        "map.html" if parts is None else "words.html",
        parts=parts,
        lang=view.lang,
        view=view,
        notices=opened.notices,
        alternates=view.alternates,
        picture=picture.inline(view.telling) if parts is None else None,
        reading=reading(view),
        ladder=ladder(view),
        trend=trend(view),
        comparison=comparison(view),
        composition=composition(view),
        mistake=mistake(view, service().catalogue.site.contact),
        candidates=candidates(view),
        sharing=Sharing(view),
        choices=Choices(view),
        table=Table(view),
    )
    return Body(html, HTML)
