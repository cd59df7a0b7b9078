"""How a region is named and addressed outside of its map: with its kind, its parents in short, and why it was found."""

from collections.abc import Iterable

from geoapp.atlas import words
from geoapp.atlas.gazetteer import Found, Why
from geoapp.domain.codes import NAMES, CodeSystem
from geoapp.domain.levels import Level
from geoapp.domain.regions import Ancestor
from geoapp.domain.words import Language
from geoapp.i18n import speak
from geoapp.web.links import address

_MOST_PARENTS = 3


def href_of(system: CodeSystem, code: str, lang: Language, edition: str | None = None) -> str:
    """The address of a region's page: by its code, or as one edition has it."""
    if edition is not None:
        return address(f"/regions/{edition}/{code}", lang=lang)
    return address(f"/regions/{'bps-' if system is CodeSystem.BPS else ''}{code}", lang=lang)


def full_name(name: str, level: Level, kind: str | None, code: str = "") -> str:
    """A region's name with what it is there: ``Desa Cikolelet``; the name of a regency says so already."""
    known = words.kind_at(level, kind, code)
    if level is Level.REGENCY or (level is Level.VILLAGE and not known):
        return name
    return words.named(level, name, frozenset([known]) if known else frozenset())


def kind_word(lang: Language, level: Level, kind: str | None, name: str, code: str) -> str:
    """What a region is, with a capital: ``Desa``, ``Kecamatan``, ``Kota``."""
    first = name.split(" ", 1)[0].casefold()
    if level is Level.REGENCY and first in ("kota", "kabupaten"):
        said = speak(lang, "level.kota" if first == "kota" else "level.kabupaten")
    else:
        known = words.kind_at(level, kind, code)
        said = words.level_word(lang, level, frozenset([known]) if known else frozenset())
    return said[:1].upper() + said[1:]


def parents_line(above: Iterable[Ancestor]) -> str:
    """The parents in short, nearest first: ``Kec. Cinangka, Kab. Serang, Banten``."""
    return ", ".join(short_name(each) for each in list(above)[:_MOST_PARENTS])


def short_name(above: Ancestor) -> str:
    """An upper region's name with what it is in short: ``Kec. Cinangka``, ``Kab. Serang``."""
    if above.level is Level.DISTRICT:
        return speak("id", "search.short.district", name=above.name)
    if above.level is Level.REGENCY and above.name.casefold().startswith("kabupaten "):
        return speak("id", "search.short.regency", name=above.name.split(" ", 1)[1])
    return above.name


def code_line(lang: Language, system: CodeSystem, code: str) -> str:
    """A code with its system: ``Kode Kemendagri 35.73.02.1006``."""
    return speak(lang, "region.code", system=NAMES[system], code=code)


def reason_words(lang: Language, found: Found) -> str:
    """Why a region was found whose name is another; empty where it is its name."""
    if found.why is None:
        return ""
    if found.why is Why.CODE:
        return code_line(lang, found.system, found.code)
    if found.why is Why.OTHER_CODE:
        other = CodeSystem.BPS if found.system is CodeSystem.KEMENDAGRI else CodeSystem.KEMENDAGRI
        return code_line(lang, other, found.said)
    return speak(lang, "search.former" if found.why is Why.FORMER else "search.alias", name=found.said)
