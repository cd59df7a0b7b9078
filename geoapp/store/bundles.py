"""The rows of an edition, out of the database and into it: by binary COPY, as a stream, whatever its columns are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from psycopg import sql
from sqlalchemy import Column, Connection, Table, Text, insert, text

from geoapp.store.tables import Base, CrosswalkCodeRow, EditionRow

_SCHEMA = "geography"
_KEY = "edition_id"
_NOT_ITS_OWN = ("region_name", "region_set")
"""What refers to an edition and is no part of it: names to be searched, which a trigger writes, and people's sets."""
_LOCAL = ("published_at", "retired_at", "retired_reason", "successor", "grids")
"""Columns of an edition that speak of one installation, or are made with its outlines."""


@dataclass(frozen=True, slots=True)
class Part:
    """A table with rows of an edition; ``key`` is the column that names it, ``columns`` are all others."""

    table: str
    key: str
    columns: tuple[str, ...]
    order: tuple[str, ...]


def parts() -> tuple[Part, ...]:
    """Every table that holds a part of an edition, those first that others refer to; a new one is found by its key."""
    own = [
        _part(table, _KEY)
        for table in Base.metadata.sorted_tables
        if table.schema == _SCHEMA and _KEY in table.columns and table.name not in _NOT_ITS_OWN
    ]
    return (*own, _part(_table(CrosswalkCodeRow), "crosswalk_id"))


def _part(table: Table, key: str) -> Part:
    columns = tuple(each.name for each in table.columns if each.name != key)
    first = ["(number IS NOT NULL)", "level", "number"] if table.name == "region" else []
    ranks = [_ranked(each) for each in table.primary_key.columns if each.name != key]
    return Part(table.name, key, columns, tuple(dict.fromkeys([*first, *ranks])) or (columns[0],))


def _ranked(column: Column[Any]) -> str:
    """In the order of bytes, which is the same in every database."""
    return f'{column.name} COLLATE "C"' if isinstance(column.type, Text) else column.name


def _table(row: Any) -> Table:
    table: Table = row.__table__
    return table


def edition_columns() -> tuple[str, ...]:
    """The columns of an edition that travel."""
    return tuple(each.name for each in _table(EditionRow).columns if each.name not in _LOCAL)


def about(connection: Connection, edition: str) -> dict[str, Any]:
    """What is said of an edition, in columns of JSON values."""
    row = connection.execute(
        text(f"SELECT {', '.join(edition_columns())} FROM geography.edition WHERE id = :id"),  # noqa: S608
        {"id": edition},
    ).one()
    return dict(row._mapping)


def copied_out(connection: Connection, part: Part, edition: str) -> Iterator[bytes]:
    """The rows of a part in the binary format, always in the same order."""
    asked = sql.SQL("COPY (SELECT {} FROM {} WHERE {} = {} ORDER BY {}) TO STDOUT (FORMAT BINARY)").format(
        sql.SQL(", ").join(map(sql.Identifier, part.columns)),
        sql.Identifier(_SCHEMA, part.table),
        sql.Identifier(part.key),
        sql.Literal(edition),
        sql.SQL(", ".join(part.order)),
    )
    driver: Any = connection.connection.driver_connection
    with driver.cursor().copy(asked) as copy:
        yield from map(bytes, copy)


def insert_edition(connection: Connection, said: dict[str, Any], grids: int) -> None:
    """Write what is said of an edition; its rows follow."""
    connection.execute(insert(EditionRow).values(**said, grids=grids))


def copy_in(connection: Connection, part: Part, blocks: Iterable[bytes]) -> None:
    """Write rows in the binary format whose first field is the edition's id."""
    asked = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(
        sql.Identifier(_SCHEMA, part.table), sql.SQL(", ").join(map(sql.Identifier, (part.key, *part.columns)))
    )
    driver: Any = connection.connection.driver_connection
    with driver.cursor().copy(asked) as copy:
        for block in blocks:
            copy.write(block)


def analyse(connection: Connection) -> None:
    """Tell the planner of the new rows."""
    connection.execute(text("ANALYZE geography.region, geography.outline"))
