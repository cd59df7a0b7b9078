"""Which tiles of an edition are not empty, by level and zoom."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert

from geoapp.domain.covered import Covered
from geoapp.domain.levels import Level
from geoapp.store.statements import statement
from geoapp.store.tables import CoverageRow

_OUTLINES = """
    COPY (SELECT ST_AsBinary(shape) FROM geography.outline WHERE edition_id = %s AND level = %s AND zoom = %s)
    TO STDOUT (FORMAT BINARY)
"""
"""A nation has a gigabyte of outlines: a cursor would hold them all."""


class Kept(NamedTuple):
    """The tiles of one level and zoom."""

    level: Level
    zoom: int
    covered: Covered


def covered(connection: Connection, edition: str, level: Level, zoom: int) -> Covered | None:
    """The tiles of a level and zoom that are not empty; None if nobody has looked yet."""
    asked = {"edition": edition, "level": level.value, "zoom": zoom}
    stored = connection.execute(statement("coverage"), asked).scalar_one_or_none()
    return Covered.decode(zoom, bytes(stored)) if stored is not None else None


def write(connection: Connection, edition: str, found: Iterable[Kept]) -> None:
    """Keep what was found, in place of what the edition had."""
    connection.execute(delete(CoverageRow).where(CoverageRow.edition_id == edition))
    rows = [
        {"edition_id": edition, "level": each.level.value, "zoom": each.zoom, "tiles": each.covered.encode()}
        for each in found
    ]
    if rows:
        connection.execute(insert(CoverageRow), rows)


def without(connection: Connection) -> list[str]:
    """The editions of whose outlines nobody has found the tiles yet."""
    return list(connection.execute(statement("uncovered_editions")).scalars())


def drawn(connection: Connection, edition: str) -> Iterator[tuple[int, int, bytes]]:
    """Level, zoom and shape (WKB, units of the zoom's grid) of an edition's outlines, by level and zoom."""
    driver: Any = connection.connection.driver_connection
    for level, zoom in connection.execute(statement("drawn_grids"), {"edition": edition}).all():
        with driver.cursor().copy(_OUTLINES, (edition, level, zoom)) as copy:
            copy.set_types(["bytea"])
            yield from ((level, zoom, shape) for (shape,) in copy.rows())
