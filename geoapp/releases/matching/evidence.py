"""Which upper region a group of rows is of, where its own name or code does not say: the one that has their names."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from geoapp.domain.codes import RegionCode
from geoapp.domain.levels import Level
from geoapp.domain.names import normalise
from geoapp.releases.matching.target import Target

_FEWEST = 3
"""So many names must be found together; fewer are found together by accident."""
_MOST = 0.6
_LEAD = 2

Group = tuple[Level, str]


@dataclass
class Evidence:
    """The names of rows by what they say of their parent, held against the names inside every upper region."""

    target: Target
    _names: dict[Group, set[str]] = field(default_factory=dict)

    def gather(self, said: Iterable[tuple[RegionCode | None, str, str, str]]) -> None:
        """Take note of rows: their code, the names of regency and district, and their own name."""
        for code, regency, district, name in said:
            key = normalise(name)
            for level in (Level.REGENCY, Level.DISTRICT):
                group = self.group(level, code, regency, district)
                if group is not None and key:
                    self._names.setdefault(group, set()).add(key)

    def group(self, level: Level, code: RegionCode | None, regency: str, district: str) -> Group | None:
        """The rows that are of one parent, by its code or its name."""
        if code is not None and (code.level is None or code.level > level):
            return level, code.at(level).text
        said = regency if level is Level.REGENCY else district and f"{regency}/{district}"
        return (level, said) if said else None

    def region(self, group: Group | None, inside: Iterable[str] = ()) -> str | None:
        """The upper region, of those ``inside`` the given ones, that alone has most of the group's names."""
        if group is None or group not in self._names:
            return None
        names = self._names[group]
        holders = tuple(inside)
        counts = Counter(upper for name in names for upper in self._index.get((group[0], name), ()))
        ranked = [
            (count, upper)
            for upper, count in counts.most_common()
            if not holders or any(each in ("", upper, *self.target.holders(upper)) for each in holders)
        ]
        if not ranked or ranked[0][0] < max(_FEWEST, _MOST * len(names)):
            return None
        if len(ranked) > 1 and ranked[0][0] < _LEAD * ranked[1][0]:
            return None
        return ranked[0][1]

    @cached_property
    def _index(self) -> Mapping[Group, frozenset[str]]:
        """The upper regions that hold a region of a name, by level."""
        index: dict[Group, set[str]] = {}
        for code, name in self.target.regions.items():
            for level in (Level.REGENCY, Level.DISTRICT):
                upper = self.target.upper(code, level)
                if upper is not None:
                    index.setdefault((level, normalise(name)), set()).add(upper)
        return {group: frozenset(uppers) for group, uppers in index.items()}
