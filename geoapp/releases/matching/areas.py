"""The part of an edition that a table is asked about: said by a person, named in a title, or a named set."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from geoapp.domain.codes import canonical
from geoapp.domain.findings import Understood
from geoapp.domain.levels import Level
from geoapp.domain.place_names import Gazetteer, Verdict
from geoapp.domain.upper_names import bare, kind_of_code, kind_of_name, named_in
from geoapp.errors import BadRequest, Question
from geoapp.releases.matching.target import Target
from geoapp.releases.options import Options
from geoapp.releases.reading.table import Table


class Area(NamedTuple):
    """The upper region that is asked for (empty: all of the edition), whether a person said so, and its regions."""

    code: str
    name: str
    said: bool
    regions: tuple[str, ...]
    asked: frozenset[str]
    understood: tuple[Understood, ...] = ()


def area_of(table: Table, target: Target, options: Options) -> Area:
    """The asked area of a table in an edition.

    Raises
    ------
    BadRequest
        If the edition has no such area.
    Question
        If it has several of that name.
    """
    if options.area:
        code = _said(options.area, target)
        return _area(code, target, True, ())
    named = _named(table, target)
    if named is None:
        return _area("", target, False, ())
    said = Understood("match.area_named", {"area": target.name_of(named), "code": named}, "--area")
    return _area(named, target, False, (said,))


def _area(code: str, target: Target, said: bool, understood: tuple[Understood, ...]) -> Area:
    held = target.within([code]) if code and code not in target.regions else (code,) if code else tuple(target.regions)
    regions = held if target.members is None else tuple(each for each in held if each in target.members)
    return Area(code, target.name_of(code) if code else "", said, regions, frozenset(regions), understood)


def _said(asked: str, target: Target) -> str:
    """The code of the upper region that a person named, by code or name."""
    text = canonical(target.edition.code_system, asked.strip())
    if text is not None and (text in target.above or text in target.uppers):
        return text
    names = {code: each.name for code, each in target.above.items()}
    gazetteer = Gazetteer(names, {}, {})
    found = gazetteer.equal(asked)
    if found.verdict is Verdict.UNKNOWN:
        kind = kind_of_name(asked)
        codes = [
            code
            for code, name in names.items()
            if bare(name) == bare(asked) and (not kind or kind == (kind_of_code(code) or kind_of_name(name)))
        ]
    else:
        codes = list(found.codes)
    if len(codes) == 1:
        return codes[0]
    if codes:
        regions = "; ".join(f"{code} {target.name_of(code)}" for code in codes)
        raise Question("question.area_several", "--area", area=asked, regions=regions)
    raise BadRequest("error.no_area", area=asked, edition=target.edition.id)


def _named(table: Table, target: Target) -> str | None:
    """The one upper region that the titles or the sheet name with its kind; the lowest where they nest.

    What the file is called says nothing: a file is renamed, and the table in it stays the same.
    """
    known = titles_known(target)
    found = {code for text in (*table.titles, table.sheet) for code in named_in(text, known)}
    lowest = [code for code in found if not any(code in target.holders(other) for other in found if other != code)]
    return lowest[0] if len(lowest) == 1 else None


def titles_known(target: Target) -> Mapping[tuple[str, str], str]:
    """The upper regions by kind and bare name, those of one name left out."""
    known: dict[tuple[str, str], str] = {}
    twice: set[tuple[str, str]] = set()
    for code, each in target.above.items():
        key = (_kind(code, each.level, each.name), bare(each.name))
        if key in known:
            twice.add(key)
        known[key] = code
    for key in twice:
        del known[key]
    return known


def _kind(code: str, level: Level, name: str) -> str:
    if level is Level.REGENCY:
        return kind_of_code(code) or kind_of_name(name)
    return level.slug


def settled(area: Area, codes: Collection[str], target: Target) -> Area:
    """The area once rows are joined: where a region lies elsewhere, the title that named it spoke of another thing."""
    if area.said or not area.code or area.asked.issuperset(codes):
        return area
    return _area("", target, False, ())
