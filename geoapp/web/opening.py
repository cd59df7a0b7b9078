"""From a question to an opened map: exactly what was asked for machines, the nearest view with notices for people."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from geoapp.atlas import choices, geography, published, reading, words
from geoapp.atlas.choices import Choice
from geoapp.atlas.page import Layer, MapPage
from geoapp.atlas.visited import Palettes
from geoapp.domain.levels import Level
from geoapp.domain.periods import Granularity, Period, latest
from geoapp.domain.regions import Region
from geoapp.domain.words import Language
from geoapp.errors import BadRequest, NotFound
from geoapp.i18n import dates
from geoapp.web.links import address
from geoapp.web.request import Notice, Question
from geoapp.web.service import service


@dataclass(frozen=True, slots=True)
class Opened:
    """A map as a person sees it: the region chosen and the one beside it, if any, and what was not followed."""

    page: MapPage
    chosen: Region | None
    notices: tuple[Notice, ...]
    compared: Region | None = None


def open_exactly(layer_id: str, question: Question) -> MapPage:
    """The map asked for.

    Raises
    ------
    NotFound
        For an unknown layer or release.
    BadRequest
        For a level, period, area or region that the layer does not have, or a choice that the map cannot follow.
    Gone
        If it was withdrawn.
    """
    store = service().store
    layer = reading.layer(store, layer_id, question.release)
    level, period = question.level or layer.levels[0], question.period or layer.latest
    choice, unfit = _fitted(layer, level, period, question.choice)
    if unfit:
        raise BadRequest(unfit[0].message, **_said(unfit[0].values, question.lang))
    area = _area(layer, level, question.area)
    try:
        page = reading.open_map(store, layer, level, period, choice, area, _palettes())
    except NotFound as unheld:  # there is such an address: it is a value of its query that is wrong
        raise BadRequest(unheld.message, **unheld.values) from None
    for code in (question.region, question.compare):
        if code is not None and page.region(code) is None:
            raise BadRequest("error.no_region", code=code)
    if question.compare and not question.region:
        raise BadRequest("error.parameter_needed", name="region")
    return page


def open_nearest(layer_id: str, question: Question) -> Opened:
    """The map asked for, or the nearest one that exists; NotFound and Gone only for the layer itself."""
    store = service().store
    layer = reading.layer(store, layer_id, question.release)
    notices = [*retirement(layer, question.lang), *(_dressed(each, layer, question) for each in question.notices)]
    level, period = _nearest_time(layer, question, notices)
    choice, unfit = _fitted(layer, level, period, question.choice)
    notices += [Notice(each.message, _said(each.values, question.lang)) for each in unfit]
    area = _nearest_area(layer, level, question, notices)
    page = reading.open_map(store, layer, level, period, choice, area, _palettes())
    chosen, compared = _nearest_regions(page, question, notices)
    if page.area and any(each and not _inside(page, each) for each in (chosen, compared)):
        outside = next(each for each in (chosen, compared) if each and not _inside(page, each))
        values = {"name": words.region_name(outside), "area": words.area_name(page)}
        notices.append(Notice("notice.outside_area", values))
        page = reading.open_map(store, layer, level, period, choice, None, _palettes())
    return Opened(page, chosen, tuple(notices), compared)


def retirement(layer: Layer, language: Language) -> list[Notice]:
    """That the map's boundaries are no longer used, since when and why, and where the map is that stands in for it."""
    out = layer.retired
    if out is None:
        return []
    found = reading.stand_in(service().store, layer)
    href = address(f"/maps/{found.id}", lang=language) if found else ""
    said = {"date": dates.day(language, out.at), "reason": out.reason.rstrip(".")}
    return [Notice("notice.retired", said, "notice.retired.instead", href)]


def again(page: MapPage, period: Period, level: Level | None = None, whole: bool = False) -> MapPage:
    """The same view at another period, or at another level; NotFound where the map, under its choice, has none.

    ``whole`` leaves out the area, which need not hold regions of another level.
    """
    area = page.area.code if page.area and not whole else None
    return reading.open_map(service().store, page.layer, level or page.level, period, page.choice, area, _palettes())


def periods(page: MapPage, level: Level | None = None) -> tuple[Period, ...]:
    """The periods that the same view has at a level."""
    return published.periods(service().store, page.layer, level or page.level, page.choice)


def published_periods(page: MapPage) -> tuple[Period, ...]:
    """The periods that the page's level has without any choice."""
    return published.periods(service().store, page.layer, page.level)


def nearest(periods: tuple[Period, ...], asked: Period) -> Period:
    """The period of the same granularity, where there is one, whose year is nearest; the newer of two."""
    alike = [each for each in periods if each.granularity is asked.granularity] or list(periods)
    return min(sorted(alike, reverse=True), key=lambda each: abs(each.year - asked.year))


def _palettes() -> Palettes:
    return service().catalogue.palettes


def _fitted(layer: Layer, level: Level, period: Period, choice: Choice) -> tuple[Choice, tuple[choices.Unfit, ...]]:
    """The choice as this map can follow it; the periods are only looked up where there is one."""
    if choice == Choice.NONE:
        return choice, ()
    known = published.periods(service().store, layer, level)
    return choices.fitted(choice, layer.style, layer.indicator, _palettes(), known, period)


def _area(layer: Layer, level: Level, code: str | None) -> str | None:
    """The code, unless it stands for all of the map anyway."""
    store = service().store
    if code is None:
        return None
    every = len(geography.regions(store, layer.edition.id, level))
    return None if geography.spans(store, layer.edition.id, level).get(code) == (1, every) else code


def _nearest_time(layer: Layer, question: Question, notices: list[Notice]) -> tuple[Level, Period]:
    """The level and period asked for, or the nearest."""
    level, period = question.level, question.period
    if level is not None and level not in layer.levels:
        notices.append(_dressed(Notice("notice.level", {"asked": level.slug}), layer, question))
        level = None
    level = level or layer.levels[0]
    offered = published.periods(service().store, layer, level)
    if period is not None and period not in offered:
        period = nearest(offered, period)
        notices.append(_period_notice(question, period))
    return level, period or latest(offered)


def _nearest_area(layer: Layer, level: Level, question: Question, notices: list[Notice]) -> str | None:
    """The area asked for, if it holds regions of the level."""
    code = _area(layer, level, question.area)
    if code is None or code in geography.spans(service().store, layer.edition.id, level):
        return code
    notices.append(_dressed(Notice("notice.area", {"code": code}), layer, question))
    return None


def _nearest_regions(page: MapPage, question: Question, notices: list[Notice]) -> tuple[Region | None, Region | None]:
    """The region chosen and the one to compare it with, as far as the map has them."""
    chosen = page.region(question.region) if question.region else None
    if question.region and chosen is None:
        notices.append(Notice("notice.region", {"code": question.region}))
    compared = page.region(question.compare) if question.compare else None
    if question.compare and compared is None:
        notices.append(Notice("notice.compare", {"code": question.compare}))
    if compared is not None and chosen is None:
        return compared, None
    return chosen, None if compared == chosen else compared


def _inside(page: MapPage, region: Region) -> bool:
    first, last = page.shown
    return first <= region.number <= last


def _period_notice(question: Question, shown: Period) -> Notice:
    assert question.period is not None  # only called when a period was asked for
    yearly = Granularity.YEAR in (question.period.granularity, shown.granularity)
    said = {"asked": dates.period(question.lang, question.period), "shown": dates.period(question.lang, shown)}
    return Notice("notice.year" if yearly else "notice.period", said)


def _dressed(notice: Notice, layer: Layer, question: Question) -> Notice:
    """A notice that tells what is shown instead."""
    if notice.message == "notice.period":
        return replace(notice, values={**notice.values, "shown": dates.period(question.lang, layer.latest)})
    if notice.message == "notice.level":
        shown = words.level_word(question.lang, layer.levels[0])
        return replace(notice, values={"asked": _level(notice.values["asked"], question), "shown": shown})
    if notice.message == "notice.area":
        return replace(notice, values={**notice.values, "area": layer.edition.area})
    return notice


def _said(values: Mapping[str, Any], lang: Language) -> dict[str, Any]:
    """Values of a sentence, periods in words."""
    return {name: dates.period(lang, each) if isinstance(each, Period) else each for name, each in values.items()}


def _level(asked: str, question: Question) -> str:
    try:
        return words.level_word(question.lang, Level.of(asked))
    except ValueError:
        return asked
