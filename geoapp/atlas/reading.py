"""Opening a map: from a question to everything its page shows.

What is published never changes, so a process keeps what it read (``geography``, ``published``, ``visited``); whether a
release was withdrawn is asked every time.
"""

from dataclasses import replace

from sqlalchemy.engine import RowMapping

from geoapp.atlas import geography, published
from geoapp.atlas.changes import aggregates, indicator_of
from geoapp.atlas.choices import Choice
from geoapp.atlas.page import Layer, MapPage, Release
from geoapp.atlas.visited import NO_PALETTES, Palettes, seen
from geoapp.domain.changes import measured
from geoapp.domain.indicators import Indicator
from geoapp.domain.levels import Level
from geoapp.domain.periods import Period
from geoapp.domain.regions import Edition, Retired
from geoapp.errors import Gone, NotFound
from geoapp.layers.plan import Style
from geoapp.store import reading
from geoapp.store.database import Store


def layers(store: Store, every: bool = False) -> tuple[Layer, ...]:
    """Every public map that is not withdrawn and is offered, newest release first.

    A retired edition's map is not offered where another stands in for it; with ``every`` it comes nevertheless.
    """
    with store.read() as connection:
        known = reading.editions(connection)
        rows = reading.layers(connection, every=every)
    return tuple(_layer(row, known[row["edition_id"]]) for row in rows if row["withdrawn_at"] is None)


def stand_in(store: Store, layer: Layer) -> Layer | None:
    """The map of the same indicator on the edition that stands in place of a retired one, or on another of its area."""
    assert layer.retired is not None, "asked of a map whose edition is retired"
    same = [each for each in layers(store) if each.indicator.slug == layer.indicator.slug and each.retired is None]
    named = [each for each in same if each.edition.id == layer.retired.successor]
    near = [each for each in same if each.edition.area == layer.edition.area]
    return next(iter([*named, *near]), None)


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
    opened = _layer(rows[0], geography.edition(store, rows[0]["edition_id"]))
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
    edition = layer.edition.id
    found = seen(store, layer, level, period, choice, palettes)
    if found is None:
        raise NotFound("error.no_period", layer=layer.id, period=period.text)
    uppers = geography.upper_regions(store, edition)
    numbers = geography.spans(store, edition, level).get(area) if area else None
    if area and numbers is None:
        raise NotFound("error.not_an_area", code=area)
    holder = area or geography.whole_code(store, edition, level)
    wholes = aggregates(published.wholes(store, layer.release.id, holder), choice)
    return MapPage(
        layer=replace(layer, indicator=indicator_of(layer.indicator, choice)),
        level=level,
        period=period,
        plan=found.plan.within(*numbers) if numbers else found.plan,
        version=found.version,
        regions=geography.regions(store, edition, level),
        observations=found.said,
        ancestors=uppers,
        whole=wholes.get(period),
        wholes=wholes,
        choice=choice,
        area=uppers[area] if area else None,
        numbers=numbers,
    )


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
        around_source=row["around_source"] or "",
        retired=Retired(row["retired_at"], row["retired_reason"], row["successor"]) if row["retired_at"] else None,
    )
