"""Editions as a process keeps them: their regions, the upper ones, which numbers these hold, what lies around.

An edition never changes once published, so what was read is kept; only its surroundings may be replaced.
"""

import json
from collections.abc import Mapping
from functools import lru_cache

from geoapp.atlas.kept import kept
from geoapp.domain.codes import holding
from geoapp.domain.covered import Covered
from geoapp.domain.levels import Level
from geoapp.domain.regions import Ancestor, Edition, Region
from geoapp.domain.surroundings import Surroundings, decode
from geoapp.errors import NotFound
from geoapp.store import coverage, reading
from geoapp.store import surroundings as store_surroundings
from geoapp.store.database import Store

_KEPT = 64
_MOST_REGIONS = 400_000
"""Regions that are kept, of all editions and levels together: about a kilobyte each."""

_MOST_COVERED = 16 << 20
"""Bytes of the tables of tiles that are not empty; a nation's villages have half a megabyte at the last zoom."""


@lru_cache(maxsize=_KEPT)
def edition(store: Store, id: str) -> Edition:
    """A published edition; NotFound if there is none of this id."""
    with store.read() as connection:
        found = reading.edition(connection, id)
    if found is None:
        raise NotFound("error.no_edition", edition=id)
    return found


@kept(room=_MOST_REGIONS, weigh=len)
def regions(store: Store, edition: str, level: Level) -> tuple[Region, ...]:
    """The regions of an edition's level in number order; empty if the level has none."""
    with store.read() as connection:
        return reading.regions(connection, edition, level)


@kept(room=_MOST_COVERED, weigh=lambda found: 256 + (found.weight if found else 0))
def covered(store: Store, edition: str, level: Level, zoom: int) -> Covered | None:
    """Which tiles of a level and zoom are not empty; None where nobody has looked."""
    with store.read() as connection:
        return coverage.covered(connection, edition, level, zoom)


@lru_cache(maxsize=_KEPT)
def upper_regions(store: Store, edition: str) -> Mapping[str, Ancestor]:
    """Every region above the edition's base level by code, covered or not."""
    with store.read() as connection:
        return reading.upper_regions(connection, edition)


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


@lru_cache(maxsize=_KEPT)
def whole_code(store: Store, edition: str, level: Level) -> str | None:
    """The code of the lowest upper region that holds every region of a level."""
    shown = (each.code for each in regions(store, edition, level))
    return next(reversed(holding(upper_regions(store, edition), shown)), None)


def surroundings(store: Store, edition: str) -> Surroundings | None:
    """What lies around an edition's area, or None; it may be replaced at any time, so it is asked for anew."""
    with store.read() as connection:
        found = store_surroundings.surroundings(connection, edition)
    return _surroundings(found.document) if found is not None else None


@lru_cache(maxsize=_KEPT)
def _surroundings(document: str) -> Surroundings:
    return decode(json.loads(document))
