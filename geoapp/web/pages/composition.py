"""What a map of categories is made of: how many regions each has, period by period, and where the leading one is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geoapp.atlas import published, words
from geoapp.domain.observations import State
from geoapp.domain.periods import Period
from geoapp.i18n import dates, numbers, speak
from geoapp.layers.plan import STATE_BYTES, LegendRow
from geoapp.layers.states import state_rows
from geoapp.pictures.looks import letter_ink
from geoapp.web.pages.ladder import LENGTH, Rung
from geoapp.web.pages.view import MapView
from geoapp.web.service import service

WIDTH = 360.0
"""Width of a bar, in the picture's units."""
_DIGIT = 8.0
"""Width of a digit in a bar, rather too wide."""
_LATEST, _LEADING = 5, 5
"""Periods and parents shown, at most."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One category's part of a bar; ``count`` is empty where it has no room, ``state`` is empty for a category."""

    x: float
    width: float
    colour: str
    ink: str
    count: str
    state: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One period's regions, low to high, those without an answer last; ``own`` is the middle of the chosen one's."""

    period: str
    shown: bool
    pieces: tuple[Piece, ...]
    own: float | None


@dataclass(frozen=True, slots=True)
class Composition:
    """``most`` is the commonest category, ``share`` how many it has; ``leaders`` have the most of ``leading``."""

    bars: tuple[Bar, ...]
    said: str
    most: str
    share: str
    leading: str
    leaders: tuple[Rung, ...]

    @property
    def now(self) -> Bar:
        """The bar of the period shown."""
        return next(each for each in self.bars if each.shown)


def composition(view: MapView) -> Composition | None:
    """The composition of the regions spoken of; None for other maps, and where no region has an answer."""
    rows = [row for row in view.plan.legend if row.kind == "category" and row.count]
    if view.plan.kind != "category" or not rows:
        return None
    most = max(rows, key=lambda row: row.count)
    total = words.asked(view.page)
    leading = _leading(view, rows, most)
    return Composition(
        bars=tuple(_bars(view)),
        said=", ".join(f"{_label(view, row)} {numbers.figure(view.lang, row.count, 0)}" for row in view.plan.legend),
        most=_label(view, most),
        share=speak(
            view.lang,
            "composition.share",
            known=numbers.figure(view.lang, most.count, 0),
            total=numbers.figure(view.lang, total, 0),
            level=view.word(total),
        ),
        leading=_label(view, leading),
        leaders=tuple(_leaders(view, leading)),
    )


def _label(view: MapView, row: LegendRow) -> str:
    return words.legend_label(view.lang, view.indicator, row)


def _leading(view: MapView, rows: Sequence[LegendRow], most: LegendRow) -> LegendRow:
    """The category of which is told where it leads: the chosen region's, else the highest, else the commonest."""
    own = view.plan.classes[view.chosen.number - 1] if view.chosen else None
    chosen = next((row for row in rows if row.byte == own), None)
    return chosen or (rows[0] if view.indicator.ordered else most)


def _bars(view: MapView) -> list[Bar]:
    """One bar a period, the latest and the one shown; another period's is known where the whole area has one."""
    page = view.page
    alike = {each: whole for each, whole in page.wholes.items() if each.granularity is page.period.granularity}
    known = {each: whole.distribution for each, whole in alike.items() if whole.distribution}
    latest = sorted({*known, page.period})[-_LATEST:]
    shown = latest if page.period in latest else [page.period, *latest[1:]]
    return [_bar(view, each, _counted(view) if each == page.period else _distributed(view, each)) for each in shown]


def _counted(view: MapView) -> list[LegendRow]:
    """The legend's rows, low to high where there is an order, those without an answer last."""
    rows = [row for row in view.plan.legend if row.kind == "category" and row.count]
    ordered = rows[::-1] if view.indicator.ordered else rows
    return [*ordered, *(row for row in view.plan.legend if row.kind == "state" and row.count)]


def _distributed(view: MapView, period: Period) -> list[LegendRow]:
    """The same of another period."""
    layer, (first, last) = view.layer, view.page.shown
    every = published.row(service().store, layer.edition.id, view.page.level, layer.release.id, period)
    said = every[first - 1 : last]
    counts = dict(zip(said.slugs, np.bincount(said.categories[said.known], minlength=len(said.slugs)), strict=True))
    rows = [
        LegendRow(kind="category", byte=byte, count=int(counts[each.slug]), colour=view.plan.colours[byte])
        for byte, each in enumerate(view.indicator.categories)
        if counts.get(each.slug)
    ]
    return [*rows, *state_rows(said)]


def _bar(view: MapView, period: Period, rows: Sequence[LegendRow]) -> Bar:
    scale = WIDTH / max(1, sum(row.count for row in rows))
    shown = period == view.page.period
    own = view.plan.classes[view.chosen.number - 1] if view.chosen and shown else None
    x, middle, pieces = 0.0, None, []
    for row in rows:
        width = row.count * scale
        pieces.append(_piece(view, row, x, width))
        middle = round(x + width / 2, 1) if own is not None and row.byte == own else middle
        x += width
    return Bar(dates.period(view.lang, period), shown, tuple(pieces), middle)


def _piece(view: MapView, row: LegendRow, x: float, width: float) -> Piece:
    said = numbers.figure(view.lang, row.count, 0)
    colour = row.colour or ""
    return Piece(
        x=round(x, 1),
        width=round(width, 1),
        colour=colour,
        ink=letter_ink(colour) if colour else "",
        count=said if colour and width >= _DIGIT * len(said) + 4 else "",
        state=row.state.value if row.state else "",
    )


def _leaders(view: MapView, row: LegendRow) -> list[Rung]:
    """The parents with the most regions of a category; none where all have one parent."""
    first, last = view.page.shown
    parents = [region.parent for region in view.page.shown_regions]
    said = list(zip(parents, view.plan.classes[first - 1 : last], strict=True))
    every = Counter(parent for parent, byte in said if parent and byte != STATE_BYTES[State.OUT_OF_SCOPE])
    counts = Counter(parent for parent, byte in said if parent and byte == row.byte)
    if len(every) < 2:
        return []
    ranked = sorted(counts, key=lambda code: (-counts[code], view.page.ancestors[code].name))[:_LEADING]
    scale = LENGTH / max(counts.values(), default=1)
    return [
        Rung(
            rank=numbers.figure(view.lang, 1 + sum(each > counts[code] for each in counts.values()), 0),
            name=view.page.ancestors[code].name,
            parent="",
            figure=speak(
                view.lang,
                "page.table.known_of",
                known=numbers.figure(view.lang, counts[code], 0),
                total=numbers.figure(view.lang, every[code], 0),
            ),
            href=view.here(area=code, region=None, compare=None),
            chosen=view.chosen is not None and view.chosen.parent == code,
            gap=False,
            bar=round(counts[code] * scale, 1),
            colour=row.colour or "",
        )
        for code in ranked
    ]
