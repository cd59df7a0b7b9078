"""Errors as answers: one table of statuses, problem JSON for machines (RFC 9457), a page for people."""

import json
import logging
from datetime import date
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, g, render_template, request
from werkzeug.exceptions import HTTPException

from geoapp.atlas import reading
from geoapp.atlas.likely import likely
from geoapp.domain.words import Language, Words
from geoapp.errors import BadRequest, GeoappError, Gone, NotFound, Refused, Unavailable
from geoapp.i18n import dates, speak
from geoapp.web.caching import Keep
from geoapp.web.headers import is_embed
from geoapp.web.links import address, alternates
from geoapp.web.request import language
from geoapp.web.service import service


class NotOffered(GeoappError):
    """The protocol knows it, we do not: 501, which only the web has."""


STATUS: dict[type[GeoappError], int] = {
    BadRequest: 400,
    NotFound: 404,
    Refused: 409,
    Gone: 410,
    NotOffered: 501,
    Unavailable: 503,
}
_HTTP = {404: "error.not_found", 405: "error.method"}
_FILES = ("/oembed", "/qr.svg", "/at")
"""Addresses beside the frame's page that machines fetch."""
_TITLED = (400, 404, 405, 409, 410, 413, 500, 501, 503)

log = logging.getLogger("geoapp.web")


def install(app: Flask) -> None:
    """Dress every error of ``app``."""
    app.before_request(_refuse_nul)
    app.register_error_handler(GeoappError, _foreseen)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def status_of(error: GeoappError) -> int:
    """The status that the kind of error stands for."""
    return next((status for kind, status in STATUS.items() if isinstance(error, kind)), 500)


def sentence(error: GeoappError, lang: Language) -> str:
    """What went wrong, in the reader's language; dates and names among the values are said in it too."""
    values = {name: _said(value, lang) for name, value in error.values.items()}
    return speak(lang, error.message, **values)


def _said(value: Any, lang: Language) -> Any:
    if isinstance(value, date):
        return dates.day(lang, value)
    return value[lang] if isinstance(value, Words) else value


def _refuse_nul() -> None:
    """PostgreSQL knows no text with a NUL in it, so nothing can be called that."""
    if "\0" in request.path:
        raise NotFound("error.not_found")
    for name, value in request.args.items(multi=True):
        if "\0" in name + value:
            raise BadRequest("error.parameter_value", name=name.replace("\0", ""), value=value.replace("\0", "")[:60])


def _foreseen(error: GeoappError) -> Response:
    lang = language(request.args)
    if isinstance(error, Unavailable):
        log.error("unavailable: %s", error, exc_info=error)
    return _answer(status_of(error), sentence(error, lang), error.message, error)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if error.response is not None or 300 <= status < 400:
        return error.get_response()  # type: ignore[return-value]
    message = _HTTP.get(status, "error.http")
    response = _answer(status, speak(language(request.args), message), message)
    for name, value in error.get_headers(request.environ):
        if name.lower() == "allow":
            response.headers[name] = value
    return response


def _unforeseen(error: Exception) -> Response:
    log.error("unforeseen: %s %s", request.method, request.path, exc_info=error)
    return _answer(500, speak(language(request.args), "error.unforeseen"), "error.unforeseen")


def _answer(status: int, detail: str, message: str, error: GeoappError | None = None) -> Response:
    response = _page(status, detail, error) if _wants_page() else _problem(status, detail, message)
    response.status_code = status
    response.headers["Cache-Control"] = "public, max-age=60" if status in (404, 410) else Keep.NEVER.value
    if status == 503:
        response.headers["Retry-After"] = "10"
    response.vary.add("Accept")
    return response


def _wants_page() -> bool:
    """People are those who ask for a page's address, or whose browser asks for HTML at another's."""
    if request.path.startswith("/tiles/"):
        return False
    if request.blueprint in ("pages", "embed") and not request.path.endswith(_FILES):
        return True
    accepted = request.accept_mimetypes
    named = any(name == "text/html" for name, _ in accepted)
    return named and accepted["text/html"] >= accepted["application/json"]


def _problem(status: int, detail: str, message: str) -> Response:
    lang = language(request.args)
    document = {
        "type": "about:blank",
        "title": _title(status, lang),
        "status": status,
        "detail": detail,
        "code": message,
        "request": request_number(),
    }
    text = json.dumps({name: value for name, value in document.items() if value}, ensure_ascii=False)
    response = Response(text, content_type="application/problem+json")
    response.headers["Content-Language"] = lang
    return response


def _page(status: int, detail: str, error: GeoappError | None) -> Response:
    lang = language(request.args)
    template = "embed_error.html" if is_embed() else "error.html"
    html = render_template(
        template,
        lang=lang,
        status=status,
        title=_title(status, lang),
        detail=detail,
        withdrawn=_withdrawn(error, lang),
        meant=_meant(error, lang),
        number=request_number() if status >= 500 else "",
        alternates=alternates(quote(request.path), release=request.args.get("release")),
    )
    return Response(html, content_type="text/html; charset=utf-8")


def _meant(error: GeoappError | None, lang: Language) -> list[tuple[str, str]]:
    """Name and address of the maps that an unknown one may have meant; none in a frame."""
    if not isinstance(error, NotFound) or error.message != "error.no_layer" or is_embed():
        return []
    found = likely(str(error.values.get("layer", ""))[:200], reading.layers(service().store))
    return [
        (f"{each.indicator.name[lang]}, {each.edition.area}", address(f"/maps/{each.id}", lang=lang)) for each in found
    ]


def _withdrawn(error: GeoappError | None, lang: Language) -> dict[str, str] | None:
    """What the page of a withdrawn map says."""
    if not isinstance(error, Gone):
        return None
    said = {name: str(_said(value, lang)) for name, value in error.values.items()}
    layer = said.get("layer", "")
    return {"layer": layer, "name": said.get("title", ""), "date": said.get("date", ""),
            "reason": said.get("reason", ""), "mended": _mended(layer, lang)}  # fmt: skip


def _mended(layer: str, lang: Language) -> str:
    """The address of the same map as it stands today, when an earlier release of it was asked for; or nothing."""
    if "release" not in request.args:
        return ""
    try:
        reading.layer(service().store, layer)
    except GeoappError:
        return ""
    return address(f"/maps/{layer}", lang=lang)


def _title(status: int, lang: Language) -> str:
    return speak(lang, f"error.title.{status if status in _TITLED else (400 if status < 500 else 500)}")


def request_number() -> str:
    """The number under which the log knows this request, or nothing."""
    return str(g.get("request_id", ""))
