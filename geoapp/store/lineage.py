"""Lineage in the store: the steps of a code system, kept, listed and let go of."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, text

from geoapp.domain.codes import CodeSystem
from geoapp.domain.lineage import Kind, ShareOf, Step

_LOCK = 7_262_019
"""Two who bring lineage take turns: what was checked against the steps there are stays true."""
_READ = "SELECT old, new, kind, share, share_of, act, since FROM geography.lineage WHERE code_system = :system"
_KEEP = text(
    "INSERT INTO geography.lineage (code_system, old, new, kind, share, share_of, act, since) "
    "VALUES (:system, :old, :new, :kind, :share, :share_of, :act, :since) "
    "ON CONFLICT (code_system, old, new, since) DO UPDATE SET kind = excluded.kind, share = excluded.share, "
    "share_of = excluded.share_of, act = excluded.act, imported_at = now()"
)


def steps(connection: Connection, system: CodeSystem, code: str | None = None) -> tuple[Step, ...]:
    """Every step of a code system, or those from and to one code, in the order of their days."""
    narrow = " AND :code IN (old, new)" if code is not None else ""
    asked = {"system": system.value} | ({"code": code} if code is not None else {})
    return tuple(map(_step, connection.execute(text(f"{_READ}{narrow} ORDER BY since, old, new"), asked)))


def held(connection: Connection, system: CodeSystem) -> tuple[Step, ...]:
    """The same, while nobody else may bring any until the transaction ends."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    return steps(connection, system)


def keep(connection: Connection, system: CodeSystem, brought: Iterable[Step]) -> None:
    """Keep steps; one of the same codes and day is replaced."""
    rows = [
        {
            "system": system.value,
            "old": each.old,
            "new": each.new,
            "kind": each.kind.value,
            "share": each.share,
            "share_of": each.share_of.value if each.share_of else None,
            "act": each.act,
            "since": each.since,
        }
        for each in brought
    ]
    if rows:
        connection.execute(_KEEP, rows)


def remove(connection: Connection, system: CodeSystem, gone: Iterable[Step]) -> None:
    """Let go of steps."""
    rows = [{"system": system.value, "old": each.old, "new": each.new, "since": each.since} for each in gone]
    if rows:
        asked = "DELETE FROM geography.lineage WHERE code_system = :system AND old = :old AND new = :new"
        connection.execute(text(f"{asked} AND since = :since"), rows)


def _step(row: Any) -> Step:
    share_of = ShareOf(row.share_of) if row.share_of else None
    return Step(row.since, row.old, row.new, Kind(row.kind), row.share, share_of, row.act)
