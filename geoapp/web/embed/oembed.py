"""oEmbed 1.0: from a map's address to one plain frame, for our own addresses only."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import SplitResult, parse_qs, urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from werkzeug.datastructures import MultiDict

from geoapp.errors import BadRequest, NotFound
from geoapp.pictures.sizes import SIZES
from geoapp.web.links import absolute, address, base
from geoapp.web.opening import open_nearest
from geoapp.web.pages.share import frame
from geoapp.web.pages.view import MapView
from geoapp.web.request import VIEW, Question, ask_kindly
from geoapp.web.service import service

_WIDTH, _HEIGHT = 720, 520
_NARROW, _TALL = 479, 640
"""Pixels of width up to which the frame is one column, and the height that wants."""
_THUMBNAILS = ("1200x630", "thumb")
_LAYER = re.compile(r"/(?:maps|embed)/([^/.]+)/?")
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write."""
_PORTS = {"http": 80, "https": 443}

Card = Mapping[str, str | int]


def room(args: MultiDict[str, str], name: str) -> int | None:
    """The most pixels the asker has; BadRequest if that is no number, or none at all."""
    raw = args.get(name)
    if raw is None:
        return None
    if not (raw.isascii() and raw.isdigit() and len(raw) < 6 and int(raw)):
        raise BadRequest("error.parameter_value", name=name, value=raw[:60])
    return int(raw)


def card(url: str, most_wide: int | None, most_high: int | None) -> Card:
    """What an oEmbed consumer is told of the map at ``url``; neither frame nor thumbnail is larger than its room.

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
    view = MapView(opened.page, question.lang, opened.chosen, question.release, opened.compared)
    width = min(_WIDTH, most_wide or _WIDTH)
    wanted = _HEIGHT if width > _NARROW else _TALL
    height = min(wanted, most_high or wanted)
    return {
        "version": "1.0",
        "type": "rich",
        "title": view.title,
        "provider_name": service().catalogue.site.name[question.lang],
        "provider_url": absolute(address("/", lang=question.lang)),
        "html": frame(view.embed, view.title, width, height),
        "width": width,
        "height": height,
        **_thumbnail(view, most_wide, most_high),
        "cache_age": 300,
    }


def _thumbnail(view: MapView, most_wide: int | None, most_high: int | None) -> Card:
    """The largest picture that has room; none where none has."""
    for each in (SIZES[name] for name in _THUMBNAILS):
        if each.width <= (most_wide or each.width) and each.height <= (most_high or each.height):
            return {
                "thumbnail_url": absolute(view.picture("png", size=each.name)),
                "thumbnail_width": each.width,
                "thumbnail_height": each.height,
            }
    return {}


def _parsed(url: str) -> tuple[str, Question]:
    """The layer and question of a map's or frame's address on this site, in any form it may be pasted in."""
    if not url:
        raise BadRequest("error.parameter_needed", name="url")
    unknown = NotFound("error.oembed_address", url=url[:200])
    try:
        parts, ours = urlsplit(url.strip()), urlsplit(base())
        ours_too = parts.scheme in _PORTS and _host(parts) == _host(ours)
    except ValueError:
        raise unknown from None
    layer = _LAYER.fullmatch(parts.path)
    if not ours_too or layer is None:
        raise unknown
    return layer[1], ask_kindly(MultiDict(parse_qs(parts.query)), *VIEW, "sort")


def _host(parts: SplitResult) -> tuple[Any, ...]:
    """Host and port; the usual port of either scheme counts as none, and nobody signs in through an address."""
    port = None if parts.port in _PORTS.values() else parts.port
    return (parts.username, parts.hostname, port)


def _json(card: Card) -> bytes:
    return json.dumps(card, ensure_ascii=False).encode()


def _xml(card: Card) -> bytes:
    root = Element("oembed")
    for name, value in card.items():
        SubElement(root, name).text = _UNWRITABLE.sub("", str(value))
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


FORMATS: Mapping[str, tuple[str, Callable[[Card], bytes]]] = {
    "json": ("application/json", _json),
    "xml": ("text/xml", _xml),
}
