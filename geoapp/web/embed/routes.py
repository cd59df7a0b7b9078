"""The frame, what wraps it, and oEmbed: parse, open, render."""

from dataclasses import replace

from flask import Blueprint, Response, request

from geoapp.errors import BadRequest
from geoapp.web import dress, picture
from geoapp.web.caching import Keep, answer, answer_json
from geoapp.web.embed import oembed, spot
from geoapp.web.embed.view import FrameView
from geoapp.web.errors import NotOffered
from geoapp.web.kept import Body
from geoapp.web.links import base
from geoapp.web.opening import Opened, open_exactly, open_nearest
from geoapp.web.pages.reading import reading
from geoapp.web.pages.share import qr_code
from geoapp.web.pages.view import MapView
from geoapp.web.request import THEMES, VIEW, Notice, ask, ask_kindly
from geoapp.web.service import service

BLUEPRINT = Blueprint("embed", __name__)


@BLUEPRINT.get("/embed/<layer>")
def frame(layer: str) -> Response:
    """200 the map without furniture, for frames of any site; 304 unchanged; 404 no such layer; 410 withdrawn."""
    question = ask_kindly(request.args, *VIEW, "theme", "hide")
    if question.theme not in (None, *THEMES):
        question = replace(question, theme=None).noticing("notice.value", name="theme")
    opened = open_nearest(layer, question)
    view = FrameView.of(opened, question)
    if question.level and view.coarser:
        opened = replace(opened, notices=(*opened.notices, Notice("notice.frame", view.levels_said)))
    key = ("embed", base(), *view.meant.key, view.look, repr(opened.notices))
    body = service().kept.get(key, lambda: _rendered(view, opened))
    return answer(body, Keep.MOVING if question.release is None else Keep.PINNED)


def _rendered(view: FrameView, opened: Opened) -> Body:
    html = dress.page(
        "embed.html",
        lang=view.lang,
        view=view,
        notices=opened.notices,
        picture=picture.exact(view.telling, "embed"),
        reading=reading(view.meant),
    )
    return Body(html, "text/html")


@BLUEPRINT.get("/embed/<layer>/at")
def at(layer: str) -> Response:
    """200 the region at a spot of the frame's picture, number 0 for none; 304 unchanged; 400; 404; 410 withdrawn."""
    question = ask(request.args, "x", "y", *VIEW)
    if question.x is None or question.y is None:
        raise BadRequest("error.parameter_needed", name="x" if question.x is None else "y")
    page = open_exactly(layer, question)
    kept = Keep.MOVING if question.release is None else Keep.PINNED
    return answer_json(spot.told(page, question.lang, question.x, question.y), kept)


@BLUEPRINT.get("/embed/<layer>/qr.svg")
def qr(layer: str) -> Response:
    """200 the map's address as a QR code to print; 304 unchanged; 400; 404 no such map; 410 withdrawn."""
    question = ask(request.args, *VIEW)
    page = open_exactly(layer, question)
    chosen, compared = (code and page.region(code) for code in (question.region, question.compare))
    view = MapView(page, question.lang, chosen or None, question.release, compared or None)
    response = answer(Body(qr_code(view.share, view.title).encode(), "image/svg+xml"), Keep.MOVING)
    response.headers["Content-Disposition"] = f'attachment; filename="qr-{view.layer.id}.svg"'
    return response


@BLUEPRINT.get("/peta-desa.js")
def element() -> Response:
    """200 the script of ``<peta-desa>`` at the address that other sites know; 304 unchanged."""
    ask(request.args)
    assets = service().assets
    file = assets.open(assets.url("peta-desa.js").rpartition("/")[2])
    return answer(Body(file.body, file.media_type), Keep.MOVING)


@BLUEPRINT.get("/oembed")
def describe() -> Response:
    """200 how to embed a map's address, JSON or XML; 400 no or unreadable address; 404 not ours; 410; 501 format."""
    known = {"url", "format", "maxwidth", "maxheight"}
    for name in request.args:
        if name not in known:
            raise BadRequest("error.parameter_unknown", name=name[:60])
    form = request.args.get("format", "json")
    if form not in oembed.FORMATS:
        raise NotOffered("error.oembed_format", format=form[:20])
    card = oembed.card(request.args.get("url", ""), oembed.room(request.args, "maxwidth"),
                       oembed.room(request.args, "maxheight"))  # fmt: skip
    media_type, write = oembed.FORMATS[form]
    return answer(Body(write(card), media_type), Keep.MOVING)
