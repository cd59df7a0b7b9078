"""What is said beside a picture of a map: headline, finding, alternative text, caption; all from its figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from geoapp.atlas import words
from geoapp.atlas.page import MapPage
from geoapp.atlas.ranking import Standings, standings
from geoapp.domain.changes import Change
from geoapp.domain.regions import Region
from geoapp.domain.words import Language
from geoapp.i18n import dates, numbers, speak
from geoapp.layers.plan import LegendRow

_SHOWN = {"circles": "caption.alt.circles", "category": "caption.alt.category"}


@dataclass(frozen=True)
class Telling:
    """A view put into words: a map in a language, the region chosen and the one beside it, if any."""

    page: MapPage
    language: Language
    chosen: Region | None = None
    compared: Region | None = None

    @property
    def title(self) -> str:
        """The map's title sentence."""
        return words.title(self.page, self.language)

    @cached_property
    def headline(self) -> str:
        """A finding about the chosen region: ``Kepadatan penduduk di Kasin, 2010: 12.754 jiwa/km²``; else the title.

        Of two regions it names both with their figures.
        """
        if self.chosen is None:
            return self.title
        said = {
            "indicator": self.indicator,
            "period": self.period,
            "name": words.region_name(self.chosen),
            "figure": self._figure(self.chosen),
        }
        if self.compared is None:
            return self._say("caption.headline", **said)
        others = {"other": words.region_name(self.compared), "others": self._figure(self.compared)}
        return self._say("caption.headline_two", **said, **others)

    @cached_property
    def place(self) -> str:
        """Where the chosen region lies: ``Kecamatan Cinangka, Kabupaten Serang``; empty without one."""
        if self.chosen is None:
            return ""
        above = self.page.ancestors.get(self.chosen.parent) if self.chosen.parent else None
        parts = [words.region_name(above)] if above else []
        return ", ".join(dict.fromkeys([*parts, self.page.layer.edition.area]))

    @cached_property
    def heading(self) -> str:
        """What the legend measures, with unit and period: ``Kepadatan penduduk per kelurahan, 2010 (jiwa/km²)``."""
        said = self._say("caption.heading", indicator=self.indicator, level=self.word(), period=self.period)
        unit = self.page.layer.indicator.unit[self.language]
        return f"{said} ({unit})" if unit else said

    @property
    def measure(self) -> str:
        """The legend's shorter heading, where the headline has said the rest: ``Jiwa/km², 2010``."""
        said = self.page.layer.indicator.unit[self.language] or self._say("caption.values")
        return f"{said[:1].upper()}{said[1:]}, {self.period}"

    def word(self, n: int = 1) -> str:
        """What ``n`` of the regions are called."""
        return words.level_word(self.language, self.page.level, self._kinds, n)

    def row(self, row: LegendRow) -> str:
        """A row of the legend with its count: ``28 desa, di atas 0,75 s.d. 0,80``."""
        label = words.legend_label(self.language, self.page.layer.indicator, row)
        if row.kind == "circle":
            return label
        count = numbers.figure(self.language, row.count, 0)
        return self._say("legend.row", count=count, level=self.word(row.count), label=label)

    @cached_property
    def _kinds(self) -> frozenset[str]:
        return words.kinds(self.page.shown_regions)

    @property
    def coverage(self) -> str:
        """How many regions have a figure."""
        return words.coverage(self.page, self.language)

    @cached_property
    def finding(self) -> tuple[str, ...]:
        """One to three sentences under the headline."""
        return tuple(self._finding())

    @cached_property
    def alt(self) -> str:
        """What somebody hears who does not see the picture: title, finding, every class with its count, coverage."""
        rows = [self.row(each) for each in self.page.plan.legend]
        about = [f"{self.headline}."] if self.chosen else []
        ends = self._ends() if not self.chosen and self.page.plan.kind != "category" else ()
        shown = self._say(_SHOWN.get(self.page.plan.kind, "caption.alt.classes"), title=self.title)
        classes = [self._say("caption.classes", rows="; ".join(rows))] if rows else []
        return " ".join([shown, *about, *dict.fromkeys([*ends, *self.finding]), *classes, self.coverage])

    @cached_property
    def caption(self) -> str:
        """The text to stand with the picture in an article or a message: headline, finding, coverage, sources."""
        head = [f"{self.headline}."] if self.chosen is None else [f"{self.headline}.", f"{self.heading}."]
        return " ".join([*head, *self.finding, self.coverage, self.sources])

    @cached_property
    def sources(self) -> str:
        """Where figures, lines and what lies around come from, and whether the lines are fixed."""
        layer = self.page.layer
        said = self._say(
            "picture.sources",
            source=layer.indicator.source[self.language].rstrip("."),
            attribution=layer.edition.attribution[self.language].rstrip("."),
            status=self._say(f"picture.boundaries.{layer.edition.status.value}"),
            rights=layer.edition.rights.rstrip("."),
        )
        return " ".join(filter(None, (said, words.around(layer, self.language))))

    @cached_property
    def period(self) -> str:
        """The period in words; of a change both ends."""
        indicator = self.page.layer.indicator
        if isinstance(indicator, Change):
            return words.span(self.language, indicator.since, self.page.period)
        return dates.period(self.language, self.page.period)

    @property
    def indicator(self) -> str:
        """The indicator's name."""
        return self.page.layer.indicator.name[self.language]

    @cached_property
    def _standings(self) -> Standings:
        return standings(self.page)

    def _finding(self) -> Iterator[str]:
        if self.chosen is not None:
            yield from self._ranks(self.chosen)
        elif self.page.plan.kind == "category":
            yield from self._commonest()
        else:
            yield from list(self._ends())[:1]
        yield from self._whole()

    def _ranks(self, chosen: Region) -> Iterator[str]:
        """The rank of the chosen region, and how far the other one is from it."""
        own = self._standings.of(chosen)
        if own is not None and own.rank is not None:
            known = len(self._standings.ranked)
            said = {
                "rank": numbers.figure(self.language, own.rank, 0),
                "known": numbers.figure(self.language, known, 0),
                "level": self.word(known),
            }
            tied = {"others": numbers.figure(self.language, own.tied, 0)} if own.tied else {}
            yield self._say("reading.rank.tied" if own.tied else "reading.rank", **said, **tied)
        first, second = (
            self.page.observations[each.number - 1].figure if each else None for each in (chosen, self.compared)
        )
        if first is not None and second is not None:
            indicator = self.page.layer.indicator
            apart = numbers.figure(self.language, abs(first - second), indicator.decimals)
            yield self._say("caption.apart", difference=apart)

    def _ends(self) -> Iterator[str]:
        """The highest and the lowest region; one name and a count where several share the place."""
        ranked = self._standings.ranked
        if not ranked:
            return
        first, last = ranked[0], ranked[-1]
        ends = [("caption.highest", "caption.highest_tied", first), ("caption.lowest", "caption.lowest_tied", last)]
        for alone, together, end in ends[: 1 if last.observation.figure == first.observation.figure else 2]:
            said = {"name": words.region_name(end.region), "figure": self._figure(end.region)}
            tied = {"n": end.tied, "others": numbers.figure(self.language, end.tied, 0)} if end.tied else {}
            yield self._say(together if end.tied else alone, **said, **tied)

    def _commonest(self) -> Iterator[str]:
        rows = [row for row in self.page.plan.legend if row.kind == "category" and row.count]
        if rows:
            row = max(rows, key=lambda each: each.count)
            yield self._say("caption.commonest", row=self.row(row))

    def _whole(self) -> Iterator[str]:
        whole = self.page.whole
        if whole is not None and whole.figure is not None:
            figure = words.with_unit(self.language, self.page.layer.indicator, whole.figure)
            yield self._say("caption.whole", area=words.area_name(self.page), figure=figure)

    def _figure(self, region: Region) -> str:
        said = self.page.observations[region.number - 1]
        return words.figure(self.language, self.page.layer.indicator, said)

    def _say(self, message: str, /, **values: object) -> str:
        return speak(self.language, message, **values)
