"""The site: one installation's own name, office, contact and legal basis, from ``site.toml`` of the site folder."""

import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from geoapp.catalogue.files import Source, tables
from geoapp.catalogue.indicators import check_words
from geoapp.domain.words import Words

FILE = "site.toml"
_NAME = Words("Peta Statistik Desa", "Village Statistics Maps")
_SHORT_NAME = Words("Peta Desa", "Village Maps")
_NOTHING = Words("", "")
_LOGO = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*\.(svg|png)")
_LARGEST_LOGO = 64 << 10
_CONTACT = re.compile(r"mailto:[^@\s<>\"']+@[^@\s<>\"']+|https?://[^\s<>\"']+")


@dataclass(frozen=True, slots=True)
class Site:
    """Who publishes here. ``contact`` is a ``mailto:`` or ``https://`` address, empty where none is given.

    ``logo`` is an SVG or PNG file beside ``site.toml``, shown in the head of every page; None for our mark.
    """

    name: Words = _NAME
    short_name: Words = _SHORT_NAME
    office: Words = _NOTHING
    contact: str = ""
    legal_basis: Words = _NOTHING
    logo: Path | None = None


def read(folder: Path) -> Site:
    """The site of the folder's ``site.toml``, defaults where it says nothing or does not exist.

    Raises
    ------
    Refused
        ``error.catalogue_file.…`` with file, key and reason.
    """
    path = folder / FILE
    if not path.is_file():
        return Site()
    table, source = tables(path), Source(path, "")
    source.known_keys(table, [each.name for each in fields(Site)])
    said: dict[str, Any] = {}
    for key, value in table.items():
        if key == "contact":
            if not isinstance(value, str) or not (value == "" or _CONTACT.fullmatch(value)):
                raise source.wrong("no_contact", key, value=str(value))
            said[key] = value
        elif key == "logo":
            said[key] = _logo(source, folder, value)
        else:
            check_words(source, key, value, may_be_empty=key in ("office", "legal_basis"))
            said[key] = Words.of(value)
    return Site(**said)


def _logo(source: Source, folder: Path, value: Any) -> Path | None:
    """The file named, if it is one that can be shown."""
    if value == "":
        return None
    named = isinstance(value, str) and _LOGO.fullmatch(value)
    if not named or not (folder / value).is_file() or (folder / value).stat().st_size > _LARGEST_LOGO:
        raise source.wrong("no_logo", "logo", value=str(value), most=_LARGEST_LOGO >> 10)
    return folder / str(value)
