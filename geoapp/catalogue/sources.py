"""Source profiles: how each publisher of boundaries names its columns, codes and rights; one TOML file a source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from geoapp.catalogue.files import Source, tables
from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.domain.regions import BoundaryStatus
from geoapp.domain.words import Words
from geoapp.settings import HOME, Settings

FOLDER = HOME / "boundaries" / "sources"
_NEEDED = ("name", "level", "status", "dated", "licence", "attribution", "columns")
_KNOWN = {*_NEEDED, "system", "whole", "provinces", "signs", "sure", "checked", "parts", "local", "rows"}
_NOT_NAMES = ("code", "other")
NATURE = "none"
"""What a column of kinds calls a row that is no region: water, forest."""
Kind = TypeVar("Kind", CodeSystem, BoundaryStatus)


@dataclass(frozen=True, slots=True)
class SourceProfile:
    """What is known of a source; columns are lists of spellings, compared without case.

    ``system`` is None where it differs from file to file. ``code`` is the column of whole codes (none: the source has
    no official ones), ``parts`` those of their parts from the province down, ``other`` that of the codes of the other
    system. ``columns`` gives the names' column of each level; ``local`` that of the codes below the village, to be put
    behind the village's. A file of this source is known to hold all base regions of every ``whole`` region it touches
    (None: unknown). ``provinces`` limits the profile to codes beginning so, ``signs`` are further columns by which it
    is told from others, ``a|b`` where either will do; the columns of a ``sure`` source are so much its own that its
    code system is believed where the codes themselves leave doubt. Codes of a ``checked`` source count only where an
    official list has them. ``rows`` is a column that says what each row is, and the words for it.
    """

    slug: str
    name: Words
    system: CodeSystem | None
    level: Level
    code: tuple[str, ...]
    local: Mapping[Level, tuple[str, ...]]
    columns: Mapping[Level, tuple[str, ...]]
    attribution: Words
    licence: str
    status: BoundaryStatus
    dated: str
    whole: Level | None = None
    provinces: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    sure: bool = False
    checked: bool = False
    other: tuple[str, ...] = ()
    parts: Mapping[Level, tuple[str, ...]] = field(default_factory=dict)
    rows: "Rows | None" = None


@dataclass(frozen=True, slots=True)
class Rows:
    """A column that says what a row is: words for a level, and for what is no region at all (level None).

    A word counts where it is the whole cell, or, if it has four letters or more, a part of it; the case is the same.
    """

    columns: tuple[str, ...]
    words: Mapping[Level | None, tuple[str, ...]]


def profiles(settings: Settings) -> Mapping[str, SourceProfile]:
    """Every profile by slug: those of the repository, overlaid by ``boundaries/sources/`` of the site folder.

    Raises
    ------
    Refused
        ``error.catalogue_file.<reason>`` with ``file`` and ``key`` if a profile is invalid.
    """
    paths = {path.stem: path for path in sorted(FOLDER.glob("*.toml"))}
    overlay = settings.site_folder / "boundaries" / "sources"
    paths.update({path.stem: path for path in sorted(overlay.glob("*.toml"))})
    return {slug: _profile(slug, Source(path, ""), tables(path)) for slug, path in paths.items()}


def _profile(slug: str, source: Source, table: Mapping[str, Any]) -> SourceProfile:
    for key in _NEEDED:
        if key not in table:
            raise source.wrong("lacks", key)
    source.known_keys(table, _KNOWN)
    columns = table["columns"]
    if not isinstance(columns, dict):
        raise source.wrong("no_table", "columns")
    if not any(columns.values()):
        raise source.wrong("lacks", "columns.code")
    return SourceProfile(
        slug=slug,
        name=_words(source, table, "name"),
        system=_one_of(source, CodeSystem, table, "system") if "system" in table else None,
        level=_level(source, table["level"], "level"),
        code=_texts(source, columns.get("code", []), "columns.code"),
        other=_texts(source, columns.get("other", []), "columns.other"),
        local=_by_level(source, table.get("local", {}), "local"),
        parts=_by_level(source, table.get("parts", {}), "parts"),
        columns=_by_level(source, {key: each for key, each in columns.items() if key not in _NOT_NAMES}, "columns"),
        attribution=_words(source, table, "attribution"),
        licence=str(table["licence"]),
        status=_one_of(source, BoundaryStatus, table, "status"),
        dated=str(table["dated"]),
        whole=_level(source, table["whole"], "whole") if "whole" in table else None,
        provinces=_texts(source, table.get("provinces", []), "provinces"),
        signs=_texts(source, table.get("signs", []), "signs"),
        sure=_yes(source, table.get("sure", False), "sure"),
        checked=_yes(source, table.get("checked", False), "checked"),
        rows=_rows(source, table["rows"]) if "rows" in table else None,
    )


def _by_level(source: Source, raw: Any, key: str) -> Mapping[Level, tuple[str, ...]]:
    if not isinstance(raw, dict):
        raise source.wrong("no_table", key)
    return {_level(source, name, f"{key}.{name}"): _texts(source, each, f"{key}.{name}") for name, each in raw.items()}


def _rows(source: Source, raw: Any) -> Rows:
    if not isinstance(raw, dict):
        raise source.wrong("no_table", "rows")
    words = {name: _texts(source, each, f"rows.{name}") for name, each in raw.items() if name != "column"}
    return Rows(
        columns=_texts(source, raw.get("column"), "rows.column"),
        words={None if name == NATURE else _level(source, name, f"rows.{name}"): each for name, each in words.items()},
    )


def _words(source: Source, table: Mapping[str, Any], key: str) -> Words:
    raw = table[key]
    if isinstance(raw, str) or (isinstance(raw, dict) and raw.get("id")):
        return Words.of(raw)
    raise source.wrong("lacks", f"{key}.id") if isinstance(raw, dict) else source.wrong("no_table", key)


def _texts(source: Source, raw: Any, key: str) -> tuple[str, ...]:
    if not isinstance(raw, list) or not all(isinstance(text, str) and text for text in raw):
        raise source.wrong("wrong_type", key, value=raw)
    return tuple(raw)


def _yes(source: Source, raw: Any, key: str) -> bool:
    if not isinstance(raw, bool):
        raise source.wrong("wrong_type", key, value=raw)
    return raw


def _level(source: Source, raw: Any, key: str) -> Level:
    try:
        return Level.of(str(raw))
    except ValueError:
        allowed = ", ".join(level.slug for level in Level)
        raise source.wrong("not_one_of", key, value=raw, allowed=allowed) from None


def _one_of(source: Source, kinds: type[Kind], table: Mapping[str, Any], key: str) -> Kind:
    try:
        return kinds(table[key])
    except ValueError:
        raise source.wrong("not_one_of", key, value=table[key], allowed=", ".join(kinds)) from None
