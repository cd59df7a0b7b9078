"""What a name or code typed so far may mean, for the search boxes of our pages and for anybody."""

from typing import Any

from flask import Blueprint, Response, request

from geoapp.atlas import reading
from geoapp.atlas.gazetteer import Found
from geoapp.atlas.search import FoundMap, search
from geoapp.domain.words import Language
from geoapp.web.caching import Keep, answer_json
from geoapp.web.links import address
from geoapp.web.places import href_of, kind_word, parents_line, reason_words
from geoapp.web.request import ask
from geoapp.web.service import service

BLUEPRINT = Blueprint("search", __name__)
_MOST = 8


@BLUEPRINT.get("/search.json")
def search_json() -> Response:
    """200 what was found and what may have been meant; 304; 400 an unknown parameter; 404 no such layer; 410."""
    question = ask(request.args, "q", "layer", "lang")
    layer = reading.layer(service().store, question.layer) if question.layer else None
    edition = layer.edition.id if layer else None
    found = search(service().store, question.q, edition, _MOST)

    def told(regions: tuple[Found, ...], maps: tuple[FoundMap, ...]) -> list[dict[str, Any]]:
        return [_region(each, question.lang, edition) for each in regions] + [
            _map(each, question.lang) for each in maps
        ]

    document = {
        "results": told(found.regions, found.maps[:3]),
        "meant": told(found.meant, found.meant_maps[:3]),
        "more": found.more,
    }
    return answer_json(document, Keep.MOVING)


def _region(found: Found, lang: Language, edition: str | None) -> dict[str, Any]:
    return {
        "code": found.code,
        "name": found.name,
        "kind": kind_word(lang, found.level, found.kind, found.name, found.code),
        "parent": parents_line(found.above),
        "level": found.level.slug,
        "edition": found.edition,
        "href": href_of(found.system, found.code, lang),
        "reason": reason_words(lang, found),
        "here": found.edition == edition,
    }


def _map(found: FoundMap, lang: Language) -> dict[str, Any]:
    return {
        "layer": found.layer,
        "name": found.name[lang],
        "kind": "",
        "parent": f"{found.area}, {found.dated}",
        "href": address(f"/maps/{found.layer}", lang=lang),
        "reason": "",
        "here": False,
    }
