"""The way of a table into the store: read, recognise, match, check, and stage as a batch with its report."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from geoapp.domain.code_column import Lists
from geoapp.domain.codes import CodeSystem
from geoapp.domain.indicators import Indicator
from geoapp.errors import NotFound, Refused
from geoapp.releases.check import Draft, check
from geoapp.releases.match import Target, match
from geoapp.releases.options import Options
from geoapp.releases.persons import refuse_rows
from geoapp.releases.read import digest, read_table
from geoapp.releases.shape import recognise
from geoapp.store import editions, reading, releases
from geoapp.store.database import Store


@dataclass(frozen=True)
class Intake:
    """A checked table and, if it was staged, its batch."""

    draft: Draft
    batch: int | None


def check_file(store: Store, known: Mapping[str, Indicator], path: Path, options: Options) -> Draft:
    """Understand a table and account for every row; nothing is stored.

    Raises
    ------
    BadRequest, NotFound, Refused
        As reading, recognising, matching and checking say.
    """
    table = read_table(path, options)
    shape = recognise(table, options, known)
    with store.begin() as connection:
        targets = _targets(connection)
        lists = _lists(connection, targets)
    if options.edition is not None and all(each.edition.id != options.edition for each in targets):
        raise NotFound("error.no_edition", edition=options.edition)
    found = match(table, shape, options, targets, lists)
    refuse_rows(table, shape, found)
    return check(table, shape, found, options)


def import_file(store: Store, known: Mapping[str, Indicator], path: Path, options: Options, actor: str = "") -> Intake:
    """The same, and stage the batch unless a finding forbids it."""
    draft = check_file(store, known, path, options)
    if draft.report.stopped:
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
        releases.audit(connection, actor, "import", {"batch": batch, "file": path.name})
    return Intake(draft, batch)


def _scope(draft: Draft, options: Options) -> dict[str, Any]:
    return {
        "source": options.source,
        "periods": {slug: [period.text for period in its] for slug, its in draft.periods.items()},
        "regions": list(draft.regions),
        "refused": list(draft.refused),
    }


def _targets(connection: Connection) -> list[Target]:
    """Every edition with its codes."""
    targets = []
    for edition in reading.editions(connection).values():
        rows = releases.tree(connection, edition.id)
        base = {row.code: row.name for row in rows if row.number is not None and row.level is edition.base_level}
        targets.append(Target(edition, base, frozenset(row.code for row in rows if row.level < edition.base_level)))
    if not targets:
        raise Refused("error.no_editions")
    return targets


def _lists(connection: Connection, targets: list[Target]) -> Lists:
    """The official lists, with the names of our own editions where no list has them."""
    lists: dict[CodeSystem, dict[str, str]] = {}
    for system in CodeSystem:
        names = dict(editions.official(connection, system))
        for target in targets:
            if target.edition.code_system is system:
                names = {**target.regions, **names}
        lists[system] = names
    return lists
