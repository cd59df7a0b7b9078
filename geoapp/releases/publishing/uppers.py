"""The upper levels of a release: the figures that the indicator's rule makes of the regions below."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection

from geoapp.domain.aggregates import Aggregate, Member, aggregate
from geoapp.domain.indicators import AREAS, Indicator
from geoapp.domain.levels import Level
from geoapp.domain.observations import OUT_OF_SCOPE, Observation
from geoapp.domain.periods import Period, earlier
from geoapp.store import releases
from geoapp.store.releases import AggregateFigure, TreeRow

Figures = Mapping[Period, Mapping[str, Observation]]
"""Period → code → observation."""
Aggregates = Mapping[Period, Mapping[str, Aggregate]]
"""Period → code of an upper region → aggregate."""


@dataclass(frozen=True)
class Ground:
    """The regions of an edition as publishing at one level needs them."""

    base: tuple[TreeRow, ...]
    uppers: tuple[TreeRow, ...]
    below: Mapping[str, Sequence[TreeRow]]
    """The base regions of every upper region."""

    @classmethod
    def of(cls, rows: Sequence[TreeRow], level: Level) -> "Ground":
        """From the rows of an edition; the observations are of its regions at ``level``."""
        parents = {row.code: row.parent for row in rows}
        base = tuple(row for row in rows if row.level is level and row.number is not None)
        below: dict[str, list[TreeRow]] = {}
        for row in base:
            above = row.parent
            while above is not None:
                below.setdefault(above, []).append(row)
                above = parents.get(above)
        uppers = tuple(row for row in rows if row.level < level and row.number is not None)
        return cls(base, uppers, below)


class Site(NamedTuple):
    """Where a release stands: an edition's level, with its regions."""

    edition: str
    level: Level
    ground: Ground


def aggregates(connection: Connection, site: Site, indicator: Indicator, figures: Figures) -> Aggregates:
    """Every upper region's aggregate, by period and code; nothing where the rule or its parts give none."""
    above = _part(connection, site, indicator.parts.numerator if indicator.parts else None)
    below = _part(connection, site, indicator.parts.denominator if indicator.parts else None)
    made: dict[Period, dict[str, Aggregate]] = {}
    growth = indicator.parts is not None and indicator.parts.growth
    for period, said in figures.items():
        base, years = (period, None) if not growth else earlier(period, filter(None, below)) or (None, None)
        over, under = above.get(period, above.get(None, {})), below.get(base, below.get(None, {}))
        for upper in site.ground.uppers:
            members = [
                Member(said.get(row.code, OUT_OF_SCOPE), over.get(row.code), under.get(row.code))
                for row in site.ground.below.get(upper.code, ())
            ]
            found = aggregate(indicator, members, years)
            if found is not None:
                made.setdefault(period, {})[upper.code] = found
    return made


def rows(ground: Ground, made: Aggregates) -> Iterable[AggregateFigure]:
    """The aggregates as they are kept."""
    levels = {row.code: row.level for row in ground.uppers}
    for period, by_code in made.items():
        for code, a in by_code.items():
            yield AggregateFigure(
                period, code, levels[code], a.figure, a.distribution, a.state, a.marks, a.known, a.total
            )


def _part(connection: Connection, site: Site, slug: str | None) -> Mapping[Period | None, Mapping[str, float]]:
    """A part's figures by period and code; an area is the same in every period (None)."""
    if slug in AREAS:
        return {None: {row.code: (row.area_km2 or 0.0) * AREAS[slug] for row in site.ground.base}}
    release = releases.newest(connection, slug, site.edition, site.level) if slug else None
    if release is None:
        return {}
    return {
        period: {code: each.figure for code, each in said.items() if each.figure is not None}
        for period, said in releases.observations(connection, release).items()
    }
