"""Shapes read from the store: outlines of a zoom's grid, full shapes, and vector tiles cut from outlines."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from geoapp.domain.levels import Level
from geoapp.domain.mercator import HALF
from geoapp.domain.observations import Observation
from geoapp.domain.periods import Period
from geoapp.domain.zooms import grid_of
from geoapp.store.statements import lines, statement

_LAST = 2**31 - 1
"""No region's number is higher."""


class Shape(NamedTuple):
    """A region's number with its shape as WKB."""

    number: int
    wkb: bytes


class Cut(NamedTuple):
    """How a tile is cut, in units of the grid of zoom ``grid``: its corner, its side, and how far it reaches beyond."""

    grid: int
    left: int
    top: int
    side: int
    margin: int


class Figures(NamedTuple):
    """What a layer's tile carries beside the shapes: its release and period, and the plan's bytes in number order.

    With ``changes`` (in number order) it carries those instead of the figures of the period.
    """

    release: int
    period: Period
    classes: bytes
    changes: Sequence[Observation] | None = None


def outlines(connection: Connection, edition: str, level: Level, zoom: int) -> Sequence[Shape]:
    """All shapes of a level generalised for tile zoom ``zoom``, EPSG:3857, in number order."""
    found = connection.execute(statement("outlines"), _asked(edition, level, zoom))
    # as the driver has them: dressing the rows of eighty thousand regions takes longer than reading them
    return [Shape(number, shape) for number, shape in (found.cursor.fetchall() if found.cursor else ())]


def outlines_within(
    connection: Connection, edition: str, level: Level, zoom: int, bounds: tuple[float, float, float, float]
) -> Sequence[Shape]:
    """The shapes that touch ``bounds`` (west, south, east, north in EPSG:3857), generalised for ``zoom``."""
    asked = _asked(edition, level, zoom)
    sides = dict(zip(("west", "south", "east", "north"), bounds, strict=True))
    rows = connection.execute(statement("outlines_within"), asked | sides)
    return [Shape(row.number, bytes(row.shape)) for row in rows]


def outlines_numbered(
    connection: Connection, edition: str, level: Level, zoom: int, numbers: tuple[int, int]
) -> Sequence[Shape]:
    """The shapes of a range of numbers generalised for ``zoom``, EPSG:3857."""
    asked = _asked(edition, level, zoom)
    first, last = numbers
    rows = connection.execute(statement("outlines_numbered"), asked | {"first": first, "last": last})
    return [Shape(row.number, bytes(row.shape)) for row in rows]


def full(connection: Connection, edition: str, level: Level, numbers: tuple[int, int] = (1, _LAST)) -> Sequence[Shape]:
    """The shapes of a range of numbers, else all, in full detail, EPSG:4326, in number order."""
    first, last = numbers
    asked = {"edition": edition, "level": level.value, "first": first, "last": last}
    return [Shape(row.number, bytes(row.shape)) for row in connection.execute(statement("full_shapes"), asked)]


def coded(connection: Connection, edition: str, level: Level, codes: Iterable[str]) -> Mapping[str, bytes]:
    """Some shapes by their codes as WKB, in full detail, EPSG:4326; codes without a shape are left out."""
    asked = {"edition": edition, "level": level.value, "codes": lines(codes)}
    return {row.code: bytes(row.shape) for row in connection.execute(statement("shapes_coded"), asked)}


def region_at(
    connection: Connection, edition: str, level: Level, point: tuple[float, float], reach: float
) -> int | None:
    """The number of the region that holds a point (longitude, latitude), else of one within ``reach`` degrees."""
    longitude, latitude = point
    asked = {"edition": edition, "level": level.value, "longitude": longitude, "latitude": latitude, "reach": reach}
    found: int | None = connection.execute(statement("region_at"), asked).scalar_one_or_none()
    return found


def tile(connection: Connection, edition: str, level: Level, cut: Cut, figures: Figures | None = None) -> bytes:
    """One vector tile: shapes with code and name, and with ``figures`` what a layer says of them; empty if none."""
    asked = {"edition": edition, "level": level.value, **cut._asdict()}
    if figures is None:
        return bytes(connection.execute(statement("shapes_tile"), asked).scalar_one())
    changes = figures.changes
    said = {
        "release": figures.release,
        "period": figures.period.text,
        "classes": figures.classes,
        "figures": None if changes is None else [each.figure for each in changes],
        "states": None if changes is None else [each.state.value if each.state else None for each in changes],
    }
    return bytes(connection.execute(statement("layer_tile"), asked | said).scalar_one())


def _asked(edition: str, level: Level, zoom: int) -> dict[str, Any]:
    grid = grid_of(zoom)
    return {"edition": edition, "level": level.value, "grid": grid.zoom, "unit": grid.unit, "half": HALF}
