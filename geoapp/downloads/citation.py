"""The words that travel with every file: title, citation, licence, edition, release, boundary status, coverage."""

from dataclasses import dataclass
from typing import Any

from geoapp.atlas import words
from geoapp.atlas.page import MapPage
from geoapp.domain.words import Language
from geoapp.i18n import dates, speak


@dataclass(frozen=True, slots=True)
class Citation:
    """What a reader needs to cite the file and to fetch the same one again; ``address`` is the pinned one."""

    title: str
    text: str
    source: str
    attribution: str
    boundary_status: str
    coverage: str
    licence: str
    edition: str
    release: int
    published: str
    address: str

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {name: getattr(self, name) for name in self.__slots__}


def cite(page: MapPage, language: Language, site: str, address: str) -> Citation:
    """The citation of an opened map, published by ``site`` and found again at ``address``."""
    layer = page.layer
    title = words.title(page, language)
    published = dates.day(language, layer.release.published_at)
    return Citation(
        title=title,
        text=speak(
            language,
            "download.citation",
            title=title,
            source=layer.indicator.source[language],
            site=site,
            release=layer.release.id,
            published=published,
            address=address,
        ),
        source=layer.indicator.source[language],
        attribution=layer.edition.attribution[language],
        boundary_status=speak(language, f"boundary.{layer.edition.status.value}"),
        coverage=words.coverage(page, language),
        licence=layer.edition.licence,
        edition=layer.edition.id,
        release=layer.release.id,
        published=layer.release.published_at.isoformat(),
        address=address,
    )
