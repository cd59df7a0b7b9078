"""Joining a table's codes to the regions of one edition: right, or refused; never by arithmetic, never by a guess."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from geoapp.domain.code_column import Lists, Reading, clean, read_column
from geoapp.domain.codes import NAMES, CodeSystem, RegionCode
from geoapp.domain.findings import Ask, Finding, Understood
from geoapp.domain.levels import Level
from geoapp.domain.regions import Edition
from geoapp.errors import Refused
from geoapp.releases.options import Options
from geoapp.releases.report import Fate, RowFate
from geoapp.releases.shape import Shape
from geoapp.releases.table import Row, Table, text_of

_TOTAL = re.compile(
    r"(grand\s*)?(sub\s*)?(jumlah|total|rata[\s-]*rata|rerata|average|mean)\b.*"
    r"|(kecamatan|kabupaten|kota|provinsi)\s+\S.*",
    re.IGNORECASE,
)
_FITS = 0.5
"""The share of a table's codes that an edition must know to be taken without being named."""


@dataclass(frozen=True)
class Target:
    """An edition as a table meets it: the names of its base regions by code, in number order, and its upper codes."""

    edition: Edition
    regions: Mapping[str, str]
    uppers: frozenset[str]

    @cached_property
    def starts(self) -> frozenset[str]:
        """The codes of the regencies that the edition touches."""
        system = self.edition.code_system
        return frozenset(RegionCode(system, code).at(Level.REGENCY).text for code in self.regions)


class Accepted(NamedTuple):
    """A name, and the other system's code if the row had one, that a person said is this region."""

    code: str
    name: str
    other_code: str | None
    line: int


@dataclass(frozen=True)
class Match:
    """Which edition the table joins, and for every row its region's code, or what became of it.

    ``uppers`` gives the index and code of rows of an upper region, whose figures are checked as sums. A suggested row's
    fate holds code, name, score and why in its values. ``accepted`` are the suggestions that became joined by a
    person's word, to be remembered.
    """

    target: Target
    reading: Reading
    column: int
    rows: tuple[str | RowFate, ...]
    given: bool
    uppers: Mapping[int, str] = field(default_factory=dict)
    accepted: tuple[Accepted, ...] = ()
    understood: tuple[Understood, ...] = ()
    findings: tuple[Finding, ...] = ()
    question: Ask | None = None

    @property
    def system(self) -> CodeSystem:
        """The code system of the table, which is the edition's."""
        return self.target.edition.code_system


class _Fit(NamedTuple):
    known: int
    column: int
    reading: Reading
    target: Target

    def rank(self) -> tuple[Any, ...]:
        """Most codes known; of those the edition with the fewest regions left over, then the newest."""
        return (self.known, -len(self.target.regions), self.target.edition.published_at, -self.column)


def match(table: Table, shape: Shape, options: Options, targets: Sequence[Target], lists: Lists) -> Match:
    """Read the codes as a whole and join them to the edition that was asked for, or to the one they fit best.

    Raises
    ------
    Refused
        If the codes lost digits, are of another system or level than the edition, fit no edition, or if only a
        person can say which system they are of.
    """
    if not targets:
        raise Refused("error.no_editions")
    tries = [(column, _read(table, shape, column, options, lists)) for column in shape.codes]
    readable = [(column, reading) for column, reading in tries if reading.system is not None]
    if not readable:
        raise _unreadable(table, tries)
    fits = sorted(
        (
            _Fit(_known(reading, target), column, reading, target)
            for column, reading in readable
            for target in targets
            if reading.system is target.edition.code_system
        ),
        key=_Fit.rank,
        reverse=True,
    )
    wanted = [fit for fit in fits if options.edition in (None, fit.target.edition.id)]
    if not wanted:
        raise _other_system(table, *readable[0], fits, targets, options.edition)
    best = wanted[0]
    _refuse_wrong_level(table, best.reading, best.target)
    different = len({code.text for code in best.reading.codes if code})
    if best.known == 0 or (options.edition is None and best.known < _FITS * different):
        raise _no_fit(table, best, different, [fit for fit in fits if fit.known >= _FITS * different])
    column = best.column
    rows = tuple(_row(row, column, code, best.target) for row, code in zip(table.rows, best.reading.codes, strict=True))
    return Match(best.target, best.reading, column, rows, options.edition is not None)


def _read(table: Table, shape: Shape, column: int, options: Options, lists: Lists) -> Reading:
    names = table.column(shape.name) if shape.name is not None else []
    try:
        return read_column(table.column(column), names, lists, table.header[column], options.code_system)
    except Refused as error:
        values = dict(error.values)
        if "line" in values:
            values["line"] = table.rows[values["line"] - 1].line
        raise Refused(error.message, **values) from error


def _unreadable(table: Table, tries: Sequence[tuple[int, Reading]]) -> Refused:
    """What to ask a person, or that there is nothing to read."""
    for _, reading in tries:
        if reading.question is not None:
            message, values = reading.question
            return Refused(message, **values)
    return Refused("error.no_code_column", file=table.file)


def _known(reading: Reading, target: Target) -> int:
    """How many different codes of the column are regions of the edition."""
    return len({code.text for code in reading.codes if code and code.text in target.regions})


def _other_system(
    table: Table,
    column: int,
    reading: Reading,
    fits: Sequence[_Fit],
    targets: Sequence[Target],
    asked: str | None,
) -> Refused:
    """The refusal of a table of the other system, naming both and the ways on."""
    assert reading.system is not None
    against = next(target.edition for target in targets if asked in (None, target.edition.id))
    values = {
        "column": table.header[column],
        "system": NAMES[reading.system],
        "edition": against.id,
        "other": NAMES[against.code_system],
    }
    if fits and fits[0].known:
        return Refused("error.other_code_system_but", fitting=fits[0].target.edition.id, **values)
    return Refused("error.other_code_system", **values)


def _no_fit(table: Table, best: _Fit, different: int, better: Sequence[_Fit]) -> Refused:
    values = {"file": table.file, "count": different, "known": best.known, "edition": best.target.edition.id}
    if better:
        return Refused("error.no_edition_fits_but", fitting=better[0].target.edition.id, **values)
    return Refused("error.no_edition_fits", **values)


def _refuse_wrong_level(table: Table, reading: Reading, target: Target) -> None:
    base, level = target.edition.base_level, reading.level
    values = {"file": table.file, "edition": target.edition.id}
    if level is None and base <= Level.VILLAGE:
        raise Refused("error.table_below", **values)
    if level is not None and level < base:
        raise Refused(f"error.table_level.{level.slug}", **values)


def _row(row: Row, column: int, code: RegionCode | None, target: Target) -> str | RowFate:
    if code is None:
        return _without_code(row, column)
    if code.text in target.regions:
        return code.text
    if code.text in target.uppers or (code.level is not None and code.level < min(target.edition.base_level, 4)):
        return RowFate(row.line, Fate.SET_ASIDE, "row.upper_level", {"code": code.text})
    if _outside(code, target):
        return RowFate(row.line, Fate.SET_ASIDE, "row.outside", {"code": code.text})
    return RowFate(row.line, Fate.REFUSED, "row.unknown_code", {"code": code.text})


def _outside(code: RegionCode, target: Target) -> bool:
    """Whether the code's regency is none of the edition's."""
    try:
        regency = code.at(Level.REGENCY).text
    except ValueError:
        return False
    return regency not in target.starts


def _without_code(row: Row, column: int) -> RowFate:
    """A total, a note, a pseudo-region: set aside; digits that are no code: refused."""
    cell = clean(row.cells[column])
    texts = [text_of(each) for each in row.cells if any(sign.isalpha() for sign in text_of(each))]
    if any(_TOTAL.fullmatch(text) for text in texts):
        return RowFate(row.line, Fate.SET_ASIDE, "row.total")
    if not cell:
        return RowFate(row.line, Fate.SET_ASIDE, "row.no_code")
    if sum(sign.isdigit() for sign in cell) < 4:
        return RowFate(row.line, Fate.SET_ASIDE, "row.not_a_region")
    return RowFate(row.line, Fate.REFUSED, "row.bad_code", {"code": cell[:40]})
