"""Places: what a viewer needs of regions beside their shapes, in number order; an edition never changes."""

from typing import Any

from flask import Blueprint, Response, request

from geoapp.atlas import geography, words
from geoapp.domain.levels import Level
from geoapp.errors import NotFound
from geoapp.web.caching import Keep, answer, json_body
from geoapp.web.request import ask
from geoapp.web.service import service

BLUEPRINT = Blueprint("places", __name__)
_DIGITS = 5
"""Decimal places of a degree: about a metre."""


@BLUEPRINT.get("/places/<edition>/<level>")
@BLUEPRINT.get("/places/<edition>/<level>/<parent>")
def places(edition: str, level: str, parent: str | None = None) -> Response:
    """200 the places of a level, or a parent's; 304 unchanged; 400 an unknown parameter; 404 none of this name."""
    ask(request.args)
    wanted = level_of(edition, level)
    body = service().kept.get(("places", edition, wanted, parent), lambda: json_body(document(edition, wanted, parent)))
    return answer(body, Keep.FOREVER)


def level_of(edition: str, slug: str) -> Level:
    """The level called ``slug`` of a published edition; NotFound if the edition does not show it."""
    try:
        level = Level.of(slug)
    except ValueError:
        raise NotFound("error.edition_level", edition=edition, level=slug) from None
    if not geography.regions(service().store, geography.edition(service().store, edition).id, level):
        raise NotFound("error.edition_level", edition=edition, level=slug)
    return level


def document(edition: str, level: Level, parent: str | None) -> dict[str, Any]:
    """The places document; NotFound if no region of the level has this parent."""
    store = service().store
    uppers = geography.upper_regions(store, edition)
    found = [each for each in geography.regions(store, edition, level) if parent in (None, each.parent)]
    if not found:
        raise NotFound("error.no_region", code=parent)
    return {
        "edition": edition,
        "level": level.slug,
        "numbers": [each.number for each in found],
        "codes": [each.code for each in found],
        "names": [each.name for each in found],
        "kinds": [words.kind_word(each) for each in found],
        "parents": [each.parent for each in found],
        "parentNames": [uppers[each.parent].name if each.parent and each.parent in uppers else None for each in found],
        "inside": [[round(side, _DIGITS) for side in each.inside] for each in found],
        "boxes": [[round(side, _DIGITS) for side in each.box] for each in found],
        "neighbours": [list(each.neighbours) for each in found],
    }
