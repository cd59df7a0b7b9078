"""The surroundings of editions: one document each, with its digest."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert

from geoapp.store.statements import statement
from geoapp.store.tables import SurroundingsRow


class Kept(NamedTuple):
    """A document as its bytes are sent, and the digest it is addressed by."""

    digest: str
    document: str


def surroundings(connection: Connection, edition: str) -> Kept | None:
    """What is kept around an edition, or None."""
    row = connection.execute(statement("surroundings"), {"edition": edition}).one_or_none()
    return Kept(row.digest, row.document) if row is not None else None


def write(connection: Connection, edition: str, kept: Kept, report: Mapping[str, Any]) -> None:
    """Keep these surroundings; those that an edition had are replaced."""
    said = {"digest": kept.digest, "document": kept.document, "report": dict(report)}
    made = insert(SurroundingsRow).values(edition_id=edition, **said)
    connection.execute(made.on_conflict_do_update(index_elements=["edition_id"], set_=said))


def remove(connection: Connection, edition: str) -> bool:
    """Let go of an edition's surroundings; whether there were any."""
    return connection.execute(statement("delete_surroundings"), {"edition": edition}).rowcount > 0
