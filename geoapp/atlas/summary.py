"""The pattern of a map in sentences, for those who cannot see it and those in a hurry; every word from the figures."""

from collections.abc import Iterable

from babel.lists import format_list

from geoapp.atlas import words
from geoapp.atlas.page import MapPage
from geoapp.atlas.pattern import Change, End, Gathering, Pattern, pattern
from geoapp.domain.words import Language
from geoapp.i18n import dates, numbers, speak


def summary(page: MapPage, language: Language, before: MapPage | None = None) -> tuple[str, ...]:
    """What the map shows, one thing a sentence; ``before`` is the same map in the first period to compare with.

    Of a map of changes nothing is said about periods: its own figures are the change.
    """
    facts = pattern(page, before)
    teller = _Teller(page, language)
    said = [
        *(teller.categories(facts) if facts.categories else teller.figures(facts)),
        *(teller.change(facts.change, before) if facts.change and before else ()),
        *teller.missing(facts),
    ]
    return tuple(said)


class _Teller:
    """One map and one language, so that every sentence is spoken alike."""

    def __init__(self, page: MapPage, language: Language) -> None:
        self.page, self.language, self.indicator = page, language, page.layer.indicator
        self.kinds = words.kinds(page.shown_regions)

    def say(self, message: str, **values: object) -> str:
        return speak(self.language, message, **values)

    def word(self, n: int = 1) -> str:
        return words.level_word(self.language, self.page.level, self.kinds, n)

    def count(self, n: int) -> str:
        return numbers.figure(self.language, n, 0)

    def figure(self, figure: float) -> str:
        return words.with_unit(self.language, self.indicator, figure)

    def pair(self, first: float, second: float) -> tuple[str, str]:
        """Two figures in one sentence, the unit said once unless it is written close to the figure."""
        said = self.figure(first)
        return (words.plain(self.language, self.indicator, first) if " " in said else said, self.figure(second))

    def listed(self, said: Iterable[str]) -> str:
        return str(format_list(list(said), locale=self.language))

    # ── figures ────────────────────────────────────────────────────────────────────────────────────────────────

    def figures(self, facts: Pattern) -> list[str]:
        """Ends, middle and where both gather."""
        if facts.highest is None or facts.lowest is None:
            return []
        if facts.highest.figure == facts.lowest.figure:
            return [self._equal(facts.highest)]
        said = [self.say("summary.range", highest=self._end(facts.highest), lowest=self._end(facts.lowest))]
        if facts.quartiles and facts.median is not None and facts.known >= 4:
            lower, upper = self.pair(*facts.quartiles)
            middle = self.figure(facts.median)
            said.append(self.say("summary.middle", median=middle, lower=lower, upper=upper, level=self.word(2)))
        return [*said, *self._gathered(facts)]

    def _equal(self, end: End) -> str:
        n = len(end.regions)
        if n == 1:
            return self.say("summary.only", name=self._place(end), figure=self.figure(end.figure))
        values = {"count": self.count(n), "level": self.word(n), "figure": self.figure(end.figure)}
        return self.say("summary.equal", **values)

    def _end(self, end: End) -> str:
        n = len(end.regions)
        values = {"count": self.count(n), "level": self.word(n), "figure": self.figure(end.figure)}
        return self.say("summary.tied" if n > 1 else "summary.end", name=self._place(end), **values)

    def _place(self, end: End) -> str:
        region = end.regions[0]
        above = self.page.ancestors.get(region.parent) if region.parent else None
        several = len({each.parent for each in self.page.shown_regions}) > 1
        return ", ".join([words.region_name(region), *([words.region_name(above)] if above and several else [])])

    def _gathered(self, facts: Pattern) -> list[str]:
        said = []
        if facts.high:
            said.append(self.say("summary.high", places=self._places(facts.high), level=self.word(2)))
        if facts.low:
            said.append(self.say("summary.low", places=self._places(facts.low), level=self.word(2)))
        parent = self._parent_word()
        return said if said or not facts.gathers or not parent else [self.say("summary.scattered", parent=parent)]

    def _parent_word(self) -> str:
        parents = {each.parent for each in self.page.shown_regions if each.parent}
        above = [self.page.ancestors[code] for code in sorted(parents & self.page.ancestors.keys())]
        return words.level_word(self.language, above[0].level, words.kinds(above)) if above else ""

    def _places(self, gatherings: Iterable[Gathering]) -> str:
        """Each place with its count; what is counted is said with the first."""
        return self.listed(self._gathering(each, first=not n) for n, each in enumerate(gatherings))

    def _gathering(self, each: Gathering, first: bool) -> str:
        above = self.page.ancestors.get(each.parent)
        name = words.region_name(above) if above else each.parent
        total = f"{self.count(each.total)} {self.word(each.total)}" if first else self.count(each.total)
        return self.say("summary.place", name=name, count=self.count(each.count), total=total)

    # ── categories ─────────────────────────────────────────────────────────────────────────────────────────────

    def categories(self, facts: Pattern) -> list[str]:
        """The commonest category, the others, and where each gathers."""
        known = sum(n for _, n in facts.categories)
        first, n = facts.categories[0]
        values = {"count": self.count(n), "known": self.count(known), "level": self.word(known)}
        said = [self.say("summary.commonest", name=self._category(first), **values)]
        if len(facts.categories) > 1:
            others = self.listed(f"{self._category(slug)} {self.count(n)}" for slug, n in facts.categories[1:])
            said.append(self.say("summary.others", others=others))
        for slug, _ in facts.categories[1:]:
            if facts.by_category[slug]:
                places = self._places(facts.by_category[slug])
                said.append(self.say("summary.category", name=self._category(slug), places=places))
        return said

    def _category(self, slug: str) -> str:
        return self.indicator.category(slug).name[self.language]

    # ── change and what is missing ─────────────────────────────────────────────────────────────────────────────

    def change(self, change: Change, before: MapPage) -> list[str]:
        """In how many it rose, fell and stayed since the first period, and where the middle went."""
        counted = [(way, n) for way, n in (("rose", change.rose), ("fell", change.fell), ("same", change.same)) if n]
        parts = [self.say(f"summary.way.{way}", count=self.count(n)) for way, n in counted]
        parts[0] = f"{parts[0]} {self.word(counted[0][1])}"
        period = dates.period(self.language, before.period)
        message = "summary.change.category" if self.indicator.categories else "summary.change"
        said = [self.say(message, period=period, parts=self.listed(parts))]
        if change.median_then is not None and change.median_now is not None:
            then, now = self.pair(change.median_then, change.median_now)
            if self.figure(change.median_then) != now:
                rose = change.median_now > change.median_then
                said.append(self.say("summary.rose" if rose else "summary.fell", then=then, now=now))
        return said

    def missing(self, facts: Pattern) -> list[str]:
        """How many have no figure, by state; nothing where all have one."""
        if not facts.states:
            return []
        every = sum(n for _, n in facts.states)
        alone = len(facts.states) == 1
        parts = [(self.say(f"state.{state.value}"), self.count(n)) for state, n in facts.states]
        said = self.listed(word if alone else f"{n} {word}" for word, n in parts)
        message = "summary.lacking.category" if self.indicator.categories else "summary.lacking"
        return [self.say(message, count=self.count(every), level=self.word(every), parts=said)]
