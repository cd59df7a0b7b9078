"""Every figure lies in exactly one class, whatever the figures are."""

import math
from itertools import pairwise

import mapclassify
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.domain import classification, least_squares
from geoapp.domain.classification import METHODS, SCHEMES, assign, breaks, readable

figure = st.one_of(
    st.integers(-50, 50).map(float),
    st.floats(-1e12, 1e12, allow_subnormal=False).filter(lambda each: each == 0 or abs(each) > 1e-9),
    st.sampled_from([0.0, 0.1, 0.30000000000000004, 1e12, -1e12]),
)
figures = st.lists(figure, max_size=60)
some_figures = st.lists(figure, min_size=1, max_size=60)
method = st.sampled_from(sorted(SCHEMES))
classes = st.integers(1, 9)
decimals = st.integers(0, 4)
known_figures = np.random.default_rng(5).lognormal(3, 1, 150).round(2)


@given(method, some_figures, classes, decimals)
def test_bounds_rise_and_the_last_is_the_largest_figure(
    method: str, figures: list[float], k: int, decimals: int
) -> None:
    found = breaks(method, figures, k, decimals)

    assert list(found) == sorted(set(found))
    assert found[-1] == max(figures)


@given(method, some_figures, classes, decimals)
def test_there_are_never_more_classes_than_asked_or_than_distinct_figures(
    method: str, figures: list[float], k: int, decimals: int
) -> None:
    assert 1 <= len(breaks(method, figures, k, decimals)) <= min(k, len(set(figures)))


@given(method, some_figures, classes, decimals)
def test_every_figure_lies_above_the_bound_before_its_class_and_up_to_its_own(
    method: str, figures: list[float], k: int, decimals: int
) -> None:
    found = breaks(method, figures, k, decimals)

    for each, place in zip(figures, assign(figures, found), strict=True):
        assert each <= found[place]
        assert place == 0 or each > found[place - 1]


@given(method.filter(lambda name: name != "equal"), some_figures, classes, decimals)
def test_no_class_is_empty(method: str, figures: list[float], k: int, decimals: int) -> None:
    found = breaks(method, figures, k, decimals)

    assert set(assign(figures, found).tolist()) == set(range(len(found)))


@given(method, figures, classes, decimals, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(
    method: str, figures: list[float], k: int, decimals: int, chance: object
) -> None:
    shuffled = list(figures)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert breaks(method, shuffled, k, decimals) == breaks(method, figures, k, decimals)


@given(st.sampled_from(["quantiles", "jenks"]), st.lists(st.integers(-500, 500), min_size=1, max_size=60), classes)
def test_another_unit_changes_no_class(method: str, figures: list[int], k: int) -> None:
    raw = np.unique(np.array(figures, dtype=float))
    k = min(k, raw.size)

    assert assign(raw, SCHEMES[method](raw, k)).tolist() == assign(raw * 1024, SCHEMES[method](raw * 1024, k)).tolist()


@given(st.lists(st.integers(-500, 500).map(float), min_size=1, max_size=60), classes)
def test_rounding_moves_no_figure_of_natural_breaks_to_another_class(figures: list[float], k: int) -> None:
    values = np.array(figures)
    k = min(k, len(set(figures)))
    raw = assign(values, classification.jenks(values, k)).tolist()

    assert assign(values, breaks("jenks", figures, k, 0)).tolist() == raw or len(set(figures)) <= k


@pytest.mark.parametrize("method", METHODS)
def test_no_figures_make_no_bounds(method: str) -> None:
    assert breaks(method, [], 5, 2, (1.0, 2.0)) == ()


@pytest.mark.parametrize("method", sorted(SCHEMES))
@pytest.mark.parametrize("same", [[7.25], [0.0] * 40, [-3.0, -3.0]])
def test_one_figure_or_all_equal_make_one_class(method: str, same: list[float]) -> None:
    assert breaks(method, same, 5, 0) == (same[0],)


@pytest.mark.parametrize("method", sorted(SCHEMES))
def test_two_figures_make_two_classes_at_most(method: str) -> None:
    found = breaks(method, [1.0, 1.0, 9.0], 5, 0)

    assert assign([1.0, 9.0], found).tolist() == [0, 1]


@pytest.mark.parametrize("method", sorted(SCHEMES))
@pytest.mark.parametrize("scale", [1e-9, 1e-3, 1e9, 1e15])
def test_very_large_and_very_small_figures_are_classed_alike(method: str, scale: float) -> None:
    figures = known_figures * scale

    found = breaks(method, figures, 5, 15)

    assert 2 <= len(found) <= 5
    assert found[-1] == figures.max()


@pytest.mark.parametrize("k", [2, 3, 5, 7, 9])
def test_quantiles_agree_with_mapclassify(k: int) -> None:
    assert classification.quantiles(known_figures, k) == pytest.approx(
        mapclassify.Quantiles(known_figures, k=k).bins.tolist()
    )


@pytest.mark.parametrize("k", [2, 3, 5, 7, 9])
def test_equal_intervals_agree_with_mapclassify(k: int) -> None:
    assert classification.equal(known_figures, k) == pytest.approx(
        mapclassify.EqualInterval(known_figures, k=k).bins.tolist()
    )


@pytest.mark.filterwarnings("ignore:Numba not installed")
@pytest.mark.parametrize("k", [2, 3, 5, 7])
@pytest.mark.parametrize("figures", [known_figures, known_figures.round(0)])
def test_natural_breaks_are_as_tight_as_mapclassifys(k: int, figures: np.ndarray) -> None:
    ours = _squares(figures, classification.jenks(figures, k))

    assert ours == pytest.approx(_squares(figures, mapclassify.FisherJenks(figures, k=k).bins))


def test_natural_breaks_do_not_depend_on_where_zero_is() -> None:
    far = known_figures - 1e6

    assert (
        assign(far, classification.jenks(far, 7)).tolist()
        == assign(known_figures, classification.jenks(known_figures, 7)).tolist()
    )


def test_natural_breaks_of_many_figures_count_them_all_and_stay_nearly_as_tight() -> None:
    many = np.random.default_rng(2).lognormal(3, 1, 9000)

    thinned = _squares(many, classification.jenks(many, 5))

    every_bound = least_squares.least_squares(
        least_squares.Sums(*np.unique(many, return_counts=True)), np.arange(many.size), 5
    )
    assert thinned <= 1.001 * _squares(many, np.sort(many)[every_bound])


def _squares(figures: np.ndarray, bounds: object) -> float:
    places = assign(figures, bounds)  # type: ignore[arg-type]
    return sum(float(((run := figures[places == each]) - run.mean()).__pow__(2).sum()) for each in set(places.tolist()))


def test_pretty_bounds_are_neighbouring_multiples_of_one_readable_step() -> None:
    *inner, _ = breaks("pretty", known_figures, 5, 2)

    steps = {round(upper - lower, 9) for lower, upper in pairwise(inner)}
    assert len(steps) == 1
    step = steps.pop()
    assert f"{step:e}"[:3] in {"1.0", "2.0", "2.5", "5.0"}
    assert all(math.isclose(each / step, round(each / step)) for each in inner)


def test_pretty_bounds_of_whole_figures_are_whole() -> None:
    assert all(each.is_integer() for each in breaks("pretty", [1, 2, 3, 4, 5, 6, 7, 8, 9], 5, 0))


def test_manual_bounds_stay_as_given_and_take_in_the_largest_figure() -> None:
    assert breaks("manual", [0.2, 0.9], 5, 4, (0.4907, 0.5989)) == (0.4907, 0.5989, 0.9)
    assert breaks("manual", [0.2], 5, 4, (0.4907, 1.0)) == (0.4907, 1.0)


def test_a_bound_belongs_to_the_class_below_it() -> None:
    assert assign([0.4907, 0.4908], (0.4907, 1.0)).tolist() == [0, 1]


def test_a_figure_above_all_bounds_belongs_to_the_last_class() -> None:
    assert assign([99.0], (1.0, 2.0)).tolist() == [1]


@given(st.floats(-1e9, 1e9), st.floats(1e-6, 1e9), st.floats(0, 1))
def test_a_readable_number_lies_in_its_interval(lower: float, width: float, part: float) -> None:
    upper = lower + width

    found = readable(lower, upper, lower + part * width)

    assert lower <= found < upper or lower == upper


def test_an_unknown_method_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        breaks("rainbow", [1.0, 2.0], 5, 0)


@given(st.lists(st.integers(-80, 80), min_size=2, max_size=40), st.integers(2, 6))
def test_natural_breaks_are_the_tightest_of_all_there_are(figures: list[int], k: int) -> None:
    values = np.array(figures, dtype=float)
    k = min(k, len(set(figures)))

    assert _squares(values, classification.jenks(values, k)) == pytest.approx(_tightest(values, k), abs=1e-6)


def _tightest(values: np.ndarray, k: int) -> float:
    """The least sum of squares of all partings into ``k`` classes, by trying every one."""
    distinct = np.unique(values)
    best = [0.0, *[np.inf] * len(distinct)]
    for _ in range(k):
        best = [
            min((best[s] + _spread(values, distinct[s:e]) for s in range(e)), default=np.inf)
            for e in range(len(distinct) + 1)
        ]
    return best[-1]


def _spread(values: np.ndarray, part: np.ndarray) -> float:
    own = values[(values >= part[0]) & (values <= part[-1])]
    return float(((own - own.mean()) ** 2).sum())
