"""The regions to begin with: every area that has maps, and the uppermost regions that part it."""

from dataclasses import dataclass

from geoapp.atlas.areas import Area, areas_shown
from geoapp.domain.words import Language
from geoapp.web.links import address
from geoapp.web.places import full_name, href_of
from geoapp.web.service import service


@dataclass(frozen=True, slots=True)
class AreaLinks:
    """An area with the regions that part it, as name, address and what each is."""

    name: str
    dated: str
    href: str
    parts: tuple[tuple[str, str], ...]


def areas(lang: Language) -> tuple[AreaLinks, ...]:
    """Every area, newest boundaries first."""
    return tuple(_links(each, lang) for each in areas_shown(service().store))


def _links(area: Area, lang: Language) -> AreaLinks:
    edition = area.edition
    top = area.top
    return AreaLinks(
        name=edition.area,
        dated=edition.dated,
        href=href_of(edition.code_system, top.code, lang) if top else address("/regions", lang=lang),
        parts=tuple(
            (full_name(each.name, each.level, each.kind, each.code), href_of(edition.code_system, each.code, lang))
            for each in area.parts
        ),
    )
