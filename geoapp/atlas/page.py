"""What the doors and the paint room receive: a published layer, and one opened map of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from geoapp.domain.indicators import Indicator
from geoapp.domain.levels import Level
from geoapp.domain.observations import Mark, Observation, State
from geoapp.domain.periods import Period, latest
from geoapp.domain.regions import Ancestor, Edition, Region
from geoapp.layers.plan import Plan, Style


@dataclass(frozen=True, slots=True)
class Release:
    """What was published of an indicator on an edition, and whether it was withdrawn."""

    id: int
    published_at: datetime
    supersedes: int | None
    withdrawn_at: datetime | None
    withdrawn_reason: str | None


@dataclass(frozen=True, slots=True)
class Layer:
    """A public map with the release it shows. ``levels`` are those with plans, base level first.

    ``surroundings`` is the digest of what is kept around the edition's area; None where nothing is.
    """

    id: str
    indicator: Indicator
    edition: Edition
    style: Style
    release: Release
    levels: tuple[Level, ...]
    periods: tuple[Period, ...]
    surroundings: str | None = None

    @property
    def latest(self) -> Period:
        """The newest period of the commonest granularity."""
        return latest(self.periods)


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A figure of an upper region made by the indicator's rule; ``known`` of ``total`` base regions had one."""

    code: str
    level: Level
    figure: float | None
    distribution: Mapping[str, int] | None
    state: State | None
    marks: frozenset[Mark]
    known: int
    total: int


@dataclass(frozen=True, slots=True)
class MapPage:
    """One opened map. ``regions`` are in number order, ``observations`` run beside them.

    ``ancestors`` hold every upper region by code, covered or not, for names; ``whole`` is the aggregate of the
    edition's whole area where it has one, ``wholes`` the same for every period.
    """

    layer: Layer
    level: Level
    period: Period
    plan: Plan
    version: str
    regions: tuple[Region, ...]
    observations: tuple[Observation, ...]
    ancestors: Mapping[str, Ancestor]
    whole: Aggregate | None
    wholes: Mapping[Period, Aggregate]

    def region(self, code: str) -> Region | None:
        """The region with this code, if the map shows it."""
        return next((each for each in self.regions if each.code == code), None)
