"""What a region's page receives: the region among its like, and every indicator of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from geoapp.atlas.page import Layer
from geoapp.domain.levels import Level
from geoapp.domain.observations import Observation
from geoapp.domain.periods import Period
from geoapp.domain.regions import Ancestor, Edition


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of a region in a period; an upper one also how many of its regions have a figure, of how many.

    ``distribution`` is of an upper region's categories, whose ``observation`` is then that of no figure.
    """

    observation: Observation
    known: int | None = None
    total: int | None = None
    distribution: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The place of a figure among ``known``: 1 is the highest; ``tied`` others have the same."""

    rank: int
    tied: int
    known: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator of the region in its newest period, and in those before that are as long.

    ``spread`` are the ranked figures it stands among, from low to high; ``alike`` how many of how many have the same
    category; ``whole`` what is known of the upper region that holds them.
    """

    layer: Layer
    period: Period
    said: Said
    series: Mapping[Period, Observation]
    standing: Standing | None
    spread: tuple[float, ...]
    alike: tuple[int, int] | None
    whole: Said | None


@dataclass(frozen=True, slots=True)
class Place:
    """A region to go on to."""

    edition: str
    code: str
    name: str
    kind: str | None
    level: Level
    drawn: bool


@dataclass(frozen=True, slots=True)
class Portrait:
    """A region with everything that is public of it; ``number`` is None for one that is only partly covered.

    ``above`` are its upper regions, highest first; ``holder`` the one whose regions it is compared with, ``peers`` how
    many those are, itself included, ``numbers`` their first and last, and ``kinds`` those of its level. ``around`` are
    level and numbers of the regions that a small picture of all of them is made of.
    """

    edition: Edition
    code: str
    name: str
    kind: str | None
    level: Level
    number: int | None
    area_km2: float | None
    area_official_km2: float | None
    above: tuple[Ancestor, ...]
    holder: Ancestor | None
    numbers: tuple[int, int]
    kinds: frozenset[str]
    around: tuple[Level, tuple[int, int]] | None
    entries: tuple[Entry, ...]
    neighbours: tuple[Place, ...]
    children: tuple[Place, ...]

    @property
    def peers(self) -> int:
        """How many regions it is compared with."""
        return self.numbers[1] - self.numbers[0] + 1
