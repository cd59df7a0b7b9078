"""Which regions a table leaves out, by their parents, and of which places the codes are not there at all."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from geoapp.domain.codes import LENGTHS, canonical
from geoapp.domain.findings import Finding, Place, Weight
from geoapp.domain.levels import Level
from geoapp.domain.periods import Period
from geoapp.releases.checking.gather import Owned
from geoapp.releases.matching.target import Target
from geoapp.releases.report import RowFate

_MANY = 60
"""More parents than this are told by the level above them."""
_SHOWN = 8
_NOT_THERE = {
    "row.unknown_code": "check.unknown_code",
    "row.outside": "check.outside",
    "row.outside_area": "check.outside_area",
    "row.outside_set": "check.outside_set",
}


class ParentCount(NamedTuple):
    """How many regions of one upper region have a figure, of those that are asked."""

    code: str
    name: str
    asked: int
    figure: int


class Coverage(NamedTuple):
    """The upper regions of one level, for the newest period of an indicator."""

    indicator: str
    period: str
    level: str
    parents: tuple[ParentCount, ...]

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {**self._asdict(), "parents": [each._asdict() for each in self.parents]}


def coverage(owned: Owned, target: Target, asked: Sequence[str]) -> tuple[Coverage, ...]:
    """Count the figures of every indicator's newest period by the parents of the asked regions."""
    level, parents = _parents(target, asked)
    if level is None:
        return ()
    total = Counter(parents.values())
    newest: dict[str, Period] = {}
    for slug, period in owned:
        newest[slug] = max(period, newest.get(slug, period))
    found = []
    for slug, period in newest.items():
        said = owned[slug, period]
        known = Counter(parents[code] for code, (each, _) in said.items() if each.known and code in parents)
        counts = tuple(ParentCount(code, target.name_of(code), n, known[code]) for code, n in sorted(total.items()))
        found.append(Coverage(slug, period.text, level.slug, counts))
    return tuple(found)


def incomplete(covered: Iterable[Coverage], place: Place) -> Iterable[Finding]:
    """One note for each different set of parents that have no figure for some of their regions."""
    told: dict[tuple[ParentCount, ...], list[Coverage]] = {}
    for each in covered:
        gaps = tuple(parent for parent in each.parents if 0 < parent.figure < parent.asked)
        if gaps:
            told.setdefault(gaps, []).append(each)
    for gaps, alike in told.items():
        worst = sorted(gaps, key=lambda parent: (parent.figure - parent.asked, parent.code))[:_SHOWN]
        parents = [
            {"message": "check.parent", "values": {"name": each.name, "known": each.figure, "total": each.asked}}
            for each in worst
        ]
        values = {"n": len(gaps), "level": alike[0].level, "parents": parents, "indicators": _slugs(alike)}
        yield Finding(Weight.NOTE, "check.incomplete", values, place)


def not_there(rows: Iterable[RowFate], target: Target, names: Mapping[str, str], place: Place) -> Iterable[Finding]:
    """The rows whose codes the asked area does not have, counted by province, regency or district."""
    for reason, message in _NOT_THERE.items():
        codes = [str(row.values.get("code", "")) for row in rows if row.reason == reason]
        if codes:
            level, counted = _by_upper(codes, target)
            places = [
                {"message": "check.place_rows", "values": {"name": _name(code, target, names), "n": n}}
                for code, n in counted.most_common()
            ]
            values = {"n": len(codes), "places": places, "level": level.slug, "edition": target.edition.id}
            yield Finding(Weight.WARN, message, values, place)


def _parents(target: Target, asked: Sequence[str]) -> tuple[Level | None, Mapping[str, str]]:
    """The finest upper level that has not too many regions, and the region of it that holds each code."""
    found: tuple[Level | None, Mapping[str, str]] = (None, {})
    for level in (level for level in (Level.PROVINCE, Level.REGENCY, Level.DISTRICT) if level < target.at):
        parents = {code: upper for code in asked if (upper := target.upper(code, level)) is not None}
        different = len(set(parents.values()))
        if found[0] is not None and different > _MANY:
            break
        if different > 1:
            found = (level, parents)
    return found


def _by_upper(codes: Sequence[str], target: Target) -> tuple[Level, Counter[str]]:
    """Codes counted by province; in an edition of one province by regency, and so on down."""
    system = target.edition.code_system
    whole = [canonical(system, code) or code for code in codes]
    for level in (Level.PROVINCE, Level.REGENCY, Level.DISTRICT):
        width = LENGTHS[system][level - 1]
        counted = Counter(code[:width] if code[:1].isdigit() else code for code in whole)
        if len(counted) > 1 or len({code[:width] for code in target.regions}) > 1:
            return level, counted
    return level, counted


def _name(code: str, target: Target, names: Mapping[str, str]) -> str:
    known = target.name_of(code)
    return known if known != code else names.get(code, code)


def _slugs(covered: Iterable[Coverage]) -> str:
    return ", ".join(dict.fromkeys(each.indicator for each in covered))
