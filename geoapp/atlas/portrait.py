"""One region over all indicators: figures, ranks, trends, its upper region's own figures, neighbours and children.

A region is compared with all of its level where an edition has few; else with those of the highest upper region that
holds few: a village of the nation with its regency's.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.engine import RowMapping

from geoapp.atlas import peers, reading
from geoapp.atlas.page import Layer
from geoapp.atlas.place import Entry, Place, Portrait, Said, Standing
from geoapp.domain.levels import Level
from geoapp.domain.observations import MISSING, OUT_OF_SCOPE, Mark, Observation, State
from geoapp.domain.periods import Period, latest
from geoapp.domain.regions import Ancestor, Edition
from geoapp.store import portraits
from geoapp.store.database import Store
from geoapp.store.portraits import Live, Moment
from geoapp.store.reading import marks_of

_KEPT = 64


def live(store: Store, edition: str) -> tuple[Live, ...]:
    """The maps of an edition that are public now."""
    with store.read() as connection:
        return portraits.live(connection, edition)


def portrait(
    store: Store, edition: Edition, code: str, shown: tuple[Live, ...], editions: Sequence[str] = ()
) -> Portrait | None:
    """The portrait of an edition's region from the maps ``shown``; None if the edition has no such region.

    Children are those in any of ``editions`` that have this region, too.
    """
    there = peers.counts(store, edition.id)
    with store.read() as connection:
        row = portraits.region(connection, edition.id, code)
        if row is None:
            return None
        level = Level(row["level"])
        related = portraits.relations(
            connection, edition.id, level, row["neighbours"] or (), code, sorted({edition.id, *editions})
        )
    above = peers.above(store, edition, code, level)
    holder, numbers = peers.compared(store, edition.id, level, above, there)
    layers = _layers(store, edition.id, shown) if row["number"] is not None else ()
    return Portrait(
        edition=edition,
        code=code,
        name=row["name"],
        kind=row["kind"],
        level=level,
        number=row["number"],
        area_km2=row["area_km2"],
        area_official_km2=row["area_official_km2"],
        above=above,
        holder=holder,
        numbers=numbers,
        kinds=there[level].kinds,
        around=peers.around(store, edition.id, level, holder, numbers, there),
        entries=_entries(store, edition, layers, level, code, holder, numbers),
        neighbours=places_of(each for each in related if each["what"] == "neighbour"),
        children=places_of(each for each in related if each["what"] == "child"),
    )


def places_of(rows: Iterable[RowMapping]) -> tuple[Place, ...]:
    """Regions to go on to, each code once."""
    found: dict[str, Place] = {}
    for row in rows:
        place = Place(
            row["edition_id"], row["code"], row["name"], row["kind"], Level(row["level"]), row["number"] is not None
        )
        found.setdefault(place.code, place)
    return tuple(found.values())


# ── figures ────────────────────────────────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=16)
def _layers(store: Store, edition: str, shown: tuple[Live, ...]) -> tuple[Layer, ...]:
    """One map of each indicator, the newest; ``shown`` says which releases, so that none is kept that went."""
    releases = {each.release for each in shown}
    found: dict[str, Layer] = {}
    for layer in reading.layers(store, every=True):
        if layer.edition.id == edition and layer.release.id in releases:
            found.setdefault(layer.indicator.slug, layer)
    return tuple(found.values())


def _entries(
    store: Store,
    edition: Edition,
    layers: Sequence[Layer],
    level: Level,
    code: str,
    holder: Ancestor | None,
    numbers: tuple[int, int],
) -> tuple[Entry, ...]:
    if not layers:
        return ()
    moments = [Moment(each.release.id, period) for each in layers for period in each.periods]
    with store.read() as connection:
        said = _figures(connection, [code, *([holder.code] if holder else [])], moments)
    own = {each.release.id: _newest(each, said[code], edition, level) for each in layers}
    there = [Moment(release, period) for release, period in own.items() if period is not None]
    spreads = _spreads(store, edition.id, level, numbers, tuple(there)) if there else {}
    return tuple(
        _entry(layer, period, said, code, holder, spreads.get(layer.release.id, ((), ())))
        for layer in layers
        if (period := own[layer.release.id]) is not None
    )


Figures = Mapping[str, Mapping[int, Mapping[Period, Said]]]
"""What is known by code, release and period."""


def _figures(connection: Connection, codes: Sequence[str], moments: Sequence[Moment]) -> Figures:
    found: dict[str, dict[int, dict[Period, Said]]] = {code: defaultdict(dict) for code in codes}
    for row in portraits.figures(connection, codes, moments):
        found[row["code"]][row["release_id"]][Period(row["period"])] = _said(row)
    return found


def _said(row: Any) -> Said:
    if row["distribution"] is not None:
        return Said(MISSING, row["known"], row["total"], row["distribution"])
    state = State(row["state"]) if row["state"] else None
    return Said(Observation(row["figure"], row["category"], state, marks_of(row["marks"])), row["known"], row["total"])


def _newest(layer: Layer, said: Mapping[int, Mapping[Period, Said]], edition: Edition, level: Level) -> Period | None:
    """The period to show; None where an upper region has no figures of this indicator, because none can be made."""
    there = tuple(said.get(layer.release.id, ()))
    if level is edition.base_level:
        return layer.latest
    return latest(there) if there else None


@lru_cache(maxsize=_KEPT)
def _spreads(
    store: Store, edition: str, level: Level, numbers: tuple[int, int], moments: tuple[Moment, ...]
) -> Mapping[int, tuple[tuple[float, ...], tuple[str, ...]]]:
    with store.read() as connection:
        return portraits.spreads(connection, edition, level, numbers, moments)


def _entry(
    layer: Layer,
    period: Period,
    said: Figures,
    code: str,
    holder: Ancestor | None,
    spread: tuple[tuple[float, ...], tuple[str, ...]],
) -> Entry:
    release = layer.release.id
    own = said[code].get(release, {})
    here = own.get(period, Said(OUT_OF_SCOPE))
    figures, categories = spread
    as_long = [each for each in layer.periods if each.granularity is period.granularity]
    return Entry(
        layer=layer,
        period=period,
        said=here,
        series={each: own[each].observation if each in own else OUT_OF_SCOPE for each in as_long},
        standing=standing(here.observation, figures),
        spread=figures,
        alike=_alike(here.observation.category, categories),
        whole=said[holder.code].get(release, {}).get(period) if holder else None,
    )


def standing(said: Observation, figures: Sequence[float]) -> Standing | None:
    """The rank of a figure among ``figures``, from low to high; a partly covered one has none.

    >>> standing(Observation(figure=3.0), (1.0, 3.0, 3.0, 5.0))
    Standing(rank=2, tied=1, known=4)
    """
    if said.figure is None or Mark.PARTIAL in said.marks or not figures:
        return None
    below, upto = bisect_left(figures, said.figure), bisect_right(figures, said.figure)
    return Standing(len(figures) - upto + 1, upto - below - 1, len(figures))


def _alike(category: str | None, categories: Sequence[str]) -> tuple[int, int] | None:
    return (Counter(categories)[category], len(categories)) if category is not None else None
