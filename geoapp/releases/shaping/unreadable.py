"""A column that is called the code of the rows' regions and holds what no code can be read from."""

import re

from geoapp.domain.levels import Level
from geoapp.errors import Refused
from geoapp.releases.reading.table import Table, text_of
from geoapp.releases.shaping.columns import Profile
from geoapp.releases.shaping.header_words import CODE_WORDS, LEVEL_WORDS, counts_nothing, level_in, says_code, words_of

_OFFICES = {"wilayah", "daerah", "region", "area", "bps", "kemendagri", "dagri", "kemdagri", "depdagri", "permendagri"}
_FEWEST_DIGITS = 5
"""Shorter numbers are those of a list, of an office, or within a district: they were never whole codes."""


def hold_codes(table: Table, columns: tuple[Profile, ...], taken: tuple[int, ...]) -> None:
    """Refuse to go by names in silence where the codes beside them were spoiled.

    Raises
    ------
    Refused
        ``error.code_column_unreadable`` with the first such cell.
    """
    for each in columns:
        if each.index in taken or not _of_the_rows(each.header) or not each.filled:
            continue
        spoiled = [cell for cell in each.cells if _spoiled(text_of(cell))]
        if len(spoiled) >= 0.5 * len(each.cells):
            row = next(row for row in table.rows if row.cells[each.index] in spoiled)
            values = {"column": each.header, "line": row.line, "example": text_of(row.cells[each.index])[:40]}
            raise Refused("error.code_column_unreadable", **values)


def _of_the_rows(header: str) -> bool:
    """Whether the header says code of a village or of a region at large, and of nothing else."""
    if not says_code(header) or counts_nothing(header) or level_in(header) not in (None, Level.VILLAGE):
        return False
    return set(words_of(header)) <= CODE_WORDS | LEVEL_WORDS.keys() | _OFFICES | {"no", "nomor", "nama"}


def _spoiled(text: str) -> bool:
    return text.startswith("#") or len(re.findall(r"\d", text)) >= _FEWEST_DIGITS
