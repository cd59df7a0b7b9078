"""Aggregates follow the indicator's rule and say how much they cover."""

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.domain.aggregates import Member, aggregate
from geoapp.domain.indicators import Aggregation, Indicator, Parts
from geoapp.domain.observations import MISSING, OUT_OF_SCOPE, Mark, Observation, State

FIELDS = ("name", "unit", "concept", "definition", "interpretation", "formula", "measure", "breakdowns", "source")
NOT_HERE = Observation(state=State.NOT_APPLICABLE)
HIDDEN = Observation(state=State.SUPPRESSED)


def indicator(rule: Aggregation, factor: float = 1.0) -> Indicator:
    """An indicator aggregated by this rule."""
    return Indicator.of(
        {
            **dict.fromkeys(FIELDS, "x"),
            "slug": "x",
            "theme": "x",
            "kind": "rate",
            "decimals": 0,
            "aggregation": rule.value,
            "polarity": "0",
            "sensitivity": "low",
            "parts": {"numerator": "a", "denominator": "b", "factor": factor},
        }
    )


def figure(value: float) -> Observation:
    """An observation with a figure."""
    return Observation(figure=value)


def test_a_sum_counts_what_it_covers_and_is_partial_below_all() -> None:
    made = aggregate(indicator(Aggregation.SUM), [Member(figure(3)), Member(figure(0)), Member(MISSING)])

    assert made is not None
    assert (made.figure, made.known, made.total, made.marks) == (3, 2, 3, {Mark.PARTIAL})


def test_where_the_figure_cannot_exist_nothing_is_lacking() -> None:
    made = aggregate(indicator(Aggregation.SUM), [Member(figure(3)), Member(NOT_HERE)])

    assert made is not None and (made.known, made.total, made.marks) == (1, 1, frozenset())


def test_a_rate_is_made_of_its_parts_not_of_rates() -> None:
    rate = indicator(Aggregation.RECOMPUTE, 100.0)

    made = aggregate(rate, [Member(figure(50), 1, 2), Member(figure(1), 10, 1000)])

    assert made is not None and made.figure == pytest.approx(11 / 1002 * 100)


@given(st.lists(st.tuples(st.floats(0, 1e6), st.floats(0.1, 1e6)), min_size=1), st.sampled_from([1.0, 100.0, 1000.0]))
def test_without_its_numerator_a_rate_comes_out_the_same(parts: list[tuple[float, float]], factor: float) -> None:
    rate = indicator(Aggregation.RECOMPUTE, factor)

    given_ = aggregate(rate, [Member(figure(above / below * factor), above, below) for above, below in parts])
    inferred = aggregate(rate, [Member(figure(above / below * factor), None, below) for above, below in parts])

    assert given_ is not None and inferred is not None
    assert math.isclose(given_.figure or 0, inferred.figure or 0, rel_tol=1e-6, abs_tol=1e-9)


def test_a_rate_without_denominators_has_no_aggregate() -> None:
    assert aggregate(indicator(Aggregation.RECOMPUTE), [Member(figure(5), 1, None)]) is None


def test_a_mean_is_a_mean_and_no_rule_is_none() -> None:
    members = [Member(figure(1)), Member(figure(3))]
    mean = aggregate(indicator(Aggregation.MEAN), members)

    assert mean is not None and mean.figure == 2
    assert aggregate(indicator(Aggregation.NONE), members) is None


def test_a_distribution_counts_the_categories() -> None:
    members = [Member(Observation(category=each)) for each in ("maju", "maju", "mandiri")] + [Member(OUT_OF_SCOPE)]

    made = aggregate(indicator(Aggregation.DISTRIBUTION), members)

    assert made is not None and made.distribution == {"maju": 2, "mandiri": 1} and Mark.PARTIAL in made.marks


@pytest.mark.parametrize(
    ("members", "state"),
    [
        ([OUT_OF_SCOPE, OUT_OF_SCOPE], State.OUT_OF_SCOPE),
        ([MISSING, OUT_OF_SCOPE], State.MISSING),
        ([HIDDEN, MISSING], State.SUPPRESSED),
        ([NOT_HERE], State.NOT_APPLICABLE),
    ],
)
def test_without_any_figure_the_aggregate_says_why(members: list[Observation], state: State) -> None:
    made = aggregate(indicator(Aggregation.SUM), [Member(each) for each in members])

    assert made is not None and (made.figure, made.state, made.known) == (None, state, 0)


def test_provisional_villages_make_a_provisional_district() -> None:
    made = aggregate(
        indicator(Aggregation.SUM), [Member(Observation(figure=1.0, marks=frozenset({Mark.PROVISIONAL, Mark.REVISED})))]
    )

    assert made is not None and made.marks == {Mark.PROVISIONAL}


def test_the_mean_of_rates_is_not_the_rate_of_the_whole() -> None:
    rate = indicator(Aggregation.RECOMPUTE, 100.0)
    hamlet, town = Member(figure(50), 5, 10), Member(figure(10), 100, 1000)

    made = aggregate(rate, [hamlet, town])

    assert made is not None and made.figure == pytest.approx(105 / 1010 * 100)
    assert made.figure == pytest.approx(10.4, abs=0.01)  # the mean of 50 % and 10 % says 30 %


def test_growth_of_the_whole_is_that_of_its_sums_over_the_years_between() -> None:
    growth = dataclasses.replace(indicator(Aggregation.RECOMPUTE), parts=Parts("a", "a", 100.0, growth=True))
    members = [Member(figure(41.42), 200, 100), Member(figure(0), 900, 900), Member(figure(3), None, 50)]

    made = aggregate(growth, members, years=2)

    assert made is not None and made.figure == pytest.approx(((1100 / 1000) ** 0.5 - 1) * 100)
    assert (made.known, made.total, made.marks) == (2, 3, {Mark.PARTIAL})
    assert aggregate(growth, members) is None
