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
_CONTACT = re.compile(r"mailto:[^@\s<>\"']+@[^@\s<>\"']+|https?://[^\s<>\"']+")


@dataclass(frozen=True, slots=True)
class Site:
    """Who publishes here. ``contact`` is a ``mailto:`` or ``https://`` address, empty where none is given."""

    name: Words = _NAME
    short_name: Words = _SHORT_NAME
    office: Words = _NOTHING
    contact: str = ""
    legal_basis: Words = _NOTHING


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
        else:
            check_words(source, key, value, may_be_empty=key in ("office", "legal_basis"))
            said[key] = Words.of(value)
    return Site(**said)
