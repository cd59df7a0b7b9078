"""All periods of one map beside each other: small maps, and how many regions each class has when."""

from dataclasses import dataclass
from functools import cached_property

from flask import Response, request

from geoapp.atlas import words
from geoapp.domain.words import Language
from geoapp.i18n import dates, numbers, speak
from geoapp.layers.plan import LegendRow
from geoapp.web import dress
from geoapp.web.caching import Keep, answer
from geoapp.web.kept import Body
from geoapp.web.links import absolute, address, alternates, base
from geoapp.web.opening import again, open_nearest, periods
from geoapp.web.pages.routes import BLUEPRINT, HTML
from geoapp.web.pages.swatch import Swatch
from geoapp.web.pages.view import MapView
from geoapp.web.request import VIEW, Notice, ask_kindly
from geoapp.web.service import service


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One class with the number of its regions in each period."""

    swatch: Swatch
    label: str
    counts: tuple[str, ...]


@BLUEPRINT.get("/maps/<layer>/years")
def years(layer: str) -> Response:
    """200 every period as a small map; 304; 404 no such layer; 410 withdrawn."""
    question = ask_kindly(request.args, *VIEW)
    opened = open_nearest(layer, question)
    shown = Years(MapView(opened.page, question.lang, None, question.release), opened.notices)
    key = ("years", base(), *shown.view.key, repr(opened.notices))
    body = service().kept.get(key, lambda: _rendered(shown))
    return answer(body, Keep.MOVING if question.release is None else Keep.PINNED, absolute(shown.here))


def _rendered(shown: "Years") -> Body:
    html = dress.page(
        "years.html",
        lang=shown.view.lang,
        years=shown,
        view=shown.view,
        notices=shown.notices,
        alternates=alternates(shown.path, **{name: said for name, said in shown.query.items() if name != "lang"}),
    )
    return Body(html, HTML)


class Years:
    """The views of one map in every period that it has under its choice."""

    def __init__(self, view: MapView, notices: tuple[Notice, ...]) -> None:
        self.view, self.notices = view, notices
        self.lang: Language = view.lang

    @property
    def path(self) -> str:
        """The page's address without a query."""
        return f"{self.view.path}/years"

    @property
    def query(self) -> dict[str, str | int | None]:
        """The query of this page: that of the map without a period."""
        return self.view.view() | {"period": None}

    @property
    def here(self) -> str:
        """The address of this page."""
        return address(self.path, **self.query)

    @cached_property
    def views(self) -> list[MapView]:
        """One view a period, the earliest first."""
        pages = (again(self.view.page, each) for each in periods(self.view.page))
        return [MapView(each, self.lang, None, self.view.pinned) for each in pages]

    @property
    def title(self) -> str:
        """What is shown, from when to when."""
        first, last = self.views[0], self.views[-1]
        said = {
            "indicator": self.view.indicator.name[self.lang],
            "level": self.view.word(),
            "area": words.where(self.view.page),
        }
        if self.since:
            return speak(self.lang, "years.title.change", since=self.since, **said)
        if len(self.views) == 1:
            return first.title
        return speak(self.lang, "years.title", first=first.period, last=last.period, **said)

    @property
    def since(self) -> str:
        """With what each period is compared, or nothing."""
        since = self.view.page.choice.since
        return dates.period(self.lang, since) if since else ""

    @cached_property
    def summary(self) -> str:
        """How the whole area moved from the first period to the last, where it has figures of both."""
        if self.since:
            return ""
        known = [(each, each.page.whole.figure) for each in self.views if each.page.whole]
        said = [(view.period, figure) for view, figure in known if figure is not None]
        if len(said) < 2:
            return ""
        (first, before), (last, after) = said[0], said[-1]
        moved = round(after - before, self.view.indicator.decimals)
        message = "years.steady" if not moved else "years.rose" if moved > 0 else "years.fell"
        figures = [words.with_unit(self.lang, self.view.indicator, each) for each in (before, after)]
        return speak(
            self.lang, message, area=self.view.area, first=first, last=last, before=figures[0], after=figures[1]
        )

    @property
    def apart(self) -> bool:
        """Whether each period has breaks of its own, so that nothing can be counted across."""
        return self.view.page.plan.kind == "choropleth" and not self.view.page.style.pooled and len(self.views) > 1

    @cached_property
    def rows(self) -> list[ClassRow]:
        """The classes from high to low, then the states; empty where the periods do not share their classes."""
        if self.apart:
            return []
        by_view = [{_name(row): row for row in each.plan.legend if row.kind != "circle"} for each in self.views]
        rows: dict[object, LegendRow] = {}
        for legend in reversed(by_view):
            rows |= {name: row for name, row in legend.items() if name not in rows}
        ordered = sorted(rows.values(), key=lambda row: (row.kind == "state", -(row.byte or 0)))
        return [
            ClassRow(
                Swatch.of_row(row, self.view.plan, self.view.letters.get(row.category or "", row.sign or "")),
                words.legend_label(self.lang, self.view.indicator, row),
                tuple(self._count(legend.get(_name(row))) for legend in by_view),
            )
            for row in ordered
            if row.kind != "state" or any(_name(row) in legend and legend[_name(row)].count for legend in by_view)
        ]

    def _count(self, row: LegendRow | None) -> str:
        return numbers.figure(self.lang, row.count if row else 0, 0)

    def alt(self, view: MapView) -> str:
        """What a small map shows, for those who do not see it."""
        whole = view.whole_figure(view.page.whole)
        return f"{view.title}. {view.area}: {whole}." if whole else f"{view.title}."


def _name(row: LegendRow) -> object:
    """What tells a row of one period from the others, and is the same in every period."""
    return row.state or row.byte
