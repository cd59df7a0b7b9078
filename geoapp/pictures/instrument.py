"""The reading panel's instrument in a picture: histogram over the class bar, or the boxes of a change, with markers."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from geoapp.atlas import words
from geoapp.atlas.captions import Telling
from geoapp.atlas.histogram import WIDTH, Histogram
from geoapp.i18n import numbers, speak
from geoapp.layers.plan import LegendRow
from geoapp.pictures import looks, text
from geoapp.pictures.blocks import Block
from geoapp.pictures.scene import Scene

TALLEST = 52.0
"""The height of the histogram's tallest bar in its own units."""


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


class Instrument:
    """The instrument of one legend, ``room`` pixels wide."""

    def __init__(self, telling: Telling, scene: Scene, room: float) -> None:
        self.telling, self.room, self.size = telling, room, scene.size
        self.page, self.language, self.letters = scene.page, scene.language, scene.size.letters

    def bars(self, shown: Histogram) -> Block:
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
        for x, name, figure, solid in self._marked(shown, scale):
            # however long a name is, its figure is said
            room = self.room - text.width(f" {figure}", size, solid)
            said = f"{text.wrapped(name, size, room, solid, 1)[0]} {figure}"
            width = text.width(said, size, solid)
            leans = [min(max(left, 0), self.room - width) for left in (x - width / 2, x - width + 8, x - 8)]
            spots = ((row, left) for row in range(len(taken) + 1) for left in leans)
            free = (at for at in spots if all(_apart(at[0], x, at[1], at[1] + width, *each) for each in taken))
            row, left = next(free, (len(taken), leans[0]))
            taken.append((row, x, left, left + width))
            deepest = max(deepest, row + 1)
            placed.append(Placed(x, said, left, (row + 1) * step - size * 0.3, solid))
        return placed, [step] * deepest

    def _marked(self, shown: Histogram, scale: float) -> Iterator[tuple[float, str, str, bool]]:
        """Place, name and figure of the chosen regions, then of the whole area."""
        for region in filter(None, (self.telling.chosen, self.telling.compared)):
            figure = self.page.observations[region.number - 1].figure
            if figure is not None:
                yield shown.x(figure) * scale, region.name, self._plain(figure), True
        whole = self.page.whole
        if whole is not None and whole.figure is not None and not self.page.layer.indicator.kind.is_amount:
            yield shown.x(whole.figure) * scale, words.area_name(self.page), self._plain(whole.figure), False

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
                lower = small * 1.15 if n % 2 and text.width(said, small) > width * 0.86 else 0.0
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
