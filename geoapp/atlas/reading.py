"""Opening a map: from a question to everything its page shows.

Editions, regions, observations and plans never change once published, so a process keeps those it read last; whether a
release was withdrawn is asked every time.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy.engine import RowMapping

from geoapp.atlas.page import Aggregate, Layer, MapPage, Release
from geoapp.domain.codes import holding
from geoapp.domain.indicators import Indicator
from geoapp.domain.levels import Level
from geoapp.domain.observations import OUT_OF_SCOPE, Observation, State
from geoapp.domain.periods import Period
from geoapp.domain.regions import Ancestor, Edition, Region
from geoapp.domain.surroundings import Surroundings, decode
from geoapp.errors import Gone, NotFound
from geoapp.layers.plan import Plan, Style
from geoapp.store import reading
from geoapp.store import surroundings as store_surroundings
from geoapp.store.database import Store

_KEPT = 64


def layers(store: Store) -> tuple[Layer, ...]:
    """Every public map that is not withdrawn, newest release first."""
    with store.read() as connection:
        known = reading.editions(connection)
        rows = reading.layers(connection)
    return tuple(_layer(row, known[row["edition_id"]]) for row in rows if row["withdrawn_at"] is None)


def layer(store: Store, id: str, release: int | None = None) -> Layer:
    """One public map, at its newest release or at a pinned one.

    Raises
    ------
    NotFound
        If there is no such layer, or the release is not one of its own.
    Gone
        If the release was withdrawn.
    """
    with store.read() as connection:
        rows = reading.layers(connection, id, release)
        if not rows:
            raise NotFound("error.no_layer" if release is None else "error.no_release", layer=id, release=release)
    opened = _layer(rows[0], edition(store, rows[0]["edition_id"]))
    if opened.release.withdrawn_at is not None:
        raise Gone(
            "error.withdrawn",
            layer=id,
            title=opened.indicator.name,
            date=opened.release.withdrawn_at,
            reason=opened.release.withdrawn_reason,
        )
    return opened


def open_map(store: Store, layer: Layer, level: Level | None = None, period: Period | None = None) -> MapPage:
    """A layer's map at a level (default: the base level) and a period (default: the latest).

    Raises
    ------
    NotFound
        If the layer has no such level or period.
    """
    level = level or layer.levels[0]
    period = period or layer.latest
    if level not in layer.levels:
        raise NotFound("error.no_level", layer=layer.id, level=level.slug)
    found = _plan(store, layer.id, layer.release.id, level, period)
    if found is None:
        raise NotFound("error.no_period", layer=layer.id, period=period.text)
    version, plan = found
    shown = regions(store, layer.edition.id, level)
    said = _observations(store, layer.release.id, period)
    uppers = upper_regions(store, layer.edition.id)
    wholes = _wholes(store, layer.release.id, whole_code(shown, uppers))
    return MapPage(
        layer=layer,
        level=level,
        period=period,
        plan=plan,
        version=version,
        regions=shown,
        observations=tuple(said.get(each.code, OUT_OF_SCOPE) for each in shown),
        ancestors=uppers,
        whole=wholes.get(period),
        wholes=wholes,
    )


def periods(store: Store, layer: Layer, level: Level) -> tuple[Period, ...]:
    """The periods a level has a plan for: an upper region's figures need not exist in all of the layer's."""
    return tuple(each for each in layer.periods if _plan(store, layer.id, layer.release.id, level, each))


def pinned(store: Store, layer_id: str, version: str, period: Period) -> MapPage:
    """The map whose plan has this version.

    Raises
    ------
    NotFound
        If the layer never had such a plan.
    Gone
        If its release was withdrawn.
    """
    with store.read() as connection:
        found = reading.pinned_plan(connection, layer_id, version, period)
    if found is None:
        raise NotFound("error.no_version", layer=layer_id, version=version)
    release, level = found
    return open_map(store, layer(store, layer_id, release), level, period)


@lru_cache(maxsize=_KEPT)
def edition(store: Store, id: str) -> Edition:
    """A published edition; NotFound if there is none of this id."""
    with store.read() as connection:
        found = reading.edition(connection, id)
    if found is None:
        raise NotFound("error.no_edition", edition=id)
    return found


@lru_cache(maxsize=_KEPT)
def regions(store: Store, edition: str, level: Level) -> tuple[Region, ...]:
    """The regions of an edition's level in number order; empty if the level has none."""
    with store.read() as connection:
        return reading.regions(connection, edition, level)


@lru_cache(maxsize=_KEPT)
def upper_regions(store: Store, edition: str) -> Mapping[str, Ancestor]:
    """Every region above the edition's base level by code, covered or not."""
    with store.read() as connection:
        return reading.upper_regions(connection, edition)


def whole_code(shown: tuple[Region, ...], uppers: Mapping[str, Ancestor]) -> str | None:
    """The code of the lowest upper region that holds every region shown."""
    return next(reversed(holding(uppers, (each.code for each in shown))), None)


def surroundings(store: Store, edition: str) -> Surroundings | None:
    """What lies around an edition's area, or None; it may be replaced at any time, so it is asked for anew."""
    with store.read() as connection:
        kept = store_surroundings.surroundings(connection, edition)
    return _surroundings(kept.document) if kept is not None else None


@lru_cache(maxsize=_KEPT)
def _surroundings(document: str) -> Surroundings:
    return decode(json.loads(document))


@lru_cache(maxsize=_KEPT)
def table_report(store: Store, release: int) -> Mapping[str, Any]:
    """What is kept with a release of the table it was made of."""
    with store.read() as connection:
        return reading.release_report(connection, release)


@lru_cache(maxsize=_KEPT)
def _plan(store: Store, layer: str, release: int, level: Level, period: Period) -> tuple[str, Plan] | None:
    with store.read() as connection:
        return reading.plan(connection, layer, release, level, period)


@lru_cache(maxsize=_KEPT)
def _observations(store: Store, release: int, period: Period) -> Mapping[str, Observation]:
    with store.read() as connection:
        return reading.observations(connection, release, period)


@lru_cache(maxsize=_KEPT)
def _wholes(store: Store, release: int, code: str | None) -> Mapping[Period, Aggregate]:
    if code is None:
        return {}
    with store.read() as connection:
        rows = reading.aggregates(connection, release, code)
    return {Period(row["period"]): _aggregate(row) for row in rows}


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


def _layer(row: RowMapping, edition: Edition) -> Layer:
    return Layer(
        id=row["layer_id"],
        indicator=Indicator.of(row["indicator"]),
        edition=edition,
        style=Style.of(row["style"]),
        release=Release(
            row["release_id"],
            row["published_at"],
            row["supersedes"],
            row["withdrawn_at"],
            row["withdrawn_reason"],
        ),
        levels=tuple(sorted((Level(each) for each in row["levels"]), reverse=True)),
        periods=tuple(sorted(Period(each) for each in row["periods"])),
        surroundings=row["surroundings"],
    )
