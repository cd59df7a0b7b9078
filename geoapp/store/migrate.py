"""Bringing a database to the tables this version knows; runs at every start and does nothing when up to date.

Alembic is asked only where there is something to do: importing it takes longer than most commands.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from geoapp.errors import Refused
from geoapp.store.database import Store

if TYPE_CHECKING:
    from alembic.config import Config

_LOCK = 7_262_016
"""Any fixed number: two servers starting at once take turns."""
FOLDER = Path(__file__).parent / "migrations"
_LEAST_POSTGIS = (3, 3)


def migrate(store: Store, revision: str = "head") -> None:
    """Create or upgrade schemas, tables and the public role to ``revision``, all or nothing.

    Raises
    ------
    Refused
        If the database was made by a newer version, or its PostGIS is older than 3.3.
    """
    with store.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        _require_postgis(connection)
        current = _revision(connection)
        if current is None or current != (newest_revision() if revision == "head" else revision):
            _upgrade(connection, current, revision)


def current_revision(store: Store) -> str | None:
    """The revision of the tables that are there; None in an empty database."""
    with store.begin() as connection:
        return _revision(connection)


@cache
def newest_revision() -> str:
    """The revision this version makes: the files of the migrations begin with their own, and follow each other."""
    return max(path.name.split("_")[0] for path in (FOLDER / "versions").glob("[0-9]*.py"))


def _revision(connection: Connection) -> str | None:
    if connection.execute(text("SELECT to_regclass('alembic_version')")).scalar_one() is None:
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _upgrade(connection: Connection, current: str | None, revision: str) -> None:
    from alembic import command
    from alembic.script import ScriptDirectory

    config = _config(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise Refused("error.database_newer", revision=current)
    command.upgrade(config, revision)


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


def _require_postgis(connection: Connection) -> None:
    connection.execute(text("CREATE EXTENSION IF NOT EXISTS postgis"))
    found = connection.execute(text("SELECT postgis_lib_version()")).scalar_one()
    if tuple(int(part) for part in found.split(".")[:2]) < _LEAST_POSTGIS:
        raise Refused("error.postgis_old", found=found, least=".".join(map(str, _LEAST_POSTGIS)))
