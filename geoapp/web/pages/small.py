"""Two pictures the size of a word: a line over the periods with its gaps, and a strip of all figures with one's own."""

from collections.abc import Sequence
from dataclasses import dataclass

SPARK = (76.0, 24.0)
STRIP = (212.0, 24.0)
_EDGE = 4.0
_STEP = 0.75
"""Pixels under which two ticks are one."""


@dataclass(frozen=True, slots=True)
class Spark:
    """Path data of the known stretches; ``alone`` are figures without a neighbour, ``last`` the newest."""

    path: str
    alone: tuple[tuple[float, float], ...]
    last: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Strip:
    """Path data of the ticks; ``own`` and ``whole`` are where the region and its upper region stand."""

    path: str
    own: float | None
    whole: float | None


def spark(figures: Sequence[float | None]) -> Spark | None:
    """The line of some figures in the order of time; None with fewer than two.

    >>> spark([1.0, None, 2.0, 3.0]).path
    'M49.33 12L72 4'
    >>> spark([None, 5.0]) is None
    True
    """
    known = [each for each in figures if each is not None]
    if len(known) < 2:
        return None
    low, high = min(known), max(known)
    width, height = SPARK[0] - 2 * _EDGE, SPARK[1] - 2 * _EDGE
    points: list[tuple[float, float] | None] = []
    for n, figure in enumerate(figures):
        if figure is None:
            points.append(None)
            continue
        rise = (figure - low) / (high - low) if high > low else 0.5
        points.append((_EDGE + n / (len(figures) - 1) * width, _EDGE + (1 - rise) * height))
    runs = _runs(points)
    path = "".join("M" + "L".join(f"{x:.4g} {y:.4g}" for x, y in run) for run in runs if len(run) > 1)
    return Spark(path, tuple(run[0] for run in runs if len(run) == 1), points[-1])


def _runs(points: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """The points without those that are missing, broken there."""
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def strip(figures: Sequence[float], own: float | None, whole: float | None) -> Strip | None:
    """The strip of figures from low to high; None with fewer than two, or where all are one.

    ``whole`` beyond the lowest and the highest stands at the edge.

    >>> strip([0.0, 5.0, 10.0], 5.0, 20.0)
    Strip(path='M4 8v8M106 8v8M208 8v8', own=106.0, whole=208.0)
    """
    if len(figures) < 2 or figures[0] == figures[-1]:
        return None
    low, scale = figures[0], (STRIP[0] - 2 * _EDGE) / (figures[-1] - figures[0])

    def x(figure: float) -> float:
        return round(_EDGE + (min(max(figure, low), figures[-1]) - low) * scale, 1)

    ticks: list[float] = []
    for at in map(x, figures):
        if not ticks or at - ticks[-1] >= _STEP:
            ticks.append(at)
    path = "".join(f"M{each:g} 8v8" for each in ticks)
    return Strip(path, None if own is None else x(own), None if whole is None else x(whole))
