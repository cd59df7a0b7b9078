"""An edition as a table meets it: its regions and all that hold them, by code and by name."""

from bisect import bisect_left
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from geoapp.domain.codes import LENGTHS, CodeSystem
from geoapp.domain.levels import Level
from geoapp.domain.lineage import Lineage
from geoapp.domain.periods import Period, days, is_date
from geoapp.domain.place_names import Gazetteer
from geoapp.domain.regions import Edition
from geoapp.domain.upper_names import bare, kind_of_code, kind_of_name


class Above(NamedTuple):
    """A region above those that are asked."""

    name: str
    level: Level
    parent: str | None


class _Line(NamedTuple):
    """A region and those that hold it, the nearest first; and the nearest of each level."""

    codes: tuple[str, ...]
    by_level: Mapping[Level | None, str]


@dataclass(frozen=True)
class Target:
    """An edition at one level: the names of its regions by code, in number order, and all above them.

    ``level`` is that of ``regions``, the edition's base level unless it is said. ``above`` holds every upper region of
    ``uppers``, ancestors too; ``parents`` the parent of each region, where its code does not begin with it; ``levels``
    those at which the edition has shapes. ``aliases`` are names that persons accepted (normalised → codes);
    ``crosswalk`` leads from a code of the other system, of any level, to codes of this one with their status;
    ``members`` are the regions of a named set that was asked for; ``lineage`` is every change of the edition's code
    system.
    """

    edition: Edition
    regions: Mapping[str, str]
    uppers: frozenset[str]
    level: Level | None = None
    above: Mapping[str, Above] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    levels: frozenset[Level] = frozenset()
    aliases: Mapping[str, frozenset[str]] = field(default_factory=dict)
    crosswalk: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    members: frozenset[str] | None = None
    lineage: Lineage = field(default_factory=Lineage)

    @property
    def at(self) -> Level:
        """The level of the regions."""
        return self.level or self.edition.base_level

    @cached_property
    def starts(self) -> frozenset[str]:
        """The codes of the regencies that the edition touches; of the provinces where its regions are regencies."""
        width = LENGTHS[self.edition.code_system][min(self.at, Level.REGENCY) - 1]
        return frozenset(code[:width] for code in self.regions)

    @cached_property
    def dated(self) -> tuple[date, date]:
        """The first and the last day that the edition is dated; without a date it may stand for any."""
        return days(Period(self.edition.dated)) if is_date(self.edition.dated) else (date.min, date.max)

    @cached_property
    def past(self) -> Lineage:
        """The changes that led to this edition."""
        return self.lineage.into(self.regions, self.dated[1])

    def heir(self, code: str) -> str | None:
        """A region of the edition that followed a code that ended; the first of several."""
        if code in self.regions or code not in self.past.olds:
            return None
        return min((each for each in self.past.heirs(code) if each in self.regions), default=None)

    def holders(self, code: str) -> tuple[str, ...]:
        """The codes of all regions that hold this one, the nearest first."""
        nearest = self._nearest(code)
        return self._line(nearest).codes if nearest else ()

    def upper(self, code: str, level: Level) -> str | None:
        """The region of an upper level that holds this one."""
        nearest = self._nearest(code)
        return self._line(nearest).by_level.get(level) if nearest else None

    def level_of(self, code: str) -> Level | None:
        """The level of an upper region."""
        if code in self.above:
            return self.above[code].level
        lengths = LENGTHS[self.edition.code_system]
        return Level(lengths.index(len(code)) + 1) if len(code) in lengths else None

    def name_of(self, code: str | None) -> str:
        """The name of a region, its code where it has none."""
        if code is None:
            return ""
        return self.regions.get(code) or (self.above[code].name if code in self.above else code)

    def _nearest(self, code: str) -> str | None:
        """The region that holds this one, of the next level above."""
        return self.parents.get(code) or self._cut(code)

    def _line(self, nearest: str) -> "_Line":
        """A region and all that hold it; kept, because a nation's 83,000 villages have but 7,000 districts."""
        if nearest not in self._lines:
            codes, upper = [], nearest
            while upper:
                codes.append(upper)
                above = self.above.get(upper)
                upper = (above.parent if above and above.parent else self._cut(upper)) or ""
            by_level = {self.level_of(code): code for code in reversed(codes)}
            self._lines[nearest] = _Line(tuple(codes), by_level)
        return self._lines[nearest]

    @cached_property
    def _lines(self) -> dict[str, "_Line"]:
        return {}

    def _cut(self, code: str) -> str | None:
        """The code one level up, as the code itself tells it."""
        lengths = LENGTHS[self.edition.code_system]
        shorter = bisect_left(lengths, len(code))
        return code[: lengths[shorter - 1]] if shorter else None

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The regions, to be searched by name within any upper region."""
        return Gazetteer(self.regions, {code: self.holders(code) for code in self.regions}, self.aliases)

    @cached_property
    def districts(self) -> Gazetteer:
        """The districts above the regions by name; those without a name are left out."""
        names = {code: each.name for code, each in self.above.items() if each.level is Level.DISTRICT}
        named = {code: name for code, name in names.items() if any(map(str.isalpha, name))}
        return Gazetteer(named, {code: self.holders(code) for code in named}, {})

    @cached_property
    def regencies(self) -> Mapping[str, tuple[str, str]]:
        """Kind (``kota``, ``kabupaten``) and bare name of every regency above the regions or among them."""
        names = {code: each.name for code, each in self.above.items() if each.level is Level.REGENCY}
        if self.at is Level.REGENCY:
            names.update(self.regions)
        return {code: (kind_of_code(code) or kind_of_name(name), bare(name)) for code, name in names.items()}

    def within(self, codes: Collection[str]) -> tuple[str, ...]:
        """The regions that any of these upper regions holds, in number order."""
        held = {code for upper in codes for code in self.gazetteer.held(upper)}
        return tuple(code for code in self.regions if code in held)

    def other(self) -> CodeSystem:
        """The code system that is not the edition's."""
        return next(each for each in CodeSystem if each is not self.edition.code_system)
