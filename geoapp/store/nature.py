"""Water and forest among the regions of an edition: they have a shape and a name, and no figures."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection

from geoapp.domain.regions import Nature
from geoapp.store.statements import statement


class Wild(NamedTuple):
    """One of them; the shape as WKB in EPSG:4326."""

    kind: Nature
    code: str
    name: str
    wkb: bytes


def write(connection: Connection, edition: str, wilds: Iterable[Wild]) -> None:
    """Keep them with the edition, in this order."""
    for place, each in enumerate(wilds, 1):
        said = {"edition": edition, "place": place, "kind": each.kind.value, "code": each.code, "name": each.name}
        connection.execute(statement("insert_nature"), {**said, "shape": each.wkb})


def of(connection: Connection, edition: str) -> tuple[Wild, ...]:
    """Those of an edition, in the order of its file."""
    rows = connection.execute(statement("nature"), {"edition": edition})
    return tuple(Wild(Nature(row.kind), row.code, row.name, bytes(row.wkb)) for row in rows)
