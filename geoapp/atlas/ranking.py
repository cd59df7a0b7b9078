"""The order of a map's regions, the same in table, strip and card: figures from high to low, then the states."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from geoapp.atlas.families import families
from geoapp.atlas.page import MapPage
from geoapp.domain.observations import Mark, Observation
from geoapp.domain.regions import Region


@dataclass(frozen=True, slots=True)
class Standing:
    """A region with what is known of it; ``rank`` counts from 1 = highest, ``tied`` others share it."""

    region: Region
    observation: Observation
    rank: int | None
    tied: int = 0

    @property
    def partly(self) -> bool:
        """Whether its figure counts only a part of what it holds, so that it has no rank."""
        return self.rank is None and self.observation.figure is not None


class Standings(Sequence[Standing]):
    """Regions of a map in its order; a part of them is the same again, with the ranks they have on the map."""

    def __init__(self, order: "_Order", places: Sequence[int]) -> None:
        self._order, self._places = order, places

    @property
    def ranked(self) -> "Standings":
        """Those with a rank."""
        known = self._order.ranked
        return Standings(self._order, range(known) if self._whole else [each for each in self._places if each < known])

    def place(self, region: Region) -> int | None:
        """The place of a region among these, from 0; None where it is not one of them."""
        place = self._order.place(region)
        return self._places.index(place) if place in self._places else None

    def of(self, region: Region) -> Standing | None:
        """The standing of one region; None where it is not one of these."""
        place = self._order.place(region)
        return self._order.at(place) if place is not None and place in self._places else None

    def of_parent(self, code: str) -> "Standings":
        """Those of one parent, of all regions of the map or its area."""
        return Standings(self._order, self._order.of_parent(code))

    @property
    def _whole(self) -> bool:
        return self._places == range(len(self._order))

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> Standing: ...
    @overload
    def __getitem__(self, at: slice) -> "Standings": ...
    def __getitem__(self, at: int | slice) -> "Standing | Standings":
        if isinstance(at, slice):
            return Standings(self._order, self._places[at])
        return self._order.at(self._places[at])

    def __iter__(self) -> Iterator[Standing]:
        return map(self._order.at, self._places)


def standings(page: MapPage) -> Standings:
    """Every region of the map, or of its area, in its order; categories and partly covered aggregates have no rank."""
    order = _Order(page)
    return Standings(order, range(len(order)))


class _Order:
    """Which region stands at which place, from 0; regions of one figure are put in the order of names when asked for.

    Of 83,000 villages some thousand share a figure, and a page names a dozen.
    """

    def __init__(self, page: MapPage) -> None:
        self._first, self._regions, self._said = page.shown[0], page.shown_regions, page.shown_observations
        said = self._said
        partial, figured = said.carries(Mark.PARTIAL), said.numbered
        sort = {each.slug: n for n, each in enumerate(page.layer.indicator.categories)}
        sorts = np.array([*(-sort.get(slug, -1) for slug in said.slugs), 0], dtype=np.float64)
        height = np.where(figured, -said.figures, sorts[said.categories])
        group = np.where(figured, partial, np.where(said.known, 0, 1 + said.states.astype(np.int16)))
        self.ranked = int(np.count_nonzero(figured & ~partial))
        self._at = np.lexsort((height, group))
        steps = (np.diff(group[self._at]) != 0) | (np.diff(height[self._at]) != 0)
        self._starts = np.concatenate(([0], np.flatnonzero(steps) + 1, [len(self._at)]))
        self._named: set[int] = set()

    def __len__(self) -> int:
        return len(self._at)

    def at(self, place: int) -> Standing:
        """The standing at a place."""
        start, end = self._tie(place)
        index = int(self._at[place])
        region, said = self._regions[index], self._said[index]
        return (
            Standing(region, said, start + 1, end - start - 1) if place < self.ranked else Standing(region, said, None)
        )

    def place(self, region: Region) -> int | None:
        """The place of a region; None for one outside of the area."""
        index = region.number - self._first
        if not 0 <= index < len(self._at):
            return None
        self._tie(int(np.flatnonzero(self._at == index)[0]))
        return int(np.flatnonzero(self._at == index)[0])

    def of_parent(self, code: str) -> list[int]:
        """The places of the regions of one parent."""
        related = families(self._regions)
        if code not in related.codes:
            return []
        own = related.own == related.codes.index(code)
        for place in np.flatnonzero(own[self._at]).tolist():
            self._tie(place)
        places: list[int] = np.flatnonzero(own[self._at]).tolist()
        return places

    def _tie(self, place: int) -> tuple[int, int]:
        """The first place of those that share a figure, and the one after their last; they are put in order here."""
        n = int(np.searchsorted(self._starts, place, side="right"))
        start, end = int(self._starts[n - 1]), int(self._starts[n])
        if end - start > 1 and start not in self._named:
            self._named.add(start)
            named = [
                (self._regions[each].name, self._regions[each].code, each) for each in self._at[start:end].tolist()
            ]
            self._at[start:end] = [each for _, _, each in sorted(named)]
        return start, end
