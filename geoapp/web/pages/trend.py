"""Figures of chosen regions over the periods, with those of the whole area beside them, and the change in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from geoapp.atlas import published, reading, words
from geoapp.atlas.page import MapPage
from geoapp.domain.changes import measured
from geoapp.domain.periods import Period, without_gaps
from geoapp.domain.regions import Region
from geoapp.i18n import dates, speak
from geoapp.web.pages.chart import Chart, Line, chart
from geoapp.web.pages.reading import difference_words
from geoapp.web.pages.view import MapView
from geoapp.web.service import service

Figures = dict[Period, float | None]


@dataclass(frozen=True, slots=True)
class Trend:
    """The chart, how the figure changed, and what the chart is for those who do not see it."""

    sentence: str
    said: str
    chart: Chart


def trend(view: MapView) -> Trend | None:
    """The trend of the chosen region; None without a choice, with fewer than two figures, or with mixed periods."""
    if view.chosen is None or not _periods(view):
        return None
    figures = _figures(view, view.chosen)
    known = [(period, figure) for period, figure in figures.items() if figure is not None]
    if len(known) < 2:
        return None
    own = Line("own", _word(view), figures)
    return Trend(
        sentence=_sentence(view, known),
        said=_said(view, view.chosen.name, known),
        chart=_chart(view, (own, *_whole(view))),
    )


def lines_of(view: MapView, pair: Sequence[Region]) -> Trend | None:
    """The chart of two regions; None where neither has two figures, or with mixed periods."""
    if not _periods(view):
        return None
    lines = [Line(kind, each.name, _figures(view, each)) for kind, each in zip(("own", "other"), pair, strict=True)]
    if max(sum(figure is not None for figure in each.figures.values()) for each in lines) < 2:
        return None
    names = {"first": pair[0].name, "second": pair[1].name}
    said = speak(view.lang, "compare.trend", **names)
    return Trend(sentence=said, said=said, chart=_chart(view, (*lines, *_whole(view))))


def _periods(view: MapView) -> tuple[Period, ...]:
    """The periods of the chart, gaps among them; empty with one alone, or where lengths mix."""
    known = published.periods(service().store, view.layer, view.page.level)
    return without_gaps(known) if len(known) > 1 and len({each.granularity for each in known}) == 1 else ()


def _pages(view: MapView) -> dict[Period, MapPage]:
    """The map in every period, as published even where the view shows a change."""
    store, area = service().store, view.page.area.code if view.page.area else None
    known = published.periods(store, view.layer, view.page.level)
    return {each: reading.open_map(store, view.layer, view.page.level, each, area=area) for each in known}


def _figures(view: MapView, region: Region) -> Figures:
    return {period: page.observations[region.number - 1].figure for period, page in _pages(view).items()}


def _whole(view: MapView) -> list[Line]:
    """The line of the whole area, where it can be on the same axis as a region's."""
    if measured(view.indicator).kind.is_amount:
        return []
    figures = {period: page.whole.figure if page.whole else None for period, page in _pages(view).items()}
    return [Line("whole", view.whole_word, figures)]


def _word(view: MapView) -> str:
    """What the chosen region is, in one word, as its line is called."""
    word = words.level_word("id", view.page.level, words.kinds([view.chosen] if view.chosen else []))
    return word[:1].upper() + word[1:]


def _chart(view: MapView, lines: Sequence[Line]) -> Chart:
    periods = _periods(view)
    return chart(lines, periods, [dates.period(view.lang, each) for each in periods], lambda said: _plain(view, said))


def _plain(view: MapView, figure: float) -> str:
    return words.plain(view.lang, measured(view.indicator), figure)


def _said(view: MapView, name: str, known: Sequence[tuple[Period, float]]) -> str:
    """The chart for ears: every period with its figure."""
    parts = [f"{dates.period(view.lang, period)} {_plain(view, figure)}" for period, figure in known]
    return f"{speak(view.lang, 'reading.trend', name=name)}: {', '.join(parts)}"


def _sentence(view: MapView, known: list[tuple[Period, float]]) -> str:
    """How the figure changed from the first known period to the one shown, or to the last known."""
    shown = dict(known).get(view.page.period, known[-1][1])
    since, first = known[0]
    indicator = measured(view.indicator)
    change = round(shown - first, indicator.decimals)
    period = dates.period(view.lang, since)
    if not change:
        return speak(view.lang, "reading.steady", period=period)
    said = difference_words(view.lang, indicator, abs(change))
    return speak(view.lang, "reading.rose" if change > 0 else "reading.fell", difference=said, period=period)
