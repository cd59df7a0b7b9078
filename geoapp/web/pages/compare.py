"""Two regions side by side: figures, the difference in a sentence, lines in one chart; and whom to compare with."""

from collections.abc import Iterator
from dataclasses import dataclass

from geoapp.atlas import words
from geoapp.domain.indicators import IndicatorKind
from geoapp.domain.regions import Region
from geoapp.i18n import numbers, speak
from geoapp.web.pages.reading import difference_words
from geoapp.web.pages.trend import Trend, lines_of
from geoapp.web.pages.view import MapView

_TIMES = 1.5
"""From here on, amounts differ by a factor that is easier to grasp than a difference."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two; ``kind`` is ``own`` or ``other`` as in the chart, ``alone`` the address without the other."""

    kind: str
    name: str
    parent: str
    figure: str
    state: str
    alone: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both regions, what divides them, and their lines."""

    sides: tuple[Side, Side]
    unit: str
    sentence: str
    trend: Trend | None


def comparison(view: MapView) -> Comparison | None:
    """The chosen region beside the one compared; None unless both are there."""
    if view.chosen is None or view.compared is None:
        return None
    pair = (view.chosen, view.compared)
    return Comparison(
        sides=(_side(view, "own", *pair), _side(view, "other", *reversed(pair))),
        unit=", ".join(filter(None, (view.unit, view.span))),
        sentence=_sentence(view, *pair),
        trend=lines_of(view, pair),
    )


def candidates(view: MapView) -> list[tuple[str, list[tuple[str, str]]]]:
    """Whom to compare the chosen region with: groups of code and name, each region once."""
    if view.chosen is None or view.compared is not None:
        return []
    own = view.chosen
    beside = [view.page.regions[number - 1] for number in own.neighbours]
    family = [each for each in view.page.regions if own.parent and each.parent == own.parent]
    ends = [view.ranked[0].region, view.ranked[-1].region] if view.ranked else []
    groups = (("compare.neighbours", beside), ("compare.family", family), ("compare.ends", ends))
    seen = {own.code}
    found = []
    for message, regions in groups:
        fresh = sorted((each for each in regions if each.code not in seen), key=lambda each: each.name)
        seen.update(each.code for each in fresh)
        if fresh:
            label = speak(view.lang, message, parent=view.parent_name(own))
            found.append((label, [(each.code, each.name) for each in fresh]))
    return found


def _side(view: MapView, kind: str, region: Region, other: Region) -> Side:
    said = view.observation(region)
    words_of = words.figure(view.lang, view.indicator, said, unit=False)
    return Side(
        kind=kind,
        name=words.region_name(region),
        parent=view.parent_name(region),
        figure=words_of if said.known else "",
        state="" if said.known else words_of,
        alone=view.here(region=region.code, compare=None),
    )


def _sentence(view: MapView, own: Region, other: Region) -> str:
    first, second = view.observation(own), view.observation(other)
    names = {"first": words.region_name(own), "second": words.region_name(other)}
    unknown = next((each for each in (own, other) if not view.observation(each).known), None)
    if unknown is not None:
        return speak(view.lang, "compare.unknown", name=words.region_name(unknown), period=view.span)
    if first.figure is None or second.figure is None:
        alike = first.category == second.category
        return speak(view.lang, "compare.alike" if alike else "compare.unlike", **names)
    difference = round(first.figure - second.figure, view.indicator.decimals)
    if not difference:
        return speak(view.lang, "compare.same", **names)
    parts = difference_words(view.lang, view.indicator, abs(difference)), *_times(view, first.figure, second.figure)
    message = "compare.higher" if difference > 0 else "compare.lower"
    return speak(view.lang, message, difference=", ".join(parts), **names)


def _times(view: MapView, first: float, second: float) -> Iterator[str]:
    """How many times the larger is of the smaller, where that says something."""
    low, high = sorted((first, second))
    if view.indicator.kind is not IndicatorKind.INDEX and low > 0 and high / low >= _TIMES:
        yield speak(view.lang, "compare.times", times=numbers.figure(view.lang, high / low, 1))
