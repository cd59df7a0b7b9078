"""Observations: a figure or a category, or the state that says why there is none. Zero is a figure."""

import math
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Why there is no figure."""

    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    SUPPRESSED = "suppressed"
    OUT_OF_SCOPE = "out_of_scope"


class Mark(StrEnum):
    """What stands beside a figure."""

    PROVISIONAL = "provisional"
    REVISED = "revised"
    ESTIMATED = "estimated"
    SMALL_DENOMINATOR = "small_denominator"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class Observation:
    """What is known of one region in one period: exactly one of figure, category (a slug) and state.

    >>> Observation(figure=0.0).known
    True
    """

    figure: float | None = None
    category: str | None = None
    state: State | None = None
    marks: frozenset[Mark] = frozenset()

    def __post_init__(self) -> None:
        if sum(each is not None for each in (self.figure, self.category, self.state)) != 1:
            raise ValueError("a figure, a category, or the state that says why there is none: exactly one")
        if self.figure is not None and not math.isfinite(self.figure):
            raise ValueError("a figure is a finite number")

    @property
    def known(self) -> bool:
        """Whether there is a figure or category."""
        return self.state is None


MISSING = Observation(state=State.MISSING)
OUT_OF_SCOPE = Observation(state=State.OUT_OF_SCOPE)
