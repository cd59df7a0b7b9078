"""Editions and official lists, written: by COPY, in the transaction the caller holds, all or nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from psycopg.types.json import Jsonb
from sqlalchemy import Connection, delete, text

from geoapp.domain.codes import CodeSystem, RegionCode
from geoapp.domain.levels import Level
from geoapp.domain.regions import BoundaryStatus, Box
from geoapp.domain.words import Words
from geoapp.domain.zooms import REVISION
from geoapp.store import coverage, tables
from geoapp.store.statements import statement

_LOCK = 7_262_017
"""Any fixed number: who writes, redraws, retires or removes an edition takes turns."""


@dataclass(frozen=True, slots=True)
class NewEdition:
    """What is said of an edition before it is written; ``digest`` is that of its content."""

    id: str
    area: str
    code_system: CodeSystem
    source: str
    attribution: Words
    licence: str
    status: BoundaryStatus
    dated: str
    base_level: Level
    box: Box
    digest: str
    report: Mapping[str, Any]


class NewRegion(NamedTuple):
    """A row of geography.region; shapes as EWKB in EPSG:4326; an ancestor has neither number, area nor shape.

    ``area_official_km2`` is what the source says, where it does.
    """

    code: str
    level: Level
    number: int | None
    name: str
    kind: str | None
    parent: str | None
    parent_level: Level | None
    area_km2: float | None = None
    neighbours: Sequence[int] | None = None
    inside: bytes | None = None
    shape: bytes | None = None
    area_official_km2: float | None = None


class NewOutline(NamedTuple):
    """A row of geography.outline; the shape as WKB in whole units of the grid of ``zoom``."""

    level: Level
    zoom: int
    number: int
    shape: bytes


class ListRow(NamedTuple):
    """An official list as it is held."""

    id: str
    system: str
    dated: str
    codes: int


def take_turn(connection: Connection) -> None:
    """From now on, until the transaction ends, nobody else changes which editions there are and how they stand."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def known(connection: Connection, digest: str) -> str | None:
    """The id of the edition with this content; from now on no other import can write one."""
    take_turn(connection)
    found = connection.execute(text("SELECT id FROM geography.edition WHERE digest = :digest"), {"digest": digest})
    return found.scalar_one_or_none()


def free_id(connection: Connection, wanted: str, digest: str) -> str:
    """``wanted``, or with ``-2``, ``-3`` … behind it if other content has that name, or had it and was removed."""
    taken = set(connection.execute(statement("taken_ids"), {"digest": digest}).scalars())
    candidate, n = wanted, 2
    while candidate in taken:
        candidate, n = f"{wanted}-{n}", n + 1
    return candidate


def write(
    connection: Connection, edition: NewEdition, regions: Iterable[NewRegion], outlines: Iterable[NewOutline]
) -> None:
    """Write a whole edition; the caller's transaction makes it visible, or undoes it."""
    connection.execute(
        statement("insert_edition"),
        {
            "id": edition.id,
            "area": edition.area,
            "code_system": edition.code_system.value,
            "source": edition.source,
            "attribution": Jsonb(edition.attribution.as_dict()),
            "licence": edition.licence,
            "status": edition.status.value,
            "dated": edition.dated,
            "base_level": edition.base_level.value,
            "box": list(edition.box),
            "digest": edition.digest,
            "report": Jsonb(dict(edition.report)),
        },
    )
    _copied(connection, "region", REGION, ((edition.id, *region) for region in regions))
    write_outlines(connection, edition.id, outlines)


def write_outlines(connection: Connection, edition: str, outlines: Iterable[NewOutline]) -> None:
    """Write an edition's outlines in place of those it has, as made for the grids of this version."""
    for row in (tables.CoverageRow, tables.OutlineRow):
        connection.execute(delete(row).where(row.edition_id == edition))
    _copied(connection, "outline", OUTLINE, ((edition, *outline) for outline in outlines))
    grids = {"edition": edition, "grids": REVISION}
    connection.execute(text("UPDATE geography.edition SET grids = :grids WHERE id = :edition"), grids)
    connection.execute(text("ANALYZE geography.region, geography.outline"))


def made_for_other_grids(connection: Connection) -> list[str]:
    """The editions whose outlines another version of the table of grids made; no one else makes them meanwhile.

    Where there are none nothing is locked: whoever only asks does not wait for an import.
    """
    return _alone(connection, _of_other_grids)


def made_without_coverage(connection: Connection) -> list[str]:
    """The editions of whose outlines nobody has found the tiles yet, in the same way."""
    return _alone(connection, coverage.without)


def _alone(connection: Connection, find: Callable[[Connection], list[str]]) -> list[str]:
    if not find(connection):
        return []
    take_turn(connection)
    return find(connection)


def _of_other_grids(connection: Connection) -> list[str]:
    asked = text("SELECT id FROM geography.edition WHERE grids <> :grids ORDER BY published_at")
    return list(connection.execute(asked, {"grids": REVISION}).scalars())


REGION = {
    "edition_id": "text",
    "code": "text",
    "level": "int2",
    "number": "int4",
    "name": "text",
    "kind": "text",
    "parent": "text",
    "parent_level": "int2",
    "area_km2": "float8",
    "neighbours": "int8[]",
    "inside": "bytea",
    "shape": "bytea",
    "area_official_km2": "float8",
}
"""Columns and types of the COPY; shapes travel as their bytes."""
OUTLINE = {"edition_id": "text", "level": "int2", "zoom": "int2", "number": "int4", "shape": "bytea"}


def _copy(table: str, columns: Mapping[str, str]) -> Any:
    return f"COPY geography.{table} ({', '.join(columns)}) FROM STDIN (FORMAT BINARY)".encode()


def _copied(connection: Connection, table: str, columns: Mapping[str, str], rows: Iterable[tuple[Any, ...]]) -> None:
    with _driver(connection).cursor().copy(_copy(table, columns)) as copy:
        copy.set_types(list(columns.values()))
        for row in rows:
            copy.write_row([value.value if isinstance(value, Level) else value for value in row])


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


# ── official lists ─────────────────────────────────────────────────────────────────────────────────────────────


def official(connection: Connection, system: CodeSystem) -> Mapping[str, str]:
    """Code → name of a system, for each province from the newest list that has it; empty if none was loaded."""
    rows = connection.execute(statement("official_codes"), {"system": system.value})
    return {row.code: row.name for row in rows}


def load_list(connection: Connection, system: CodeSystem, dated: str, names: Mapping[RegionCode, str]) -> str:
    """Hold a list under ``<system>-<dated>`` and return that id; what it had of these provinces is replaced."""
    id = f"{system.value}-{dated}"
    provinces = sorted({code.text[:2] for code in names})
    connection.execute(statement("insert_code_list"), {"id": id, "system": system.value, "dated": dated})
    connection.execute(statement("delete_official_codes"), {"id": id, "provinces": provinces})
    into = b"COPY geography.official_code (list_id, code, level, name, parent) FROM STDIN"
    with _driver(connection).cursor().copy(into) as copy:
        for code, name in names.items():
            level = code.level
            if level is not None:
                parent = code.parent
                copy.write_row((id, code.text, level.value, name, parent.text if parent else None))
    return id


def lists(connection: Connection) -> tuple[ListRow, ...]:
    """Every list with its number of codes."""
    return tuple(ListRow(*row) for row in connection.execute(statement("code_lists")))


class EditionSummary(NamedTuple):
    """An edition with its numbers of regions by level slug, and of public maps; retired since ``retired``, or None."""

    id: str
    area: str
    source: str
    dated: str
    system: str
    regions: Mapping[str, int]
    published: Any
    status: str
    licence: str
    maps: int
    retired: Any = None
    reason: str | None = None
    successor: str | None = None


def list_editions(connection: Connection) -> tuple[EditionSummary, ...]:
    """Every published edition, by id."""
    return tuple(
        EditionSummary(
            row.id,
            row.area,
            row.source,
            row.dated,
            row.code_system,
            {Level(level).slug: n for level, n in zip(row.levels, row.counts, strict=True)},
            row.published_at,
            row.status,
            row.licence,
            row.maps,
            row.retired_at,
            row.retired_reason,
            row.successor,
        )
        for row in connection.execute(statement("edition_summaries"))
    )
