"""The catalogue: a card for every public map, by theme and area, in the order asked for."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from babel.lists import format_list

from geoapp.atlas import words
from geoapp.atlas.shelf import Shelved, example, shelf
from geoapp.domain.search_words import key
from geoapp.domain.words import Language
from geoapp.i18n import dates, numbers, speak
from geoapp.store.portraits import Live
from geoapp.web.links import address
from geoapp.web.places import full_name, href_of
from geoapp.web.request import Question
from geoapp.web.service import service

_MOST_INLINE = 400
"""Regions up to which a small picture weighs less as SVG than as PNG."""
SORTS = ("newest", "name")


@dataclass(frozen=True, slots=True)
class Card:
    """One map as the catalogue shows it; ``published`` is empty for those older than the newest."""

    name: str
    area: str
    facts: str
    published: str
    href: str
    picture: str


@dataclass(frozen=True, slots=True)
class Tab:
    """One choice with the number of its maps; the first of a row stands for all."""

    label: str
    count: int
    href: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """The whole catalogue page; ``query`` is the choice as an address has it, ``examples`` what one may look for."""

    title: str
    areas_words: str
    query: dict[str, str | None]
    themes: tuple[Tab, ...]
    areas: tuple[Tab, ...]
    sorts: tuple[Tab, ...]
    cards: tuple[Card, ...]
    examples: tuple[tuple[str, str], ...]


def contents(question: Question, shown: tuple[Live, ...]) -> Contents:
    """Every public map, or those of the theme and area asked for; an unknown one shows all."""
    lang, every = question.lang, _ordered(shelf(service().store, shown))
    themes = Counter(each.layer.indicator.theme for each in every)
    areas = Counter(each.layer.edition.area for each in every)
    slugs = {area_slug(area): area for area in areas}
    theme = question.theme if question.theme in themes else None
    area = question.area if question.area in slugs else None
    sort = question.sort if question.sort in SORTS[1:] else None
    query = {"theme": theme, "area": area, "sort": sort}

    def link(**changed: str | None) -> str:
        return address("/", **(query | changed), lang=lang)

    there = [each for each in every if area is None or each.layer.edition.area == slugs[area]]
    counted = Counter(each.layer.indicator.theme for each in there)
    chosen = [each for each in there if theme in (None, each.layer.indicator.theme)]
    return Contents(
        title=_title(there, lang),
        areas_words=format_list(list(areas), locale=lang) if len(areas) > 1 and area is None else "",
        query=query,
        themes=(
            Tab(speak(lang, "catalogue.all"), len(there), link(theme=None), theme is None),
            *(
                Tab(theme_name(lang, slug), counted[slug], link(theme=slug), theme == slug)
                for slug in themes
                if counted[slug] or theme == slug
            ),
        ),
        areas=(
            Tab(speak(lang, "catalogue.areas.all"), len(every), link(area=None), area is None),
            *(Tab(name, areas[name], link(area=slug), area == slug) for slug, name in slugs.items()),
        )
        if len(areas) > 1
        else (),
        sorts=tuple(
            Tab(
                speak(lang, f"catalogue.sort.{each}"),
                0,
                link(sort=None if each == SORTS[0] else each),
                each == (sort or SORTS[0]),
            )
            for each in SORTS
        ),
        cards=_cards(chosen, lang, sort, len(areas) > 1),
        examples=_examples(there, lang),
    )


def _ordered(shown: Sequence[Shelved]) -> list[Shelved]:
    """The newest day first; of one day the area with most maps, the newest boundaries, and the catalogue's order."""
    areas = Counter(each.layer.edition.area for each in shown)
    place = {slug: n for n, slug in enumerate(service().catalogue.indicators)}
    by_name = sorted(shown, key=lambda each: place.get(each.layer.indicator.slug, len(place)))
    by_edition = sorted(by_name, key=lambda each: each.layer.edition.dated, reverse=True)
    by_area = sorted(by_edition, key=lambda each: areas[each.layer.edition.area], reverse=True)
    return sorted(by_area, key=lambda each: each.layer.release.published_at.date(), reverse=True)


def area_slug(area: str) -> str:
    """An area's name as an address has it.

    >>> area_slug("Kabupaten Serang")
    'kabupaten-serang'
    """
    return key(area).replace(" ", "-")


def theme_name(lang: Language, slug: str) -> str:
    """A theme's name: the catalogue's word for it, else its slug made readable."""
    try:
        return speak(lang, f"theme.{slug}")
    except KeyError:
        return slug.replace("_", " ").replace("-", " ").capitalize()


def _title(shown: Sequence[Shelved], lang: Language) -> str:
    """What there is to find: ``Angka setiap desa di Kabupaten Serang``; the site's name while there is nothing."""
    if not shown:
        return service().catalogue.site.name[lang]
    areas = {each.layer.edition.area for each in shown}
    level = min(each.layer.levels[0] for each in shown)
    of_level = [each for each in shown if each.layer.levels[0] is level]
    kinds = frozenset("desa" if kind == "desa_adat" else kind for each in of_level for kind in each.kinds)
    word = format_list(words.level_word(lang, level, kinds).split("/"), locale=lang)
    if len(areas) > 1:
        return speak(lang, "catalogue.title.many", level=word)
    return speak(lang, "catalogue.title", level=word, area=areas.pop())


def _examples(shown: Sequence[Shelved], lang: Language) -> tuple[tuple[str, str], ...]:
    """A village, its district and an indicator of the map that goes first."""
    if not shown:
        return ()
    layer = shown[0].layer
    found, system = example(service().store, layer.edition.id), layer.edition.code_system
    name = layer.indicator.name[lang]
    # a capital further on marks a title or an abbreviation: that is a name, and English keeps the first capital too
    common = lang == "id" and name[1:] == name[1:].lower()
    named = (name[:1].lower() + name[1:] if common else name, address(f"/maps/{layer.id}", lang=lang))
    if found is None:
        return (named,)
    regions = [(found.name, href_of(system, found.code, lang))]
    if found.above:
        above = found.above
        regions.append((full_name(above.name, above.level, None, above.code), href_of(system, above.code, lang)))
    return (*regions, named)


def _cards(shown: Sequence[Shelved], lang: Language, sort: str | None, several: bool) -> tuple[Card, ...]:
    newest = max((each.layer.release.published_at.date() for each in shown), default=None)
    ordered = sorted(shown, key=lambda each: each.layer.indicator.name[lang].casefold()) if sort == "name" else shown
    return tuple(_card(each, lang, several, each.layer.release.published_at.date() == newest) for each in ordered)


def _card(shelved: Shelved, lang: Language, several: bool, new: bool) -> Card:
    layer, indicator = shelved.layer, shelved.layer.indicator
    first, last = (dates.period(lang, each) for each in (layer.periods[0], layer.periods[-1]))
    kinds = frozenset("desa" if each == "desa_adat" else each for each in shelved.kinds)
    said = {
        "known": numbers.figure(lang, shelved.known, 0),
        "total": numbers.figure(lang, shelved.asked, 0),
        "level": words.level_word(lang, layer.levels[0], kinds, shelved.asked),
    }
    facts = [
        first if first == last else f"{first}–{last}",
        indicator.unit[lang] if indicator.kind.value not in ("index", "category") else "",
        speak(lang, "catalogue.known" if shelved.known < shelved.asked else "catalogue.whole", **said),
    ]
    level = None if shelved.pictured is layer.levels[0] else shelved.pictured.slug
    form = "svg" if shelved.drawn <= _MOST_INLINE else "png"
    return Card(
        name=indicator.name[lang],
        area=speak(lang, "region.edition", area=layer.edition.area, dated=layer.edition.dated) if several else "",
        facts=", ".join(filter(None, facts)),
        published=speak(lang, "catalogue.published", date=dates.day(lang, layer.release.published_at)) if new else "",
        href=address(f"/maps/{layer.id}", lang=lang),
        picture=address(f"/maps/{layer.id}.{form}", size="thumb", level=level, release=layer.release.id, lang=lang),
    )
