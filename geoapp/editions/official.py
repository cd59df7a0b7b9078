"""Checking codes and names with the official list: unknown, moved, renamed, and villages without a polygon."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from geoapp.domain.codes import LENGTHS, CodeSystem, RegionCode
from geoapp.domain.findings import Finding, Place, Weight
from geoapp.domain.levels import Level
from geoapp.domain.names import normalise
from geoapp.domain.place_names import alike
from geoapp.domain.upper_names import bare
from geoapp.editions.draft import Draft
from geoapp.errors import Question

MANY = 0.2
"""The share of codes unknown to the list from which on a person must say that they are right."""
_FEW_AGREE = 0.5
"""The share of names that must be like the list's, lest the codes are those of other places."""
_ENOUGH = 10
"""So many names tell."""
_HERE = 0.5
"""A regency with this share of its villages in the file is meant as a whole."""
_LISTED = 60


def check(draft: Draft) -> tuple[list[int], list[Finding], Question | None]:
    """The rows whose codes no list has, what is said of the codes, and the question if a person must believe them."""
    assert draft.system is not None, "codes come first"
    official = draft.official.get(draft.system, {})
    if draft.level > Level.VILLAGE:
        return [], [], None
    if not official:
        said = [Finding(Weight.NOTE, "finding.no_list", {"system": draft.system.value}, Place(draft.file.name))]
        return [], said, _unchecked(draft)
    unknown = [row for row, code in draft.frame["code"].items() if code not in official]
    disagree, other = _names(draft, official)
    said = [*_unknown(draft, unknown, official), *disagree, *_other(draft, other)]
    said.extend(_elsewhere(draft, official))
    said.extend(_missing(draft, official))
    return unknown, said, _doubt(draft, unknown, len(disagree), official)


def _unchecked(draft: Draft) -> Question | None:
    """Codes of a source that is known for old ones are not believed unseen."""
    assert draft.profile is not None, "recognise comes before"
    if not draft.profile.checked or draft.asked.unknown:
        return None
    return Question("question.codes_old", "--trust-codes", file=draft.file.name, source=draft.profile.slug)


def _doubt(draft: Draft, unknown: list[int], disagree: int, official: Mapping[str, str]) -> Question | None:
    assert draft.profile is not None, "recognise comes before"
    codes = draft.frame["code"]
    if draft.asked.unknown or draft.suggestions:
        return None
    trusted = draft.profile.sure and not draft.profile.checked
    if unknown and not trusted and (len(unknown) > MANY * len(codes) or draft.profile.checked):
        if draft.asked.partial and len(unknown) < len(codes):
            return None
        values = {"file": draft.file.name, "n": len(unknown), "of": len(codes), "codes": _some(codes[unknown])}
        return Question("question.codes_unknown", "--trust-codes", "--partial", **values)
    named = [code for code, name in zip(codes, draft.frame["name"], strict=True) if name and code in official]
    if len(named) >= _ENOUGH and disagree > (1 - _FEW_AGREE) * len(named):
        values = {"file": draft.file.name, "n": disagree, "of": len(named)}
        return Question("question.names_disagree", "--trust-codes", "--system", **values)
    return None


def _names(draft: Draft, official: Mapping[str, str]) -> tuple[list[Finding], list[str]]:
    """A finding for each region that the list calls quite otherwise, and the codes of those spelled otherwise."""
    said, other = [], []
    for row, code, name in zip(draft.frame.index, draft.frame["code"], draft.frame["name"], strict=True):
        listed = official.get(code)
        if not listed or not name or normalise(listed) == normalise(name):
            continue
        if alike(name, listed):
            other.append(code)
        else:
            values = {"code": code, "name": name, "official": listed}
            said.append(Finding(Weight.WARN, "finding.renamed", values, Place(draft.file.name, line=row + 1)))
    return said, other


def _other(draft: Draft, other: list[str]) -> Iterator[Finding]:
    if other:
        values = {"n": len(other), "codes": _some(other)}
        yield Finding(Weight.NOTE, "finding.other_names", values, Place(draft.file.name))


def _unknown(draft: Draft, unknown: list[int], official: Mapping[str, str]) -> Iterator[Finding]:
    """Each unknown code, with the code of today where the regency has one village of its name."""
    assert draft.system is not None, "codes come first"
    named = _by_name(draft.system, official) if unknown else {}
    present = set(draft.frame["code"])
    for row in unknown:
        code, name = draft.frame.at[row, "code"], draft.frame.at[row, "name"]
        values = {"code": code, "name": name}
        now = named.get((_regency(draft.system, code), normalise(name)), []) if name else []
        free = [each for each in now if each not in present]
        message = "finding.code_unknown"
        if len(free) == 1:
            message, values = "finding.code_moved", {**values, "now": free[0], "official": official[free[0]]}
        yield Finding(Weight.WARN, message, values, Place(draft.file.name, line=row + 1))


def _elsewhere(draft: Draft, official: Mapping[str, str]) -> Iterator[Finding]:
    """Each region whose code is of another regency than the one its row names."""
    assert draft.system is not None, "codes come first"
    if "name_regency" not in draft.frame:
        return
    columns = (draft.frame.index, draft.frame["code"], draft.frame["name"], draft.frame["name_regency"])
    for row, code, name, said in zip(*columns, strict=True):
        regency = _regency(draft.system, code)
        listed = official.get(regency)
        if listed and said and bare(listed) != bare(said) and not alike(bare(listed), bare(said)):
            values = {"code": code, "name": name, "official": f"{regency} {listed}", "said": said}
            yield Finding(Weight.WARN, "finding.regency_other", values, Place(draft.file.name, line=row + 1))


def _by_name(system: CodeSystem, official: Mapping[str, str]) -> Mapping[tuple[str, str], list[str]]:
    """The villages of the list by regency and name."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code, name in official.items():
        if len(code) == LENGTHS[system][3]:
            found[_regency(system, code), normalise(name)].append(code)
    return found


def _missing(draft: Draft, official: Mapping[str, str]) -> Iterator[Finding]:
    """The villages without a polygon, regency by regency that is meant as a whole, else district by district."""
    assert draft.system is not None, "codes come first"
    lengths = LENGTHS[draft.system]
    listed: dict[str, set[str]] = defaultdict(set)
    for code in official:
        if len(code) == lengths[3]:
            for length in lengths[1:3]:
                listed[code[:length]].add(code)
    present = set(draft.frame["code"])
    touched = {code[: lengths[1]] for code in present if code in official}
    for regency in sorted(touched):
        villages = listed[regency]
        whole = len(villages & present) >= _HERE * len(villages)
        uppers = [regency] if whole else sorted({code[: lengths[2]] for code in villages & present})
        for upper in uppers:
            if gone := sorted(listed[upper] - present):
                values: dict[str, Any] = {"upper": upper, "area": official.get(upper, upper), "n": len(gone)}
                values["villages"] = _some([f"{code} {official[code]}" for code in gone], _LISTED)
                yield Finding(Weight.WARN, "finding.without_polygon", values, Place(draft.file.name))


def _regency(system: CodeSystem, code: str) -> str:
    return RegionCode(system, code).text[: LENGTHS[system][1]]


def _some(codes: Any, most: int = 5) -> str:
    """The first of some codes for a sentence."""
    texts = [str(each) for each in codes]
    return ", ".join(texts[:most]) + (" …" if len(texts) > most else "")
