"""What a map's page offers to turn to: the periods with the whole area's figure in each, and the levels."""

from functools import cached_property

from geoapp.atlas import geography, published, words
from geoapp.atlas.page import Aggregate
from geoapp.domain.indicators import Indicator
from geoapp.domain.periods import without_gaps
from geoapp.i18n import dates, numbers
from geoapp.web.pages.behind import Behind
from geoapp.web.pages.parts import LevelLink, PeriodLink
from geoapp.web.service import service

_CELL = 9
"""Signs that a cell of the period control has room for."""


class Controls(Behind):
    """The controls of one map, in one language."""

    @property
    def indicator(self) -> Indicator:
        """What the map measures, or the change of it."""
        return self.page.layer.indicator

    @cached_property
    def periods(self) -> list[PeriodLink]:
        """The period control's cells; a period without a map leaves its cell empty, so that the years stay in step."""
        known = published.periods(service().store, self.layer, self.page.level)
        alike = published.periods(service().store, self.layer, self.page.level, self.page.choice)
        figures = {"since": None, "change": None}
        return [
            PeriodLink(
                text=each.text,
                label=dates.period(self.lang, each),
                whole=self._cell(self.page.wholes.get(each)),
                href=self.here(period=each.text, **({} if each in alike else figures)) if each in known else "",
                shown=each == self.page.period,
            )
            for each in without_gaps(self.layer.periods)
        ]

    def _cell(self, whole: Aggregate | None) -> str:
        """The whole area's figure in a cell of the period control: shortened where it has more signs than fit."""
        said = self.whole_figure(whole, unit=False)
        if whole is None or whole.figure is None or len(said) <= _CELL:
            return said
        return f"{'+' if said[0] == '+' else ''}{numbers.compact(self.lang, whole.figure)}"

    @cached_property
    def levels(self) -> list[LevelLink]:
        """The levels to choose from; empty where there is only one."""
        if len(self.layer.levels) < 2:
            return []
        store, edition = service().store, self.layer.edition.id
        kinds = {each: words.kinds(geography.regions(store, edition, each)) for each in self.layer.levels}
        return [
            LevelLink(
                slug=each.slug,
                word=words.level_word(self.lang, each, kinds[each]),
                href=self.here(level=each.slug, region=None, compare=None),
                shown=each is self.page.level,
            )
            for each in self.layer.levels
        ]

    def whole_figure(self, whole: Aggregate | None, unit: bool = True) -> str:
        """The figure of the whole area in words, or nothing."""
        if whole is None or whole.figure is None:
            return ""
        said = words.with_unit if unit else words.plain
        return said(self.lang, self.indicator, whole.figure)
