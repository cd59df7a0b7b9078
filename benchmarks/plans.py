"""Measure classifying and planning: each method and a whole plan for a city, a province and the nation.

Run: .venv/bin/python benchmarks/plans.py
Every case runs ``RUNS`` times after one warm-up.
"""

from collections.abc import Callable

import numpy as np
from bench import results
from bench.results import Figure, times

from geoapp.domain.classification import SCHEMES, breaks
from geoapp.domain.indicators import Aggregation, Indicator, IndicatorKind, Polarity, Sensitivity
from geoapp.domain.observations import MISSING, Observation
from geoapp.domain.periods import Period
from geoapp.domain.words import Words
from geoapp.layers import KINDS
from geoapp.layers.plan import Style

RUNS = 7
REGIONS = (326, 4_000, 83_000)
SAMPLE = Words("contoh", "sample")


def figures(n: int) -> np.ndarray:
    """Densities with a long tail, two decimals; the same every time."""
    return np.random.default_rng(n).lognormal(6, 1.2, n).round(2)


def indicator() -> Indicator:
    """A density; only kind and decimals matter here."""
    words = dict.fromkeys(
        ("name", "unit", "concept", "definition", "interpretation", "formula", "measure", "breakdowns", "source"),
        SAMPLE,
    )
    return Indicator(
        slug="density",
        kind=IndicatorKind.DENSITY,
        decimals=2,
        theme="benchmark",
        aggregation=Aggregation.NONE,
        polarity=Polarity.NEUTRAL,
        sensitivity=Sensitivity.LOW,
        **words,
    )


def cases() -> dict[str, Callable[[], object]]:
    """What is measured, by name."""
    found: dict[str, Callable[[], object]] = {}
    for n in REGIONS:
        values = figures(n)
        for method in SCHEMES:
            found[f"breaks/{method}/{n}"] = lambda method=method, values=values: breaks(method, values, 5, 2)
        table = {Period("2024"): [*(Observation(figure=float(each)) for each in values[1:]), MISSING]}
        style = Style(kind="choropleth", palette="senja", method="pretty")
        found[f"plan/choropleth/{n}"] = lambda table=table, style=style: KINDS["choropleth"].decide(
            indicator(), style, lambda count: ["#000000"] * count, table
        )
    return found


if __name__ == "__main__":
    machine = results.begin()
    results.write("plans", machine, [Figure(name, "ms", times(work, RUNS)) for name, work in cases().items()])
