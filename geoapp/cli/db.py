"""Commands for the database: start, stop, status and migrate."""

from typing import Any

import click
from sqlalchemy.engine import make_url

from geoapp.cli.desk import Desk
from geoapp.errors import Refused
from geoapp.store.cluster import Cluster
from geoapp.store.migrate import current_revision


@click.group()
def db() -> None:
    """The database: a private PostGIS in var/, or the one GEOAPP_DATABASE_URL names.

    Example: geoapp db status
    """


@db.command()
@click.pass_obj
def start(desk: Desk) -> None:
    """Start the private database if it is not running.

    Example: geoapp db start
    """
    cluster = _private(desk)
    cluster.start()
    desk.say("database.running", pid=cluster.pid(), folder=cluster.home)


@db.command()
@click.pass_obj
def stop(desk: Desk) -> None:
    """Stop the private database; what is published stays.

    Example: geoapp db stop
    """
    desk.say("database.stopped" if _private(desk).stop() else "database.asleep")


@db.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a sentence.")
@click.pass_obj
def status(desk: Desk, as_json: bool) -> None:
    """Say where the database is and whether it runs; starts nothing.

    Example: geoapp db status --json
    """
    found = _status(desk)
    if as_json:
        desk.answer(found)
    elif not found["private"]:
        desk.say("database.elsewhere", url=found["url"])
    elif found["pid"] is None:
        desk.say("database.asleep")
    else:
        desk.say("database.running", pid=found["pid"], folder=found["folder"])


@db.command()
@click.pass_obj
def migrate(desk: Desk) -> None:
    """Bring the database to the tables of this version; every start does the same.

    Example: geoapp db migrate
    """
    desk.say("database.current", revision=current_revision(desk.store))


def _private(desk: Desk) -> Cluster:
    if desk.settings.database_url:
        raise Refused("error.database_foreign")
    return Cluster.of(desk.settings)


def _status(desk: Desk) -> dict[str, Any]:
    given = desk.settings.database_url
    if given:
        return {"private": False, "url": make_url(given).render_as_string(hide_password=True)}
    cluster = Cluster.of(desk.settings)
    return {"private": True, "url": cluster.url(), "folder": str(cluster.home), "pid": cluster.pid()}


COMMANDS = [db]
