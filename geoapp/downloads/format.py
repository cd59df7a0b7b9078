"""What a download is made of, and what a format offers."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from geoapp.atlas.page import MapPage
from geoapp.domain.words import Language
from geoapp.downloads.citation import Citation
from geoapp.store.database import Store


@dataclass(frozen=True, slots=True)
class Job:
    """One file to write: the opened map, its citation, the language of its words.

    ``leaflet`` is the folder with ``leaflet.js`` and ``leaflet.css``, for files that carry their own viewer.
    """

    page: MapPage
    store: Store
    language: Language
    citation: Citation
    leaflet: Path


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: ``attachment`` where a browser must not show it (active content)."""

    extension: str
    media_type: str
    attachment: bool
    write: Callable[[Job], bytes]
