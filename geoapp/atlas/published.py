"""Releases as a process keeps them: the plans of their maps, rows of figures, aggregates, the table behind.

A release never changes, so what was read is kept; whether it was withdrawn is asked with the layer.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy.engine import RowMapping

from geoapp.atlas.choices import Choice, comparable
from geoapp.atlas.kept import kept
from geoapp.atlas.page import Aggregate, Layer
from geoapp.domain.levels import Level
from geoapp.domain.observations import State
from geoapp.domain.periods import Period
from geoapp.domain.rows import Row
from geoapp.layers.plan import Plan
from geoapp.store import reading
from geoapp.store.database import Store

_KEPT = 64
_MOST_FIGURES, _MOST_CLASSES = 3_000_000, 6_000_000
"""Regions whose figures, and whose classes, are kept: 12 and 2 bytes each, for 36 periods of the nation or 72."""


def periods(store: Store, layer: Layer, level: Level, choice: Choice = Choice.NONE) -> tuple[Period, ...]:
    """The periods a level has a plan for: an upper region's figures need not exist in all of the layer's.

    With a change since a period those later ones that can be compared with it.
    """
    known = tuple(each for each in layer.periods if plan(store, layer.id, layer.release.id, level, each))
    if choice.since is None:
        return known
    return tuple(each for each in known if choice.since in comparable(known, each))


def _classes(found: tuple[str, Plan] | None) -> int:
    return len(found[1].classes) + 1 if found else 1


@kept(room=_MOST_CLASSES, weigh=_classes)
def plan(store: Store, layer: str, release: int, level: Level, period: Period) -> tuple[str, Plan] | None:
    """A plan with its version; None where the map has none."""
    with store.read() as connection:
        return reading.plan(connection, layer, release, level, period)


@kept(room=_MOST_FIGURES, weigh=len)
def row(store: Store, edition: str, level: Level, release: int, period: Period) -> Row:
    """What is known of a level's regions in one period, in number order."""
    with store.read() as connection:
        return reading.row(connection, edition, level, release, period)


@lru_cache(maxsize=_KEPT)
def wholes(store: Store, release: int, code: str | None) -> Mapping[Period, Aggregate]:
    """The aggregates of one upper region by period; none without a code."""
    if code is None:
        return {}
    with store.read() as connection:
        rows = reading.aggregates(connection, release, code)
    return {Period(each["period"]): _aggregate(each) for each in rows}


@lru_cache(maxsize=_KEPT)
def table_report(store: Store, release: int) -> Mapping[str, Any]:
    """What is kept with a release of the table it was made of."""
    with store.read() as connection:
        return reading.release_report(connection, release)


def _aggregate(row: RowMapping) -> Aggregate:
    return Aggregate(
        code=row["code"],
        level=Level(row["level"]),
        figure=row["figure"],
        distribution=row["distribution"],
        state=State(row["state"]) if row["state"] else None,
        marks=reading.marks_of(row["marks"]),
        known=row["known"],
        total=row["total"],
    )
