"""What lies around an edition's area, for whoever draws it; an address never changes its bytes."""

from flask import Blueprint, Response, request

from geoapp.errors import NotFound
from geoapp.store import surroundings as store_surroundings
from geoapp.web.caching import Keep, answer
from geoapp.web.kept import Body
from geoapp.web.request import ask
from geoapp.web.service import service

BLUEPRINT = Blueprint("surroundings", __name__)


@BLUEPRINT.get("/surroundings/<edition>/<digest>.json")
def surroundings(edition: str, digest: str) -> Response:
    """200 land, water, borders and names; 304; 400 an unknown parameter; 404 the edition has none of this digest."""
    ask(request.args)
    return answer(service().kept.get(("surroundings", edition, digest), lambda: _body(edition, digest)), Keep.FOREVER)


def _body(edition: str, digest: str) -> Body:
    with service().store.read() as connection:
        kept = store_surroundings.surroundings(connection, edition)
    if kept is None or kept.digest != digest:
        raise NotFound("error.no_surroundings", edition=edition)
    return Body(kept.document.encode(), "application/json")
