"""The regions of some hits in every edition that has them, each told as the edition has it that goes first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import Connection

from geoapp.domain.codes import LENGTHS, CodeSystem
from geoapp.domain.levels import Level
from geoapp.domain.regions import Ancestor
from geoapp.domain.search_words import key
from geoapp.store import places
from geoapp.store import search as finding


class Why(StrEnum):
    """What of a region was like the search, where it is not its name."""

    FORMER = "former"
    ALIAS = "alias"
    CODE = "code"
    OTHER_CODE = "other_code"


@dataclass(frozen=True, slots=True)
class Found:
    """A region, as the newest edition shows it that a map is of; ``above`` are its upper regions, nearest first."""

    code: str
    system: CodeSystem
    name: str
    kind: str | None
    level: Level
    edition: str
    above: tuple[Ancestor, ...]
    why: Why | None = None
    said: str = ""


class Gazetteer:
    """The regions of some hits in every edition that has them, with all that hold them: one query."""

    def __init__(self, connection: Connection, hits: Sequence[finding.Hit], edition: str | None) -> None:
        every = {start for hit in hits for start in _above(hit.code)} | {hit.code for hit in hits}
        self._known: dict[tuple[str, str], list[finding.Known]] = defaultdict(list)
        self._systems: dict[str, str] = {}
        for row in finding.known(connection, every, edition) if every else ():
            self._known[row.system, row.code].append(row)
            self._systems[row.edition] = row.system
        self._linked = self._links(connection)

    def _links(self, connection: Connection) -> set[str]:
        """BPS codes of regions that are here under their Kemendagri code as well."""
        codes: dict[str, set[str]] = {each.value: set() for each in CodeSystem}
        for system, code in self._known:
            codes[system].add(code)
        if not all(codes.values()):
            return set()
        other = places.crosswalk(connection, CodeSystem.BPS, codes["bps"])
        return {bps for bps, links in other.items() if any(x.alone and x.code in codes["kemendagri"] for x in links)}

    def at(self, system: str, code: str) -> Found | None:
        """The region of a code, as the edition has it that goes first."""
        rows = self._known.get((system, code), ())
        if not rows or (system == "bps" and code in self._linked):
            return None
        row = rows[0]
        above = [self._known[system, start][0] for start in _above(code) if (system, start) in self._known]
        return Found(
            code=row.code,
            system=CodeSystem(row.system),
            name=row.name,
            kind=row.kind,
            level=Level(row.level),
            edition=row.edition,
            above=tuple(Ancestor(each.code, each.name, Level(each.level)) for each in above),
        )

    def region(self, hit: finding.Hit) -> Found | None:
        """The region of a hit."""
        return self.at(self._systems[hit.edition], hit.code) if hit.edition in self._systems else None

    def named(self, hits: Iterable[finding.Hit]) -> list[Found]:
        """The regions of hits by name; where only another edition has that name, it is told as the former one."""
        found = []
        for hit in hits:
            region = self.region(hit)
            if region and hit.edition != region.edition and hit.key != key(region.name):
                rows = self._known[region.system.value, region.code]
                former = next(each.name for each in rows if each.edition == hit.edition)
                region = replace(region, why=Why.FORMER, said=former)
            if region:
                found.append(region)
        return found


def _above(code: str) -> list[str]:
    """The codes that may hold this one, the longest first: in both systems a code begins with them."""
    system = CodeSystem.KEMENDAGRI if "." in code[:3] else CodeSystem.BPS
    ends = {*LENGTHS[system], *(n for n, sign in enumerate(code) if sign == ".")}
    return [code[:end] for end in sorted(ends, reverse=True) if end < len(code)]
