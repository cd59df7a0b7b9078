"""The reading panel of a map of change: equal boxes with their signs, and markers for the chosen and the whole."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoapp.domain.classification import assign
from geoapp.pictures.looks import letter_ink
from geoapp.web.pages.chart import clipped

if TYPE_CHECKING:
    from geoapp.web.pages.legend import Legend

WIDTH = 360.0
_NEAR_EDGE = 90.0
"""Pixels from a side within which a label leans away from it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One class: where its box stands, its sign in an ink that can be read, and the bound at its right edge."""

    x: float
    width: float
    colour: str
    sign: str
    ink: str
    upper: str


@dataclass(frozen=True, slots=True)
class Pointer:
    """A figure on the scale with its label; ``kind`` is ``chosen`` or ``whole``."""

    kind: str
    x: float
    label: str
    anchor: str


def steps(legend: "Legend") -> list[Step]:
    """The boxes from the strongest fall to the strongest rise; none for maps of anything but a change."""
    rows = sorted((row for row in legend.plan.legend if row.sign), key=lambda row: row.byte or 0)
    if len(rows) < 2:
        return []
    width = WIDTH / len(rows)
    return [
        Step(
            x=round(n * width, 1),
            width=round(width, 1),
            colour=row.colour or "",
            sign=row.sign or "",
            ink=letter_ink(row.colour or "#ffffff"),
            upper="" if row.upper is None else legend.bound(row.upper),
        )
        for n, row in enumerate(rows)
    ]


def pointers(legend: "Legend") -> list[Pointer]:
    """The markers: the chosen region's, and that of everything spoken of."""
    view, found = legend.view, []
    chosen = view.observation(view.chosen).figure if view.chosen else None
    if view.chosen and chosen is not None:
        found.append(_pointer(legend, "chosen", chosen, f"{clipped(view.chosen.name)} {view.plain(chosen)}"))
    whole = view.page.whole.figure if view.page.whole else None
    if whole is not None and not view.indicator.kind.is_amount:
        found.append(_pointer(legend, "whole", whole, f"{view.whole_word} {view.plain(whole)}"))
    return found


def _pointer(legend: "Legend", kind: str, figure: float, label: str) -> Pointer:
    uppers = legend.plan.breaks
    place = int(assign([figure], uppers)[0])
    lower = uppers[place - 1] if place else min(legend.plan.low or 0.0, 2 * uppers[0])
    upper = uppers[place]
    share = min(1.0, max(0.0, (figure - lower) / (upper - lower))) if upper > lower else 0.5
    x = round((place + share) * WIDTH / len(uppers), 1)
    anchor = "start" if x < _NEAR_EDGE else "end" if x > WIDTH - _NEAR_EDGE else "middle"
    return Pointer(kind, x, label, anchor)
