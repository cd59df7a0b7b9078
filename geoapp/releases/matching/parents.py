"""Inside which upper region a row's place must be looked for, by the codes and names of its parents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz.distance import OSA

from geoapp.domain.codes import RegionCode
from geoapp.domain.levels import Level
from geoapp.domain.place_names import Verdict
from geoapp.domain.upper_names import bare, kind_of_code, kind_of_name
from geoapp.releases.matching.evidence import Evidence
from geoapp.releases.matching.target import Target

SURE = 100
_OTHERWISE = 98
"""A parent that is spelled a little otherwise."""
_EVIDENT = 97
"""A parent that is told by the names of its villages alone."""
_UNKNOWN_PARENT = 90
"""A district of a name that the regency does not have: split, merged or renamed since."""


class Said(NamedTuple):
    """What a row says of its parents: the code of its place in whatever system, the names beside it."""

    code: RegionCode | None
    regency: str = ""
    district: str = ""


@dataclass(frozen=True, slots=True)
class Within:
    """The upper regions to look in (none: nowhere), and how sure they are; ``outside`` if it is no part of the edition.

    ``score`` limits that of what is found; ``why`` is the message id of what is unsure, or of why it is outside.
    """

    inside: tuple[str, ...] = ()
    score: int = SURE
    why: str = ""
    outside: bool = False


@dataclass
class Parents:
    """Resolves the parents of rows in an edition; ``area`` is the upper region asked for, or an empty text."""

    target: Target
    area: str = ""
    whole: bool = False
    evidence: Evidence | None = None
    _known: dict[tuple[str, str, str], Within] = field(default_factory=dict)

    def of(self, said: Said) -> Within:
        """Where a row's place must be looked for."""
        upper = "" if said.code is None else self._upper_text(said.code)
        key = (upper, said.regency, said.district)
        if key not in self._known:
            self._known[key] = self._find(said)
        return self._known[key]

    def agrees(self, said: Said, code: str) -> bool:
        """Whether the names of its parents speak for a region, or at least not for another."""
        if not said.district or self.target.at <= Level.DISTRICT:
            return True
        regency = self.target.upper(code, Level.REGENCY) or ""
        named = self.target.districts.equal(said.district, regency)
        return named.verdict is not Verdict.EQUAL or named.codes[0] in self.target.holders(code)

    def _upper_text(self, code: RegionCode) -> str:
        level = code.level
        return code.at(Level.DISTRICT).text if level is None or level > Level.DISTRICT else code.text

    def _find(self, said: Said) -> Within:
        if self.target.at <= Level.REGENCY:
            return Within(("",))
        regency = self._regency(said)
        if regency.outside or self.target.at is Level.DISTRICT:
            return self._or_area(regency)
        district = self._district(said, regency)
        return self._or_area(district)

    def _or_area(self, found: Within) -> Within:
        """Without any parent the asked area is looked through, if it was said or is one regency."""
        if found.inside or found.outside:
            return found
        if self.area:
            return Within((self.area,), found.score, found.why)
        if self.whole or len(self.target.starts) == 1:
            return Within(("",), found.score, found.why)
        return found

    def _linked(self, code: RegionCode | None, level: Level) -> str | None:
        """The one upper region that a code's parent is: its own, or by the crosswalk."""
        if code is None or (code.level is not None and code.level < level):
            return None
        upper = code.at(level).text
        if code.system is self.target.edition.code_system:
            return upper
        codes = {each for each, _ in self.target.crosswalk.get(upper, ())}
        return codes.pop() if len(codes) == 1 else None

    def _regency(self, said: Said) -> Within:
        linked = self._linked(said.code, Level.REGENCY)
        known = self.target.regencies
        if linked is not None:
            return Within((linked,)) if linked in known or linked in self.target.starts else Within(outside=True)
        if not any(any(map(str.isalpha, name)) for _, name in known.values()):
            return self._evident(Level.REGENCY, said, ()) or Within(outside=bool(said.regency or said.code))
        if not said.regency:
            return Within()
        kind = kind_of_name(said.regency) or (kind_of_code(said.code.text) if said.code else "")
        return self._by_name(bare(said.regency), kind, known)

    def _by_name(self, name: str, kind: str, known: Mapping[str, tuple[str, str]]) -> Within:
        alike = {code: each for code, each in known.items() if not kind or not each[0] or each[0] == kind}
        equal = tuple(code for code, (_, own) in alike.items() if own == name)
        if equal:
            return Within(equal, SURE if kind or len(equal) > 1 else _OTHERWISE + 1, "" if kind else "why.regency_kind")
        near = tuple(code for code, (_, own) in alike.items() if _nearly(own, name))
        return Within(near, _OTHERWISE, "why.parent_near") if len(near) == 1 else Within(outside=True)

    def _district(self, said: Said, regency: Within) -> Within:
        linked = self._linked(said.code, Level.DISTRICT)
        if linked is not None and linked in self.target.above:
            return Within((linked,))
        if not self.target.districts.held(""):
            return self._evident(Level.DISTRICT, said, regency.inside) or regency
        if not said.district:
            return regency
        for inside in regency.inside or (self._around(),):
            equal = self.target.districts.equal(said.district, inside)
            if equal.verdict is Verdict.EQUAL:
                return Within(equal.codes)
            if equal.verdict is Verdict.SEVERAL:
                return Within(equal.codes, _OTHERWISE, "why.parent_several")
            near = self.target.districts.near(said.district, inside)
            if near.verdict is Verdict.NEAR:
                return Within(near.codes, _OTHERWISE, "why.parent_near")
        if evident := self._evident(Level.DISTRICT, said, regency.inside):
            return evident
        if not regency.inside:
            return Within(outside=True, why="row.unknown_parent")
        return Within(regency.inside, _UNKNOWN_PARENT, "why.parent_unknown")

    def _around(self) -> str:
        """Where the district of a row is looked for: in the asked area, or around it where that is a district."""
        above = self.target.above.get(self.area)
        return (above.parent or "") if above is not None and above.level >= Level.DISTRICT else self.area

    def _evident(self, level: Level, said: Said, inside: tuple[str, ...]) -> Within | None:
        """The upper region that has the names of most rows of this parent."""
        if self.evidence is None:
            return None
        upper = self.evidence.region(self.evidence.group(level, said.code, said.regency, said.district), inside)
        return Within((upper,), _EVIDENT, "why.parent_evident") if upper is not None else None


def _nearly(one: str, other: str) -> bool:
    """Whether two bare names of regencies differ by little: a word, or two letters of many."""
    shortest = min(len(one), len(other))
    return shortest >= 6 and OSA.distance(one, other, score_cutoff=2) <= (1 if shortest < 10 else 2)
