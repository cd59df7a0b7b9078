"""Workbooks as sheets: XLSX, XLS and ODS by one quick reader, and what it loses put back from a second look."""

import io
from typing import Any

from geoapp.errors import Refused
from geoapp.releases.reading.biff import second_look as look_at_xls
from geoapp.releases.reading.books import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Merged, Sheet
from geoapp.releases.reading.ods import second_look as look_at_ods
from geoapp.releases.reading.packed import Parts
from geoapp.releases.reading.second_look import Seen
from geoapp.releases.reading.table import Row
from geoapp.releases.reading.xlsx import second_look as look_at_xlsx

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def read_workbook(name: str, raw: bytes) -> tuple[tuple[Sheet, ...], bool]:
    """Every sheet of a workbook, and whether it holds macros (they are never run).

    Raises
    ------
    Refused
        If it is none, is damaged, locked by a password, of a kind not read, or larger than a table is.
    """
    try:
        looked, macros = _looked(name, raw)
    except (ValueError, ArithmeticError, LookupError) as error:
        raise Refused("error.table_broken", file=name) from error
    if not any(seen.cells for seen in looked.values()) and looked:
        raise Refused("error.table_empty", file=name)
    for seen in looked.values():
        if seen.rows > MAX_ROWS or seen.columns > MAX_COLUMNS:
            raise Refused("error.table_too_long", file=name, rows=MAX_ROWS, columns=MAX_COLUMNS, cells=MAX_CELLS)
        if seen.rows * seen.columns > MAX_CELLS:
            spread = seen.cells < MAX_CELLS / 4
            message = "error.table_spread" if spread else "error.table_too_long"
            raise Refused(message, file=name, rows=MAX_ROWS, columns=MAX_COLUMNS, cells=MAX_CELLS, cell=seen.last)
    return _sheets(name, raw, looked), macros


def _looked(name: str, raw: bytes) -> tuple[dict[str, Seen], bool]:
    """What the second look saw, by the title of the sheet, before the quick reader may allocate anything."""
    if raw.startswith(OLE):
        if _LOCKED in raw:
            raise Refused("error.table_locked", file=name)
        return look_at_xls(name, raw)
    parts = Parts(name, raw)
    parts.check()
    lower = {part.lower() for part in parts.names}
    if "xl/workbook.bin" in lower:
        raise Refused("error.table_is_xlsb", file=name)
    if "content.xml" in lower:
        return look_at_ods(parts), any(part.startswith("basic/") for part in lower)
    if not any(part.startswith("xl/worksheets/") for part in lower):
        raise Refused("error.table_is_archive", file=name)
    return look_at_xlsx(parts), "xl/vbaproject.bin" in lower


def _sheets(name: str, raw: bytes, looked: dict[str, Seen]) -> tuple[Sheet, ...]:
    import python_calamine

    sheets, cells = [], 0
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
        for about in book.sheets_metadata:
            if about.typ is not python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            cells += sheet.total_height * sheet.total_width
            if cells > MAX_CELLS or sheet.total_width > MAX_COLUMNS:
                raise Refused("error.table_too_long", file=name, rows=MAX_ROWS, columns=MAX_COLUMNS, cells=MAX_CELLS)
            unseen = about.visible is not python_calamine.SheetVisibleEnum.Visible
            sheets.append(_sheet(sheet, unseen, looked.get(about.name, Seen())))
    except Refused:
        raise
    except (python_calamine.CalamineError, OSError, ValueError, KeyError) as error:
        locked = "assword" in str(error)
        raise Refused("error.table_locked" if locked else "error.table_broken", file=name) from error
    except BaseException as error:
        # a panic of the reader is no Exception, and must not end a service
        if type(error).__name__ != "PanicException":
            raise
        raise Refused("error.table_broken", file=name) from error
    if not sheets:
        raise Refused("error.table_empty", file=name)
    return tuple(sheets)


def _sheet(sheet: Any, unseen: bool, seen: Seen) -> Sheet:
    rows = [
        [None if cell == "" or (cell.__class__ is str and cell.isspace()) else cell for cell in cells]
        for cells in sheet.to_python(skip_empty_area=False)
    ]
    for (line, column), value in seen.instead.items():
        while line > len(rows):
            rows.append([])
        cells = rows[line - 1]
        cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = value
    while rows and not any(cell is not None for cell in rows[-1]):
        rows.pop()
    ranges = sheet.merged_cell_ranges or ()
    merged = [Merged(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges]
    return Sheet(
        sheet.name,
        tuple(Row(line, tuple(cells)) for line, cells in enumerate(rows, 1)),
        tuple(line for line in seen.hidden if line <= len(rows)),
        tuple(merged) or seen.merged,
        unseen,
        seen.uncalculated,
        seen.percent,
    )
