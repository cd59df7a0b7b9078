"""The area filter: from the whole down to one district, a choice at each step, and last a region of the map."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geoapp.domain.codes import holding
from geoapp.domain.levels import Level
from geoapp.domain.regions import Ancestor, Region


@dataclass(frozen=True, slots=True)
class Step:
    """One choice: among regions of ``level`` below ``parent`` (None for the whole map); ``chosen`` is a code or None.

    ``options`` are code and name in the order of names; ``field`` is the parameter of the address that it sets.
    """

    field: str
    level: Level
    parent: str | None
    options: tuple[tuple[str, str], ...]
    chosen: str | None


def fixed(uppers: Iterable[Ancestor], regions: Sequence[Region]) -> list[Ancestor]:
    """The upper regions that hold everything shown, the highest first: nothing to choose there."""
    known = {each.code: each for each in uppers}
    return [known[code] for code in holding(known, (each.code for each in regions))]


def steps(uppers: Iterable[Ancestor], regions: Sequence[Region], area: str | None, region: str | None) -> list[Step]:
    """The choices down to ``area``, and the next one below it.

    ``uppers`` are the upper regions above the level shown; ``regions`` those the map shows, in number order.
    """
    known = list(uppers)
    held = fixed(known, regions)
    parent = held[-1].code if held else None
    path = [code for code in holding((each.code for each in known), [area] if area else []) if _below(code, parent)]
    found: list[Step] = []
    while True:
        below = [each for each in known if _below(each.code, parent)]
        if not below:
            options = [(each.code, each.name) for each in regions if parent is None or each.code.startswith(parent)]
            return [*found, _step("region", regions[0].level, parent, options, region)] if len(options) > 1 else found
        level = min(each.level for each in below)
        options = [(each.code, each.name) for each in below if each.level is level]
        chosen = next((code for code, _ in options if code in path), None)
        found.append(_step("area", level, parent, options, chosen))
        if chosen is None:
            return found
        parent = chosen


def _below(code: str, parent: str | None) -> bool:
    return parent is None or (code != parent and code.startswith(parent))


def _step(field: str, level: Level, parent: str | None, options: Iterable[tuple[str, str]], chosen: str | None) -> Step:
    known = tuple(sorted(options, key=lambda each: (each[1], each[0])))
    return Step(field, level, parent, known, chosen if chosen in {code for code, _ in known} else None)
