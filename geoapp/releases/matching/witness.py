"""Names beside the codes as a witness: a few may differ, most may not; a parent's name tells a misplaced row."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from geoapp.domain.code_column import Lists
from geoapp.domain.codes import CodeSystem, canonical
from geoapp.domain.findings import Finding, Place, Weight
from geoapp.domain.levels import Level
from geoapp.domain.names import normalise
from geoapp.domain.place_names import alike
from geoapp.domain.upper_names import bare
from geoapp.releases.matching.choice import Choice
from geoapp.releases.matching.levels import How
from geoapp.releases.matching.parent_codes import differing
from geoapp.releases.matching.target import Target
from geoapp.releases.reading.table import Row, Table, text_of
from geoapp.releases.report import Fate, RowFate
from geoapp.releases.shaping.shape import Shape

_SHOWN = 3


class Witness(NamedTuple):
    """The rows, those refused whose name belongs to the same number in the other system; and what was noticed."""

    rows: tuple[str | RowFate, ...]
    findings: tuple[Finding, ...] = ()


class _Differs(NamedTuple):
    line: int
    code: str
    name: str


def witness(table: Table, shape: Shape, choice: Choice, rows: tuple[str | RowFate, ...], lists: Lists) -> Witness:
    """Compare the names of joined rows with those of their regions, and of the regions above."""
    if choice.how is not How.CODES:
        return Witness(rows)
    place = Place(table.file, table.sheet)
    differs, named = _names(table, shape, choice.target, rows)
    if len(named) >= _SHOWN and len({each.code for each in differs}) > len(named) / 2:
        return Witness(rows, (_names_finding(differs, len(named), choice.target, place, True),))
    strays = {each.line: each for each in differs if _of_other_system(each, choice.target, lists)}
    kept = tuple(
        _stray(row, strays[row.line]) if isinstance(said, str) and row.line in strays else said
        for row, said in zip(table.rows, rows, strict=True)
    )
    rest = [each for each in differs if each.line not in strays]
    findings = [_names_finding(rest, len(named), choice.target, place, False)] if rest else []
    parents = (*_parents(table, shape, choice.target, kept, place), *_parent_codes(table, shape, choice, kept))
    return Witness(kept, (*findings, *parents))


def _names(
    table: Table, shape: Shape, target: Target, rows: Sequence[str | RowFate]
) -> tuple[list[_Differs], frozenset[str]]:
    """The rows whose name is not their region's, and the regions that have a name beside them."""
    if shape.name is None:
        return [], frozenset()
    seen: dict[tuple[str, str], bool] = {}
    differs = []
    for row, said in zip(table.rows, rows, strict=True):
        if not isinstance(said, str) or not (name := text_of(row.cells[shape.name])):
            continue
        if (said, name) not in seen:
            seen[said, name] = _same(name, said, target)
        if not seen[said, name]:
            differs.append(_Differs(row.line, said, name))
    return differs, frozenset(code for code, _ in seen)


def _same(name: str, code: str, target: Target) -> bool:
    official = target.regions[code]
    if name.lower() == official.lower():  # most names; so they need not be taken apart
        return True
    if target.at <= Level.REGENCY:
        return bare(name) == bare(official)
    key = normalise(name)
    return key == normalise(official) or code in target.aliases.get(key, ())


def _of_other_system(each: _Differs, target: Target, lists: Lists) -> bool:
    """Whether the name is that of the same ten digits in the other system: the row then carries that code."""
    other = next(system for system in CodeSystem if system is not target.edition.code_system)
    code = canonical(other, each.code.replace(".", ""))
    official = lists.get(other, {}).get(code or "")
    return official is not None and normalise(official) == normalise(each.name)


def _stray(row: Row, each: _Differs) -> RowFate:
    return RowFate(row.line, Fate.REFUSED, "row.other_system", {"code": each.code, "name": each.name})


def _names_finding(differs: Sequence[_Differs], total: int, target: Target, place: Place, most: bool) -> Finding:
    """One finding for all names that differ, a region once."""
    first = {each.code: each for each in reversed(differs)}
    shown = sorted(first.values())[:_SHOWN]
    examples = "; ".join(f"{each.code} {each.name} ({target.regions[each.code]})" for each in shown)
    lines = ", ".join(str(each.line) for each in shown)
    values = {"n": len(first), "total": total, "examples": examples, "lines": lines}
    message = "import.names_disagree" if most else "import.names_differ"
    return Finding(Weight.STOP if most else Weight.WARN, message, values, Place(place.file, place.sheet, shown[0].line))


def _parents(
    table: Table, shape: Shape, target: Target, rows: Sequence[str | RowFate], place: Place
) -> Iterator[Finding]:
    """The rows whose parent's name is not that of the region that holds theirs."""
    for level in (Level.DISTRICT, Level.REGENCY):
        column = shape.names.get(level)
        if column is None or column == shape.name or level >= target.at:
            continue
        found = list(_otherwise(zip(table.rows, rows, strict=True), column, level, target))
        if found:
            examples = "; ".join(
                f"{each.code} {each.name} ({_named(target.upper(each.code, level), target)})" for each in found[:_SHOWN]
            )
            lines = ", ".join(str(each.line) for each in found[:12])
            values = {"n": len(found), "examples": examples, "lines": lines}
            yield Finding(Weight.WARN, "match.parents_differ", values, Place(place.file, place.sheet, found[0].line))


def _parent_codes(table: Table, shape: Shape, choice: Choice, rows: Sequence[str | RowFate]) -> Iterator[Finding]:
    """The rows whose code does not lie in the region that a column of parents' codes names."""
    found = differing(table, choice.target, rows, frozenset(shape.codes))
    if found:
        examples = "; ".join(f"{each.code} ({each.parent})" for each in found[:_SHOWN])
        values = {"n": len(found), "examples": examples, "lines": ", ".join(str(each.line) for each in found[:12])}
        place = Place(table.file, table.sheet, found[0].line)
        yield Finding(Weight.WARN, "match.parent_codes_differ", values, place)


def _otherwise(
    rows: Iterable[tuple[Row, str | RowFate]], column: int, level: Level, target: Target
) -> Iterator[_Differs]:
    fits: dict[tuple[object, str | None], bool] = {}  # villages of one district mostly say the same of it
    for row, said in rows:
        if not isinstance(said, str):
            continue
        cell, upper = row.cells[column], target.upper(said, level)
        if (cell, upper) not in fits:
            fits[cell, upper] = _fits(text_of(cell), _named(upper, target))
        if not fits[cell, upper]:
            yield _Differs(row.line, said, text_of(cell))


def _fits(name: str, own: str) -> bool:
    return not name or not any(map(str.isalpha, own)) or bare(name) == bare(own) or alike(name, own)


def _named(upper: str | None, target: Target) -> str:
    return target.name_of(upper) if upper in target.above else ""
