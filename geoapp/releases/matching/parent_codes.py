"""Codes of districts and regencies in columns of their own as a witness: a row's code must lie in the parent's."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from geoapp.domain.code_column import clean
from geoapp.domain.codes import RegionCode, canonical
from geoapp.domain.levels import Level
from geoapp.releases.matching.target import Target
from geoapp.releases.reading.table import Row, Table
from geoapp.releases.report import RowFate
from geoapp.releases.shaping.header_words import level_in, says_code

_AGREE = 0.5
"""A column in which fewer codes hold their rows is of another system, and no witness."""
_PARENTS = (Level.REGENCY, Level.DISTRICT)


class Differing(NamedTuple):
    """A row whose code does not lie in the region that the column names."""

    line: int
    code: str
    parent: str


def differing(table: Table, target: Target, rows: Sequence[str | RowFate], codes: frozenset[int]) -> list[Differing]:
    """The joined rows whose parent's code, in a column beside ``codes``, is not that of the region above theirs."""
    found: dict[int, Differing] = {}
    for column, header in enumerate(table.header):
        if column in codes or not says_code(header) or level_in(header) not in _PARENTS:
            continue
        said = list(_said(table.rows, rows, column, target))
        wrong = [each for each in said if not _holds(each, target)]
        if wrong and len(wrong) < _AGREE * len(said):
            for each in wrong:
                found.setdefault(each.line, each)
    return [found[line] for line in sorted(found)]


def _said(rows: Sequence[Row], fates: Sequence[str | RowFate], column: int, target: Target) -> Iterator[Differing]:
    """Every joined row with the code of a region above it, in the edition's system."""
    known: dict[object, str | None] = {}
    for row, said in zip(rows, fates, strict=True):
        cell = row.cells[column]
        if not isinstance(said, str) or not cell or cell != cell:
            continue
        if cell not in known:
            text = canonical(target.edition.code_system, clean(cell))
            level = RegionCode(target.edition.code_system, text).level if text else None
            known[cell] = text if level in _PARENTS and level < target.at else None
        if parent := known[cell]:
            yield Differing(row.line, said, parent)


def _holds(each: Differing, target: Target) -> bool:
    return each.code.startswith(each.parent) or each.parent in target.holders(each.code)
