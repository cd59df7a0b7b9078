"""Regions and maps looked for by what people type; read as the public role."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy.engine import RowMapping

from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.store.statements import lines, statement

_LEAST_INSIDE = 3
"""Signs of a key under which it is only looked for at the beginning of names: two are in a tenth of them."""


class Hit(NamedTuple):
    """A region of an edition that was found; ``key`` is what of it was like the search.

    ``grade`` is 0 for the whole name, 1 for its beginning, 2 for words inside it; ``other`` a code of the other system.
    """

    edition: str
    code: str
    level: int
    key: str = ""
    grade: int = 0
    other: str | None = None


class OtherName(NamedTuple):
    """A name that people use for a region."""

    system: str
    code: str
    name: str


class Known(NamedTuple):
    """A region as an edition has it.

    ``standing``: 0 the edition asked for, 1 one that a map shows, 2 any other that is used, 3 a retired one.
    """

    edition: str
    system: str
    area: str
    dated: str
    code: str
    name: str
    kind: str | None
    level: int
    drawn: bool
    standing: int


def names(connection: Connection, key: str, level: Level | None, most: int) -> Sequence[Hit]:
    """Regions whose name is, begins with or holds the words of ``key``; those of one level, if given."""
    asked = {
        "key": key,
        "after": _after(key),
        "holds": f"% {key}%" if len(key) >= _LEAST_INSIDE else None,
        "level": level and level.value,
        "most": most,
    }
    return [Hit(*row) for row in connection.execute(statement("search_names"), asked)]


def codes(connection: Connection, starts: Mapping[CodeSystem, str], most: int) -> Sequence[Hit]:
    """Regions whose code begins so in its system, or whose code of the other system does by a crosswalk."""
    asked: dict[str, str | int | None] = {"most": most}
    for system in CodeSystem:
        start = starts.get(system)
        asked |= {system.value: start, f"{system.value}_after": start and _after(start)}
    return [
        Hit(row.edition_id, row.code, row.level, other=row.other)
        for row in connection.execute(statement("search_codes"), asked)
    ]


def similar(connection: Connection, key: str, spellings: Iterable[str], most: int) -> Sequence[Hit]:
    """Regions whose name is one of ``spellings``, or shares most of its letters with ``key``, the likest first."""
    asked = {"key": key, "spellings": lines(spellings), "most": most}
    rows = connection.execute(statement("search_similar"), asked)
    return [Hit(row.edition_id, row.code, row.level, row.key) for row in rows]


def other_names(connection: Connection, key: str, near: bool, most: int) -> Sequence[OtherName]:
    """Accepted names that begin with ``key`` (normalised as at an import), or with ``near`` those like it."""
    if not key:
        return ()
    asked = {"key": key, "near": near, "most": most}
    return [OtherName(*row) for row in connection.execute(statement("search_aliases"), asked)]


def known(connection: Connection, codes: Iterable[str], edition: str | None = None) -> Sequence[Known]:
    """Every region with one of these codes, in the order of the editions: ``edition``, shown ones, the newest."""
    rows = connection.execute(statement("search_regions"), {"codes": lines(set(codes)), "edition": edition})
    return [Known(*row) for row in rows]


def layers(connection: Connection, key: str, near: bool, most: int) -> Sequence[RowMapping]:
    """Public maps by the name of their indicator in either language; with ``near`` also by a name like it."""
    asked = {"key": key, "holds": f"% {key}%", "near": near, "most": most}
    return connection.execute(statement("search_layers"), asked).mappings().all()


def _after(start: str) -> str:
    """The first text in the order of bytes that comes after all that begin with ``start``."""
    return start[:-1] + chr(ord(start[-1]) + 1)
