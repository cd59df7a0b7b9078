"""From rows to figures: the cells of placed rows read as figures of a region and period, compared, and added up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import product
from typing import NamedTuple

from geoapp.domain.figures import Read, Unread
from geoapp.domain.indicators import Indicator
from geoapp.domain.observations import MISSING, Mark, Observation
from geoapp.domain.period_words import PeriodRead
from geoapp.domain.periods import Period
from geoapp.releases.checking.derive import summed
from geoapp.releases.report import Fate, RowFate
from geoapp.releases.shaping.series import Series

TOTAL = "total"
"""The answer of a row that gives the sum over a second dimension."""
_NAMED = 12
"""So many lines a sentence names."""

Key = tuple[str, Period, str]
"""Indicator, period, code."""
Told = tuple[Observation, int | None]
"""What is said and in which line; without a line it follows from parts that are not all there."""
Owned = dict[tuple[str, Period], dict[str, Told]]
"""By indicator and period, then by code."""
_Slot = tuple[str, str, tuple[str, ...]]
"""The text of the period, code, and the answers in the columns over which a series is added up."""


class Given(NamedTuple):
    """A total that the table itself gives over a second dimension, beside the sum of its parts."""

    key: Key
    line: int
    total: float
    summed: float


class Alone(NamedTuple):
    """A figure of which only some parts are there: the lines of those, and the answers that are not."""

    key: Key
    lines: tuple[int, ...]
    absent: tuple[str, ...]


@dataclass(frozen=True)
class Figures:
    """Everything that is read of a table before it is looked at, one entry a row in each sequence.

    ``placed`` is the code of each row that was placed; ``reads`` the cells of each series; ``periods`` what the row
    says, None where no column does; ``answers`` those of the columns of a second dimension.
    """

    lines: Sequence[int]
    placed: Sequence[str | None]
    series: Sequence[Series]
    reads: Sequence[Sequence[Read]]
    periods: Sequence[PeriodRead | None] | None = None
    answers: Mapping[int, Sequence[str]] = field(default_factory=dict)


@dataclass
class Gathered:
    """What the rows say, and what became of each placed row, by its index."""

    owned: Owned = field(default_factory=dict)
    fates: dict[int, RowFate] = field(default_factory=dict)
    given: list[Given] = field(default_factory=list)
    alone: list[Alone] = field(default_factory=list)


class _Role(IntEnum):
    """What a row was good for; the best counts."""

    EXTRA = 1
    PART_OF_TOTAL = 2
    TOTAL = 3
    ALONE = 4
    USED = 5


def within(figure: float, indicator: Indicator) -> bool:
    """Whether a figure lies in the indicator's range."""
    low, high = indicator.minimum, indicator.maximum
    return (low is None or figure >= low) and (high is None or figure <= high)


def gather(figures: Figures) -> Gathered:
    """Decide between the rows of one region and period, and add up what is parted.

    The same figure twice is merged, another refuses all rows that bring it; a sum is known only where all parts are.
    """
    work = _Work(figures)
    work.refuse_unreadable()
    work.refuse_contradictions()
    for number in range(len(figures.series)):
        if figures.series[number].over:
            work.add_up(number)
        else:
            work.take(number)
    work.close()
    return work.done


class _Work:
    """One gathering, step by step."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self.done = Gathered()
        self.slots: list[dict[_Slot, int]] = []
        self.repeats: list[dict[_Slot, list[int]]] = []
        self.periods: dict[str, Period] = {}
        self.roles: dict[int, _Role] = {}
        self.first: dict[int, int] = {}
        """The row that a repeated row repeats."""

    # ── step 1: rows that cannot be read ───────────────────────────────────────────────────────────────────────

    def refuse_unreadable(self) -> None:
        f, fates = self.figures, self.done.fates
        needed = any(each.period is None for each in f.series)
        if f.periods is not None and needed:
            for index, code in enumerate(f.placed):
                if code is not None and f.periods[index] is None:
                    fates[index] = RowFate(f.lines[index], Fate.REFUSED, "row.period", {"code": code})
        for series, reads in zip(f.series, f.reads, strict=True):
            bad = self._bad(series, reads)
            for index in self._asked(series) if bad or series.over else ():
                code = f.placed[index]
                if code is None or index in fates:
                    continue
                if any(not f.answers[column][index] for column in series.over):
                    fates[index] = RowFate(f.lines[index], Fate.REFUSED, "row.part_unknown", {"code": code})
                elif id(reads[index]) in bad:
                    fates[index] = _unreadable(f.lines[index], code, reads[index], series.indicator)

    def _bad(self, series: Series, reads: Sequence[Read]) -> set[int]:
        """The results that cannot be used; equal cells share one result, so that few are looked at."""
        unique = {id(each): each for each in reads}
        hard = series.indicator.hard_range
        return {
            key
            for key, each in unique.items()
            if isinstance(each, Unread)
            or (hard and each.figure is not None and not within(each.figure, series.indicator))
        }

    def _asked(self, series: Series) -> Sequence[int]:
        """The rows with the answers that the series takes; several answers of one column are alternatives."""
        wanted: dict[int, set[str]] = {}
        for column, answer in series.where:
            wanted.setdefault(column, set()).add(answer)
        rows: Sequence[int] = range(len(self.figures.lines))
        for column, answers in wanted.items():
            said = self.figures.answers[column]
            rows = [index for index in rows if said[index] in answers]
        return rows

    # ── step 2: rows of one key ────────────────────────────────────────────────────────────────────────────────

    def refuse_contradictions(self) -> None:
        f = self.figures
        quarrels: dict[int, set[int]] = {}
        for number, reads in enumerate(f.reads):
            self._index(number)
            for slot, rows in self.repeats[number].items():
                together = {self.slots[number][slot], *rows}
                if len({_said(reads[index]) for index in together}) > 1:
                    for index in together:
                        quarrels.setdefault(index, set()).update(together)
        for index, together in quarrels.items():
            lines = ", ".join(str(f.lines[each]) for each in sorted(together)[:_NAMED])
            values = {"code": f.placed[index], "lines": lines}
            self.done.fates[index] = RowFate(f.lines[index], Fate.REFUSED, "row.contradicts", values)

    def _index(self, number: int) -> None:
        """Which row is the first of each slot of a series, and which come again."""
        f, series, fates = self.figures, self.figures.series[number], self.done.fates
        first: dict[_Slot, int] = {}
        again: dict[_Slot, list[int]] = {}
        over = [f.answers[column] for column in series.over]
        for index in self._asked(series):
            code = f.placed[index]
            if code is None or index in fates:
                continue
            own = f.periods[index] if f.periods is not None and series.period is None else None
            period = series.period or (own.period if own else None)
            assert period is not None  # recognising asks for one, and step 1 refused rows without
            self.periods[period.text] = period
            slot = (period.text, code, tuple([answers[index] for answers in over]) if over else ())
            if first.setdefault(slot, index) != index:
                again.setdefault(slot, []).append(index)
        self.slots.append(first)
        self.repeats.append(again)

    def _left(self, number: int, slot: _Slot, first: int) -> int | None:
        """The first row of a slot that was not refused; those that repeat it are marked."""
        again = self.repeats[number].get(slot, ())
        rows = [index for index in (first, *again) if index not in self.done.fates]
        for index in rows[1:]:
            self.first.setdefault(index, rows[0])
        return rows[0] if rows else None

    def _role(self, index: int, role: _Role) -> None:
        if self.roles.get(index, 0) < role:
            self.roles[index] = role

    # ── step 3: figures ────────────────────────────────────────────────────────────────────────────────────────

    def take(self, number: int) -> None:
        """The figures of a series whose rows are whole."""
        slug, lines = self.figures.series[number].indicator.slug, self.figures.lines
        repeats, told = (
            self.repeats[number],
            {text: self.done.owned.setdefault((slug, period), {}) for text, period in self.periods.items()},
        )
        for slot, first in self.slots[number].items():
            index = self._left(number, slot, first) if slot in repeats else first
            if index is None or index in self.done.fates:
                continue
            self.roles[index] = _Role.USED
            told[slot[0]][slot[1]] = (self._observed(number, index), lines[index])
        for period in self.periods.values():
            if not self.done.owned[slug, period]:
                del self.done.owned[slug, period]

    def add_up(self, number: int) -> None:
        """The figures of a series whose rows are parted by sex, age or the like."""
        series = self.figures.series[number]
        parts: dict[tuple[str, str], dict[tuple[str, ...], int]] = {}
        for slot, first in self.slots[number].items():
            index = self._left(number, slot, first)
            if index is not None:
                parts.setdefault(slot[:2], {})[slot[2]] = index
        wanted = list(product(*series.values))
        whole = (TOTAL,) * len(series.over)
        for (text, code), rows in parts.items():
            self._sum(number, (series.indicator.slug, self.periods[text], code), rows, (wanted, whole))

    def _sum(
        self,
        number: int,
        key: Key,
        rows: Mapping[tuple[str, ...], int],
        asked: tuple[Sequence[tuple[str, ...]], tuple[str, ...]],
    ) -> None:
        wanted, whole = asked
        own = {answers: rows[answers] for answers in wanted if answers in rows}
        total = rows.get(whole)
        for answers, index in rows.items():
            if answers not in own and answers != whole:
                self._role(index, _Role.TOTAL if TOTAL in answers else _Role.EXTRA)
        if len(own) == len(wanted):
            self._whole(number, key, list(own.values()), total)
        elif total is not None:
            self._keep(number, key, total)
            for index in own.values():
                self._role(index, _Role.PART_OF_TOTAL)
        elif own:
            self._alone(key, own, wanted)

    def _whole(self, number: int, key: Key, own: Sequence[int], total: int | None) -> None:
        """All parts are there: their sum, which a given total must agree with."""
        made = summed([{"": self._observed(number, index)} for index in own])[""]
        self._own(key, (made, self.figures.lines[own[0]]))
        for index in own:
            self._role(index, _Role.USED)
        if total is None:
            return
        self._role(total, _Role.TOTAL)
        given = self._observed(number, total).figure
        if given is not None and made.figure is not None:
            self.done.given.append(Given(key, self.figures.lines[total], given, made.figure))

    def _own(self, key: Key, told: Told) -> None:
        slug, period, code = key
        self.done.owned.setdefault((slug, period), {})[code] = told

    def _keep(self, number: int, key: Key, index: int) -> None:
        self._own(key, (self._observed(number, index), self.figures.lines[index]))
        self._role(index, _Role.USED)

    def _alone(self, key: Key, own: Mapping[tuple[str, ...], int], wanted: Sequence[tuple[str, ...]]) -> None:
        """Some parts are not there: the whole is missing, and these parts stand alone."""
        self._own(key, (MISSING, None))
        absent = tuple(" ".join(answers) for answers in wanted if answers not in own)
        lines = tuple(self.figures.lines[index] for index in own.values())
        self.done.alone.append(Alone(key, lines, absent))
        for index in own.values():
            self._role(index, _Role.ALONE)

    def _observed(self, number: int, index: int) -> Observation:
        series, cell = self.figures.series[number], self.figures.reads[number][index]
        assert isinstance(cell, Observation)  # rows of others were refused
        own = self.figures.periods[index] if self.figures.periods is not None else None
        marks: frozenset[Mark] = series.marks | own.marks if own and own.marks else series.marks
        if not marks or not cell.known:
            return cell
        return Observation(cell.figure, cell.category, cell.state, cell.marks | marks)

    # ── the end ────────────────────────────────────────────────────────────────────────────────────────────────

    def close(self) -> None:
        """Give every placed row the fate of the best it was good for."""
        f, fates = self.figures, self.done.fates
        absent = {line: each for each in self.done.alone for line in each.lines}
        for index, code in enumerate(f.placed):
            if code is None or index in fates:
                continue
            line, role = f.lines[index], self.roles.get(index)
            if role is None and index in self.first:
                first = self.first[index]
                role = self.roles.get(first)
                if role is _Role.USED:
                    values = {"code": code, "first": f.lines[first]}
                    fates[index] = RowFate(line, Fate.MERGED, "row.repeats", values)
                    continue
            if role is _Role.USED:
                fates[index] = RowFate(line, Fate.JOINED, "", {"code": code})
            elif role is _Role.ALONE:
                said = absent[f.lines[self.first.get(index, index)]].absent
                fates[index] = RowFate(line, Fate.REFUSED, "row.part_alone", {"code": code, "absent": list(said)})
            else:
                reason = _ASIDE.get(role or _Role.EXTRA, "row.not_asked")
                fates[index] = RowFate(line, Fate.SET_ASIDE, reason, {"code": code})


_ASIDE = {_Role.TOTAL: "row.total", _Role.PART_OF_TOTAL: "row.part_of_total"}


def _said(cell: Read) -> tuple[object, ...]:
    assert isinstance(cell, Observation)  # rows of others were refused
    return cell.figure, cell.category, cell.state


def _unreadable(line: int, code: str, cell: Read, indicator: Indicator) -> RowFate:
    if isinstance(cell, Unread):
        values = {"code": code, "cell": cell.text[:40], "indicator": indicator.slug}
        return RowFate(line, Fate.REFUSED, cell.reason, values)
    return RowFate(
        line, Fate.REFUSED, "row.range", {"code": code, "cell": f"{cell.figure:g}", "indicator": indicator.slug}
    )
