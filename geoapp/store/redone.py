"""Releases whose upper levels are made again because their parts became known later."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from psycopg.types.json import Jsonb
from sqlalchemy import Connection

from geoapp.domain.levels import Level
from geoapp.domain.observations import State
from geoapp.domain.periods import Period
from geoapp.store.reading import marks_of
from geoapp.store.releases import AggregateFigure, note_changes
from geoapp.store.statements import statement


class Dependent(NamedTuple):
    """A release that is shown, the indicator's definition it was made with, and the layer that shows it."""

    release: int
    batch: int
    indicator: Mapping[str, Any]
    report: Mapping[str, Any]
    layer: str
    style: Mapping[str, Any]


def dependents(connection: Connection, edition: str, level: Level, parts: Sequence[str]) -> tuple[Dependent, ...]:
    """The shown releases of other indicators that are made of any of ``parts``."""
    asked = {"edition": edition, "level": level.value, "parts": list(parts), "brought": list(parts)}
    return tuple(Dependent(*row) for row in connection.execute(statement("made_of"), asked))


def aggregates(connection: Connection, release: int) -> tuple[AggregateFigure, ...]:
    """Every aggregate of a release."""
    return tuple(
        AggregateFigure(
            Period(row.period),
            row.code,
            Level(row.level),
            row.figure,
            row.distribution,
            State(row.state) if row.state else None,
            marks_of(row.marks),
            row.known,
            row.total,
        )
        for row in connection.execute(statement("release_aggregates"), {"release": release})
    )


def copy(
    connection: Connection, before: Dependent, site: tuple[str, Level], note: Mapping[str, Any]
) -> tuple[int, int]:
    """A new release that says what ``before`` says; gives its id and its number of observations.

    ``site`` is its edition and level; ``note`` is kept in its report as ``redone``.
    """
    edition, level = site
    release = connection.execute(
        statement("insert_release"),
        {
            "indicator_slug": before.indicator["slug"],
            "edition": edition,
            "level": level.value,
            "indicator": Jsonb(dict(before.indicator)),
            "batch": before.batch,
            "report": Jsonb({**before.report, "redone": dict(note)}),
            "supersedes": before.release,
        },
    ).scalar_one()
    copied = connection.execute(statement("copy_observations"), {"release": release, "previous": before.release})
    note_changes(connection, release, before.release)
    return release, copied.rowcount
