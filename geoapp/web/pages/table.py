"""The table as the map's peer: its rows in the map's order, or, where they are very many, the areas to choose from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from geoapp.atlas import published, reading, words
from geoapp.atlas.page import MapPage
from geoapp.atlas.ranking import Standing
from geoapp.atlas.summary import summary
from geoapp.domain.observations import Mark, State
from geoapp.domain.regions import Ancestor, Region
from geoapp.i18n import numbers, speak
from geoapp.layers.plan import CIRCLE_STEPS
from geoapp.web.pages.order import Order
from geoapp.web.pages.parting import AreaLink, Parting
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
_ORDERS: Mapping[tuple[str, bool], str] = {
    ("figure", True): "page.table.by_figure",
    ("figure", False): "page.table.by_figure.up",
    ("category", True): "page.table.by_category",
    ("category", False): "page.table.by_category.up",
    ("name", False): "page.table.by_name",
    ("name", True): "page.table.by_name.down",
    ("parent", False): "page.table.by_parent",
    ("parent", True): "page.table.by_parent.down",
}
"""What is said of an order: a column, and whether it runs down."""


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One region: a figure, or the state in words, with its swatch; ``marks`` are sign and words.

    ``at`` is its place in the map's order.
    """

    at: int
    rank: str
    name: str
    parent: str
    code: str
    said: str
    known: bool
    partly: bool
    marks: tuple[tuple[str, str], ...]
    swatch: Swatch
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading that sorts: the address of what a press asks for, and what is said once it was pressed.

    ``sorted`` is how the rows are sorted by it now, as ARIA has it, or empty.
    """

    key: str
    href: str
    sorted: str
    down: str
    up: str


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
    def rows(self) -> list[RegionRow]:
        """The rows in the order asked for."""
        places = {each.region.code: n for n, each in enumerate(self._listed)}
        arranged = self.view.order.arranged(self._listed, self.view.parent_name)
        return [self._row(each, places[each.region.code]) for each in arranged]

    def heading(self, key: str) -> Heading:
        """How the column ``key`` sorts."""
        order = self.view.order
        return Heading(
            key=key,
            href=f"{self.view.here(sort=order.pressed(key).text)}#table",
            sorted="" if order.key != key else "descending" if order.down else "ascending",
            down=self._order(Order(key, down=True)),
            up=self._order(Order(key, down=False)),
        )

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
        return self._order(self.view.order)

    def _order(self, order: Order) -> str:
        """An order of the rows as a sentence."""
        by = order.key if order.key != "figure" or self.ranked else "category"
        return speak(self.lang, _ORDERS[by, order.down], parent=self.view.parent_word.lower())

    @cached_property
    def _listed(self) -> tuple[Standing, ...]:
        if self.whole:
            return tuple(self.view.standings)
        return tuple(self.view.standings.of_parent(self.of.code)) if self.of else ()

    def _row(self, standing: Standing, at: int) -> RegionRow:
        region, said = standing.region, standing.observation
        return RegionRow(
            at=at,
            rank="" if standing.rank is None else numbers.figure(self.lang, standing.rank, 0),
            name=region.name,
            parent=self.view.parent_name(region),
            code=region.code,
            said=words.figure(self.lang, self.view.indicator, said, unit=False),
            known=said.known,
            partly=standing.partly,
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
    def parting(self) -> Parting:
        """The areas to choose from, and those before and behind the one shown."""
        return Parting(self.view)

    @property
    def areas(self) -> list[AreaLink]:
        """The areas below the one shown; empty where every row is listed."""
        return [] if self.whole else self.parting.links

    # ── in words ───────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def lacking(self) -> list[Lacking]:
        """The regions without a figure, by state."""
        said, regions = self.page.shown_observations, self.page.shown_regions
        every = {state: np.flatnonzero(said.is_in(state)).tolist() for state in State}
        return [self._lacking(state, [regions[n] for n in every[state]]) for state in State if every[state]]

    def _lacking(self, state: State, regions: list[Region]) -> Lacking:
        word = speak(self.lang, f"state.{state.value}")
        listed = tuple(sorted(each.name for each in regions)) if self.whole else ()
        return Lacking(state.value, word, numbers.figure(self.lang, len(regions), 0), listed)

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
