"""The legend of a picture: the reading panel's histogram or boxes, circles, and a row for each class and state."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from geoapp.atlas import words
from geoapp.atlas.captions import Telling
from geoapp.atlas.histogram import WIDTH, Histogram, histogram
from geoapp.domain.observations import State
from geoapp.domain.regions import Region
from geoapp.i18n import numbers, speak
from geoapp.layers.plan import LegendRow
from geoapp.pictures import looks, text
from geoapp.pictures.blocks import Block
from geoapp.pictures.scene import Scene

_ROW = 1.95
"""The height of a row in those of its letters; never under …"""
_LEAST_ROW = 1.4
TALLEST = 52.0
"""The height of the histogram's tallest bar in its own units."""


def block(telling: Telling, scene: Scene, room: float, tallest: float) -> Block:
    """The legend in at most ``tallest`` pixels: with every row where there is room, else the instrument alone."""
    drawn = Legend(telling, scene, room)
    made = Block(0, "")
    for parts in drawn.forms():
        made = _stacked(parts)
        if made.height <= tallest:
            break
    return made


def _stacked(parts: Sequence[Block]) -> Block:
    y, drawn = 0.0, []
    for part in parts:
        drawn.append(part.at(0, y))
        y += part.height
    return Block(y, "".join(drawn))


def _rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"/>'


class Placed(NamedTuple):
    """A marker: where it stands, its label with the left end and the baseline, and whether it is a chosen region's."""

    x: float
    label: str
    left: float
    baseline: float
    solid: bool


def _apart(row: int, x: float, left: float, right: float, its_row: int, its_x: float, begin: float, end: float) -> bool:
    """Whether two markers' labels touch neither each other nor the other's stem, which runs down through the rows."""
    if row == its_row:
        return left > end + 12 or right < begin - 12
    if row > its_row:
        return not left - 5 < its_x < right + 5
    return not begin - 5 < x < end + 5


class Legend:
    """The parts of one legend, ``room`` pixels wide."""

    def __init__(self, telling: Telling, scene: Scene, room: float) -> None:
        self.telling, self.scene, self.room = telling, scene, room
        self.page, self.language, self.size = scene.page, scene.language, scene.size
        self.plan = self.page.plan
        self.letters = self.size.letters

    def forms(self) -> Iterator[list[Block]]:
        """From the fullest to the shortest, each made when it is asked for."""
        head, states = self.heading(), [row for row in self.plan.legend if row.kind in ("state", "zero")]
        stacked = self.size.layout == "stacked"
        classes = [row for row in self.plan.legend if row.kind not in ("state", "zero", "circle")]
        every, shown = [*classes, *states], histogram(self.page)
        if self.plan.kind == "circles":
            yield from ([head, self.circles(), self.rows(states, tight)] for tight in (1.0, 0.8))
            return
        tool = [self.instrument(shown)] if shown else [self.boxes(classes)] if self.plan.kind == "difference" else []
        if not tool:
            yield from (
                [head, self.columns(every, 2) if stacked else self.rows(every, tight)] for tight in (1.0, 0.86, 0.74)
            )
            return
        if not stacked or self.size.free[0]:
            yield from ([head, *tool, self.rows(every, tight)] for tight in (1.0, 0.86, 0.76))
        if not stacked and not self.telling.chosen:
            yield from ([head, self.rows(every, tight)] for tight in (1.0, 0.86, 0.74))
        yield [head, *tool, self.columns(states, 2) if stacked else self.rows(states, 0.9)]

    def heading(self) -> Block:
        """What is measured, with unit and period."""
        size, stacked = self.letters.body * 0.92, self.size.layout == "stacked"
        said = self.telling.heading if self.telling.chosen or stacked else self.telling.measure
        y, parts = size, []
        for line in text.wrapped(said, size, self.room, bold=True, most=2):
            parts.append(text.written(line, 0, y, size, bold=True))
            y += size * 1.3
        return Block(y - size * 0.55, "".join(parts))

    # ── the instrument ─────────────────────────────────────────────────────────────────────────────────────────

    def instrument(self, shown: Histogram) -> Block:
        """Bars over the class bar to scale, its bounds below, and where the chosen regions and the whole area stand."""
        scale, small = self.room / WIDTH, self.letters.small * 1.05
        markers = self._markers(shown, scale, small)
        tall = self.letters.body * (2.1 if self.size.height <= self.size.width else 2.8)
        top, bar = sum(markers[1]) + tall + small * 0.2, self.letters.body * 0.85
        parts = []
        for each in shown.bars:
            high = max(each.height / TALLEST * tall, 1.5)
            parts.append(_rect(each.x * scale, top - high, max(each.width * scale, 1), high, each.colour))
        parts += [_rect(each.x * scale, top, each.width * scale, bar, each.colour) for each in shown.boxes]
        if shown.broken_at is not None:
            x = shown.broken_at * scale
            parts.append(
                f'<path d="M{x:.1f} {top + bar + 2:.1f}l5 {-bar - 4:.1f}" stroke="{looks.PAPER}" stroke-width="3"/>'
            )
        parts += self._bounds(shown, scale, top + bar + small * 1.15, small)
        parts += [self._marker(each, top) for each in markers[0]]
        return Block(top + bar + small * 1.9, f'<g class="instrument">{"".join(parts)}</g>')

    def _bounds(self, shown: Histogram, scale: float, y: float, size: float) -> list[str]:
        """Breaks under the edges between the boxes, left out where they would touch."""
        parts, end = [], -1e9
        decimals = words.bound_decimals(self.page.layer.indicator)
        for x, figure in shown.breaks[1:-1]:
            said = numbers.bound(self.language, figure, decimals)
            half = text.width(said, size) / 2
            at = min(max(x * scale, half), self.room - half)
            if at - half > end + size * 0.4:
                parts.append(text.written(said, at, y, size, looks.INK_2, anchor="middle"))
                end = at + half
        return parts

    def _markers(self, shown: Histogram, scale: float, size: float) -> tuple[list[Placed], list[float]]:
        """Every marker, its label in a row where it touches no other; and the heights of the rows."""
        step, placed, deepest = size * 1.35, list[Placed](), 0
        taken: list[tuple[int, float, float, float]] = []
        for x, label, solid in self._marked(shown, scale):
            said = text.wrapped(label, size, self.room, solid, 1)[0]
            width = text.width(said, size, solid)
            leans = [min(max(left, 0), self.room - width) for left in (x - width / 2, x - width + 8, x - 8)]
            row, left = next(
                (row, left)
                for row in range(len(taken) + 1)
                for left in leans
                if all(_apart(row, x, left, left + width, *each) for each in taken) or row == len(taken)
            )
            taken.append((row, x, left, left + width))
            deepest = max(deepest, row + 1)
            placed.append(Placed(x, said, left, (row + 1) * step - size * 0.3, solid))
        return placed, [step] * deepest

    def _marked(self, shown: Histogram, scale: float) -> Iterator[tuple[float, str, bool]]:
        """The chosen regions with their figures, then the whole area."""
        for region in filter(None, (self.telling.chosen, self.telling.compared)):
            figure = self.page.observations[region.number - 1].figure
            if figure is not None:
                yield shown.x(figure) * scale, f"{region.name} {self._plain(figure)}", True
        whole = self.page.whole
        if whole is not None and whole.figure is not None and not self.page.layer.indicator.kind.is_amount:
            yield shown.x(whole.figure) * scale, f"{words.area_name(self.page)} {self._plain(whole.figure)}", False

    def _marker(self, each: Placed, top: float) -> str:
        size = self.letters.small * 1.05
        x, head = each.x, size * 0.42
        stem = f'stroke="{looks.INK}" stroke-width="{1.6 if each.solid else 1.2}"'
        dashes = "" if each.solid else ' stroke-dasharray="3 3"'
        tip = f"M{x - head:.1f} {top - head * 0.6:.1f}h{2 * head:.1f}l{-head:.1f} {head * 1.7:.1f}z"
        fill = looks.INK if each.solid else looks.PAPER
        ink = looks.INK if each.solid else looks.INK_2
        return (
            f'<path d="M{x:.1f} {each.baseline + 4:.1f}V{top - head * 0.6:.1f}" fill="none" {stem}{dashes}/>'
            f'<path d="{tip}" fill="{fill}" stroke="{looks.INK}" stroke-width="1.4"/>'
            + text.written(each.label, each.left, each.baseline, size, ink, bold=each.solid)
        )

    def boxes(self, rows: Sequence[LegendRow]) -> Block:
        """The classes of a change from fall to rise as equal boxes with their signs; their bounds below."""
        rows = sorted(rows, key=lambda row: row.byte or 0)
        small, width = self.letters.small * 1.05, self.room / max(len(rows), 1)
        top, tall, low = small * 1.5, self.letters.body * 1.25, 0.0
        parts = [
            text.written(speak(self.language, message), x, small, small, looks.INK_2, anchor=anchor)
            for message, x, anchor in (
                ("picture.change.fell", 0.0, "start"),
                ("picture.change.near", self.room / 2, "middle"),
                ("picture.change.rose", self.room, "end"),
            )
        ]
        for n, row in enumerate(rows):
            colour = row.colour or looks.LAND
            box = f'<rect x="{n * width:.1f}" y="{top:.1f}" width="{width:.1f}" height="{tall:.1f}" fill="{colour}"/>'
            ink, middle = looks.letter_ink(colour), top + tall * 0.68
            parts.append(box + text.written(row.sign or "", (n + 0.5) * width, middle, small, ink, True, "middle"))
            if row.upper is not None:
                said = numbers.signed(self.language, row.upper, self._places(row.upper))
                # bounds that would touch stand in two rows
                lower = small * 1.15 if n % 2 and text.width(said, small) > width * 0.98 else 0.0
                low = max(low, lower)
                x, y = (n + 1) * width, top + tall + small * 1.2 + lower
                parts.append(text.written(said, x, y, small, looks.INK_2, anchor="middle"))
        return Block(top + tall + low + small * 2, "".join(parts))

    @staticmethod
    def _places(figure: float) -> int:
        written = f"{abs(round(figure, 9)):.9f}".rstrip("0")
        return len(written.partition(".")[2])

    def _plain(self, figure: float) -> str:
        return words.plain(self.language, self.page.layer.indicator, figure)

    # ── circles and rows ───────────────────────────────────────────────────────────────────────────────────────

    def circles(self) -> Block:
        """Nested rings at the map's own scale, with leaders to their figures."""
        rows = [row for row in self.plan.legend if row.kind == "circle" and row.figure and self.plan.largest]
        if not rows:
            return Block(0, "")
        size = self.letters.body * 0.92
        radii = [self.scene.largest * ((row.figure or 0) / (self.plan.largest or 1)) ** 0.5 for row in rows]
        low, x = max(2 * radii[0], size * 1.3 * len(rows)) + 4, radii[0] + 1
        parts, line = [], low - 2 * radii[0] - size * 1.3
        for row, radius in zip(rows, radii, strict=True):
            line = max(line + size * 1.3, low - 2 * radius)
            parts.append(
                f'<circle cx="{x:.1f}" cy="{low - radius:.1f}" r="{radius:.1f}" fill="{looks.CIRCLE}" fill-opacity=".2"'
                f' stroke="{looks.CIRCLE}"/><path d="M{x:.1f} {low - 2 * radius:.1f}L{2 * x + 14:.1f} {line:.1f}"'
                f' stroke="{looks.CIRCLE}" fill="none"/>'
            )
            label = words.legend_label(self.language, self.page.layer.indicator, row)
            parts.append(text.written(label, 2 * x + 20, line + size * 0.35, size))
        return Block(max(low, line) + size * 0.9, f'<g class="rings">{"".join(parts)}</g>')

    def rows(self, rows: Sequence[LegendRow], tight: float = 1.0) -> Block:
        """One row under the other, with rules between them; where figures are estimates, a line says how they look."""
        size = self.letters.body * (0.8 + 0.2 * tight)
        step = size * max(_LEAST_ROW, _ROW * tight)
        worded = self._worded(rows, self.room, size)
        rule = f'<path d="M0 0h{self.room:g}" stroke="{looks.RULE}"/>'
        drawn = [
            f'<g transform="translate(0 {n * step:g})">{rule}{self._row(row, self.room, size, step, worded)}</g>'
            for n, row in enumerate(rows)
        ]
        height = len(rows) * step
        if self._dotted:
            height += self.letters.small * 1.5
            note = speak(self.language, "picture.estimated")
            drawn.append(text.written(note, 0, height - self.letters.small * 0.3, self.letters.small, looks.INK_2))
        return Block(height, "".join(drawn))

    def columns(self, rows: Sequence[LegendRow], count: int) -> Block:
        """Rows beside each other, where a picture is wider than high."""
        size = max(self.letters.body * 0.86, self.letters.small * 1.09)
        step, wide = size * 1.7, (self.room - 40) / count
        high, worded = -(-len(rows) // count), self._worded(rows, wide, size)
        drawn = []
        for n, row in enumerate(rows):
            x, y = n // high * (wide + 40), n % high * step
            drawn.append(f'<g transform="translate({x:g} {y:g})">{self._row(row, wide, size, step, worded)}</g>')
        height = high * step
        if self._dotted:
            height += self.letters.small * 1.5
            note = speak(self.language, "picture.estimated")
            drawn.append(text.written(note, 0, height - self.letters.small * 0.4, self.letters.small, looks.INK_2))
        return Block(height, "".join(drawn))

    @property
    def _dotted(self) -> bool:
        return any(looks.estimated(self.plan, region.number) for region in self.page.shown_regions)

    def _counted(self, row: LegendRow) -> str:
        """How many regions a row has, with their word."""
        count = numbers.figure(self.language, row.count, 0)
        return speak(self.language, "picture.count", count=count, level=self.telling.word(row.count))

    def _worded(self, rows: Sequence[LegendRow], room: float, size: float) -> bool:
        """Whether every row has room for its label and for what is counted."""
        indicator, other = self.page.layer.indicator, size * 3
        labels = [words.legend_label(self.language, indicator, row) for row in rows]
        return all(
            text.width(label, size) + text.width(self._counted(row), size * 0.92) + other <= room
            for label, row in zip(labels, rows, strict=True)
        )

    def _row(self, row: LegendRow, room: float, size: float, step: float, worded: bool) -> str:
        """A swatch, the label and the count, ``worded`` with what is counted."""
        wide, high, middle = size * 1.8, min(size * 1.2, step - 6), step / 2
        count = numbers.figure(self.language, row.count, 0)
        counted = self._counted(row)
        label = words.legend_label(self.language, self.page.layer.indicator, row)
        if not worded:
            counted = count  # the heading has said what is counted
        taken = text.width(counted, size * 0.92)
        label = text.wrapped(label, size, room - taken - wide - size * 1.2, most=1)[0]
        edge = 'stroke-dasharray="4 3"' if row.state is State.OUT_OF_SCOPE else 'stroke-opacity=".25"'
        sign = row.sign or words.letters(self.language, self.page.layer.indicator).get(row.category or "", "")
        mark = text.written(
            sign,
            wide / 2,
            middle + size * 0.28,
            size * 0.76,
            looks.letter_ink(row.colour or looks.PAPER),
            True,
            "middle",
        )
        return (
            f'<rect y="{middle - high / 2:.4g}" width="{wide:.4g}" height="{high:.4g}" fill="{self._swatch(row)}"'
            f' stroke="{looks.INK}" {edge}/>'
            + (mark if sign else "")
            + text.written(label, wide + size * 0.7, middle + size * 0.35, size, bold=self._here(row))
            + text.written(counted, room, middle + size * 0.35, size * 0.92, looks.INK_2, anchor="end")
        )

    def _here(self, row: LegendRow) -> bool:
        """Whether the chosen region is one of this row's."""
        chosen: Region | None = self.telling.chosen
        return chosen is not None and row.byte is not None and self.plan.classes[chosen.number - 1] == row.byte

    def _swatch(self, row: LegendRow) -> str:
        if row.state is not None:
            return looks.state_fill(row.state, self.scene.prefix)
        if row.kind == "zero":
            return f"url(#{self.scene.prefix}zero)"
        return row.colour or looks.LAND
