"""What a map's figures show together, as facts: ends, middle, where high and low ones gather, change, gaps."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from geoapp.atlas.page import MapPage
from geoapp.domain.observations import Mark, Observation, State
from geoapp.domain.regions import Region

FIFTH = 5
_TOO_MANY_TIED = 0.3
"""More than this share of all at the end is no fifth any more, and gathers nowhere."""
_FEWEST = 15
"""Of fewer regions it means nothing that some lie together."""
_GATHERED = 0.5
"""At least this share of a parent's regions, and at least three, make a gathering."""
_AT_LEAST = 3
_NAMED = 3
"""Parents that a sentence names."""

Pair = tuple[Region, Observation]


@dataclass(frozen=True, slots=True)
class End:
    """The highest or lowest figure and the regions that have it, in number order."""

    figure: float
    regions: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class Gathering:
    """A parent of which ``count`` of ``total`` known regions are alike."""

    parent: str
    count: int
    total: int


@dataclass(frozen=True, slots=True)
class Change:
    """How many regions rose, fell and stayed since another period, of those with a figure in both."""

    rose: int
    fell: int
    same: int
    median_then: float | None = None
    median_now: float | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """The facts of one map. ``highest`` to ``quartiles`` are None for categories, ``categories`` empty for figures."""

    known: int
    highest: End | None
    lowest: End | None
    median: float | None
    quartiles: tuple[float, float] | None
    high: tuple[Gathering, ...]
    low: tuple[Gathering, ...]
    gathers: bool
    categories: tuple[tuple[str, int], ...]
    by_category: Mapping[str, tuple[Gathering, ...]]
    change: Change | None
    states: tuple[tuple[State, int], ...]


def pattern(page: MapPage, before: MapPage | None = None) -> Pattern:
    """The facts of the regions a map speaks of; ``before`` is the same map in an earlier period.

    A figure that covers only a part of its region counts as known, but is left out of ends, middle and change.
    """
    pairs = list(zip(page.shown_regions, page.shown_observations, strict=True))
    whole = [each for each in pairs if not (each[1].marks and Mark.PARTIAL in each[1].marks)]
    ranked = [(region, said.figure) for region, said in whole if said.figure is not None]
    figures = [figure for _, figure in ranked]
    slugs = Counter(said.category for _, said in whole if said.category is not None)
    order = [each.slug for each in page.layer.indicator.categories]
    states = Counter(said.state for _, said in pairs if said.state is not None)
    ends = _fifths(figures)
    return Pattern(
        known=sum(said.known for _, said in pairs),
        highest=_end(ranked, max(figures)) if figures else None,
        lowest=_end(ranked, min(figures)) if figures else None,
        median=median(figures) if figures else None,
        quartiles=_quartiles(figures),
        high=_gatherings(whole, lambda said: said.figure is not None and said.figure >= ends[1]) if ends else (),
        low=_gatherings(whole, lambda said: said.figure is not None and said.figure <= ends[0]) if ends else (),
        gathers=ends is not None and len({region.parent for region, _ in whole}) > 1,
        categories=tuple(sorted(slugs.items(), key=lambda each: (-each[1], order.index(each[0])))),
        by_category={slug: _gatherings(whole, lambda said, slug=slug: said.category == slug) for slug in slugs},  # type: ignore[misc]
        change=_change(page, before, order) if before is not None else None,
        states=tuple((state, states[state]) for state in State if states[state]),
    )


def _end(ranked: Iterable[tuple[Region, float]], figure: float) -> End:
    return End(figure, tuple(region for region, own in ranked if own == figure))


def _quartiles(figures: Sequence[float]) -> tuple[float, float] | None:
    """The bounds of the middle half, by linear interpolation; None for fewer than two figures."""
    if len(figures) < 2:
        return None
    lower, _, upper = quantiles(figures, n=4, method="inclusive")
    return lower, upper


def _fifths(figures: Sequence[float]) -> tuple[float, float] | None:
    """Up to which figure the lowest fifth reaches, and from which the highest; None where there are no such fifths."""
    if len(figures) < _FEWEST:
        return None
    ordered = sorted(figures)
    size = -(-len(ordered) // FIFTH)
    low, high = ordered[size - 1], ordered[-size]
    at_ends = (sum(each <= low for each in ordered), sum(each >= high for each in ordered))
    return (low, high) if max(at_ends) <= _TOO_MANY_TIED * len(ordered) else None


def _gatherings(pairs: Sequence[Pair], alike: Callable[[Observation], bool]) -> tuple[Gathering, ...]:
    """The parents where most are alike, the purest first; none where all regions have one parent."""
    known = [(region.parent, alike(said)) for region, said in pairs if said.known and region.parent]
    totals = Counter(parent for parent, _ in known)
    counts = Counter(parent for parent, own in known if own)
    if len(totals) < 2 or sum(totals.values()) < _FEWEST:
        return ()
    found = [
        Gathering(parent, n, totals[parent])
        for parent, n in counts.items()
        if n >= _AT_LEAST and n >= _GATHERED * totals[parent]
    ]
    return tuple(sorted(found, key=lambda each: (-each.count / each.total, -each.count, each.parent))[:_NAMED])


def _change(page: MapPage, before: MapPage, order: Sequence[str]) -> Change | None:
    """How regions moved; ordered categories by their order, None where categories have none or nobody has both."""
    indicator = page.layer.indicator
    if order and not indicator.ordered:
        return None
    then = {region.code: said for region, said in zip(before.regions, before.observations, strict=True)}
    pairs = [
        (_height(then[region.code], order), _height(said, order))
        for region, said in zip(page.shown_regions, page.shown_observations, strict=True)
        if region.code in then
    ]
    both = [(old, new) for old, new in pairs if old is not None and new is not None]
    if not both:
        return None
    steps = [round(new - old, indicator.decimals) for old, new in both]
    middles = (None, None) if order else (median(old for old, _ in both), median(new for _, new in both))
    return Change(sum(each > 0 for each in steps), sum(each < 0 for each in steps), steps.count(0), *middles)


def _height(said: Observation, order: Sequence[str]) -> float | None:
    if said.marks and Mark.PARTIAL in said.marks:
        return None
    return order.index(said.category) if said.category is not None else said.figure
