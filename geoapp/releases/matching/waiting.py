"""Suggestions that wait for a person's yes, and those that got it: by score for all, or line by line."""

from collections.abc import Sequence
from typing import NamedTuple

from geoapp.domain.codes import NAMES, canonical
from geoapp.domain.findings import Ask, Finding, Place, Weight
from geoapp.domain.place_names import alike
from geoapp.errors import BadRequest
from geoapp.releases.matching.choice import Choice
from geoapp.releases.matching.levels import How
from geoapp.releases.matching.places import Placed, suggestion
from geoapp.releases.matching.rows import Found, Rows
from geoapp.releases.matching.target import Target
from geoapp.releases.options import Options
from geoapp.releases.reading.table import Table
from geoapp.releases.report import Fate, RowFate

_SHOWN = 3


class Accepted(NamedTuple):
    """A name, and the other system's code if the row had one, that a person said is this region."""

    code: str
    name: str
    other_code: str | None
    line: int


def decided(
    table: Table, found: Sequence[Found], said: Rows, options: Options
) -> tuple[tuple[str | RowFate, ...], tuple[Accepted, ...]]:
    """Every row joined or with its fate, and what a person's word joined.

    Raises
    ------
    BadRequest
        ``error.accepted_code`` if a person named a code that the edition does not have.
    """
    rows: list[str | RowFate] = []
    accepted: list[Accepted] = []
    for index, (row, each) in enumerate(zip(table.rows, found, strict=True)):
        if isinstance(each, str):
            rows.append(each)
            continue
        code = _named(row.line, said.target, options)
        if code is None and isinstance(each, Placed) and options.accept is not None and each.score >= options.accept:
            code = each.code
        if code is not None and (isinstance(each, Placed) or each.fate is Fate.REFUSED):
            rows.append(code)
            accepted.append(Accepted(code, said.name(index), _other_code(said, index), row.line))
        else:
            rows.append(suggestion(each, said.target) if isinstance(each, Placed) else each)
    return tuple(rows), tuple(accepted)


def otherwise(accepted: Sequence[Accepted], said: Rows, table: Table) -> Finding | None:
    """What a person accepted although name or parent speak of another region: joined as said, and worth a look."""
    target = said.target
    lines = {row.line: index for index, row in enumerate(table.rows)}
    doubtful = [
        each
        for each in accepted
        if not (alike(each.name, target.regions[each.code]) and said.agrees(lines[each.line], each.code))
    ]
    if not doubtful:
        return None
    examples = "; ".join(f"{each.name} → {each.code} {target.regions[each.code]}" for each in doubtful[:_SHOWN])
    values = {"n": len(doubtful), "examples": examples, "lines": ", ".join(str(each.line) for each in doubtful[:12])}
    return Finding(Weight.WARN, "match.accepted_otherwise", values, Place(table.file, table.sheet, doubtful[0].line))


def _named(line: int, target: Target, options: Options) -> str | None:
    """The code a person gave for a line."""
    given = options.accepted.get(line)
    if given is None:
        return None
    code = canonical(target.edition.code_system, given.strip())
    if code not in target.regions:
        raise BadRequest("error.accepted_code", line=line, code=given[:40], edition=target.edition.id)
    return code


def _other_code(said: Rows, index: int) -> str | None:
    code = said.code(index)
    return code.text if code is not None and code.system is not said.target.edition.code_system else None


def question_of(rows: Sequence[str | RowFate], choice: Choice) -> Ask | None:
    """What to ask about suggestions and names of two places; it blocks only where nothing is joined."""
    joined = any(isinstance(each, str) for each in rows)
    waiting = [each for each in rows if isinstance(each, RowFate) and each.fate is Fate.SUGGESTED]
    several = [each for each in rows if isinstance(each, RowFate) and each.reason == "row.ambiguous_name"]
    if waiting:
        best = sum(each.values["score"] >= 95 for each in waiting)
        first = "; ".join(_example(each) for each in waiting[:_SHOWN])
        values = {"n": len(waiting), "sure": best, "examples": first, "edition": choice.target.edition.id}
        if choice.how is not How.OTHER or choice.coded is None or choice.coded.reading.system is None:
            return Ask("question.suggested", values, ("--accept", "--suggestions"), not joined)
        systems = {
            "system": NAMES[choice.coded.reading.system],
            "other": NAMES[choice.target.edition.code_system],
            "column": choice.coded.header,
        }
        options = ("--accept", "--suggestions", "--edition")
        if choice.fitting:
            fitting = {**values, **systems, "fitting": choice.fitting}
            return Ask("question.other_system_but", fitting, options, not joined)
        return Ask("question.other_system", {**values, **systems}, options, not joined)
    parentless = [each for each in rows if isinstance(each, RowFate) and each.reason == "row.no_parent"]
    if parentless and not joined:
        values = {"n": len(parentless), "name": parentless[0].values["name"], "line": parentless[0].line}
        return Ask("question.no_parent", values, ("--area",), True)
    if several:
        example = f"{several[0].values['name']}: {several[0].values['candidates']}"
        values = {"n": len(several), "example": example, "line": several[0].line}
        return Ask("question.ambiguous", values, ("--accept", "--suggestions"), not joined)
    return None


def _example(fate: RowFate) -> str:
    return f"{fate.values['name']} → {fate.values['official']} ({fate.values['score']})"
