"""The editions a table may be of, loaded as targets of its join: only those that hold its codes or names."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import Connection

from geoapp.domain.code_column import Lists
from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.domain.lineage import Lineage
from geoapp.domain.regions import Edition
from geoapp.errors import NotFound, Refused
from geoapp.releases.matching.coding import codes_said
from geoapp.releases.matching.target import Above, Target
from geoapp.releases.options import Options
from geoapp.releases.reading.table import Table, text_of
from geoapp.releases.shaping.shape import Shape
from geoapp.store import candidates, lineage, places, reading, retiring

_MOST = 6
"""So many editions are looked at, those first that hold most of the table."""
_JUDGED = 2_000
"""So many rows tell which places the names are of."""

Said = Mapping[CodeSystem, frozenset[str]]


class Candidates(NamedTuple):
    """The targets of a join and the names of the table's codes, by system."""

    targets: list[Target]
    lists: Lists


def load(connection: Connection, table: Table, shape: Shape, options: Options) -> Candidates:
    """Everything that the join needs to know of the editions a table may be of.

    Raises
    ------
    NotFound
        If there is no such edition or set.
    Refused
        If there is no edition at all that is used, or the one that was asked for is retired.
    """
    out = retiring.retired(connection)
    every = {id: each for id, each in reading.editions(connection).items() if id not in out}
    if options.edition is not None:
        retiring.in_use(connection, options.edition)
    if not every:
        raise Refused("error.no_editions")
    members = _members(connection, options)
    said = codes_said(table, shape, options)
    lineages = {system: Lineage.of(lineage.steps(connection, system)) for system in CodeSystem}
    chosen = _chosen(connection, table, shape, options, (every, said, lineages))
    targets = [
        replace(_target(connection, edition, options.level, said, members), lineage=lineages[edition.code_system])
        for edition in chosen
    ]
    lists = _lists(connection, said, targets)
    if not shape.codes:  # only a title can then say of which place the names are
        lists = {
            **lists,
            CodeSystem.KEMENDAGRI: {**candidates.official_uppers(connection), **lists[CodeSystem.KEMENDAGRI]},
        }
    return Candidates(targets, lists)


def with_set(connection: Connection, options: Options) -> Options:
    """The options with the edition of the named set, if one was asked for.

    Raises
    ------
    NotFound
        If there is no such set.
    Refused
        If it is of another edition than the one that was asked for.
    """
    if options.region_set is None:
        return options
    found = places.region_set(connection, options.region_set)
    if found is None:
        raise NotFound("error.no_set", set=options.region_set)
    if options.edition not in (None, found.edition):
        raise Refused("error.set_edition", set=found.id, edition=found.edition)
    return Options(edition=found.edition).over(options) if options.edition is None else options


def _members(connection: Connection, options: Options) -> frozenset[str] | None:
    if options.region_set is None:
        return None
    found = places.region_set(connection, options.region_set)
    return frozenset(found.codes) if found is not None else None


def _chosen(
    connection: Connection,
    table: Table,
    shape: Shape,
    options: Options,
    known: tuple[Mapping[str, Edition], Said, Mapping[CodeSystem, Lineage]],
) -> Sequence[Edition]:
    """The edition asked for, and those that hold most codes, crosswalked codes or names; else the newest of all."""
    every, said, lineages = known
    held = candidates.holding(connection, said)
    most = max((len(codes) for codes in said.values()), default=0)
    ranks = {id: (held.get(id, 0), 0, 0) for id in every}
    if max(held.values(), default=0) < most / 2 or not most:
        linked = candidates.holding(connection, _linked(connection, said, lineages))
        named = candidates.naming(connection, _names(table, shape))
        ranks = {id: (held.get(id, 0), linked.get(id, 0), named.get(id, 0)) for id in every}
    newest = sorted(every.values(), key=lambda each: each.published_at, reverse=True)
    ranked = sorted(newest, key=lambda each: (max(ranks[each.id]), sum(ranks[each.id])), reverse=True)
    found = [each for each in ranked if any(ranks[each.id])] or ranked
    asked = [every[options.edition]] if options.edition is not None else []
    return [*asked, *(each for each in found if each not in asked)][:_MOST]


def _linked(connection: Connection, said: Said, lineages: Mapping[CodeSystem, Lineage]) -> dict[CodeSystem, set[str]]:
    """The codes of either system that crosswalks lead to from those of the other, and those that followed its own."""
    linked: dict[CodeSystem, set[str]] = {}
    for system in CodeSystem:
        (other,) = (each for each in CodeSystem if each is not system)
        found = places.crosswalk(connection, system, said[system]) if said[system] else {}
        linked[other] = {link.code for links in found.values() for link in links}
    for system, past in lineages.items():
        linked[system] |= {heir for code in said[system] & past.olds for heir in past.heirs(code)}
    return linked


def _names(table: Table, shape: Shape) -> set[str]:
    columns = {*shape.names.values(), *([shape.name] if shape.name is not None else [])}
    rows = table.rows[:: max(1, len(table.rows) // _JUDGED)]
    return {text for row in rows for column in columns if (text := text_of(row.cells[column]))}


def _target(
    connection: Connection, edition: Edition, level: Level | None, said: Said, members: frozenset[str] | None
) -> Target:
    at = level or edition.base_level
    rows = candidates.region_rows(connection, edition.id)
    above = {row.code: Above(row.name, Level(row.level), row.parent) for row in rows if row.level < at}
    regions = {row.code: row.name for row in rows if row.level == at and row.drawn}
    system = edition.code_system
    (other,) = (each for each in CodeSystem if each is not system)
    links = places.crosswalk(connection, other, said[other]) if said[other] else {}
    return Target(
        edition,
        regions,
        frozenset(above),
        level=at,
        above=above,
        parents={
            row.code: row.parent
            for row in rows
            if row.level == at and row.parent and not row.code.startswith(row.parent)
        },
        kinds={row.code: row.kind for row in rows if row.kind and system is CodeSystem.BPS},
        levels=frozenset(Level(row.level) for row in rows if row.drawn),
        aliases=places.aliases(connection, system),
        crosswalk={code: tuple((each.code, each.status) for each in its if each.alone) for code, its in links.items()},
        members=members,
    )


def _lists(connection: Connection, said: Said, targets: Sequence[Target]) -> Lists:
    """The official names of the table's codes, with the names of our own editions where no list has them."""
    lists: dict[CodeSystem, dict[str, str]] = {}
    for system in CodeSystem:
        names = dict(candidates.official_names(connection, system, said[system]))
        for target in targets:
            if target.edition.code_system is system:
                names = {**{code: target.regions[code] for code in said[system] & target.regions.keys()}, **names}
        lists[system] = names
    return lists
