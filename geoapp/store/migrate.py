"""Bringing a database to the tables this version knows; runs at every start and does nothing when up to date."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from geoapp.errors import Refused
from geoapp.store.database import Store

_LOCK = 7_262_016
"""Any fixed number: two servers starting at once take turns."""
_FOLDER = Path(__file__).parent / "migrations"
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
        config = _config(connection)
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        current = MigrationContext.configure(connection).get_current_revision()
        if current is not None and current not in known:
            raise Refused("error.database_newer", revision=current)
        command.upgrade(config, revision)


def current_revision(store: Store) -> str | None:
    """The revision of the tables that are there; None in an empty database."""
    with store.begin() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@cache
def newest_revision() -> str:
    """The revision this version makes."""
    newest = ScriptDirectory(str(_FOLDER)).get_current_head()
    assert newest
    return newest


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    return config


def _require_postgis(connection: Connection) -> None:
    connection.execute(text("CREATE EXTENSION IF NOT EXISTS postgis"))
    found = connection.execute(text("SELECT postgis_lib_version()")).scalar_one()
    if tuple(int(part) for part in found.split(".")[:2]) < _LEAST_POSTGIS:
        raise Refused("error.postgis_old", found=found, least=".".join(map(str, _LEAST_POSTGIS)))
