"""The join report: what became of every row and of every region; the counts add up, or the report cannot be made."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from geoapp.domain.codes import CodeSystem
from geoapp.domain.findings import Ask, Finding, Understood, Weight
from geoapp.domain.levels import Level
from geoapp.domain.periods import Period
from geoapp.domain.words import Words

_PUBLIC_VALUES = {"n", "indicator", "indicators", "system", "edition", "level", "base", "percent", "header", "period"}


_SHOWN = 3
"""So many changes a sentence names."""


class Fate(StrEnum):
    """What became of a row: exactly one of these."""

    JOINED = "joined"
    MERGED = "merged"
    SUGGESTED = "suggested"
    REFUSED = "refused"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class RowFate:
    """One row's fate; ``reason`` is a message id, empty for a joined row."""

    line: int
    fate: Fate
    reason: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


class SeriesCount(NamedTuple):
    """The regions of the edition's base level in one indicator and period; the three add up to ``asked``."""

    indicator: str
    period: str
    asked: int
    figure: int
    state: int
    no_row: int


@dataclass(frozen=True)
class JoinReport:
    """The whole account of one table. ``without_row`` names the regions no row spoke of, by series.

    ``rows`` has one entry for every row below the header that is not empty; ``headings`` are the lines above them and
    ``header`` the names of the columns. ``changes`` say what the table changes in what was last published, ``coverage``
    how many regions of each upper region have a figure, ``lineage`` which figures came through a change of codes or
    were lost in it; all three are in the JSON form already. ``names`` are those of the indicators
    by slug, kept so that the report can be read when the catalogue calls them otherwise.
    """

    file: str
    sheet: str
    edition: str
    area: str
    code_system: CodeSystem | None
    code_column: str
    level: Level | None
    rows: tuple[RowFate, ...]
    series: tuple[SeriesCount, ...]
    without_row: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    findings: tuple[Finding, ...]
    understood: tuple[Understood, ...] = ()
    question: Ask | None = None
    headings: tuple[int, ...] = ()
    header: tuple[str, ...] = ()
    changes: tuple[Mapping[str, Any], ...] = ()
    coverage: tuple[Mapping[str, Any], ...] = ()
    lineage: tuple[Mapping[str, Any], ...] = ()
    names: Mapping[str, Words] = field(default_factory=dict)

    def __post_init__(self) -> None:
        lines = [row.line for row in self.rows]
        if len(set(lines)) != len(lines):
            raise ValueError("a row stands twice in the report")
        for each in self.series:
            if each.figure + each.state + each.no_row != each.asked:
                raise ValueError(f"the regions of {each.indicator} {each.period} do not add up")

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows read, and by fate."""
        counted = Counter(row.fate for row in self.rows)
        return {"read": len(self.rows), **{fate.value: counted[fate] for fate in Fate}}

    @property
    def stopped(self) -> bool:
        """Whether a finding or an open question forbids going on."""
        if self.question is not None and self.question.blocking:
            return True
        return any(finding.weight is Weight.STOP for finding in self.findings)

    @property
    def indicators(self) -> tuple[str, ...]:
        """The indicators of the table, in its order."""
        return tuple(dict.fromkeys(each.indicator for each in self.series))

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods of the table, sorted."""
        return tuple(sorted({each.period for each in self.series}))

    def reasons(self) -> Mapping[tuple[Fate, str], Sequence[RowFate]]:
        """The rows that were not joined, by fate and reason."""
        grouped: dict[tuple[Fate, str], list[RowFate]] = {}
        for row in self.rows:
            if row.fate is not Fate.JOINED:
                grouped.setdefault((row.fate, row.reason), []).append(row)
        return grouped

    def as_dict(self) -> dict[str, Any]:
        """The JSON form: kept with the batch, and what ``--json`` prints (with sentences added)."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "edition": self.edition,
            "area": self.area,
            "code_system": self.code_system.value if self.code_system else "",
            "code_column": self.code_column,
            "level": self.level.slug if self.level else "",
            "indicators": list(self.indicators),
            "periods": list(self.periods),
            "rows": dict(self.counts),
            "joined_lines": ranges(row.line for row in self.rows if row.fate is Fate.JOINED),
            "others": [
                {"line": row.line, "fate": row.fate.value, "reason": row.reason, "values": dict(row.values)}
                for row in self.rows
                if row.fate is not Fate.JOINED
            ],
            "regions": [each._asdict() for each in self.series],
            "without_row": [{"series": list(series), "codes": list(codes)} for series, codes in self.without_row],
            "findings": [finding.as_dict() for finding in self.findings],
            "understood": [each.as_dict() for each in self.understood],
            "question": self.question.as_dict() if self.question else None,
            "headings": list(self.headings),
            "header": list(self.header),
            "changes": [dict(each) for each in self.changes],
            "coverage": [dict(each) for each in self.coverage],
            "lineage": [dict(each) for each in self.lineage],
            "names": {slug: words.as_dict() for slug, words in self.names.items()},
        }

    def public(self, indicator: str) -> dict[str, Any]:
        """What may be shown with a release of ``indicator``: counts and findings without any cell's text."""
        outcomes = Counter((row.fate.value, row.reason) for row in self.rows if row.fate is not Fate.JOINED)
        return {
            "rows": dict(self.counts),
            "outcomes": [{"fate": fate, "reason": reason, "n": n} for (fate, reason), n in sorted(outcomes.items())],
            "regions": [each._asdict() for each in self.series if each.indicator == indicator],
            "lineage": [dict(each) for each in self.lineage if each["indicator"] == indicator],
            "findings": [
                {
                    "weight": finding.weight.value,
                    "message": finding.message,
                    "values": {name: value for name, value in finding.values.items() if name in _PUBLIC_VALUES},
                }
                for finding in self.findings
            ],
        }


def count_regions(
    codes: Iterable[str], said: Mapping[tuple[str, Period], Mapping[str, bool]]
) -> tuple[tuple[SeriesCount, ...], tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]:
    """Count the regions of every series; ``said`` holds for each code with a row whether it has a figure.

    Also gives the regions without a row, series with the same ones together.
    """
    asked = list(codes)
    counts = []
    absent: dict[tuple[str, ...], list[str]] = {}
    for (indicator, period), figures in said.items():
        known = sum(figures.values())
        counts.append(
            SeriesCount(indicator, period.text, len(asked), known, len(figures) - known, len(asked) - len(figures))
        )
        without = tuple(code for code in asked if code not in figures)
        if without:
            absent.setdefault(without, []).append(f"{indicator} {period.text}")
    return tuple(counts), tuple((tuple(series), without) for without, series in absent.items())


def led(entries: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The values of a sentence about entries of ``lineage``: how many regions, and the first changes as messages."""
    changes = {(each["kind"], *each["olds"], *each["news"]): each for each in entries}
    examples = [
        {
            "message": f"lineage.example.{each['kind']}",
            "values": {
                "olds": ", ".join(each["olds"]),
                "news": ", ".join(f"{name} ({code})" for code, name in each["news"].items()),
                "year": each["since"][:4],
            },
        }
        for each in list(changes.values())[:_SHOWN]
    ]
    return {"n": len({code for each in changes.values() for code in each["news"]}), "examples": examples}


def ranges(lines: Iterable[int]) -> list[str]:
    """Lines as ranges, so that a long table stays a short text.

    >>> ranges([2, 3, 4, 7])
    ['2-4', '7']
    """
    found: list[tuple[int, int]] = []
    for line in sorted(lines):
        if found and line == found[-1][1] + 1:
            found[-1] = (found[-1][0], line)
        else:
            found.append((line, line))
    return [str(first) if first == last else f"{first}-{last}" for first, last in found]
