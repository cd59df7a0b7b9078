"""Figures of codes that ended, led through the lineage to the regions of the edition; what is lost there is told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from geoapp.domain.aggregates import Member, aggregate
from geoapp.domain.findings import Finding, Place, Weight
from geoapp.domain.indicators import Aggregation, Indicator
from geoapp.domain.lineage import Change
from geoapp.domain.observations import MISSING, Observation
from geoapp.domain.passing import Rule, Way, passed
from geoapp.domain.periods import Period, days
from geoapp.releases.checking.gather import Figures, Gathered, Owned, Told
from geoapp.releases.matching.target import Target
from geoapp.releases.options import Options
from geoapp.releases.report import Fate, RowFate, led

_WEIGHTS = {Way.CARRIED: Weight.NOTE, Way.SUMMED: Weight.NOTE}

_Key = tuple[str, Period]
"""Indicator and period."""


class Passing(NamedTuple):
    """What became of the figures of one indicator and period in one change, by one way."""

    key: _Key
    change: Change
    way: Way
    olds: tuple[str, ...]
    news: tuple[str, ...]


@dataclass
class Through:
    """One table's way through the lineage of its edition; ``found`` is empty where no code has changed.

    What a region that was ``asked`` for shares with others stays with it; theirs is left out.
    """

    done: Gathered
    target: Target
    asked: frozenset[str]
    indicators: Mapping[str, Indicator]
    options: Options
    found: list[Passing] = field(default_factory=list)
    _origins: dict[_Key, dict[str, frozenset[str]]] = field(default_factory=dict)
    """By key, the table's codes whose figures stand in a code now."""
    _ways: dict[_Key, dict[str, Way]] = field(default_factory=dict)
    """By key, the last way that a code of the table went."""
    _lost: dict[_Key, dict[str, Way]] = field(default_factory=dict)
    """By key, the codes that have no figure since it was lost on this way."""

    def lead(self, figures: Figures) -> None:
        """Put the figures of today's regions in place of those of regions before them, and settle the rows' fates."""
        owned = self.done.owned
        for change in self.target.past.changes:
            # all of one change are led on before any is put in place: rates need the weights of the same codes
            made = {key: self._led(change, key, told) for key, told in owned.items() if self._spoken(change, key, told)}
            for key, heirs in made.items():
                for code in change.olds:
                    owned[key].pop(code, None)
                owned[key].update(heirs)
        for key, its in self._origins.items():
            for code in its.keys() - self.asked:
                del owned[key][code]
        if self.found:
            self._settle(figures)

    def _spoken(self, change: Change, key: _Key, told: Mapping[str, Told]) -> bool:
        """Whether what is told is told of the regions before the change."""
        if not any(code in told for code in change.olds):
            return False
        last = date.max if self.options.backcast else days(key[1])[1]
        return change.spoken(told, _known(change, told), last)

    def _led(self, change: Change, key: _Key, told: Mapping[str, Told]) -> dict[str, Told]:
        """What is told of the codes after the change."""
        before = {code: told[code][0] for code in change.olds if code in told}
        origins, lost = self._origins.setdefault(key, {}), self._lost.setdefault(key, {})
        sources = {code: origins.pop(code, frozenset({code})) for code in before}
        ended = {code: lost.pop(code) for code in before if code in lost}
        heirs: dict[str, Told] = {}
        own = _known(change, told)
        ways: dict[Way, tuple[set[str], set[str]]] = {}
        for new, each in passed(change, before, self._rule(key, before)).items():
            way = Way.BESIDE if new in own else ended.get(each.olds[0], each.way) if each.carried else each.way
            behind = frozenset(code for old in each.olds for code in sources[old])
            if new not in own:
                heirs[new] = (each.observation, None if way.lost else told[each.olds[0]][1])
                origins[new] = behind
                if way.lost:
                    lost[new] = way
            if not _same_code(change, new, each.olds):
                self._ways.setdefault(key, {}).update(dict.fromkeys(behind, way))
                olds, news = ways.setdefault(way, (set(), set()))
                olds.update(each.olds)
                news.add(new)
        for way, (olds, news) in ways.items():
            self.found.append(Passing(key, change, way, tuple(sorted(olds)), tuple(sorted(news))))
        return heirs

    def _rule(self, key: _Key, told: Mapping[str, Observation]) -> Rule:
        indicator, period = self.indicators[key[0]], key[1]
        divides = self.options.split_by_share and indicator.kind.is_amount
        return Rule(
            lambda olds: _merged(indicator, period, [(old, told[old]) for old in olds], self.done.owned),
            divides and indicator.aggregation is Aggregation.SUM,
        )

    # ── the fates of rows ──────────────────────────────────────────────────────────────────────────────────────

    def _settle(self, figures: Figures) -> None:
        """Refuse the rows of which no figure came through."""
        kept = {
            key: {code for new, behind in its.items() if new not in self._lost[key] for code in behind}
            for key, its in self._origins.items()
        }
        news: dict[str, set[str]] = {}
        for each in self.found:
            for old in each.olds:
                news.setdefault(old, set()).update(each.news)
        for index, code in enumerate(figures.placed):
            fate = self.done.fates.get(index)
            if code not in news or fate is None or fate.fate is not Fate.JOINED:
                continue
            ways = list(self._row_ways(figures, index, code, kept))
            lost = [way for way in ways if way is not None and way.lost]
            if lost and len(lost) == len(ways):
                values = {"code": code, "news": ", ".join(sorted(news[code]))}
                self.done.fates[index] = RowFate(fate.line, Fate.REFUSED, f"row.lineage_{lost[0].value}", values)

    def _row_ways(self, figures: Figures, index: int, code: str, kept: Mapping[_Key, set[str]]) -> Iterable[Way | None]:
        """How every figure of a row went; None for one that stands where it stood."""
        own = figures.periods[index] if figures.periods is not None else None
        for series in figures.series:
            period = series.period or (own.period if own else None)
            if period is None:
                continue
            key = (series.indicator.slug, period)
            way = self._ways.get(key, {}).get(code)
            if way is not None:
                yield Way.CARRIED if code in kept[key] else way
            elif code in self.done.owned.get(key, {}):
                yield None

    # ── what is told ───────────────────────────────────────────────────────────────────────────────────────────

    def account(self) -> tuple[Mapping[str, Any], ...]:
        """The JSON form: which figures came by which way; kept with the report and told beside the map."""
        periods: dict[tuple[Any, ...], list[str]] = {}
        for (slug, period), *way in self.found:
            periods.setdefault((slug, *way), []).append(period.text)
        return tuple(
            {
                "indicator": slug,
                "periods": sorted(its),
                "way": way.value,
                "kind": change.kind.value,
                "since": change.since.isoformat(),
                "act": change.act,
                "olds": list(olds),
                "news": {new: self.target.name_of(new) for new in news},
            }
            for (slug, change, way, olds, news), its in periods.items()
        )

    def findings(self, place: Place, lines: Mapping[str, int]) -> Iterable[Finding]:
        """A finding for every way, with its first examples; ``lines`` gives the first row of a code of the table."""
        told = self.account()
        for way in Way:
            mine = [each for each in told if each["way"] == way.value]
            if mine:
                first = min((lines[old] for each in mine for old in each["olds"] if old in lines), default=None)
                periods = ", ".join(sorted({period for each in mine for period in each["periods"]}))
                weight = _WEIGHTS.get(way, Weight.WARN)
                values = {**led(mine), "periods": periods}
                yield Finding(weight, f"lineage.way.{way.value}", values, Place(place.file, place.sheet, first))


def _known(change: Change, told: Mapping[str, Told]) -> frozenset[str]:
    """The codes that began with a change and have a figure of their own."""
    return frozenset(code for code in change.fresh if code in told and told[code][0].known)


def _same_code(change: Change, new: str, olds: tuple[str, ...]) -> bool:
    """Whether nothing happened but another name."""
    return olds == (new,) and new not in change.parted


def _merged(
    indicator: Indicator, period: Period, told: Sequence[tuple[str, Observation]], owned: Owned
) -> Observation | None:
    """The figure of regions that became one; None where the indicator's rule makes none of what is there."""
    parts = indicator.parts
    if indicator.aggregation not in (Aggregation.SUM, Aggregation.RECOMPUTE) or (parts is not None and parts.growth):
        return None
    above = owned.get((parts.numerator, period), {}) if parts else {}
    below = owned.get((parts.denominator, period), {}) if parts else {}
    members = [
        Member(said, above.get(old, (MISSING,))[0].figure, below.get(old, (MISSING,))[0].figure) for old, said in told
    ]
    if indicator.aggregation is Aggregation.RECOMPUTE and any(each.denominator is None for each in members):
        return None
    made = aggregate(indicator, members)
    return Observation(figure=made.figure, marks=made.marks) if made and made.figure is not None else None
