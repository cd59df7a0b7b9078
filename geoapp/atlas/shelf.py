"""What the catalogue shows of every public map without opening it: its coverage, what its regions are, an example."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from geoapp.atlas import geography, reading
from geoapp.atlas.page import Layer
from geoapp.atlas.peers import counts
from geoapp.domain.levels import Level
from geoapp.domain.regions import Ancestor
from geoapp.store import portraits
from geoapp.store.database import Store
from geoapp.store.portraits import Live

_MOST_DRAWN = 2000
"""Regions that a small picture can show."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A map in its newest period and at its base level: ``known`` of ``asked`` regions of some ``kinds`` have a figure.

    ``pictured`` is the level of its small picture, which has ``drawn`` regions.
    """

    layer: Layer
    known: int
    asked: int
    kinds: frozenset[str]
    pictured: Level
    drawn: int


@dataclass(frozen=True, slots=True)
class Example:
    """A region that one may look for, with the one above it."""

    code: str
    name: str
    kind: str | None
    level: Level
    above: Ancestor | None


def live(store: Store) -> tuple[Live, ...]:
    """The maps that are public now, newest release first."""
    with store.read() as connection:
        return portraits.live(connection)


@lru_cache(maxsize=4)
def shelf(store: Store, shown: tuple[Live, ...]) -> tuple[Shelved, ...]:
    """Those maps with their coverage; releases never change, so what is shown says everything."""
    releases = {(each.layer, each.release) for each in shown}
    layers = [each for each in reading.layers(store) if (each.id, each.release.id) in releases]
    covered = _covered(store, layers)
    return tuple(_shelved(store, each, *covered[each.id]) for each in layers if each.id in covered)


def _covered(store: Store, layers: Sequence[Layer]) -> Mapping[str, tuple[int, int]]:
    asked = [(each.id, each.release.id, each.levels[0], each.latest) for each in layers]
    with store.read() as connection:
        return portraits.covered(connection, asked)


def _shelved(store: Store, layer: Layer, known: int, asked: int) -> Shelved:
    there = counts(store, layer.edition.id)
    fitting = [each for each in layer.levels if there[each].drawn <= _MOST_DRAWN]
    pictured = fitting[0] if fitting else layer.levels[-1]
    return Shelved(layer, known, asked, there[layer.levels[0]].kinds, pictured, there[pictured].drawn)


@lru_cache(maxsize=16)
def example(store: Store, edition: str) -> Example | None:
    """A region of an edition's base level, from the middle of its numbers."""
    asked = geography.edition(store, edition)
    with store.read() as connection:
        row = portraits.middle(connection, edition, asked.base_level)
    if row is None:
        return None
    uppers = geography.upper_regions(store, edition)
    above = uppers.get(row["parent"]) if row["parent"] else None
    return Example(row["code"], row["name"], row["kind"], asked.base_level, above)
