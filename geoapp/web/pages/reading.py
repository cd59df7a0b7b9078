"""What is said of one region: figure, rank, distance to the whole, change; the page's strip and the frame share it."""

from dataclasses import dataclass

from geoapp.atlas import words
from geoapp.atlas.ranking import Standing
from geoapp.domain.changes import Change, measured
from geoapp.domain.indicators import Indicator, IndicatorKind
from geoapp.domain.observations import Mark
from geoapp.domain.regions import Region
from geoapp.domain.words import Language
from geoapp.i18n import numbers, speak
from geoapp.web.pages.view import MapView


@dataclass(frozen=True, slots=True)
class Reading:
    """A region in a few lines. ``figure`` is empty for a state, which ``sentences`` then explain.

    ``short`` is what a narrow screen says for ``place``: parent and rank.
    """

    name: str
    place: str
    short: str
    figure: str
    unit: str
    state: str
    marks: tuple[str, ...]
    estimated: bool
    sentences: tuple[str, ...]


def reading(view: MapView) -> Reading | None:
    """What is said of the chosen region; None without a choice."""
    if view.chosen is None:
        return None
    region, lang = view.chosen, view.lang
    said = view.observation(region)
    parent, name = _parent(view, region), words.region_name(region)
    place = (
        speak(lang, "reading.in", parent=parent, code=region.code)
        if parent
        else speak(lang, "reading.code", code=region.code)
    )
    if said.state is not None:
        message = "change.unknown" if view.page.choice.since else f"reading.unknown.{said.state.value}"
        why = speak(lang, message, name=name, period=view.span)
        return Reading(
            name, place, parent or place, "", view.span, speak(lang, f"state.{said.state.value}"), (), False, (why,)
        )
    return Reading(
        name=name,
        place=place,
        short=_short(view, region, parent or place),
        figure=words.figure(lang, view.indicator, said, unit=False),
        unit=", ".join(filter(None, (view.unit, view.span))),
        state="",
        marks=tuple(speak(lang, f"mark.{mark.value}") for mark in sorted(said.marks)),
        estimated=Mark.ESTIMATED in said.marks,
        sentences=tuple(_sentences(view, region, said.figure)),
    )


def _parent(view: MapView, region: Region) -> str:
    """The name of a region's parent with what it is, or nothing."""
    above = view.page.ancestors.get(region.parent) if region.parent else None
    return words.region_name(above) if above else ""


def _short(view: MapView, region: Region, place: str) -> str:
    own = view.standings.of(region)
    if own is None or own.rank is None:
        return place
    return speak(view.lang, "reading.place.rank", place=place, **_rank_words(view, own))


def _sentences(view: MapView, region: Region, figure: float | None) -> list[str]:
    own = view.standings.of(region)
    said = [_rank(view, own), *_among_siblings(view, own)] if own is not None and own.rank is not None else []
    whole = view.page.whole
    if figure is not None and whole is not None and whole.figure is not None and not view.indicator.kind.is_amount:
        said.append(_distance(view, figure - whole.figure))
    return said


def _rank_words(view: MapView, own: Standing) -> dict[str, str]:
    known = len(view.ranked)
    return {
        "rank": numbers.figure(view.lang, own.rank or 0, 0),
        "known": numbers.figure(view.lang, known, 0),
        "level": view.word(known),
    }


def _rank(view: MapView, own: Standing) -> str:
    values = _rank_words(view, own)
    if own.tied and own.observation.figure == 0 and not view.page.choice.since:
        return speak(view.lang, "reading.zero", others=numbers.figure(view.lang, own.tied, 0))
    if own.tied:
        return speak(view.lang, "reading.rank.tied", others=numbers.figure(view.lang, own.tied, 0), **values)
    return speak(view.lang, "reading.rank", **values)


def _among_siblings(view: MapView, own: Standing) -> list[str]:
    """The rank among the regions of the same parent, where the map has others beside them."""
    if not own.region.parent:
        return []
    siblings = view.standings.of_parent(own.region.parent).ranked
    if not 1 < len(siblings) < len(view.ranked):
        return []
    higher = sum((each.rank or 0) < (own.rank or 0) for each in siblings)
    values = {"rank": numbers.figure(view.lang, higher + 1, 0), "known": numbers.figure(view.lang, len(siblings), 0)}
    return [speak(view.lang, "reading.siblings", parent=_parent(view, own.region), **values)]


def _distance(view: MapView, difference: float) -> str:
    rounded = round(difference, view.indicator.decimals)
    if not rounded:
        return speak(view.lang, "reading.same", area=view.area)
    said = difference_words(view.lang, view.indicator, abs(difference))
    return speak(view.lang, "reading.above" if rounded > 0 else "reading.below", difference=said, area=view.area)


def difference_words(lang: Language, indicator: Indicator, difference: float) -> str:
    """A difference in words, without a sign: percentages differ by percentage points."""
    if isinstance(indicator, Change) and indicator.percent:
        return speak(lang, "reading.points", figure=numbers.figure(lang, difference, indicator.decimals))
    indicator = measured(indicator)
    if indicator.kind is IndicatorKind.SHARE and indicator.unit[lang] in ("%", "persen", "per cent"):
        return speak(lang, "reading.points", figure=words.plain(lang, indicator, difference))
    return words.with_unit(lang, indicator, difference)
