"""Addresses of this site: relative ones for pages, absolute ones for everything that leaves it."""

from typing import Any
from urllib.parse import urlencode

from flask import request

from geoapp.domain.words import Language
from geoapp.web.service import service


def address(path: str, **query: Any) -> str:
    """``path`` with those of the ``query`` that say something; Indonesian is the default and not written."""
    said = {name: str(value) for name, value in query.items() if value is not None}
    if said.get("lang") == "id":
        del said["lang"]
    return f"{path}?{urlencode(said)}" if said else path


def absolute(path: str) -> str:
    """The same with scheme and host, as visitors reach us."""
    return base() + path


def base() -> str:
    """Scheme and host, without a slash at the end."""
    return (service().settings.public_url or request.url_root).rstrip("/")


def alternates(path: str, **query: Any) -> dict[Language, str]:
    """The absolute address of a page in each language."""
    return {"id": absolute(address(path, **query)), "en": absolute(address(path, **query, lang="en"))}
