"""A layer kind decides one plan per period: bytes, legend and words agree with the figures."""

import math
from collections.abc import Sequence
from dataclasses import replace

import pytest

from geoapp.domain.indicators import (
    Aggregation,
    Category,
    Indicator,
    IndicatorKind,
    Polarity,
    Sensitivity,
)
from geoapp.domain.observations import MISSING, OUT_OF_SCOPE, Mark, Observation, State
from geoapp.domain.periods import Period
from geoapp.domain.words import Words
from geoapp.errors import Refused
from geoapp.layers import KINDS
from geoapp.layers.plan import LegendRow, Plan, Style

SOME = Words("sesuatu", "something")
RATE = Indicator(
    slug="rate",
    name=SOME,
    kind=IndicatorKind.RATE,
    unit=SOME,
    decimals=1,
    concept=SOME,
    definition=SOME,
    interpretation=SOME,
    formula=SOME,
    measure=SOME,
    breakdowns=SOME,
    theme="test",
    aggregation=Aggregation.NONE,
    polarity=Polarity.NEUTRAL,
    sensitivity=Sensitivity.LOW,
    source=SOME,
)
COUNT = replace(RATE, slug="count", kind=IndicatorKind.COUNT, decimals=0)
STATUS = replace(
    RATE,
    slug="status",
    kind=IndicatorKind.CATEGORY,
    ordered=True,
    categories=tuple(Category(slug, SOME) for slug in ("low", "middle", "high")),
)
Y2023, Y2024 = Period("2023"), Period("2024")


def ramp(n: int) -> Sequence[str]:
    return [f"#00000{place}" for place in range(n)]


def figures(*values: float) -> list[Observation]:
    return [Observation(figure=each) for each in values]


def answers(*slugs: str) -> list[Observation]:
    return [Observation(category=each) for each in slugs]


def of_kind(plan: Plan, kind: str) -> list[LegendRow]:
    return [row for row in plan.legend if row.kind == kind]


def test_every_module_with_a_decision_is_a_layer_kind() -> None:
    assert set(KINDS) == {"choropleth", "circles", "category"}


def test_a_choropleth_gives_every_region_the_byte_of_its_class_or_state() -> None:
    row = [*figures(1, 5, 9), MISSING, OUT_OF_SCOPE, Observation(state=State.SUPPRESSED)]

    plan = KINDS["choropleth"].decide(RATE, Style("choropleth", "laut"), ramp, {Y2024: row})[Y2024]

    assert list(plan.classes) == [0, 1, 2, 251, 254, 253]
    assert (plan.known, plan.total, plan.marks) == (3, 6, b"")
    assert [row.state for row in of_kind(plan, "state")] == [State.MISSING, State.SUPPRESSED, State.OUT_OF_SCOPE]


def test_the_legend_runs_from_high_to_low_and_counts_every_region_once() -> None:
    row = [*figures(*range(1, 21)), MISSING]

    plan = KINDS["choropleth"].decide(RATE, Style("choropleth", "laut", classes=4), ramp, {Y2024: row})[Y2024]

    assert [each.byte for each in of_kind(plan, "class")] == [3, 2, 1, 0]
    assert sum(each.count for each in plan.legend) == 21
    assert (plan.legend[0].upper, plan.legend[3].lower) == (None, None)
    assert [each.colour for each in reversed(of_kind(plan, "class"))] == list(plan.colours)


def test_breaks_are_the_same_in_all_periods_unless_the_style_says_otherwise() -> None:
    table = {Y2023: figures(1, 2, 3, 4, 5, 6), Y2024: figures(10, 20, 30, 40, 50, 60)}
    style = Style("choropleth", "laut", classes=3)

    pooled = KINDS["choropleth"].decide(RATE, style, ramp, table)
    apart = KINDS["choropleth"].decide(RATE, replace(style, pooled=False), ramp, table)

    assert pooled[Y2023].breaks == pooled[Y2024].breaks
    assert apart[Y2023].breaks != apart[Y2024].breaks
    assert (pooled[Y2023].low, pooled[Y2023].high) == (1, 60)


def test_zero_gets_a_class_of_its_own_where_the_style_asks() -> None:
    style = Style("choropleth", "laut", classes=2, zero_class=True)

    plan = KINDS["choropleth"].decide(RATE, style, ramp, {Y2024: figures(0, 0, 1, 9)})[Y2024]

    assert list(plan.classes) == [0, 0, 1, 2]
    assert [(row.byte, row.count) for row in of_kind(plan, "zero")] == [(0, 2)]
    assert plan.breaks[0] == 0
    assert len(plan.colours) == 3


def test_all_zero_is_one_class_of_zero() -> None:
    style = Style("choropleth", "laut", zero_class=True)

    plan = KINDS["choropleth"].decide(RATE, style, ramp, {Y2024: figures(0, 0)})[Y2024]

    assert list(plan.classes) == [0, 0]
    assert [row.kind for row in plan.legend] == ["zero"]


def test_zero_is_an_ordinary_figure_among_negative_ones() -> None:
    style = Style("choropleth", "laut", zero_class=True)

    plan = KINDS["choropleth"].decide(RATE, style, ramp, {Y2024: figures(-1, 0, 1)})[Y2024]

    assert of_kind(plan, "zero") == []


@pytest.mark.parametrize("name", ["choropleth", "circles"])
def test_a_map_without_any_figure_shows_its_states_alone(name: str) -> None:
    plan = KINDS[name].decide(COUNT, Style(name, "laut"), ramp, {Y2024: [MISSING, MISSING]})[Y2024]

    assert list(plan.classes) == [251, 251]
    assert [(row.kind, row.count) for row in plan.legend] == [("state", 2)]
    assert (plan.breaks, plan.low, plan.high, plan.known) == ((), None, None, 0)


def test_a_choropleth_of_an_amount_carries_a_caution() -> None:
    style, table = Style("choropleth", "laut"), {Y2024: figures(1, 2)}

    assert KINDS["choropleth"].decide(COUNT, style, ramp, table)[Y2024].caution == "caution.count_choropleth"
    assert KINDS["choropleth"].decide(RATE, style, ramp, table)[Y2024].caution == ""


def test_marks_are_one_byte_a_region_and_nothing_where_there_are_none() -> None:
    marked = Observation(figure=2, marks=frozenset({Mark.ESTIMATED, Mark.PROVISIONAL}))

    plan = KINDS["choropleth"].decide(RATE, Style("choropleth", "laut"), ramp, {Y2024: [*figures(1), marked]})[Y2024]

    assert list(plan.marks) == [0, 0b101]


def test_the_area_of_a_circle_is_in_proportion_to_its_figure_in_all_periods() -> None:
    table = {Y2023: figures(0, 25, 1), Y2024: figures(100, 50, 0.0001)}

    plans = KINDS["circles"].decide(COUNT, Style("circles"), ramp, table)

    assert list(plans[Y2023].classes) == [0, 100, 20]
    assert list(plans[Y2024].classes) == [200, round(math.sqrt(0.5) * 200), 1]
    assert plans[Y2023].largest == 100


def test_the_legend_of_circles_nests_three_readable_figures() -> None:
    plan = KINDS["circles"].decide(COUNT, Style("circles"), ramp, {Y2024: [*figures(3, 9471), MISSING]})[Y2024]

    assert [row.figure for row in of_kind(plan, "circle")] == [8000, 2000, 400]
    assert plan.legend[-1].state is State.MISSING


def test_circles_of_zeros_need_no_sizes() -> None:
    plan = KINDS["circles"].decide(COUNT, Style("circles"), ramp, {Y2024: figures(0, 0)})[Y2024]

    assert (list(plan.classes), plan.legend) == ([0, 0], ())


def test_a_figure_below_zero_cannot_be_a_circle() -> None:
    with pytest.raises(Refused, match=r"error\.negative_circle"):
        KINDS["circles"].decide(COUNT, Style("circles"), ramp, {Y2024: figures(-1, 4)})


def test_a_category_keeps_its_byte_and_colour_whatever_occurs() -> None:
    table = {Y2023: answers("low", "low"), Y2024: [*answers("high"), OUT_OF_SCOPE]}

    plans = KINDS["category"].decide(STATUS, Style("category", "laut"), ramp, table)

    assert list(plans[Y2023].classes) == [0, 0]
    assert list(plans[Y2024].classes) == [2, 254]
    assert plans[Y2023].colours == plans[Y2024].colours == tuple(ramp(3))


def test_the_legend_shows_the_categories_of_any_period_ordered_ones_from_high_to_low() -> None:
    table = {Y2023: answers("low", "low"), Y2024: answers("high", "low")}

    ordered = KINDS["category"].decide(STATUS, Style("category", "laut"), ramp, table)[Y2023]
    listed = KINDS["category"].decide(replace(STATUS, ordered=False), Style("category", "ragam"), ramp, table)[Y2023]

    assert [(row.category, row.count) for row in ordered.legend] == [("high", 0), ("low", 2)]
    assert [row.category for row in listed.legend] == ["low", "high"]


@pytest.mark.parametrize(("name", "indicator"), [("choropleth", STATUS), ("circles", RATE), ("category", RATE)])
def test_an_indicator_is_refused_by_a_layer_kind_that_cannot_draw_it(name: str, indicator: Indicator) -> None:
    with pytest.raises(Refused, match=r"error\.layer_kind"):
        KINDS[name].decide(indicator, Style(name, "laut"), ramp, {Y2024: [MISSING]})
