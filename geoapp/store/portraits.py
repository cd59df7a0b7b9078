"""What is published of one region, over all indicators at once; read as the public role."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlalchemy.engine import RowMapping

from geoapp.domain.levels import Level
from geoapp.domain.periods import Period
from geoapp.store.statements import lines, statement


class Live(NamedTuple):
    """A public map that is not withdrawn, with the release it shows."""

    layer: str
    release: int
    edition: str


class Count(NamedTuple):
    """The regions of a level, how many of them have a shape, and of what kinds they are."""

    regions: int
    drawn: int
    kinds: frozenset[str]


class Moment(NamedTuple):
    """One period of a release."""

    release: int
    period: Period


def live(connection: Connection, edition: str | None = None) -> tuple[Live, ...]:
    """The public maps of an edition, or of all, newest release first."""
    rows = connection.execute(statement("live_layers"), {"edition": edition})
    return tuple(Live(row.layer_id, row.release_id, row.edition_id) for row in rows)


def region(connection: Connection, edition: str, code: str) -> RowMapping | None:
    """One region of an edition."""
    asked = {"edition": edition, "code": code}
    return connection.execute(statement("portrait_region"), asked).mappings().one_or_none()


def relations(
    connection: Connection, edition: str, level: Level, numbers: Sequence[int], code: str, editions: Sequence[str]
) -> Sequence[RowMapping]:
    """The neighbours of a region by their numbers, and what it holds in any of ``editions``."""
    asked = {
        "edition": edition,
        "level": level.value,
        "numbers": list(numbers),
        "code": code,
        "editions": lines(editions),
    }
    return connection.execute(statement("portrait_relations"), asked).mappings().all()


def parts(connection: Connection, edition: str, first: Level, last: Level) -> Sequence[RowMapping]:
    """The regions of an edition from one level to another, upper ones first, by name."""
    asked = {"edition": edition, "first": first.value, "last": last.value}
    return connection.execute(statement("area_parts"), asked).mappings().all()


def counts(connection: Connection, edition: str) -> Mapping[Level, Count]:
    """How many regions an edition has at each level, the highest first."""
    rows = connection.execute(statement("level_counts"), {"edition": edition})
    return {Level(row.level): Count(row.regions, row.drawn, frozenset(row.kinds)) for row in rows}


def middle(connection: Connection, edition: str, level: Level) -> RowMapping | None:
    """The region in the middle of a level's numbers."""
    asked = {"edition": edition, "level": level.value}
    return connection.execute(statement("middle_region"), asked).mappings().one_or_none()


def covered(connection: Connection, plans: Sequence[tuple[str, int, Level, Period]]) -> Mapping[str, tuple[int, int]]:
    """By layer: how many regions of a plan (layer, release, level, period) have a figure, and how many were asked."""
    asked = {
        "layers": lines(layer for layer, _, _, _ in plans),
        "releases": lines(str(release) for _, release, _, _ in plans),
        "levels": lines(str(level.value) for _, _, level, _ in plans),
        "periods": lines(period.text for _, _, _, period in plans),
    }
    rows = connection.execute(statement("plan_counts"), asked)
    return {row.layer_id: (row.known, row.total - row.unasked) for row in rows}


def numbers_within(connection: Connection, edition: str, level: Level, holder: str) -> tuple[int, int] | None:
    """The first and last number of a level's regions whose code begins with that of ``holder``; None without any."""
    after = holder[:-1] + chr(ord(holder[-1]) + 1)
    asked = {"edition": edition, "level": level.value, "start": holder, "after": after}
    row = connection.execute(statement("numbers_within"), asked).one()
    return (row.first, row.last) if row.first is not None else None


def figures(connection: Connection, codes: Sequence[str], moments: Sequence[Moment]) -> Sequence[RowMapping]:
    """What the releases say of the regions in these periods."""
    asked = {"codes": lines(codes), **_side_by_side(moments)}
    return connection.execute(statement("portrait_figures"), asked).mappings().all()


def spreads(
    connection: Connection, edition: str, level: Level, numbers: tuple[int, int], moments: Sequence[Moment]
) -> Mapping[int, tuple[tuple[float, ...], tuple[str, ...]]]:
    """By release: the ranked figures of a range of regions from low to high, and their categories."""
    asked: dict[str, Any] = {"edition": edition, "level": level.value, "first": numbers[0], "last": numbers[1]}
    rows = connection.execute(statement("portrait_spread"), asked | _side_by_side(moments))
    return {row.release_id: (tuple(row.figures or ()), tuple(row.categories or ())) for row in rows}


def _side_by_side(moments: Sequence[Moment]) -> dict[str, str]:
    return {
        "releases": lines(str(each.release) for each in moments),
        "periods": lines(each.period.text for each in moments),
    }
