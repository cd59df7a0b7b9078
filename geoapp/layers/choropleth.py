"""Choropleth: every region filled with the colour of its class."""

from collections import Counter
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from geoapp.domain.classification import assign, breaks
from geoapp.domain.indicators import Indicator, IndicatorKind
from geoapp.domain.periods import Period
from geoapp.domain.rows import Row
from geoapp.errors import Refused
from geoapp.layers import states
from geoapp.layers.plan import LegendRow, Plan, Ramp, Style, Table

Figures = NDArray[np.float64]

NAME = "choropleth"
COUNT_CAUTION = "caution.count_choropleth"
ZERO_COLOUR = "#fbfaf7"
"""The ground under the zero pattern, where zero has a class of its own."""
MOST_COLOURS = 9


def decide(indicator: Indicator, style: Style, ramp: Ramp, table: Table) -> Mapping[Period, Plan]:
    """One plan per period; one set of breaks for all of them, unless the style says otherwise.

    With ``zero_class`` the figure 0 is class 0 and the others begin at 1; where a figure is negative, zero is an
    ordinary figure. A choropleth of an amount carries a caution.

    Raises
    ------
    Refused
        ``error.layer_kind`` for a category indicator.
    """
    if indicator.kind is IndicatorKind.CATEGORY:
        raise Refused("error.layer_kind", indicator=indicator.slug, kind=indicator.kind.value, layer=NAME)
    rows = {period: Row.of(observations) for period, observations in table.items()}
    everything = states.figures(rows.values())
    pooled = _bounds(indicator, style, everything)
    plans = {}
    for period, row in rows.items():
        bounds = pooled if style.pooled else _bounds(indicator, style, states.figures([row]))
        plans[period] = _plan(indicator, style, ramp, row, bounds, everything)
    return plans


def _zero_apart(style: Style, bounds: tuple[float, ...]) -> bool:
    """Whether class 0 is zero's own: the bounds then begin with 0."""
    return style.zero_class and bounds[:1] == (0.0,)


def _bounds(indicator: Indicator, style: Style, figures: Figures) -> tuple[float, ...]:
    """The breaks, with 0 before them where zero has its own class."""
    if not style.zero_class or not (figures == 0).any() or (figures < 0).any():
        return breaks(style.method, figures, min(style.classes, MOST_COLOURS), indicator.decimals, style.breaks)
    others = figures[figures != 0]
    manual = tuple(bound for bound in style.breaks if bound > 0)
    return (0.0, *breaks(style.method, others, min(style.classes, MOST_COLOURS - 1), indicator.decimals, manual))


def _plan(
    indicator: Indicator,
    style: Style,
    ramp: Ramp,
    row: Row,
    bounds: tuple[float, ...],
    everything: Figures,
) -> Plan:
    """The plan of one period by these bounds."""
    apart = _zero_apart(style, bounds)
    shades = ramp(len(bounds) - apart) if len(bounds) > apart else ()
    colours = ((ZERO_COLOUR,) if apart else ()) + tuple(shades)
    classes = _classes(row, bounds)
    return Plan(
        kind=NAME,
        method=style.method,
        palette=style.palette,
        colours=colours,
        breaks=bounds,
        low=float(everything.min()) if everything.size else None,
        high=float(everything.max()) if everything.size else None,
        classes=classes,
        marks=states.marks(row),
        legend=_class_rows(classes, bounds, colours, apart) + states.state_rows(row),
        known=states.known(row),
        total=len(row),
        caution=COUNT_CAUTION if indicator.kind.is_amount else "",
    )


def _classes(row: Row, bounds: tuple[float, ...]) -> bytes:
    """One byte a region: its class, or its state."""
    painted = np.zeros(len(row), dtype=np.uint8)
    painted[row.numbered] = assign(states.figures([row]), bounds)
    return states.classes(row, painted)


def _class_rows(
    classes: bytes, bounds: tuple[float, ...], colours: tuple[str, ...], apart: bool
) -> tuple[LegendRow, ...]:
    """Rows from the highest class to the lowest, empty ones too: the bounds serve all periods."""
    counts = Counter(classes)
    rows = [
        LegendRow(
            kind="zero" if apart and byte == 0 else "class",
            byte=byte,
            count=counts[byte],
            colour=colours[byte],
            lower=bounds[byte - 1] if byte else None,
            upper=bounds[byte] if byte < len(bounds) - 1 else None,
        )
        for byte in range(len(bounds))
    ]
    return tuple(reversed(rows))
