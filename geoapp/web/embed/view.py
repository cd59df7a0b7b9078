"""A map as its frame shows it: the page's own words, shorter where the frame has no room for them."""

from functools import cached_property
from typing import NamedTuple, Self

from geoapp.atlas import words
from geoapp.i18n import speak
from geoapp.layers.plan import LegendRow
from geoapp.web import picture
from geoapp.web.links import address
from geoapp.web.opening import Opened
from geoapp.web.pages.parts import Box, LegendLine
from geoapp.web.pages.view import MapView
from geoapp.web.request import HIDEABLE, Question

_DIGIT = 7.2
"""Width of a digit under the boxes, with some air."""
MOST_DRAWN = 4000
"""Regions up to which a frame draws its own level: more take long, and are smaller than can be seen."""


class Short(NamedTuple):
    """A row of the legend and what it is called in the frame."""

    line: LegendLine
    label: str


class Look(NamedTuple):
    """What a frame is like beside its view: a theme or the reader's own, and the parts left out."""

    theme: str | None = None
    hidden: frozenset[str] = frozenset()


class FrameView(MapView):
    """The view of a frame."""

    look = Look()
    _meant: Self | None = None

    @classmethod
    def of(cls, opened: Opened, question: Question) -> Self:
        """The frame of an opened map, as its address asks for it; of very many regions the frame of a level above.

        A page puts the live map in the place of such a picture; in a frame title, legend and picture have to agree.
        """
        meant = cls(opened.page, question.lang, opened.chosen, question.release, opened.compared)
        many = len(opened.page.regions) > MOST_DRAWN
        page = (picture.light(opened.page) if many else None) or opened.page
        view = meant if page is opened.page else cls(page, question.lang, None, question.release)
        view.look, view._meant = Look(question.theme, question.hide), meant
        return view

    @property
    def meant(self) -> MapView:
        """The view that was asked for."""
        return self._meant or self

    @property
    def coarser(self) -> bool:
        """Whether the frame shows a level above the one asked for."""
        return self.meant is not self

    @property
    def levels_said(self) -> dict[str, str]:
        """What the regions are called that are shown, and that were asked for."""
        return {"shown": self.word(), "asked": self.meant.word(2)}

    @property
    def share(self) -> str:
        """The page of the view that was asked for."""
        return self.meant.share if self.coarser else super().share

    @property
    def spot(self) -> str:
        """Where a script asks what lies at a spot of the picture."""
        return address(f"/embed/{self.layer.id}/at", **self.view())

    def shows(self, part: str) -> bool:
        """Whether a part is not left out."""
        return part not in self.look.hidden

    @cached_property
    def short_legend(self) -> list[Short]:
        """The legend's rows but for circles, which stand on the map itself; intervals without words between."""
        rows = zip(self.legend.rows, self.plan.legend, strict=True)
        return [Short(line, self._label(line, row)) for line, row in rows if row.kind != "circle"]

    def _label(self, line: LegendLine, row: LegendRow) -> str:
        if row.kind != "class" or row.lower is None or row.upper is None or row.lower < 0:
            return line.label
        bounds = {"lower": self.legend.bound(row.lower), "upper": self.legend.bound(row.upper)}
        return speak(self.lang, "embed.between", **bounds)

    @cached_property
    def boxes(self) -> list[Box]:
        """The classes as equal boxes, where the bounds between them find room."""
        boxes = self.legend.boxes
        return boxes if all(len(each.upper) * _DIGIT < each.width for each in boxes) else []

    @property
    def foot(self) -> str:
        """Where figures and lines come from, and whether the lines are fixed by regulation."""
        said = speak(
            self.lang,
            "embed.source",
            source=self.indicator.source[self.lang],
            boundaries=self.layer.edition.attribution[self.lang],
            status=speak(self.lang, f"embed.status.{self.layer.edition.status.value}"),
            rights=self.layer.edition.rights.rstrip("."),
        )
        return " ".join(filter(None, (said, words.around(self.layer, self.lang))))

    def frame(self, period: str) -> str:
        """The address of this frame in another period."""
        hide = ",".join(each for each in HIDEABLE if not self.shows(each)) or None
        return address(f"/embed/{self.layer.id}", **self.view(period=period), theme=self.look.theme, hide=hide)
