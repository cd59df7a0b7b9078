"""Circles: counts as discs whose area is in proportion to the figure."""

import math
from collections.abc import Mapping, Sequence

from geoapp.domain.classification import readable
from geoapp.domain.indicators import Indicator
from geoapp.domain.observations import Observation
from geoapp.domain.periods import Period
from geoapp.errors import Refused
from geoapp.layers import states
from geoapp.layers.plan import CIRCLE_STEPS, STATE_BYTES, LegendRow, Plan, Ramp, Style, Table

NAME = "circles"
COLOUR = "#37689f"
NESTED = (1.0, 1 / 4, 1 / 20)
"""The legend's circles as parts of the largest, before they become readable numbers."""


def decide(indicator: Indicator, style: Style, ramp: Ramp, table: Table) -> Mapping[Period, Plan]:
    """One plan per period, all with the largest figure of all periods; ``ramp`` is not asked, circles have one colour.

    Raises
    ------
    Refused
        ``error.layer_kind`` for anything but a count or quantity, ``error.negative_circle`` for a figure below zero.
    """
    if not indicator.kind.is_amount:
        raise Refused("error.layer_kind", indicator=indicator.slug, kind=indicator.kind.value, layer=NAME)
    figures = [each.figure for row in table.values() for each in row if each.figure is not None]
    if figures and min(figures) < 0:
        raise Refused("error.negative_circle", indicator=indicator.slug, figure=min(figures))
    low, high = min(figures, default=None), max(figures, default=None)
    return {period: _plan(style, row, low, high) for period, row in table.items()}


def _plan(style: Style, observations: Sequence[Observation], low: float | None, high: float | None) -> Plan:
    return Plan(
        kind=NAME,
        method="",
        palette=style.palette,
        colours=(COLOUR,),
        breaks=(),
        low=low,
        high=high,
        classes=bytes(_byte(each, high or 0.0) for each in observations),
        marks=states.marks(observations),
        legend=_circle_rows(high or 0.0) + states.state_rows(observations),
        known=states.known(observations),
        total=len(observations),
        largest=high,
    )


def _byte(observation: Observation, largest: float) -> int:
    """The step of the radius; zero has none, what is above zero at least one."""
    if observation.state is not None:
        return STATE_BYTES[observation.state]
    if not observation.figure:
        return 0
    return max(1, round(math.sqrt(observation.figure / largest) * CIRCLE_STEPS))


def _circle_rows(largest: float) -> tuple[LegendRow, ...]:
    """Three readable figures, nested from large to small; they stand for sizes, so they count no regions."""
    wanted = (largest * part for part in NESTED)
    figures = {readable(each * 0.75, math.nextafter(each, math.inf), each) for each in wanted if each > 0}
    return tuple(
        LegendRow(kind="circle", byte=None, count=0, colour=COLOUR, figure=figure)
        for figure in sorted(figures, reverse=True)
    )
