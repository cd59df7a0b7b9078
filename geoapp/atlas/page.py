"""What the doors and the paint room receive: a published layer, and one opened map of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from geoapp.atlas.choices import Choice
from geoapp.atlas.kept import part
from geoapp.domain.indicators import Indicator
from geoapp.domain.levels import Level
from geoapp.domain.observations import Mark, State
from geoapp.domain.periods import Period, latest
from geoapp.domain.regions import Ancestor, Box, Edition, Region, Retired
from geoapp.domain.rows import Row
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

    ``surroundings`` is the digest of what is kept around the edition's area, None where nothing is; ``around_source``
    says whose it is, with its licence, where that was told. ``retired`` says that the edition is no longer used.
    """

    id: str
    indicator: Indicator
    edition: Edition
    style: Style
    release: Release
    levels: tuple[Level, ...]
    periods: tuple[Period, ...]
    surroundings: str | None = None
    around_source: str = ""
    retired: Retired | None = None

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

    Under a visitor's ``choice`` the plan is the chosen one; with a change since an earlier period the observations are
    the changes, and ``layer.indicator`` is a ``Change``. With an ``area`` the regions outside are still drawn, but
    ``whole``, ``wholes``, and the legend and coverage of ``plan`` are the area's; ``numbers`` are its first and last.
    """

    layer: Layer
    level: Level
    period: Period
    plan: Plan
    version: str
    regions: tuple[Region, ...]
    observations: Row
    ancestors: Mapping[str, Ancestor]
    whole: Aggregate | None
    wholes: Mapping[Period, Aggregate]
    choice: Choice = Choice.NONE
    area: Ancestor | None = None
    numbers: tuple[int, int] | None = None

    @property
    def shown(self) -> tuple[int, int]:
        """The first and the last number of the regions spoken of: those of the area, else all."""
        return self.numbers or (1, len(self.regions))

    @property
    def shown_regions(self) -> tuple[Region, ...]:
        """The regions spoken of, in number order."""
        first, last = self.shown
        found: tuple[Region, ...] = part(self.regions, first, last)
        return found

    @property
    def shown_observations(self) -> Row:
        """What is known of the regions spoken of, beside ``shown_regions``."""
        first, last = self.shown
        return self.observations[first - 1 : last]

    @property
    def box(self) -> Box:
        """The box in degrees of what the map is fitted to: the area, else the edition."""
        if self.area is None:
            return self.layer.edition.box
        boxes = [each.box for each in self.shown_regions]
        return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)

    @property
    def style(self) -> Style:
        """The style in which the map is drawn: the publisher's under the visitor's choice."""
        return self.choice.styled(self.layer.style)

    @property
    def key(self) -> tuple[str, str, str, str, Choice, str | None, str | None, str]:
        """Everything that what is drawn or said of this map depends on, beside the language; for keeping it."""
        area = self.area.code if self.area else None
        around = self.layer.surroundings, self.layer.around_source
        return (self.layer.id, self.version, self.level.slug, self.period.text, self.choice, area, *around)

    def region(self, code: str) -> Region | None:
        """The region with this code, if the map shows it."""
        return next((each for each in self.regions if each.code == code), None)
