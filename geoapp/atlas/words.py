"""The sentences of a map, generated from its indicator, area, period and figures, so that they cannot lie."""

from collections.abc import Iterable

import numpy as np

from geoapp.atlas.kept import OfLong
from geoapp.atlas.page import Layer, MapPage
from geoapp.domain.changes import Change
from geoapp.domain.indicators import Indicator, IndicatorKind
from geoapp.domain.level_names import LevelNames, village_kind
from geoapp.domain.levels import Level
from geoapp.domain.observations import Observation, State
from geoapp.domain.periods import Period
from geoapp.domain.regions import Ancestor, Region
from geoapp.domain.words import Language
from geoapp.i18n import dates, numbers, speak
from geoapp.layers.plan import LegendRow


def title(page: MapPage, language: Language) -> str:
    """The title sentence: ``Indeks Desa Membangun per desa di Kabupaten Serang, 2024``."""
    indicator = page.layer.indicator
    said = {
        "indicator": indicator.name[language],
        "level": level_word(language, page.level, kinds(page.shown_regions)),
        "area": where(page),
        "period": dates.period(language, page.period),
    }
    if isinstance(indicator, Change):
        message = "map.title.change_percent" if indicator.percent else "map.title.change"
        return speak(language, message, **(said | {"period": span(language, indicator.since, page.period)}))
    return speak(language, "map.title", **said)


_local = LevelNames()


def call_locally(names: LevelNames) -> None:
    """Bind the local words for levels to this process, once, as the service is put together."""
    global _local
    _local = names
    kinds.forget()


def span(language: Language, since: Period, period: Period) -> str:
    """Two periods as what lies between them: ``2021 ke 2024``."""
    return speak(language, "period.span", since=dates.period(language, since), period=dates.period(language, period))


def where(page: MapPage) -> str:
    """What a map speaks of, to be told from others: ``Kecamatan Anyar, Kabupaten Serang``, or all of its edition."""
    return f"{area_name(page)}, {page.layer.edition.area}" if page.area else page.layer.edition.area


def area_name(page: MapPage) -> str:
    """The name of the area spoken of, alone: ``Kecamatan Anyar``, ``Kabupaten Serang``."""
    return region_name(page.area) if page.area else page.layer.edition.area


def _kinds(regions: Iterable[Region | Ancestor]) -> frozenset[str]:
    found = {kind_of(each) for each in regions}
    return frozenset(each for each in found if each) if None not in found else frozenset()


kinds: OfLong[Region | Ancestor, frozenset[str]] = OfLong(_kinds)
"""What the regions of one level are: ``desa``, ``kelurahan``, ``kota`` or a local word's slug such as ``nagari``.

``desa_adat`` counts as ``desa``. Empty where no code tells, or where only some have a word of their own.
"""


def kind_of(region: Region | Ancestor) -> str | None:
    """What one region is, as ``kinds`` says it; None where no code tells."""
    return kind_at(region.level, region.kind if isinstance(region, Region) else None, region.code)


def kind_word(region: Region | Ancestor) -> str | None:
    """What a region is in one Indonesian word, as it stands before its name; None where no code tells."""
    known = kind_of(region)
    return level_word("id", region.level, frozenset([known])) if known else None


def kind_at(level: Level, kind: str | None, code: str) -> str | None:
    """The same from a region's level, official kind and code."""
    if level is Level.VILLAGE:
        kind = "desa" if kind == "desa_adat" else kind or village_kind(code)
    return _local.slug(level, kind, code) or kind


def level_word(language: Language, level: Level, kinds: frozenset[str] = frozenset(), n: int = 1) -> str:
    """What ``n`` regions of a level are called, such as ``desa``, ``nagari/kelurahan`` or ``kecamatan``."""
    own = sorted(kinds, key=lambda each: (each == "kelurahan", each))
    if len(own) == 1 or (len(own) == 2 and language == "id"):
        return "/".join(_kind_word(language, level, each, n) for each in own)
    if level is Level.VILLAGE:
        all_desa = bool(kinds) and "kelurahan" not in kinds and language == "id"
        return speak(language, "level.village.desa" if all_desa else "level.village.mixed", n=n)
    return speak(language, f"level.{level.slug}", n=n)


def _kind_word(language: Language, level: Level, kind: str, n: int) -> str:
    if kind in _local.by_slug:
        return _local.by_slug[kind].said(language, n)
    return speak(language, f"level.{level.slug}.{kind}", n=n)


def region_name(region: Region | Ancestor) -> str:
    """A region's name with what it is, as it is written on maps: ``Desa Cikolelet``, in either language.

    The name of a regency or an RW says so already, and where no code tells desa from kelurahan nothing is added.
    """
    known = kind_of(region)
    if region.level is Level.REGENCY or (region.level is Level.VILLAGE and not known):
        return region.name
    return named(region.level, region.name, frozenset([known]) if known else frozenset())


def named(level: Level, name: str, kinds: frozenset[str] = frozenset()) -> str:
    """A name behind the Indonesian word for its level, unless it begins with that word: ``Kecamatan Cinangka``."""
    word = level_word("id", level, kinds)
    return name if name.casefold().startswith(f"{word} ".casefold()) else f"{word[:1].upper()}{word[1:]} {name}"


def figure(language: Language, indicator: Indicator, observation: Observation, unit: bool = True) -> str:
    """A figure with its unit, a category's name, or the state in words."""
    if observation.state is not None:
        return speak(language, f"state.{observation.state.value}")
    if observation.category is not None:
        return indicator.category(observation.category).name[language]
    assert observation.figure is not None  # an observation is one of the three
    return (
        with_unit(language, indicator, observation.figure) if unit else plain(language, indicator, observation.figure)
    )


def plain(language: Language, indicator: Indicator, figure: float) -> str:
    """A figure in the indicator's decimals, without unit; that of a change with its sign."""
    if isinstance(indicator, Change):
        return numbers.signed(language, figure, indicator.decimals)
    return numbers.figure(language, figure, indicator.decimals)


def with_unit(language: Language, indicator: Indicator, figure: float) -> str:
    """A figure with its unit: ``12,5%``, ``Rp1.250.000``, ``7.337 jiwa/km²``; an index has none."""
    said, unit = plain(language, indicator, figure), indicator.unit[language]
    if unit in ("%", "persen", "per cent"):
        return f"{said}%"
    if unit == "Rp":
        return f"{said[0]}Rp{said[1:]}" if said[0] in "+−" else f"Rp{said}"
    return f"{said} {unit}" if unit and indicator.kind is not IndicatorKind.INDEX else said


def legend_label(language: Language, indicator: Indicator, row: LegendRow) -> str:
    """What a legend row stands for, without its count: ``di atas 0,75 s.d. 0,80``."""
    if row.kind == "state":
        assert row.state is not None
        return speak(language, f"state.{row.state.value}")
    if row.kind == "category":
        assert row.category is not None
        return indicator.category(row.category).name[language]
    if row.kind == "circle":
        assert row.figure is not None
        return with_unit(language, indicator, row.figure)
    if row.kind == "zero":
        return speak(language, "legend.zero")
    if isinstance(indicator, Change):
        return _change_label(language, indicator, row)
    lower = None if row.lower is None else numbers.bound(language, row.lower, bound_decimals(indicator))
    upper = None if row.upper is None else numbers.bound(language, row.upper, bound_decimals(indicator))
    if lower is None and upper is None:
        return speak(language, "legend.all")
    if lower is None:
        return speak(language, "legend.up_to", upper=upper)
    if upper is None:
        return speak(language, "legend.above", lower=lower)
    return speak(language, "legend.between", lower=lower, upper=upper)


def _change_label(language: Language, indicator: Change, row: LegendRow) -> str:
    """A class of a change: ``naik lebih dari 0,03 s.d. 0,06``, ``hampir tetap, −0,005 s.d. +0,005``."""
    unit = "%" if indicator.percent else ""

    def said(bound: float | None) -> str | None:
        return None if bound is None else numbers.bound(language, round(abs(bound), 12), 0) + unit

    lower, upper = said(row.lower), said(row.upper)
    rose = row.lower is not None and row.lower >= 0
    if row.upper == 0 or (lower is None and upper is None):
        return speak(language, "legend.change.none")
    if not rose and (row.upper or 0.0) > 0:
        return speak(language, "legend.change.near", upper=upper)
    near, far = (lower, upper) if rose else (upper, lower)
    side = "rose" if rose else "fell"
    message = f"legend.change.{side}_above" if far is None else f"legend.change.{side}_between"
    return speak(language, message, lower=near, upper=far) if far else speak(language, message, lower=near)


def legend_sentence(page: MapPage, language: Language, row: LegendRow) -> str:
    """A legend row as a sentence with its count: ``28 desa, di atas 0,75 s.d. 0,80``."""
    label = legend_label(language, page.layer.indicator, row)
    if row.kind == "circle":
        return label
    word = level_word(language, page.level, kinds(page.shown_regions), row.count)
    return speak(language, "legend.row", count=numbers.figure(language, row.count, 0), level=word, label=label)


def letters(language: Language, indicator: Indicator) -> dict[str, str]:
    """A letter for each category without order, so that no category is told by its colour alone; none for others."""
    found: dict[str, str] = {}
    for category in () if indicator.ordered else indicator.categories:
        signs = [*category.name[language].upper(), *"123456789"]
        found[category.slug] = next(each for each in signs if each.isalnum() and each not in found.values())
    return found


def bound_decimals(indicator: Indicator) -> int:
    """The least decimals of a class bound: two at most, since bounds are readable numbers."""
    return min(indicator.decimals, 2)


def around(layer: Layer, language: Language) -> str:
    """Whose the land and names around the area are, ``Sekitar: BIG, CC BY 4.0.``; empty where it is not another's."""
    source = layer.around_source.rstrip(".")
    if not source or source == layer.edition.attribution[language].rstrip("."):
        return ""
    return speak(language, "sources.around", source=source)


def asked(page: MapPage) -> int:
    """How many of the regions were asked: a map of a set, or of one district's table, speaks of those alone."""
    said = page.shown_observations
    return len(said) - int(np.count_nonzero(said.is_in(State.OUT_OF_SCOPE)))


def coverage(page: MapPage, language: Language) -> str:
    """How many regions have a figure: ``320 dari 326 desa ada data.``, and how many nobody asked."""
    total, every = asked(page), len(page.shown_observations)
    word = level_word(language, page.level, kinds(page.shown_regions), total)
    said = {
        "known": numbers.figure(language, page.plan.known, 0),
        "total": numbers.figure(language, total, 0),
        "level": word,
    }
    if total == every:
        return speak(language, "map.coverage", **said)
    others = numbers.figure(language, every - total, 0)
    return speak(language, "map.coverage_scope", **said, others=others, n=every - total)
