"""What is worth reading about a checked table: what lies out of range, does not add up, leaps, or is not there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from geoapp.domain.findings import Finding, Place, Weight
from geoapp.domain.indicators import Indicator
from geoapp.releases.checking.coverage import Coverage, coverage, incomplete, not_there
from geoapp.releases.checking.gather import Alone, Figures, Gathered, within
from geoapp.releases.checking.jumps import Published, changes, leaped, leaps
from geoapp.releases.checking.scope import impossible
from geoapp.releases.checking.totals import Scene, differences
from geoapp.releases.matching.match import Match
from geoapp.releases.reading.table import Table
from geoapp.releases.report import Fate, RowFate
from geoapp.releases.shaping.shape import Shape

_SHOWN = 3
_NOT_COUNTED = ("row.total", "row.header_again", "row.note", "row.group")


@dataclass(frozen=True)
class Beside:
    """What is known besides the table: the catalogue, what was last published, the names of codes elsewhere.

    ``computed`` are rates that are made of the table's figures.
    """

    known: Mapping[str, Indicator] = field(default_factory=dict)
    last: Mapping[str, Published] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    computed: tuple[Indicator, ...] = ()


@dataclass(frozen=True)
class Checked:
    """A table with its figures gathered and the fate of every row."""

    table: Table
    shape: Shape
    found: Match
    figures: Figures
    done: Gathered
    fates: Sequence[RowFate]
    beside: Beside

    @property
    def place(self) -> Place:
        """The file and sheet."""
        return Place(self.table.file, self.table.sheet)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Those of the table, each once."""
        every = (*(each.indicator for each in self.shape.series), *self.beside.computed)
        return tuple({each.slug: each for each in every}.values())

    @cached_property
    def coverage(self) -> tuple[Coverage, ...]:
        """How many regions of each parent have a figure."""
        return coverage(self.done.owned, self.found.target, self.found.asked)


@dataclass(frozen=True)
class Review:
    """Findings, the heavier rooms first, and what changes in what was published."""

    findings: tuple[Finding, ...]
    changes: tuple[Mapping[str, Any], ...]


def review(checked: Checked) -> Review:
    """Look at everything that can be looked at without another table."""
    target, owned = checked.found.target, checked.done.owned
    made, leaping = changes(owned, checked.beside.last, target, checked.found.asked)
    findings = [
        *_nothing(checked),
        *_unread(checked),
        *not_there(checked.fates, target, checked.beside.names, checked.place),
        *_alone(checked),
        *_outside_range(checked),
        *_cannot_exist(checked),
        *differences(_scene(checked)),
        *leaps(owned, target, checked.indicators, checked.place),
    ]
    for each in checked.indicators:
        findings.extend(leaped(each, leaping.get(each.slug, []), target, checked.place))
    findings.extend(incomplete(checked.coverage, checked.place))
    return Review(tuple(findings), tuple(each.as_dict() for each in made))


def _scene(checked: Checked) -> Scene:
    rows = range(len(checked.fates))
    totals = [n for n in rows if checked.fates[n].reason == "row.total" and checked.figures.placed[n] is None]
    data = [
        n
        for n in rows
        if n not in checked.found.uppers
        and checked.fates[n].reason not in _NOT_COUNTED
        and checked.fates[n].fate is not Fate.MERGED
    ]
    known = {**checked.beside.known, **{each.slug: each for each in checked.indicators}}
    return Scene(
        checked.figures, checked.done, checked.found.target, checked.place, checked.found.uppers, totals, data, known
    )


def _nothing(checked: Checked) -> Iterable[Finding]:
    if not checked.done.owned and checked.found.question is None:
        yield Finding(Weight.STOP, "import.nothing_joined", {}, checked.place)


def _unread(checked: Checked) -> Iterable[Finding]:
    if checked.shape.unread:
        yield Finding(Weight.NOTE, "import.columns_unread", {"columns": ", ".join(checked.shape.unread)}, checked.place)


def _alone(checked: Checked) -> Iterable[Finding]:
    """Figures of which only some parts are there, by what is not."""
    groups: dict[tuple[str, tuple[str, ...]], list[Alone]] = {}
    for each in checked.done.alone:
        groups.setdefault((each.key[0], each.absent), []).append(each)
    for (slug, absent), alike in groups.items():
        examples = [
            {
                "message": "check.part_example",
                "values": {"name": checked.found.target.name_of(code), "period": period.text},
            }
            for _, period, code in (each.key for each in alike[:_SHOWN])
        ]
        values = {"n": len(alike), "indicator": slug, "absent": list(absent), "examples": examples}
        yield Finding(Weight.WARN, "check.part_alone", values, _at(checked, alike[0].lines[0]))


def _outside_range(checked: Checked) -> Iterable[Finding]:
    """Figures outside a range that may be passed; outside one that may not, the row was refused."""
    for each in checked.indicators:
        if each.minimum is None and each.maximum is None:
            continue
        lines = [
            line
            for (slug, _), told in checked.done.owned.items()
            if slug == each.slug
            for said, line in told.values()
            if said.figure is not None and line is not None and not within(said.figure, each)
        ]
        if lines:
            values = {"n": len(lines), "indicator": each.slug, "lines": ", ".join(map(str, sorted(lines)[:_SHOWN]))}
            yield Finding(Weight.WARN, "import.outside_range", values, _at(checked, min(lines)))


def _cannot_exist(checked: Checked) -> Iterable[Finding]:
    """Figures of regions where the indicator does not exist: they stay, and are told."""
    nowhere: dict[tuple[str, ...], tuple[str, ...]] = {}
    for each in checked.indicators:
        if not each.applies_to:
            continue
        if each.applies_to not in nowhere:
            nowhere[each.applies_to] = impossible(each, checked.found.asked, checked.found.target)
        never = nowhere[each.applies_to]
        lines = [
            line
            for (slug, _), told in checked.done.owned.items()
            if slug == each.slug
            for code in never
            if code in told
            if told[code][0].known and (line := told[code][1]) is not None
        ]
        if lines:
            kinds = ", ".join(kind.replace("_", " ") for kind in each.applies_to)
            values = {"n": len(lines), "indicator": each.slug, "kinds": kinds, "lines": sorted(lines)[:_SHOWN]}
            yield Finding(Weight.WARN, "check.cannot_exist", values, _at(checked, min(lines)))


def _at(checked: Checked, line: int) -> Place:
    return Place(checked.table.file, checked.table.sheet, line)
