"""The public layers, and the layer document: everything a viewer needs, with pinned addresses."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request

from geoapp.atlas import reading, words
from geoapp.atlas.page import Layer, MapPage
from geoapp.domain.levels import Level
from geoapp.domain.words import LANGUAGES, Language
from geoapp.domain.zooms import MAX_ZOOM
from geoapp.layers.plan import LegendRow
from geoapp.tiles import zooms
from geoapp.tiles.place import template
from geoapp.web.caching import Keep, answer, answer_json, json_body
from geoapp.web.data.values import pinned_query
from geoapp.web.links import absolute, address
from geoapp.web.opening import again, open_exactly, periods
from geoapp.web.request import CHOICES, ask
from geoapp.web.service import service

BLUEPRINT = Blueprint("layers", __name__)


@BLUEPRINT.get("/layers.json")
def layers() -> Response:
    """200 the public layers, newest first; 304 unchanged; 400 an unknown parameter."""
    ask(request.args)
    return answer_json({"layers": [_entry(each) for each in reading.layers(service().store)]}, Keep.MOVING)


@BLUEPRINT.get("/layers/<layer>.json")
def layer(layer: str) -> Response:
    """200 the layer document; 304 unchanged; 400 bad parameter; 404 no such layer or release; 410 withdrawn."""
    question = ask(request.args, *CHOICES, "release")
    page = open_exactly(layer, question)
    found, choice = page.layer, page.choice
    key = ("document", found.id, found.release.id, found.surroundings, found.retired, choice)
    body = service().kept.get(key, lambda: json_body(document(page)))
    keep = Keep.MOVING if question.release is None else Keep.PINNED
    return answer(body, keep, absolute(address(f"/layers/{found.id}.json", **choice.query(), release=found.release.id)))


def _entry(layer: Layer) -> dict[str, Any]:
    return {
        "id": layer.id,
        "name": layer.indicator.name.as_dict(),
        "area": layer.edition.area,
        "indicator": layer.indicator.slug,
        "edition": layer.edition.id,
        "release": _release(layer),
        "levels": [each.slug for each in layer.levels],
        "periods": [each.text for each in layer.periods],
        "latest": layer.latest.text,
        "page": f"/maps/{layer.id}",
        "document": f"/layers/{layer.id}.json",
    }


def _release(layer: Layer) -> dict[str, Any]:
    return {"id": layer.release.id, "published": layer.release.published_at.isoformat()}


def document(opened: MapPage) -> dict[str, Any]:
    """The layer document of a map under its choice."""
    layer = opened.layer
    indicator, edition = layer.indicator, layer.edition
    return {
        "id": layer.id,
        "title": _both(lambda lang: words.title(opened, lang)),
        "indicator": {
            "slug": indicator.slug,
            "name": indicator.name.as_dict(),
            "unit": indicator.unit.as_dict(),
            "kind": indicator.kind.value,
            "decimals": indicator.decimals,
            "polarity": indicator.polarity.value,
            "categories": [{"slug": each.slug, "name": each.name.as_dict()} for each in indicator.categories],
            "interpretation": indicator.interpretation.as_dict(),
        },
        "edition": {
            "id": edition.id,
            "area": edition.area,
            "box": list(edition.box),
            "status": edition.status.value,
            "attribution": edition.attribution.as_dict(),
            "licence": edition.licence,
            "dated": edition.dated,
            "retired": _retired(layer),
        },
        "surroundings": layer.surroundings and f"/surroundings/{edition.id}/{layer.surroundings}.json",
        "release": _release(layer),
        "periods": [each.text for each in periods(opened)],
        "latest": layer.latest.text,
        "page": f"/maps/{layer.id}",
        "choice": {name: value for name, value in opened.choice.query().items() if value is not None},
        "locked": layer.style.locked,
        "levels": [_level(opened, each) for each in layer.levels if periods(opened, each)],
    }


def _retired(layer: Layer) -> dict[str, str | None] | None:
    """That the boundaries are no longer used: since when, why, and which edition stands in their place."""
    out = layer.retired
    return {"since": out.at.isoformat(), "reason": out.reason, "successor": out.successor} if out else None


def _level(opened: MapPage, level: Level) -> dict[str, Any]:
    layer = opened.layer
    pages = [again(opened, each, level) for each in periods(opened, level)]
    regions = pages[0].regions
    place = f"{layer.edition.id}/{level.slug}"
    diagonal = zooms.diagonal([each.box for each in regions])
    return {
        "level": level.slug,
        "regions": len(regions),
        "word": _both(lambda lang: words.level_word(lang, level, words.kinds(regions))),
        "minzoom": zooms.first(len(regions), diagonal, level is layer.levels[0]),
        "maxzoom": MAX_ZOOM,
        "diagonal": round(diagonal, 9),
        "tiles": template(layer.edition, level),
        "places": f"/places/{place}",
        "plans": {each.period.text: _plan(each) for each in pages},
    }


def _plan(page: MapPage) -> dict[str, Any]:
    plan = page.plan
    classes, query = f"/values/{page.layer.id}/{page.version}/{page.period.text}", pinned_query(page)
    return {
        "version": page.version,
        "kind": plan.kind,
        "classes": address(classes, **query),
        "figures": address(f"{classes}/{{parent}}", **query),
        "title": _both(lambda lang: words.title(page, lang)),
        "known": plan.known,
        "total": plan.total,
        "largest": plan.largest,
        "colours": list(plan.colours),
        "whole": page.whole.figure if page.whole else None,
        "wholeMarks": sorted(each.value for each in page.whole.marks) if page.whole else [],
        "legend": [_row(page, row) for row in plan.legend],
        **_pictures(page),
    }


def _pictures(page: MapPage) -> dict[str, str]:
    """Where the picture tiles of a plan are, for levels whose shapes would be too many."""
    if len(page.regions) <= zooms.FEW:
        return {}
    pinned = {"period": page.period.text, "level": page.level.slug, "release": page.layer.release.id}
    view = {**pinned_query(page), **pinned}
    return {"pictures": f"/tiles/{page.layer.id}/{{z}}/{{x}}/{{y}}.png" + address("", **view)}


def _row(page: MapPage, row: LegendRow) -> dict[str, Any]:
    indicator = page.layer.indicator
    label = _both(lambda lang: words.legend_label(lang, indicator, row))
    letter = _both(lambda lang: words.letters(lang, indicator).get(row.category or "", ""))
    return {**row.as_dict(), "label": label, **({"letter": letter} if letter["id"] else {})}


def _both(said: Callable[[Language], str]) -> dict[str, str]:
    return {lang: said(lang) for lang in LANGUAGES}
