"""Few, equal, tied, missing and negative figures: every choice of a visitor still gives a map that does not lie."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from geoapp.atlas.choices import FEWEST, METHODS, MOST, Choice
from geoapp.catalogue import STYLES, palettes
from geoapp.domain.observations import MISSING, OUT_OF_SCOPE, Observation
from geoapp.domain.periods import Period
from geoapp.layers import KINDS
from geoapp.layers.plan import BYTE_STATES, Plan, Style
from tests import world

LAUT = palettes.read((STYLES,))["laut"]
BEFORE, NOW = Period("2023"), Period("2024")
AWKWARD: dict[str, Sequence[float | None]] = {
    "one region": [4.2],
    "one region without a figure": [None],
    "two regions": [4.2, 9.0],
    "two equal regions": [4.2, 4.2],
    "all equal": [7.0] * 12,
    "all missing": [None] * 12,
    "all zero": [0.0] * 12,
    "ties": [1.0] * 6 + [2.0] * 6 + [3.0],
    "many zeros": [0.0] * 9 + [1.0, 5.0, 80.0],
    "negative": [-5.0, -2.5, -1.0, -0.5, None],
    "around zero": [-3.0, -1.0, 0.0, 0.0, 2.0, 40.0],
    "far apart": [0.00001, 1.0, 1e9, 1e9 + 1],
    "nearly equal": [0.1 + 0.2, 0.3, 0.30000000000000004],
}


def decided(figures: Sequence[float | None], style: Style, earlier: Sequence[float | None] | None = None) -> Plan:
    def row(values: Sequence[float | None]) -> list[Observation]:
        return [MISSING if each is None else Observation(figure=each) for each in values]

    table = {NOW: row(figures)} | ({BEFORE: row(earlier)} if earlier is not None else {})
    return KINDS["choropleth"].decide(world.indicator(), style, lambda n: palettes.ramp(LAUT, n), table)[NOW]


@pytest.mark.parametrize("zero_class", [False, True])
@pytest.mark.parametrize("n", [FEWEST, 5, MOST])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("figures", AWKWARD.values(), ids=AWKWARD)
def test_every_region_has_one_class_or_state_and_the_legend_counts_it(
    figures: Sequence[float | None], method: str, n: int, zero_class: bool
) -> None:
    choice = Choice(method, n)
    plan = decided(figures, choice.styled(Style("choropleth", "laut", zero_class=zero_class)))

    assert len(plan.classes) == len(figures)
    assert sum(row.count for row in plan.legend) == len(figures)
    assert plan.known == sum(each is not None for each in figures)
    assert len(plan.colours) <= MOST and len(plan.colours) <= max(1, n + zero_class)
    for figure, byte in zip(figures, plan.classes, strict=True):
        if figure is None:
            assert byte in BYTE_STATES
            continue
        assert figure <= plan.breaks[byte] and (not byte or figure > plan.breaks[byte - 1])


@pytest.mark.parametrize("method", METHODS)
def test_equal_figures_share_a_class(method: str) -> None:
    plan = decided(AWKWARD["ties"], Choice(method, MOST).styled(Style("choropleth", "laut")))

    assert len(set(plan.classes[:6])) == len(set(plan.classes[6:12])) == 1


@pytest.mark.parametrize("figures", [AWKWARD["one region"], AWKWARD["all equal"], AWKWARD["all zero"]])
def test_one_figure_makes_one_class(figures: Sequence[float]) -> None:
    for method in METHODS:
        assert len(decided(figures, Choice(method, 7).styled(Style("choropleth", "laut"))).colours) == 1


def test_zero_keeps_a_class_of_its_own_under_another_method_unless_a_figure_is_negative() -> None:
    style = Choice("quantiles", 4).styled(Style("choropleth", "laut", zero_class=True))

    assert [row.kind for row in decided(AWKWARD["many zeros"], style).legend].count("zero") == 1
    assert [row.kind for row in decided(AWKWARD["around zero"], style).legend].count("zero") == 0


def test_shared_breaks_are_those_of_both_periods_and_own_ones_of_one() -> None:
    now, before = [1.0, 2.0, 3.0, 4.0], [10.0, 20.0, 30.0, 40.0]
    style = Style("choropleth", "laut", "quantiles", 4)

    assert len(set(decided(now, style, before).classes)) < 4
    assert len(set(decided(now, replace(style, pooled=False), before).classes)) == 4


def test_an_area_counts_its_own_regions_and_keeps_the_classes() -> None:
    whole = decided([1.0, 2.0, 3.0, None, 5.0, 6.0], Style("choropleth", "laut", classes=3))

    part = whole.within(3, 5)
    assert part.classes == whole.classes and part.breaks == whole.breaks
    assert (part.known, part.total) == (2, 3)
    assert sum(row.count for row in part.legend) == 3
    assert sum(row.everywhere or 0 for row in part.legend) == 6


def test_a_state_that_an_area_does_not_have_leaves_its_legend() -> None:
    style = Style("choropleth", "laut")
    table = {NOW: [Observation(figure=1.0), MISSING, OUT_OF_SCOPE]}
    plan = KINDS["choropleth"].decide(world.indicator(), style, lambda n: palettes.ramp(LAUT, n), table)[NOW]

    assert [row.kind for row in plan.within(1, 1).legend] == ["class"]
    assert [row.kind for row in plan.within(3, 3).legend] == ["class", "state"]
