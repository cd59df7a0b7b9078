"""What cannot have happened: steps that are no lineage, each with the reason."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from geoapp.domain.lineage import Kind, Step

_WHOLE = 1 + 1e-6
"""Shares of one code add up to no more, rounding aside."""


class Fault(NamedTuple):
    """Why a step cannot be: a message id with its values."""

    step: Step
    message: str
    values: Mapping[str, str]


def faults(steps: Iterable[Step]) -> tuple[Fault, ...]:
    """What is wrong with these steps, taken together; empty where they are a lineage.

    Shares of one code on one day are above 0 and add up to at most 1; whatever is split has several parts, whatever is
    merged has several origins, and any other code becomes one; no code begins or ends twice, or comes back to itself
    through others.
    """
    every = sorted(steps, key=lambda each: each.key)
    beside = _Beside(every)
    found = [
        Fault(each, message, {"old": each.old, "new": each.new}) for each in every if (message := beside.fault(each))
    ]
    return (*found, *_again(every), *_circle(every))


class _Beside:
    """What stands beside a step on its day."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self.parts = Counter((each.since, each.old) for each in steps)
        self.origins = Counter((each.since, each.new) for each in steps)
        self.times = Counter(each.key for each in steps)
        self.shares: dict[tuple[date, str], float] = {}
        for each in steps:
            key = (each.since, each.old)
            self.shares[key] = self.shares.get(key, 0.0) + (each.share or 0.0)

    def fault(self, step: Step) -> str:
        """What is wrong with a step by itself or beside the others; empty where nothing is."""
        parts, origins = self.parts[step.since, step.old], self.origins[step.since, step.new]
        one_to_one = step.kind in (Kind.MOVE, Kind.KIND, Kind.RENAME)
        wrong = {
            "error.lineage_twice": self.times[step.key] > 1,
            "error.lineage_share_range": step.share is not None and not 0 < step.share <= 1,
            "error.lineage_shares_sum": self.shares[step.since, step.old] > _WHOLE,
            "error.lineage_split_of_one": step.kind is Kind.SPLIT and parts < 2,
            "error.lineage_merge_of_one": step.kind is Kind.MERGE and origins < 2,
            "error.lineage_not_alone": one_to_one and (parts > 1 or origins > 1),
            "error.lineage_same_code": step.kind in (Kind.MOVE, Kind.KIND) and step.old == step.new,
        }
        return next((message for message, true in wrong.items() if true), "")


def _again(steps: Sequence[Step]) -> Iterable[Fault]:
    """Steps by which a code begins, or ends, on a second day."""
    stays = {(each.since, each.old) for each in steps} & {(each.since, each.new) for each in steps}
    begun: dict[str, date] = {}
    ended: dict[str, date] = {}
    for each in steps:
        for days, code in ((begun, each.new), (ended, each.old)):
            if (each.since, code) not in stays and days.setdefault(code, each.since) != each.since:
                values = {"old": each.old, "new": each.new, "code": code, "day": days[code].isoformat()}
                yield Fault(each, "error.lineage_again", values)


def _circle(steps: Sequence[Step]) -> Iterable[Fault]:
    """The first step that leads back to where it came from."""
    onward: dict[str, list[Step]] = {}
    for each in steps:
        if each.old != each.new:
            onward.setdefault(each.old, []).append(each)
    done: set[str] = set()
    for start in onward:
        path: dict[str, None] = {}
        stack: list[tuple[str, bool]] = [(start, False)]
        while stack:
            code, left = stack.pop()
            if left:
                path.pop(code, None)
                done.add(code)
                continue
            if code in done:
                continue
            path[code] = None
            stack.append((code, True))
            for each in onward.get(code, ()):
                if each.new in path:
                    return [Fault(each, "error.lineage_circle", {"old": each.old, "new": each.new})]
                stack.append((each.new, False))
    return []
