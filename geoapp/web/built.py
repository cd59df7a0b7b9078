"""The built scripts and style sheets, by the name that holds their digest."""

from flask import Blueprint, Response, request

from geoapp.web.caching import Keep, accepts, validated
from geoapp.web.request import ask
from geoapp.web.service import service

BLUEPRINT = Blueprint("built", __name__)


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
