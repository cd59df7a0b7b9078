"""Values of a pinned plan: one byte a region for painting, and exact figures of a parent's children."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, request

from geoapp.atlas import reading
from geoapp.atlas.choices import Choice
from geoapp.atlas.page import MapPage
from geoapp.domain.periods import Period
from geoapp.errors import NotFound, Refused
from geoapp.web.caching import Keep, answer, answer_json
from geoapp.web.kept import Body
from geoapp.web.opening import open_exactly
from geoapp.web.request import CHOICES, ask
from geoapp.web.service import service

BLUEPRINT = Blueprint("values", __name__)
_MOST_AT_ONCE = 1000
"""Regions whose figures are given in one answer."""


@BLUEPRINT.get("/values/<layer>/<version>/<period>")
def classes(layer: str, version: str, period: str) -> Response:
    """200 the edition's id, a line's end, one byte a region, then the marks if any; 304; 400; 404; 410 withdrawn."""
    page = _pinned(layer, version, period)
    return answer(service().kept.get(("classes", *page.key), lambda: _classes(page)), Keep.PINNED)


def _classes(page: MapPage) -> Body:
    body = page.layer.edition.id.encode() + b"\n" + page.plan.classes + page.plan.marks
    return Body(body, "application/octet-stream")


@BLUEPRINT.get("/values/<layer>/<version>/<period>/<parent>")
def figures(layer: str, version: str, period: str, parent: str) -> Response:
    """200 exact figures of the children of ``parent``, or of ``all``; 304; 400; 404; 409 too many at once; 410."""
    return answer_json(document(_pinned(layer, version, period), parent), Keep.PINNED)


def _pinned(layer: str, version: str, period: str) -> MapPage:
    question = ask(request.args, "level", *CHOICES, "release")
    try:
        wanted = Period.parse(period)
    except ValueError:
        raise NotFound("error.no_period", layer=layer, period=period) from None
    if question.choice == Choice.NONE:
        return reading.pinned(service().store, layer, version, wanted)
    page = open_exactly(layer, replace(question, period=wanted))
    if page.version != version:
        raise NotFound("error.no_version", layer=layer, version=version)
    return page


def pinned_query(page: MapPage) -> dict[str, str | int | None]:
    """The query under which the plan of a visitor's choice is decided again; nothing for a published one."""
    if page.choice == Choice.NONE:
        return {}
    level = None if page.level is page.layer.levels[0] else page.level.slug
    return {"level": level, **page.choice.query(), "release": page.layer.release.id}


def document(page: MapPage, parent: str) -> dict[str, Any]:
    """The exact figures; ``all`` stands for every region where there are few.

    Raises
    ------
    NotFound
        If no region has this parent.
    Refused
        If all of very many are asked for.
    """
    if parent == "all" and len(page.regions) > _MOST_AT_ONCE:
        raise Refused("error.parent_needed", regions=len(page.regions))
    pairs = [
        (region, said)
        for region, said in zip(page.regions, page.observations, strict=True)
        if parent in ("all", region.parent)
    ]
    if not pairs:
        raise NotFound("error.no_region", code=parent)
    return {
        "edition": page.layer.edition.id,
        "period": page.period.text,
        "parent": parent,
        "numbers": [region.number for region, _ in pairs],
        "figures": [said.figure for _, said in pairs],
        "categories": [said.category for _, said in pairs],
        "states": [said.state.value if said.state else None for _, said in pairs],
        "marks": [sorted(mark.value for mark in said.marks) for _, said in pairs],
    }
