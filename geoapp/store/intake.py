"""What an import keeps beside its batch: every physical row for the report, and how the table was read."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from psycopg.types.json import Jsonb
from sqlalchemy import Connection, text

from geoapp.domain.observations import Mark, Observation, State
from geoapp.domain.periods import Period
from geoapp.store.releases import Said
from geoapp.store.statements import statement


class KeptRow(NamedTuple):
    """A physical row: its line as a person sees it, what became of it and why, and its cells as text."""

    line: int
    fate: str
    reason: str | None
    values: Mapping[str, Any]
    cells: Sequence[str]


def keep_rows(connection: Connection, batch: int, rows: Iterable[KeptRow]) -> None:
    """Keep every row of a batch; each line once."""
    into = b'COPY intake.source_row (batch_id, line, fate, reason, "values", cells) FROM STDIN'
    driver: Any = connection.connection.driver_connection
    with driver.cursor().copy(into) as copy:
        for each in rows:
            cells = [_storable(cell) for cell in each.cells]
            copy.write_row((batch, each.line, each.fate, each.reason, _document(each.values), cells))


def rows_of(connection: Connection, batch: int) -> tuple[KeptRow, ...]:
    """Every row of a batch in the order of its lines; empty if none were kept."""
    found = connection.execute(statement("source_rows"), {"batch": batch})
    return tuple(KeptRow(row.line, row.fate, row.reason, row.said, tuple(row.cells)) for row in found)


class KeptReport(NamedTuple):
    """A batch's join report as it was made, and whether the batch was published since."""

    report: Mapping[str, Any]
    published: bool


def report_of(connection: Connection, batch: int) -> KeptReport | None:
    """The report of a batch; None if there is no such batch."""
    asked = text("SELECT report, published_at IS NOT NULL AS published FROM intake.batch WHERE id = :id")
    row = connection.execute(asked, {"id": batch}).one_or_none()
    return KeptReport(row.report, row.published) if row is not None else None


def staged_of(connection: Connection, batch: int) -> Iterator[Said]:
    """Every observation of a batch, as it was staged."""
    for row in connection.execute(statement("staged_rows"), {"batch": batch}):
        state = State(row.state) if row.state else None
        marks = frozenset(Mark(each) for each in row.marks)
        yield row.indicator, Period(row.period), row.code, Observation(row.figure, row.category, state, marks), row.line


def keep_mapping(connection: Connection, shape: str, file: str, mapping: Mapping[str, Any]) -> None:
    """Remember how a table of this shape was read; the newest word counts."""
    connection.execute(statement("keep_mapping"), {"shape": shape, "file": file, "mapping": _document(mapping)})


def mapping_of(connection: Connection, shape: str) -> Mapping[str, Any] | None:
    """How a table of this shape was read last, or None."""
    asked = text("SELECT mapping FROM intake.mapping WHERE shape = :shape")
    found: Mapping[str, Any] | None = connection.execute(asked, {"shape": shape}).scalar_one_or_none()
    return found


def _document(values: Mapping[str, Any]) -> Jsonb:
    return Jsonb(dict(values), dumps=lambda said: json.dumps(said, default=str).replace("\\u0000", "\\ufffd"))


def _storable(cell: str) -> str:
    """PostgreSQL holds no NUL and no half of a surrogate pair."""
    return cell.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
