"""Where an edition's tiles are: on the shelf, and under which version of their addresses."""

import hashlib

from geoapp.atlas.page import MapPage
from geoapp.domain.levels import Level
from geoapp.domain.regions import Edition
from geoapp.domain.zooms import REVISION
from geoapp.tiles.address import Address


def folder(edition: Edition) -> str:
    """The shelf's folder: after a database was made anew the same id may stand for other shapes."""
    return f"{edition.id}-{edition.published_at:%Y%m%d%H%M%S%f}"


def key(edition: Edition, level: Level, square: Address) -> str:
    """The shelf's key of a tile of shapes."""
    return f"{folder(edition)}/{level.slug}/{square.z}/{square.x}/{square.y}.mvt"


def layer_key(page: MapPage, square: Address, extension: str) -> str:
    """The shelf's key of a layer's tile, vector (``mvt``) or picture (``png``), as its publisher styled it."""
    view = f"{page.version}-{page.level.slug}-{page.period.text}"
    return f"{folder(page.layer.edition)}/{page.layer.id}/{view}/{square.z}/{square.x}/{square.y}.{extension}"


def version(edition: Edition) -> str:
    """What an address must say so that its bytes never change: whose shapes they are, and on which grids.

    Shapes that are put on the grids anew are others, and a copy that somebody keeps for a year must not hide them.
    """
    said = f"{REVISION} {edition.id} {edition.published_at.isoformat()}"
    return hashlib.sha256(said.encode()).hexdigest()[:8]


def template(edition: Edition, level: Level) -> str:
    """The address of an edition's tiles, without the host, for clients to fill in."""
    return f"/tiles/{edition.id}/{level.slug}/{{z}}/{{x}}/{{y}}.mvt?v={version(edition)}"
