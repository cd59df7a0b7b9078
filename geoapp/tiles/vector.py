"""Vector tiles: an edition's shapes alone, or with what a layer says of them."""

from collections.abc import Sequence

from sqlalchemy import Connection

from geoapp.domain.levels import Level
from geoapp.domain.observations import Observation
from geoapp.domain.periods import Period
from geoapp.domain.zooms import grid_of
from geoapp.layers.plan import Plan
from geoapp.store import shapes
from geoapp.tiles.address import Address

NAME = "regions"
"""The one layer inside every tile; feature id = region number."""


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
    grid = grid_of(address.z)
    side = grid.side(address.z)
    return shapes.Cut(grid.zoom, address.x * side, address.y * side, side, grid.margin)
