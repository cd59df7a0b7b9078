"""What regions are called where they live: nagari in West Sumatra, gampong in Aceh, lingkungan inside a kelurahan."""

from collections.abc import Iterable
from dataclasses import dataclass

from geoapp.domain.levels import Level
from geoapp.domain.words import Language, Words

_DISTRICT_PART = 3
"""Where the village stands among the parts of a dotted code."""
_KELURAHAN = "1"
"""First digit of a kelurahan's part of a dotted code; 2 and 3 are desa and desa adat."""


@dataclass(frozen=True, slots=True)
class LocalName:
    """One local word for the regions of a level.

    ``areas`` are beginnings of codes: two digits (a province, alike in both code systems), dotted (Kemendagri) or
    undotted (BPS). ``kind`` limits the word to desa or kelurahan; for hamlets it is the kind of the village above.
    ``many`` is the English plural; Indonesian has none.
    """

    slug: str
    level: Level
    kind: str | None
    word: Words
    many: str
    areas: frozenset[str]

    def said(self, language: Language, n: int = 1) -> str:
        """The word for ``n`` regions."""
        return self.many if language == "en" and n != 1 and self.many else self.word[language]


class LevelNames:
    """The local words of an installation. The longest area wins, then a word for the region's own kind."""

    def __init__(self, names: Iterable[LocalName] = ()) -> None:
        self.by_slug: dict[str, LocalName] = {}
        self._found: dict[tuple[Level, str | None, str], str] = {}
        self._lengths: tuple[int, ...] = ()
        for each in names:
            self.by_slug[each.slug] = each
            self._found |= {(each.level, each.kind, area): each.slug for area in each.areas}
        self._lengths = tuple(sorted({len(area) for _, _, area in self._found}, reverse=True))

    def slug(self, level: Level, kind: str | None, code: str) -> str | None:
        """The local word's slug for a region, or None where the usual word stands."""
        kinds = (kind if level is Level.VILLAGE else village_kind(code), None)
        for area in (code[:length] for length in self._lengths):
            for own in kinds:
                if (level, own, area) in self._found:
                    return self._found[level, own, area]
        return None


def village_kind(code: str) -> str | None:
    """``desa`` or ``kelurahan`` as the village in a dotted code says; None where it says nothing.

    >>> village_kind("51.71.01.1003.02"), village_kind("51.03.01.2003"), village_kind("5103010003")
    ('kelurahan', 'desa', None)
    """
    parts = code.split(".")
    if len(parts) <= _DISTRICT_PART or not parts[_DISTRICT_PART].isdigit():
        return None
    return "kelurahan" if parts[_DISTRICT_PART][0] == _KELURAHAN else "desa"
