"""The table as the map's peer: its rows in the map's order, or, where they are very many, the areas to choose from."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from geoapp.atlas import published, reading, words
from geoapp.atlas.page import MapPage
from geoapp.atlas.ranking import Standing
from geoapp.atlas.summary import summary
from geoapp.domain.observations import Mark, Observation, State
from geoapp.domain.regions import Ancestor, Region
from geoapp.i18n import numbers, speak
from geoapp.layers.plan import CIRCLE_STEPS
from geoapp.web.pages.swatch import Swatch
from geoapp.web.pages.view import MapView
from geoapp.web.service import service

MOST_ROWS = 400
"""Rows of one page; of more regions only those of one area are listed."""
_LARGEST = 8.0
"""Radius of the largest circle in a row, px."""
SIGNS: Mapping[Mark, str] = {
    Mark.ESTIMATED: "e",
    Mark.PROVISIONAL: "*",
    Mark.REVISED: "r",
    Mark.SMALL_DENOMINATOR: "k",
    Mark.PARTIAL: "s",
}
"""How a mark is written beside a figure."""


@dataclass(frozen=True, slots=True)
class Row:
    """One region: a figure, or the state in words, with its swatch; ``marks`` are sign and words."""

    rank: str
    name: str
    parent: str
    code: str
    said: str
    known: bool
    marks: tuple[tuple[str, str], ...]
    swatch: Swatch
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class AreaLink:
    """An area to choose: how many of its regions have a figure, and its own figure where the map has one."""

    name: str
    href: str
    known: str
    total: str
    figure: str


@dataclass(frozen=True, slots=True)
class Lacking:
    """The regions of one state; ``names`` are empty where the map has very many regions."""

    state: str
    word: str
    count: str
    names: tuple[str, ...]


class Table:
    """The table of one view; what a template does not ask for is not made."""

    def __init__(self, view: MapView) -> None:
        self.view, self.page, self.lang = view, view.page, view.lang

    @cached_property
    def whole(self) -> bool:
        """Whether every region the map speaks of has its row here."""
        return len(self.page.shown_regions) <= MOST_ROWS

    @property
    def total(self) -> str:
        """How many regions the map speaks of."""
        return numbers.figure(self.lang, len(self.page.shown_regions), 0)

    @cached_property
    def of(self) -> Ancestor | None:
        """The one parent whose rows are listed, where not all are: that of the chosen region."""
        chosen = self.view.chosen
        return self.page.ancestors.get(chosen.parent) if not self.whole and chosen and chosen.parent else None

    @cached_property
    def of_name(self) -> str:
        """What that parent is called, or nothing."""
        return words.region_name(self.of) if self.of else ""

    @cached_property
    def ranked(self) -> bool:
        """Whether the rows have ranks."""
        return any(each.rank is not None for each in self._listed)

    @cached_property
    def rows(self) -> list[Row]:
        """The rows in the map's order."""
        return [self._row(each) for each in self._listed]

    @cached_property
    def parents(self) -> list[str]:
        """The names of the rows' parents in the order of their codes; empty where there is only one."""
        codes = sorted({each.region.parent for each in self._listed if each.region.parent} & set(self.page.ancestors))
        return [self.page.ancestors[code].name for code in codes] if len(codes) > 1 else []

    @cached_property
    def marks(self) -> list[tuple[str, str]]:
        """The signs that stand beside figures, with their words."""
        found = {mark for each in self._listed for mark in each.observation.marks}
        return [(SIGNS[mark], speak(self.lang, f"mark.{mark.value}")) for mark in Mark if mark in found]

    @cached_property
    def order(self) -> str:
        """In which order the rows stand, as a sentence."""
        return speak(self.lang, "page.table.by_figure" if self.ranked else "page.table.by_category")

    @cached_property
    def _listed(self) -> tuple[Standing, ...]:
        if self.whole:
            return tuple(self.view.standings)
        return tuple(self.view.standings.of_parent(self.of.code)) if self.of else ()

    def _row(self, standing: Standing) -> Row:
        region, said = standing.region, standing.observation
        return Row(
            rank="" if standing.rank is None else numbers.figure(self.lang, standing.rank, 0),
            name=region.name,
            parent=self.view.parent_name(region),
            code=region.code,
            said=words.figure(self.lang, self.view.indicator, said, unit=False),
            known=said.known,
            marks=tuple((SIGNS[mark], speak(self.lang, f"mark.{mark.value}")) for mark in Mark if mark in said.marks),
            swatch=self._swatch(region),
            href=self.view.here(region=region.code),
            chosen=self.view.chosen is not None and region.code == self.view.chosen.code,
        )

    def _swatch(self, region: Region) -> Swatch:
        """The region's look; a circle in proportion to the others of the table."""
        looks, byte = self.view.swatch(region), self.view.plan.classes[region.number - 1]
        if looks.look != "circle":
            return looks
        return replace(looks, radius=max(1.0, round(byte / CIRCLE_STEPS * _LARGEST, 1)))

    # ── where there are too many ───────────────────────────────────────────────────────────────────────────────

    @cached_property
    def areas(self) -> list[AreaLink]:
        """The areas below the one shown, from the highest level that parts it; empty where every row is listed."""
        if self.whole:
            return []
        known: Counter[str] = Counter()
        total: Counter[str] = Counter()
        parting = self._parting()
        lengths = sorted({len(code) for code in parting})
        for region, said in zip(self.page.shown_regions, self.page.shown_observations, strict=True):
            code = next((region.code[:each] for each in lengths if region.code[:each] in parting), None)
            if code is not None and said.state is not State.OUT_OF_SCOPE:
                total[code] += 1
                known[code] += said.known
        figures = self._figures(parting)
        return [self._area(parting[code], known[code], total[code], figures.get(code)) for code in sorted(total)]

    @cached_property
    def areas_word(self) -> str:
        """What those areas are called."""
        some = list(self._parting().values())
        return words.level_word(self.lang, some[0].level, words.kinds(some)) if some else ""

    def _parting(self) -> dict[str, Ancestor]:
        """The upper regions of the highest level that has more than one of them in what is shown."""
        inside = self.page.area.code if self.page.area else ""
        below = [each for each in self.page.ancestors.values() if each.code.startswith(inside) and each.code != inside]
        for level in sorted({each.level for each in below}):
            found = {each.code: each for each in below if each.level is level}
            if len(found) > 1:
                return found
        return {}

    def _figures(self, parting: Mapping[str, Ancestor]) -> dict[str, Observation]:
        level = next((each.level for each in parting.values()), None)
        if level not in self.view.layer.levels:
            return {}
        page = reading.open_map(service().store, self.view.layer, level, self.page.period, self.page.choice)
        return {each.code: said for each, said in zip(page.regions, page.observations, strict=True)}

    def _area(self, area: Ancestor, known: int, total: int, said: Observation | None) -> AreaLink:
        return AreaLink(
            name=area.name,
            href=f"{self.view.here(area=area.code, region=None, compare=None)}#table",
            known=numbers.figure(self.lang, known, 0),
            total=numbers.figure(self.lang, total, 0),
            figure=words.figure(self.lang, self.view.indicator, said, unit=False) if said and said.known else "",
        )

    # ── in words ───────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def lacking(self) -> list[Lacking]:
        """The regions without a figure, by state."""
        by_state: dict[State, list[str]] = {}
        for region, said in zip(self.page.shown_regions, self.page.shown_observations, strict=True):
            if said.state is not None:
                by_state.setdefault(said.state, []).append(region.name)
        return [self._lacking(state, by_state[state]) for state in State if state in by_state]

    def _lacking(self, state: State, names: list[str]) -> Lacking:
        word = speak(self.lang, f"state.{state.value}")
        listed = tuple(sorted(names)) if self.whole else ()
        return Lacking(state.value, word, numbers.figure(self.lang, len(names), 0), listed)

    @cached_property
    def summary(self) -> tuple[str, ...]:
        """The pattern of the map in sentences."""
        return summary(self.page, self.lang, self._first())

    def _first(self) -> MapPage | None:
        """The same map in its first period of the same granularity; None in that period, and on a map of changes."""
        store, layer, shown = service().store, self.view.layer, self.page.period
        if self.page.choice.since is not None:
            return None
        offered = published.periods(store, layer, self.page.level)
        alike = [each for each in offered if each.granularity is shown.granularity]
        return reading.open_map(store, layer, self.page.level, alike[0]) if alike and alike[0] < shown else None
