"""Where a region's page leads: what lies beside it and inside it, its maps, its files, its other editions."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from geoapp.atlas import words
from geoapp.atlas.place import Place, Portrait
from geoapp.domain.codes import CodeSystem
from geoapp.domain.indicators import Indicator
from geoapp.domain.levels import Level
from geoapp.domain.words import Language
from geoapp.downloads import FORMATS
from geoapp.i18n import numbers, speak
from geoapp.store.search import Known
from geoapp.web import places
from geoapp.web.links import address
from geoapp.web.pages.rows import Rows, kinds_of

_FORMS = ("csv", "xlsx", "geojson")
"""Files that are offered for each map, where there is such a format."""
_MAPS = 4
"""Maps that are named beside the picture; the table leads to all."""


@dataclass(frozen=True, slots=True)
class Link:
    """A name that leads somewhere."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Kin:
    """What a region holds of one level: how they are called and counted, and where they lead."""

    heading: str
    links: tuple[Link, ...]


class Onward(Rows):
    """The ways on from one portrait, in one language.

    ``order`` are the catalogue's indicators, ``known`` the region in every edition.
    """

    def __init__(
        self,
        portrait: Portrait,
        lang: Language,
        order: Mapping[str, Indicator],
        known: tuple[Known, ...],
        other_codes: tuple[str, ...],
        pinned: bool,
    ) -> None:
        super().__init__(portrait, lang)
        self.known, self.pinned, self.other_codes = known, pinned, other_codes
        place = {slug: n for n, slug in enumerate(order)}
        self.entries = sorted(
            portrait.entries,
            key=lambda each: (place.get(each.layer.indicator.slug, len(place)), each.layer.indicator.name[lang]),
        )

    @cached_property
    def system(self) -> CodeSystem:
        """The system of its code."""
        return self.portrait.edition.code_system

    @cached_property
    def neighbours(self) -> list[Link]:
        """The regions beside it."""
        return [self._link(each) for each in self.portrait.neighbours]

    def _link(self, place: Place) -> Link:
        return Link(place.name, places.href_of(self.system, place.code, self.lang))

    @cached_property
    def children(self) -> list[Kin]:
        """What it holds, level by level."""
        by_level: dict[Level, list[Place]] = {}
        for each in self.portrait.children:
            by_level.setdefault(each.level, []).append(each)
        return [
            Kin(
                speak(
                    self.lang,
                    "region.children",
                    count=numbers.figure(self.lang, len(held), 0),
                    level=words.level_word(
                        self.lang, level, kinds_of(each.kind for each in held if each.kind), len(held)
                    ),
                ),
                tuple(self._link(each) for each in held),
            )
            for level, held in sorted(by_level.items())
        ]

    @cached_property
    def maps(self) -> list[Link]:
        """The first of its maps."""
        known = [each for each in self.entries if each.said.observation.known]
        return [Link(each.layer.indicator.name[self.lang], self.href(each)) for each in (known or self.entries)[:_MAPS]]

    @cached_property
    def files(self) -> list[tuple[str, list[Link]]]:
        """The name of every map it is on, with the files there are: of an upper region those of what it holds."""
        found = []
        for each in self.entries:
            area = self.portrait.code if self.level(each) else None
            asked = {"period": self.asked_period(each), "area": area, "lang": self.lang}
            links = [
                Link(form.upper(), address(f"/downloads/{each.layer.id}.{form}", **asked))
                for form in _FORMS
                if form in FORMATS
            ]
            found.append((each.layer.indicator.name[self.lang], links))
        return found

    @cached_property
    def editions(self) -> list[Link]:
        """The same code in other editions, with the name it has there where that is another."""
        found = []
        for each in self.known:
            if each.edition == self.portrait.edition.id:
                continue
            name = "" if each.name == self.portrait.name else each.name
            said = speak(self.lang, "region.edition.named" if name else "region.edition", area=each.area,
                         dated=each.dated, name=name)  # fmt: skip
            found.append(Link(said, places.href_of(self.system, each.code, self.lang, each.edition)))
        return found
