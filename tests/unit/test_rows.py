"""Columns say what the observations say that they were made of, one by one, in parts and counted."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.domain.changes import change, changes
from geoapp.domain.observations import Mark, Observation, State
from geoapp.domain.rows import Row

MARKS = st.frozensets(st.sampled_from(Mark), max_size=2)
FIGURES = st.floats(-1e6, 1e6, allow_nan=False).map(lambda each: round(each, 4))
OBSERVATIONS = st.one_of(
    st.builds(Observation, figure=FIGURES, marks=MARKS),
    st.builds(Observation, category=st.sampled_from(["maju", "berkembang", "tertinggal"]), marks=MARKS),
    st.builds(Observation, state=st.sampled_from(State), marks=MARKS),
)
FIGURED = st.one_of(
    st.builds(Observation, figure=FIGURES, marks=MARKS), st.builds(Observation, state=st.sampled_from(State))
)


@given(st.lists(OBSERVATIONS, max_size=30))
def test_a_row_is_the_sequence_it_was_made_of(every: list[Observation]) -> None:
    row = Row.of(every)

    assert list(row) == every
    assert [row[n] for n in range(-len(every), len(every))] == every * 2
    assert list(row[1:-1]) == every[1:-1]
    assert Row.of(row) is row


@given(st.lists(OBSERVATIONS, max_size=30), st.sampled_from(State), st.sampled_from(Mark))
def test_masks_say_what_each_observation_says(every: list[Observation], state: State, mark: Mark) -> None:
    row = Row.of(every)

    assert row.known.tolist() == [each.known for each in every]
    assert row.numbered.tolist() == [each.figure is not None for each in every]
    assert row.is_in(state).tolist() == [each.state is state for each in every]
    assert row.carries(mark).tolist() == [mark in each.marks for each in every]


@given(st.lists(st.tuples(FIGURED, FIGURED), max_size=30), st.booleans())
def test_changes_of_all_regions_are_those_of_each(pairs: list[tuple[Observation, Observation]], percent: bool) -> None:
    earlier, later = (Row.of(pair[n] for pair in pairs) for n in (0, 1))

    assert list(changes(earlier, later, percent)) == [change(*pair, percent) for pair in pairs]


def test_a_row_of_the_nation_weighs_a_megabyte() -> None:
    row = Row.of([Observation(figure=float(n)) for n in range(1000)])

    assert sum(each.nbytes for each in (row.figures, row.categories, row.states, row.marks)) <= 12 * len(row)


def test_columns_with_an_unknown_state_or_mark_are_refused() -> None:
    with pytest.raises(KeyError):
        Row.read(np.array([np.nan]), [None], ["lost"], [""])
    with pytest.raises(ValueError, match="odd"):
        Row.read(np.array([1.0]), [None], [None], ["odd"])
