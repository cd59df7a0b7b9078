"""From a question to an opened map: exactly what was asked for machines, the nearest view with notices for people."""

from dataclasses import dataclass

from geoapp.atlas import reading, words
from geoapp.atlas.page import Layer, MapPage
from geoapp.domain.levels import Level
from geoapp.domain.periods import Granularity, Period, latest
from geoapp.domain.regions import Region
from geoapp.errors import NotFound
from geoapp.i18n import dates
from geoapp.web.request import Notice, Question
from geoapp.web.service import service


@dataclass(frozen=True, slots=True)
class Opened:
    """A map as a person sees it: the region chosen, if any, and what of the address was not followed."""

    page: MapPage
    chosen: Region | None
    notices: tuple[Notice, ...]


def open_exactly(layer_id: str, question: Question) -> MapPage:
    """The map asked for; NotFound for an unknown layer, level, period, release or region, Gone if withdrawn."""
    store = service().store
    page = reading.open_map(store, reading.layer(store, layer_id, question.release), question.level, question.period)
    if question.region is not None and page.region(question.region) is None:
        raise NotFound("error.no_region", code=question.region)
    return page


def open_nearest(layer_id: str, question: Question) -> Opened:
    """The map asked for, or the nearest one that exists; NotFound and Gone only for the layer itself."""
    store = service().store
    layer = reading.layer(store, layer_id, question.release)
    notices = [_dressed(each, layer, question) for each in question.notices]
    level, period = question.level, question.period
    if level is not None and level not in layer.levels:
        notices.append(_dressed(Notice("notice.level", {"asked": level.slug}), layer, question))
        level = None
    offered = reading.periods(store, layer, level or layer.levels[0])
    if period is not None and period not in offered:
        period = nearest(offered, period)
        notices.append(_period_notice(question, period))
    period = period or latest(offered)
    page = reading.open_map(store, layer, level, period)
    chosen = page.region(question.region) if question.region else None
    if question.region and chosen is None:
        notices.append(Notice("notice.region", {"code": question.region}))
    return Opened(page, chosen, tuple(notices))


def nearest(periods: tuple[Period, ...], asked: Period) -> Period:
    """The period of the same granularity, where there is one, whose year is nearest; the newer of two."""
    alike = [each for each in periods if each.granularity is asked.granularity] or list(periods)
    return min(sorted(alike, reverse=True), key=lambda each: abs(each.year - asked.year))


def _period_notice(question: Question, shown: Period) -> Notice:
    assert question.period is not None  # only called when a period was asked for
    yearly = Granularity.YEAR in (question.period.granularity, shown.granularity)
    said = {"asked": dates.period(question.lang, question.period), "shown": dates.period(question.lang, shown)}
    return Notice("notice.year" if yearly else "notice.period", said)


def _dressed(notice: Notice, layer: Layer, question: Question) -> Notice:
    """A notice that tells what is shown instead."""
    if notice.message == "notice.period":
        return Notice(notice.message, {**notice.values, "shown": dates.period(question.lang, layer.latest)})
    if notice.message == "notice.level":
        shown = words.level_word(question.lang, layer.levels[0])
        return Notice(notice.message, {"asked": _level(notice.values["asked"], question), "shown": shown})
    return notice


def _level(asked: str, question: Question) -> str:
    try:
        return words.level_word(question.lang, Level.of(asked))
    except ValueError:
        return asked
