"""Lineage: which code became which, and which changes lead to a set of boundaries.

A *step* leads from one code to one that followed it. Steps of one day that share a code are one *change*: a split, a
merge, or a code that became another.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What happened; ``kind`` is a change of kind: a desa became a kelurahan."""

    SPLIT = "split"
    MERGE = "merge"
    MOVE = "move"
    RENAME = "rename"
    KIND = "kind"


class ShareOf(StrEnum):
    """What a share is a share of."""

    AREA = "area"
    POPULATION = "population"


@dataclass(frozen=True, slots=True)
class Step:
    """``old`` became ``new`` (or, of several, a part of it) on the day ``since``; ``share`` of ``old``, 0…1."""

    since: date
    old: str
    new: str
    kind: Kind
    share: float | None = None
    share_of: ShareOf | None = None
    act: str = ""

    @property
    def key(self) -> tuple[date, str, str]:
        """What tells it from every other step, and its place among them."""
        return self.since, self.old, self.new


@dataclass(frozen=True)
class Change:
    """The steps of one day that share codes."""

    since: date
    steps: tuple[Step, ...]

    @cached_property
    def olds(self) -> frozenset[str]:
        """The codes before it."""
        return frozenset(each.old for each in self.steps)

    @cached_property
    def news(self) -> frozenset[str]:
        """The codes after it."""
        return frozenset(each.new for each in self.steps)

    @property
    def gone(self) -> frozenset[str]:
        """The codes that ended."""
        return self.olds - self.news

    @property
    def fresh(self) -> frozenset[str]:
        """The codes that began."""
        return self.news - self.olds

    @property
    def kind(self) -> Kind:
        """What it is called: what was parted weighs more than what was joined."""
        kinds = {each.kind for each in self.steps}
        return next(kind for kind in Kind if kind in kinds)

    @property
    def act(self) -> str:
        """The legal acts behind it."""
        return "; ".join(dict.fromkeys(each.act for each in self.steps if each.act))

    @cached_property
    def parted(self) -> frozenset[str]:
        """The codes that became more than one."""
        counted = Counter(each.old for each in self.steps)
        return frozenset(code for code, n in counted.items() if n > 1)

    def within(self, codes: Collection[str], day: date) -> bool:
        """Whether a set of boundaries with these codes, dated this day, was drawn after the change."""
        if self.fresh:
            return any(code in codes for code in self.fresh)
        if any(code in codes for code in self.gone):
            return False
        return any(code in codes for code in self.news) and self.since <= day

    def touches(self, codes: Collection[str]) -> bool:
        """Whether any of its codes is among these."""
        return any(code in codes for code in self.olds | self.news)

    def spoken(self, said: Collection[str], known: Collection[str], last: date) -> bool:
        """Whether codes (``said`` by rows, ``known`` by figures of a period to ``last``) are those before it.

        A code that ended always is. One that both have is of the time of its period, unless a figure of a code that
        began shows that the table was made over for today's regions.
        """
        if any(code in said for code in self.gone):
            return True
        if last >= self.since or not self.moves_land:
            return False
        return any(code in said for code in self.olds) and not any(code in known for code in self.fresh)

    @property
    def moves_land(self) -> bool:
        """Whether any code became another; otherwise only names changed."""
        return any(each.old != each.new for each in self.steps)


@dataclass(frozen=True)
class Lineage:
    """Every change of one code system, in the order of their days."""

    changes: tuple[Change, ...] = ()

    @classmethod
    def of(cls, steps: Iterable[Step]) -> "Lineage":
        """The steps gathered into changes."""
        days: dict[date, list[Step]] = {}
        for each in sorted(steps, key=lambda each: each.key):
            days.setdefault(each.since, []).append(each)
        return cls(tuple(Change(day, group) for day, its in sorted(days.items()) for group in _together(its)))

    def into(self, codes: Collection[str], day: date) -> "Lineage":
        """The changes that lead to a set of boundaries with these codes, dated this day."""
        if not self.changes:
            return self
        leading: list[Change] = []
        wanted = set(codes)
        for each in reversed(self.changes):
            if each.within(wanted, day):
                leading.append(each)
                wanted |= each.olds
        return Lineage(tuple(reversed(leading)))

    def heirs(self, code: str) -> frozenset[str]:
        """The codes that followed one after all changes; itself where none took it up."""
        found, ahead = set(), [(code, 0)]
        while ahead:
            current, after = ahead.pop()
            at = next((n for n in self._at.get(current, ()) if n >= after), None)
            if at is None:
                found.add(current)
            else:
                ahead += [(step.new, at + 1) for step in self.changes[at].steps if step.old == current]
        return frozenset(found)

    @cached_property
    def _at(self) -> Mapping[str, Sequence[int]]:
        """The places of the changes that a code goes into, in their order."""
        found: dict[str, list[int]] = {}
        for n, each in enumerate(self.changes):
            for code in each.olds:
                found.setdefault(code, []).append(n)
        return found

    @property
    def olds(self) -> Set[str]:
        """Every code before any change."""
        return self._at.keys()

    def apart(self, past: "Lineage", codes: Collection[str], moment: date) -> int:
        """How many changes lie between a set of boundaries with these codes, to which ``past`` led, and a moment."""
        led = set(past.changes)
        return sum(
            (each in led) != (each.since <= moment)
            for each in self.changes
            if each.moves_land and (each in led or each.touches(codes))
        )


def _together(steps: Sequence[Step]) -> list[tuple[Step, ...]]:
    """Steps of one day, in their order, those that share a code together."""
    beside: dict[str, list[Step]] = {}
    for each in steps:
        for code in {each.old, each.new}:
            beside.setdefault(code, []).append(each)
    groups, seen = [], set[str]()
    for each in steps:
        codes, ahead = set[str](), [each.old]
        while ahead:
            code = ahead.pop()
            if code not in seen:
                seen.add(code)
                codes.add(code)
                ahead += [other for step in beside[code] for other in (step.old, step.new)]
        if codes:
            own = {step.key: step for code in codes for step in beside[code]}
            groups.append(tuple(own[key] for key in sorted(own)))
    return groups
