"""The legend of a picture: the reading panel's histogram or boxes, circles, and a row for each class and state."""

from collections.abc import Iterator, Sequence

from geoapp.atlas import words
from geoapp.atlas.captions import Telling
from geoapp.atlas.histogram import histogram
from geoapp.domain.observations import State
from geoapp.domain.regions import Region
from geoapp.i18n import numbers, speak
from geoapp.layers.plan import LegendRow
from geoapp.pictures import looks, text
from geoapp.pictures.blocks import Block
from geoapp.pictures.instrument import Instrument
from geoapp.pictures.scene import Scene

_ROW = 1.95
"""The height of a row in those of its letters; never under …"""
_LEAST_ROW = 1.4


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
        tool = Instrument(self.telling, self.scene, self.room)
        made = [tool.bars(shown)] if shown else [tool.boxes(classes)] if self.plan.kind == "difference" else []
        if not made:
            yield from (
                [head, self.columns(every, 2) if stacked else self.rows(every, tight)] for tight in (1.0, 0.86, 0.74)
            )
            return
        if not stacked or self.size.free[0]:
            yield from ([head, *made, self.rows(every, tight)] for tight in (1.0, 0.86, 0.76))
        if not stacked and not self.telling.chosen:
            yield from ([head, self.rows(every, tight)] for tight in (1.0, 0.86, 0.74))
        yield [head, *made, self.columns(states, 2) if stacked else self.rows(states, 0.9)]
        if not stacked:  # the headline has said what is measured
            yield [*made, self.rows(states, 0.8)]

    def heading(self) -> Block:
        """What is measured, with unit and period."""
        size, stacked = self.letters.body * 0.92, self.size.layout == "stacked"
        said = self.telling.heading if self.telling.chosen or stacked else self.telling.measure
        y, parts = size, []
        for line in text.balanced(said, size, self.room, bold=True, most=2):
            parts.append(text.written(line, 0, y, size, bold=True))
            y += size * 1.3
        return Block(y - size * 0.55, "".join(parts))

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
        first, last = self.page.shown
        return looks.has_estimates(self.plan, first, last)

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
