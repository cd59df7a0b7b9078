"""Answers with their validators: strong ETag, 304, how long a copy may be kept, compressed forms, pinned address."""

import json
from enum import StrEnum
from typing import Any

from flask import Response, request

from geoapp.web.kept import Body


class Keep(StrEnum):
    """How long a copy may be kept."""

    FOREVER = "public, max-age=31536000, immutable"
    """Shapes, places and hashed files: the address never changes its bytes."""
    PINNED = "public, max-age=300"
    """Figures, plans and pictures at a pinned address: five minutes, so that a withdrawn one can answer 410."""
    MOVING = "public, max-age=300, stale-while-revalidate=60"
    """Whatever shows the newest release."""
    NEVER = "no-store"


def answer(body: Body, keep: Keep, canonical: str | None = None) -> Response:
    """200 with the body in the best form the reader accepts, or 304; ``canonical`` is the pinned address."""
    encoding = _encoding() if body.packable else ""
    response = Response(body.packed(encoding) if encoding else body.plain, content_type=_typed(body.media_type))
    if encoding:
        response.headers["Content-Encoding"] = encoding
    if body.packable:
        response.vary.add("Accept-Encoding")
    return validated(response, body.digest + (f"-{encoding}" if encoding else ""), keep, canonical)


def answer_json(document: Any, keep: Keep, canonical: str | None = None) -> Response:
    """The same for a document."""
    return answer(json_body(document), keep, canonical)


def json_body(document: Any, media_type: str = "application/json") -> Body:
    """A document as compact JSON bytes; figures that are no numbers cannot occur."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Body(text.encode(), media_type)


def validated(response: Response, tag: str, keep: Keep, canonical: str | None = None) -> Response:
    """Add validators and age to an answer, and turn it into 304 where the reader has it already."""
    response.headers["Cache-Control"] = keep.value
    if canonical:
        response.headers.add("Link", f'<{canonical}>; rel="canonical"')
    response.set_etag(tag)
    response.make_conditional(request)
    return response


def accepts(encoding: str) -> bool:
    """Whether the reader takes this content encoding."""
    return request.accept_encodings.quality(encoding) > 0


def _encoding() -> str:
    return next((each for each in ("br", "gzip") if accepts(each)), "")


def _typed(media_type: str) -> str:
    return (
        f"{media_type}; charset=utf-8"
        if media_type.startswith(("text/", "image/svg")) and "charset" not in media_type
        else media_type
    )
