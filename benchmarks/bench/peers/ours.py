"""Ours: gunicorn as committed, with its shelf of tiles emptied first."""

from collections.abc import Iterator
from contextlib import contextmanager

from bench.peers.base import WORKERS, Http
from bench.peers.tables import Table, Tables
from bench.site import forget_tiles, served, tile_template
from geoapp.tiles.address import Address

NAME = "geoapp"


def version() -> str:
    """What was measured."""
    return "this commit, gunicorn 2 × 4 threads"


@contextmanager
def running(tables: Tables) -> Iterator[Http]:
    """A service that has cut no tile yet."""
    forget_tiles()
    with served(WORKERS) as server:
        templates = {edition: tile_template(server, edition) for edition in {table.edition for table in tables.all}}

        def path(table: Table, square: Address) -> str:
            return templates[table.edition].format(z=square.z, x=square.x, y=square.y)

        yield Http(server.port, [server.process.pid, tables.server], path)
