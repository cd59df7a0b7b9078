"""Codes by names: for a file without codes, which official village each feature may be; a person says yes or no."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from geoapp.domain.codes import CodeSystem, canonical
from geoapp.domain.findings import Finding, Place, Weight
from geoapp.domain.levels import Level
from geoapp.domain.names import normalise
from geoapp.domain.numbered_names import without_numbers
from geoapp.domain.place_names import Found, Verdict
from geoapp.editions.below import attach
from geoapp.editions.draft import Draft, Step
from geoapp.editions.parents import Official
from geoapp.editions.suggestions import Suggestion
from geoapp.errors import Question, Refused

_ELSEWHERE = 88
"""The score of a name that is equal, but in another district of the regency."""
_NO_DISTRICT = 98
"""The score of an equal name where the file names no district."""
_BENT = 97
"""The most a name can score whose district is spelled otherwise."""


def name(draft: Draft) -> Step:
    """Codes for a file that has none, as a person accepted them; below the village, each region's village.

    Raises
    ------
    Refused
        Without an official list there is nothing to find names in.
    Question
        ``--parent`` where nothing says in which regency to look.
    BadRequest
        If a parent that was asked for does not exist.
    """
    if draft.level > Level.VILLAGE:
        return attach(draft)
    if draft.system is not None:
        return draft, ()
    official = _official(draft)
    names = list(draft.frame["name"])
    search = _Search(official, _parents(draft, official), without_numbers(names) or names)
    found = search.all(draft)
    return _decided(replace(draft, system=official.system, suggestions=tuple(found.values())), search, found)


def _official(draft: Draft) -> Official:
    """The list to look in: the one a person asked for, else that of Home Affairs, else the other."""
    order = [draft.asked.system] if draft.asked.system else [CodeSystem.KEMENDAGRI, CodeSystem.BPS]
    for system in order:
        if names := draft.official.get(system):
            return Official(system, names)
    columns = [each for each in draft.frame.columns if each.startswith("name")]
    raise Refused("error.names_need_list", file=draft.file.name, columns=", ".join(columns))


def _parents(draft: Draft, official: Official) -> list[list[str]]:
    """The regencies of each row."""
    if draft.asked.parents:
        asked = [code for each in draft.asked.parents for code in official.named(each)]
        return [asked] * len(draft.frame)
    said = [
        draft.frame[column] if column in draft.frame else [""] * len(draft.frame)
        for column in ("name_regency", "name_province")
    ]
    known: dict[tuple[str, str], list[str]] = {}
    for pair in set(zip(*said, strict=True)):
        known[pair] = official.regencies(*pair) if pair[0] else []
    if not any(known.values()):
        raise Question("question.parent", "--parent", file=draft.file.name, n=len(draft.frame))
    every = sorted({code for each in known.values() for code in each})
    return [known[pair] or (every if not pair[0] else []) for pair in zip(*said, strict=True)]


@dataclass
class _Search:
    """The search for the rows of one file; ``unfound`` says of each row without a suggestion why."""

    official: Official
    parents: Sequence[Sequence[str]]
    names: Sequence[str]
    unfound: dict[int, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    districts: dict[int, str] = field(default_factory=dict)

    @property
    def places(self) -> str:
        """The regencies looked in, in words."""
        codes = sorted({code for each in self.parents for code in each})
        said = ", ".join(f"{code} {self.official.names[code]}" for code in codes[:5])
        return f"{said} …" if len(codes) > 5 else said

    def all(self, draft: Draft) -> dict[int, Suggestion]:
        """A suggestion for every row that has one: equal names first, then near ones that nobody has taken."""
        frame = draft.frame
        districts = frame["name_district"] if "name_district" in frame else [""] * len(frame)
        rows = list(zip(frame.index.tolist(), self.names, districts, self.parents, strict=True))
        self.districts = dict(zip(frame.index.tolist(), districts, strict=True))
        found: dict[int, Suggestion] = {}
        for row, name, district, parents in rows:
            if each := self._equal(row, name, district, parents):
                found[row] = each
        taken = {each.code for each in found.values()}
        for row, name, district, parents in rows:
            if (
                row not in found
                and row not in self.unfound
                and (each := self._near(row, name, district, parents, taken))
            ):
                found[row] = each
        return self._one_each(found)

    def _equal(self, row: int, name: str, district: str, parents: Sequence[str]) -> Suggestion | None:
        if not name:
            self.unfound[row] = ("finding.name_absent", {})
            return None
        within, exact = self.official.within(district, parents) if district else ([], True)
        found = self._first(self.official.villages.equal, name, within)
        if found.verdict is Verdict.EQUAL:
            return self._suggest(row, name, found, 100 if exact else _BENT, "why.equal" if exact else "why.parent_near")
        wider = self._first(self.official.villages.equal, name, parents)
        if wider.verdict is Verdict.SEVERAL:
            self.unfound[row] = ("finding.name_several", {"name": name, "codes": ", ".join(wider.codes[:5])})
            return None
        if wider.verdict is Verdict.EQUAL:
            score, why = (_ELSEWHERE, "why.other_district") if district else (_NO_DISTRICT, "why.equal")
            return self._suggest(row, name, wider, score, why)
        return None

    def _near(self, row: int, name: str, district: str, parents: Sequence[str], taken: set[str]) -> Suggestion | None:
        within, exact = self.official.within(district, parents) if district else ([], True)
        villages = self.official.villages
        found = self._first(lambda said, inside: villages.near(said, inside, taken), name, within or parents)
        if found.verdict is Verdict.NEAR:
            return self._suggest(row, name, found, min(found.score, _BENT if exact else 95), found.why)
        if found.verdict is Verdict.SEVERAL:
            self.unfound[row] = ("finding.name_several", {"name": name, "codes": ", ".join(found.codes[:5])})
        else:
            self.unfound[row] = ("finding.name_unknown", {"name": name, "parent": district})
        return None

    def _first(self, search: Any, name: str, inside: Sequence[str]) -> Found:
        """The one answer of all the upper regions; several where they differ."""
        found = [each for holder in inside if (each := search(name, holder)).verdict is not Verdict.UNKNOWN]
        codes = tuple(dict.fromkeys(code for each in found for code in each.codes))
        if not codes:
            return Found(Verdict.UNKNOWN)
        best = max(found, key=lambda each: each.score)
        return best if len(codes) == 1 else Found(Verdict.SEVERAL, codes, best.score, best.why)

    def _suggest(self, row: int, name: str, found: Found, score: int, why: str) -> Suggestion:
        code = found.codes[0]
        names = self.official.names
        parent = names.get(code[: len(code) - (5 if self.official.system is CodeSystem.KEMENDAGRI else 3)], "")
        return Suggestion(row, name, parent, code, names[code], score, why)

    def _one_each(self, found: dict[int, Suggestion]) -> dict[int, Suggestion]:
        """Two places for one region: the better one stays; of two as good, none. Parts of one place may share it."""
        claims: dict[str, list[Suggestion]] = {}
        for each in found.values():
            claims.setdefault(each.code, []).append(each)
        for several in claims.values():
            best = max(each.score for each in several)
            leaders = {self._place(each) for each in several if each.score == best}
            for each in several:
                if len({*map(self._place, several)}) > 1 and (each.score < best or len(leaders) > 1):
                    del found[each.row]
                    rows = ", ".join(str(one.row + 1) for one in several[:6])
                    said = {"name": each.name, "code": each.code, "official": each.official, "rows": rows}
                    self.unfound[each.row] = ("finding.name_same_region", said)
        return found

    def _place(self, each: Suggestion) -> tuple[str, str]:
        """What a row calls its place."""
        return normalise(each.name), normalise(self.districts[each.row])


def _decided(draft: Draft, search: _Search, found: dict[int, Suggestion]) -> Step:
    """With the codes that were accepted; the question, where nothing was said yet."""
    said = list(_said(draft, search, found))
    accept = draft.asked.accept
    if accept is None:
        values = {"file": draft.file.name, "n": len(found), "of": len(draft.frame), "places": search.places}
        near = sum(each.why != "why.equal" for each in found.values())
        question = Question("question.names", "--accept-names", "--parent", **values, near=near)
        return replace(draft, question=question), tuple(said)
    rows = draft.frame.index.tolist()
    accept.refuse_stale(dict(zip(rows, draft.frame["name"], strict=True)))
    system = search.official.system
    codes = [canonical(system, accept.code_of(found.get(row), row) or "") for row in rows]
    frame = draft.frame.assign(code=codes)
    left = [row for row, code in zip(rows, codes, strict=True) if code is None]
    said.extend(_left(draft, found, left))
    kept = replace(draft, frame=frame[frame["code"].notna()], refused=(*draft.refused, *left))
    return kept, tuple(said)


def _left(draft: Draft, found: dict[int, Suggestion], left: Sequence[int]) -> Iterator[Finding]:
    for row in left:
        if row in found:
            each = found[row]
            values = {"name": each.name, "code": each.code, "official": each.official}
            yield Finding(Weight.WARN, "finding.name_not_accepted", values, Place(draft.file.name, line=row + 1))


def _said(draft: Draft, search: _Search, found: dict[int, Suggestion]) -> Iterator[Finding]:
    """What was found, and of every row that is not plainly equal, what it may be or why it is nothing."""
    equal = sum(each.why == "why.equal" for each in found.values())
    counts = {"n": len(found), "of": len(draft.frame), "equal": equal, "places": search.places}
    yield Finding(Weight.NOTE, "finding.names_found", counts, Place(draft.file.name))
    for row, each in sorted(found.items()):
        if each.why != "why.equal":
            values = {"name": each.name, "code": each.code, "official": each.official, "score": each.score}
            values["parent"] = each.parent
            yield Finding(Weight.NOTE, "finding.name_near", values, Place(draft.file.name, line=row + 1))
    for row, (message, values) in sorted(search.unfound.items()):
        yield Finding(Weight.WARN, message, values, Place(draft.file.name, line=row + 1))
