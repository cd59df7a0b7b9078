"""A region's page in one language: every row, sentence and address, made once from its portrait."""

from dataclasses import dataclass
from functools import cached_property

from geoapp.atlas.place import Entry
from geoapp.domain.codes import CodeSystem
from geoapp.domain.indicators import IndicatorKind
from geoapp.domain.observations import Mark
from geoapp.i18n import numbers, speak
from geoapp.web import places
from geoapp.web.links import absolute, address
from geoapp.web.pages.cards import theme_name
from geoapp.web.pages.onward import Link, Onward
from geoapp.web.pages.rows import IndicatorRow


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of a theme."""

    name: str
    rows: tuple[IndicatorRow, ...]


class PortraitView(Onward):
    """One portrait in one language; what a template does not ask for is not made."""

    # ── who it is ──────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def name(self) -> str:
        """Its name with what it is."""
        return places.full_name(self.portrait.name, self.portrait.level, self.portrait.kind, self.portrait.code)

    @cached_property
    def title(self) -> str:
        """``Kelurahan Kasin dalam angka``."""
        return speak(self.lang, "region.title", name=self.name)

    @cached_property
    def codes(self) -> str:
        """Its code, and that of the other system where a crosswalk gives one."""
        other = CodeSystem.BPS if self.system is CodeSystem.KEMENDAGRI else CodeSystem.KEMENDAGRI
        said = [places.code_line(self.lang, self.system, self.portrait.code)]
        return " · ".join([*said, *(places.code_line(self.lang, other, each) for each in self.other_codes)])

    @cached_property
    def facts(self) -> str:
        """Its area, where it has a shape, and the official one where the boundaries' source says it."""
        measured, official = self.portrait.area_km2, self.portrait.area_official_km2
        if measured is None:
            return ""
        if official is None:
            return speak(self.lang, "region.area", figure=self._km2(measured))
        figures = {"figure": self._km2(measured), "official": self._km2(official)}
        return speak(self.lang, "region.area_official", **figures)

    def _km2(self, area: float) -> str:
        return numbers.figure(self.lang, area, 2 if area < 100 else 0)

    @cached_property
    def crumbs(self) -> list[Link]:
        """Its upper regions, from the highest."""
        return [
            Link(
                places.full_name(each.name, each.level, None, each.code),
                places.href_of(self.system, each.code, self.lang),
            )
            for each in self.portrait.above
        ]

    @property
    def path(self) -> str:
        """The page's address without a query."""
        return places.href_of(self.system, self.portrait.code, "id", self.portrait.edition.id if self.pinned else None)

    @property
    def newest(self) -> str:
        """The page of the same code in the edition that is in use."""
        return places.href_of(self.system, self.portrait.code, self.lang)

    @property
    def share(self) -> str:
        """The absolute address to pass on."""
        return absolute(address(self.path, lang=self.lang))

    @property
    def peers(self) -> str:
        """How many regions it is ranked among."""
        return numbers.figure(self.lang, self.portrait.peers, 0)

    # ── sentences ──────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def lead(self) -> Entry | None:
        """The indicator to begin with: a number of what can be counted, else one with a rank of its own, else any."""
        known = [each for each in self.entries if each.said.observation.figure is not None]
        counted = [each for each in known if each.layer.indicator.kind is IndicatorKind.COUNT]
        ranked = [each for each in known if each.standing and not each.standing.tied]
        return next(iter([*counted, *ranked, *known]), None)

    @cached_property
    def lead_parts(self) -> tuple[str, str, str]:
        """The first sentence: what stands before its figure, the figure, and what follows; empty without any."""
        if self.lead is None:
            return "", "", ""
        own = self.lead.standing
        said = {"indicator": self.lead.layer.indicator.name[self.lang], "period": self.period(self.lead)}
        if own is None or own.known < 2 or own.tied:
            sentence = speak(self.lang, "region.lead", figure="\0", **said)
        else:
            level = self.word(own.known)
            sentence = speak(
                self.lang, "region.lead.ranked", figure="\0", rank=self.rank(self.lead), level=level, **said
            )
        before, _, after = sentence.partition("\0")
        return before, self.said(self.lead, self.lead.said), after

    @cached_property
    def described(self) -> str:
        """The page in one sentence, for search engines and link previews."""
        return "".join(self.lead_parts) or self.title

    @cached_property
    def preview(self) -> str:
        """The absolute address of the picture that a link is shown with; empty without a map."""
        lead = self.lead or next(iter(self.entries), None)
        if lead is None:
            return ""
        asked = {"size": "1200x630", "region": self.portrait.code, "level": self.level(lead), "lang": self.lang}
        return absolute(address(f"/maps/{lead.layer.id}.png", **asked))

    # ── the table ──────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def groups(self) -> list[Group]:
        """The rows by theme, themes in the order of their first indicator."""
        by_theme: dict[str, list[IndicatorRow]] = {}
        for each in self.entries:
            by_theme.setdefault(each.layer.indicator.theme, []).append(self.row(each))
        return [Group(theme_name(self.lang, theme), tuple(rows)) for theme, rows in by_theme.items()]

    @cached_property
    def rows(self) -> list[IndicatorRow]:
        """The rows of all themes."""
        return [row for group in self.groups for row in group.rows]

    @cached_property
    def columns(self) -> frozenset[str]:
        """Which of the columns that may be empty have something in them."""
        return frozenset(name for name in ("spark", "strip", "rank") if any(getattr(row, name) for row in self.rows))

    @cached_property
    def span(self) -> str:
        """The years over which the lines run; empty where there is no line."""
        years = [period.year for each in self.entries if len(each.series) > 1 for period in each.series]
        if not years or min(years) == max(years):
            return ""
        return f"{min(years)}–{max(years)}"

    @cached_property
    def marks(self) -> list[str]:
        """What the marks beside figures mean, those that occur."""
        found = {mark for each in self.entries for mark in each.said.observation.marks if each.said.observation.known}
        return [speak(self.lang, f"mark.{mark.value}") for mark in sorted(found - {Mark.ESTIMATED, Mark.PARTIAL})]

    @cached_property
    def estimated(self) -> bool:
        """Whether any figure is an estimate."""
        return any(Mark.ESTIMATED in each.said.observation.marks for each in self.entries)

    @cached_property
    def boundaries(self) -> str:
        """Where the lines come from, and whether they are fixed."""
        edition = self.portrait.edition
        status = speak(self.lang, f"page.status.{edition.status.value}")
        return f"{edition.attribution[self.lang].rstrip('.')} ({edition.rights.rstrip('.')}). {status}"
