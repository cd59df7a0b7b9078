"""Among whom a region is ranked, and which regions make up the small picture of where it lies."""

from collections.abc import Mapping
from functools import lru_cache

from geoapp.atlas import geography
from geoapp.domain.codes import LENGTHS
from geoapp.domain.levels import Level
from geoapp.domain.regions import Ancestor, Edition
from geoapp.store import portraits
from geoapp.store.database import Store

_FEW = 1000
"""Regions among which one is ranked at most, where an upper region tells fewer."""
_MOST_AROUND = 150
"""Regions that a small picture is put together from."""
_KEPT = 64


@lru_cache(maxsize=_KEPT)
def counts(store: Store, edition: str) -> Mapping[Level, portraits.Count]:
    """How many regions an edition has at each level, the highest first."""
    with store.read() as connection:
        return portraits.counts(connection, edition)


def above(store: Store, edition: Edition, code: str, level: Level) -> tuple[Ancestor, ...]:
    """The upper regions of a region, highest first: in both systems a code begins with the codes of all above it."""
    uppers = geography.upper_regions(store, edition.id)
    lengths = [*LENGTHS[edition.code_system], *(n for n, sign in enumerate(code) if sign == ".")]
    starts = dict.fromkeys(code[:length] for length in sorted(lengths) if length < len(code))
    return tuple(uppers[start] for start in starts if start in uppers and uppers[start].level < level)


def compared(
    store: Store,
    edition: str,
    level: Level,
    above: tuple[Ancestor, ...],
    there: Mapping[Level, portraits.Count],
) -> tuple[Ancestor | None, tuple[int, int]]:
    """The upper region that holds those a region is compared with, and their first and last number."""
    total = there[level].drawn
    if total <= _FEW:
        alone = [each for each in above if there[each.level].regions == 1]
        return (alone[-1] if alone else None), (1, total)
    for holder in above:
        numbers = _within(store, edition, level, holder.code)
        if numbers and numbers[1] - numbers[0] < _FEW:
            return holder, numbers
    return None, (1, total)


def around(
    store: Store,
    edition: str,
    level: Level,
    holder: Ancestor | None,
    numbers: tuple[int, int],
    there: Mapping[Level, portraits.Count],
) -> tuple[Level, tuple[int, int]] | None:
    """The level above the villages where it has a few shapes that make up the whole, else the region's own level."""
    above = [each for each in there if each < level and 1 < there[each].drawn == there[each].regions]
    for each in reversed(above) if level >= Level.VILLAGE else ():
        whole = numbers == (1, there[level].drawn)
        held = (1, there[each].drawn) if whole else holder and _within(store, edition, each, holder.code)
        if held and 0 < held[1] - held[0] < _MOST_AROUND:
            return each, held
    return (level, numbers) if 0 < numbers[1] - numbers[0] < _MOST_AROUND else None


@lru_cache(maxsize=1024)
def _within(store: Store, edition: str, level: Level, holder: str) -> tuple[int, int] | None:
    with store.read() as connection:
        return portraits.numbers_within(connection, edition, level, holder)
