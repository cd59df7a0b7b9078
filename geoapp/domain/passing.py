"""What a figure of a region before a change says of the regions after it.

It goes through whole where nothing was parted. What was parted is divided only by stated shares, and only where a
person asked for it.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from geoapp.domain.lineage import Change, Step
from geoapp.domain.observations import MISSING, Mark, Observation


class Way(StrEnum):
    """How a figure came through a change, or why there is none."""

    CARRIED = "carried"
    SUMMED = "summed"
    SHARED = "shared"
    SPLIT = "split"
    PARTS = "parts"
    RATE = "rate"
    BESIDE = "beside"

    @property
    def lost(self) -> bool:
        """Whether the figure ends here.

        Its region was split, parts of a merged one are not there, it cannot be merged, or today's region has its own.
        """
        return self in (Way.SPLIT, Way.PARTS, Way.RATE, Way.BESIDE)


class Passed(NamedTuple):
    """What is said of a code after a change, by which way, and of which codes before it."""

    observation: Observation
    way: Way
    olds: tuple[str, ...]

    @property
    def carried(self) -> bool:
        """Whether it is what was said before, unchanged."""
        return self.way is Way.CARRIED


class Rule(NamedTuple):
    """What may be done with an indicator's figures.

    ``merged`` makes one of the figures of some codes, or None where the indicator's rule cannot; ``divides`` says that
    figures of it may be divided by shares, because a person asked for it and they are amounts.
    """

    merged: Callable[[Sequence[str]], Observation | None]
    divides: bool = False


def passed(change: Change, told: Mapping[str, Observation], rule: Rule) -> dict[str, Passed]:
    """What every code after a change is told by what was said before it; codes that nothing leads to are left out."""
    found = {}
    for new in sorted(change.news):
        steps = [each for each in change.steps if each.new == new]
        there = tuple(each.old for each in steps if each.old in told)
        if there:
            found[new] = _one(change, steps, there, told, rule)
    return found


def _one(
    change: Change, steps: Sequence[Step], there: tuple[str, ...], told: Mapping[str, Observation], rule: Rule
) -> Passed:
    states = {told[old].state for old in there}
    if len(there) == len(steps) and len(states) == 1 and None not in states:
        return Passed(told[there[0]], Way.CARRIED, there)
    if any(each.old in change.parted for each in steps):
        return _shared(change, steps, there, told, rule)
    if len(steps) == 1:
        return Passed(told[there[0]], Way.CARRIED, there)
    if len(there) < len(steps) or not all(told[old].known for old in there):
        return Passed(MISSING, Way.PARTS, there)
    made = rule.merged(there)
    return Passed(made, Way.SUMMED, there) if made is not None else Passed(MISSING, Way.RATE, there)


def _shared(
    change: Change, steps: Sequence[Step], there: tuple[str, ...], told: Mapping[str, Observation], rule: Rule
) -> Passed:
    """A code that got parts of others: a figure only by shares."""
    shares = [1.0 if each.old not in change.parted else each.share for each in steps]
    figures = [told[each.old].figure if each.old in told else None for each in steps]
    if not rule.divides or None in shares:
        return Passed(MISSING, Way.SPLIT, there)
    if None in figures:
        return Passed(MISSING, Way.PARTS, there)
    made = sum(figure * share for figure, share in zip(figures, shares, strict=True) if figure is not None and share)
    marks = frozenset(mark for old in there for mark in told[old].marks) | {Mark.ESTIMATED}
    return Passed(Observation(figure=made, marks=marks), Way.SHARED, there)
