"""Counts of rows per region as a table that an import takes as it is: CSV or XLSX."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any, NamedTuple

from geoapp.downloads.csv import safe
from geoapp.releases.count import Counts

FORMS = (".csv", ".xlsx")


class Heads(NamedTuple):
    """The headers of the counts and of their categories; ``period`` is the one of all rows, if it was said."""

    figure: str
    categories: tuple[str, ...] = ()
    period: str | None = None


def rows(counts: Counts, names: Mapping[str, str], heads: Heads) -> Iterator[tuple[str | int, ...]]:
    """The header and one row a count: code, name, categories, the period where it is said, and the number of rows."""
    period = ("periode",) if heads.period else ()
    yield ("kode_wilayah", "nama_wilayah", *heads.categories, *period, heads.figure)
    said = (heads.period,) if heads.period else ()
    for cell in counts.cells:
        yield (cell.code, names.get(cell.code, ""), *cell.categories, *said, cell.rows)


def write_csv(table: Sequence[Sequence[str | int]]) -> bytes:
    """UTF-8 with a byte order mark, commas between cells; no text can be taken for a formula."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerows([safe(cell) if isinstance(cell, str) else cell for cell in row] for row in table)
    return text.getvalue().encode("utf-8-sig")


def write_xlsx(table: Sequence[Sequence[str | int]]) -> bytes:
    """One sheet; codes and all other texts are texts, whatever they look like."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Hitungan")
    for row in table:
        sheet.append([_cell(sheet, cell) for cell in row])
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


def _cell(sheet: Any, cell: str | int) -> Any:
    from openpyxl.cell import WriteOnlyCell

    written = WriteOnlyCell(sheet, cell)
    if isinstance(cell, str):
        written.data_type = "s"
        written.number_format = "@"
    return written
