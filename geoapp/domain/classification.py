"""Classification: figures into classes by readable upper bounds, each bound inclusive.

A class is an interval above the bound before it up to and including its own bound. Bounds rise strictly and the last is
the largest figure (or a manual bound above it), so every figure lies in exactly one class. There are never more classes
than distinct figures; no figures make no bounds; one figure, or all equal, makes one class.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from geoapp.domain.least_squares import Figures, Sums, evenly, least_squares

Bounds = tuple[float, ...]

MANUAL = "manual"
JENKS_CANDIDATES = 3000
"""How many distinct figures Fisher–Jenks considers as bounds; above, evenly spaced ones by rank."""
NEARNESS = {"quantiles": 0.1, "equal": 0.02}
"""How far rounding may move a bound: this part of the narrower class beside it; less where widths must look equal."""


def quantiles(figures: Figures, k: int) -> Bounds:
    """Classes of about the same number of figures: bound i is the linearly interpolated quantile i/k.

    Hyndman and Fan's type 7, as in mapclassify. Bounds that ties make equal, or whose class is empty, fall together.

    >>> quantiles(np.array([1.0, 2, 3, 4, 5]), 2)
    (3.0, 5.0)
    """
    raw = np.quantile(figures, np.arange(1, k + 1) / k)
    return _occupied((*raw[:-1].tolist(), float(figures.max())), figures)


def equal(figures: Figures, k: int) -> Bounds:
    """Classes of one width: bound i is ``min + i × (max − min) / k``; a class may be empty.

    >>> equal(np.array([0.0, 2, 7, 10]), 5)
    (2.0, 4.0, 6.0, 8.0, 10.0)
    """
    low, high = float(figures.min()), float(figures.max())
    return tuple(sorted({*(low + (high - low) * i / k for i in range(1, k)), high}))


def jenks(figures: Figures, k: int) -> Bounds:
    """Classes of the least sum of squared distances from their own means (Fisher 1958; Jenks 1977); bounds are figures.

    Dynamic programming over distinct figures weighted by how often they occur, never quadratic. Above
    ``JENKS_CANDIDATES`` distinct figures only that many, evenly spaced by rank, are considered as bounds; the sums
    still count every figure.

    >>> jenks(np.array([1.0, 2, 3, 50, 51, 99]), 3)
    (3.0, 51.0, 99.0)
    """
    distinct, weights = np.unique(figures, return_counts=True)
    ends = evenly(len(distinct), JENKS_CANDIDATES)
    return tuple(distinct[ends[least_squares(Sums(distinct, weights), ends, k)]].tolist())


def pretty(figures: Figures, k: int) -> Bounds:
    """Classes between neighbouring multiples of one readable step (1, 2, 2.5 or 5 × 10ⁿ), open at both ends.

    Of all such sets of k − 1 bounds that leave no class empty, the one with the least sum of squared distances from
    the class means: the readable relative of ``jenks``. If there is none, the same with fewer classes.

    >>> pretty(np.array([0.3, 0.9, 2.2, 3.9, 4.1, 5.7]), 3)
    (2.5, 5.0, 5.7)
    """
    return _pretty(figures, k, None)


SCHEMES: Mapping[str, Callable[[Figures, int], Bounds]] = {
    "quantiles": quantiles,
    "equal": equal,
    "jenks": jenks,
    "pretty": pretty,
}
"""Each scheme by name: at least one finite figure and 1 ≤ k ≤ distinct figures in, exact bounds out."""

METHODS = (*SCHEMES, MANUAL)


def breaks(
    method: str, figures: Iterable[float], k: int, decimals: int, manual: Sequence[float] = ()
) -> tuple[float, ...]:
    """The inclusive upper bounds of at most ``k`` classes, as readable numbers; the last is at least the largest.

    Up to ``k`` distinct figures get a class each (but for ``equal``). Bounds of ``jenks`` are the roundest numbers that
    leave every figure in its class; those of ``quantiles`` and ``equal`` the roundest within ``NEARNESS``. ``manual``
    bounds are taken as they are, empty classes too; the largest figure is added where it lies above them.
    ``decimals`` is how many places the figures are shown with: pretty steps are no finer where that is possible.

    Raises
    ------
    KeyError
        If there is no such method.

    >>> breaks("quantiles", [3.11, 4.02, 5.53, 5.98, 7.31, 9.94], 3, 2)
    (5.0, 6.5, 9.94)
    >>> breaks("jenks", [], 5, 0), breaks("pretty", [7, 7], 5, 0)
    ((), (7.0,))
    """
    values = np.sort(np.fromiter(figures, dtype=np.float64)) + 0.0
    if not values.size:
        return ()
    if method == MANUAL:
        return _manual(manual, float(values[-1]))
    scheme, distinct = SCHEMES[method], np.unique(values)
    if k <= 1 or distinct.size == 1:
        return (float(values[-1]),)
    if distinct.size <= k and method != "equal":
        return _same_classes(tuple(distinct.tolist()), values)
    k = min(k, distinct.size)
    if method == "pretty":
        return _pretty(values, k, decimals)
    raw = scheme(values, k)
    return _nearest(raw, values, method) if method in NEARNESS else _same_classes(raw, values)


def assign(figures: Iterable[float], breaks: Sequence[float]) -> NDArray[np.uint8]:
    """The class of each figure, 0 the lowest: the first whose inclusive upper bound is not below it.

    A figure above the last bound belongs to the last class (a later period, classified with older bounds).

    >>> assign([1, 2, 2.5, 9], (2.0, 4.0)).tolist()
    [0, 0, 1, 1]
    """
    values = np.fromiter(figures, dtype=np.float64)
    found = np.searchsorted(np.asarray(breaks, dtype=np.float64), values, side="left")
    return np.minimum(found, max(len(breaks) - 1, 0)).astype(np.uint8)


def readable(lower: float, upper: float, target: float) -> float:
    """The roundest number in ``[lower, upper)``, the nearest to ``target`` of those equally round; else ``lower``.

    Multiples of 10ⁿ are rounder than those of 5 × 10ⁿ⁻¹, these rounder than of 2 × 10ⁿ⁻¹, and so on down.

    >>> readable(0.6481, 0.6533, 0.65), readable(1830, 2210, 1999), readable(-3.2, 4, 1)
    (0.65, 2000.0, 0.0)
    """
    low, high, wanted = (Decimal(each) for each in (lower, upper, target))
    top = max(low.copy_abs(), high.copy_abs()).adjusted() + 1
    for power in range(top, top - 18, -1):
        for digit in (10, 5, 2):
            step = Decimal(digit).scaleb(power - 1)
            nearest = min(max((wanted / step).to_integral_value(), _up(low / step)), _up(high / step) - 1)
            found = float(nearest * step) + 0.0
            if lower <= found < upper:
                return found
    return lower


def _up(number: Decimal) -> Decimal:
    return number.to_integral_value(ROUND_CEILING)


def _manual(bounds: Sequence[float], largest: float) -> Bounds:
    """The given bounds, rising, the largest figure added where it lies above them."""
    given = sorted({float(each) for each in bounds})
    return tuple(given) if given and given[-1] >= largest else (*given, largest)


def _occupied(bounds: Bounds, values: Figures) -> Bounds:
    """The bounds whose class holds a figure; an empty class becomes part of the next."""
    below = np.searchsorted(np.sort(values), bounds, side="right")
    return tuple(bound for bound, n, before in zip(bounds, below, (0, *below[:-1]), strict=True) if n > before)


def _same_classes(bounds: Bounds, values: Figures) -> Bounds:
    """Each bound as the roundest number that leaves every figure in its class; the last stays."""
    at = np.searchsorted(values, bounds[:-1], side="right")
    rounded = (
        readable(float(values[n - 1]), float(values[n]), bound) for bound, n in zip(bounds[:-1], at, strict=True)
    )
    return (*rounded, bounds[-1])


def _nearest(bounds: Bounds, values: Figures, method: str) -> Bounds:
    """Each bound as the roundest number near it, no class losing its last figure but in ``equal``; the last stays."""
    widths = [upper - lower for lower, upper in pairwise((float(values[0]), *bounds))]
    done: list[float] = []
    for bound, following, width, after in zip(bounds, bounds[1:], widths, widths[1:], strict=False):
        reach = NEARNESS[method] * min(width or after, after)
        low, high = bound - reach, bound + reach
        if method != "equal":
            first = np.searchsorted(values, done[-1], side="right") if done else 0
            low = max(low, float(values[first]))
            high = min(high, float(values[np.searchsorted(values, following, side="right") - 1]))
        done.append(readable(low, high, bound))
    return (*done, bounds[-1])


def _pretty(figures: Figures, k: int, decimals: int | None) -> Bounds:
    """``pretty`` with steps no finer than ``decimals`` places, unless only finer ones make two classes."""
    distinct, weights = np.unique(figures, return_counts=True)
    sums = Sums(distinct, weights)
    for finest in (decimals, None) if decimals is not None else (None,):
        for n in range(min(k, len(distinct)), 1, -1):
            found = _best_pretty(distinct, sums, n, finest)
            if found:
                return (*found, float(distinct[-1]))
    return (float(distinct[-1]),)


def _best_pretty(distinct: Figures, sums: Sums, n: int, finest: int | None) -> Bounds:
    """The ``n − 1`` neighbouring multiples with the least sum within, no class empty; empty if there are none."""
    best, chosen = math.inf, ()
    for step in _steps(float(distinct[-1] - distinct[0]), finest):
        multiples = _multiples(step, float(distinct[0]), float(distinct[-1]))
        if len(multiples) < n - 1:
            continue
        windows = np.lib.stride_tricks.sliding_window_view(np.array(multiples), n - 1)
        at = np.searchsorted(distinct, windows, side="right")
        edges = np.column_stack([np.zeros(len(at), dtype=np.intp), at, np.full(len(at), len(distinct))])
        full = (np.diff(edges, axis=1) > 0).all(axis=1)
        if not full.any():
            continue
        edges, windows = edges[full], windows[full]
        within = sums.within(edges[:, :-1], edges[:, 1:]).sum(axis=1)
        least = int(within.argmin())
        if within[least] < best * (1 - 1e-9):
            best, chosen = float(within[least]), tuple(windows[least].tolist())
    return chosen


def _steps(span: float, finest: int | None) -> list[Decimal]:
    """Readable steps from the span down to a two-thousandth of it, coarse first, no finer than ``finest`` places."""
    top = Decimal(span).adjusted()
    steps = [Decimal(digits).scaleb(power) for power in range(top, top - 4, -1) for digits in ("5", "2.5", "2", "1")]
    fine = [step for step in steps if finest is None or _places(step) <= finest]
    return [step for step in fine if span / 2000 <= float(step) <= span]


def _places(step: Decimal) -> int:
    """How many decimal places a step has."""
    return -int(step.normalize().as_tuple().exponent)


def _multiples(step: Decimal, low: float, high: float) -> list[float]:
    """Multiples of ``step`` from ``low`` up to below ``high``."""
    first = int(_up(Decimal(low) / step))
    last = int((Decimal(high) / step).to_integral_value(ROUND_FLOOR))
    return [each for n in range(first, last + 1) if low <= (each := float(n * step) + 0.0) < high]
