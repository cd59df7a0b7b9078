"""What operators ask the service: is the process alive, and can it do its work."""

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from flask import Blueprint, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from geoapp.errors import GeoappError, Unavailable
from geoapp.store.database import Store
from geoapp.store.migrate import current_revision, newest_revision
from geoapp.web.service import Service, service

BLUEPRINT = Blueprint("operations", __name__)
LEAST_FREE_BYTES = 64 << 20
"""Below this a tile, a lock or a transaction may find the disk full at any moment."""


@BLUEPRINT.get("/healthz")
def healthz() -> Response:
    """200: this process answers."""
    return _answer({"process": "ok"})


@BLUEPRINT.get("/readyz")
def readyz() -> Response:
    """200 with what was checked, and the bytes that finished tiles use of their bound; 503 naming what is not ready."""
    states = {name: check(service()) for name, check in CHECKS.items()}
    wrong = [f"{name} {state}" for name, state in states.items() if state != "ok"]
    if wrong:
        raise Unavailable("error.not_ready", checks=", ".join(wrong))
    return _answer({**states, "tiles": service().shelf.disk.use._asdict()})


def _database(serving: Service) -> str:
    """Whether the public role is answered."""
    try:
        with serving.store.read() as connection:
            connection.execute(text("SELECT FROM published.layer LIMIT 1"))
    except (GeoappError, SQLAlchemyError):
        return "away"
    return "ok"


def _migration(serving: Service) -> str:
    """Whether the tables are those this version knows."""
    return "ok" if _revision(serving.store) == newest_revision() else "behind"


def _revision(store: Store) -> str | None:
    try:
        return current_revision(store)
    except (GeoappError, SQLAlchemyError):
        return None


def _disk(serving: Service) -> str:
    """Whether var/ can be written and has room."""
    return disk_state(serving.settings.var)


def disk_state(folder: Path) -> str:
    """``ok``, ``full`` or ``closed``."""
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".ready-"):
            return "ok" if shutil.disk_usage(folder).free >= LEAST_FREE_BYTES else "full"
    except OSError:
        return "closed"


CHECKS: Mapping[str, Callable[[Service], str]] = {"database": _database, "migration": _migration, "disk": _disk}


def _answer(states: Mapping[str, Any]) -> Response:
    response = Response(json.dumps(states) + "\n", content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
