"""A change is what both periods say; its classes are as strong below zero as above, whatever the figures are."""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.atlas.changes import aggregates, indicator_of
from geoapp.atlas.choices import Choice
from geoapp.atlas.page import Aggregate
from geoapp.atlas.words import legend_label, with_unit
from geoapp.catalogue import STYLES, palettes
from geoapp.domain.changes import Change, change, measured
from geoapp.domain.indicators import IndicatorKind
from geoapp.domain.levels import Level
from geoapp.domain.observations import MISSING, OUT_OF_SCOPE, Mark, Observation, State
from geoapp.domain.periods import Period
from geoapp.domain.words import Words
from geoapp.i18n import numbers
from geoapp.layers import difference
from geoapp.layers.plan import Plan
from tests import world

SELISIH = palettes.read((STYLES,))["selisih"]
NOW = Period("2024")
some_changes = st.lists(st.floats(-1e6, 1e6).filter(lambda each: each == 0 or abs(each) > 1e-6), max_size=40)


def ramp(n: int) -> Sequence[str]:
    return palettes.ramp(SELISIH, n)


def plan(*changes: float | None, decimals: int = 2) -> Plan:
    row = [MISSING if each is None else Observation(figure=each) for each in changes]
    return difference.plans(ramp, {NOW: row}, decimals, False)[NOW]


# ── two observations ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("earlier", "later", "points", "percent"),
    [(0.669, 0.781, 0.112, 16.741405), (50.0, 40.0, -10.0, -20.0), (3.0, 3.0, 0.0, 0.0), (4.0, 0.0, -4.0, -100.0)],
)
def test_a_change_is_told_in_points_or_in_per_cent_of_the_earlier_figure(
    earlier: float, later: float, points: float, percent: float
) -> None:
    pair = Observation(figure=earlier), Observation(figure=later)

    assert change(*pair, False).figure == points
    assert change(*pair, True).figure == pytest.approx(percent, abs=1e-6)


@pytest.mark.parametrize("earlier", [0.0, -2.0])
def test_nothing_can_be_told_in_per_cent_of_zero_or_less(earlier: float) -> None:
    said = change(Observation(figure=earlier), Observation(figure=5.0), True)

    assert said.state is State.NOT_APPLICABLE
    assert change(Observation(figure=earlier), Observation(figure=5.0), False).known


@pytest.mark.parametrize("state", State)
def test_what_either_period_lacks_the_change_lacks(state: State) -> None:
    without, known = Observation(state=state), Observation(figure=1.0)

    assert change(without, known, False).state is state
    assert change(known, without, True).state is state


def test_where_both_lack_a_figure_missing_is_said_first() -> None:
    assert change(OUT_OF_SCOPE, MISSING, False).state is State.MISSING
    assert change(Observation(state=State.SUPPRESSED), OUT_OF_SCOPE, False).state is State.SUPPRESSED


def test_an_estimate_in_either_period_makes_the_change_an_estimate() -> None:
    marked = Observation(figure=1.0, marks=frozenset({Mark.ESTIMATED}))

    assert change(marked, Observation(figure=2.0), False).marks == {Mark.ESTIMATED}


# ── classes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@given(some_changes, st.integers(0, 4))
def test_every_change_lies_in_the_class_its_size_says_and_opposite_ones_in_opposite_classes(
    changes: list[float], decimals: int
) -> None:
    both = [*changes, *(-each for each in changes)]
    made = plan(*both, decimals=decimals)
    last = len(made.breaks) - 1

    assert list(made.breaks) == sorted(set(made.breaks))
    assert len(made.colours) == len(made.breaks)
    for each, byte, opposite in zip(changes, made.classes, made.classes[len(changes) :], strict=False):
        assert opposite == last - byte
        assert (byte > last / 2) == (each > 0) or byte == last / 2
        assert each <= made.breaks[byte] and (not byte or each > made.breaks[byte - 1])


@given(some_changes, st.integers(0, 4))
def test_bounds_are_readable_and_rise(changes: list[float], decimals: int) -> None:
    found = difference.bounds(changes, decimals)

    assert found == () or all(lower < upper for lower, upper in pairwise(found))
    assert all(len(f"{each:.3g}".replace(".", "").strip("0").split("e")[0]) <= 2 for each in found)


def test_the_legend_runs_from_the_strongest_rise_to_the_strongest_fall_with_signs() -> None:
    made = plan(0.001, 0.02, 0.04, 0.09, -0.02, None, decimals=3)

    signs = [row.sign for row in made.legend if row.kind == "class"]
    assert signs == list(reversed(difference.SIGNS))
    assert sum(row.count for row in made.legend) == 6
    assert (made.known, made.total) == (5, 6)


def test_whole_figures_get_whole_bounds_and_zero_a_class_of_its_own() -> None:
    made = plan(-1, 0, 0, 1, 2, 3, decimals=0)

    assert [row.count for row in made.legend if row.sign == "±"] == [2]
    assert all(each == round(each) for each in difference.bounds([-1, 0, 0, 1, 2, 3], 0))


def test_all_periods_share_their_bounds() -> None:
    rows = {Period(str(2022 + n)): [Observation(figure=each * (n + 1)) for each in (1.0, -2.0, 5.0)] for n in range(3)}

    made = difference.plans(ramp, rows, 0, False)

    assert len({each.breaks for each in made.values()}) == 1


@pytest.mark.parametrize("changes", [(0.0,), (0.0, 0.0, 0.0), (0.0, None)])
def test_where_nothing_changed_there_is_one_class_in_the_middle_colour(changes: tuple[float | None, ...]) -> None:
    made = plan(*changes)

    assert made.colours == (ramp(7)[3],)
    assert legend_label("id", indicator_of(world.indicator(), Choice(since=Period("2021"))), made.legend[0]) == "tetap"


@pytest.mark.parametrize("changes", [(None,), (None, None)])
def test_without_any_change_there_are_only_states(changes: tuple[None, ...]) -> None:
    made = plan(*changes)

    assert made.known == 0
    assert set(made.classes) == {251}


@pytest.mark.parametrize("changes", [(5.0,), (-5.0,), (5.0, 5.0), (1e9, -1e-5), (1e-5,)])
def test_one_two_equal_and_far_apart_changes_are_classed(changes: tuple[float, ...]) -> None:
    made = plan(*changes, decimals=5)

    assert all((byte > 3) == (each > 0) for each, byte in zip(changes, made.classes, strict=True))


def test_a_change_of_an_amount_says_that_large_regions_change_more() -> None:
    row = {NOW: [Observation(figure=5.0)]}

    assert difference.plans(ramp, row, 0, True)[NOW].caution == difference.COUNT_CAUTION
    assert difference.plans(ramp, row, 0, False)[NOW].caution == ""


# ── words ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_classes_of_a_change_are_said_without_a_lie() -> None:
    shown = indicator_of(replace(world.indicator(), decimals=3), Choice(since=Period("2021")))
    made = plan(0.001, 0.02, 0.04, 0.09, -0.02, -0.04, -0.2, decimals=3)

    said = [legend_label("id", shown, row) for row in made.legend]
    near, some, much = (numbers.bound("id", each, 0) for each in difference.bounds(
        [0.001, 0.02, 0.04, 0.09, -0.02, -0.04, -0.2], 3))  # fmt: skip
    assert said == [
        f"naik lebih dari {much}",
        f"naik lebih dari {some} s.d. {much}",
        f"naik lebih dari {near} s.d. {some}",
        f"hampir tetap, −{near} s.d. +{near}",
        f"turun lebih dari {near} s.d. {some}",
        f"turun lebih dari {some} s.d. {much}",
        f"turun lebih dari {much}",
    ]


def test_the_change_of_a_share_is_in_percentage_points_and_every_figure_has_its_sign() -> None:
    share = replace(world.indicator(), kind=IndicatorKind.SHARE, unit=Words("%", "%"), decimals=1)
    points, percent = (indicator_of(share, Choice(since=Period("2021"), percent=each)) for each in (False, True))

    assert with_unit("id", points, 2.25) == "+2,2 titik persen"
    assert with_unit("en", points, -2.25) == "−2.2 percentage points"
    assert with_unit("id", percent, 4.0) == "+4,0%"
    assert isinstance(points, Change) and measured(points) == share


def test_money_keeps_its_sign_in_front() -> None:
    money = replace(world.count(), unit=Words("Rp", "Rp"))

    assert with_unit("id", indicator_of(money, Choice(since=Period("2021"))), -5000.0) == "−Rp5.000"


@pytest.mark.parametrize(("name", "inside"), [("Kepadatan penduduk", "kepadatan penduduk"), ("IDM", "IDM")])
def test_a_name_stands_small_inside_a_sentence_unless_it_is_proper(name: str, inside: str) -> None:
    shown = indicator_of(replace(world.indicator(), name=Words(name)), Choice(since=Period("2021")))

    assert shown.name["id"] == f"Perubahan {inside}"


def test_aggregates_change_where_both_periods_have_them() -> None:
    def whole(figure: float | None) -> Aggregate:
        return Aggregate("35.99", Level.REGENCY, figure, None, None if figure else State.MISSING, frozenset(), 3, 4)

    wholes = {Period("2021"): whole(10.0), Period("2022"): whole(None), Period("2023"): whole(14.0)}
    found = aggregates(wholes, Choice(since=Period("2021")))

    assert found[Period("2023")].figure == 4.0
    assert found[Period("2022")].state is State.MISSING
    assert Period("2021") not in found
    assert aggregates({Period("2023"): whole(1.0)}, Choice(since=Period("2021"))) == {}


def test_a_bound_below_zero_lies_a_hair_lower_so_that_equal_falls_and_rises_agree() -> None:
    made = plan(0.02, -0.02, 0.05, -0.05, 0.2, decimals=2)
    near, some, much = difference.bounds([0.02, -0.02, 0.05, -0.05, 0.2], 2)

    exact = plan(some, -some, much, -much, near, -near, 0.2, decimals=2)
    assert [a + b for a, b in zip(exact.classes[0:6:2], exact.classes[1:6:2], strict=True)] == [6, 6, 6]
    assert math.isclose(made.breaks[0], -much)
