"""Inside which regencies the names of a file must be looked for: those a person named, else those the file names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from geoapp.domain.codes import LENGTHS, CodeSystem, canonical
from geoapp.domain.levels import Level
from geoapp.domain.names import normalise
from geoapp.domain.place_names import Found, Gazetteer, Verdict
from geoapp.domain.upper_names import bare, kind_of_code, kind_of_name
from geoapp.errors import BadRequest, Question

_KNOWN: dict[CodeSystem, dict[int, Level]] = {
    system: {length: Level(number) for number, length in enumerate(lengths, 1)} for system, lengths in LENGTHS.items()
}


@dataclass(frozen=True)
class Official:
    """The official list of one system: names of all levels by code, searched within upper regions."""

    system: CodeSystem
    names: Mapping[str, str]
    _districts: dict[tuple[str, str], Found] = field(default_factory=dict)

    def level(self, code: str) -> Level | None:
        """The level of a code, as its length says."""
        return _KNOWN[self.system].get(len(code))

    @cached_property
    def villages(self) -> Gazetteer:
        """The villages, each held by all above it."""
        return self._gazetteer(Level.VILLAGE)

    @cached_property
    def districts(self) -> Gazetteer:
        """The districts, each held by its regency and its province."""
        return self._gazetteer(Level.DISTRICT)

    def _gazetteer(self, level: Level) -> Gazetteer:
        lengths = LENGTHS[self.system]
        names = {code: name for code, name in self.names.items() if len(code) == lengths[level - 1]}
        holders = {code: [code[:length] for length in lengths[: level - 1]] for code in names}
        return Gazetteer(names, holders, {})

    @cached_property
    def _regencies(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for code, name in self.names.items():
            if self.level(code) is Level.REGENCY:
                found.setdefault(bare(name), []).append(code)
        return found

    @cached_property
    def _provinces(self) -> Mapping[str, str]:
        return {bare(name): code for code, name in self.names.items() if self.level(code) is Level.PROVINCE}

    def named(self, asked: str) -> list[str]:
        """The upper regions that a person means by a code or a name.

        Raises
        ------
        BadRequest
            If there is none.
        Question
            If there are several of that name.
        """
        code = canonical(self.system, asked.strip())
        if code is not None and code in self.names and len(code) < LENGTHS[self.system][3]:
            return [code]
        found = self.regencies(asked)
        found = found or [each for name, each in self._provinces.items() if name == bare(asked)]
        found = found or list(self.districts.equal(asked).codes)
        if not found:
            raise BadRequest("error.no_parent", parent=asked)
        if len(found) > 1:
            several = "; ".join(f"{each} {self.names[each]}" for each in found[:6])
            raise Question("question.parent_several", "--parent", parent=asked, regions=several)
        return found

    def regencies(self, name: str, province: str = "") -> list[str]:
        """The regencies that a file calls so: a city or a regency where it says which, within its province."""
        kind = kind_of_name(name)
        found = self._regencies.get(bare(name), [])
        within = self._provinces.get(bare(province), "") if province else ""
        return [
            code
            for code in found
            if (not kind or kind_of_code(code) == kind) and (not within or code.startswith(within))
        ]

    def within(self, name: str, parents: Sequence[str]) -> tuple[list[str], bool]:
        """The districts of this name in the parents, and whether it is spelled exactly so."""
        codes: list[str] = []
        exact = True
        for parent in parents:
            found = self._district(normalise(name), name, parent)
            codes.extend(found.codes if found.verdict in (Verdict.EQUAL, Verdict.NEAR) else ())
            exact = exact and found.verdict is not Verdict.NEAR
        return codes, exact

    def _district(self, key: str, name: str, parent: str) -> Found:
        if (key, parent) not in self._districts:
            found = self.districts.equal(name, parent)
            if found.verdict is Verdict.UNKNOWN:
                found = self.districts.near(name, parent)
            self._districts[key, parent] = found
        return self._districts[key, parent]
