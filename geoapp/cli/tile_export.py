"""Exporting tiles: an edition's or a layer's as one PMTiles file, or as a folder that any static host serves."""

from pathlib import Path

import click

from geoapp.atlas import geography
from geoapp.atlas import reading as atlas
from geoapp.atlas.page import MapPage
from geoapp.cli.desk import Desk
from geoapp.domain.levels import Level
from geoapp.domain.periods import Period
from geoapp.domain.regions import Edition
from geoapp.domain.zooms import MAX_ZOOM
from geoapp.errors import BadRequest, NotFound
from geoapp.store import reading
from geoapp.tiles import ahead, archive, place, tilejson, vector
from geoapp.tiles.address import Address
from geoapp.tiles.archive import PMTILES, Source
from geoapp.tiles.shelf import Shelf, packed

_LEVELS = click.Choice([level.slug for level in Level])


@click.command(epilog="Example: geoapp tiles export kota-malang-hdx-2020 malang.pmtiles --to-zoom 12")
@click.argument("subject", metavar="EDITION|LAYER")
@click.argument("target", metavar="FILE.pmtiles|FOLDER", type=click.Path(path_type=Path))
@click.option("--level", type=_LEVELS, help="The level to export, instead of the lowest.")
@click.option("--period", help="Of a layer: the period, instead of the latest.")
@click.option("--to-zoom", type=click.IntRange(0, MAX_ZOOM), default=MAX_ZOOM, show_default=True, help="The last zoom.")
@click.option("--url", default="", help="Of a folder: the address at which it will stand, for its TileJSON and style.")
@click.option("--json", "as_json", is_flag=True, help="The report as one JSON object.")
@click.pass_obj
def export(
    desk: Desk,
    subject: str,
    target: Path,
    level: str | None,
    period: str | None,
    to_zoom: int,
    url: str,
    as_json: bool,
) -> None:
    """Write the vector tiles of an edition (codes and names) or of a layer (with figures, states, classes).

    A file that ends in .pmtiles is one archive, which MapLibre, QGIS and GDAL read from any static host. Anything else
    becomes a folder of {z}/{x}/{y}.pbf with TileJSON, a style for MapLibre, and metadata.json for GDAL. The feature id
    is the region's number. Nothing stands under the name before it is whole; a folder that was broken off is gone on
    with.
    """
    archive.require_free(target)
    wanted = Level.of(level) if level else None
    source = _source(desk, subject, wanted, period, to_zoom)
    total = 0
    with desk.progress("tiles.exporting", len(source.squares), name=source.name) as progress:
        writing = archive.write_pmtiles(source, target) if target.suffix == PMTILES else None
        for size in writing or archive.write_folder(source, target, url):
            total += size
            progress.advance()
    report = {"file": target.name, "tiles": len(source.squares), "bytes": total, "to_zoom": source.zooms[1]}
    if as_json:
        return desk.answer(report)
    return desk.say("tiles.exported", **report)


def _source(desk: Desk, subject: str, level: Level | None, period: str | None, to_zoom: int) -> Source:
    """What is exported. Raises NotFound, Gone, BadRequest."""
    with desk.store.begin() as connection:
        edition = reading.edition(connection, subject)
    if edition is not None:
        if period is not None:
            raise BadRequest("error.export_period")
        return _shapes(desk, edition, level or edition.base_level, to_zoom)
    return _figures(desk, opened(desk, subject, level, period), to_zoom)


def opened(desk: Desk, layer: str, level: Level | None, period: str | None) -> MapPage:
    """A layer's map. Raises NotFound where there is neither an edition nor a layer of this name, Gone, BadRequest."""
    try:
        found = atlas.layer(desk.store, layer)
    except NotFound:
        raise NotFound("error.no_export", subject=layer) from None
    return atlas.open_map(desk.store, found, level, _period(period) if period else None)


def _period(raw: str) -> Period:
    try:
        return Period.parse(raw)
    except ValueError:
        raise BadRequest("error.period_form", period=raw[:60]) from None


def _shapes(desk: Desk, edition: Edition, level: Level, to_zoom: int) -> Source:
    shelf = Shelf.of(desk.settings)

    def make(square: Address) -> bytes:
        """From the shelf, but not onto it: an archive would drive out what people ask for."""
        if found := shelf.peek(place.key(edition, level, square)):
            return found.body
        with desk.store.read() as connection:
            return packed(vector.shapes_tile(connection, edition.id, level, square))

    return Source(
        name=edition.area,
        description=f"{edition.id}, {level.slug}",
        attribution=tilejson.attribution(edition),
        box=edition.box,
        fields=tilejson.SHAPE_FIELDS,
        squares=_squares(desk, edition, level, to_zoom),
        make=make,
        mark=f"{place.folder(edition)} {place.version(edition)} {level.slug} {to_zoom}",
    )


def _figures(desk: Desk, page: MapPage, to_zoom: int) -> Source:
    layer, level = page.layer, page.level
    edition, indicator = layer.edition, layer.indicator

    def make(square: Address) -> bytes:
        with desk.store.read() as connection:
            drawn = vector.layer_tile(connection, edition.id, layer.release.id, level, page.period, page.plan, square)
        return packed(drawn)

    return Source(
        name=f"{indicator.name['id']}, {edition.area}, {page.period.text}",
        description=indicator.definition["id"],
        attribution=f"{indicator.source['id']}. {tilejson.attribution(edition)}",
        box=edition.box,
        fields=tilejson.LAYER_FIELDS,
        squares=_squares(desk, edition, level, to_zoom),
        make=make,
        mark=f"{place.folder(edition)} {place.version(edition)} {layer.id} {page.version} {level.slug} {to_zoom}",
    )


def _squares(desk: Desk, edition: Edition, level: Level, to_zoom: int) -> list[Address]:
    """Every tile that holds something. Raises NotFound where the edition does not show the level."""
    if not geography.regions(desk.store, edition.id, level):
        raise NotFound("error.edition_level", edition=edition.id, level=level.slug)
    return ahead.squares(desk.store, edition.id, level, range(to_zoom + 1))
