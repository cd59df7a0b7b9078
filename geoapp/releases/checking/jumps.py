"""Figures that leap: from the regions around, from the period before, from what was last published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, NamedTuple

from geoapp.domain.findings import Finding, Place, Weight
from geoapp.domain.indicators import Indicator
from geoapp.domain.levels import Level
from geoapp.domain.observations import Observation
from geoapp.domain.periods import Period, earlier
from geoapp.releases.checking.gather import Owned, Told
from geoapp.releases.matching.target import Target

Published = Mapping[Period, Mapping[str, Observation]]
"""What the last release of an indicator says: period → code → observation."""

_SHOWN = 3
_LARGEST = 10
_SIBLINGS = 5
"""Fewer regions in one parent tell nothing about each other."""
_OUTSIDE = 10.0
"""So many times the median of its siblings, and …"""
_APART = 3.0
"""… so many times the next largest: an extra digit, not a large village."""
_LEAP = 5.0
"""So many times more or less than before is a leap, …"""
_WORTH = 100.0
"""… where one of the two figures is at least this."""
_THOUSANDS = 1000.0
_FEW = 0.05
"""So small a share of zeros, where all others are large, is rather a figure that was not filled in."""


class Leap(NamedTuple):
    """A figure and what it leaps from."""

    line: int | None
    code: str
    period: Period
    figure: float
    before: float


@dataclass(frozen=True)
class Change:
    """What a table changes in one period of what was last published, the largest changes first.

    ``against`` is the period it is compared with: the same, or the last before it.
    """

    indicator: str
    period: str
    against: str
    changed: int
    new: int
    lost: int
    largest: tuple[Mapping[str, Any], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The JSON form, with the message that says it."""
        counts = {"changed": self.changed, "new": self.new, "lost": self.lost}
        said = {"indicator": self.indicator, "period": self.period, "against": self.against}
        message = "check.changes" if self.period == self.against else "check.changes_since"
        return {"message": message, "values": said | counts, **said, **counts, "largest": list(self.largest)}


def leaps(owned: Owned, target: Target, indicators: Iterable[Indicator], place: Place) -> Iterable[Finding]:
    """Figures far from those around them, zeros among thousands, and leaps between the periods of the table."""
    for indicator in indicators:
        if not indicator.kind.is_amount:
            continue
        its = {period: told for (slug, period), told in owned.items() if slug == indicator.slug}
        zeros = [leap for period, told in its.items() for leap in _zeros(period, told, target)]
        far = [leap for period, told in its.items() for leap in _far(period, told, target)]
        yield from _finding("check.zero_unlikely", indicator, zeros, (target, place))
        yield from _finding("check.far", indicator, far, (target, place))
        if indicator.stock:
            odd = {(each.period, each.code) for each in (*zeros, *far)}
            yield from _finding("check.leap", indicator, list(_between(its, odd)), (target, place))


def changes(
    owned: Owned, last: Mapping[str, Published], target: Target, asked: Sequence[str]
) -> tuple[tuple[Change, ...], Mapping[str, list[Leap]]]:
    """What every period changes in the last release, and the leaps among it by indicator."""
    found: list[Change] = []
    leaping: dict[str, list[Leap]] = {}
    for (slug, period), told in owned.items():
        published = last.get(slug)
        if not published:
            continue
        against = period if period in published else (earlier(period, published) or (None,))[0]
        if against is None:
            continue
        before = published[against]
        made, leaped = _change(slug, (period, against), told, before, (target, frozenset(asked)))
        found.append(made)
        leaping.setdefault(slug, []).extend(leaped)
    return tuple(found), leaping


def leaped(indicator: Indicator, found: list[Leap], target: Target, place: Place) -> Iterable[Finding]:
    """The leaps from what was last published, as a finding."""
    if indicator.kind.is_amount and indicator.stock:
        yield from _finding("check.leap_published", indicator, found, (target, place))


def _change(
    slug: str,
    periods: tuple[Period, Period],
    told: Mapping[str, Told],
    before: Mapping[str, Observation],
    where: tuple[Target, frozenset[str]],
) -> tuple[Change, list[Leap]]:
    (period, against), (target, asked) = periods, where
    changed, new, lost = 0, 0, 0
    sizes: list[tuple[float, Leap]] = []
    for code, (now, line) in told.items():
        was = before.get(code)
        if was is None or not was.known:
            new += now.known
        elif not now.known:
            lost += 1
        elif (now.figure, now.category) != (was.figure, was.category):
            changed += 1
            if now.figure is not None and was.figure is not None:
                sizes.append((_size(now.figure, was.figure), Leap(line, code, period, now.figure, was.figure)))
    sizes.sort(key=lambda each: (-each[0], each[1].code))
    largest = tuple(
        {"code": leap.code, "name": target.name_of(leap.code), "before": leap.before, "now": leap.figure}
        for _, leap in sizes[:_LARGEST]
        if leap.code in asked
    )
    change = Change(slug, period.text, against.text, changed, new, lost, largest)
    return change, [leap for _, leap in sizes if _leaps(leap.figure, leap.before)]


def _size(now: float, before: float) -> float:
    """How large a change is: the times between both, a change from or to nothing being the largest by its amount."""
    small, large = sorted((abs(now), abs(before)))
    return large / small if small and (now > 0) == (before > 0) else 1e9 + large


def _leaps(now: float, before: float) -> bool:
    return max(abs(now), abs(before)) >= _WORTH and _size(now, before) >= _LEAP


def _between(its: Mapping[Period, Mapping[str, Told]], odd: set[tuple[Period, str]]) -> Iterable[Leap]:
    """Leaps from one period of the table to the next of the same length; figures already told are left out."""
    for period in sorted(its):
        found = earlier(period, its)
        if found is None:
            continue
        for code, (now, line) in its[period].items():
            before = its[found[0]].get(code)
            if before is None or now.figure is None or before[0].figure is None:
                continue
            if {(period, code), (found[0], code)} & odd or not _leaps(now.figure, before[0].figure):
                continue
            yield Leap(line, code, period, now.figure, before[0].figure)


def _far(period: Period, told: Mapping[str, Told], target: Target) -> Iterable[Leap]:
    """Figures many times the median of the regions of their parent, and far above the next."""
    groups: dict[str, list[tuple[float, str]]] = {}
    for code, (each, _) in told.items():
        if each.figure is not None:
            groups.setdefault(next(iter(target.holders(code)), ""), []).append((each.figure, code))
    for group in groups.values():
        if len(group) < _SIBLINGS:
            continue
        middle = median(figure for figure, _ in group)
        group.sort()
        (next_figure, _), (figure, code) = group[-2:]
        if middle > 0 and figure >= _WORTH and figure > _OUTSIDE * middle and figure > _APART * next_figure:
            yield Leap(told[code][1], code, period, figure, middle)


def _zeros(period: Period, told: Mapping[str, Told], target: Target) -> Iterable[Leap]:
    """Zeros in a regency whose other figures are all large."""
    groups: dict[str, list[tuple[float, str]]] = {}
    zeros = {code for code, (each, _) in told.items() if each.figure == 0}
    if not zeros:
        return
    wanted = {target.upper(code, Level.REGENCY) for code in zeros}
    for code, (each, _) in told.items():
        upper = target.upper(code, Level.REGENCY)
        if each.figure is not None and upper in wanted:
            groups.setdefault(upper or "", []).append((each.figure, code))
    for group in groups.values():
        full = [figure for figure, _ in group if figure != 0]
        none = [code for figure, code in group if figure == 0]
        if len(full) < _SIBLINGS or len(none) > _FEW * len(group):
            continue
        if median(full) >= _THOUSANDS and min(full) >= _WORTH:
            yield from (Leap(told[code][1], code, period, 0.0, median(full)) for code in none)


def _finding(
    message: str, indicator: Indicator, found: Sequence[Leap], where: tuple[Target, Place]
) -> Iterable[Finding]:
    if not found:
        return
    target, place = where
    examples = [
        {
            "message": "check.leap_example",
            "values": {
                "line": each.line,
                "name": target.name_of(each.code),
                "period": each.period.text,
                "figure": each.figure,
                "before": each.before,
            },
        }
        for each in found[:_SHOWN]
    ]
    lines = [each.line for each in found if each.line is not None]
    values = {
        "n": len(found),
        "indicator": indicator.slug,
        "examples": examples,
        "lines": ", ".join(map(str, sorted(lines)[:_LARGEST])),
    }
    yield Finding(Weight.WARN, message, values, Place(place.file, place.sheet, min(lines, default=None)))
