"""Tiles: an edition's shapes alone, a layer's with figures, its picture tiles, and TileJSON for each."""

import gzip

from flask import Blueprint, Response, request

from geoapp.atlas import geography
from geoapp.atlas.choices import Choice
from geoapp.atlas.page import MapPage
from geoapp.domain.levels import Level
from geoapp.domain.regions import Edition
from geoapp.domain.zooms import MAX_ZOOM
from geoapp.errors import NotFound
from geoapp.store import reading
from geoapp.tiles import place, tilejson, vector
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
    """200 shapes with code and name; 304; 400 not on the grid; 404 no such edition or level.

    Kept for a year under the address that names today's version of the shapes, else for minutes.
    """
    asked = ask(request.args, "v").v
    square = Address.parse(z, x, y)
    wanted, found = _shown(edition, level)

    def cut() -> bytes:
        with service().store.read() as connection:
            drawn = vector.shapes_tile(connection, edition, wanted, square)
            if not drawn and reading.edition(connection, edition) is None:
                raise _forgotten(edition)
            return drawn

    tile = service().shelf.get(place.key(found, wanted, square), cut) if _holds(found, wanted, square) else NOTHING
    if asked == place.version(found):
        return _answer(tile, _MVT, Keep.FOREVER)
    return _answer(tile, _MVT, Keep.MOVING, absolute(address(request.path, v=place.version(found))))


@BLUEPRINT.get("/tiles/<layer>/<z>/<x>/<y>.<extension>")
def layer_tile(layer: str, z: str, x: str, y: str, extension: str) -> Response:
    """200 vector tile with figure, state and class, or picture tile; 304; 400; 404; 410 withdrawn."""
    question = ask(request.args, "period", "level", "area", *CHOICES, "release")
    if extension not in _FORMATS:
        raise NotFound("error.no_format", format=extension, known=", ".join(_FORMATS))
    square = Address.parse(z, x, y) if extension == "mvt" else Address.parse(z, x, y, PICTURE_ZOOM)
    page = open_exactly(layer, question)
    make = _picture if extension == "png" else _figures
    key = place.layer_key(page, square, extension)
    near = _NEAR if extension == "png" and page.plan.kind == "circles" else 0
    if not _holds(page.layer.edition, page.level, square, near):
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
    template = absolute(place.template(found, wanted))
    return answer_json(tilejson.document(found.area, template, found.box, tilejson.attribution(found)), Keep.MOVING)


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
        f"{indicator.source['id']}. {tilejson.attribution(edition)}",
        tilejson.LAYER_FIELDS,
        indicator.definition["id"],
    )
    keep = Keep.MOVING if question.release is None else Keep.PINNED
    return answer_json(document, keep, absolute(f"/tiles/{layer}.json{asked}"))


def _shown(edition: str, slug: str) -> tuple[Level, Edition]:
    """A level of a published edition, and the edition; what was found once stays, because editions never change."""
    known = service().kept_levels
    if (edition, slug) not in known:
        known[edition, slug] = level_of(edition, slug), geography.edition(service().store, edition)
    return known[edition, slug]


def _forgotten(edition: str) -> NotFound:
    """An edition that was removed while it was known here: no shelf or reader may keep its tiles as empty."""
    service().kept_levels.clear()
    geography.edition.cache_clear()
    return NotFound("error.no_edition", edition=edition)


def _holds(edition: Edition, level: Level, square: Address, near: float = 0) -> bool:
    """Whether a square may hold anything of a level, or lies so near that a circle reaches into it."""
    if near:
        return square.touches(edition.box, near)
    above = square.above(MAX_ZOOM)
    known = geography.covered(service().store, edition.id, level, above.z)
    return square.touches(edition.box) if known is None else (above.x, above.y) in known


def _figures(page: MapPage, square: Address) -> bytes:
    layer = page.layer
    said = page.observations if page.choice.since else None
    with service().store.read() as connection:
        return vector.layer_tile(
            connection, layer.edition.id, layer.release.id, page.level, page.period, page.plan, square, said
        )


def _picture(page: MapPage, square: Address) -> bytes:
    from geoapp.pictures import tile  # rasterio loads when the first picture tile is painted

    return tile.of_map(service().store, page, square.z, (square.x, square.y), square.bounds)


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
