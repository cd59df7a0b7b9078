"""Adding indicators to the site: checked with the whole catalogue, then written to its folder, all or nothing."""

import json
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geoapp.catalogue.files import Source, overlaid, tables
from geoapp.catalogue.indicators import KEYS, checked
from geoapp.domain.indicators import Indicator
from geoapp.errors import NotFound, Refused

_THEME = re.compile(r"[a-z][a-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Added:
    """What was written where."""

    indicators: tuple[str, ...]
    replaced: tuple[str, ...]
    file: Path


def add(path: Path, defaults: Path, site: Path, theme: str | None = None, replace: bool = False) -> Added:
    """Write the indicators of a TOML file into ``site/<theme>.toml``; the theme is the file's name unless said.

    ``defaults`` and ``site`` are the folders of indicators that the catalogue is read from. Nothing is written unless
    every indicator is right.

    Raises
    ------
    NotFound
        If there is no such file.
    Refused
        ``error.catalogue_file.…`` with file, key and reason; or an indicator is there already and ``replace`` is not
        said.
    """
    if not path.is_file():
        raise NotFound("error.no_file", file=path.name)
    theme = theme or path.stem.lower().replace(" ", "_")
    if not _THEME.fullmatch(theme):
        raise Refused("error.indicator_theme", theme=theme)
    new = tables(path)
    if not new:
        raise Refused("error.indicator_file_empty", file=path.name)
    for slug, table in new.items():
        if not isinstance(table, dict):
            raise Source(path, slug).wrong("no_table")
    known = overlaid((defaults, site))
    there = tuple(slug for slug in new if slug in known)
    if there and not replace:
        raise Refused("error.indicator_there", n=len(there), indicators=", ".join(there), file=path.name)
    checked({**known, **{slug: (Source(path, slug), table) for slug, table in new.items()}}, defaults, new)
    target = site / f"{theme}.toml"
    _write(site, {**_without(site, new), target: {**_kept(target, new), **new}})
    return Added(tuple(new), there, target)


def _kept(path: Path, new: Iterable[str]) -> dict[str, Any]:
    """The tables of a file of the site but those that are replaced."""
    said = tables(path) if path.is_file() else {}
    return {slug: table for slug, table in said.items() if slug not in set(new)}


def _without(site: Path, new: Mapping[str, Any]) -> dict[Path, dict[str, Any]]:
    """Files of the site that hold one of these indicators, without it: its theme may have changed."""
    paths = sorted(site.glob("*.toml"))
    return {path: _kept(path, new) for path in paths if set(tables(path)) & set(new)}


def _write(site: Path, files: Mapping[Path, Mapping[str, Any]]) -> None:
    """Each file at once and whole; the one that grows first, so that a stop in between loses nothing."""
    site.mkdir(parents=True, exist_ok=True)
    for path, said in sorted(files.items(), key=lambda each: -len(each[1])):
        if said:
            replace_text(path, "\n".join(as_toml(slug, table) for slug, table in said.items()))
        else:
            path.unlink(missing_ok=True)


def replace_text(path: Path, text: str) -> None:
    """Put a text in place of a file, or leave the file as it is."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, suffix=".new", delete=False) as file:
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).chmod(0o644)
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def as_toml(slug: str, table: Mapping[str, Any]) -> str:
    """A table of an indicators' file, its keys in the order of the definition.

    >>> print(as_toml("a", {"stock": False, "name": {"id": "A", "en": "B"}}), end="")
    [a]
    name = { id = "A", en = "B" }
    stock = false
    """
    lines = [f"{key} = {_value(table[key])}" for key in KEYS if key in table]
    return "\n".join((f"[{slug}]", *lines, ""))


def as_table(indicator: Indicator) -> dict[str, Any]:
    """An indicator as a table of its file, without what is empty."""
    said = indicator.as_dict()
    return {key: said[key] for key in KEYS if said[key] not in (None, [], "")}


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        inner = [_value(each) for each in value]
        if any(isinstance(each, Mapping) for each in value):
            return "[\n" + "".join(f"  {each},\n" for each in inner) + "]"
        return f"[{', '.join(inner)}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return json.dumps(value)
