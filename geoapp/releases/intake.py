"""The way of a table into the store: read, recognise, match, check, and stage as a batch with its report."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from geoapp.domain.findings import Finding, Place, Weight
from geoapp.domain.indicators import Indicator
from geoapp.errors import BadRequest, GeoappError, NotFound, Refused
from geoapp.releases.checking.check import Beside, Draft, check
from geoapp.releases.checking.rates import recognise_with_parts
from geoapp.releases.checking.unclear import unclear
from geoapp.releases.matching.candidates import load, with_set
from geoapp.releases.matching.match import Match, match
from geoapp.releases.matching.person_rows import refuse_rows
from geoapp.releases.matching.plain_names import with_plain_names
from geoapp.releases.opening import open_table
from geoapp.releases.options import Options
from geoapp.releases.reading.read import digest
from geoapp.releases.reading.table import Table
from geoapp.releases.shaping import memory
from geoapp.releases.shaping.series import Shape
from geoapp.releases.source_rows import source_rows
from geoapp.releases.suggestions import refuse_stale
from geoapp.store import candidates, intake, places, releases
from geoapp.store.database import Store

_NO_SHAPE = Shape((), None, None, None, ())
_NOT_OF_THE_TABLE = frozenset(
    (
        "error.no_editions",
        "error.not_public",
        "error.persons",
        "error.sensitive",
        "error.sensitive_below",
        "error.set_edition",
    )
)
"""Refusals that would be the same with any other rows: a report of these would explain nothing."""


@dataclass(frozen=True)
class Intake:
    """A checked table and, if it was staged, its batch."""

    draft: Draft
    batch: int | None


def check_file(store: Store, known: Mapping[str, Indicator], path: Path, options: Options) -> Draft:
    """Understand a table and account for every row; nothing is stored.

    A table that was found and cannot be joined has a report too: all rows refused for that reason, or a question.

    Raises
    ------
    BadRequest, NotFound
        If there is no such file, or nothing of what a person named.
    Refused
        If no table can be read, it is one of persons, of which nothing is repeated, or an indicator is not public.
    """
    with _few_collections():
        table, options = open_table(path, options)
        refuse_stale(table, options)
        with store.begin() as connection:
            return _understood(connection, known, table, options, digest(path))


def import_file(store: Store, known: Mapping[str, Indicator], path: Path, options: Options, actor: str = "") -> Intake:
    """The same, and stage the batch unless a finding or a question forbids it."""
    draft = check_file(store, known, path, options)
    if draft.report.stopped or draft.report.level is None:
        return Intake(draft, None)
    with store.begin() as connection:
        batch = releases.stage(
            connection,
            path.name,
            digest(path),
            draft.report.edition,
            draft.report.level,
            _scope(draft, options),
            {**draft.report.as_dict(), "public": {slug: draft.report.public(slug) for slug in draft.periods}},
            draft.staged,
        )
        intake.keep_rows(connection, batch, source_rows(draft))
        names = _remember(connection, draft, options, path.name, actor)
        releases.audit(connection, actor, "import", {"batch": batch, "file": path.name, "names": names})
    return Intake(draft, batch)


@contextmanager
def _few_collections() -> Iterator[None]:
    """A long table makes millions of values and no cycle; looking for cycles took a fourth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(1_000_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _understood(
    connection: Connection, known: Mapping[str, Indicator], table: Table, options: Options, digest: str
) -> Draft:
    """The draft of a table that was cut from its file."""
    shape: Shape | None = None
    found: Match | None = None
    try:
        options = with_set(connection, options)
        options, recalled = memory.recall(connection, table, options)
        shape, computed = recognise_with_parts(table, options, known)
        table = with_plain_names(table, shape)
        ground = load(connection, table, shape, options)
        found = match(table, shape, options, ground.targets, ground.lists)
    except (Refused, BadRequest, NotFound) as error:
        refuse_rows(table, shape or _NO_SHAPE)
        return _unclear(table, shape, options, error)
    refuse_rows(table, shape, found)
    try:
        draft = check(table, shape, found, options, _beside(connection, (known, computed), shape, found))
    except Refused as error:
        return _unclear(table, shape, options, error)
    return _noted(connection, draft, digest, recalled)


def _unclear(table: Table, shape: Shape | None, options: Options, error: GeoappError) -> Draft:
    """The draft of a table that cannot be joined; what no other table would answer either is raised."""
    if not isinstance(error, Refused) or error.message in _NOT_OF_THE_TABLE:
        raise error
    return unclear(table, shape, options, error)


def _beside(
    connection: Connection,
    catalogue: tuple[Mapping[str, Indicator], tuple[Indicator, ...]],
    shape: Shape,
    found: Match,
) -> Beside:
    """What the last releases say of the regions asked for, and the official names of codes not in the edition."""
    known, computed = catalogue
    last = {}
    for slug in {each.slug for each in (*computed, *(series.indicator for series in shape.series))}:
        release = releases.newest(connection, slug, found.target.edition.id, found.level)
        if release is not None:
            last[slug] = releases.observations(connection, release, found.asked)
    codes = {str(each.values["code"]) for each in found.rows if not isinstance(each, str) and "code" in each.values}
    uppers = {code[:width] for code in codes for width in (2, 4, 5, 7, 8)}
    return Beside(known, last, candidates.official_names(connection, found.system, uppers), computed)


def _noted(connection: Connection, draft: Draft, digest: str, recalled: tuple[Any, ...]) -> Draft:
    """The draft with a note if the file was brought before, and with what was recalled of its shape."""
    report = draft.report
    before = candidates.seen(connection, digest)
    if before is not None:
        values = {"batch": before.batch, "period": before.day.isoformat()}
        message = "check.seen_published" if before.published else "check.seen_before"
        note = Finding(Weight.NOTE, message, values, Place(report.file, report.sheet))
        report = replace(report, findings=(*report.findings, note))
    if recalled:
        report = replace(report, understood=(*recalled, *report.understood))
    return replace(draft, report=report)


def _remember(connection: Connection, draft: Draft, options: Options, file: str, actor: str) -> int:
    """Keep what people said: the names they accepted, and how the columns are read; gives how many names are new."""
    system = draft.edition_system
    if draft.table is not None and draft.shape is not None:
        memory.keep(connection, draft.table, draft.shape, options)
    if system is None or not draft.accepted:
        return 0
    places.remember_crosswalk(connection, system, draft.accepted)
    return places.remember_aliases(connection, system, draft.accepted, file, actor)


def _scope(draft: Draft, options: Options) -> dict[str, Any]:
    return {
        "source": options.source,
        "periods": {slug: [period.text for period in its] for slug, its in draft.periods.items()},
        "regions": list(draft.regions),
        "refused": list(draft.refused),
    }
