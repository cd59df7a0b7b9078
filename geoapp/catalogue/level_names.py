"""The local words for levels, from ``levels/*.toml`` of the catalogue and the site's over them."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from geoapp.catalogue.files import Source, overlaid
from geoapp.catalogue.indicators import check_words
from geoapp.domain.level_names import LevelNames, LocalName
from geoapp.domain.levels import Level
from geoapp.domain.words import Words

_KEYS = ("level", "kind", "name", "many", "areas")
_KINDS = ("desa", "kelurahan")
_AREA = re.compile(r"|\d{2}|\d{2}\.\d{2}(\.\d{2}(\.\d{4})?)?|\d{4}|\d{7}|\d{10}")


def read(folders: Iterable[Path]) -> LevelNames:
    """The words of the folders' files, a later folder's table before an earlier one's.

    Raises
    ------
    Refused
        ``error.catalogue_file.…`` with file, key and reason.
    """
    return LevelNames(_name(slug, source, table) for slug, (source, table) in overlaid(folders).items())


def _name(slug: str, source: Source, table: dict[str, Any]) -> LocalName:
    source.known_keys(table, _KEYS)
    for key in ("level", "name", "areas"):
        if key not in table:
            raise source.wrong("lacks", key)
    check_words(source, "name", table["name"])
    kind, many = table.get("kind"), table.get("many", "")
    if kind is not None and kind not in _KINDS:
        raise source.wrong("not_one_of", "kind", value=str(kind), allowed=", ".join(_KINDS))
    if not isinstance(many, str):
        raise source.wrong("wrong_type", "many", value=str(many))
    return LocalName(slug, _level(source, table["level"]), kind, Words.of(table["name"]), many, _areas(source, table))


def _level(source: Source, said: Any) -> Level:
    try:
        return Level.of(str(said))
    except ValueError:
        allowed = ", ".join(each.slug for each in Level)
        raise source.wrong("not_one_of", "level", value=str(said), allowed=allowed) from None


def _areas(source: Source, table: dict[str, Any]) -> frozenset[str]:
    said = table["areas"]
    if not isinstance(said, list) or not all(isinstance(each, str) and _AREA.fullmatch(each) for each in said):
        raise source.wrong("wrong_type", "areas", value=str(said))
    return frozenset(said)
