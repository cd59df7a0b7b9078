"""What was published, corrected and withdrawn: the releases of a map, or of all, with what each changed."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

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
            changes=_changes(store, row["id"], row["supersedes"]) if row["supersedes"] else None,
        )
        for row in rows
    )


@lru_cache(maxsize=1024)
def _changes(store: Store, release: int, before: int) -> Changes:
    """Counted once: neither release ever changes."""
    with store.read() as connection:
        return Changes(*history.changes(connection, release, before))
