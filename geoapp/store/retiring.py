"""Editions taken out of use, and back; and those that nothing was made of, removed.

A retired edition keeps everything that was published on it: maps, files and tiles stay at their addresses. Nothing new
is made on it, and its maps are offered only where no other takes their place.
"""

from collections.abc import Mapping

from psycopg.types.json import Jsonb
from sqlalchemy import Connection, text

from geoapp.domain.regions import Edition, Retired
from geoapp.errors import NotFound, Refused
from geoapp.store import reading
from geoapp.store.editions import take_turn
from geoapp.store.statements import statement

REMOVED = "remove edition"
"""What the audit calls it; ids are not given again, because the tiles behind them are kept for a year."""


def retired(connection: Connection) -> Mapping[str, Retired]:
    """The editions out of use, by id."""
    rows = connection.execute(statement("retired"))
    return {row.id: Retired(row.retired_at, row.retired_reason, row.successor) for row in rows}


def in_use(connection: Connection, id: str) -> Edition:
    """The edition called ``id``, on which something new may be made.

    Raises
    ------
    NotFound
        If there is none.
    Refused
        ``error.edition_retired``
    """
    found = reading.edition(connection, id)
    if found is None:
        raise NotFound("error.no_edition", edition=id)
    hold_in_use(connection, id)
    return found


def hold_in_use(connection: Connection, id: str) -> None:
    """Refuse a retired edition. Raises Refused with its reason."""
    if (out := retired(connection).get(id)) is not None:
        message = "error.edition_retired" if out.successor is None else "error.edition_retired_for"
        raise Refused(message, edition=id, reason=out.reason.rstrip("."), successor=out.successor)


def retire(connection: Connection, id: str, reason: str, successor: str | None) -> None:
    """Take an edition out of use.

    Raises
    ------
    NotFound
        If it or its successor does not exist.
    Refused
        If it is retired already, or its successor is retired or itself.
    """
    take_turn(connection)
    if successor == id:
        raise Refused("error.successor_itself", edition=id)
    if reading.edition(connection, id) is None:
        raise NotFound("error.no_edition", edition=id)
    if id in retired(connection):
        raise Refused("error.retired_already", edition=id)
    if successor is not None:
        in_use(connection, successor)
    connection.execute(statement("retire"), {"id": id, "reason": reason, "successor": successor})


def unretire(connection: Connection, id: str) -> None:
    """Take an edition back into use. Raises NotFound if there is none, Refused if it was not retired."""
    if reading.edition(connection, id) is None:
        raise NotFound("error.no_edition", edition=id)
    if id not in retired(connection):
        raise Refused("error.not_retired", edition=id)
    connection.execute(statement("unretire"), {"id": id})


def remove(connection: Connection, id: str, actor: str) -> None:
    """Let go of an edition on which nothing stands, and remember that there was one.

    Raises
    ------
    NotFound
        If there is none.
    Refused
        If releases, staged tables, sets or other editions refer to it.
    """
    take_turn(connection)
    row = connection.execute(statement("edition_uses"), {"id": id}).mappings().one_or_none()
    if row is None:
        raise NotFound("error.no_edition", edition=id)
    if row["releases"] or row["batches"] or row["sets"] or row["others"]:
        raise Refused("error.edition_used", edition=id, **{name: n for name, n in row.items() if name != "digest"})
    for table in ("crosswalk", "edition"):
        connection.execute(text(f"DELETE FROM geography.{table} WHERE id = :id"), {"id": id})  # noqa: S608
    said = {"actor": actor, "act": REMOVED, "detail": Jsonb({"edition": id, "digest": row["digest"]})}
    connection.execute(text("INSERT INTO intake.audit (actor, act, detail) VALUES (:actor, :act, :detail)"), said)
