"""Batches and releases, written: by COPY, in the transaction the caller holds, all or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from psycopg.types.json import Jsonb
from sqlalchemy import Connection, text
from sqlalchemy.engine import RowMapping

from geoapp.domain.levels import Level
from geoapp.domain.observations import Mark, Observation, State
from geoapp.domain.periods import Period
from geoapp.errors import Refused
from geoapp.store.statements import statement

_LOCK = 7_262_018
"""Two who publish take turns, so that neither loses what the other brought."""


class TreeRow(NamedTuple):
    """A region of an edition as the join needs it; ancestors have neither number nor area."""

    code: str
    name: str
    level: Level
    number: int | None
    area_km2: float | None
    parent: str | None


class Batch(NamedTuple):
    """A staged table: its scope and its join report as they were kept."""

    id: int
    edition: str
    level: Level
    scope: Mapping[str, Any]
    report: Mapping[str, Any]
    published: bool


class PlanBytes(NamedTuple):
    """A plan as it is kept."""

    level: Level
    period: Period
    version: str
    document: Mapping[str, Any]
    classes: bytes
    marks: bytes


class AggregateFigure(NamedTuple):
    """An aggregate as it is kept."""

    period: Period
    code: str
    level: Level
    figure: float | None
    distribution: Mapping[str, int] | None
    state: State | None
    marks: frozenset[Mark]
    known: int
    total: int


Said = tuple[str, Period, str, Observation, int | None]
"""Indicator, period, code, observation, line."""


def tree(connection: Connection, edition: str) -> tuple[TreeRow, ...]:
    """Every region of an edition, upper levels first, each level in number order."""
    rows = connection.execute(statement("region_tree"), {"edition": edition})
    return tuple(TreeRow(r.code, r.name, Level(r.level), r.number, r.area_km2, r.parent) for r in rows)


def stage(
    connection: Connection,
    file: str,
    digest: str,
    edition: str,
    level: Level,
    scope: Mapping[str, Any],
    report: Mapping[str, Any],
    said: Iterable[Said],
) -> int:
    """Keep a batch with its observations; gives its number."""
    values = {"file": file, "digest": digest, "edition": edition, "level": level.value}
    kept = {"scope": Jsonb(dict(scope)), "report": Jsonb(dict(report))}
    batch = int(connection.execute(statement("insert_batch"), values | kept).scalar_one())
    columns = b"batch_id, indicator, period, code, figure, category, state, marks, line"
    with _driver(connection).cursor().copy(b"COPY intake.staged (" + columns + b") FROM STDIN") as copy:
        for slug, period, code, each, line in said:
            copy.write_row((batch, slug, period.text, code, each.figure, each.category, each.state, _marks(each), line))
    return batch


def batch(connection: Connection, id: int) -> Batch | None:
    """The batch, held until the transaction ends; everybody else who publishes waits."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    asked = text(
        "SELECT id, edition_id, level, scope, report, published_at FROM intake.batch WHERE id = :id FOR UPDATE"
    )
    row = connection.execute(asked, {"id": id}).one_or_none()
    if row is None:
        return None
    return Batch(row.id, row.edition_id, Level(row.level), row.scope, row.report, row.published_at is not None)


def newest(connection: Connection, indicator: str, edition: str, level: Level) -> int | None:
    """The last release of an edition's level that was not withdrawn."""
    asked = {"indicator": indicator, "edition": edition, "level": level.value}
    found: int | None = connection.execute(statement("newest_release"), asked).scalar_one()
    return found


def merge(
    connection: Connection,
    taken: Batch,
    indicator: Mapping[str, Any],
    report: Mapping[str, Any],
) -> tuple[int, int | None, int]:
    """A new release of one indicator: the batch's observations over those of the last release.

    Returns its id, that of the release it supersedes, and how many observations were carried over.
    """
    slug = indicator["slug"]
    previous = newest(connection, slug, taken.edition, taken.level)
    carried = 0
    if previous is not None:
        asked = {"previous": previous, "batch": taken.id, "indicator": slug}
        carried = connection.execute(statement("carried_over"), asked).scalar_one()
    release = connection.execute(
        statement("insert_release"),
        {
            "indicator_slug": slug,
            "edition": taken.edition,
            "level": taken.level.value,
            "indicator": Jsonb(dict(indicator)),
            "batch": taken.id,
            "report": Jsonb({**report, "carried_over": carried}),
            "supersedes": previous,
        },
    ).scalar_one()
    connection.execute(
        statement("merge_observations"),
        {
            "release": release,
            "previous": previous,
            "batch": taken.id,
            "indicator": slug,
            "edition": taken.edition,
            "level": taken.level.value,
            "refused": list(taken.scope.get("refused", ())),
        },
    )
    if previous is not None:
        note_changes(connection, release, previous)
    return release, previous, carried


def note_changes(connection: Connection, release: int, before: int) -> None:
    """Keep with a release what it changed of the one before it."""
    connection.execute(statement("note_changes"), {"releases": [release], "befores": [before]})


def observations(
    connection: Connection, release: int, codes: Sequence[str] | None = None
) -> Mapping[Period, Mapping[str, Observation]]:
    """What a release says of its own level, or of ``codes`` alone: period → code → observation."""
    said: dict[str, dict[str, Observation]] = {}
    asked = {"release": release, "codes": None if codes is None else list(codes)}
    for row in connection.execute(statement("release_observations"), asked):
        state = State(row.state) if row.state else None
        marks = frozenset(Mark(each) for each in row.marks)
        said.setdefault(row.period, {})[row.code] = Observation(row.figure, row.category, state, marks)
    return {Period(period): said[period] for period in sorted(said)}


def write_aggregates(connection: Connection, release: int, made: Iterable[AggregateFigure]) -> None:
    """Keep the aggregates of a release."""
    columns = b"release_id, period, code, level, figure, distribution, state, marks, known, total"
    with _driver(connection).cursor().copy(b"COPY published.aggregate (" + columns + b") FROM STDIN") as copy:
        for each in made:
            spread = Jsonb(dict(each.distribution)) if each.distribution is not None else None
            said = (each.period.text, each.code, each.level.value, each.figure, spread, each.state)
            copy.write_row((release, *said, _marks(each), each.known, each.total))


def write_layer(
    connection: Connection,
    layer: str,
    release: int,
    indicator: str,
    edition: str,
    style: Mapping[str, Any],
    plans: Sequence[PlanBytes],
) -> None:
    """Make the layer or move it to the release, with all its plans; Refused if the name is another map's."""
    row = {"id": layer, "indicator": indicator, "edition": edition, "release": release, "style": Jsonb(dict(style))}
    if connection.execute(statement("upsert_layer"), row).first() is None:
        raise Refused("error.layer_taken", layer=layer)
    columns = b"layer_id, release_id, level, period, version, document, classes, marks"
    with _driver(connection).cursor().copy(b"COPY published.plan (" + columns + b") FROM STDIN") as copy:
        for each in plans:
            said = (each.level.value, each.period.text, each.version, Jsonb(dict(each.document)))
            copy.write_row((layer, release, *said, each.classes, each.marks))


def mark_published(connection: Connection, batch: int) -> None:
    """The batch is done and cannot be published again."""
    connection.execute(text("UPDATE intake.batch SET published_at = now() WHERE id = :id"), {"id": batch})


def withdraw(connection: Connection, release: int, reason: str) -> tuple[str, str] | None:
    """Take a release back; gives its indicator and edition, None if there is none or it was withdrawn before."""
    row = connection.execute(statement("withdraw_release"), {"release": release, "reason": reason}).one_or_none()
    return (row.indicator_slug, row.edition_id) if row is not None else None


def audit(connection: Connection, actor: str, act: str, detail: Mapping[str, Any]) -> None:
    """Remember who did what."""
    asked = text("INSERT INTO intake.audit (actor, act, detail) VALUES (:actor, :act, :detail)")
    connection.execute(asked, {"actor": actor, "act": act, "detail": Jsonb(dict(detail))})


def history(connection: Connection, layer: str | None = None) -> Sequence[RowMapping]:
    """Releases with the layers that show them, newest first."""
    return connection.execute(statement("release_history"), {"layer": layer}).mappings().all()


def batches(connection: Connection) -> Sequence[RowMapping]:
    """Batches, newest first."""
    return connection.execute(statement("batches")).mappings().all()


def _marks(each: Observation | AggregateFigure) -> list[str]:
    return sorted(mark.value for mark in each.marks)


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
