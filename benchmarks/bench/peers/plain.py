"""The bare SQL: ST_AsMVTGeom and ST_AsMVT over two connections, no server before it, nothing packed."""

import multiprocessing
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle

import psycopg
from psycopg import sql

from bench.load import SECONDS, Load
from bench.machine import cpu_of_trees
from bench.peers.base import WORKERS
from bench.peers.tables import Table, Tables, connected
from geoapp.tiles.address import Address

NAME = "bare SQL"
_TILE = sql.SQL("""
    SELECT ST_AsMVT(cut, 'regions', 1024, 'geom', 'id') FROM (
        SELECT id, code, name, ST_AsMVTGeom(geom, ST_TileEnvelope({z}, {x}, {y}), 1024, 16) AS geom
        FROM {table} WHERE geom && ST_TileEnvelope({z}, {x}, {y}, margin => 0.015625)
    ) AS cut WHERE geom IS NOT NULL
""")


def version() -> str:
    """What was measured."""
    return f"{WORKERS} connections"


class Bare:
    """The statement itself."""

    def __init__(self, tables: Tables, connection: psycopg.Connection) -> None:
        self.roots = [tables.server]
        self._url, self._connection = tables.url, connection

    def ask(self, table: Table, square: Address) -> bytes:
        """One tile."""
        return _tile(self._connection, table, square)

    def wake(self, table: Table, squares: list[Address]) -> None:
        """Nothing starts but the connection."""
        for square in squares:
            self.ask(table, square)

    def load(self, table: Table, squares: list[Address]) -> Load:
        """As many processes as others have workers, each asking without a pause."""
        context = multiprocessing.get_context("fork")
        found: multiprocessing.Queue[tuple[list[float], float]] = context.Queue()
        before = cpu_of_trees(self.roots)
        workers = [
            context.Process(target=_work, args=(self._url, table, squares[i:] + squares[:i], found))
            for i in (each * len(squares) // WORKERS for each in range(WORKERS))
        ]
        for each in workers:
            each.start()
        answers = [found.get() for _ in workers]
        for each in workers:
            each.join()
        taken = sorted(each for some, _ in answers for each in some)
        used = cpu_of_trees(self.roots) - before + sum(each for _, each in answers)
        hundredths = statistics.quantiles(taken, n=100, method="inclusive")
        return Load(len(taken) / SECONDS, hundredths[98], used / len(taken) * 1e6, hundredths[49])


@contextmanager
def running(tables: Tables) -> Iterator[Bare]:
    """A connection."""
    with connected(tables) as connection:
        yield Bare(tables, connection)


def _work(
    url: str,
    table: Table,
    squares: list[Address],
    found: "multiprocessing.Queue[tuple[list[float], float]]",
) -> None:
    """Put milliseconds of each tile, and the processor seconds of asking for all of them."""
    taken: list[float] = []
    with psycopg.connect(url, autocommit=True) as connection:
        begun, cpu = time.perf_counter(), time.process_time()
        for square in cycle(squares):
            start = time.perf_counter()
            _tile(connection, table, square)
            taken.append((time.perf_counter() - start) * 1000)
            if time.perf_counter() - begun > SECONDS:
                break
        found.put((taken, time.process_time() - cpu))


def _tile(connection: psycopg.Connection, table: Table, square: Address) -> bytes:
    query = _TILE.format(table=sql.Identifier(table.name), z=square.z, x=square.x, y=square.y)
    row = connection.execute(query).fetchone()
    assert row is not None
    return bytes(row[0])
