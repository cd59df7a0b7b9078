"""The legend as the reading panel: rows with counts, the histogram with its markers, the narrow form, and its notes."""

from functools import cached_property
from typing import TYPE_CHECKING

from geoapp.atlas import histogram as bars
from geoapp.atlas import words
from geoapp.domain.changes import Change
from geoapp.domain.indicators import Indicator
from geoapp.domain.observations import State
from geoapp.domain.words import Language
from geoapp.i18n import numbers, speak
from geoapp.layers.plan import LegendRow
from geoapp.web.pages.change_scale import Pointer, Step, pointers, steps
from geoapp.web.pages.chart import clipped
from geoapp.web.pages.parts import Box, LegendLine
from geoapp.web.pages.swatch import Swatch

if TYPE_CHECKING:
    from geoapp.web.pages.view import MapView

_NARROW = 256.0
"""Width of the narrow form."""
_DIGIT = 6.8
"""Width of a digit on the axis."""
_NAME = 22
"""Signs of a name that a marker's label has room for; the same in the viewer."""


class Legend:
    """The legend of one view; what a template does not ask for is not made."""

    def __init__(self, view: "MapView") -> None:
        self.view, self.page, self.plan = view, view.page, view.plan
        self.lang: Language = view.lang
        self.indicator: Indicator = view.indicator

    @cached_property
    def rows(self) -> list[LegendLine]:
        """The rows, high to low, then the states that occur."""
        return [self._line(row) for row in self.plan.legend]

    def _line(self, row: LegendRow) -> LegendLine:
        chosen = self.view.chosen
        byte = self.plan.classes[chosen.number - 1] if chosen else None
        counted = row.kind != "circle"
        return LegendLine(
            byte=row.byte,
            swatch=Swatch.of_row(row, self.plan, self.view.letters.get(row.category or "", row.sign or "")),
            count=numbers.figure(self.lang, row.count, 0) if counted else "",
            word=self._word(row) if counted else "",
            label=words.legend_label(self.lang, self.indicator, row),
            why=self._why(row.state) if row.state else "",
            here=chosen.name if chosen and byte is not None and byte == row.byte else "",
            listed=row.state is not None and row.count > 0,
        )

    def _word(self, row: LegendRow) -> str:
        """What is counted; in an area also of how many: ``dari 28 desa``."""
        if row.everywhere is None:
            return self.view.word(row.count)
        everywhere = numbers.figure(self.lang, row.everywhere, 0)
        return speak(self.lang, "legend.of", everywhere=everywhere, level=self.view.word(row.everywhere))

    @cached_property
    def steps(self) -> list[Step]:
        """The classes of a change as boxes."""
        return steps(self)

    @cached_property
    def pointers(self) -> list[Pointer]:
        """The markers over them."""
        return pointers(self)

    def _why(self, state: State) -> str:
        """Why there is no figure; a change in per cent also lacks one where the earlier figure is zero."""
        if state is State.NOT_APPLICABLE and self.page.choice.percent:
            return speak(self.lang, "change.not_applicable.why")
        return speak(self.lang, f"state.{state.value}.why")

    @cached_property
    def pooled(self) -> bool | None:
        """Whether the periods share their breaks; None where there is nothing to share."""
        several = len(self.page.layer.periods) > 1 and self.histogram is not None
        return self.page.style.pooled if several else None

    @property
    def said(self) -> str:
        """What level the counts are of, and how the breaks of the periods relate."""
        message = "page.legend.pooled" if self.pooled else "page.legend.own"
        return speak(self.lang, message, level=self.view.word())

    @property
    def apart(self) -> bool:
        """Whether the same colour means another class in another period."""
        return self.pooled is False

    @cached_property
    def histogram(self) -> bars.Histogram | None:
        """The instrument, for classes of figures."""
        return bars.histogram(self.page)

    @cached_property
    def markers(self) -> dict[str, bars.Marker]:
        """The histogram's markers: ``chosen`` is the chosen region, ``whole`` everything spoken of."""
        if self.histogram is None:
            return {}
        chosen, whole = self.view.chosen, self.view.whole
        said = self.view.observation(chosen).figure if chosen else None
        own = (said, f"{clipped(chosen.name, _NAME)} {self.view.plain(said)}") if chosen and said is not None else None
        figure = whole.figure if whole else None
        other = (
            (figure, f"{clipped(self.view.whole_word, _NAME)} {self.view.plain(figure)}")
            if figure is not None
            else None
        )
        return bars.markers(self.histogram, own, other)

    @property
    def break_labels(self) -> list[tuple[float, str]]:
        """The class bounds under the class bar, left out where they would touch; the axis' ends are not bounds."""
        labels: list[tuple[float, str]] = []
        for x, figure in self.histogram.breaks[1:-1] if self.histogram else ():
            said = self.bound(figure)
            if not labels or x - labels[-1][0] > _DIGIT * (len(said) + len(labels[-1][1])) / 2 + 4:
                labels.append((x, said))
        return labels

    @property
    def boxes(self) -> list[Box]:
        """The classes from low to high as equal boxes, for narrow places; empty for other maps."""
        rows = sorted((row for row in self.plan.legend if row.kind == "class"), key=lambda row: row.byte or 0)
        if self.plan.kind not in ("choropleth", "difference") or len(rows) < 2:
            return []
        width = _NARROW / len(rows)
        return [
            Box(
                x=round(n * width, 1),
                width=round(width, 1),
                colour=row.colour or "",
                count=numbers.figure(self.lang, row.count, 0),
                upper="" if row.upper is None else self.bound(row.upper),
            )
            for n, row in enumerate(rows)
        ]

    def bound(self, figure: float) -> str:
        """A class bound; that of a change with its sign."""
        if isinstance(self.indicator, Change):
            said = numbers.bound(self.lang, round(abs(figure), 12), 0)
            return f"{'+' if figure > 0 else '−'}{said}" if abs(figure) > 1e-12 else said
        return numbers.bound(self.lang, figure, words.bound_decimals(self.indicator))
