"""The rank ladder: the first, the chosen between its neighbours and the last, each with a bar in its class colour."""

from dataclasses import dataclass

from geoapp.atlas import words
from geoapp.atlas.ranking import Standing, Standings
from geoapp.i18n import numbers
from geoapp.web.pages.view import MapView

LENGTH = 44
"""Pixels of the longest bar."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One line; ``gap`` says that others stand between it and the one before; ``bar`` is in pixels, 0 for none."""

    rank: str
    name: str
    parent: str
    figure: str
    href: str
    chosen: bool
    gap: bool
    bar: float
    colour: str


def ladder(view: MapView) -> list[Rung]:
    """First two, the chosen with its neighbours, the last; without a choice the first and last three.

    They run as the table does where that is sorted by figures.
    """
    ranked = view.ranked
    at = ranked.place(view.chosen) if view.chosen else None
    last = len(ranked) - 1
    if at is not None and view.order.lowest_first:
        at = last - at
    wanted = {0, 1, last, at - 1, at, at + 1} if at is not None else {0, 1, 2, last - 2, last - 1, last}
    shown = sorted(each for each in wanted if 0 <= each <= last)
    scale = _scale(ranked) if shown else 0.0
    steps = zip([-1, *shown], shown, strict=False)
    ranks = range(last, -1, -1) if view.order.lowest_first else range(last + 1)
    return [_rung(view, ranked[ranks[n]], n == at, n > before + 1, scale) for before, n in steps]


def _scale(ranked: Standings) -> float:
    """Pixels per unit: bars begin at zero, so there are none where figures lie on both sides of it."""
    highest, lowest = (ranked[n].observation.figure or 0.0 for n in (0, -1))
    return LENGTH / highest if highest > 0 and lowest >= 0 else 0.0


def _rung(view: MapView, standing: Standing, chosen: bool, gap: bool, scale: float) -> Rung:
    region, said = standing.region, standing.observation
    colour = view.swatch(region).colour
    return Rung(
        rank=numbers.figure(view.lang, standing.rank or 0, 0),
        name=region.name,
        parent=view.parent_name(region),
        figure=words.figure(view.lang, view.indicator, said, unit=False),
        href=view.here(region=region.code),
        chosen=chosen,
        gap=gap,
        bar=round((said.figure or 0.0) * scale, 1) if colour else 0.0,
        colour=colour,
    )
