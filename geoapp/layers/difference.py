"""Difference: every region filled by how much its figure fell or rose, seven classes that diverge around zero.

The bounds are readable numbers, the same below zero as above, so that a colour is as strong on either side. Around
zero lies a band of what stayed nearly the same. No style can ask for it: only a visitor looks at a change.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from geoapp.domain.classification import assign
from geoapp.domain.periods import Period
from geoapp.domain.rows import Row
from geoapp.layers import states
from geoapp.layers.plan import LegendRow, Plan, Ramp, Table

Figures = NDArray[np.float64]

NAME = "difference"
PALETTE = "selisih"
SIGNS = ("−−−", "−−", "−", "±", "+", "++", "+++")
"""What tells the classes apart where colours do not, from the strongest fall to the strongest rise."""
COUNT_CAUTION = "caution.count_change"
_STRONG = 0.85
"""The share of the changes that the outermost classes leave to the others, about."""
_STEPS: Mapping[float, tuple[float, float]] = {
    1.0: (0.1, 0.5),
    1.5: (0.1, 0.5),
    2.0: (0.2, 1.0),
    3.0: (0.2, 1.0),
    4.0: (0.5, 2.0),
    5.0: (0.5, 2.0),
    6.0: (0.5, 3.0),
    8.0: (1.0, 4.0),
    10.0: (1.0, 5.0),
}
"""For each leading number of the outermost bound the two within: about a tenth of it, and a third to a half."""


def plans(ramp: Ramp, table: Table, decimals: int, amount: bool) -> Mapping[Period, Plan]:
    """One plan per period, all with the same bounds; ``table`` holds the changes until each period.

    ``decimals`` is how many places the figures are shown with, ``amount`` whether they may be added up: then large
    regions change more, and the plan carries a caution.
    """
    rows = {period: Row.of(observations) for period, observations in table.items()}
    everything = states.figures(rows.values())
    inner = bounds(everything, decimals)
    caution = COUNT_CAUTION if amount else ""
    return {period: _plan(ramp, row, inner, everything, caution) for period, row in rows.items()}


def bounds(changes: Sequence[float] | Figures, decimals: int) -> tuple[float, ...]:
    """The three bounds of a fall or rise: nearly none, some, much; empty where nothing changed.

    Figures in whole steps of ``decimals`` get bounds that are such steps: the first is then 0 where that is finer.

    >>> bounds([0.028, -0.012, 0.113, 0.045, 0.052], 3)
    (0.01, 0.04, 0.08)
    >>> bounds([1, -1, 0, 2], 0)
    (0.0, 1.0, 2.0)
    """
    sizes = np.abs(np.asarray(changes, dtype=np.float64))
    if not sizes.any():
        return ()
    step = 10.0**-decimals
    whole = bool(np.allclose(sizes / step, np.rint(sizes / step), rtol=0, atol=1e-6))
    strong = max(float(np.quantile(sizes[sizes > 0], _STRONG)), 2 * step if whole else 0.0)
    power = 10.0 ** math.floor(math.log10(strong))
    lead = min(_STEPS, key=lambda each: abs(math.log(each * power / strong)))
    near, some = _STEPS[lead]
    found = [float(f"{each * power:.12g}") for each in (near, some, lead)]
    if whole:
        found[0] = float(f"{math.floor(found[0] / step + 1e-9) * step:.12g}")
        found[1] = max(found[1], step)
    return tuple(found)


def _plan(ramp: Ramp, row: Row, inner: tuple[float, ...], everything: Figures, caution: str) -> Plan:
    """The plan of one period by these bounds."""
    low, high = (float(everything.min()), float(everything.max())) if everything.size else (None, None)
    uppers = _uppers(inner, high or 0.0) if inner else (0.0,)
    shown = slice(None) if inner else slice(len(SIGNS) // 2, len(SIGNS) // 2 + 1)
    colours, signs = tuple(ramp(len(SIGNS)))[shown], SIGNS[shown]
    painted = np.zeros(len(row), dtype=np.uint8)
    painted[row.numbered] = assign(states.figures([row]), uppers)
    classes = states.classes(row, painted)
    return Plan(
        kind=NAME,
        method=NAME,
        palette=PALETTE,
        colours=colours,
        breaks=uppers,
        low=low,
        high=high,
        classes=classes,
        marks=states.marks(row),
        legend=_rows(classes, uppers, colours, signs) + states.state_rows(row),
        known=states.known(row),
        total=len(row),
        caution=caution,
    )


def _uppers(inner: tuple[float, ...], high: float) -> tuple[float, ...]:
    """The inclusive upper bounds of the seven classes.

    Those below zero lie a hair lower than what they are called, so that a fall of exactly a bound is in the class of a
    rise of exactly that bound.
    """
    below = tuple(math.nextafter(-each, -math.inf) for each in reversed(inner))
    return (*below, *inner, high if high > inner[-1] else math.nextafter(inner[-1], math.inf))


def _rows(
    classes: bytes, uppers: tuple[float, ...], colours: tuple[str, ...], signs: Sequence[str]
) -> tuple[LegendRow, ...]:
    """Rows from the strongest rise to the strongest fall, empty ones too."""
    counts, last = Counter(classes), len(uppers) - 1
    rows = [
        LegendRow(
            kind="class",
            byte=byte,
            count=counts[byte],
            colour=colours[byte],
            lower=uppers[byte - 1] if byte else None,
            upper=uppers[byte] if byte < last else None,
            sign=signs[byte],
        )
        for byte in range(len(uppers))
    ]
    return tuple(reversed(rows))
