"""The addresses of pages: parse, open, render."""

from flask import Blueprint, Response, request

from geoapp.web import dress, picture
from geoapp.web.caching import Keep, answer
from geoapp.web.kept import Body
from geoapp.web.links import absolute, address, alternates, base
from geoapp.web.opening import Opened, open_nearest
from geoapp.web.pages.cards import contents
from geoapp.web.pages.reading import ladder, reading
from geoapp.web.pages.share import Sharing
from geoapp.web.pages.trend import trend
from geoapp.web.pages.view import MapView
from geoapp.web.request import VIEW, ask_kindly
from geoapp.web.service import service

BLUEPRINT = Blueprint("pages", __name__)

HTML = "text/html"


@BLUEPRINT.get("/")
def catalogue() -> Response:
    """200 every public map, or those of one theme; 304 unchanged."""
    question = ask_kindly(request.args, "lang", "theme")
    shown = contents(question)
    html = dress.page(
        "catalogue.html",
        lang=question.lang,
        contents=shown,
        notices=question.notices,
        alternates=alternates("/", theme=shown.theme),
        canonical=absolute(address("/", theme=shown.theme, lang=question.lang)),
    )
    return answer(Body(html, HTML), Keep.MOVING)


@BLUEPRINT.get("/maps/<layer>")
def map_page(layer: str) -> Response:
    """200 the map nearest to what was asked, with notices; 304 unchanged; 404 no such layer; 410 withdrawn."""
    return _map(layer, pictured=True)


@BLUEPRINT.get("/maps/<layer>/words")
def map_words(layer: str) -> Response:
    """200 the same page without its shapes: what the viewer exchanges when another view is chosen; else as the page."""
    return _map(layer, pictured=False)


def _map(layer: str, pictured: bool) -> Response:
    question = ask_kindly(request.args, *VIEW)
    opened = open_nearest(layer, question)
    view = MapView(opened.page, question.lang, opened.chosen, question.release, opened.compared)
    key = ("page" if pictured else "words", base(), *view.key, repr(opened.notices))
    body = service().kept.get(key, lambda: _rendered(view, opened, pictured))
    return answer(body, Keep.MOVING if question.release is None else Keep.PINNED, view.canonical)


def _rendered(view: MapView, opened: Opened, pictured: bool) -> Body:
    chosen = opened.chosen.code if opened.chosen else None
    html = dress.page(
        "map.html",
        lang=view.lang,
        view=view,
        notices=opened.notices,
        alternates=view.alternates,
        picture=picture.inline(opened.page, view.lang, chosen) if pictured else None,
        reading=reading(view),
        ladder=ladder(view),
        trend=trend(view),
        sharing=Sharing(view),
    )
    return Body(html, HTML)
