"""Sheets of persons, recognised by what their columns hold and refused at reading; no value is ever repeated."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from geoapp.errors import Refused
from geoapp.releases.reading.person_columns import Kind, PersonColumn, person_columns
from geoapp.releases.reading.table import Row

SURE = frozenset((Kind.NAME, Kind.NUMBER, Kind.BORN, Kind.ACCOUNT, Kind.CONTACT, Kind.ADDRESS))
"""What identifies a person, or does beside another."""
_BESIDE: Mapping[Kind, frozenset[Kind]] = {
    Kind.NAME: frozenset((Kind.NUMBER, Kind.BORN, Kind.DAY, Kind.ACCOUNT, Kind.CONTACT, Kind.ADDRESS, Kind.PLACE)),
    Kind.NUMBER: frozenset((Kind.BARE, Kind.BORN, Kind.ACCOUNT, Kind.CONTACT, Kind.ADDRESS)),
    Kind.BORN: frozenset((Kind.BARE, Kind.ACCOUNT, Kind.CONTACT, Kind.ADDRESS)),
}
"""Two columns that identify together. The telephone and the address of a village office do not."""


def refuse_persons(file: str, rows: Sequence[Row]) -> None:
    """Refuse a sheet whose columns are those of persons: the first pass, at reading, over every sheet.

    A column of NIK or of family card numbers is enough alone. All others count only two by two, such as a name beside
    a birth date; a column that is only called ``nama`` is left to ``refuse_rows``, for it may hold regions.

    Raises
    ------
    Refused
        ``error.persons`` with the columns and the count of cells that hit, never a value.
    """
    found = person_columns(enumerate(zip_longest(*(row.cells for row in rows))))
    if any(column.certain for column in found) or together(found):
        raise refusal(file, found)


def together(columns: Sequence[PersonColumn]) -> bool:
    """Whether two of the columns identify together."""
    kinds = {column.kind for column in columns}
    return any(kind in kinds and kinds & beside for kind, beside in _BESIDE.items())


def refusal(file: str, columns: Sequence[PersonColumn]) -> Refused:
    """The refusal, with the columns and the count of cells that hit."""
    shown = [column for column in columns if column.kind in SURE]
    titles = ", ".join(dict.fromkeys(column.title for column in shown))
    return Refused("error.persons", file=file, columns=titles, n=max((column.hits for column in shown), default=0))
