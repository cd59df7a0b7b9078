"""Vector tiles: an edition's shapes alone, or with what a layer says of them."""

from collections.abc import Sequence

from sqlalchemy import Connection

from geoapp.domain.levels import Level
from geoapp.domain.observations import Observation
from geoapp.domain.periods import Period
from geoapp.domain.zooms import MAX_ZOOM
from geoapp.layers.plan import Plan
from geoapp.store import shapes
from geoapp.tiles.address import Address

NAME = "regions"
"""The one layer inside every tile; feature id = region number."""
_COARSE, _FINE = 1024, 4096
_BUFFER = 1 / 64
"""The share of a side by which shapes reach beyond their tile, so that no line is drawn along its edge."""


def shapes_tile(connection: Connection, edition: str, level: Level, address: Address) -> bytes:
    """An MVT of shapes with ``code`` and ``name``; empty where there is no region."""
    return shapes.tile(connection, edition, level, _cut(address))


def layer_tile(
    connection: Connection,
    edition: str,
    release: int,
    level: Level,
    period: Period,
    plan: Plan,
    address: Address,
    changes: Sequence[Observation] | None = None,
) -> bytes:
    """An MVT that also carries ``figure``, ``category``, ``state`` and ``class`` (the plan's byte); or ``changes``."""
    figures = shapes.Figures(release, period, plan.classes, changes)
    return shapes.tile(connection, edition, level, _cut(address), figures)


def _cut(address: Address) -> shapes.Cut:
    extent = _FINE if address.z >= MAX_ZOOM else _COARSE
    return shapes.Cut(address.z, address.x, address.y, extent, round(extent * _BUFFER))
