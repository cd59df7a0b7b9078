"""The codes of a table, whole or in parts, read as columns: what each may be, before any edition is looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from geoapp.domain.code_column import Lists, Reading, Repair, clean, read_column
from geoapp.domain.code_parts import Composed, compose
from geoapp.domain.codes import LENGTHS, CodeSystem, canonical
from geoapp.domain.levels import Level
from geoapp.errors import Question, Refused
from geoapp.releases.options import Options
from geoapp.releases.reading.table import Table
from geoapp.releases.shaping.shape import Shape

_NO_COLUMN = "-"
"""Says that the table has no column of codes."""


class Coded(NamedTuple):
    """A column of codes, or several put together (``column`` is None then); ``header`` is what a person calls it."""

    column: int | None
    header: str
    reading: Reading
    cells: Sequence[object]


def coded_columns(table: Table, shape: Shape, options: Options, lists: Lists) -> list[Coded]:
    """Every column of codes, read as a whole; empty where the table has names alone.

    Raises
    ------
    Question
        ``question.regency`` if the parts lack the regency and nobody said it.
    Refused
        If the digits of a column are lost.
    """
    if options.code_column == _NO_COLUMN:
        return []
    names = table.column(shape.name) if shape.name is not None else []
    found = [_whole(table, column, names, options, lists) for column in shape.codes]
    if _in_parts(shape) and not any(each.reading.system for each in found):
        found.append(_parts(table, shape, names, options, lists))
    return found


def codes_said(table: Table, shape: Shape, options: Options) -> Mapping[CodeSystem, frozenset[str]]:
    """All codes the table may mean in each system, with those of the regions above them, in canonical text."""
    if options.code_column == _NO_COLUMN:
        return {system: frozenset() for system in CodeSystem}
    texts: set[str] = set()
    for column in shape.codes:
        texts.update(_shorter([clean(cell) for cell in table.column(column)], options))
    if _in_parts(shape) and not _lacks_regency(table, shape, options):
        texts.update(_composed(table, shape, options).texts)
    texts |= {f"{text}0" for text in texts if len(text) == 4 and text[2] == "."}
    said = {}
    for system in CodeSystem:
        codes = {code for text in texts if text and (code := canonical(system, text))}
        uppers = {code[:width] for code in codes for width in LENGTHS[system] if width < len(code)}
        said[system] = frozenset(codes | uppers)
    return said


def _whole(table: Table, column: int, names: Sequence[object], options: Options, lists: Lists) -> Coded:
    header = table.header[column]
    cells = table.column(column)
    if options.regency:
        cells = [text or cell for text, cell in zip(_shorter(map(clean, cells), options), cells, strict=True)]
    return Coded(column, header, _read(table, cells, names, lists, header, options.code_system), cells)


def _shorter(texts: "Sequence[str] | map[str]", options: Options) -> list[str]:
    """Codes that begin below the regency, with the regency in front; others as they are."""
    start = clean(options.regency).replace(".", "")
    if len(start) != 4:
        return list(texts)
    short = ((text, text.replace(".", "")) for text in texts)
    return [
        start + digits.zfill(6) if digits.isascii() and digits.isdigit() and 5 <= len(digits) <= 6 else text
        for text, digits in short
    ]


def _read(
    table: Table, cells: Sequence[object], names: Sequence[object], lists: Lists, header: str, asked: CodeSystem | None
) -> Reading:
    try:
        return read_column(cells, names, lists, header, asked)
    except Refused as error:
        values = dict(error.values)
        if "line" in values:
            values["line"] = table.rows[values["line"] - 1].line
        raise Refused(error.message, **values) from error


def _in_parts(shape: Shape) -> bool:
    return shape.parts[Level.DISTRICT - 1] is not None


def _lacks_regency(table: Table, shape: Shape, options: Options) -> bool:
    """Whether no column holds the regency, not even that of districts, and nobody said it."""
    if shape.parts[Level.REGENCY - 1] is not None or len(clean(options.regency).replace(".", "")) == 4:
        return False
    district = shape.parts[Level.DISTRICT - 1]
    cells = [clean(cell).replace(".", "") for cell in table.column(district)] if district is not None else []
    return not all(len(cell) in (6, 7) for cell in cells if cell.isdigit())


def _composed(table: Table, shape: Shape, options: Options) -> Composed:
    columns = [table.column(part) if part is not None else None for part in shape.parts]
    return compose(columns, options.regency or "", options.code_system)


def _parts(table: Table, shape: Shape, names: Sequence[object], options: Options, lists: Lists) -> Coded:
    header = " + ".join(table.header[part] for part in shape.parts if part is not None)
    if _lacks_regency(table, shape, options):
        raise Question("question.regency", "--regency", columns=header)
    composed = _composed(table, shape, options)
    asked = composed.system or options.code_system
    reading = _read(table, composed.texts, names, lists, header, asked)
    if composed.system is not None and options.code_system is None:
        reading = replace(reading, reason="code.parts", values={"columns": header})
    if composed.padded:
        row = composed.padded[0]
        before = " ".join(clean(table.rows[row].cells[part]) for part in shape.parts if part is not None)
        repair = Repair(len(composed.padded), before, composed.texts[row], row)
        reading = replace(reading, repairs={"zeros": repair}, repaired=len(composed.padded))
    return Coded(None, header, reading, composed.texts)
