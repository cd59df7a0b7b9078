"""The same view as a picture."""

from flask import Blueprint, Response, request

from geoapp.errors import NotFound
from geoapp.web import picture
from geoapp.web.caching import Keep, answer
from geoapp.web.links import absolute, address
from geoapp.web.opening import open_exactly
from geoapp.web.request import VIEW, ask

BLUEPRINT = Blueprint("pictures", __name__)
_FORMATS = ("svg", "png")


@BLUEPRINT.get("/maps/<layer>.<extension>")
def map_picture(layer: str, extension: str) -> Response:
    """200 SVG or PNG; 304; 400 bad parameter, or nothing of that value; 404 no such layer, release or format; 410."""
    question = ask(request.args, "size", *VIEW)
    if extension not in _FORMATS:
        raise NotFound("error.no_format", format=extension, known=", ".join(_FORMATS))
    page = open_exactly(layer, question)
    view = picture.telling(page, question.lang, question.region, question.compare)
    body = picture.file(view, question.size, extension)
    pinned = {
        "size": question.size,
        "period": page.period.text,
        "level": page.level.slug,
        "area": page.area.code if page.area else None,
        "region": question.region,
        "compare": question.compare,
        **page.choice.query(),
        "release": page.layer.release.id,
        "lang": question.lang,
    }
    keep = Keep.MOVING if question.release is None else Keep.PINNED
    return answer(body, keep, absolute(address(f"/maps/{layer}.{extension}", **pinned)))
