"""The chosen region's figures over the periods, with those of the whole area beside them, as geometry."""

from dataclasses import dataclass

from geoapp.atlas import reading, words
from geoapp.domain.changes import measured
from geoapp.domain.periods import Period
from geoapp.i18n import dates, speak
from geoapp.web.pages.reading import difference_words
from geoapp.web.pages.view import MapView
from geoapp.web.service import service

WIDTH, HEIGHT = 300.0, 130.0
_LINE = 16.0
_LONGEST = 14
"""Characters of a name beside its line."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 14.0, 160.0, 22.0, 96.0


@dataclass(frozen=True, slots=True)
class Point:
    """One figure in the picture's units."""

    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Trend:
    """Lines broken where a figure is missing: each is a list of runs of points."""

    sentence: str
    own: tuple[tuple[Point, ...], ...]
    whole: tuple[tuple[Point, ...], ...]
    periods: tuple[Point, ...]
    own_name: str
    whole_name: str

    @property
    def labels(self) -> list[tuple[str, str, float]]:
        """What stands at the lines' ends: kind, words and height, never closer than a line of text."""
        found = []
        for kind, name, runs in (("own", self.own_name, self.own), ("whole", self.whole_name, self.whole)):
            if runs:
                last = runs[-1][-1]
                short = name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
                found.append((kind, f"{short} {last.label}", last.y + 4))
        if len(found) == 2 and abs(found[0][2] - found[1][2]) < _LINE:
            (kind, own, y), (other, whole, z) = found
            up = 1 if y > z else -1
            found = [(kind, own, y + up * _LINE / 2), (other, whole, z - up * _LINE / 2)]
        return found


def trend(view: MapView) -> Trend | None:
    """The trend of the chosen region; None without a choice, with fewer than two figures, or with mixed periods."""
    periods = reading.periods(service().store, view.layer, view.page.level)
    if view.chosen is None or len({each.granularity for each in periods}) != 1:
        return None
    own, wholes = _figures(view, periods)
    known = [(period, figure) for period, figure in own.items() if figure is not None]
    if len(known) < 2:
        return None
    everything = [each for each in (*own.values(), *wholes.values()) if each is not None]
    low, high = min(everything), max(everything)
    step, indicator = (_RIGHT - _LEFT) / max(1, len(periods) - 1), measured(view.indicator)

    def runs(figures: dict[Period, float | None]) -> tuple[tuple[Point, ...], ...]:
        found: list[list[Point]] = [[]]
        for n, period in enumerate(periods):
            figure = figures.get(period)
            if figure is None:
                found.append([])
                continue
            share = (figure - low) / (high - low) if high > low else 0.5
            y = round(_BOTTOM - share * (_BOTTOM - _TOP), 1)
            found[-1].append(Point(round(_LEFT + n * step, 1), y, words.plain(view.lang, indicator, figure)))
        return tuple(tuple(run) for run in found if run)

    return Trend(
        sentence=_sentence(view, known),
        own=runs(own),
        whole=runs(wholes),
        periods=tuple(
            Point(round(_LEFT + n * step, 1), HEIGHT - 12, dates.period(view.lang, each))
            for n, each in enumerate(periods)
        ),
        own_name=view.chosen.name,
        whole_name=view.area,
    )


def _figures(
    view: MapView, periods: tuple[Period, ...]
) -> tuple[dict[Period, float | None], dict[Period, float | None]]:
    """The figures of the chosen region and of the whole, as published even where the map shows their change."""
    assert view.chosen is not None  # the caller asked
    store, at, area = service().store, view.chosen.number - 1, view.page.area
    code = area.code if area else None
    pages = {each: reading.open_map(store, view.layer, view.page.level, each, area=code) for each in periods}
    amount = measured(view.indicator).kind.is_amount
    wholes = {each: page.whole.figure for each, page in pages.items() if page.whole and not amount}
    return {each: page.observations[at].figure for each, page in pages.items()}, wholes


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
