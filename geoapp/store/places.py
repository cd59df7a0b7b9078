"""What joins other people's codes and names to our regions: crosswalks, accepted names, named sets."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from psycopg.types.json import Jsonb
from sqlalchemy import Connection, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.engine import RowMapping

from geoapp.domain.codes import CodeSystem, RegionCode
from geoapp.domain.levels import Level
from geoapp.domain.names import normalise
from geoapp.domain.words import Words
from geoapp.store.statements import lines, statement

ACCEPTED = "accepted"
"""The crosswalk of the links that people accepted at an import, and its status."""


_OTHER = {CodeSystem.BPS: CodeSystem.KEMENDAGRI, CodeSystem.KEMENDAGRI: CodeSystem.BPS}


class CrossCode(NamedTuple):
    """A code of the other system; ``status`` is official, proposal or accepted, the strongest that says so.

    ``alone`` where no other link of at least that standing takes either of the two codes: only then is it one to one.
    """

    code: str
    status: str
    alone: bool


class Link(NamedTuple):
    """The two codes of one region."""

    bps: str
    kemendagri: str
    level: Level


class CrosswalkSummary(NamedTuple):
    """A crosswalk with its number of links; ``ambiguous`` of them share a code with another."""

    id: str
    dated: str
    status: str
    links: int
    ambiguous: int
    levels: tuple[str, ...]


class AcceptedName(Protocol):
    """A name that a person said is this region, and the other system's code if its row had one."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def other_code(self) -> str | None: ...
    @property
    def line(self) -> int: ...


class RegionSet(NamedTuple):
    """Some regions of one edition, by code, under a name."""

    id: str
    edition: str
    name: Words
    codes: tuple[str, ...]


# ── crosswalks ─────────────────────────────────────────────────────────────────────────────────────────────────


def crosswalk(
    connection: Connection, from_system: CodeSystem, codes: Iterable[str]
) -> Mapping[str, tuple[CrossCode, ...]]:
    """What each code is in the other system; without the codes that no crosswalk has."""
    asked = {"system": from_system.value, "codes": lines(set(codes))}
    found: dict[str, tuple[CrossCode, ...]] = {}
    for row in connection.execute(statement("crosswalk_links"), asked):
        found[row.code] = (*found.get(row.code, ()), CrossCode(row.other, row.status, row.alone))
    return found


def load_crosswalk(connection: Connection, id: str, dated: str, status: str, links: Iterable[Link]) -> None:
    """Hold a crosswalk under ``id``; what one of the same id had of these regencies is replaced."""
    links = tuple(links)
    connection.execute(statement("insert_crosswalk"), {"id": id, "dated": dated, "status": status})
    regencies = sorted({each.bps[:4] for each in links})
    connection.execute(statement("delete_links"), {"id": id, "regencies": regencies})
    into = b"COPY geography.crosswalk_code (crosswalk_id, bps, kemendagri, level) FROM STDIN"
    driver: Any = connection.connection.driver_connection
    with driver.cursor().copy(into) as copy:
        for each in links:
            copy.write_row((id, each.bps, each.kemendagri, each.level.value))
    connection.execute(text("ANALYZE geography.crosswalk_code"))


def crosswalk_of(connection: Connection, id: str) -> Mapping[str, str] | None:
    """The date and status of the crosswalk called ``id``, such as that of the codes an edition's file had; or None."""
    asked = text("SELECT dated, status FROM geography.crosswalk WHERE id = :id")
    row = connection.execute(asked, {"id": id}).one_or_none()
    return {"dated": row.dated, "status": row.status} if row is not None else None


def crosswalks(connection: Connection) -> tuple[CrosswalkSummary, ...]:
    """Every crosswalk, the newest first."""
    return tuple(
        CrosswalkSummary(
            row.id, row.dated, row.status, row.links, row.ambiguous, tuple(Level(level).slug for level in row.levels)
        )
        for row in connection.execute(statement("crosswalks"))
    )


def remove(connection: Connection, id: str) -> bool:
    """Let go of an official list or a crosswalk; False if there is none of that id."""
    gone = [
        connection.execute(text(f"DELETE FROM geography.{table} WHERE id = :id"), {"id": id}).rowcount  # noqa: S608
        for table in ("code_list", "crosswalk")
    ]
    return any(gone)


def remember_crosswalk(connection: Connection, system: CodeSystem, accepted: Iterable[AcceptedName]) -> int:
    """Keep the links of accepted rows that carried a code of the other system; gives how many are new."""
    links = [link for each in accepted if (link := _link(system, each.code, each.other_code)) is not None]
    if not links:
        return 0
    today = connection.execute(text("SELECT to_char(now(), 'YYYY-MM-DD')")).scalar_one()
    connection.execute(statement("insert_crosswalk"), {"id": ACCEPTED, "dated": today, "status": ACCEPTED})
    return sum(connection.execute(statement("insert_link"), {"crosswalk": ACCEPTED, **link}).rowcount for link in links)


def _link(system: CodeSystem, code: str, other: str | None) -> dict[str, Any] | None:
    """The columns of a link between a code of ``system`` and one of the other system; None if they make none."""
    level = RegionCode(system, code).level
    try:
        partner = RegionCode.parse(_OTHER[system], other or "")
    except ValueError:
        return None
    if level is None or partner.level is not level:
        return None
    bps, kemendagri = (code, partner.text) if system is CodeSystem.BPS else (partner.text, code)
    return {"bps": bps, "kemendagri": kemendagri, "level": level.value}


# ── other names ────────────────────────────────────────────────────────────────────────────────────────────────


def aliases(
    connection: Connection, system: CodeSystem, codes: Iterable[str] | None = None
) -> Mapping[str, frozenset[str]]:
    """Normalised name → the codes of the regions that are also called so; of ``codes`` only, if given."""
    wanted = None if codes is None else set(codes)
    asked = text("SELECT name, code FROM geography.alias WHERE revoked_at IS NULL AND code_system = :system")
    found: dict[str, set[str]] = {}
    for name, code in connection.execute(asked, {"system": system.value}):
        if wanted is None or code in wanted:
            found.setdefault(normalise(name), set()).add(code)  # as names are normalised now, not when it was accepted
    return {key: frozenset(known) for key, known in found.items()}


def remember_aliases(
    connection: Connection, system: CodeSystem, accepted: Iterable[AcceptedName], file: str, actor: str
) -> int:
    """Keep the accepted names of regions; gives how many are new."""
    new = 0
    for each in accepted:
        key = normalise(each.name)
        if not key:
            continue
        origin = {"file": file, "line": each.line, "other_code": each.other_code}
        row = {"system": system.value, "code": each.code, "name": each.name, "key": key}
        kept = connection.execute(statement("insert_alias"), {**row, "origin": Jsonb(origin), "actor": actor})
        new += kept.rowcount
    return new


def alias_list(connection: Connection) -> Sequence[RowMapping]:
    """Accepted names with where they came from and who accepted them, newest first."""
    return connection.execute(statement("aliases")).mappings().all()


def revoke_alias(connection: Connection, id: int, reason: str) -> RowMapping | None:
    """Take a name back, and the accepted link that came with it; None if there is none or it was revoked before."""
    row = connection.execute(statement("revoke_alias"), {"id": id, "reason": reason}).mappings().one_or_none()
    if row is None:
        return None
    other = row["origin"].get("other_code")
    link = _link(CodeSystem(row["code_system"]), row["code"], other)
    if link is not None:
        asked = {"bps": link["bps"], "kemendagri": link["kemendagri"], "crosswalk": ACCEPTED}
        said = {"system": row["code_system"], "code": row["code"], "other": other}
        connection.execute(statement("delete_link"), {**asked, **said})
    return row


# ── named sets ─────────────────────────────────────────────────────────────────────────────────────────────────


def region_set(connection: Connection, id: str) -> RegionSet | None:
    """The set called ``id``."""
    return next(iter(_sets(connection, id)), None)


def region_sets(connection: Connection) -> tuple[RegionSet, ...]:
    """Every set, by id."""
    return _sets(connection, None)


def add_set(connection: Connection, made: RegionSet) -> bool:
    """Keep a set; False if its id is taken."""
    asked = statement("insert_region_set").bindparams(bindparam("codes", type_=ARRAY(TEXT)))
    row = {"id": made.id, "edition": made.edition, "name": Jsonb(made.name.as_dict()), "codes": list(made.codes)}
    return connection.execute(asked, row).first() is not None


def remove_set(connection: Connection, id: str) -> bool:
    """Let go of a set; what was published with it stays. False if there is none."""
    return connection.execute(text("DELETE FROM geography.region_set WHERE id = :id"), {"id": id}).rowcount > 0


def _sets(connection: Connection, id: str | None) -> tuple[RegionSet, ...]:
    found = connection.execute(statement("region_sets"), {"id": id})
    return tuple(RegionSet(row.id, row.edition_id, Words.of(row.name), tuple(row.codes)) for row in found)
