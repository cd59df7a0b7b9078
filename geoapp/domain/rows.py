"""What is known of many regions at once: read one by one as observations, counted and compared as columns."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from geoapp.domain.observations import Mark, Observation, State

STATES = tuple(State)
MARKS = tuple(Mark)
NONE = -1
"""The place of a category where there is none."""

Mask = NDArray[np.bool_]


class Row(Sequence[Observation]):
    """One observation a region, in number order; a part of it is a row again.

    ``figures`` are NaN where there is none, ``categories`` the place in ``slugs`` or ``NONE``; ``states`` count from 1
    in the order of ``State``, 0 where something is known; ``marks`` have a bit for each ``Mark`` in order.
    """

    __slots__ = ("categories", "figures", "marks", "slugs", "states")

    def __init__(
        self,
        figures: NDArray[np.float64],
        categories: NDArray[np.int16],
        states: NDArray[np.uint8],
        marks: NDArray[np.uint8],
        slugs: tuple[str, ...] = (),
    ) -> None:
        self.figures, self.categories, self.states, self.marks, self.slugs = figures, categories, states, marks, slugs

    @classmethod
    def of(cls, observations: Iterable[Observation]) -> "Row":
        """The columns of some observations; a row is given back as it is.

        >>> Row.of([Observation(figure=2.0), Observation(state=State.MISSING)]).figures.tolist()
        [2.0, nan]
        """
        if isinstance(observations, cls):
            return observations
        every = list(observations)
        return cls.read(
            np.array([each.figure for each in every], dtype=np.float64),
            [each.category for each in every],
            [each.state for each in every],
            [" ".join(sorted(each.marks)) for each in every],
        )

    @classmethod
    def read(
        cls,
        figures: NDArray[np.float64],
        categories: Sequence[str | None],
        states: Sequence[str | None],
        marks: Sequence[str | None],
    ) -> "Row":
        """From columns, NaN or None where there is nothing; states by their words, marks too with spaces between."""
        slugs = [each for each in dict.fromkeys(categories) if each is not None]
        places = {None: NONE} | {slug: n for n, slug in enumerate(slugs)}
        numbered = {None: 0} | {state.value: n for n, state in enumerate(STATES, start=1)}
        return cls(
            figures,
            np.array([places[each] for each in categories], dtype=np.int16),
            np.array([numbered[each] for each in states], dtype=np.uint8),
            np.array([_bits(each) for each in marks], dtype=np.uint8),
            tuple(slugs),
        )

    @property
    def known(self) -> Mask:
        """Which regions have a figure or category."""
        return np.asarray(self.states == 0)

    @property
    def numbered(self) -> Mask:
        """Which regions have a figure."""
        return ~np.isnan(self.figures)

    def is_in(self, state: State) -> Mask:
        """Which regions are in this state."""
        return np.asarray(self.states == STATES.index(state) + 1)

    def carries(self, mark: Mark) -> Mask:
        """Which regions carry this mark."""
        return np.asarray(self.marks & (1 << MARKS.index(mark)) != 0)

    def __len__(self) -> int:
        return len(self.states)

    @overload
    def __getitem__(self, at: int) -> Observation: ...
    @overload
    def __getitem__(self, at: slice) -> "Row": ...
    def __getitem__(self, at: int | slice) -> "Observation | Row":
        if isinstance(at, slice):
            return Row(self.figures[at], self.categories[at], self.states[at], self.marks[at], self.slugs)
        columns = self.figures, self.categories, self.states, self.marks
        return self._observation(*(column[at].item() for column in columns))

    def __iter__(self) -> Iterator[Observation]:
        columns = self.figures, self.categories, self.states, self.marks
        return map(self._observation, *(column.tolist() for column in columns))

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(_same, self, other))

    __hash__ = None  # type: ignore[assignment]

    def _observation(self, figure: float, category: int, state: int, marks: int) -> Observation:
        if state:
            return _stated(state, marks)
        if category != NONE:
            return Observation(category=self.slugs[category], marks=_marked(marks))
        return Observation(figure, marks=_marked(marks))


def _same(one: object, other: object) -> bool:
    return one == other


@lru_cache(maxsize=1024)
def _stated(state: int, marks: int) -> Observation:
    return Observation(state=STATES[state - 1], marks=_marked(marks))


@lru_cache(maxsize=256)
def _marked(bits: int) -> frozenset[Mark]:
    return frozenset(mark for n, mark in enumerate(MARKS) if bits >> n & 1)


@lru_cache(maxsize=1024)
def _bits(marks: str | None) -> int:
    return sum(1 << MARKS.index(Mark(each)) for each in (marks or "").split())
