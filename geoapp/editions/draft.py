"""The draft that travels along the line; each step adds to it and changes nothing that is there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from geoapp.catalogue.sources import SourceProfile
from geoapp.domain.code_column import Lists
from geoapp.domain.codes import CodeSystem
from geoapp.domain.findings import Finding
from geoapp.domain.levels import Level
from geoapp.domain.regions import Ancestor, BoundaryStatus
from geoapp.editions.formats.layer import Layer
from geoapp.editions.outlines import Outlines
from geoapp.editions.suggestions import Acceptance, Suggestion
from geoapp.editions.topology import Told
from geoapp.errors import Refused

Frame = Any
"""A geopandas GeoDataFrame; the library is loaded only when a file is read."""
Step = tuple["Draft", tuple[Finding, ...]]
"""What a step gives: the draft, further along, and what it noticed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person said beside the file; None where nothing was said.

    ``complete`` is the highest level of which all base regions are in the file. ``parents`` are upper regions, by code
    or name, within which names are looked for; ``accept`` says which suggestions are right. ``partial`` lets a file in
    without the rows that are refused, ``dissolve`` makes one region of several parts, ``unknown`` believes codes that
    no official list has. ``within`` is the edition whose villages hold regions below them. ``area_change`` is the
    percentage of its area that a region may gain or lose when shapes are fitted together; then gaps narrower than
    ``gap`` metres are closed and vertices nearer than ``snap`` metres joined. What is said of the origin (``source`` to
    ``status``, and ``dated``) counts instead of what is known of the source. ``uppers`` are files of upper
    levels, ``upper_difference`` the percentage by which their shapes may differ from those of the villages.
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
    layer: str | None = None
    swap_axes: bool = False
    parents: tuple[str, ...] = ()
    accept: Acceptance | None = None
    partial: bool = False
    dissolve: bool = False
    unknown: bool = False
    within: str | None = None
    area_change: float | None = None
    gap: float | None = None
    snap: float | None = None
    source: str | None = None
    attribution: str | None = None
    licence: str | None = None
    status: BoundaryStatus | None = None
    uppers: Mapping[Level, Path] = field(default_factory=dict)
    upper_difference: float | None = None


class Watch(Protocol):
    """Is told how far a long step is: the share done since it was told last, and what that is about."""

    def __call__(self, share: float, /, level: Level | None = None, zoom: int | None = None) -> None:
        """``level`` and ``zoom`` are those that are being drawn."""
        ...


def unwatched(share: float, /, level: Level | None = None, zoom: int | None = None) -> None:
    """Where nobody watches."""


class Villages(NamedTuple):
    """The villages of a published edition: ``frame`` has their ``code``, ``name`` and shapes in EPSG:4326."""

    edition: str
    system: CodeSystem
    frame: Frame


class Upper(NamedTuple):
    """What an upper region's own source says of it, held against its villages.

    ``area_km2`` is the official area where there is one; ``filled`` the share of its own shape that villages cover,
    ``open_km2`` what they leave, ``differs`` the share by which shape and villages differ (of an open one only what
    villages have beyond it).
    """

    name: str
    area_km2: float | None
    filled: float
    differs: float
    open_km2: float


@dataclass(frozen=True, slots=True)
class Draft:
    """A boundary file on its way to an edition.

    *read* fills ``layers``; *recognise* chooses one of them (``layer``, with its number of ``features``), lets go of
    all and fills ``frame``: one row a base region (row index = feature number from 0) with the columns ``code``
    (canonical text, None until *name* finds it), ``raw`` (its cell), ``name``, one ``name_<level>`` for each upper
    level the file names, and ``other`` and ``local`` where the file has such codes; ``below`` is a column that may
    number regions below the village. ``set_aside`` are the rows that are no such region (a lake, another level, the
    same again), ``refused`` those that should be and cannot. ``nature`` are those of water and forest among them, with
    their ``kind``. From *locate* on shapes are in EPSG:4326; ``crs`` is what they came in. ``suggestions`` are regions
    found by their names, ``others`` the codes of the other system that the file has beside its own; ``area_column`` is
    that of official areas (``area_said`` of ``frame``), ``uppers`` what the upper levels' own files say, by level and
    code. A step that cannot go on without a person leaves its ``question``, and the line ends there. *clean* puts the
    rows in the order of their codes and keeps the ``faults`` of the shapes, None before. *dissolve* fills ``levels``:
    per level a frame in number order with ``number, code, name, kind, parent, area_km2, inside, neighbours, geometry``,
    and ``area_official_km2`` where any is known. *generalise* fills ``outlines``: the shapes of every level on every
    grid. Steps that take long tell ``watch`` how far they are.
    """

    file: Path
    asked: Asked
    profiles: Mapping[str, SourceProfile]
    official: Lists
    villages: Villages | None = None
    layers: tuple[Layer, ...] = ()
    layer: str = ""
    features: int = 0
    frame: Frame = None
    profile: SourceProfile | None = None
    system: CodeSystem | None = None
    level: Level = Level.VILLAGE
    below: str = ""
    crs: str | None = None
    set_aside: tuple[int, ...] = ()
    refused: tuple[int, ...] = ()
    nature: Frame = None
    suggestions: tuple[Suggestion, ...] = ()
    others: Mapping[str, str] = field(default_factory=dict)
    uppers: Mapping[Level, Mapping[str, Upper]] = field(default_factory=dict)
    area_column: str = ""
    question: Refused | None = None
    faults: tuple[Told, ...] | None = None
    levels: Mapping[Level, Frame] = field(default_factory=dict)
    ancestors: tuple[Ancestor, ...] = ()
    outlines: Outlines = field(default_factory=Outlines)
    watch: Watch = unwatched
