"""What a table speaks for: the regions and periods that were asked, and why those without a row have no figure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from geoapp.domain.codes import RegionCode
from geoapp.domain.indicators import Indicator
from geoapp.domain.observations import MISSING, Observation, State
from geoapp.domain.periods import Period
from geoapp.releases.checking.gather import Gathered, Owned
from geoapp.releases.matching.match import Match
from geoapp.releases.matching.target import Target
from geoapp.releases.options import Options
from geoapp.releases.report import Fate

NOT_APPLICABLE = Observation(state=State.NOT_APPLICABLE)


class Scope(NamedTuple):
    """The periods by indicator and the regions a table speaks for.

    ``refused`` are codes that were asked and not answered in a way that can be used: their row was refused, or they
    have none; they keep what they had, and are missing where they had nothing. ``without`` is what is said of regions
    that have no row.
    """

    periods: Mapping[str, tuple[Period, ...]]
    regions: tuple[str, ...]
    refused: tuple[str, ...]
    without: tuple[tuple[str, Period, str, Observation], ...]


def applies(indicator: Indicator, code: str, target: Target) -> bool:
    """Whether the indicator can exist in a region; where its kind is not known nothing forbids it."""
    if not indicator.applies_to:
        return True
    kind = target.kinds.get(code) or RegionCode(target.edition.code_system, code).kind
    return kind is None or kind in indicator.applies_to


def impossible(indicator: Indicator, codes: Iterable[str], target: Target) -> tuple[str, ...]:
    """Those of the regions where the indicator cannot exist, in their order."""
    if not indicator.applies_to:
        return ()
    return tuple(code for code in codes if not applies(indicator, code, target))


def settle(owned: Owned, indicators: Iterable[Indicator], target: Target) -> None:
    """Turn what is missing where it cannot exist into not applicable, in place."""
    limited = {each.slug: each for each in indicators if each.applies_to}
    for (slug, _), told in owned.items():
        if slug in limited:
            for code, (said, line) in told.items():
                if said.state is State.MISSING and not applies(limited[slug], code, target):
                    told[code] = (NOT_APPLICABLE, line)


def scope_of(found: Match, indicators: Sequence[Indicator], done: Gathered, options: Options) -> Scope:
    """The scope of a gathered table.

    Where a person said that the table speaks for all, a region without a row is missing; so is one that has a row for
    another period. Where a person named the area or set, a region without a row was asked too, but keeps what another
    table brought for it: the second kelurahan's file never erases the first's. So does a region with a refused row.
    """
    target = found.target
    periods: dict[str, set[Period]] = {each.slug: set() for each in indicators}
    for slug, period in done.owned:
        periods[slug].add(period)
    refused = {str(row.values["code"]) for row in done.fates.values() if row.fate is Fate.REFUSED}
    spoken = {code for told in done.owned.values() for code in told}
    regions = tuple(code for code in found.asked if options.whole or code in spoken)
    without: list[tuple[str, Period, str, Observation]] = []
    nowhere: dict[tuple[str, ...], Mapping[str, None]] = {}
    for indicator in {each.slug: each for each in indicators}.values():
        if indicator.applies_to not in nowhere:
            nowhere[indicator.applies_to] = dict.fromkeys(impossible(indicator, found.asked, target))
        never = nowhere[indicator.applies_to]
        for period in sorted(periods[indicator.slug]):
            told = done.owned[indicator.slug, period]
            # most regions have a row, so that is asked first
            said = [code for code in regions if code not in told and code not in never and code not in refused]
            without += [(indicator.slug, period, code, MISSING) for code in said]
            silent = [code for code in never if code not in told]
            without += [(indicator.slug, period, code, NOT_APPLICABLE) for code in silent]
    if not options.whole and (options.area is not None or options.region_set is not None):
        refused.update(code for code in found.asked if code not in spoken)
    return Scope(
        {slug: tuple(sorted(its)) for slug, its in periods.items()}, regions, tuple(sorted(refused)), tuple(without)
    )
