"""The order of a map's regions, the same in table, strip and card: figures from high to low, then the states."""

from collections import Counter
from dataclasses import dataclass

from geoapp.atlas.page import MapPage
from geoapp.domain.observations import Mark, Observation, State
from geoapp.domain.regions import Region


@dataclass(frozen=True, slots=True)
class Standing:
    """A region with what is known of it; ``rank`` counts from 1 = highest, ``tied`` others share it."""

    region: Region
    observation: Observation
    rank: int | None
    tied: int = 0


def standings(page: MapPage) -> tuple[Standing, ...]:
    """Every region of the map, or of its area, in its order; categories and partly covered aggregates have no rank."""
    pairs = list(zip(page.shown_regions, page.shown_observations, strict=True))
    figures = [said.figure for _, said in pairs if _ranked(said)]
    counts = Counter(figures)
    ranks: dict[float | None, int] = {}
    for place, figure in enumerate(sorted(figures, key=lambda each: -(each or 0.0)), start=1):
        ranks.setdefault(figure, place)
    order = {each.slug: n for n, each in enumerate(page.layer.indicator.categories)}
    pairs.sort(key=lambda pair: _order(pair[0], pair[1], order))
    return tuple(
        Standing(region, said, ranks[said.figure], counts[said.figure] - 1)
        if _ranked(said)
        else Standing(region, said, None)
        for region, said in pairs
    )


def _ranked(said: Observation) -> bool:
    return said.figure is not None and Mark.PARTIAL not in said.marks


def _order(region: Region, said: Observation, categories: dict[str, int]) -> tuple[int, float, str, str]:
    if said.figure is not None:
        return (0 if _ranked(said) else 1, -said.figure, region.name, region.code)
    if said.category is not None:
        return (0, -categories.get(said.category, -1), region.name, region.code)
    assert said.state is not None  # an observation is one of the three
    return (2 + list(State).index(said.state), 0.0, region.name, region.code)
