"""Templates to fill in: what stands in one, and what a filled one says of itself.

A sheet of our own, hidden, tells the machine what the columns are, so that a filled template needs no options.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from geoapp.domain.codes import CodeSystem
from geoapp.domain.indicators import Indicator, header_key
from geoapp.domain.levels import Level
from geoapp.domain.observations import State
from geoapp.domain.periods import Period
from geoapp.domain.regions import Edition
from geoapp.i18n import speak
from geoapp.releases.options import Asked, Options
from geoapp.releases.reading.books import Book, Sheet

MACHINE = "geoapp"
"""The hidden sheet; its first cell says what it is."""
SIGN = "geoapp-template"
FORM = "Isian"
CODE = "Kode wilayah"
NOT_APPLICABLE = "tidak berlaku"
"""What stands where a figure cannot exist."""
_VERSION = "1"


class Column(NamedTuple):
    """A column to fill in."""

    header: str
    indicator: Indicator
    period: Period


class Place(NamedTuple):
    """A region that is asked: ``above`` the names of its upper regions by level, ``kind`` where its code says it."""

    code: str
    name: str
    kind: str | None
    above: Mapping[Level, str]


@dataclass(frozen=True)
class Form:
    """A template before it is a workbook; ``levels`` are those of the upper regions that are worth a column."""

    edition: Edition
    level: Level
    area: str
    title: str
    places: tuple[Place, ...]
    columns: tuple[Column, ...]
    levels: tuple[Level, ...]
    region_set: str = ""

    @property
    def name_column(self) -> str:
        """The header of the names."""
        return level_name(self.level)


@dataclass(frozen=True)
class Filled:
    """A filled template: what it says of itself, and the book with only the sheet that people filled in."""

    options: Options
    book: Book


def level_name(level: Level) -> str:
    """What a column of regions of this level is called, as a table writes it: ``Desa/kelurahan``."""
    id = "level.village.mixed" if level is Level.VILLAGE else f"level.{level.slug}"
    said = speak("id", id, n=1)
    return said[:1].upper() + said[1:]


def applies(indicator: Indicator, place: Place) -> bool:
    """Whether the region can have a figure of the indicator; where its code does not say its kind, it can."""
    return not indicator.applies_to or place.kind is None or place.kind in indicator.applies_to


def machine_rows(made: Form) -> Iterable[tuple[str, ...]]:
    """What the hidden sheet says, row by row."""
    yield SIGN, _VERSION
    yield "edition", made.edition.id
    yield "level", made.level.slug
    yield "system", made.edition.code_system.value
    if made.area:
        yield "area", made.area
    if made.region_set:
        yield "set", made.region_set
    yield "sheet", FORM
    yield "code", CODE
    yield "name", made.name_column
    for level in made.levels:
        yield "above", level_name(level), level.slug
    for each in made.columns:
        yield "column", each.header, each.indicator.slug, each.period.text


def recognise(book: Book) -> Filled | None:
    """What a filled template says of itself; None for every other book, also one whose hidden sheet was damaged."""
    said = next((rows for sheet in book.sheets if (rows := _machine(sheet))), None)
    if said is None:
        return None
    try:
        options = _options(said)
    except (KeyError, ValueError, IndexError):
        return None
    form = next((sheet for sheet in book.sheets if sheet.title == options.sheet), None)
    if form is None:
        return None
    answered = _answered(form)
    given = tuple(each for each in options.indicators if header_key(each.column or "") in answered)
    options = replace(options, indicators=given or options.indicators)
    return Filled(options, replace(book, sheets=(form,)))


def _answered(sheet: Sheet) -> set[str]:
    """The headers of columns in which anything was filled in: a column nobody touched says nothing of any region."""
    rows = [[_plain(cell) for cell in row.cells] for row in sheet.rows]
    header = next((n for n, row in enumerate(rows) if row[:1] == [CODE]), len(rows))
    return {
        header_key(head)
        for n, head in enumerate(rows[header] if header < len(rows) else ())
        if any(n < len(row) and row[n] not in ("", NOT_APPLICABLE) for row in rows[header + 1 :])
    }


def _machine(sheet: Sheet) -> list[list[str]] | None:
    """The rows of our sheet as texts; None for another sheet."""
    texts = ([_plain(cell) for cell in row.cells] for row in sheet.rows)
    full = (row for row in texts if any(row))
    first = next(full, [])  # of another sheet, which may be long, no more is looked at
    return [first, *full] if first[:1] == [SIGN] else None


def _plain(cell: object) -> str:
    """A cell as text; a program may have made a number of a year."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()


def _options(rows: Sequence[Sequence[str]]) -> Options:
    single = {row[0]: row[1] for row in rows if row[0] not in ("above", "column", "") and row[1]}
    return Options(
        sheet=single["sheet"],
        edition=single["edition"],
        level=Level.of(single["level"]),
        code_system=CodeSystem(single["system"]),
        area=single.get("area"),
        region_set=single.get("set"),
        code_column=single["code"],
        name_column=single["name"],
        name_columns={Level.of(row[2]): row[1] for row in rows if row[0] == "above"},
        indicators=tuple(Asked(row[2], row[1], Period.parse(row[3])) for row in rows if row[0] == "column"),
        states={"-": State.MISSING, "–": State.MISSING},
    )
