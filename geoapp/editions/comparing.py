"""Comparing two published editions: their regions and shapes read part by part, so that a nation fits in memory."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from geoapp.domain.levels import Level
from geoapp.domain.regions import Edition, Region
from geoapp.editions import compare
from geoapp.editions.compare import Change, Links, Pair, What
from geoapp.errors import NotFound, Refused
from geoapp.store import places, portraits, reading, shapes

_TOGETHER = 2_000
"""Pairs whose shapes are in memory at once."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two editions at the levels that both have; ``linked`` where a crosswalk led from codes to
    codes. ``same`` counts the regions of which nothing changed."""

    old: Edition
    new: Edition
    share: float
    levels: tuple[Level, ...]
    changes: tuple[Change, ...]
    same: int
    linked: bool

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "old": self.old.id,
            "new": self.new.id,
            "share": self.share,
            "levels": [level.slug for level in self.levels],
            "through": "crosswalk" if self.linked else None,
            "same": self.same,
            "counts": compare.counted(self.changes),
            "changes": [each.as_dict() for each in self.changes],
        }


def run(
    connection: Connection, old: str, new: str, share: float, done: Callable[[int], None] = lambda n: None
) -> Comparison:
    """Compare two editions; ``done`` hears of every pair whose outlines were looked at.

    Raises
    ------
    NotFound
        If there is no such edition.
    Refused
        If they have no level in common, or codes of different systems and no crosswalk between them.
    """
    before, after = _edition(connection, old), _edition(connection, new)
    levels = _levels(connection, before, after)
    linked = before.code_system is not after.code_system
    uppers = reading.upper_regions(connection, old).keys(), reading.upper_regions(connection, new).keys()
    changes: list[Change] = []
    same = 0
    for level in levels:
        regions = reading.regions(connection, old, level), reading.regions(connection, new, level)
        links = _links(connection, (before, after), regions) if linked else None
        held = compare.drawn_only(compare.sides(level, *regions, links), *uppers, links)
        found = [*compare.told(held, links), *_outlines(connection, (old, new), held, share, done)]
        touched = {each.code for each in found if each.code and each.new_code}
        same += sum(pair.old.code not in touched for pair in held.pairs)
        changes += found
    if linked and not any(each.what is not What.UNLINKED for each in changes) and not same:
        raise Refused("error.compare_systems", old=old, new=new)
    return Comparison(before, after, share, levels, tuple(compare.in_order(changes)), same, linked)


def _edition(connection: Connection, id: str) -> Edition:
    found = reading.edition(connection, id)
    if found is None:
        raise NotFound("error.no_edition", edition=id)
    return found


def _levels(connection: Connection, old: Edition, new: Edition) -> tuple[Level, ...]:
    """The levels at which both have shapes, from the top."""
    drawn = [
        {level for level, count in portraits.counts(connection, each.id).items() if count.drawn} for each in (old, new)
    ]
    levels = tuple(sorted(drawn[0] & drawn[1]))
    if not levels:
        raise Refused("error.compare_levels", old=old.id, new=new.id)
    return levels


def _links(connection: Connection, editions: tuple[Edition, Edition], regions: Sequence[Sequence[Region]]) -> Links:
    """The codes of regions and their parents in the other system, where a crosswalk gives exactly one: both ways."""
    ways = []
    for edition, some in zip(editions, regions, strict=True):
        codes = {each.code for each in some} | {each.parent for each in some if each.parent}
        found = places.crosswalk(connection, edition.code_system, codes)
        alone = {code: [each.code for each in links if each.alone] for code, links in found.items()}
        ways.append({code: only[0] for code, only in alone.items() if len(only) == 1})
    return Links(*ways)


def _outlines(
    connection: Connection, editions: tuple[str, str], held: compare.Sides, share: float, done: Callable[[int], None]
) -> Iterator[Change]:
    for start in range(0, len(held.pairs), _TOGETHER):
        pairs = held.pairs[start : start + _TOGETHER]
        for pair, found in zip(pairs, compare.shares(*drawn(connection, editions, held.level, pairs)), strict=True):
            if found > share:
                yield compare.outline(held.level, pair, found)
        done(len(pairs))


def drawn(
    connection: Connection, editions: tuple[str, str], level: Level, pairs: Sequence[Pair]
) -> tuple[list[bytes], list[bytes]]:
    """The shapes of some pairs as WKB: the old edition's, the new one's."""
    old = shapes.coded(connection, editions[0], level, [pair.old.code for pair in pairs])
    new = shapes.coded(connection, editions[1], level, [pair.new.code for pair in pairs])
    return [old[pair.old.code] for pair in pairs], [new[pair.new.code] for pair in pairs]
