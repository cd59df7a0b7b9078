"""What was published when, read as the public role: releases with their maps, and what one changed of another."""

from collections.abc import Sequence

from sqlalchemy import Connection
from sqlalchemy.engine import RowMapping

from geoapp.store.statements import statement


def releases(connection: Connection, layer: str | None, most: int) -> Sequence[RowMapping]:
    """The releases of one map or of all, newest first."""
    return connection.execute(statement("public_releases"), {"layer": layer, "most": most}).mappings().all()


def changes(connection: Connection, release: int, before: int) -> tuple[int, int, int]:
    """How many figures of a release are other than in the one before, new, and gone."""
    row = connection.execute(statement("release_changes"), {"release": release, "before": before}).one()
    return row.changed, row.added, row.removed
