"""The built scripts and style sheets by the names with their digests; the site's icon, logo and word to robots."""

from pathlib import Path

from flask import Blueprint, Response, request

from geoapp.errors import NotFound
from geoapp.web.caching import Keep, accepts, answer, validated
from geoapp.web.kept import Body
from geoapp.web.request import ask
from geoapp.web.service import service

BLUEPRINT = Blueprint("built", __name__)
_LOGO_TYPES = {".svg": "image/svg+xml", ".png": "image/png"}
_ROBOTS = Body(b"User-agent: *\nDisallow: /search\n", "text/plain")
_ICON = Body((Path(__file__).parent / "static" / "icon.svg").read_bytes(), "image/svg+xml")


@BLUEPRINT.get("/assets/<file>")
def asset(file: str) -> Response:
    """200 a script or style sheet, kept for a year; 304 unchanged; 404 no such file."""
    ask(request.args)
    found = service().assets.open(file, frozenset(each for each in ("br", "gzip") if accepts(each)))
    response = Response(found.body, content_type=f"{found.media_type}; charset=utf-8")
    if found.encoding:
        response.headers["Content-Encoding"] = found.encoding
    response.vary.add("Accept-Encoding")
    return validated(response, f"{file}-{found.encoding or 'plain'}", Keep.FOREVER)


@BLUEPRINT.get("/viewer.<extension>")
def viewer(extension: str) -> Response:
    """200 the map for other people's pages, script or style sheet, at an address that stays; 304; 404 no such file."""
    ask(request.args)
    if extension not in ("js", "css"):
        raise NotFound("error.not_found")
    assets = service().assets
    found = assets.open(assets.url(f"viewer.{extension}").rpartition("/")[2])
    return answer(Body(found.body, f"{found.media_type}; charset=utf-8"), Keep.MOVING)


@BLUEPRINT.get("/icon.svg")
@BLUEPRINT.get("/favicon.ico")
def icon() -> Response:
    """200 the site's mark, also where browsers look for it unasked; 304 unchanged."""
    ask(request.args)
    return answer(_ICON, Keep.MOVING)


@BLUEPRINT.get("/robots.txt")
def robots() -> Response:
    """200 what crawlers may leave: answers to what somebody typed; 304 unchanged."""
    ask(request.args)
    return answer(_ROBOTS, Keep.MOVING)


@BLUEPRINT.get("/logo")
def logo() -> Response:
    """200 the site's own logo; 304 unchanged; 404 it has none."""
    ask(request.args)
    file = service().catalogue.site.logo
    if file is None:
        raise NotFound("error.not_found")
    return answer(Body(file.read_bytes(), _LOGO_TYPES[file.suffix]), Keep.MOVING)
