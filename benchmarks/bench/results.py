"""Figures with their spread and budget, written as JSON and as one table in RESULTS.md."""

import json
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bench import machine

FOLDER = Path(__file__).resolve().parent.parent
_HEAD = """# Results

Written by the scripts themselves (`make bench`); raw figures are in `results/`. The median of all runs, the spread
(distance between quartiles) and, where `DESIGN` sets one, the budget. Times on a machine that does other work are
upper bounds; `load` is the load average when the script began. Where a line is a zoom or a server, a figure that does
not keep its budget is bold, with the budget beside it.
"""


@dataclass(frozen=True)
class Figure:
    """One measured thing; ``budget`` is the most it may be, or the least where ``least`` says so.

    Figures with a ``group`` make a table of their own: a line for each ``row``, a column for each thing measured.
    """

    what: str
    unit: str
    raw: list[float]
    budget: float | None = None
    least: bool = False
    note: str = ""
    group: str = ""
    row: str = ""
    median: float = field(init=False)
    spread: float = field(init=False)

    def __post_init__(self) -> None:
        low, middle, high = statistics.quantiles(self.raw, n=4) if len(self.raw) > 1 else self.raw * 3
        object.__setattr__(self, "median", middle)
        object.__setattr__(self, "spread", high - low)

    @property
    def kept(self) -> str:
        """Whether the median keeps the budget, in a word."""
        if self.budget is None:
            return ""
        return "yes" if (self.median >= self.budget if self.least else self.median <= self.budget) else "**no**"


def p99(values: list[float]) -> float:
    """The value that 99 of 100 do not exceed; the largest where there are fewer than a hundred."""
    return statistics.quantiles(values, n=100, method="inclusive")[98] if len(values) >= 100 else max(values)


def times(work: Callable[[], object], runs: int, warm: int = 1) -> list[float]:
    """Milliseconds of ``runs`` runs, after ``warm`` that do not count."""
    found = []
    for _ in range(warm + runs):
        begun = time.perf_counter()
        work()
        found.append((time.perf_counter() - begun) * 1000)
    return found[warm:]


def write(name: str, measured: dict[str, object], figures: Iterable[Figure]) -> None:
    """Keep the figures of the script ``name``, and write the table of all scripts again."""
    document = {"machine": measured, "figures": [asdict(each) for each in figures]}
    (FOLDER / "results").mkdir(exist_ok=True)
    (FOLDER / "results" / f"{name}.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    sections = [_section(path) for path in sorted((FOLDER / "results").glob("*.json"))]
    (FOLDER / "RESULTS.md").write_text("\n".join([_HEAD, *sections]), encoding="utf-8")


def begin() -> dict[str, object]:
    """The machine as it is before a script's first measurement."""
    return machine.describe()


def _section(path: Path) -> str:
    document = json.loads(path.read_text(encoding="utf-8"))
    said = ", ".join(f"{name} {value}" for name, value in document["machine"].items())
    lines = [f"## {path.stem}", "", f"`.venv/bin/python benchmarks/{path.stem}.py`: {said}.", ""]
    figures = [
        Figure(**{name: value for name, value in row.items() if name not in ("median", "spread")})
        for row in document["figures"]
    ]
    return "\n".join([*lines, *table(figures)])


def table(figures: list[Figure]) -> list[str]:
    """The lines of RESULTS.md for these figures."""
    lines = []
    plain = [each for each in figures if not each.group]
    if plain:
        lines += ["| what | unit | median | spread | runs | budget | kept |", "|---|---|---|---|---|---|---|"]
        lines += [*map(_row, plain), ""]
    for group in dict.fromkeys(each.group for each in figures if each.group):
        lines += [f"### {group}", "", *_crossed([each for each in figures if each.group == group]), ""]
    return lines


def _crossed(figures: list[Figure]) -> list[str]:
    """A line for each row, a column for each thing measured; medians, with the budget where it is not kept."""
    heads = dict.fromkeys((each.what, each.unit) for each in figures)
    cells = {(each.row, each.what): _cell(each) for each in figures}
    lines = ["| | " + " | ".join(f"{what}, {unit}" if unit else what for what, unit in heads) + " |"]
    lines.append("|---" * (len(heads) + 1) + "|")
    for row in dict.fromkeys(each.row for each in figures):
        lines.append(f"| {row} | " + " | ".join(cells.get((row, what), "–") for what, _ in heads) + " |")
    return lines


def _cell(figure: Figure) -> str:
    said = _number(figure.median)
    if figure.budget is None or "no" not in figure.kept:
        return said
    return f"**{said}** ({'≥' if figure.least else '≤'} {_number(figure.budget)})"


def _row(figure: Figure) -> str:
    what = figure.what + (f" ({figure.note})" if figure.note else "")
    sign = "≥" if figure.least else "≤"
    budget = f"{sign} {_number(figure.budget)}" if figure.budget is not None else ""
    cells = (what, figure.unit, _number(figure.median), _number(figure.spread), len(figure.raw), budget, figure.kept)
    return "| " + " | ".join(map(str, cells)) + " |"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
