"""What every row of a table says of its region: a code of the edition, a place by name, or that it is none."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from geoapp.domain.code_column import clean
from geoapp.domain.codes import LENGTHS, CodeSystem, RegionCode
from geoapp.domain.levels import Level
from geoapp.domain.names import normalise
from geoapp.domain.upper_names import named_in
from geoapp.releases.matching.areas import Area, titles_known
from geoapp.releases.matching.choice import Choice
from geoapp.releases.matching.levels import How
from geoapp.releases.matching.parents import Parents, Said
from geoapp.releases.matching.places import Item, Placed, Placing
from geoapp.releases.matching.small_regions import SmallRegions
from geoapp.releases.reading.table import Row, Table, text_of
from geoapp.releases.report import Fate, RowFate
from geoapp.releases.shaping.shape import Shape

_TOTAL = re.compile(
    r"(grand\s*)?(sub\s*)?(jumlah|total|rata[\s-]*rata|rerata|average|mean)\b.*"
    r"|(kecamatan|kabupaten|kota|provinsi)\s+\S.*",
    re.IGNORECASE,
)
_NOBODYS = {
    "lainnya", "lainlain", "dll", "belumdiketahui", "tidakdiketahui", "tidakada", "prosesupdatedata", "luarwilayah",
    "luardaerah", "luarkota", "luarkabupaten", "takterdefinisi", "unknown", "others",
}  # fmt: skip
"""Names of no region: people without a village. Lakes and forests are not among them: villages are called so."""
_PSEUDO = ("888", "999")
"""How BPS numbers what is no village: water, forest, people without one."""

Found = str | RowFate | Placed


class Rows:
    """The rows of a table before anybody is asked: joined, placed by name, or with a fate of their own.

    ``uppers`` gives the index and code of rows of an upper region; ``olds`` those of rows whose code ended, which stand
    at a region that followed it until their figures go through the lineage.
    """

    def __init__(self, table: Table, shape: Shape, choice: Choice, area: Area) -> None:
        self.table, self.shape, self.choice, self.area = table, shape, choice, area
        self.target = choice.target
        self.placing = Placing(self.target, Parents(self.target, area.code, area.said), choice.how is How.OTHER)
        self.uppers: dict[int, str] = {}
        self.olds: dict[int, str] = {}
        self._codes = choice.coded.reading.codes if choice.coded else (None,) * len(table.rows)
        self._moments = frozenset(choice.coded.reading.moments) if choice.coded else frozenset[int]()

    def joined(self) -> list[Found]:
        """What became of every row, in the table's order."""
        found: list[Found | Item] = [self._row(index, row) for index, row in enumerate(self.table.rows)]
        self.placing.place([each for each in found if isinstance(each, Item)])
        return [self._placed(each) if isinstance(each, Item) else each for each in found]

    def name(self, index: int) -> str:
        """The name of a row's region as the table writes it."""
        column = self.shape.name
        return text_of(self.table.rows[index].cells[column]) if column is not None else ""

    def code(self, index: int) -> RegionCode | None:
        """The code of a row, of whatever system."""
        return self._codes[index]

    def agrees(self, index: int, code: str) -> bool:
        """Whether the names of a row's parents speak for a region, or at least not for another."""
        row = self.table.rows[index]
        said = Said(None, self._beside(row, Level.REGENCY), self._beside(row, Level.DISTRICT))
        return self.placing.parents.agrees(said, code)

    def _placed(self, item: Item) -> Found:
        placed = self.placing.placed.get(item.row)
        if placed is None:
            return self.placing.fates[item.row]
        return placed.code if placed.sure else placed

    def _row(self, index: int, row: Row) -> Found | Item:
        if row.line in self.table.asides:
            return self._aside(index, row)
        if index in self._moments:
            return RowFate(row.line, Fate.REFUSED, "row.code_moment")
        code = self._codes[index]
        how = self.choice.how
        if how is How.NUMBERS:
            return self._small.place(row, code)
        if how is How.NAMES:
            return self._named(index, row, code)
        if code is None:
            return self._without_code(row)
        return self._coded(index, row, code) if how is How.CODES else self._other(index, row, code)

    @cached_property
    def _small(self) -> SmallRegions:
        return SmallRegions(self.target, self.shape, self.area.code)

    def _aside(self, index: int, row: Row) -> RowFate:
        """A row that reading set aside; the total of an upper region is remembered for the sums."""
        reason = self.table.asides[row.line]
        if reason == "row.total":
            texts = [text_of(cell) for cell in row.cells[:4]]
            named = {code for text in texts for code in named_in(text, self._titles)}
            if len(named) == 1:
                self.uppers[index] = named.pop()
        return RowFate(row.line, Fate.SET_ASIDE, reason)

    @cached_property
    def _titles(self) -> Mapping[tuple[str, str], str]:
        return titles_known(self.target)

    def _coded(self, index: int, row: Row, code: RegionCode) -> Found:
        """A row with a code of the edition's system."""
        text = _without_zeros(code)
        if text in self.target.regions:
            return text
        heir = self.target.heir(text)
        if heir is not None:
            self.olds[index] = text
            return heir
        if _is_pseudo(code) or normalise(self.name(index)) in _NOBODYS:
            return RowFate(row.line, Fate.SET_ASIDE, "row.not_a_region", {"code": text})
        level = code.level
        if text in self.target.uppers or (level is not None and level < min(self.target.at, Level.VILLAGE)):
            self.uppers[index] = text
            return RowFate(row.line, Fate.SET_ASIDE, "row.upper_level", {"code": text})
        if not self._within(code):
            return RowFate(row.line, Fate.SET_ASIDE, "row.outside", {"code": text})
        if self.target.at <= Level.VILLAGE and (level is None or level > self.target.at):
            return RowFate(row.line, Fate.REFUSED, "row.lower_level", {"code": text})
        return RowFate(row.line, Fate.REFUSED, "row.unknown_code", {"code": text, "name": self.name(index)})

    def _within(self, code: RegionCode) -> bool:
        """Whether the code's regency is one of the edition's."""
        width = LENGTHS[code.system][min(self.target.at, Level.REGENCY) - 1]
        return len(code.text) < width or code.text[:width] in self.target.starts

    def _other(self, index: int, row: Row, code: RegionCode) -> Found | Item:
        """A row with a code of the other system."""
        if _is_pseudo(code) or normalise(self.name(index)) in _NOBODYS:
            return RowFate(row.line, Fate.SET_ASIDE, "row.not_a_region", {"code": code.text})
        if code.level is not None and code.level < self.target.at:
            return RowFate(row.line, Fate.SET_ASIDE, "row.upper_level", {"code": code.text})
        if code.level is None or code.level > self.target.at:
            return RowFate(row.line, Fate.REFUSED, "row.lower_level", {"code": code.text})
        return self._item(index, row, code)

    def _named(self, index: int, row: Row, code: RegionCode | None) -> Found | Item:
        """A row that is known by its name alone, perhaps with a code of its parent."""
        name = self.name(index)
        if not name or not any(map(str.isalpha, name)):
            total = any(_TOTAL.fullmatch(text) for text in map(text_of, row.cells))
            return RowFate(row.line, Fate.SET_ASIDE, "row.total" if total else "row.no_name")
        if re.fullmatch(r"(grand\s*)?(sub\s*)?(jumlah|total|rata[\s-]*rata|rerata)\b.*", name, re.IGNORECASE):
            return RowFate(row.line, Fate.SET_ASIDE, "row.total")
        if normalise(name) in _NOBODYS:
            return RowFate(row.line, Fate.SET_ASIDE, "row.not_a_region")
        return self._item(index, row, code)

    def _item(self, index: int, row: Row, code: RegionCode | None) -> Item:
        said = Said(code, self._beside(row, Level.REGENCY), self._beside(row, Level.DISTRICT))
        return Item(index, row.line, self.name(index), said, tuple(self._key(row)))

    def _beside(self, row: Row, level: Level) -> str:
        column = self.shape.names.get(level)
        return text_of(row.cells[column]) if column is not None and level < self.target.at else ""

    def _key(self, row: Row) -> Iterator[str]:
        """What else tells rows of one region apart: the period, the sex, the age."""
        for column in (self.shape.period, self.shape.half, *self.shape.dimensions):
            if column is not None:
                yield text_of(row.cells[column])

    def _without_code(self, row: Row) -> RowFate:
        """A total, a note, a pseudo-region: set aside; digits that are no code: refused."""
        column = self.choice.coded.column if self.choice.coded else None
        cell = clean(row.cells[column]) if column is not None else ""
        texts = [text_of(each) for each in row.cells if any(map(str.isalpha, text_of(each)))]
        if any(_TOTAL.fullmatch(text) for text in texts):
            return RowFate(row.line, Fate.SET_ASIDE, "row.total")
        if not cell:
            return RowFate(row.line, Fate.SET_ASIDE, "row.no_code")
        if sum(map(str.isdigit, cell)) < 4:
            return RowFate(row.line, Fate.SET_ASIDE, "row.not_a_region")
        return RowFate(row.line, Fate.REFUSED, "row.bad_code", {"code": cell[:40]})


def _without_zeros(code: RegionCode) -> str:
    """The code of a district where BPS writes it as a village of the number 000."""
    if code.system is CodeSystem.BPS and code.level is Level.VILLAGE and code.text.endswith("000"):
        return code.at(Level.DISTRICT).text
    return code.text


def _is_pseudo(code: RegionCode) -> bool:
    return code.system is CodeSystem.BPS and code.level is Level.VILLAGE and code.text.endswith(_PSEUDO)
