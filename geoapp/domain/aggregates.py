"""Aggregates: a figure of an upper region made of its base regions by the indicator's rule, with its coverage.

Rates are never averaged: they are made again from the sums of their parts. A region where the figure cannot exist is
not counted as lacking; below full coverage the aggregate is marked partial.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geoapp.domain.indicators import Aggregation, Indicator
from geoapp.domain.observations import Mark, Observation, State

_INHERITED = frozenset({Mark.PROVISIONAL, Mark.ESTIMATED})


class Member(NamedTuple):
    """A base region's part: its observation, and its numerator and denominator where they are known."""

    observation: Observation
    numerator: float | None = None
    denominator: float | None = None


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Exactly one of figure, distribution and state; ``known`` of ``total`` base regions had a figure."""

    figure: float | None
    distribution: Mapping[str, int] | None
    state: State | None
    marks: frozenset[Mark]
    known: int
    total: int


def aggregate(indicator: Indicator, members: Sequence[Member], years: float | None = None) -> Aggregate | None:
    """The aggregate of one upper region in one period; None where the rule makes none.

    A recomputed one needs the denominators; where the numerator is not at hand it is figure × denominator / factor.
    One of growth needs both, of every region the same ``years`` apart.
    """
    rule = indicator.aggregation
    growth = indicator.parts is not None and indicator.parts.growth
    if rule is Aggregation.NONE or (rule is Aggregation.RECOMPUTE and not _has_parts(members)):
        return None
    if growth and not years:
        return None
    able = [each for each in members if each.observation.state is not State.NOT_APPLICABLE]
    known = [each for each in able if each.observation.known]
    if rule is Aggregation.RECOMPUTE:
        known = [each for each in known if each.denominator is not None and not (growth and each.numerator is None)]
    if not known:
        return Aggregate(None, None, _state(members), frozenset(), 0, len(able))
    marks = frozenset(mark for each in known for mark in each.observation.marks) & _INHERITED
    if len(known) < len(able):
        marks |= {Mark.PARTIAL}
    if rule is Aggregation.DISTRIBUTION:
        spread = Counter(each.observation.category for each in known if each.observation.category)
        return Aggregate(None, dict(spread), None, marks, len(known), len(able))
    figure = _figure(indicator, known, years)
    state = State.NOT_APPLICABLE if figure is None else None
    return Aggregate(figure, None, state, marks if figure is not None else frozenset(), len(known), len(able))


def _has_parts(members: Sequence[Member]) -> bool:
    return any(each.denominator is not None for each in members)


def _figure(indicator: Indicator, known: Sequence[Member], years: float | None) -> float | None:
    figures = [each.observation.figure or 0.0 for each in known]
    if indicator.aggregation is Aggregation.SUM:
        return math.fsum(figures)
    if indicator.aggregation is Aggregation.MEAN:
        return math.fsum(figures) / len(figures)
    if indicator.parts is None:
        return None
    factor = indicator.parts.factor
    below = math.fsum(each.denominator or 0.0 for each in known)
    above = math.fsum(
        each.numerator if each.numerator is not None else figure * (each.denominator or 0.0) / factor
        for each, figure in zip(known, figures, strict=True)
    )
    return indicator.parts.figure(above, below, years)


def _state(members: Sequence[Member]) -> State:
    """Why there is no aggregate: the one reason all share, else that something is hidden, else that it is missing."""
    states = {each.observation.state for each in members if each.observation.state is not None}
    if len(states) == 1:
        return states.pop()
    return State.SUPPRESSED if State.SUPPRESSED in states else State.MISSING
