"""Source profiles: how each publisher of boundaries names its columns, codes and rights; one TOML file a source."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.domain.regions import BoundaryStatus
from geoapp.domain.words import Words
from geoapp.errors import Refused
from geoapp.settings import HOME, Settings

FOLDER = HOME / "boundaries" / "sources"
_NEEDED = ("name", "level", "status", "dated", "licence", "attribution", "columns")
_KNOWN = {*_NEEDED, "system", "whole", "provinces", "signs"}
Kind = TypeVar("Kind", CodeSystem, BoundaryStatus)


@dataclass(frozen=True, slots=True)
class SourceProfile:
    """What is known of a source; columns are lists of spellings, compared without case.

    ``system`` is None where it differs from file to file. ``columns`` gives the names' column of each level;
    ``local`` the column of codes below the village, to be put behind the village's. A file of this source is known to
    hold all base regions of every ``whole`` region it touches (None: unknown). ``provinces`` limits the profile to
    codes beginning so, ``signs`` are further columns by which it is told from others.
    """

    slug: str
    name: Words
    system: CodeSystem | None
    level: Level
    code: tuple[str, ...]
    local: tuple[str, ...]
    columns: Mapping[Level, tuple[str, ...]]
    attribution: Words
    licence: str
    status: BoundaryStatus
    dated: str
    whole: Level | None = None
    provinces: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()


def profiles(settings: Settings) -> Mapping[str, SourceProfile]:
    """Every profile by slug: those of the repository, overlaid by ``boundaries/sources/`` of the site folder.

    Raises
    ------
    Refused
        ``error.catalogue_file`` with ``file``, ``key`` and ``reason`` if a profile is invalid.
    """
    paths = {path.stem: path for path in sorted(FOLDER.glob("*.toml"))}
    overlay = settings.site_folder / "boundaries" / "sources"
    paths.update({path.stem: path for path in sorted(overlay.glob("*.toml"))})
    return {slug: _profile(slug, path) for slug, path in paths.items()}


class _Fault(Exception):
    def __init__(self, key: str, reason: str) -> None:
        super().__init__(key, reason)
        self.key, self.reason = key, reason


def _profile(slug: str, path: Path) -> SourceProfile:
    try:
        return _parsed(slug, tomllib.loads(path.read_text(encoding="utf-8")))
    except _Fault as fault:
        raise Refused("error.catalogue_file", file=path.name, key=fault.key, reason=fault.reason) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused("error.catalogue_file", file=path.name, key="-", reason=str(error)) from None


def _parsed(slug: str, table: Mapping[str, Any]) -> SourceProfile:
    for key in _NEEDED:
        if key not in table:
            raise _Fault(key, "missing")
    if unknown := sorted(set(table) - _KNOWN):
        raise _Fault(unknown[0], "unknown key")
    columns = table["columns"]
    if not isinstance(columns, dict) or not columns.get("code"):
        raise _Fault("columns.code", "missing")
    return SourceProfile(
        slug=slug,
        name=_words(table, "name"),
        system=_one_of(CodeSystem, table, "system"),
        level=_level(table["level"], "level"),
        code=_texts(columns["code"], "columns.code"),
        local=_texts(columns.get("local", []), "columns.local"),
        columns={
            _level(key, f"columns.{key}"): _texts(value, f"columns.{key}")
            for key, value in columns.items()
            if key not in ("code", "local")
        },
        attribution=_words(table, "attribution"),
        licence=str(table["licence"]),
        status=_one_of(BoundaryStatus, table, "status") or BoundaryStatus.INDICATIVE,
        dated=str(table["dated"]),
        whole=_level(table["whole"], "whole") if "whole" in table else None,
        provinces=_texts(table.get("provinces", []), "provinces"),
        signs=_texts(table.get("signs", []), "signs"),
    )


def _words(table: Mapping[str, Any], key: str) -> Words:
    try:
        return Words.of(table[key])
    except (KeyError, TypeError):
        raise _Fault(key, "must be a table with id and en") from None


def _texts(raw: Any, key: str) -> tuple[str, ...]:
    if not isinstance(raw, list) or not all(isinstance(text, str) and text for text in raw):
        raise _Fault(key, "must be a list of texts")
    return tuple(raw)


def _level(raw: Any, key: str) -> Level:
    try:
        return Level.of(str(raw))
    except ValueError as error:
        raise _Fault(key, str(error)) from None


def _one_of(kinds: type[Kind], table: Mapping[str, Any], key: str) -> Kind | None:
    if key not in table:
        return None
    try:
        return kinds(table[key])
    except ValueError:
        raise _Fault(key, f"must be one of {', '.join(kinds)}") from None
