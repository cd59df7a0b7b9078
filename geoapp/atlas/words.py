"""The sentences of a map, generated from its indicator, area, period and figures, so that they cannot lie."""

from collections.abc import Iterable

from geoapp.atlas.page import MapPage
from geoapp.domain.indicators import Indicator, IndicatorKind
from geoapp.domain.levels import Level
from geoapp.domain.observations import Observation, State
from geoapp.domain.regions import Region
from geoapp.domain.words import Language
from geoapp.i18n import dates, numbers, speak
from geoapp.layers.plan import LegendRow


def title(page: MapPage, language: Language) -> str:
    """The title sentence: ``Indeks Desa Membangun per desa di Kabupaten Serang, 2024``."""
    return speak(
        language,
        "map.title",
        indicator=page.layer.indicator.name[language],
        level=level_word(language, page.level, kinds(page.regions)),
        area=page.layer.edition.area,
        period=dates.period(language, page.period),
    )


def kinds(regions: Iterable[Region]) -> frozenset[str]:
    """The kinds that occur among the regions, ``desa_adat`` counted as ``desa``; empty where no code tells."""
    return frozenset("desa" if each.kind == "desa_adat" else each.kind for each in regions if each.kind)


def level_word(language: Language, level: Level, kinds: frozenset[str] = frozenset(), n: int = 1) -> str:
    """What ``n`` regions of a level are called, such as ``desa``, ``kelurahan`` or ``desa/kelurahan``."""
    if level is Level.VILLAGE:
        only = next(iter(kinds)) if len(kinds) == 1 else "mixed"
        return speak(language, f"level.village.{only}", n=n)
    return speak(language, f"level.{level.slug}", n=n)


def region_name(region: Region) -> str:
    """A region's name with what it is, as it is written on maps: ``Desa Cikolelet``, in either language.

    The name of a regency or an RW says so already, and where no code tells desa from kelurahan nothing is added.
    """
    if region.level is Level.REGENCY or (region.level is Level.VILLAGE and not region.kind):
        return region.name
    return named(region.level, region.name, kinds([region]))


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
    """A figure in the indicator's decimals, without unit."""
    return numbers.figure(language, figure, indicator.decimals)


def with_unit(language: Language, indicator: Indicator, figure: float) -> str:
    """A figure with its unit: ``12,5%``, ``Rp1.250.000``, ``7.337 jiwa/km²``; an index has none."""
    said, unit = plain(language, indicator, figure), indicator.unit[language]
    if unit in ("%", "persen", "per cent"):
        return f"{said}%"
    if unit == "Rp":
        return f"Rp{said}"
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
    lower = None if row.lower is None else numbers.bound(language, row.lower, bound_decimals(indicator))
    upper = None if row.upper is None else numbers.bound(language, row.upper, bound_decimals(indicator))
    if lower is None and upper is None:
        return speak(language, "legend.all")
    if lower is None:
        return speak(language, "legend.up_to", upper=upper)
    if upper is None:
        return speak(language, "legend.above", lower=lower)
    return speak(language, "legend.between", lower=lower, upper=upper)


def legend_sentence(page: MapPage, language: Language, row: LegendRow) -> str:
    """A legend row as a sentence with its count: ``28 desa, di atas 0,75 s.d. 0,80``."""
    label = legend_label(language, page.layer.indicator, row)
    if row.kind == "circle":
        return label
    word = level_word(language, page.level, kinds(page.regions), row.count)
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


def asked(page: MapPage) -> int:
    """How many of the regions were asked: a map of a set, or of one district's table, speaks of those alone."""
    return sum(each.state is not State.OUT_OF_SCOPE for each in page.observations)


def coverage(page: MapPage, language: Language) -> str:
    """How many regions have a figure: ``320 dari 326 desa ada data.``, and how many nobody asked."""
    total, every = asked(page), len(page.observations)
    word = level_word(language, page.level, kinds(page.regions), total)
    said = {
        "known": numbers.figure(language, page.plan.known, 0),
        "total": numbers.figure(language, total, 0),
        "level": word,
    }
    if total == every:
        return speak(language, "map.coverage", **said)
    others = numbers.figure(language, every - total, 0)
    return speak(language, "map.coverage_scope", **said, others=others, n=every - total)
