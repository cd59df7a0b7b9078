"""Figures over the periods as lines: geometry alone, with a label at each line's end and gaps that stay gaps."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from geoapp.domain.periods import Period

WIDTH, HEIGHT = 300.0, 130.0
_TOP, _BOTTOM, _EDGE = 22.0, 96.0, 10.0
_LINE = 16.0
"""Height of a line of text: labels never come closer."""
_SIGN = 6.7
"""Width of a sign of a label, rather too wide."""
_BETWEEN = 10
"""Between the names of two periods, at least."""
_LONGEST = 16
"""Signs of a name beside its line."""

Say = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Line:
    """What one line shows; ``kind`` is ``own``, ``other`` or ``whole`` and decides how it is drawn."""

    kind: str
    name: str
    figures: Mapping[Period, float | None]

    def known(self, periods: Sequence[Period]) -> list[tuple[int, float]]:
        """The place of each period with a figure, and the figure."""
        return [(n, said) for n, each in enumerate(periods) if (said := self.figures.get(each)) is not None]


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the picture's units, with what stands there."""

    x: float
    y: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One line: runs of points, broken where a figure is missing, and the label at its end."""

    kind: str
    runs: tuple[tuple[Point, ...], ...]
    label: Point


@dataclass(frozen=True, slots=True)
class Chart:
    """All lines, the first one last so that it lies on top; ``start`` stands before that line's first point."""

    lines: tuple[Drawn, ...]
    periods: tuple[Point, ...]
    start: Point | None


def chart(lines: Sequence[Line], periods: Sequence[Period], named: Sequence[str], say: Say) -> Chart:
    """The chart of ``lines`` over ``periods``, which are called ``named``; lines without any figure are left out."""
    shown = [each for each in lines if each.known(periods)]
    if not shown:
        return Chart((), (), None)
    labels = [f"{clipped(each.name)} {say(each.known(periods)[-1][1])}" for each in shown]
    at = _scale(shown, periods, max(map(len, labels)), say)
    runs = [_runs(each, periods, at) for each in shown]
    heights = _apart([run[-1][-1].y + 4 for run in runs])
    drawn = [
        Drawn(each.kind, run, Point(run[-1][-1].x + 8, y, label))
        for each, run, y, label in zip(shown, runs, heights, labels, strict=True)
    ]
    (n, first), begin = shown[0].known(periods)[0], runs[0][0][0]
    start = Point(begin.x - 7, begin.y + 4, say(first)) if n == 0 and len(shown[0].known(periods)) > 1 else None
    below = [Point(at(each, 0.0).x, HEIGHT - 10, name) for each, name in enumerate(named)]
    return Chart(tuple(reversed(drawn)), tuple(_readable(below)), start)


def clipped(name: str, longest: int = _LONGEST) -> str:
    """A name, cut where it is too long for its place."""
    return name if len(name) <= longest else name[: longest - 1].rstrip() + "…"


def _scale(lines: Sequence[Line], periods: Sequence[Period], longest: int, say: Say) -> Callable[[int, float], Point]:
    """Where a figure of the n-th period stands, beside the label before the first line and those behind all."""
    every = [figure for each in lines for _, figure in each.known(periods)]
    low, high = min(every), max(every)
    begun = lines[0].known(periods)
    left = _EDGE + (_SIGN * len(say(begun[0][1])) if begun[0][0] == 0 and len(begun) > 1 else 0.0)
    right = WIDTH - 10 - _SIGN * longest
    step = max(0.0, right - left) / max(1, len(periods) - 1)

    def at(n: int, figure: float) -> Point:
        share = (figure - low) / (high - low) if high > low else 0.5
        return Point(round(left + n * step, 1), round(_BOTTOM - share * (_BOTTOM - _TOP), 1))

    return at


def _runs(line: Line, periods: Sequence[Period], at: Callable[[int, float], Point]) -> tuple[tuple[Point, ...], ...]:
    runs: list[list[Point]] = []
    before = -2
    for n, figure in line.known(periods):
        if n != before + 1:
            runs.append([])
        runs[-1].append(at(n, figure))
        before = n
    return tuple(map(tuple, runs))


def _apart(heights: Sequence[float]) -> list[float]:
    """The same heights, moved so far that no two are closer than a line of text, and all inside the picture."""
    order = sorted(range(len(heights)), key=lambda n: heights[n])
    placed = [heights[n] for n in order]
    for n in range(1, len(placed)):
        placed[n] = max(placed[n], placed[n - 1] + _LINE)
    over = max(0.0, placed[-1] - (_BOTTOM + 8))
    moved = [each - over for each in placed]
    for n in range(len(moved) - 2, -1, -1):
        moved[n] = min(moved[n], moved[n + 1] - _LINE)
    return [round(moved[order.index(n)], 1) for n in range(len(heights))]


def _readable(below: Sequence[Point]) -> list[Point]:
    """The names of the periods, left out where they would touch; the first and the last always stand."""
    kept: list[Point] = []
    last = below[-1]
    for each in below:
        width = _SIGN * len(each.label)
        clear = not kept or each.x - kept[-1].x >= width + _BETWEEN
        if each is last:
            while len(kept) > 1 and each.x - kept[-1].x < width + _BETWEEN:
                kept.pop()
            kept.append(each)
        elif clear:
            kept.append(each)
    return kept
