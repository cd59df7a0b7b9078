"""The small picture of where a region lies: drawn once for every region, kept with its page."""

from functools import lru_cache

from geoapp.atlas.place import Portrait
from geoapp.domain.levels import Level
from geoapp.domain.words import Language
from geoapp.i18n import speak
from geoapp.pictures import locator
from geoapp.store import shapes
from geoapp.store.database import Store
from geoapp.web.picture import zoom_of
from geoapp.web.places import full_name
from geoapp.web.service import service

_PART_ZOOM = 9
"""The zoom whose outlines are fine enough for a part of an edition, such as a regency of the nation."""


def inline(portrait: Portrait, name: str, lang: Language) -> str:
    """The picture for the middle of the page; empty for a region without outlines, or that is the whole."""
    if portrait.number is None or portrait.around is None or portrait.peers < 2:
        return ""
    store, edition, (level, numbers) = service().store, portrait.edition, portrait.around
    whole = numbers[0] == 1 and (portrait.holder is None or portrait.numbers[0] == 1)
    zoom = max(0, zoom_of(edition.box) - 1) if whole else _PART_ZOOM
    around = _outlines(store, edition.id, level, numbers, zoom)
    own = _outlines(store, edition.id, portrait.level, (portrait.number, portrait.number), zoom)
    if not around or not own:
        return ""
    holder = portrait.holder
    within = full_name(holder.name, holder.level, None, holder.code) if holder else edition.area
    return locator.draw(around, own[0], portrait.name, speak(lang, "region.locator", name=name, area=within))


@lru_cache(maxsize=64)
def _outlines(store: Store, edition: str, level: Level, numbers: tuple[int, int], zoom: int) -> tuple[bytes, ...]:
    with store.read() as connection:
        return tuple(each.wkb for each in shapes.outlines_numbered(connection, edition, level, zoom, numbers))
