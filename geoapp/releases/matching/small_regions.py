"""Rows of RW and RT joined to their village's RW and RT by number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from geoapp.domain.codes import RegionCode
from geoapp.domain.levels import Level
from geoapp.domain.neighbourhoods import Numbers, numbers_in, numbers_of
from geoapp.domain.place_names import Gazetteer, Verdict
from geoapp.releases.matching.target import Target
from geoapp.releases.reading.table import Row, text_of
from geoapp.releases.report import Fate, RowFate
from geoapp.releases.shaping.shape import Shape

_BELOW = (Level.RW, Level.RT)


@dataclass
class SmallRegions:
    """The RW or RT of an edition, to be found by village and number; ``area`` is the village asked for."""

    target: Target
    shape: Shape
    area: str = ""

    def place(self, row: Row, code: RegionCode | None) -> str | RowFate:
        """The region of a row whose code, if any, is that of its village."""
        village = self._village(row, code)
        if village is None:
            return RowFate(row.line, Fate.REFUSED, "row.no_village")
        said = self.numbers(row)
        wanted = said.rw if self.target.at is Level.RW else said.rt
        if wanted is None:
            return RowFate(row.line, Fate.SET_ASIDE, "row.no_number", {"village": self.target.name_of(village)})
        if self.target.at is Level.RW and said.rt:
            return RowFate(row.line, Fate.REFUSED, "row.lower_level", {"code": _spoken(said)})
        own = self._known[village]
        found = [code for code, numbers in own.items() if _agrees(said, numbers, self.target.at)]
        if len(found) == 1:
            return found[0]
        values = {"name": _spoken(said), "village": self.target.name_of(village), "n": len(found)}
        return RowFate(row.line, Fate.REFUSED, "row.ambiguous_number" if found else "row.unknown_number", values)

    def numbers(self, row: Row) -> Numbers:
        """The numbers of RW and RT that a row says, in columns of their own or in its name."""
        rw: int | None = None
        rt: int | None = None
        for level, column in self._columns():
            said = numbers_in(text_of(row.cells[column]), level)
            rw, rt = rw if rw is not None else said.rw, rt if rt is not None else said.rt
        return Numbers(rw, rt)

    def _columns(self) -> Sequence[tuple[Level | None, int]]:
        own: list[tuple[Level | None, int]] = [
            (level, self.shape.names[level]) for level in _BELOW if level in self.shape.names
        ]
        if self.shape.name is not None and self.shape.name not in self.shape.names.values():
            own.append((self.target.at if not own else None, self.shape.name))
        return own

    @cached_property
    def _known(self) -> Mapping[str, Mapping[str, Numbers]]:
        """The numbers of every region, by village."""
        known: dict[str, dict[str, Numbers]] = {}
        for code in self.target.regions:
            village = self.target.upper(code, Level.VILLAGE)
            if village is not None:
                known.setdefault(village, {})[code] = self._numbers_of(code)
        return known

    def _numbers_of(self, code: str) -> Numbers:
        local = RegionCode(self.target.edition.code_system, code).local
        said = numbers_in(self.target.regions[code], self.target.at)
        own = numbers_of(local, self.target.at)
        upper = next((each for each in self.target.holders(code) if self.target.level_of(each) is Level.RW), None)
        above = numbers_in(self.target.name_of(upper), Level.RW) if upper else Numbers()
        rw = said.rw if said.rw is not None else above.rw if above.rw is not None else own.rw
        return Numbers(rw, said.rt if said.rt is not None else own.rt)

    @cached_property
    def _villages(self) -> Gazetteer:
        names = {code: self.target.name_of(code) for code in self._known}
        return Gazetteer(names, {code: self.target.holders(code) for code in names}, {})

    def _village(self, row: Row, code: RegionCode | None) -> str | None:
        """The village of a row: by its code, its name, what a person said, or the only one there is."""
        if code is not None and code.system is self.target.edition.code_system:
            return code.official if code.official in self._known else None
        column = self.shape.names.get(Level.VILLAGE)
        if column is not None and (name := text_of(row.cells[column])):
            found = self._villages.equal(name, self.area if self.area not in self._known else "")
            return found.codes[0] if found.verdict is Verdict.EQUAL else None
        if self.area in self._known:
            return self.area
        return next(iter(self._known)) if len(self._known) == 1 else None


def _agrees(said: Numbers, own: Numbers, level: Level) -> bool:
    if level is Level.RW:
        return said.rw == own.rw
    return said.rt == own.rt and (said.rw is None or own.rw is None or said.rw == own.rw)


def _spoken(said: Numbers) -> str:
    parts = (f"RT {said.rt:03}" if said.rt is not None else "", f"RW {said.rw:03}" if said.rw is not None else "")
    return "/".join(filter(None, parts))
