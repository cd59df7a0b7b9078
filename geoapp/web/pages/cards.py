"""The catalogue's cards and themes."""

from collections import Counter
from dataclasses import dataclass

from babel.lists import format_list

from geoapp.atlas import reading, words
from geoapp.atlas.page import Layer
from geoapp.domain.words import Language
from geoapp.i18n import dates, numbers, speak
from geoapp.web.links import address
from geoapp.web.request import Question
from geoapp.web.service import service


@dataclass(frozen=True, slots=True)
class Card:
    """One map as the catalogue shows it."""

    name: str
    area: str
    facts: str
    published: str
    href: str
    picture: str


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme with the number of its maps; the first one stands for all."""

    label: str
    count: int
    href: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """The whole catalogue page; ``theme`` is the slug chosen, or None."""

    theme: str | None
    themes: tuple[Theme, ...]
    cards: tuple[Card, ...]
    areas: str


def contents(question: Question) -> Contents:
    """Every public map, newest first, or those of the theme asked for; an unknown theme shows all."""
    lang, layers = question.lang, reading.layers(service().store)
    counts = Counter(each.indicator.theme for each in layers)
    theme = question.theme if question.theme in counts else None
    shown = [each for each in layers if theme in (None, each.indicator.theme)]
    return Contents(
        theme=theme,
        themes=(
            Theme(speak(lang, "catalogue.all"), len(layers), address("/", lang=lang), theme is None),
            *(
                Theme(theme_name(lang, slug), count, address("/", theme=slug, lang=lang), theme == slug)
                for slug, count in sorted(counts.items())
            ),
        ),
        cards=tuple(_card(each, lang) for each in shown),
        areas=format_list(sorted({each.edition.area for each in layers}), locale=lang),
    )


def theme_name(lang: Language, slug: str) -> str:
    """A theme's name: the catalogue's word for it, else its slug made readable."""
    try:
        return speak(lang, f"theme.{slug}")
    except KeyError:
        return slug.replace("_", " ").replace("-", " ").capitalize()


def _card(layer: Layer, lang: Language) -> Card:
    page = reading.open_map(service().store, layer)
    first, last = (dates.period(lang, each) for each in (layer.periods[0], layer.periods[-1]))
    known, total = page.plan.known, words.asked(page)
    said = {
        "known": numbers.figure(lang, known, 0),
        "total": numbers.figure(lang, total, 0),
        "level": words.level_word(lang, page.level, words.kinds(page.regions), total),
    }
    facts = [
        first if first == last else f"{first}–{last}",
        layer.indicator.unit[lang] if layer.indicator.kind.value not in ("index", "category") else "",
        speak(lang, "catalogue.known" if known < total else "catalogue.whole", **said),
    ]
    return Card(
        name=layer.indicator.name[lang],
        area=layer.edition.area,
        facts=", ".join(filter(None, facts)),
        published=speak(lang, "catalogue.published", date=dates.day(lang, layer.release.published_at)),
        href=address(f"/maps/{layer.id}", lang=lang),
        picture=address(f"/maps/{layer.id}.svg", size="thumb", release=layer.release.id, lang=lang),
    )
