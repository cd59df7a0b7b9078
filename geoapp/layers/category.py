"""Category: every region filled with the colour of its answer."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from geoapp.domain.indicators import Indicator, IndicatorKind
from geoapp.domain.periods import Period
from geoapp.domain.rows import Row
from geoapp.errors import Refused
from geoapp.layers import states
from geoapp.layers.plan import LegendRow, Plan, Ramp, Style, Table

NAME = "category"


def decide(indicator: Indicator, style: Style, ramp: Ramp, table: Table) -> Mapping[Period, Plan]:
    """One plan per period; a category's byte is its place in the indicator's list, so colours never move.

    The legend shows what occurs in any period: ordered categories from high to low, others as listed.

    Raises
    ------
    Refused
        ``error.layer_kind`` for an indicator of figures.
    KeyError
        For a category the indicator does not list: releases let none through.
    """
    if indicator.kind is not IndicatorKind.CATEGORY:
        raise Refused("error.layer_kind", indicator=indicator.slug, kind=indicator.kind.value, layer=NAME)
    colours = tuple(ramp(len(indicator.categories)))
    places = {category.slug: n for n, category in enumerate(indicator.categories)}
    rows = {period: Row.of(observations) for period, observations in table.items()}
    found = {places[slug] for row in rows.values() for slug in row.slugs}
    shown = sorted(found, reverse=indicator.ordered)
    return {period: _plan(indicator, style, colours, row, places, shown) for period, row in rows.items()}


def _plan(
    indicator: Indicator,
    style: Style,
    colours: tuple[str, ...],
    row: Row,
    places: Mapping[str, int],
    shown: Sequence[int],
) -> Plan:
    painted = np.array([*(places[slug] for slug in row.slugs), 0], dtype=np.uint8)  # the last is that of no category
    classes = states.classes(row, painted[row.categories])
    counts = Counter(classes)
    rows = tuple(
        LegendRow(
            kind="category",
            byte=byte,
            count=counts[byte],
            colour=colours[byte],
            category=indicator.categories[byte].slug,
        )
        for byte in shown
    )
    return Plan(
        kind=NAME,
        method="",
        palette=style.palette,
        colours=colours,
        breaks=(),
        low=None,
        high=None,
        classes=classes,
        marks=states.marks(row),
        legend=rows + states.state_rows(row),
        known=states.known(row),
        total=len(row),
    )
