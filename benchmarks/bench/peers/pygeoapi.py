"""pygeoapi: gunicorn with two workers of four threads as ours; its extent is 4096 and cannot be set."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager

from bench.peers.base import WORKERS, Http, environment_with, folder, free_port, pinned, started
from bench.peers.tables import Table, Tables
from geoapp.tiles.address import Address

NAME = "pygeoapi"
_MERCATOR = "http://www.opengis.net/def/crs/EPSG/0/3857"
_THREADS = 4


def version() -> str:
    """What was measured."""
    return f"{pinned(NAME)}, gunicorn {pinned(NAME, 'gunicorn')} {WORKERS} × {_THREADS} threads"


@contextmanager
def running(tables: Tables) -> Iterator[Http]:
    """A new server on all tables."""
    programs, at, port = environment_with(NAME), folder(NAME), free_port()
    config, definition = at / "config.yml", at / "openapi.yml"
    config.write_text(json.dumps(_config(tables, port)))
    definition.write_text(json.dumps({"openapi": "3.0.2", "info": {"title": NAME, "version": "1"}, "paths": {}}))
    settings = {"PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(definition)}
    command = [programs / "gunicorn", "pygeoapi.flask_app:APP", "--bind", f"127.0.0.1:{port}", "--timeout", "300"]
    command += [
        "--workers",
        str(WORKERS),
        "--worker-class",
        "gthread",
        "--threads",
        str(_THREADS),
        "--keep-alive",
        "15",
    ]
    with started(NAME, command, at, f"127.0.0.1:{port}/conformance?f=json", env=os.environ | settings) as pid:
        yield Http(port, [pid, tables.server], _path)


def _path(table: Table, square: Address) -> str:
    return f"/collections/{table.name}/tiles/WebMercatorQuad/{square.z}/{square.y}/{square.x}?f=mvt"


def _config(tables: Tables, port: int) -> dict[str, object]:
    """Its YAML, of which JSON is a part."""
    words = {"title": NAME, "description": NAME, "keywords": [NAME]}
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": port},
            "url": f"http://127.0.0.1:{port}",
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "gzip": True,
            "languages": ["en-US"],
            "limits": {"default_items": 10, "max_items": 50},
            "map": {"url": "https://localhost/{z}/{x}/{y}.png", "attribution": ""},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": words | {"keywords_type": "theme", "terms_of_service": "", "url": "https://localhost"},
            "license": {"name": "", "url": "https://localhost"},
            "provider": {"name": NAME, "url": "https://localhost"},
            "contact": {"name": NAME},
        },
        "resources": {table.name: _collection(tables, table, words) for table in tables.all},
    }


def _collection(tables: Tables, table: Table, words: dict[str, object]) -> dict[str, object]:
    provider = {
        "type": "tile",
        "name": "MVT-postgresql",
        "data": {
            "host": tables.host,
            "port": 5432,
            "dbname": tables.database,
            "user": tables.user,
            "password": "none",
            "search_path": ["public"],
        },
        "id_field": "id",
        "table": table.name,
        "geom_field": "geom",
        "storage_crs": _MERCATOR,
        "options": {"zoom": {"min": 0, "max": 18}},
        "format": {"name": "pbf", "mimetype": "application/vnd.mapbox-vector-tile"},
    }
    extents = {"spatial": {"bbox": [94, -12, 142, 8], "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}}
    return words | {"type": "collection", "links": [], "extents": extents, "providers": [provider]}
