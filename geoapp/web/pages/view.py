"""A map as its page shows it: every sentence, row and address, made once from the opened map for one language."""

from functools import cached_property

from geoapp.atlas import geography, words
from geoapp.atlas.captions import Telling
from geoapp.atlas.page import Aggregate
from geoapp.atlas.ranking import Standings, standings
from geoapp.domain.levels import Level
from geoapp.domain.observations import Mark, Observation
from geoapp.domain.periods import Granularity
from geoapp.domain.regions import Region
from geoapp.i18n import dates, speak
from geoapp.layers.plan import BYTE_STATES, MARK_BITS, Plan
from geoapp.web.pages.area import Choosing, choosing, held
from geoapp.web.pages.controls import Controls
from geoapp.web.pages.legend import Legend
from geoapp.web.pages.swatch import Swatch
from geoapp.web.places import href_of
from geoapp.web.service import service

_KINDS = ("Provinsi", "Kabupaten", "Kota", "Kecamatan", "Desa", "Kelurahan")
"""Words with which the name of an area begins, and which stand for it where there is little room."""


class MapView(Controls):
    """One map in one language; what a template does not ask for is not made."""

    @property
    def plan(self) -> Plan:
        """Every region's class or state, and the legend."""
        return self.page.plan

    @cached_property
    def kinds(self) -> frozenset[str]:
        """What the regions spoken of are."""
        return words.kinds(self.page.shown_regions)

    # ── sentences ──────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def title(self) -> str:
        """The title sentence."""
        return words.title(self.page, self.lang)

    @cached_property
    def telling(self) -> Telling:
        """The view in the words that go with its picture."""
        return Telling(self.page, self.lang, self.chosen, self.compared)

    @cached_property
    def coverage(self) -> str:
        """How many regions have a figure."""
        return words.coverage(self.page, self.lang)

    @cached_property
    def period(self) -> str:
        """The period in words."""
        return dates.period(self.lang, self.page.period)

    @cached_property
    def span(self) -> str:
        """The period in words; of a change both: ``2021 ke 2024``."""
        since = self.page.choice.since
        return words.span(self.lang, since, self.page.period) if since else self.period

    def word(self, n: int = 1) -> str:
        """What ``n`` of the regions shown are called."""
        return words.level_word(self.lang, self.page.level, self.kinds, n)

    def base_word(self, n: int = 1) -> str:
        """What ``n`` of the regions are called that everything is counted from."""
        level = self.layer.levels[0]
        base = geography.regions(service().store, self.layer.edition.id, level)
        return words.level_word(self.lang, level, words.kinds(base), n)

    @cached_property
    def parent_word(self) -> str:
        """What the regions' parents are called, with a capital; empty where they have none."""
        parent = next((each.parent for each in self.page.regions if each.parent), None)
        above = self.page.ancestors.get(parent) if parent else None
        said = words.level_word(self.lang, above.level, words.kinds([above])) if above else ""
        return said[:1].upper() + said[1:]

    @cached_property
    def area(self) -> str:
        """The name of the area spoken of, the whole one where none is chosen."""
        return words.area_name(self.page)

    @property
    def whole(self) -> Aggregate | None:
        """The aggregate of everything spoken of, where there is one."""
        return self.page.whole

    @cached_property
    def whole_word(self) -> str:
        """The short word for everything spoken of: ``Kabupaten`` for Kabupaten Serang, else its name."""
        name = words.area_name(self.page)
        first = name.split(" ")[0]
        return first if first in _KINDS and first != name else name

    @cached_property
    def unit(self) -> str:
        """The unit as a heading has it; empty for categories and indexes."""
        return self.indicator.unit[self.lang] if self.indicator.kind.value not in ("category", "index") else ""

    @cached_property
    def yearly(self) -> bool:
        """Whether the periods are years."""
        return all(each.granularity is Granularity.YEAR for each in self.layer.periods)

    @cached_property
    def attribution(self) -> str:
        """Where figures and lines come from, in one sentence."""
        said = speak(
            self.lang,
            "page.attribution",
            source=self.indicator.source[self.lang],
            boundaries=self.layer.edition.attribution[self.lang].rstrip("."),
            rights=self.layer.edition.rights.rstrip("."),
        )
        return " ".join(filter(None, (said, words.around(self.layer, self.lang))))

    @cached_property
    def boundary_status(self) -> str:
        """Whether the lines are fixed by regulation, as a sentence."""
        return speak(self.lang, f"page.status.{self.layer.edition.status.value}")

    @cached_property
    def boundary_status_short(self) -> str:
        """The same in two words."""
        return speak(self.lang, f"page.status.{self.layer.edition.status.value}.short")

    @cached_property
    def published(self) -> str:
        """The day of the release."""
        return dates.day(self.lang, self.layer.release.published_at)

    # ── parts ──────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def crumbs(self) -> list[str]:
        """Names of the upper regions that hold all of the map, from the highest."""
        return held(self)

    @cached_property
    def box(self) -> str:
        """West, south, east and north of the area asked for, in degrees; empty for everything."""
        return ",".join(f"{side:.5f}" for side in self.page.box) if self.page.area else ""

    @property
    def region_page(self) -> str:
        """The address of everything known of the chosen region; empty without one."""
        edition = self.layer.edition
        if self.chosen is None:
            return ""
        local = edition.id if self.page.level > Level.VILLAGE else None
        return href_of(edition.code_system, self.chosen.code, self.lang, local)

    def kept(self, *without: str) -> list[tuple[str, str]]:
        """The query of this view as hidden fields of a form that sets the parameters ``without``."""
        query = {**self.view(), "sort": self.order.text, "lang": None if self.lang == "id" else self.lang}
        return [(name, str(value)) for name, value in query.items() if value is not None and name not in without]

    @cached_property
    def steps(self) -> list[Choosing]:
        """The area filter."""
        return choosing(self)

    @cached_property
    def legend(self) -> Legend:
        """The legend."""
        return Legend(self)

    @cached_property
    def letters(self) -> dict[str, str]:
        """The letters of categories without order."""
        return words.letters(self.lang, self.indicator)

    @cached_property
    def estimated(self) -> bool:
        """Whether any figure shown is an estimate."""
        return any(bits & MARK_BITS[Mark.ESTIMATED] for bits in self.plan.marks)

    def plain(self, figure: float) -> str:
        """A figure in the indicator's decimals."""
        return words.plain(self.lang, self.indicator, figure)

    def observation(self, region: Region) -> Observation:
        """What is known of a region."""
        return self.page.observations[region.number - 1]

    @cached_property
    def standings(self) -> Standings:
        """Every region in the map's order."""
        return standings(self.page)

    @property
    def ranked(self) -> Standings:
        """Those with a rank."""
        return self.standings.ranked

    def parent_name(self, region: Region) -> str:
        """The name of a region's parent, or nothing."""
        above = self.page.ancestors.get(region.parent) if region.parent else None
        return above.name if above else ""

    def swatch(self, region: Region) -> Swatch:
        """How a region looks on the map."""
        byte = self.plan.classes[region.number - 1]
        if byte in BYTE_STATES:
            return Swatch.of_state(BYTE_STATES[byte])
        row = next((each for each in self.plan.legend if each.byte == byte), None)
        return Swatch.of_row(row, self.plan) if row else Swatch("circle")
