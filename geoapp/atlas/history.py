"""What was published, corrected and withdrawn: the releases of a map, or of all, with what each changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy.engine import RowMapping

from geoapp.domain.words import Words
from geoapp.errors import NotFound
from geoapp.store import history
from geoapp.store.database import Store

_MOST = 200
"""Releases that are told of; older ones keep their addresses."""


class Changes(NamedTuple):
    """Figures of a release that are other than in the release before, new, and gone."""

    changed: int
    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One release of a map. ``changes`` is None for a first release; ``shown`` says that the map shows this one."""

    layer: str
    name: Words
    area: str
    dated: str
    release: int
    published_at: datetime
    withdrawn_at: datetime | None
    reason: str | None
    shown: bool
    changes: Changes | None


def releases(store: Store, layer: str | None = None) -> tuple[Entry, ...]:
    """The releases of a map, or of all maps, newest first; withdrawn ones too.

    Raises
    ------
    NotFound
        If there is no such map.
    """
    with store.read() as connection:
        rows = history.releases(connection, layer, _MOST)
        counted = _changes(store, connection, rows)
    if layer is not None and not rows:
        raise NotFound("error.no_layer", layer=layer, release=None)
    return tuple(
        Entry(
            layer=row["layer"],
            name=Words.of(row["name"]),
            area=row["area"],
            dated=row["dated"],
            release=row["id"],
            published_at=row["published_at"],
            withdrawn_at=row["withdrawn_at"],
            reason=row["withdrawn_reason"],
            shown=row["shown"],
            changes=counted.get(row["id"]),
        )
        for row in rows
    )


def _changes(store: Store, connection: Connection, rows: Sequence[RowMapping]) -> Mapping[int, Changes]:
    """What each release changed of the one before it: as it was noted when it was published, else counted once."""
    counted = _counted(store)
    counted.update((row["id"], Changes(*row["changes"])) for row in rows if row["changes"])
    new = {(row["id"], row["supersedes"]) for row in rows if row["supersedes"] and row["id"] not in counted}
    if new:
        counted.update((release, Changes(*n)) for (release, _), n in history.changes(connection, sorted(new)).items())
    return counted


@lru_cache(maxsize=8)
def _counted(store: Store) -> dict[int, Changes]:
    """Every count of a store so far, by release: neither it nor the one before it ever changes."""
    return {}
