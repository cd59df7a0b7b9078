"""Made tables as files: CSV of any delimiter and encoding, XLSX and ODS, and what each physical line of them is."""

import csv
import io
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.releases.damaged_cells import figure_columns
from tests.releases.made_tables import Sheet, Truth


@dataclass(frozen=True)
class Written:
    """A file, and what each of its physical lines that is not blank is: a truth, ``head`` or ``aside``.

    ``blank`` are the series in whose columns nothing is written beside any region.
    """

    path: Path
    lines: Mapping[int, Truth | str]
    blank: Set[tuple[str, str]]


def write(sheet: Sheet, folder: Path, name: str, form: str) -> Written:
    """Write a sheet as ``form``: a delimiter and an encoding, ``xlsx`` or ``ods``; the lines are those of the file."""
    asides = {at: [row for place, row in sheet.asides if place == at] for at, _ in sheet.asides}
    rows: list[tuple[list[Any], Truth | str]] = [(row, "head") for row in [*sheet.above, sheet.header, *sheet.heads]]
    for n in range(len(sheet.rows) + 1):
        rows.extend((row, "aside") for row in asides.get(n, ()))
        if n < len(sheet.rows):
            rows.append((sheet.rows[n], sheet.truths[n]))
    ending = form if form in ("xlsx", "ods") else "csv"
    path = folder / f"{name}.{ending}"
    {"xlsx": _write_xlsx, "ods": _write_ods}.get(ending, _write_csv(form))(path, [cells for cells, _ in rows])
    lines: dict[int, Truth | str] = {}
    line = 1
    for cells, what in rows:
        if any(_text(cell).strip() for cell in cells):
            lines[line] = what
        line += 1 + (sum(_text(cell).count("\n") for cell in cells) if ending == "csv" else 0)
    blank = {
        key
        for column, key in figure_columns(sheet).items()
        if key is not None and not any(_text(row[column]).strip() for row in sheet.rows)
    }
    return Written(path, lines, blank)


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)


def _write_csv(form: str) -> Callable[[Path, list[list[Any]]], None]:
    delimiter, _, encoding = form.partition(" ")

    def write_file(path: Path, rows: list[list[Any]]) -> None:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(
            [_text(cell) for cell in row] for row in rows
        )
        path.write_bytes(text.getvalue().encode(encoding, errors="replace"))

    return write_file


def _write_xlsx(path: Path, rows: list[list[Any]]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for line, row in enumerate(rows, 1):
        for column, cell in enumerate(row, 1):
            if cell not in (None, ""):
                written = book.active.cell(line, column)
                written.value = cell
                if isinstance(cell, str):
                    written.data_type = "s"
    book.save(path)


def _write_ods(path: Path, rows: list[list[Any]]) -> None:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    table = Table(name="Data")
    for row in rows:
        line = TableRow()
        for cell in row or [None]:
            if isinstance(cell, int | float):
                line.addElement(TableCell(valuetype="float", value=cell))
                continue
            written = TableCell(valuetype="string") if cell else TableCell()
            if cell:
                for part in str(cell).split("\n"):
                    written.addElement(P(text=part))
            line.addElement(written)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    document.save(str(path))
