"""The search for people: a box, what was found, what may have been meant; whole without a script."""

from dataclasses import dataclass

from flask import Response, request

from geoapp.atlas import reading
from geoapp.atlas.gazetteer import Found
from geoapp.atlas.page import Layer
from geoapp.atlas.search import Findings, FoundMap, search
from geoapp.domain.words import Language
from geoapp.errors import GeoappError
from geoapp.web import dress
from geoapp.web.caching import Keep, answer
from geoapp.web.kept import Body
from geoapp.web.links import absolute, address, alternates
from geoapp.web.pages.routes import BLUEPRINT
from geoapp.web.places import href_of, kind_word, parents_line, reason_words
from geoapp.web.request import ask_kindly
from geoapp.web.service import service

_MOST = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One result: ``facts`` tell it from others of its name, ``why`` what of it was like the search.

    ``on_map`` leads to it on the map where the search began.
    """

    name: str
    facts: str
    why: str
    href: str
    on_map: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """What the page shows, in one language."""

    asked: str
    layer: str
    regions: tuple[Line, ...]
    maps: tuple[Line, ...]
    meant: tuple[Line, ...]
    more: int

    @property
    def nothing(self) -> bool:
        """Whether nothing is called so."""
        return not self.regions and not self.maps


@BLUEPRINT.get("/search")
def search_page() -> Response:
    """200 what was found, or the empty box; 304 unchanged."""
    question = ask_kindly(request.args, "q", "layer", "lang")
    layer = _layer(question.layer)
    found = search(service().store, question.q, layer.edition.id if layer else None, _MOST)
    html = dress.page(
        "search.html",
        lang=question.lang,
        results=dressed(found, question.q, question.lang, layer),
        notices=question.notices,
        alternates=alternates("/search", q=question.q or None, layer=question.layer),
        canonical=absolute(address("/search", q=question.q or None, lang=question.lang)),
    )
    return answer(Body(html, "text/html"), Keep.MOVING)


def dressed(found: Findings, asked: str, lang: Language, layer: Layer | None = None) -> Results:
    """Findings as the page shows them."""
    return Results(
        asked=asked,
        layer=layer.id if layer else "",
        regions=tuple(_line(each, lang, layer) for each in found.regions),
        maps=tuple(_map(each, lang) for each in found.maps),
        meant=(*(_line(each, lang, layer) for each in found.meant), *(_map(each, lang) for each in found.meant_maps)),
        more=found.more,
    )


def _line(found: Found, lang: Language, layer: Layer | None) -> Line:
    on_map = layer is not None and found.edition == layer.edition.id and found.level in layer.levels
    usual = layer is not None and found.level is layer.levels[0]
    level = None if usual else found.level.slug
    return Line(
        name=found.name,
        facts=", ".join(
            filter(None, (kind_word(lang, found.level, found.kind, found.name, found.code), parents_line(found.above)))
        ),
        why=reason_words(lang, found),
        href=href_of(found.system, found.code, lang),
        on_map=address(f"/maps/{layer.id}", region=found.code, level=level, lang=lang) if layer and on_map else "",
    )


def _map(found: FoundMap, lang: Language) -> Line:
    return Line(found.name[lang], f"{found.area}, {found.dated}", "", address(f"/maps/{found.layer}", lang=lang))


def _layer(asked: str | None) -> Layer | None:
    """The map where the search began; one that is gone is nothing to stop for."""
    if asked is None:
        return None
    try:
        return reading.layer(service().store, asked)
    except GeoappError:
        return None
