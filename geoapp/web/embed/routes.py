"""The frame and oEmbed: parse, open, render."""

from flask import Blueprint, Response, request

from geoapp.errors import BadRequest
from geoapp.web import dress, picture
from geoapp.web.caching import Keep, answer
from geoapp.web.embed import oembed
from geoapp.web.errors import NotOffered
from geoapp.web.kept import Body
from geoapp.web.opening import open_nearest
from geoapp.web.pages.reading import reading
from geoapp.web.pages.view import MapView
from geoapp.web.request import ask_kindly

BLUEPRINT = Blueprint("embed", __name__)


@BLUEPRINT.get("/embed/<layer>")
def frame(layer: str) -> Response:
    """200 the map without furniture, for frames of any site; 304 unchanged; 404 no such layer; 410 withdrawn."""
    question = ask_kindly(request.args, "lang", "period", "level", "region", "release")
    opened = open_nearest(layer, question)
    view = MapView(opened.page, question.lang, opened.chosen, question.release)
    chosen = opened.chosen.code if opened.chosen else None
    html = dress.page(
        "embed.html",
        lang=question.lang,
        view=view,
        notices=opened.notices,
        picture=picture.inline(opened.page, question.lang, chosen, "embed"),
        reading=reading(view),
    )
    keep = Keep.MOVING if question.release is None else Keep.PINNED
    return answer(Body(html, "text/html"), keep, view.canonical)


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
