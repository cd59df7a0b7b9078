"""Opening a map: from a question to everything its page shows.

Editions, regions, observations and plans never change once published, so a process keeps those it read last; whether a
release was withdrawn is asked every time.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy.engine import RowMapping

from geoapp.atlas.changes import aggregates, decided, indicator_of
from geoapp.atlas.choices import Choice, comparable
from geoapp.atlas.page import Aggregate, Layer, MapPage, Release
from geoapp.catalogue.palettes import ramp
from geoapp.domain.changes import measured
from geoapp.domain.codes import holding
from geoapp.domain.indicators import Indicator
from geoapp.domain.levels import Level
from geoapp.domain.observations import OUT_OF_SCOPE, Observation, State
from geoapp.domain.periods import Period
from geoapp.domain.regions import Ancestor, Edition, Region
from geoapp.domain.surroundings import Surroundings, decode
from geoapp.errors import Gone, NotFound
from geoapp.layers import KINDS, difference
from geoapp.layers.plan import Palette, Plan, Style
from geoapp.store import reading
from geoapp.store import surroundings as store_surroundings
from geoapp.store.database import Store

_KEPT = 64
_VISITED = 48
"""Choices of visitors whose plans are kept, each with all its periods."""

Palettes = Mapping[str, Palette]
NO_PALETTES: Palettes = MappingProxyType({})


class _Seen(NamedTuple):
    """A plan with its version, and the observations it was decided on in number order."""

    version: str
    plan: Plan
    observations: tuple[Observation, ...]


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


def open_map(
    store: Store,
    layer: Layer,
    level: Level | None = None,
    period: Period | None = None,
    choice: Choice = Choice.NONE,
    area: str | None = None,
    palettes: Palettes = NO_PALETTES,
) -> MapPage:
    """A layer's map at a level (default: the base level) and a period (default: the latest).

    ``choice`` is a visitor's, fitted to the map (``choices.fitted``), with the ``palettes`` it may name; ``area`` the
    code of an upper region to speak of.

    Raises
    ------
    NotFound
        If the layer has no such level or period, or the area holds no region of that level.
    """
    layer = replace(layer, indicator=measured(layer.indicator))
    level = level or layer.levels[0]
    period = period or layer.latest
    if level not in layer.levels:
        raise NotFound("error.no_level", layer=layer.id, level=level.slug)
    shown = regions(store, layer.edition.id, level)
    found = _seen(store, layer, level, period, choice, palettes)
    if found is None:
        raise NotFound("error.no_period", layer=layer.id, period=period.text)
    uppers = upper_regions(store, layer.edition.id)
    numbers = spans(store, layer.edition.id, level).get(area) if area else None
    if area and numbers is None:
        raise NotFound("error.not_an_area", code=area)
    wholes = aggregates(_wholes(store, layer.release.id, area or whole_code(store, layer.edition.id, level)), choice)
    return MapPage(
        layer=replace(layer, indicator=indicator_of(layer.indicator, choice)),
        level=level,
        period=period,
        plan=found.plan.within(*numbers) if numbers else found.plan,
        version=found.version,
        regions=shown,
        observations=found.observations,
        ancestors=uppers,
        whole=wholes.get(period),
        wholes=wholes,
        choice=choice,
        area=uppers[area] if area else None,
        numbers=numbers,
    )


def periods(store: Store, layer: Layer, level: Level, choice: Choice = Choice.NONE) -> tuple[Period, ...]:
    """The periods a level has a plan for: an upper region's figures need not exist in all of the layer's.

    With a change since a period those later ones that can be compared with it.
    """
    known = tuple(each for each in layer.periods if _plan(store, layer.id, layer.release.id, level, each))
    if choice.since is None:
        return known
    return tuple(each for each in known if choice.since in comparable(known, each))


@lru_cache(maxsize=_KEPT)
def spans(store: Store, edition: str, level: Level) -> Mapping[str, tuple[int, int]]:
    """For every upper region the first and last number of the level's regions that it holds; without the empty ones.

    Numbers of an upper region's regions follow each other; one whose do not is left out.
    """
    above = {code: upper for code, upper in upper_regions(store, edition).items() if upper.level < level}
    lengths = sorted({len(code) for code in above})
    held: dict[str, list[int]] = {}
    for region in regions(store, edition, level):
        for code in {region.code[:length] for length in lengths} & above.keys():
            held.setdefault(code, []).append(region.number)
    return {code: (min(own), max(own)) for code, own in held.items() if max(own) - min(own) + 1 == len(own)}


def _seen(store: Store, layer: Layer, level: Level, period: Period, choice: Choice, palettes: Palettes) -> _Seen | None:
    """What is seen of one period: the published plan, or the one of the visitor's choice."""
    if choice != Choice.NONE:
        name = difference.PALETTE if choice.since else choice.styled(layer.style).palette
        return _visited(store, layer, level, choice, _palette(name, palettes)).get(period)
    found = _plan(store, layer.id, layer.release.id, level, period)
    return found and _Seen(*found, _row(store, layer, level, period))


def _row(store: Store, layer: Layer, level: Level, period: Period) -> tuple[Observation, ...]:
    """What is known of a level's regions in one period, in number order."""
    said = _observations(store, layer.release.id, period)
    return tuple(said.get(each.code, OUT_OF_SCOPE) for each in regions(store, layer.edition.id, level))


@lru_cache(maxsize=_VISITED)
def _visited(store: Store, layer: Layer, level: Level, choice: Choice, palette: Palette) -> Mapping[Period, _Seen]:
    """The plans of a visitor's choice, decided as at publishing, and kept as long as they are asked for."""
    table = {each: _row(store, layer, level, each) for each in periods(store, layer, level)}
    style, named = choice.styled(layer.style), (layer.edition.id, layer.release.id)

    def colours(n: int) -> Sequence[str]:
        return ramp(palette, n)

    if choice.since is not None:
        found = decided(layer.indicator, choice, colours, table) if choice.since in table else {}
        return {period: _Seen(plan.version(*named), plan, row) for period, (plan, row) in found.items()}
    plans = KINDS[style.kind].decide(layer.indicator, style, colours, table)
    return {period: _Seen(plan.version(*named), plan, table[period]) for period, plan in plans.items()}


def _palette(name: str, palettes: Palettes) -> Palette:
    """The palette called ``name``; where it has gone since publishing, another of its kind."""
    found = palettes.get(name) or next((each for each in palettes.values() if each.use == "sequential"), None)
    if found is None:
        raise NotFound("error.no_palette", palette=name)
    return found


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


@lru_cache(maxsize=_KEPT)
def whole_code(store: Store, edition: str, level: Level) -> str | None:
    """The code of the lowest upper region that holds every region of a level."""
    shown = (each.code for each in regions(store, edition, level))
    return next(reversed(holding(upper_regions(store, edition), shown)), None)


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
