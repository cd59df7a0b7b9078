"""Editions and their regions, as everybody above the store sees them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.domain.periods import is_date
from geoapp.domain.words import Words

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees (EPSG:4326)."""


class BoundaryStatus(StrEnum):
    """Whether the lines are fixed by regulation or for orientation only."""

    DEFINITIVE = "definitive"
    INDICATIVE = "indicative"


class Nature(StrEnum):
    """What lies among an edition's regions and is none; it has no number and no figures."""

    WATER = "water"
    FOREST = "forest"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Edition:
    """One dated set of boundaries from one source, frozen once published."""

    id: str
    area: str
    code_system: CodeSystem
    source: str
    attribution: Words
    licence: str
    status: BoundaryStatus
    dated: str
    box: Box
    base_level: Level
    published_at: datetime

    @property
    def rights(self) -> str:
        """The date of the lines, where one is known, and their licence: what stands behind the attribution."""
        return ", ".join([*([self.dated] if is_date(self.dated) else []), self.licence])


@dataclass(frozen=True, slots=True)
class Retired:
    """That an edition is no longer used: since when, why, and which edition stands in its place, if one does."""

    at: datetime
    reason: str
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class Ancestor:
    """An upper region that is only partly covered: code and name, neither shape nor aggregate."""

    code: str
    name: str
    level: Level


@dataclass(frozen=True, slots=True)
class Region:
    """A region beside its shape: ``number`` is dense 1…N in its edition and level; ``inside`` is lon, lat.

    ``area_km2`` is what the full shape measures on the ellipsoid, ``area_official_km2`` what the source says, or None.
    """

    number: int
    code: str
    name: str
    level: Level
    kind: str | None
    parent: str | None
    inside: tuple[float, float]
    box: Box
    area_km2: float
    neighbours: tuple[int, ...] = ()
    area_official_km2: float | None = None
