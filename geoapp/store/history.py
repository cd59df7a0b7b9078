"""What was published when, read as the public role: releases with their maps, and what one changed of another."""

from collections.abc import Sequence

from sqlalchemy import Connection
from sqlalchemy.engine import RowMapping

from geoapp.store.statements import statement


def releases(connection: Connection, layer: str | None, most: int) -> Sequence[RowMapping]:
    """The releases of one map or of all, newest first."""
    return connection.execute(statement("public_releases"), {"layer": layer, "most": most}).mappings().all()


def changes(connection: Connection, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], tuple[int, int, int]]:
    """For releases, each with the one before it, how many figures are other than there, new, and gone."""
    asked = {"releases": [release for release, _ in pairs], "befores": [before for _, before in pairs]}
    rows = connection.execute(statement("release_changes"), asked)
    return {(row.release, row.before): (row.changed, row.added, row.removed) for row in rows}
