"""The headers of safety that every answer carries; routes say nothing of them."""

from flask import Flask, Response, request

_PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_EMBED = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors *"
)
_FILE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox"

PEOPLE = ("pages", "embed")
"""Blueprints whose answers are pages; everything else is public data, which any site may read."""


def install(app: Flask) -> None:
    """Dress every answer of ``app``."""
    app.after_request(_dress)


def _dress(response: Response) -> Response:
    headers = response.headers
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    if response.mimetype == "text/html" and "Content-Disposition" not in headers:
        headers["Content-Security-Policy"] = _EMBED if is_embed() else _PAGE
        headers["Permissions-Policy"] = "camera=(), microphone=(), payment=(), usb=()"
    else:
        headers["Content-Security-Policy"] = _FILE
    if request.blueprint not in PEOPLE:
        headers["Access-Control-Allow-Origin"] = "*"
        headers["Access-Control-Expose-Headers"] = "ETag, Link, Content-Disposition"
    return response


def is_embed() -> bool:
    """Whether the page asked for is made for frames; so is its page of errors."""
    return request.path.startswith("/embed/")
