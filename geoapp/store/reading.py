"""What is published, read as values of the domain."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, CursorResult
from sqlalchemy.engine import RowMapping

from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.domain.observations import Mark
from geoapp.domain.periods import Period
from geoapp.domain.regions import Ancestor, BoundaryStatus, Edition, Region
from geoapp.domain.rows import Row
from geoapp.domain.words import Words
from geoapp.layers.plan import Plan
from geoapp.store.statements import statement


def layers(
    connection: Connection, layer: str | None = None, release: int | None = None, every: bool = False
) -> Sequence[RowMapping]:
    """Public maps with the release each shows: those that are offered, or one, at its newest or at a given release.

    With ``every`` those of a retired edition come, too, for which another map stands in.
    """
    asked = {"layer": layer, "release": release, "every": every}
    return connection.execute(statement("layers"), asked).mappings().all()


def editions(connection: Connection) -> Mapping[str, Edition]:
    """Every published edition by id."""
    return {row.id: _edition(row) for row in connection.execute(statement("editions"), {"id": None})}


def edition(connection: Connection, id: str) -> Edition | None:
    """The edition called ``id``."""
    row = connection.execute(statement("editions"), {"id": id}).one_or_none()
    return _edition(row) if row is not None else None


def edition_about(connection: Connection, id: str) -> Mapping[str, Any]:
    """What is kept of an edition beside what maps show: ``digest``, ``report``, ``grids``, and its ``maps``."""
    return dict(connection.execute(statement("edition_about"), {"id": id}).mappings().one())


def regions(connection: Connection, edition: str, level: Level) -> tuple[Region, ...]:
    """The regions of one level in number order."""
    asked = connection.execute(statement("regions"), {"edition": edition, "level": level.value})
    return tuple(
        Region(
            number, code, name, level, kind, parent, (x, y), (west, south, east, north), area, tuple(beside or ()), own
        )
        for number, code, name, kind, parent, area, beside, x, y, west, south, east, north, own in _undressed(asked)
    )


def _undressed(found: CursorResult[Any]) -> Iterable[tuple[Any, ...]]:
    """The rows as the driver has them: dressing those of eighty thousand regions takes longer than reading them."""
    rows: Iterable[tuple[Any, ...]] = found.cursor.fetchall() if found.cursor else ()
    return rows


def region_names(connection: Connection, edition: str, codes: Iterable[str]) -> Mapping[str, str]:
    """The names of some regions of any level by code; codes that the edition does not have are left out."""
    rows = connection.execute(statement("region_names"), {"edition": edition, "codes": sorted(set(codes))})
    return {row.code: row.name for row in rows}


def upper_regions(connection: Connection, edition: str) -> Mapping[str, Ancestor]:
    """Every region above the base level by code, covered or not."""
    rows = connection.execute(statement("upper_regions"), {"edition": edition})
    return {row.code: Ancestor(row.code, row.name, Level(row.level)) for row in rows}


def row(connection: Connection, edition: str, level: Level, release: int, period: Period) -> Row:
    """What a release says of a level's regions in one period, in number order; upper levels included."""
    asked = {"edition": edition, "level": level.value, "release": release, "period": period.text}
    said = connection.execute(statement("row"), asked).one()
    figures = np.frombuffer(bytes(said.figures or b""), dtype=">f8").astype(np.float64)
    return Row.read(figures, said.categories or (), said.states or (), said.marks or ())


def aggregates(connection: Connection, release: int, code: str) -> Sequence[RowMapping]:
    """The aggregates of one upper region over all periods."""
    return connection.execute(statement("aggregates"), {"release": release, "code": code}).mappings().all()


def plan(connection: Connection, layer: str, release: int, level: Level, period: Period) -> tuple[str, Plan] | None:
    """A plan with its version."""
    asked = {"layer": layer, "release": release, "level": level.value, "period": period.text}
    row = connection.execute(statement("plan"), asked).one_or_none()
    return (row.version, Plan.of(row.document, row.classes, row.marks)) if row is not None else None


def pinned_plan(connection: Connection, layer: str, version: str, period: Period) -> tuple[int, Level] | None:
    """The release and level at which a layer's plan of this version stands."""
    asked = {"layer": layer, "version": version, "period": period.text}
    row = connection.execute(statement("pinned_plan"), asked).one_or_none()
    return (row.release_id, Level(row.level)) if row is not None else None


def release_report(connection: Connection, release: int) -> Mapping[str, Any]:
    """What is kept with a release of the table it was made of; it names no cell."""
    found = connection.execute(statement("release_report"), {"release": release}).scalar_one()
    return dict(found)


def marks_of(stored: Sequence[str]) -> frozenset[Mark]:
    """Marks from their column."""
    return frozenset(Mark(each) for each in stored)


def _edition(row: Any) -> Edition:
    west, south, east, north = row.box
    return Edition(
        id=row.id,
        area=row.area,
        code_system=CodeSystem(row.code_system),
        source=row.source,
        attribution=Words.of(row.attribution),
        licence=row.licence,
        status=BoundaryStatus(row.status),
        dated=row.dated,
        box=(west, south, east, north),
        base_level=Level(row.base_level),
        published_at=row.published_at,
    )
