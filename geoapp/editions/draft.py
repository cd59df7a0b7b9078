"""The draft that travels along the line; each step adds to it and changes nothing that is there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geoapp.catalogue.sources import SourceProfile
from geoapp.domain.code_column import Lists
from geoapp.domain.codes import CodeSystem
from geoapp.domain.findings import Finding
from geoapp.domain.levels import Level
from geoapp.domain.regions import Ancestor

Frame = Any
"""A geopandas GeoDataFrame; the library is loaded only when a file is read."""
Step = tuple["Draft", tuple[Finding, ...]]
"""What a step gives: the draft, further along, and what it noticed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person said beside the file; None where nothing was said.

    ``complete`` is the highest level of which all base regions are in the file.
    """

    profile: str | None = None
    code_column: str | None = None
    name_column: str | None = None
    system: CodeSystem | None = None
    level: Level | None = None
    crs: str | None = None
    complete: Level | None = None
    id: str | None = None
    area: str | None = None
    dated: str | None = None

    def date_of(self, profile: SourceProfile) -> str:
        """When the boundaries stood so: as the person says, else as the source is dated."""
        return self.dated or profile.dated


@dataclass(frozen=True, slots=True)
class Draft:
    """A boundary file on its way to an edition.

    ``frame`` is first the file as read (row index = feature number from 0), from *recognise* on one row a base region
    with the columns ``code`` (canonical text), ``name``, one ``name_<level>`` for each upper level the file names,
    and shapes in EPSG:4326. *dissolve* fills ``levels``: per level a frame in number order with ``number, code, name,
    kind, parent, area_km2, inside, neighbours, geometry``. *generalise* fills ``outlines``: per level and first zoom
    the shapes in EPSG:3857 in number order.
    """

    file: Path
    asked: Asked
    profiles: Mapping[str, SourceProfile]
    official: Lists
    frame: Frame = None
    profile: SourceProfile | None = None
    system: CodeSystem | None = None
    level: Level = Level.VILLAGE
    levels: Mapping[Level, Frame] = field(default_factory=dict)
    ancestors: tuple[Ancestor, ...] = ()
    outlines: Mapping[tuple[Level, int], Any] = field(default_factory=dict)
