"""Two maps side by side: one indicator in two periods, or two indicators of the same boundaries."""

from dataclasses import dataclass, replace
from functools import cached_property

from flask import Response, request

from geoapp.atlas import published, reading, words
from geoapp.atlas.changes import inside
from geoapp.atlas.choices import Choice, comparable
from geoapp.atlas.page import Layer
from geoapp.domain.changes import measured
from geoapp.domain.periods import Period, latest
from geoapp.domain.words import Language
from geoapp.errors import Gone, NotFound
from geoapp.i18n import dates, speak
from geoapp.web import dress, picture
from geoapp.web.caching import Keep, answer
from geoapp.web.kept import Body
from geoapp.web.links import absolute, address, alternates, base
from geoapp.web.opening import Opened, open_nearest
from geoapp.web.pages.choices import Option
from geoapp.web.pages.reading import Reading
from geoapp.web.pages.reading import reading as read
from geoapp.web.pages.routes import BLUEPRINT, HTML
from geoapp.web.pages.view import MapView
from geoapp.web.request import VIEW, Notice, Question, ask_kindly
from geoapp.web.service import service

_MOST_ROWS = 400
"""Regions up to which the page lists both figures of each."""


@dataclass(frozen=True, slots=True)
class PairRow:
    """Both figures of one region; ``rank`` is its place on the first map."""

    rank: str
    name: str
    parent: str
    first: str
    second: str
    href: str
    chosen: bool


@BLUEPRINT.get("/maps/<layer>/beside")
def beside(layer: str) -> Response:
    """200 the map beside another, each nearest to what was asked; 304; 404 no such layer; 410 withdrawn."""
    question = ask_kindly(request.args, *VIEW, "other", "second")
    pair = Pair.of(layer, question)
    key = ("pair", base(), *pair.first.key, *pair.second.key, repr(pair.notices))
    body = service().kept.get(key, lambda: _rendered(pair))
    return answer(body, Keep.MOVING if question.release is None else Keep.PINNED, absolute(pair.here()))


def _rendered(pair: "Pair") -> Body:
    html = dress.page(
        "pair.html",
        lang=pair.lang,
        pair=pair,
        sides=[
            {"view": each, "picture": picture.inline(each.telling, "embed"), "reading": said}
            for each, said in ((pair.first, pair.readings[0]), (pair.second, pair.readings[1]))
        ],
        notices=pair.notices,
        alternates=alternates(pair.path, **{name: said for name, said in pair.query.items() if name != "lang"}),
    )
    return Body(html, HTML)


class Pair:
    """Both views, what is said of them together, and what else could stand beside the first."""

    def __init__(self, first: MapView, second: MapView, notices: tuple[Notice, ...]) -> None:
        self.first, self.second, self.notices = first, second, notices
        self.lang: Language = first.lang

    @classmethod
    def of(cls, layer: str, question: Question) -> "Pair":
        """The pair asked for; without a second map the period before, else another indicator, stands beside."""
        opened = open_nearest(layer, question)
        other, notices = _other(opened, question)
        second = open_nearest(other.id, _question_beside(opened, other, question))
        return cls(_view(opened, question), _view(second, question), (*opened.notices, *notices, *second.notices))

    @property
    def same(self) -> bool:
        """Whether both show one indicator."""
        return self.first.layer.id == self.second.layer.id

    @property
    def path(self) -> str:
        """The page's address without a query."""
        return f"{self.first.path}/beside"

    @property
    def query(self) -> dict[str, str | int | None]:
        """The query of this pair."""
        other = None if self.same else self.second.layer.id
        return self.first.view() | {"compare": None, "other": other, "second": self.second.page.period.text}

    def here(self, **changed: str | int | None) -> str:
        """The address of this pair with something else."""
        return address(self.path, **(self.query | changed))

    @cached_property
    def title(self) -> str:
        """What stands beside what."""
        area = words.where(self.first.page)
        if self.same:
            periods = (self.first.span, self.second.span)
            name = self.first.indicator.name[self.lang]
            return speak(self.lang, "pair.periods", indicator=name, area=area, first=periods[0], second=periods[1])
        names = self.first.indicator.name[self.lang], inside(self.second.indicator.name[self.lang])
        return speak(self.lang, "pair.indicators", first=names[0], second=names[1], area=area)

    @cached_property
    def readings(self) -> tuple[Reading | None, Reading | None]:
        """What each map says of the region chosen."""
        return read(self.first), read(self.second)

    @cached_property
    def others(self) -> list[Option]:
        """The maps that can stand beside the first: itself, and those of the same boundaries and level."""
        found = [self.first.layer, *_siblings(self.first)]
        return [
            Option(each.id, measured(each.indicator).name[self.lang], each.id == self.second.layer.id) for each in found
        ]

    @cached_property
    def periods(self) -> list[Option]:
        """The periods of the first map."""
        return _periods(self.first)

    @cached_property
    def seconds(self) -> list[Option]:
        """The periods of the second map."""
        return _periods(self.second)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What of the pair its form carries."""
        return self.first.kept("period", "compare")

    @cached_property
    def rows(self) -> list[PairRow]:
        """Both figures of every region, in the order of the first map; none where there are too many to list."""
        if len(self.first.standings) > _MOST_ROWS:
            return []
        return [
            PairRow(
                rank="" if each.rank is None else str(each.rank),
                name=each.region.name,
                parent=self.first.parent_name(each.region),
                first=words.figure(self.lang, self.first.indicator, each.observation, unit=False),
                second=words.figure(self.lang, self.second.indicator, self.second.observation(each.region), unit=False),
                href=self.here(region=each.region.code),
                chosen=self.first.chosen is not None and each.region.code == self.first.chosen.code,
            )
            for each in self.first.standings
        ]


def _view(opened: Opened, question: Question) -> MapView:
    pinned = opened.page.layer.release.id if question.release else None
    return MapView(opened.page, question.lang, opened.chosen, pinned)


def _other(opened: Opened, question: Question) -> tuple[Layer, tuple[Notice, ...]]:
    """The layer for the second map: that asked for where it has the same boundaries and level, else a likely one."""
    own, level = opened.page.layer, opened.page.level
    if question.other is not None:
        try:
            asked = reading.layer(service().store, question.other)
        except (NotFound, Gone):
            asked = None
        if asked is not None and asked.edition.id == own.edition.id and level in asked.levels:
            return asked, ()
    several = len(published.periods(service().store, own, level)) > 1
    siblings = () if several else _siblings(_view(opened, question))
    found = next(iter(siblings), own)
    notices = (Notice("notice.other", {"asked": question.other}),) if question.other is not None else ()
    return found, notices


def _siblings(view: MapView) -> tuple[Layer, ...]:
    """The other maps of the same boundaries that have the same level."""
    return tuple(
        each
        for each in reading.layers(service().store)
        if each.edition.id == view.layer.edition.id and each.id != view.layer.id and view.page.level in each.levels
    )


def _question_beside(opened: Opened, other: Layer, question: Question) -> Question:
    """What is asked of the second map: the same place and level, a period of its own; a choice for one indicator."""
    page = opened.page
    same = other.id == page.layer.id
    asked = replace(
        question,
        level=page.level,
        area=page.area.code if page.area else None,
        region=opened.chosen.code if opened.chosen else None,
        compare=None,
        period=question.second or _second(opened, other),
        release=question.release if same else None,
        notices=(),
    )
    if same and page.choice != Choice.NONE:
        return asked
    return replace(asked, classes=None, palette=None, since=None, change=False)


def _second(opened: Opened, other: Layer) -> Period:
    """The period for the second map where none is asked for: one other than the first's of the same map, else alike."""
    page = opened.page
    known = published.periods(service().store, other, page.level)
    if other.id != page.layer.id:
        return page.period if page.period in known else latest(known)
    earlier = comparable(known, page.period)
    return earlier[0] if earlier else next((each for each in known if each != page.period), page.period)


def _periods(view: MapView) -> list[Option]:
    known = published.periods(service().store, view.layer, view.page.level, view.page.choice)
    return [Option(each.text, dates.period(view.lang, each), each == view.page.period) for each in known]
