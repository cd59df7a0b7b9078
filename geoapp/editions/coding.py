"""The codes of a layer's features: from one column, from parts in several, or from whatever column holds codes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from geoapp.catalogue.sources import SourceProfile
from geoapp.domain.code_cells import clean
from geoapp.domain.code_column import Lists, Reading, read_column
from geoapp.domain.code_parts import compose
from geoapp.domain.codes import CodeSystem, canonical
from geoapp.domain.levels import Level
from geoapp.editions.columns import Columns, is_nothing
from geoapp.errors import Refused

_VILLAGE = 10
"""Digits of a village's code."""
_MOSTLY = 0.8
"""The share of a column's cells that must be codes, where nothing but them says that it is one."""
_UPPER = (Level.PROVINCE, Level.REGENCY, Level.DISTRICT, Level.VILLAGE)
_BELOW = re.compile(r"(\d{10})(\d{4})(\d{2})?")
"""An SLS of BPS: its village, its number, and the number of a part of it."""
_LOCAL = re.compile(r"(?i)^(rw|rt|dusun|dsn|lingkungan|lingk|link)[\s._:-]*(?=\w)")
_NO_SIGN = re.compile(r"[^0-9A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Coding:
    """The codes as read, and the columns they are from; ``raw`` are the cells as they stood."""

    reading: Reading
    columns: tuple[str, ...]
    raw: tuple[Any, ...]

    @property
    def column(self) -> str:
        """The columns in words."""
        return " + ".join(self.columns)


def codings(
    columns: Columns, profile: SourceProfile, names: Sequence[str], lists: Lists, asked: CodeSystem | None
) -> Iterator[Coding]:
    """What may be the codes of a layer by what a profile says of its columns, the likeliest first."""
    for column in columns.filled(profile.code):
        yield of_column(columns, column, profile, names, lists, asked)
    if profile.parts and (found := _parts(columns, profile, names, lists, asked)):
        yield found


def of_column(
    columns: Columns,
    column: str,
    profile: SourceProfile,
    names: Sequence[str],
    lists: Lists,
    asked: CodeSystem | None,
) -> Coding:
    """The codes of one column, with what the profile's local columns add below the village.

    Raises
    ------
    Refused
        As ``read_column`` does, of a column that a spreadsheet spoiled.
    """
    cells, below = _split(columns.cells(column))
    reading = _sure(cells, names, lists, column, asked, profile)
    used: tuple[str, ...] = (column,)
    if reading.system is not None and not below and profile.local and reading.level is Level.VILLAGE:
        local, more = local_codes(columns, profile, column)
        if more:
            used, reading = (column, *more), _joined(reading, local)
    return Coding(reading, used, tuple(columns.cells(column)))


def anywhere(columns: Columns, names: Sequence[str], lists: Lists, asked: CodeSystem | None) -> Coding | None:
    """The column whose cells are codes, whatever it is called: that of the lowest level, then of most listed codes."""
    found = []
    for column in sorted(columns.names):
        cells = [cell for cell in columns.cells(column) if not is_nothing(cell)]
        if not cells or len(set(map(str, cells))) < _MOSTLY * len(cells) or not _may_be_codes(cells):
            continue
        try:
            reading = read_column(_split(columns.cells(column))[0], names, lists, column, asked)
        except Refused:
            continue
        reading = _doubted(reading, columns.cells(column), names, lists)
        codes = [code for code in reading.codes if code is not None]
        if reading.question is not None:
            found.append((1, 0.5, column, reading))
        elif len(codes) >= _MOSTLY * len(cells) and reading.level is not Level.PROVINCE and reading.system:
            official = lists.get(reading.system, {})
            listed = sum(code.text in official for code in codes) / len(codes) if official else 0.0
            if listed >= 0.5 or _is_dotted(cells) or (not official and reading.level in (Level.VILLAGE, None)):
                found.append((reading.level or Level.RT, listed, column, reading))
    if not found:
        return None
    *_, column, reading = max(found, key=lambda each: (each[0], each[1]))
    return Coding(reading, (column,), tuple(columns.cells(column)))


def other_codes(
    columns: Columns, profile: SourceProfile, coding: Coding, names: Sequence[str], lists: Lists
) -> list[Any]:
    """The codes of the other system where a column beside holds them, None where not."""
    for column in columns.filled(profile.other):
        if column in coding.columns:
            continue
        try:
            reading = read_column(columns.cells(column), names, lists, column)
        except Refused:
            continue
        if reading.system not in (None, coding.reading.system) and reading.level is coding.reading.level:
            return [code.text if code else None for code in reading.codes]
    return [None] * len(columns)


def _may_be_codes(cells: Sequence[Any]) -> bool:
    read = [clean(cell) for cell in cells[:200]]
    return sum(any(canonical(system, each) for system in CodeSystem) for each in read) >= _MOSTLY * len(read)


def _is_dotted(cells: Sequence[Any]) -> bool:
    return sum(bool(re.match(r"\d\d[.-]\d\d", str(cell).strip())) for cell in cells) >= _MOSTLY * len(cells)


def _sure(
    cells: Sequence[Any],
    names: Sequence[str],
    lists: Lists,
    header: str,
    asked: CodeSystem | None,
    profile: SourceProfile,
) -> Reading:
    """The reading of a column; where it leaves doubt, the system of a source whose columns leave none."""
    reading = read_column(cells, names, lists, header, asked)
    if reading.question is not None and profile.sure and profile.system is not None:
        return replace(read_column(cells, names, lists, header, profile.system), reason="code.source", values={})
    return _doubted(reading, cells, names, lists)


def _doubted(reading: Reading, cells: Sequence[Any], names: Sequence[str], lists: Lists) -> Reading:
    """A reading that is in doubt, where there is reason to: short numbers are upper regions if listed, else serial."""
    texts = [clean(cell) for cell in cells if not is_nothing(cell)]
    if reading.question is None or sum(len(each) == _VILLAGE for each in texts) > 0.5 * len(texts):
        return reading
    for system, official in lists.items():
        read = read_column(cells, names, lists, "", system)
        codes = [code for code in read.codes if code is not None]
        listed = sum(code.text in official for code in codes)
        if codes and read.level is not Level.PROVINCE and listed >= 0.5 * len(texts):
            return read
    return replace(reading, question=None, reason="code.none_readable", values={"n": len(texts)})


def _split(cells: Sequence[Any]) -> tuple[list[Any], bool]:
    """Codes of 14 or 16 digits with a point behind the village's, if most are such: only BPS numbers local units so."""
    read = [clean(cell) if not is_nothing(cell) else "" for cell in cells]
    found = [_BELOW.fullmatch(each) for each in read]
    if sum(map(bool, found)) <= 0.5 * sum(map(bool, read)):
        return list(cells), False
    return [
        ".".join(filter(None, each.groups())) if each else cell for each, cell in zip(found, cells, strict=True)
    ], True


def _parts(
    columns: Columns, profile: SourceProfile, names: Sequence[str], lists: Lists, asked: CodeSystem | None
) -> Coding | None:
    """Codes put together of their parts in several columns; None if a part has no column."""
    used: list[str] = []
    for level in _UPPER:
        found = [each for each in columns.filled(profile.parts.get(level, ())) if each not in used]
        if not found and level in _UPPER[2:]:
            return None
        used.extend(found[:1])
    cells = [columns.cells(each) for each in used]
    if len(used) < len(_UPPER) and (split := _whole_district(cells[-2])) is not None:
        cells = [*split, cells[-1]]
    elif len(used) < len(_UPPER):
        return None
    made = compose(cells, asked=asked or (profile.system if profile.sure else None))
    reading = read_column(made.texts, names, lists, "", asked or made.system)
    if asked is None and made.system is not None:
        reading = replace(reading, reason="code.parts", values={"columns": " + ".join(used)})
    raw = tuple("+".join(str(part) for part in row) for row in zip(*cells, strict=True))
    local, more = local_codes(columns, profile)
    return Coding(_joined(reading, local) if more else reading, (*used, *more), raw)


def _whole_district(cells: Sequence[Any]) -> list[list[str]] | None:
    """The parts of district codes that have their province and regency before them; None if they have not."""
    digits = [re.sub(r"\D", "", clean(cell)) if not is_nothing(cell) else "" for cell in cells]
    lengths = {len(each) for each in digits if each}
    if len(lengths) != 1 or not lengths <= {6, 7}:
        return None
    return [[each[:2] for each in digits], [each[2:4] for each in digits], [each[4:] for each in digits]]


def local_codes(columns: Columns, profile: SourceProfile, code: str = "") -> tuple[list[str], list[str]]:
    """The local codes of the rows and the columns they are from, from the upper level down."""
    used: list[str] = []
    for level in sorted(profile.local):
        found = [each for each in columns.filled(profile.local[level]) if each not in (code, *used)]
        used.extend(found[:1])
    parts = [[local_code(cell) for cell in columns.cells(each)] for each in used[-2:]]
    if not parts:
        return [""] * len(columns), []
    return [".".join(filter(None, row)) for row in zip(*parts, strict=True)], used[-2:]


def local_code(cell: Any) -> str:
    """A local code of at most eight letters and digits.

    >>> local_code("RW 03"), local_code(3.0), local_code("Dusun Krajan Wetan")
    ('03', '3', 'KrajanWe')
    """
    return _NO_SIGN.sub("", _LOCAL.sub("", clean(cell)))[:8]


def _joined(reading: Reading, local: Sequence[str]) -> Reading:
    """The village's codes with the local ones behind; a row without one has none."""
    if reading.system is None:
        return reading
    whole = [f"{code.official}.{own}" if code and own else None for code, own in zip(reading.codes, local, strict=True)]
    joined = read_column(whole, [], {}, asked=reading.system)
    return replace(joined, reason=reading.reason, values=reading.values, repaired=reading.repaired)
