"""The areas that maps are of, with the regions that part them first: where somebody who does not search begins."""

from dataclasses import dataclass
from functools import lru_cache

from geoapp.atlas import geography
from geoapp.atlas.peers import counts
from geoapp.atlas.place import Place
from geoapp.atlas.portrait import places_of
from geoapp.domain.regions import Ancestor, Edition
from geoapp.store import portraits
from geoapp.store.database import Store


@dataclass(frozen=True, slots=True)
class Area:
    """An edition with the lowest region that holds everything, if there is one, and the regions of the next level."""

    edition: Edition
    top: Ancestor | None
    parts: tuple[Place, ...]


def areas_shown(store: Store) -> tuple[Area, ...]:
    """The newest edition of every area that has a public map, in the order of its newest release."""
    with store.read() as connection:
        shown = [each.edition for each in portraits.live(connection)]
    newest: dict[str, Edition] = {}
    for id in dict.fromkeys(shown):
        edition = geography.edition(store, id)
        if edition.area not in newest or edition.dated > newest[edition.area].dated:
            newest[edition.area] = edition
    return tuple(_area(store, each) for each in newest.values())


@lru_cache(maxsize=64)
def _area(store: Store, edition: Edition) -> Area:
    levels = counts(store, edition.id)
    alone = [level for level, count in levels.items() if count.regions == 1]
    parting = next((level for level, count in levels.items() if count.regions > 1), edition.base_level)
    with store.read() as connection:
        rows = portraits.parts(connection, edition.id, max(alone, default=parting), parting)
    found = places_of(rows)
    top = next((each for each in found if alone and each.level is max(alone)), None)
    return Area(
        edition,
        Ancestor(top.code, top.name, top.level) if top else None,
        tuple(each for each in found if each.level is parting),
    )
