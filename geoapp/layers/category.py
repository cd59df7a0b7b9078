"""Category: every region filled with the colour of its answer."""

from collections import Counter
from collections.abc import Mapping, Sequence

from geoapp.domain.indicators import Indicator, IndicatorKind
from geoapp.domain.observations import Observation
from geoapp.domain.periods import Period
from geoapp.errors import Refused
from geoapp.layers import states
from geoapp.layers.plan import STATE_BYTES, LegendRow, Plan, Ramp, Style, Table

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
    found = {places[each.category] for row in table.values() for each in row if each.category is not None}
    shown = sorted(found, reverse=indicator.ordered)
    return {period: _plan(indicator, style, colours, row, places, shown) for period, row in table.items()}


def _plan(
    indicator: Indicator,
    style: Style,
    colours: tuple[str, ...],
    observations: Sequence[Observation],
    places: Mapping[str, int],
    shown: Sequence[int],
) -> Plan:
    classes = bytes(
        STATE_BYTES[each.state] if each.category is None and each.state is not None else places[each.category or ""]
        for each in observations
    )
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
        marks=states.marks(observations),
        legend=rows + states.state_rows(observations),
        known=states.known(observations),
        total=len(observations),
    )
