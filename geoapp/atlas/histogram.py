"""The legend's instrument as geometry: bars over the class bar to scale, with a marker for the chosen and the whole.

Bins divide a class exactly, so that no bar straddles a break. A long tail keeps the scale up to five times the middle
half's width; the axis is broken visibly there and the rest stands in one last bin.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from geoapp.atlas.page import MapPage
from geoapp.layers.plan import LegendRow

Figures = NDArray[np.float64]

WIDTH = 360.0
_BINS = 30
_TALLEST = 52.0
_SIGN, _AIR = 6.8, 6.0
"""Width of a sign of a marker's label, and the room between two labels."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bin, in the picture's units; ``height`` is measured up from the class bar."""

    x: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Marker:
    """Where a figure stands, and where its label: ``at`` and ``anchor`` as SVG has them, ``row`` 1 is the upper one."""

    figure: float
    x: float
    label: str
    at: float
    anchor: str
    row: int


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars, the class bar's boxes, the breaks between them, and the markers."""

    bars: tuple[Bar, ...]
    boxes: tuple[Bar, ...]
    breaks: tuple[tuple[float, float], ...]
    broken_at: float | None

    def x(self, figure: float) -> float:
        """Where ``figure`` stands on the axis."""
        return _place(figure, self.boxes, self.edges)

    @property
    def low(self) -> float:
        """The figure at the axis' left end."""
        return self.breaks[0][1]

    @property
    def high(self) -> float:
        """The figure at its right end; with a broken axis not the highest."""
        return self.breaks[-1][1]

    @property
    def edges(self) -> tuple[float, ...]:
        """The figures at the boxes' edges."""
        return tuple(figure for _, figure in self.breaks)


def histogram(page: MapPage) -> Histogram | None:
    """The histogram of a map with at least two classes of figures; None for other maps."""
    rows = sorted((row for row in page.plan.legend if row.kind == "class"), key=lambda row: row.byte or 0)
    low, high = page.plan.low, page.plan.high
    if page.plan.kind != "choropleth" or len(rows) < 2 or low is None or high is None or low >= high:
        return None
    said = page.shown_observations
    figures = np.sort(said.figures[said.numbered])
    end = _end(figures, rows[-1].lower, high)
    edges = [low, *(row.upper for row in rows[:-1] if row.upper is not None), end]
    scale = WIDTH / (edges[-1] - edges[0]) if edges[-1] > edges[0] else 0.0
    boxes, bars = [], []
    for row, left, right in zip(rows, edges, edges[1:], strict=False):
        box = Bar((left - edges[0]) * scale, max(0.0, (right - left) * scale), 12.0, row.colour or "none")
        boxes.append(box)
        bars += _bars(figures, row, box, left, right)
    tallest = max((bar.height for bar in bars), default=0.0) or 1.0
    return Histogram(
        bars=tuple(Bar(b.x, b.width, round(b.height / tallest * _TALLEST, 1), b.colour) for b in bars if b.height),
        boxes=tuple(boxes),
        breaks=tuple((round((edge - edges[0]) * scale, 1), edge) for edge in edges),
        broken_at=WIDTH - 10 if end < high else None,
    )


def _end(figures: Figures, last_lower: float | None, high: float) -> float:
    """Where the axis ends: at the highest figure, unless a long tail would flatten everything else."""
    if len(figures) < 8:
        return high
    first, third = np.quantile(figures, (0.25, 0.75), method="weibull").tolist()
    reach = third + 5 * (third - first)
    least = (last_lower if last_lower is not None else reach) + (third - first)
    return high if reach <= third or high <= max(reach, least) else max(reach, least)


def _bars(figures: Figures, row: LegendRow, box: Bar, left: float, right: float) -> list[Bar]:
    """The bins of one class; upper bounds are inclusive, the last bin also holds what lies beyond the axis."""
    count = max(1, round(box.width / WIDTH * _BINS))
    own = figures[_beyond(figures, row.lower, 0) : _beyond(figures, row.upper, len(figures))]
    shares = (own - left) / (right - left) if right > left else np.zeros(len(own))
    tally = np.bincount(np.clip((shares * count - 1e-9).astype(np.int64), 0, count - 1), minlength=count).tolist()
    width = box.width / count
    return [
        Bar(round(box.x + n * width, 1), round(max(0.5, width - 0.6), 1), float(each), box.colour)
        for n, each in enumerate(tally)
    ]


def _beyond(figures: Figures, bound: float | None, without: int) -> int:
    """The place in sorted figures behind an inclusive bound."""
    return without if bound is None else int(np.searchsorted(figures, bound, side="right"))


def _place(figure: float, boxes: Sequence[Bar], edges: Sequence[float]) -> float:
    low, high = edges[0], edges[-1]
    share = (min(max(figure, low), high) - low) / (high - low)
    return round(share * WIDTH, 1)


def markers(
    histogram: Histogram, chosen: tuple[float, str] | None, whole: tuple[float, str] | None
) -> dict[str, Marker]:
    """The markers of the chosen region and of the whole area, labels leaning away from each other."""
    said = {name: each for name, each in (("chosen", chosen), ("whole", whole)) if each is not None}
    ordered = sorted(said, key=lambda name: histogram.x(said[name][0]))
    leans = ("middle",) if len(ordered) == 1 else ("end", "start")
    made = {name: _marker(histogram, *said[name], lean) for name, lean in zip(ordered, leans, strict=False)}
    if len(made) == 2:
        left, right = (made[name] for name in ordered)
        if _sides(left)[1] + _AIR > _sides(right)[0]:
            made["whole"] = replace(made["whole"], row=1)
    return made


def _marker(histogram: Histogram, figure: float, label: str, lean: str) -> Marker:
    """A marker whose label leans to a side, but never over the edge."""
    x = histogram.x(figure)
    marker = Marker(figure, x, label, x, lean, 0)
    left, right = _sides(marker)
    if left < 0:
        return replace(marker, at=0.0, anchor="start")
    return replace(marker, at=WIDTH, anchor="end") if right > WIDTH else marker


def _sides(marker: Marker) -> tuple[float, float]:
    """Where a label begins and ends, rather too wide than too narrow."""
    width = _SIGN * len(marker.label)
    before = {"start": 0.0, "middle": 0.5, "end": 1.0}[marker.anchor] * width
    return marker.at - before, marker.at - before + width
