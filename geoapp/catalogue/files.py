"""Reading the catalogue's TOML files: the repository's first, then the site's over them, table by table."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geoapp.errors import Refused


@dataclass(frozen=True, slots=True)
class Source:
    """Where a table stands: its file and its key, for the sentence that says what is wrong with it."""

    file: Path
    key: str

    def wrong(self, reason: str, key: str = "", **values: Any) -> Refused:
        """The refusal ``error.catalogue_file.<reason>`` at ``key`` below this table; raise it."""
        at = ".".join(part for part in (self.key, key) if part)
        return Refused(f"error.catalogue_file.{reason}", file=str(self.file), key=at, **values)

    def known_keys(self, table: Mapping[str, Any], allowed: Iterable[str]) -> None:
        """Refuses a key nobody reads, so that a slip of the pen is seen."""
        for key in table:
            if key not in set(allowed):
                raise self.wrong("unknown_key", key, allowed=", ".join(sorted(allowed)))


def tables(path: Path) -> dict[str, Any]:
    """The tables of one file.

    Raises
    ------
    Refused
        ``error.catalogue_file.unreadable`` where it is no UTF-8 TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused("error.catalogue_file.unreadable", file=str(path), key="", detail=str(error)) from error


def overlaid(folders: Iterable[Path]) -> dict[str, tuple[Source, dict[str, Any]]]:
    """Every table of the ``*.toml`` files of the folders by its name; a later folder goes before an earlier one.

    Raises
    ------
    Refused
        Also where two files of one folder have a table of the same name, or a file holds something else than tables.
    """
    found: dict[str, tuple[Source, dict[str, Any]]] = {}
    for folder in folders:
        here: dict[str, tuple[Source, dict[str, Any]]] = {}
        for path in sorted(folder.glob("*.toml")):
            for name, table in tables(path).items():
                source = Source(path, name)
                if not isinstance(table, dict):
                    raise source.wrong("no_table")
                if name in here:
                    raise source.wrong("twice", other=str(here[name][0].file))
                here[name] = (source, table)
        found |= here
    return found
