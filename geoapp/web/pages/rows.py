"""The rows of a region's table: one indicator each, with figure or state, trend, position, rank and the whole's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from geoapp.atlas import words
from geoapp.atlas.place import Entry, Portrait, Said
from geoapp.domain.observations import Mark
from geoapp.domain.words import Language
from geoapp.i18n import dates, numbers, speak
from geoapp.web import places
from geoapp.web.links import address
from geoapp.web.pages.small import Spark, Strip, spark, strip
from geoapp.web.pages.swatch import Swatch


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator. ``figure`` is empty for a state, which ``state`` says with its ``swatch``."""

    name: str
    unit: str
    href: str
    figure: str
    long: bool
    estimated: bool
    note: str
    state: str
    swatch: Swatch | None
    spark: Spark | None
    strip: Strip | None
    rank: str
    whole: str
    period: str
    brief: str


class Rows:
    """What is said of the entries of a portrait in one language."""

    def __init__(self, portrait: Portrait, lang: Language) -> None:
        self.portrait, self.lang = portrait, lang

    @cached_property
    def peers_word(self) -> str:
        """What the regions are called among which it is ranked."""
        return self.word(self.portrait.peers)

    def word(self, n: int = 1) -> str:
        """What ``n`` of the regions are called among which it is ranked."""
        return words.level_word(self.lang, self.portrait.level, kinds_of(self.portrait.kinds), n)

    @property
    def own_word(self) -> str:
        """What it is called itself."""
        own = self.portrait.kind
        return words.level_word(self.lang, self.portrait.level, kinds_of([own] if own else ()))

    @cached_property
    def holder(self) -> str:
        """The name of the upper region whose own figures stand beside."""
        holder = self.portrait.holder
        return places.full_name(holder.name, holder.level, None, holder.code) if holder else ""

    @cached_property
    def holder_brief(self) -> str:
        """What the upper region is, in a word: ``Kota``."""
        holder = self.portrait.holder
        return places.kind_word(self.lang, holder.level, None, holder.name, holder.code) if holder else ""

    def row(self, entry: Entry) -> IndicatorRow:
        """One row of the table."""
        indicator, said = entry.layer.indicator, entry.said.observation
        state = said.state if entry.said.distribution is None else None
        figure = "" if state else self.said(entry, entry.said, unit=False)
        ranked = self.rank(entry) if entry.standing else self._alike(entry)
        whole = self._whole(entry)
        return IndicatorRow(
            name=indicator.name[self.lang],
            unit=indicator.unit[self.lang],
            href=self.href(entry),
            figure=figure,
            long=said.category is not None or entry.said.distribution is not None,
            estimated=Mark.ESTIMATED in said.marks,
            note=self._coverage(entry.said),
            state=speak(self.lang, f"region.state.{state.value}", level=self.own_word) if state else "",
            swatch=Swatch.of_state(state) if state else None,
            spark=None if state else spark([each.figure for each in entry.series.values()]),
            strip=None if state else strip(entry.spread, said.figure, self._mark(entry)),
            rank=ranked,
            whole=whole,
            period=self.period(entry),
            brief=", ".join(
                filter(None, (self.rank(entry, brief=True) or ranked, whole and f"{self.holder_brief} {whole}"))
            ),
        )

    def href(self, entry: Entry) -> str:
        """The map of an indicator with the region chosen."""
        asked = {"region": self.portrait.code, "level": self.level(entry), "lang": self.lang}
        return address(f"/maps/{entry.layer.id}", period=self.asked_period(entry), **asked)

    def asked_period(self, entry: Entry) -> str | None:
        """The period as an address has it; None where it is the map's usual one."""
        return None if entry.period == entry.layer.latest else entry.period.text

    def level(self, entry: Entry) -> str | None:
        """The region's level as an address has it; None where it is the map's usual one."""
        return None if self.portrait.level is entry.layer.levels[0] else self.portrait.level.slug

    def period(self, entry: Entry) -> str:
        """The period in words."""
        return dates.period(self.lang, entry.period)

    def said(self, entry: Entry, said: Said, unit: bool = True) -> str:
        """A figure, a category or a distribution in words; zero has no decimals."""
        indicator = entry.layer.indicator
        if said.distribution is not None:
            parts = sorted(said.distribution.items(), key=lambda each: -each[1])
            return ", ".join(
                f"{numbers.figure(self.lang, n, 0)}\u00a0{indicator.category(slug).name[self.lang]}"
                for slug, n in parts
                if n
            )
        if said.observation.figure == 0 and not unit:
            return numbers.figure(self.lang, 0, 0)
        return words.figure(self.lang, indicator, said.observation, unit=unit)

    def _whole(self, entry: Entry) -> str:
        whole = entry.whole
        if whole is None or whole.observation.figure is None:
            return ""
        return words.plain(self.lang, entry.layer.indicator, whole.observation.figure)

    def _mark(self, entry: Entry) -> float | None:
        """Where the upper region's own figure stands; amounts of a whole are no measure of a part."""
        whole = entry.whole.observation.figure if entry.whole else None
        return None if entry.layer.indicator.kind.is_amount else whole

    def _coverage(self, said: Said) -> str:
        if said.known is None or said.total is None or said.known >= said.total or not said.known:
            return ""
        return speak(self.lang, "region.coverage", known=numbers.figure(self.lang, said.known, 0),
                     total=numbers.figure(self.lang, said.total, 0))  # fmt: skip

    def rank(self, entry: Entry, brief: bool = False) -> str:
        """The rank in words, where there is one; without those that share it when ``brief``."""
        own, figure = entry.standing, entry.said.observation.figure
        if own is None or own.known < 2:
            return ""
        said = {"rank": numbers.figure(self.lang, own.rank, 0), "known": numbers.figure(self.lang, own.known, 0),
                "others": numbers.figure(self.lang, own.tied, 0)}  # fmt: skip
        if own.tied == own.known - 1:
            return speak(self.lang, "region.rank.same", **said)
        if own.tied and (figure == 0 or not brief):
            return speak(self.lang, "region.rank.zero" if figure == 0 else "region.rank.tied", **said)
        if own.rank in (1, own.known) and not own.tied:
            return speak(self.lang, "region.rank.highest" if own.rank == 1 else "region.rank.lowest", **said)
        return speak(self.lang, "region.rank", **said)

    def _alike(self, entry: Entry) -> str:
        if entry.alike is None:
            return ""
        same, known = (numbers.figure(self.lang, each, 0) for each in entry.alike)
        return speak(self.lang, "region.alike", same=same, known=known)


def kinds_of(kinds: Iterable[str]) -> frozenset[str]:
    """Kinds as words have them: a desa adat is a desa."""
    return frozenset("desa" if each == "desa_adat" else each for each in kinds)
