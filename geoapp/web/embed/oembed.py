"""oEmbed 1.0: from a map's address to one plain frame, for our own addresses only."""

import json
from collections.abc import Callable, Mapping
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from werkzeug.datastructures import MultiDict

from geoapp.errors import BadRequest, NotFound
from geoapp.web.links import absolute, address, base
from geoapp.web.opening import open_nearest
from geoapp.web.pages.addresses import frame
from geoapp.web.pages.view import MapView
from geoapp.web.request import Question, ask_kindly
from geoapp.web.service import service

_WIDTH, _HEIGHT = 720, 520
_NARROW, _TALL = 480, 700
_LEAST = 200
_ASKED = ("lang", "period", "level", "region", "release")

Card = Mapping[str, str | int]


def room(args: MultiDict[str, str], name: str) -> int | None:
    """The most pixels the asker has; BadRequest if that is no number."""
    raw = args.get(name)
    if raw is None:
        return None
    if not (raw.isascii() and raw.isdigit() and len(raw) < 6):
        raise BadRequest("error.parameter_value", name=name, value=raw[:60])
    return int(raw)


def card(url: str, most_wide: int | None, most_high: int | None) -> Card:
    """What an oEmbed consumer is told of the map at ``url``.

    Raises
    ------
    BadRequest
        Without an address.
    NotFound
        If the address is not a map of this site.
    Gone
        If the map was withdrawn.
    """
    layer, question = _parsed(url)
    opened = open_nearest(layer, question)
    view = MapView(opened.page, question.lang, opened.chosen, question.release)
    width = max(_LEAST, min(_WIDTH, most_wide or _WIDTH))
    height = max(_LEAST, min(_HEIGHT if width > _NARROW else _TALL, most_high or _TALL))
    site = service().catalogue.site
    return {
        "version": "1.0",
        "type": "rich",
        "title": view.title,
        "provider_name": site.name[question.lang],
        "provider_url": absolute(address("/", lang=question.lang)),
        "html": frame(view.embed, view.title, width, height),
        "width": width,
        "height": height,
        "thumbnail_url": view.preview,
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
        "cache_age": 300,
    }


def _parsed(url: str) -> tuple[str, Question]:
    """The layer and question of a map's or frame's address on this site."""
    if not url:
        raise BadRequest("error.parameter_needed", name="url")
    unknown = NotFound("error.oembed_address", url=url[:200])
    try:
        parts, ours = urlsplit(url), urlsplit(base())
    except ValueError:
        raise unknown from None
    steps = parts.path.strip("/").split("/")
    if parts.scheme not in ("http", "https") or parts.netloc != ours.netloc:
        raise unknown
    if len(steps) != 2 or steps[0] not in ("maps", "embed") or "." in steps[1]:
        raise unknown
    return steps[1], ask_kindly(MultiDict(parse_qs(parts.query)), *_ASKED)


def _json(card: Card) -> bytes:
    return json.dumps(card, ensure_ascii=False).encode()


def _xml(card: Card) -> bytes:
    root = Element("oembed")
    for name, value in card.items():
        SubElement(root, name).text = str(value)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


FORMATS: Mapping[str, tuple[str, Callable[[Card], bytes]]] = {
    "json": ("application/json", _json),
    "xml": ("text/xml", _xml),
}
