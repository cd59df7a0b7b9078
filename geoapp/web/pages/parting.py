"""Areas as pages of a table that would be too long: those below the one shown, and those before and behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from geoapp.atlas import geography, words
from geoapp.domain.observations import Observation, State
from geoapp.domain.regions import Ancestor
from geoapp.i18n import numbers
from geoapp.web.opening import again, periods
from geoapp.web.pages.view import MapView
from geoapp.web.service import service


@dataclass(frozen=True, slots=True)
class AreaLink:
    """An area to choose: how many of its regions have a figure, and its own figure where the map has one."""

    name: str
    href: str
    known: str
    total: str
    figure: str


class Parting:
    """The areas of one view; what is not asked for is not made."""

    def __init__(self, view: MapView) -> None:
        self.view, self.page, self.lang = view, view.page, view.lang

    @cached_property
    def links(self) -> list[AreaLink]:
        """The areas below the one shown, from the highest level that parts it."""
        spans = geography.spans(service().store, self.view.layer.edition.id, self.page.level)
        figures, found = self._figures(), []
        for code, area in sorted(self._parts.items()):
            first, last = spans.get(code, (1, 0))
            said = self.page.observations[first - 1 : last]
            known, total = (int(np.count_nonzero(each)) for each in (said.known, ~said.is_in(State.OUT_OF_SCOPE)))
            if total:
                found.append(self._link(area, known, total, figures.get(code)))
        return found

    @cached_property
    def word(self) -> str:
        """What those areas are called."""
        some = list(self._parts.values())
        return words.level_word(self.lang, some[0].level, words.kinds(some)) if some else ""

    @cached_property
    def beside(self) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
        """Name and address of the areas before and behind the one shown, in the order of their codes."""
        own = self.page.area
        if own is None:
            return None, None
        spans = geography.spans(service().store, self.view.layer.edition.id, self.page.level)
        alike = sorted(code for code, each in self.page.ancestors.items() if each.level is own.level and code in spans)
        at = alike.index(own.code)
        before = self._named(alike[at - 1]) if at else None
        return before, self._named(alike[at + 1]) if at + 1 < len(alike) else None

    def _named(self, code: str) -> tuple[str, str]:
        return words.region_name(self.page.ancestors[code]), self._href(code)

    def _href(self, code: str) -> str:
        return f"{self.view.here(area=code, region=None, compare=None)}#table"

    @cached_property
    def _parts(self) -> dict[str, Ancestor]:
        """The upper regions of the highest level that has more than one of them in what is shown."""
        inside = self.page.area.code if self.page.area else ""
        below = [each for each in self.page.ancestors.values() if each.code.startswith(inside) and each.code != inside]
        for level in sorted({each.level for each in below}):
            found = {each.code: each for each in below if each.level is level}
            if len(found) > 1:
                return found
        return {}

    def _figures(self) -> Mapping[str, Observation]:
        level = next((each.level for each in self._parts.values()), None)
        if level not in self.view.layer.levels or self.page.period not in periods(self.page, level):
            return {}
        page = again(self.page, self.page.period, level, whole=True)
        return {each.code: said for each, said in zip(page.regions, page.observations, strict=True)}

    def _link(self, area: Ancestor, known: int, total: int, said: Observation | None) -> AreaLink:
        return AreaLink(
            name=area.name,
            href=self._href(area.code),
            known=numbers.figure(self.lang, known, 0),
            total=numbers.figure(self.lang, total, 0),
            figure=words.figure(self.lang, self.view.indicator, said, unit=False) if said and said.known else "",
        )
