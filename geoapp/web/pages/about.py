"""The page about the site at ``/about``: who answers for it, sources and licences, privacy, accessibility."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel.lists import format_list
from flask import Response, request

from geoapp.atlas.page import Layer
from geoapp.atlas.shelf import live, shelf
from geoapp.domain.words import Language
from geoapp.i18n import speak
from geoapp.web import dress
from geoapp.web.caching import Keep, answer
from geoapp.web.kept import Body
from geoapp.web.links import alternates, base
from geoapp.web.pages.routes import BLUEPRINT, HTML
from geoapp.web.request import ask_kindly
from geoapp.web.service import service

ACCESS = ("about.access.keys", "about.access.table", "about.access.colour", "about.access.motion")


@dataclass(frozen=True, slots=True)
class Boundaries:
    """One edition that maps are drawn on."""

    edition: str
    attribution: str
    status: str
    licence: str


@dataclass(frozen=True, slots=True)
class About:
    """What the page says beside its fixed sentences: ``sources`` with the indicators each stands behind."""

    contact: str
    sources: tuple[tuple[str, str], ...]
    boundaries: tuple[Boundaries, ...]


@BLUEPRINT.get("/about")
def about_site() -> Response:
    """200 who publishes here, from what, under which licence, and what is kept of visitors; 304 unchanged."""
    question = ask_kindly(request.args, "lang")
    shown, lang = live(service().store), question.lang

    def rendered() -> Body:
        html = dress.page(
            "about.html",
            lang=lang,
            about=_about([each.layer for each in shelf(service().store, shown)], lang),
            access=ACCESS,
            notices=question.notices,
            alternates=alternates("/about"),
        )
        return Body(html, HTML)

    key = ("about", base(), shown, lang, repr(question.notices))
    return answer(service().kept.get(key, rendered), Keep.MOVING)


def _about(layers: Sequence[Layer], lang: Language) -> About:
    contact = service().catalogue.site.contact
    return About(
        contact=contact.removeprefix("mailto:").split("?")[0],
        sources=_sources(layers, lang),
        boundaries=_boundaries(layers, lang),
    )


def _sources(layers: Sequence[Layer], lang: Language) -> tuple[tuple[str, str], ...]:
    """Every source once, with the names of the indicators it stands behind."""
    found: dict[str, dict[str, None]] = {}
    for each in layers:
        found.setdefault(each.indicator.source[lang].rstrip("."), {})[each.indicator.name[lang]] = None
    return tuple((source, format_list(list(names), locale=lang)) for source, names in found.items())


def _boundaries(layers: Sequence[Layer], lang: Language) -> tuple[Boundaries, ...]:
    editions = {each.edition.id: each.edition for each in layers}
    return tuple(
        Boundaries(
            edition=speak(lang, "region.edition", area=each.area, dated=each.dated),
            attribution=each.attribution[lang].rstrip("."),
            status=speak(lang, f"page.status.{each.status.value}"),
            licence=each.licence,
        )
        for each in editions.values()
    )
