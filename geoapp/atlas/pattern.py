"""What a map's figures show together, as facts: ends, middle, where high and low ones gather, change, gaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoapp.atlas.families import Families, families
from geoapp.atlas.page import MapPage
from geoapp.domain.observations import Mark, State
from geoapp.domain.regions import Region
from geoapp.domain.rows import Mask, Row

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

Figures = NDArray[np.float64]


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
    """The facts of the regions a map speaks of; ``before`` is the same map, of the same regions, in an earlier period.

    A figure that covers only a part of its region counts as known, but is left out of ends, middle and change.
    """
    said, regions = page.shown_observations, page.shown_regions
    whole = ~said.carries(Mark.PARTIAL)
    ranked = whole & said.numbered
    figures, related = said.figures[ranked], families(regions)
    order = [each.slug for each in page.layer.indicator.categories]
    slugs = {slug: whole & (said.categories == n) for n, slug in enumerate(said.slugs)}
    counts = {slug: int(np.count_nonzero(which)) for slug, which in slugs.items() if which.any()}
    ends, known = _fifths(figures), whole & said.known
    return Pattern(
        known=int(np.count_nonzero(said.known)),
        highest=_end(regions, said.figures, ranked, figures.max()) if figures.size else None,
        lowest=_end(regions, said.figures, ranked, figures.min()) if figures.size else None,
        median=float(np.median(figures)) if figures.size else None,
        quartiles=_quartiles(figures),
        high=_gatherings(related, known, ranked & (said.figures >= ends[1])) if ends else (),
        low=_gatherings(related, known, ranked & (said.figures <= ends[0])) if ends else (),
        gathers=ends is not None and len(np.unique(related.own[whole])) > 1,
        categories=tuple(sorted(counts.items(), key=lambda each: (-each[1], order.index(each[0])))),
        by_category={slug: _gatherings(related, known, slugs[slug]) for slug in counts},
        change=_change(page, before, order) if before is not None else None,
        states=tuple((state, n) for state in State if (n := int(np.count_nonzero(said.is_in(state))))),
    )


def _end(regions: Sequence[Region], figures: Figures, ranked: Mask, figure: float) -> End:
    return End(float(figure), tuple(regions[n] for n in np.flatnonzero(ranked & (figures == figure)).tolist()))


def _quartiles(figures: Figures) -> tuple[float, float] | None:
    """The bounds of the middle half, by linear interpolation; None for fewer than two figures."""
    if len(figures) < 2:
        return None
    lower, upper = np.quantile(figures, (0.25, 0.75)).tolist()
    return lower, upper


def _fifths(figures: Figures) -> tuple[float, float] | None:
    """Up to which figure the lowest fifth reaches, and from which the highest; None where there are no such fifths."""
    if len(figures) < _FEWEST:
        return None
    ordered = np.sort(figures)
    size = -(-len(ordered) // FIFTH)
    low, high = float(ordered[size - 1]), float(ordered[-size])
    at_ends = np.count_nonzero(ordered <= low), np.count_nonzero(ordered >= high)
    return (low, high) if max(at_ends) <= _TOO_MANY_TIED * len(ordered) else None


def _gatherings(related: Families, known: Mask, alike: Mask) -> tuple[Gathering, ...]:
    """The parents where most are alike, the purest first; none where all regions have one parent."""
    totals, counts = related.counted(known), related.counted(known & alike)
    if np.count_nonzero(totals) < 2 or totals.sum() < _FEWEST:
        return ()
    most = np.flatnonzero((counts >= _AT_LEAST) & (counts >= _GATHERED * totals))
    found = [Gathering(related.codes[n], int(counts[n]), int(totals[n])) for n in most.tolist()]
    return tuple(sorted(found, key=lambda each: (-each.count / each.total, -each.count, each.parent))[:_NAMED])


def _change(page: MapPage, before: MapPage, order: Sequence[str]) -> Change | None:
    """How regions moved; ordered categories by their order, None where categories have none or nobody has both."""
    indicator = page.layer.indicator
    if order and not indicator.ordered:
        return None
    first, last = page.shown
    then, now = (_heights(each, order) for each in (before.observations[first - 1 : last], page.shown_observations))
    both = ~np.isnan(then) & ~np.isnan(now)
    if not both.any():
        return None
    steps = np.round(now[both] - then[both], indicator.decimals)
    middles = (None, None) if order else (float(np.median(then[both])), float(np.median(now[both])))
    rose, fell, same = (int(np.count_nonzero(each)) for each in (steps > 0, steps < 0, steps == 0))
    return Change(rose, fell, same, *middles)


def _heights(said: Row, order: Sequence[str]) -> Figures:
    """What can rise and fall of each region: its figure, or the place of its category; NaN where it has neither."""
    places = np.array([*(order.index(slug) for slug in said.slugs), np.nan])
    heights = said.figures if not said.slugs else np.where(said.numbered, said.figures, places[said.categories])
    return np.where(said.carries(Mark.PARTIAL), np.nan, heights)
