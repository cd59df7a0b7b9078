"""Placing rows by the names of their places within their parents: joined, suggested, ambiguous or unknown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from geoapp.domain.codes import RegionCode
from geoapp.domain.names import normalise
from geoapp.domain.place_names import LEAD, Found, Verdict
from geoapp.releases.matching.evidence import Evidence
from geoapp.releases.matching.parents import SURE, Parents, Said, Within
from geoapp.releases.matching.target import Target
from geoapp.releases.report import Fate, RowFate

_SEARCHED = 600
"""Near names are looked for among so many places at most: within a regency, not in the nation."""

_TOO_UNSURE = 90
"""Where the parent is so unsure, only equal names count."""


class Item(NamedTuple):
    """A row to be placed by name; ``key`` are its period and other dimensions: one region once in each."""

    row: int
    line: int
    name: str
    parents: Said
    key: tuple[str, ...] = ()

    @property
    def code(self) -> RegionCode | None:
        """The code of the row in the other system, if it has one."""
        return self.parents.code


class Placed(NamedTuple):
    """A row with the region it may be: joined when ``sure``, else a suggestion."""

    item: Item
    code: str
    score: int
    why: str
    sure: bool


@dataclass
class Placing:
    """The placing of one table's rows; ``by_code``: they carry codes of the other system, and no name alone joins them.

    ``placed`` and ``fates`` together hold every item once.
    """

    target: Target
    parents: Parents
    by_code: bool = False
    placed: dict[int, Placed] = field(default_factory=dict)
    fates: dict[int, RowFate] = field(default_factory=dict)
    _near: dict[tuple[Any, ...], Found] = field(default_factory=dict)

    def place(self, items: Sequence[Item]) -> None:
        """Place every item: by crosswalk, then by equal names, then by near ones that nobody has taken."""
        evidence = Evidence(self.target)
        evidence.gather((item.code, item.parents.regency, item.parents.district, item.name) for item in items)
        self.parents.evidence = evidence
        unlinked = [item for item in items if not self._by_crosswalk(item)]
        rest = [(item, within) for item, within in self._located(unlinked) if not self._by_equal(item, within)]
        taken: dict[tuple[str, ...], set[str]] = {}
        for each in self.placed.values():
            taken.setdefault(each.item.key, set()).add(each.code)
        for item, within in rest:
            self._by_near(item, within, taken.get(item.key, set()))
        self._settle()

    def _by_crosswalk(self, item: Item) -> bool:
        """Join what an official crosswalk links one to one and the name agrees with; a proposal is a suggestion."""
        link = self._link(item)
        if link is None:
            return False
        code, status = link
        if item.name and normalise(item.name) != normalise(self.target.regions[code]):
            return False
        if not self.parents.agrees(item.parents, code):
            self._put(item, code, 50, "why.parent_other", sure=False)
        elif status in ("official", "accepted"):
            self._put(item, code, 100, "why.crosswalk", sure=True)
        else:
            self._put(item, code, 100, "why.proposal", sure=False)
        return True

    def _link(self, item: Item) -> tuple[str, str] | None:
        """The one region that a crosswalk links to the row's code, with the link's status."""
        if item.code is None:
            return None
        links = [(code, status) for code, status in self.target.crosswalk.get(item.code.text, ()) if self._has(code)]
        return links[0] if len({code for code, _ in links}) == 1 else None

    def _has(self, code: str) -> bool:
        return code in self.target.regions

    def _located(self, items: Iterable[Item]) -> Iterable[tuple[Item, Within]]:
        for item in items:
            within = self.parents.of(item.parents)
            if within.outside and within.why:
                self._refuse(item, within.why, parent=item.parents.district)
            elif within.outside:
                where = item.parents.regency or item.parents.district or (item.code.text if item.code else "")
                self.fates[item.row] = RowFate(item.line, Fate.SET_ASIDE, "row.outside", {"code": where})
            elif not item.name:
                self._refuse(item, "row.no_name")
            elif not within.inside:
                self._refuse(item, "row.no_parent", name=item.name)
            else:
                yield item, within

    def _by_equal(self, item: Item, within: Within) -> bool:
        found = self._search(item, within, ())
        if found.verdict is Verdict.UNKNOWN:
            return False
        found = self._beside_link(item, found)
        if found.verdict is Verdict.SEVERAL:
            self._ambiguous(item, found)
        else:
            alias = found.why == "why.alias"
            sure = within.score == SURE and (alias or not self.by_code)
            self._put(
                item, found.codes[0], min(found.score, within.score), found.why or within.why or "why.equal", sure
            )
        return True

    def _search(self, item: Item, within: Within, without: Iterable[str], near: bool = False) -> Found:
        """The search in every upper region that may hold the place; several answers are several places."""
        gone = frozenset(without)
        key = (normalise(item.name), within.inside, near, gone)
        if key not in self._near:
            gazetteer = self.target.gazetteer
            if near:
                each = [gazetteer.near(item.name, inside, gone) for inside in within.inside]
            else:
                each = [gazetteer.equal(item.name, inside) for inside in within.inside]
            self._near[key] = _together([found for found in each if found.verdict is not Verdict.UNKNOWN])
        return self._near[key]

    def _beside_link(self, item: Item, found: Found) -> Found:
        """A name that speaks against the crosswalk's link leaves two regions to choose from."""
        link = self._link(item)
        if link is None or link[0] in found.codes:
            return found
        return Found(Verdict.SEVERAL, (*found.codes, link[0]), found.score, found.why)

    def _by_near(self, item: Item, within: Within, taken: Iterable[str]) -> None:
        found = self._nearest(item, within, taken)
        if found.verdict is Verdict.UNKNOWN:
            self._refuse(item, "row.unknown_name", name=item.name, parent=self._where(within))
        elif found.verdict is Verdict.SEVERAL:
            self._ambiguous(item, found)
        else:
            self._put(item, found.codes[0], min(found.score, within.score), found.why, sure=False)

    def _nearest(self, item: Item, within: Within, taken: Iterable[str]) -> Found:
        """The nearest name that nobody has taken; what a crosswalk links, where no name is near."""
        held = sum(len(self.target.gazetteer.held(inside)) for inside in within.inside)
        found = Found(Verdict.UNKNOWN)
        if held <= _SEARCHED and within.score > _TOO_UNSURE:
            here = {code for inside in within.inside for code in self.target.gazetteer.held(inside)}
            found = self._search(item, within, here.intersection(taken), near=True)
        link = self._link(item)
        if link is None or link[0] in taken:
            return found
        return (
            self._beside_link(item, found) if found.codes else Found(Verdict.NEAR, (link[0],), 80, "why.crosswalk_name")
        )

    def _where(self, within: Within) -> str:
        return ", ".join(self.target.name_of(code) or self.target.edition.area for code in within.inside)

    def _put(self, item: Item, code: str, score: int, why: str, sure: bool) -> None:
        self.placed[item.row] = Placed(item, code, score, why, sure)

    def _refuse(self, item: Item, reason: str, **values: Any) -> None:
        said = {**values, **({"code": item.code.text} if item.code else {})}
        self.fates[item.row] = RowFate(item.line, Fate.REFUSED, reason, said)

    def _ambiguous(self, item: Item, found: Found) -> None:
        names = "; ".join(self.described(code) for code in found.codes[:4])
        self._refuse(item, "row.ambiguous_name", name=item.name, candidates=names, n=len(found.codes))

    def described(self, code: str) -> str:
        """A region as a person tells it from others of its name: code, name and parent."""
        holders = self.target.holders(code)
        parent = self.target.name_of(holders[0]) if holders else ""
        return f"{code} {self.target.regions[code]}" + (f" ({parent})" if parent and parent != holders[0] else "")

    def _settle(self) -> None:
        """Two names that are suggested for one region: only a clear leader stays, and none beside one that is equal."""
        claims: dict[tuple[str, tuple[str, ...]], list[Placed]] = {}
        for each in self.placed.values():
            claims.setdefault((each.code, each.item.key), []).append(each)
        for several in claims.values():
            names = {normalise(each.item.name) for each in several}
            if len(names) < 2:
                continue
            best = max(each.score for each in several)
            leaders = {normalise(each.item.name) for each in several if each.score > best - LEAD}
            for each in several:
                if not each.sure and (len(leaders) > 1 or each.score <= best - LEAD):
                    del self.placed[each.item.row]
                    lines = ", ".join(str(other.item.line) for other in several[:6])
                    region = self.described(each.code)
                    self._refuse(each.item, "row.same_region", name=each.item.name, region=region, lines=lines)


def _together(found: Sequence[Found]) -> Found:
    codes = tuple(dict.fromkeys(code for each in found for code in each.codes))
    if not codes:
        return Found(Verdict.UNKNOWN)
    best = max(found, key=lambda each: each.score)
    return best if len(codes) == 1 else Found(Verdict.SEVERAL, codes, best.score, best.why)


def suggestion(placed: Placed, target: Target) -> RowFate:
    """The fate of a row that waits for a person's yes."""
    holders = target.holders(placed.code)
    values: Mapping[str, Any] = {
        "code": placed.code,
        "name": placed.item.name or (placed.item.code.text if placed.item.code else ""),
        "official": target.regions[placed.code],
        "parent": target.name_of(holders[0]) if holders else "",
        "score": placed.score,
        "why": placed.why,
        "edition": target.edition.id,
    }
    return RowFate(placed.item.line, Fate.SUGGESTED, "row.suggested", values)
