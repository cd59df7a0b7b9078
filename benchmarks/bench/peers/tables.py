"""The tables that peers serve: of each place and zoom the very shapes our tiles are cut from, in EPSG:3857."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import numpy as np
import psycopg
import shapely
from psycopg import sql

from bench import places
from bench.site import settings
from geoapp.domain.levels import Level
from geoapp.domain.mercator import HALF
from geoapp.domain.zooms import grid_of
from geoapp.store.cluster import OWNER_ROLE, Cluster, create_database
from geoapp.tiles.address import Address

DATABASE = "bench_peers"
FULL = 99
"""The zoom that stands for the full shapes, not generalised."""


@dataclass(frozen=True)
class Table:
    """The villages of one edition as tiles of ``zoom`` show them: id, code, name, geom (MultiPolygon, 3857)."""

    place: str
    edition: str
    zoom: int

    @property
    def name(self) -> str:
        """The table's name."""
        return f"{self.place}_full" if self.zoom == FULL else f"{self.place}_{self.zoom}"

    def full(self) -> "Table":
        """The same villages, not generalised."""
        return Table(self.place, self.edition, FULL)


class Tables:
    """The peers' database, and what is true of its tables."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self.cluster = Cluster.of(settings())
        self.host, self.user, self.database = str(self.cluster.socket), OWNER_ROLE, DATABASE
        self.all = list(tables)

    @property
    def url(self) -> str:
        """Where the tables are."""
        return self.cluster.url(database=DATABASE)

    @property
    def server(self) -> int:
        """The process of PostgreSQL."""
        found = self.cluster.pid()
        assert found is not None
        return found

    def fill(self) -> None:
        """Make the database anew from the site's."""
        with psycopg.connect(self.cluster.url(database="postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(DATABASE)))
            create_database(connection, DATABASE)
        with psycopg.connect(self.cluster.url()) as source, psycopg.connect(self.url, autocommit=True) as target:
            target.execute("CREATE EXTENSION postgis")
            for table in self.all:
                _copy(source, target, table)

    @cache  # noqa: B019 (one object a run)
    def shapes(self, table: Table, zoom: int) -> dict[str, shapely.Geometry]:
        """Code → shape in units of a tile of 1024 of ``zoom``, counted east and south from the corner of the world."""
        unit = 2 * HALF / (1024 << zoom)
        with psycopg.connect(self.url) as connection:
            rows = connection.execute(
                sql.SQL("SELECT code, ST_AsBinary(geom) FROM {}").format(sql.Identifier(table.name))
            ).fetchall()
        shapes = shapely.from_wkb([bytes(shape) for _, shape in rows])
        drawn = shapely.transform(shapes, lambda at: np.round((at * (1, -1) + HALF) / unit, 6))
        return {code: shape for (code, _), shape in zip(rows, drawn, strict=True)}

    def squares(self, table: Table) -> list[Address]:
        """The tiles in which a village shows."""
        return places.squares(list(self.shapes(table, table.zoom).values()), table.zoom)


def _copy(source: psycopg.Connection, target: psycopg.Connection, table: Table) -> None:
    name = sql.Identifier(table.name)
    target.execute(
        sql.SQL(
            "CREATE TABLE {} (id int PRIMARY KEY, code text NOT NULL, name text NOT NULL,"
            " geom geometry(MultiPolygon, 3857) NOT NULL)"
        ).format(name)
    )
    parts = source.cursor().copy(_full(table) if table.zoom == FULL else _outlines(table))
    with parts as found, target.cursor().copy(sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(name)) as put:
        for block in found:
            put.write(block)
    target.execute(sql.SQL("CREATE INDEX ON {} USING gist (geom)").format(name))
    target.execute(sql.SQL("VACUUM ANALYZE {}").format(name))


def _outlines(table: Table) -> sql.Composed:
    grid = grid_of(table.zoom)
    return sql.SQL("""
        COPY (SELECT number, code, name,
                     ST_SetSRID(ST_Affine(outline.shape, {unit}, 0, 0, -{unit}, -{half}, {half}), 3857)
              FROM geography.outline JOIN geography.region USING (edition_id, level, number)
              WHERE edition_id = {edition} AND level = {level} AND outline.zoom = {zoom}) TO STDOUT (FORMAT binary)
    """).format(unit=grid.unit, half=HALF, edition=table.edition, level=Level.VILLAGE.value, zoom=grid.zoom)


def _full(table: Table) -> sql.Composed:
    return sql.SQL("""
        COPY (SELECT number, code, name, ST_Multi(ST_Transform(shape, 3857)) FROM geography.region
              WHERE edition_id = {edition} AND level = {level} AND shape IS NOT NULL) TO STDOUT (FORMAT binary)
    """).format(edition=table.edition, level=Level.VILLAGE.value)


@contextmanager
def connected(tables: Tables) -> Iterator[psycopg.Connection]:
    """One connection to the peers' database, every statement by itself."""
    with psycopg.connect(tables.url, autocommit=True) as connection:
        yield connection
