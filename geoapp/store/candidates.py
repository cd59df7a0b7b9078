"""What the join asks of the store: which editions a table may be of, their regions, and the names of its codes."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, text

from geoapp.domain.codes import CodeSystem
from geoapp.store.statements import lines, statement


class RegionRow(NamedTuple):
    """A region of any level; ``drawn`` says whether it has a shape."""

    code: str
    name: str
    level: int
    drawn: bool
    parent: str | None
    kind: str | None


class Seen(NamedTuple):
    """A batch of the same file: its number, the day, and whether it was published."""

    batch: int
    day: date
    published: bool


def holding(connection: Connection, said: Mapping[CodeSystem, Iterable[str]]) -> Mapping[str, int]:
    """How many of the codes each edition has, those without one left out."""
    asked = {system.value: lines(said.get(system, ())) for system in CodeSystem}
    return {row.id: row.known for row in connection.execute(statement("editions_holding"), asked)}


def naming(connection: Connection, names: Iterable[str]) -> Mapping[str, int]:
    """How many regions of each edition have one of these names, case and blanks aside."""
    asked = {"names": sorted({name.lower().replace(" ", "") for name in names})}
    return {row.id: row.known for row in connection.execute(statement("editions_naming"), asked)}


def region_rows(connection: Connection, edition: str) -> list[RegionRow]:
    """Every region of an edition, upper levels first, each level in number order."""
    return [RegionRow(*row) for row in connection.execute(statement("region_rows"), {"edition": edition})]


def official_names(connection: Connection, system: CodeSystem, codes: Iterable[str]) -> Mapping[str, str]:
    """The official names of some codes."""
    asked = {"system": system.value, "codes": lines(codes)}
    return {row.code: row.name for row in connection.execute(statement("official_names"), asked)}


def official_uppers(connection: Connection) -> Mapping[str, str]:
    """The names of all regencies and districts in the lists of Kemendagri, which alone name them; the newest counts."""
    asked = text(
        "SELECT DISTINCT ON (code) code, name FROM geography.official_code AS code "
        "JOIN geography.code_list AS list ON list.id = code.list_id AND list.system = 'kemendagri' "
        "WHERE length(code) IN (5, 8) ORDER BY code, dated DESC"
    )
    return {row.code: row.name for row in connection.execute(asked)}


def seen(connection: Connection, digest: str) -> Seen | None:
    """The newest batch of a file with this digest."""
    asked = text(
        "SELECT id, staged_at::date AS day, published_at IS NOT NULL AS published FROM intake.batch "
        "WHERE digest = :digest ORDER BY id DESC LIMIT 1"
    )
    row = connection.execute(asked, {"digest": digest}).one_or_none()
    return Seen(row.id, row.day, row.published) if row is not None else None
