"""What differs between two editions: codes that came and went, other names, parents, kinds and outlines."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple

from geoapp.domain.levels import Level
from geoapp.domain.names import normalise
from geoapp.domain.regions import Region

SHARE = 5.0
"""Percent of the land inside either outline from which it counts as another.

The same line drawn anew at 1:25,000 lies within 12.5 m of the old one (0.5 mm of the map): around a kelurahan of 1 km²
that is 2–4 % of its land. Measured, the 52 kelurahan of Banjarmasin differ by 0.2–3.2 %, half of them by less than 1 %,
between BIG's 1:10,000 and a public compilation. What is more is another line.
"""


class What(StrEnum):
    """What changed, in the order in which it is told; ``unlinked`` has no counterpart in the other code system."""

    APPEARED = "appeared"
    VANISHED = "vanished"
    UNLINKED = "unlinked"
    NAME = "name"
    PARENT = "parent"
    KIND = "kind"
    OUTLINE = "outline"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed of one region; ``code`` is the old edition's, ``new_code`` the new one's, None where none.

    ``before`` and ``after`` are names, parents' codes, kinds, or areas in km² of the full shape; ``share`` is how
    many percent of the land inside either outline lie in one of both only.
    """

    what: What
    level: Level
    code: str | None
    new_code: str | None
    name: str
    before: str | float | None = None
    after: str | float | None = None
    share: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "what": self.what.value,
            "level": self.level.slug,
            "code": self.code,
            "new_code": self.new_code,
            "name": self.name,
            "before": self.before,
            "after": self.after,
            "share": self.share,
        }


class Pair(NamedTuple):
    """A region as both editions have it."""

    old: Region
    new: Region


@dataclass(frozen=True, slots=True)
class Sides:
    """The regions of one level, held against each other by their codes; all in the order of their codes.

    ``unlinked`` are regions of the old edition, and ``unknown`` of the new one, that no crosswalk tells the code of in
    the other system: they may be there.
    """

    level: Level
    pairs: tuple[Pair, ...]
    vanished: tuple[Region, ...]
    appeared: tuple[Region, ...]
    unlinked: tuple[Region, ...] = ()
    unknown: tuple[Region, ...] = ()


class Links(NamedTuple):
    """The codes of another system, one to one: ``onward`` the new edition's for the old one's, ``back`` the reverse."""

    onward: Mapping[str, str]
    back: Mapping[str, str]


def sides(level: Level, old: Iterable[Region], new: Iterable[Region], links: Links | None = None) -> Sides:
    """Hold the regions of both editions against each other: by the same code, or through a crosswalk one to one."""
    before = {each.code: each for each in sorted(old, key=lambda each: each.code)}
    after = {each.code: each for each in sorted(new, key=lambda each: each.code)}
    onward = links.onward if links else dict.fromkeys(before)
    back = links.back if links else dict.fromkeys(after)
    to = {code: onward[code] or code for code in before if code in onward}
    pairs = {code: other for code, other in to.items() if other in after}
    met = set(pairs.values())
    left = [each for code, each in after.items() if code not in met]
    return Sides(
        level,
        pairs=tuple(Pair(before[code], after[other]) for code, other in pairs.items()),
        vanished=tuple(before[code] for code in to if code not in pairs),
        appeared=tuple(each for each in left if each.code in back),
        unlinked=tuple(each for code, each in before.items() if code not in to),
        unknown=tuple(each for each in left if each.code not in back),
    )


def drawn_only(sides: Sides, old: Collection[str], new: Collection[str], links: Links | None = None) -> Sides:
    """Without regions of an upper level that the other edition has as well, though only partly covered: no shape.

    ``old`` and ``new`` are the codes of all upper regions of either edition, covered or not.
    """
    onward, back = (links.onward, links.back) if links else ({}, {})
    return replace(
        sides,
        vanished=tuple(each for each in sides.vanished if onward.get(each.code, each.code) not in new),
        appeared=tuple(each for each in sides.appeared if back.get(each.code, each.code) not in old),
    )


def told(sides: Sides, links: Links | None = None) -> Iterator[Change]:
    """Everything but outlines: what came and went, then names, parents and kinds of what stayed.

    Names that differ in case, blanks, accents or the word for their kind alone are the same; a name or kind that one
    of both does not say is no change.
    """
    for each in sides.appeared:
        yield Change(What.APPEARED, sides.level, None, each.code, each.name, after=_km2(each))
    for each in sides.vanished:
        yield Change(What.VANISHED, sides.level, each.code, None, each.name, before=_km2(each))
    for each in sides.unlinked:
        yield Change(What.UNLINKED, sides.level, each.code, None, each.name, before=_km2(each))
    for each in sides.unknown:
        yield Change(What.UNLINKED, sides.level, None, each.code, each.name, after=_km2(each))
    for old, new in sides.pairs:
        base = Change(What.NAME, sides.level, old.code, new.code, new.name)
        if _named(old) and _named(new) and normalise(old.name) != normalise(new.name):
            yield replace(base, before=old.name, after=new.name)
        if _moved(old, new, links):
            yield replace(base, what=What.PARENT, before=old.parent, after=new.parent)
        if old.kind and new.kind and old.kind != new.kind:
            yield replace(base, what=What.KIND, before=old.kind, after=new.kind)


def _named(region: Region) -> bool:
    """Whether it has a name: where nothing names a region, its code stands in place of one."""
    return region.name != region.code


def _moved(old: Region, new: Region, links: Links | None) -> bool:
    """Whether the parent is another region of the same level; one whose code in the other system is unknown is not."""
    if old.parent is None or new.parent is None:
        return False
    parent = old.parent if links is None else links.onward.get(old.parent)
    return parent is not None and len(parent) == len(new.parent) and parent != new.parent


def _km2(region: Region) -> float:
    return round(region.area_km2, 4)


def outline(level: Level, pair: Pair, share: float) -> Change:
    """That an outline changed by this percentage."""
    old, new = pair
    said = Change(What.OUTLINE, level, old.code, new.code, new.name, _km2(old), _km2(new))
    return replace(said, share=round(share, 2))


def shares(old: Sequence[bytes], new: Sequence[bytes]) -> list[float]:
    """For each pair of shapes (WKB, EPSG:4326) how many percent of the land in either lie in one of both only.

    Areas are taken on a plane that keeps them (EPSG:6933, metres); shapes of the same bytes are not opened.
    """
    import numpy as np
    import shapely

    found = np.zeros(len(old))
    other = [n for n, (one, two) in enumerate(zip(old, new, strict=True)) if one != two]
    if other:
        one, two = (shapely.from_wkb([shapes[n] for n in other]) for shapes in (old, new))
        one, two = _flat(one), _flat(two)
        first, second = shapely.area(one), shapely.area(two)
        both = shapely.area(shapely.intersection(one, two))
        found[other] = 100 * np.clip(1 - both / (first + second - both), 0, 1)
    return [float(each) for each in found]


def _flat(shapes: Any) -> Any:
    import shapely
    from pyproj import Transformer

    onto = Transformer.from_crs(4326, 6933, always_xy=True)
    return shapely.transform(shapes, lambda xy: _columns(*onto.transform(xy[:, 0], xy[:, 1])))


def _columns(x: Any, y: Any) -> Any:
    import numpy as np

    return np.column_stack((x, y))


def in_order(changes: Iterable[Change]) -> list[Change]:
    """By level from the top, by what changed, by code: the same for the same two editions."""
    rank = {what: n for n, what in enumerate(What)}
    return sorted(changes, key=lambda each: (each.level, rank[each.what], each.code or each.new_code or ""))


def counted(changes: Iterable[Change]) -> dict[str, dict[str, int]]:
    """How many changes of each kind there are at each level; kinds without any are left out."""
    found: dict[Level, Counter[str]] = {}
    for each in changes:
        found.setdefault(each.level, Counter())[each.what.value] += 1
    return {level.slug: dict(found[level]) for level in sorted(found)}
