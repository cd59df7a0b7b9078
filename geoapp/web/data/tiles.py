"""Tiles: an edition's shapes alone, a layer's with figures, its picture tiles, and TileJSON for each."""

import gzip

from flask import Blueprint, Response, request

from geoapp.atlas import geography
from geoapp.atlas.choices import Choice
from geoapp.atlas.page import MapPage
from geoapp.domain.levels import Level
from geoapp.domain.mercator import metres
from geoapp.domain.regions import Edition
from geoapp.errors import NotFound
from geoapp.i18n import speak
from geoapp.store import shapes
from geoapp.tiles import tilejson, vector
from geoapp.tiles.address import PICTURE_ZOOM, Address
from geoapp.tiles.shelf import NOTHING, Tile, packed
from geoapp.web.caching import Keep, accepts, answer_json, validated
from geoapp.web.data.places import level_of
from geoapp.web.kept import Body
from geoapp.web.links import absolute, address
from geoapp.web.opening import open_exactly
from geoapp.web.request import CHOICES, ask
from geoapp.web.service import service

BLUEPRINT = Blueprint("tiles", __name__)
_FORMATS = ("mvt", "png")
_NEAR = 1 / 8
"""The share of a side from which circles of regions beyond a tile may reach into it."""
_MVT = "application/vnd.mapbox-vector-tile"


@BLUEPRINT.get("/tiles/<edition>/<level>/<z>/<x>/<y>.mvt")
def shapes_tile(edition: str, level: str, z: str, x: str, y: str) -> Response:
    """200 shapes with code and name, kept for a year; 304; 400 not on the grid; 404 no such edition or level."""
    ask(request.args)
    square = Address.parse(z, x, y)

    def cut() -> bytes:
        with service().store.read() as connection:
            return vector.shapes_tile(connection, edition, wanted, square)

    wanted, found = _shown(edition, level)
    if not square.touches(found.box):
        return _answer(NOTHING, _MVT, Keep.FOREVER)
    tile = service().shelf.get(f"{_folder(found)}/{level}/{square.z}/{square.x}/{square.y}.mvt", cut)
    return _answer(tile, _MVT, Keep.FOREVER)


@BLUEPRINT.get("/tiles/<layer>/<z>/<x>/<y>.<extension>")
def layer_tile(layer: str, z: str, x: str, y: str, extension: str) -> Response:
    """200 vector tile with figure, state and class, or picture tile; 304; 400; 404; 410 withdrawn."""
    question = ask(request.args, "period", "level", "area", *CHOICES, "release")
    if extension not in _FORMATS:
        raise NotFound("error.no_format", format=extension, known=", ".join(_FORMATS))
    square = Address.parse(z, x, y) if extension == "mvt" else Address.parse(z, x, y, PICTURE_ZOOM)
    page = open_exactly(layer, question)
    make = _picture if extension == "png" else _figures
    view = f"{page.version}-{page.level.slug}-{page.period.text}"
    key = f"{_folder(page.layer.edition)}/{layer}/{view}/{square.z}/{square.x}/{square.y}.{extension}"
    if not square.touches(page.layer.edition.box, _NEAR):
        key = f"beside/{extension}.{extension}"  # beside an edition all tiles are one
    if page.choice == Choice.NONE and page.area is None:
        tile = service().shelf.get(key, lambda: make(page, square))
    else:  # visitors choose more than a disk should hold
        key_of_choice = ("tile", *page.key, square, extension)
        tile = Tile.of(service().kept.get(key_of_choice, lambda: Body(packed(make(page, square)), _MVT)).plain)
    pinned = address(
        request.path,
        period=page.period.text,
        level=page.level.slug,
        area=page.area.code if page.area else None,
        **page.choice.query(),
        release=page.layer.release.id,
    )
    keep = Keep.MOVING if question.release is None else Keep.PINNED
    return _answer(tile, _MVT if extension == "mvt" else "image/png", keep, absolute(pinned))


@BLUEPRINT.get("/tiles/<edition>/<level>.json")
def shapes_tilejson(edition: str, level: str) -> Response:
    """200 TileJSON of an edition's level; 304; 400 an unknown parameter; 404 no such edition or level."""
    ask(request.args)
    wanted = level_of(edition, level)
    found = geography.edition(service().store, edition)
    template = absolute(f"/tiles/{edition}/{wanted.slug}/{{z}}/{{x}}/{{y}}.mvt")
    return answer_json(tilejson.document(found.area, template, found.box, _attribution(found)), Keep.MOVING)


@BLUEPRINT.get("/tiles/<layer>.json")
def layer_tilejson(layer: str) -> Response:
    """200 TileJSON of a layer's vector tiles; 304; 400; 404; 410 withdrawn."""
    question = ask(request.args, "period", "level", *CHOICES, "release")
    page = open_exactly(layer, question)
    view = {"period": page.period.text, "level": page.level.slug, **page.choice.query()}
    asked = address("", **view, release=page.layer.release.id)
    indicator, edition = page.layer.indicator, page.layer.edition
    document = tilejson.document(
        f"{indicator.name['id']}, {edition.area}, {page.period.text}",
        absolute(f"/tiles/{layer}/{{z}}/{{x}}/{{y}}.mvt") + asked,
        edition.box,
        f"{indicator.source['id']}. {_attribution(edition)}",
        tilejson.LAYER_FIELDS,
        indicator.definition["id"],
    )
    keep = Keep.MOVING if question.release is None else Keep.PINNED
    return answer_json(document, keep, absolute(f"/tiles/{layer}.json{asked}"))


def _attribution(edition: Edition) -> str:
    """Whose the lines are, how sure, of when and under which licence; map programs show it in a corner."""
    status = speak("id", f"embed.status.{edition.status.value}")
    return f"{edition.attribution['id'].rstrip('.')}, {status} ({edition.rights.rstrip('.')})"


def _shown(edition: str, slug: str) -> tuple[Level, Edition]:
    """A level of a published edition, and the edition; what was found once stays, because editions never change."""
    known = service().kept_levels
    if (edition, slug) not in known:
        known[edition, slug] = level_of(edition, slug), geography.edition(service().store, edition)
    return known[edition, slug]


def _folder(edition: Edition) -> str:
    """Where an edition's tiles lie: after a database was made anew the same id may stand for other shapes."""
    return f"{edition.id}-{edition.published_at:%Y%m%d%H%M%S%f}"


def _figures(page: MapPage, square: Address) -> bytes:
    layer = page.layer
    said = page.observations if page.choice.since else None
    with service().store.read() as connection:
        return vector.layer_tile(
            connection, layer.edition.id, layer.release.id, page.level, page.period, page.plan, square, said
        )


def _picture(page: MapPage, square: Address) -> bytes:
    from geoapp.pictures import tile  # rasterio loads when the first picture tile is painted

    with service().store.read() as connection:
        rows = shapes.outlines_within(connection, page.layer.edition.id, page.level, square.z, square.reach(_NEAR))
    circles = page.plan.kind == "circles"
    insides = {each.number: metres(*page.regions[each.number - 1].inside) for each in rows} if circles else {}
    return tile.paint(page.plan, rows, square.bounds, (square.x, square.y), insides)


def _answer(tile: Tile, media_type: str, keep: Keep, canonical: str | None = None) -> Response:
    """A finished tile, in the form it lies on the shelf where the reader takes that."""
    packed = tile.gzipped and accepts("gzip")
    body = tile.body if packed or not tile.gzipped else gzip.decompress(tile.body)
    response = Response(body, content_type=media_type)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    if tile.gzipped:
        response.vary.add("Accept-Encoding")
    return validated(response, tile.etag.strip('"') + ("" if packed else "-plain"), keep, canonical)
