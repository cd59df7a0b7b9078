"""A map's figures as files, with citation, licence, edition, release and states."""

from flask import Blueprint, Response, request

from geoapp.atlas.page import MapPage
from geoapp.domain.words import Language
from geoapp.downloads import FORMATS
from geoapp.downloads.citation import Citation
from geoapp.errors import NotFound
from geoapp.web.caching import Keep, answer
from geoapp.web.kept import Body
from geoapp.web.links import absolute, address
from geoapp.web.opening import open_exactly
from geoapp.web.request import ask
from geoapp.web.service import service

BLUEPRINT = Blueprint("downloads", __name__)
_SLICE = ("period", "level", "area", "release", "lang")
_CLASSES = ("classes", "palette")


@BLUEPRINT.get("/downloads/<layer>.<path:extension>")
def download(layer: str, extension: str) -> Response:
    """200 the file; 304 unchanged; 400 bad parameter; 404 no such layer, release or format; 410 withdrawn."""
    if extension not in FORMATS:
        raise NotFound("error.no_format", format=extension[:60], known=", ".join(FORMATS))
    asked = (*_SLICE, *_CLASSES) if FORMATS[extension].chosen else _SLICE
    question = ask(request.args, *asked)
    page = open_exactly(layer, question)
    pinned = absolute(
        address(
            f"/downloads/{layer}.{extension}",
            period=page.period.text,
            level=page.level.slug,
            area=page.area.code if page.area else None,
            **page.choice.query(),
            release=page.layer.release.id,
            lang=question.lang,
        )
    )
    body = _body(page, question.lang, extension, pinned)
    response = answer(body, Keep.MOVING if question.release is None else Keep.PINNED, pinned)
    if FORMATS[extension].attachment:
        part = f"-{page.area.code}" if page.area else ""
        name = f"{layer}{part}-{page.period.text}.{extension}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _body(page: MapPage, lang: Language, extension: str, pinned: str) -> Body:
    """The file, written once for everything it depends on."""
    found = FORMATS[extension]

    def write() -> Body:
        with service().store.read() as connection:
            return Body(found.write(page, connection, lang, Citation.of(page, lang, pinned)), found.media_type)

    return service().kept.get(("download", page.version, page.period.text, pinned), write)
