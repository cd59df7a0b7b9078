"""Circles: counts as discs whose area is in proportion to the figure."""

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from geoapp.domain.classification import readable
from geoapp.domain.indicators import Indicator
from geoapp.domain.periods import Period
from geoapp.domain.rows import Row
from geoapp.errors import Refused
from geoapp.layers import states
from geoapp.layers.plan import CIRCLE_STEPS, LegendRow, Plan, Ramp, Style, Table

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
    rows = {period: Row.of(observations) for period, observations in table.items()}
    figures = states.figures(rows.values())
    low, high = (float(figures.min()), float(figures.max())) if figures.size else (None, None)
    if low is not None and low < 0:
        raise Refused("error.negative_circle", indicator=indicator.slug, figure=low)
    return {period: _plan(style, row, low, high) for period, row in rows.items()}


def _plan(style: Style, row: Row, low: float | None, high: float | None) -> Plan:
    return Plan(
        kind=NAME,
        method="",
        palette=style.palette,
        colours=(COLOUR,),
        breaks=(),
        low=low,
        high=high,
        classes=states.classes(row, _steps(row, high or 1.0)),
        marks=states.marks(row),
        legend=_circle_rows(high or 0.0) + states.state_rows(row),
        known=states.known(row),
        total=len(row),
        largest=high,
    )


def _steps(row: Row, largest: float) -> NDArray[np.uint8]:
    """The steps of the radii; zero has none, what is above zero at least one."""
    figures = np.where(row.numbered, row.figures, 0.0)
    steps = np.maximum(1, np.rint(np.sqrt(figures / largest) * CIRCLE_STEPS))
    return np.where(figures > 0, steps, 0).astype(np.uint8)


def _circle_rows(largest: float) -> tuple[LegendRow, ...]:
    """Three readable figures, nested from large to small; they stand for sizes, so they count no regions."""
    wanted = (largest * part for part in NESTED)
    figures = {readable(each * 0.75, math.nextafter(each, math.inf), each) for each in wanted if each > 0}
    return tuple(
        LegendRow(kind="circle", byte=None, count=0, colour=COLOUR, figure=figure)
        for figure in sorted(figures, reverse=True)
    )
