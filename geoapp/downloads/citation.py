"""How a downloaded map wants to be cited: what it is, from whom, which edition and release, how complete."""

from dataclasses import asdict, dataclass
from typing import Any

from geoapp.atlas import words
from geoapp.atlas.page import MapPage
from geoapp.domain.codes import holding
from geoapp.domain.regions import Region
from geoapp.domain.words import Language
from geoapp.i18n import dates, speak


@dataclass(frozen=True, slots=True)
class Citation:
    """Everything a file must carry beside its figures; ``address`` is that of the map's page, if it has one."""

    title: str
    citation: str
    source: str
    attribution: str
    licence: str
    edition: str
    release: int
    published: str
    boundary_status: str
    boundary_date: str
    known: int
    total: int
    address: str = ""

    @classmethod
    def of(cls, page: MapPage, language: Language, address: str = "") -> "Citation":
        """The citation of an opened map."""
        edition, release = page.layer.edition, page.layer.release
        title = words.title(page, language)
        source = page.layer.indicator.source[language]
        attribution = edition.attribution[language]
        sentence = speak(
            language,
            "citation.text",
            title=title,
            source=source.rstrip("."),
            attribution=attribution.rstrip("."),
            rights=edition.rights.rstrip("."),
            release=release.id,
            date=dates.day(language, release.published_at),
        )
        return cls(
            title=title,
            citation=f"{sentence} {address}".strip(),
            source=source,
            attribution=attribution,
            licence=edition.licence,
            edition=edition.id,
            release=release.id,
            published=release.published_at.isoformat(),
            boundary_status=edition.status.value,
            boundary_date=edition.dated,
            known=page.plan.known,
            total=page.plan.total,
            address=address,
        )

    def as_dict(self) -> dict[str, Any]:
        """The JSON form; ``known`` of ``total`` become ``coverage``."""
        said = {name: value for name, value in asdict(self).items() if value != ""}
        coverage = {"known": said.pop("known"), "total": said.pop("total")}
        return {**said, "coverage": coverage}


def parents(page: MapPage, region: Region) -> list[dict[str, str]]:
    """The upper regions of a region, nearest first."""
    above = holding(page.ancestors, [region.code])
    uppers = [page.ancestors[code] for code in reversed(above) if code != region.code]
    return [{"code": each.code, "name": each.name, "level": each.level.slug} for each in uppers]


def class_of(page: MapPage, region: Region) -> int | None:
    """The region's class, counted from 0 at the low end; None for a state or a circle."""
    byte = page.plan.classes[region.number - 1]
    return byte if page.plan.kind != "circles" and byte < len(page.plan.colours) else None
