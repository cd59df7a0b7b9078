"""Changes: how a figure differs from that of an earlier period, in points or in per cent of it."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from geoapp.domain.indicators import Indicator
from geoapp.domain.observations import Observation, State
from geoapp.domain.periods import Period
from geoapp.domain.rows import NONE, STATES, Row

_STRONGEST = (State.MISSING, State.SUPPRESSED, State.NOT_APPLICABLE, State.OUT_OF_SCOPE)
"""Where both periods lack a figure for different reasons, the first of these is said."""
_PLACES = 9
"""Decimal places kept of a difference: what lies beyond is noise of floating point numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Indicator):
    """The change of another indicator (``measured``) since a period; its figures carry a sign."""

    measured: Indicator
    since: Period
    percent: bool

    @classmethod
    def since_then(cls, measured: Indicator, since: Period, percent: bool, **said: Any) -> "Change":
        """The change of ``measured``; ``said`` are the fields that are worded or counted otherwise."""
        taken = {each.name: getattr(measured, each.name) for each in fields(Indicator)}
        return cls(**(taken | said), measured=measured, since=since, percent=percent)


def measured(indicator: Indicator) -> Indicator:
    """What is measured: of a change the indicator that changes, else the indicator itself."""
    return indicator.measured if isinstance(indicator, Change) else indicator


def change(earlier: Observation, later: Observation, percent: bool) -> Observation:
    """The change between two observations of one region.

    What either lacks the change lacks too; per cent of an earlier figure of zero or below do not exist
    (``not_applicable``). Marks of both stay.

    >>> change(Observation(figure=0.669), Observation(figure=0.781), False).figure
    0.112
    >>> change(Observation(figure=0.0), Observation(figure=4.0), True).state.value
    'not_applicable'
    """
    if earlier.figure is None or later.figure is None:
        states = {each.state for each in (earlier, later) if each.state is not None}
        return Observation(state=next((each for each in _STRONGEST if each in states), State.NOT_APPLICABLE))
    marks = earlier.marks | later.marks
    if not percent:
        return Observation(figure=round(later.figure - earlier.figure, _PLACES) + 0.0, marks=marks)
    if earlier.figure <= 0:
        return Observation(state=State.NOT_APPLICABLE)
    return Observation(figure=round((later.figure / earlier.figure - 1) * 100, _PLACES) + 0.0, marks=marks)


def changes(earlier: Row, later: Row, percent: bool) -> Row:
    """The changes of regions in number order, as ``change`` finds them one by one."""
    both = earlier.numbered & later.numbered
    possible = both & (earlier.figures > 0) if percent else both
    before, after = earlier.figures[possible], later.figures[possible]
    steps = (after / before - 1) * 100 if percent else after - before
    figures = np.full(len(later), np.nan)
    figures[possible] = [round(each, _PLACES) + 0.0 for each in steps.tolist()]
    states = np.zeros(len(later), dtype=np.uint8)
    states[~possible] = STATES.index(State.NOT_APPLICABLE) + 1
    for state in reversed(_STRONGEST):
        states[~both & (earlier.is_in(state) | later.is_in(state))] = STATES.index(state) + 1
    marks = np.where(possible, earlier.marks | later.marks, 0).astype(np.uint8)
    return Row(figures, np.full(len(later), NONE, dtype=np.int16), states, marks)
