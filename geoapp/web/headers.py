"""The headers of safety that every answer carries; routes say nothing of them."""

from flask import Flask, Response, request

_PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_EMBED = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
"""No ``frame-ancestors``: even ``*`` forbids hosts without a network address, such as sandboxed editors and files."""
_FILE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox"
"""Files that a browser may open as a document of its own."""
_DATA = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""Everything else: it is never a document, and a phone's first view fetches a dozen of it, each with these headers."""
_DOCUMENTS = ("text/html", "image/svg+xml", "application/xhtml+xml", "application/xml", "text/xml", "application/pdf")

PRIVATE = ("pages",)
"""Blueprints whose answers no other site may read; everything else is public data. A frame without an origin of its own
reads other periods of its map as any site does."""


def install(app: Flask) -> None:
    """Dress every answer of ``app``."""
    app.after_request(_dress)


def _dress(response: Response) -> Response:
    headers = response.headers
    headers["X-Content-Type-Options"] = "nosniff"
    document = response.mimetype in _DOCUMENTS
    if document or is_embed():
        headers["Referrer-Policy"] = "no-referrer" if is_embed() else "strict-origin-when-cross-origin"
    if response.mimetype == "text/html" and "Content-Disposition" not in headers:
        headers["Content-Security-Policy"] = _EMBED if is_embed() else _PAGE
        headers["Permissions-Policy"] = "camera=(), microphone=(), payment=(), usb=()"
    else:
        headers["Content-Security-Policy"] = _FILE if document else _DATA
    if request.blueprint not in PRIVATE:
        headers["Access-Control-Allow-Origin"] = "*"
        headers["Access-Control-Expose-Headers"] = "ETag, Link, Content-Disposition"
    return response


def is_embed() -> bool:
    """Whether the page asked for is made for frames; so is its page of errors."""
    return request.path.startswith("/embed/")
