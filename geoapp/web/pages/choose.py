"""The address that the forms of a map's page lead to: from their fields to the view that was chosen."""

from flask import Response, request
from werkzeug.datastructures import MultiDict

from geoapp.web.caching import Keep
from geoapp.web.opening import open_nearest
from geoapp.web.pages.addresses import Addresses
from geoapp.web.pages.order import USUAL, Order
from geoapp.web.pages.routes import BLUEPRINT
from geoapp.web.request import VIEW, ask_kindly


@BLUEPRINT.get("/maps/<layer>/choose")
def choose(layer: str) -> Response:
    """303 to the view chosen, which answers 200; 404 no such layer; 410 withdrawn."""
    question = ask_kindly(_composed(request.args), *VIEW, "sort")
    opened = open_nearest(layer, question)
    order = Order.of(question.sort) or USUAL
    view = Addresses(opened.page, question.lang, opened.chosen, question.release, opened.compared, order)
    return Response(status=303, headers={"Location": f"{view.here()}#legend-part", "Cache-Control": Keep.NEVER.value})


def _composed(args: MultiDict[str, str]) -> MultiDict[str, str]:
    """The parameters with method, number and breaks as one, as addresses have them; empty ones left out."""
    said = {name: value for name, value in args.items() if value}
    method, count, breaks = (said.pop(name, "") for name in ("method", "count", "breaks"))
    if method and count:
        said["classes"] = f"{method}-{count}{'-own' if breaks == 'own' else ''}"
    if "since" not in said:
        said.pop("change", None)
    return MultiDict(said)
