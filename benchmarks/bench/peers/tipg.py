"""tipg: uvicorn with two workers; every column, packed when asked for.

Its extent stays at 4096: another one reaches ST_AsMVTGeom but not ST_AsMVT, so that the tile says it is 4096 wide.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from bench.peers.base import WORKERS, Http, environment_with, folder, free_port, pinned, started
from bench.peers.tables import Table, Tables
from geoapp.tiles.address import Address

NAME = "tipg"


def version() -> str:
    """What was measured."""
    return f"{pinned(NAME)}, uvicorn {pinned(NAME, 'uvicorn')} × {WORKERS}"


@contextmanager
def running(tables: Tables) -> Iterator[Http]:
    """A new server on all tables."""
    programs, at, port = environment_with(NAME), folder(NAME), free_port()
    settings = {
        "DATABASE_URL": f"postgresql://{tables.user}@{quote(tables.host, safe='')}/{tables.database}",
        "TIPG_TILE_RESOLUTION": "4096",
        "TIPG_TILE_BUFFER": "64",
        "TIPG_DB_FUNCTIONS": "[]",
        "DB_MIN_CONN_SIZE": "4",
        "DB_MAX_CONN_SIZE": "4",
    }
    command = [programs / "uvicorn", "tipg.main:app", "--port", str(port), "--workers", str(WORKERS)]
    command += ["--no-access-log", "--log-level", "warning"]
    with started(NAME, command, at, f"127.0.0.1:{port}/healthz", env=os.environ | settings) as pid:
        yield Http(port, [pid, tables.server], _path)


def _path(table: Table, square: Address) -> str:
    return f"/collections/public.{table.name}/tiles/WebMercatorQuad/{square.z}/{square.x}/{square.y}"
