"""Filling templates in as people and their programs do: typing into white cells, saving as XLSX or ODS."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import shapely
from odf import opendocument, style, table, text
from openpyxl.worksheet.worksheet import Worksheet

from geoapp.catalogue import Catalogue
from geoapp.catalogue.site import Site
from geoapp.domain.codes import CodeSystem, RegionCode
from geoapp.domain.levels import Level
from geoapp.domain.periods import Period
from geoapp.domain.regions import BoundaryStatus
from geoapp.domain.words import Words
from geoapp.releases.templates.template_book import write
from geoapp.releases.templates.template_form import Wanted, form
from geoapp.store.database import Store
from geoapp.store.editions import NewEdition, NewRegion
from geoapp.store.editions import write as write_edition

REGIONS = {
    **{f"35.73.01.{1000 + n}": f"Kelurahan {chr(64 + n)}" for n in range(1, 7)},
    **{f"35.73.02.{2000 + n}": f"Desa {chr(64 + n)}" for n in range(1, 7)},
}
CODES = sorted(REGIONS)
SITE = Site(office=Words("Dinas Kominfo", "Data office"), contact="mailto:data@example.go.id")
Y2024, HALF = Period("2024"), Period("2024-S2")
Cells = Mapping[tuple[str, str], object]
"""Header and code → what a person types."""
Convert = Callable[[Path], Path]


def made(store: Store, catalogue: Catalogue, path: Path, wanted: Wanted) -> Path:
    with store.begin() as connection:
        path.write_bytes(write(form(connection, catalogue.indicators, wanted), SITE))
    return path


def open_sheet(path: Path, title: str = "Isian") -> Worksheet:
    sheet = openpyxl.load_workbook(path)[title]
    assert isinstance(sheet, Worksheet)
    return sheet


def heads(sheet: Worksheet) -> dict[str, int]:
    """Header → column."""
    return {str(cell.value): cell.column for cell in sheet[3] if cell.value is not None}


def fill(path: Path, cells: Cells) -> Path:
    """Type into the white cells, as a person would; a locked one does not take it."""
    book = openpyxl.load_workbook(path)
    sheet = book["Isian"]
    columns, lines = heads(sheet), {str(row[0].value): row[0].row for row in sheet.iter_rows(min_row=4)}
    for (header, code), value in cells.items():
        cell = sheet.cell(lines[code], columns[header])
        assert not cell.protection.locked, (header, code)
        cell.value = value
    book.save(path)
    return path


def as_ods(path: Path) -> Path:
    """The same workbook as ODS: hidden sheets stay hidden, numbers numbers, texts texts."""
    document = opendocument.OpenDocumentSpreadsheet()
    unseen = style.Style(name="unseen", family="table")
    unseen.addElement(style.TableProperties(display="false"))
    document.automaticstyles.addElement(unseen)
    for sheet in openpyxl.load_workbook(path).worksheets:
        looks = {"stylename": unseen} if sheet.sheet_state == "hidden" else {}
        drawn = table.Table(name=sheet.title, **looks)
        for row in sheet.iter_rows():
            line = table.TableRow()
            for cell in row:
                line.addElement(_ods_cell(cell.value))
            drawn.addElement(line)
        document.spreadsheet.addElement(drawn)
    out = path.with_suffix(".ods")
    document.save(out)
    return out


def _ods_cell(value: object) -> Any:
    if value is None:
        return table.TableCell()
    if isinstance(value, int | float):
        return table.TableCell(valuetype="float", value=str(value))
    cell = table.TableCell(valuetype="string")
    cell.addElement(text.P(text=str(value)))
    return cell


def wanted(*indicators: str, **more: Any) -> Wanted:
    return Wanted(**{"edition": "kota-campur-2025", "indicators": indicators, "periods": (Y2024,), **more})


def make_rw_edition(store: Store) -> str:
    """The four RW of one kelurahan, as an edition of their own."""
    village = RegionCode.parse(CodeSystem.KEMENDAGRI, "35.73.01.1001")
    uppers = [village.at(level) for level in (Level.PROVINCE, Level.REGENCY, Level.DISTRICT)]
    rows = [
        NewRegion(code.text, level, None, f"Atas {code.text}", None, parent and parent.text, parent and parent.level)
        for code in uppers
        if (level := code.level) is not None and ((parent := code.parent) is None or parent.level is not None)
    ]
    square = shapely.set_srid(shapely.MultiPolygon([shapely.box(112, -8, 112.01, -7.99)]), 4326)
    inside = shapely.set_srid(shapely.Point(112.005, -7.995), 4326)
    wkb = [shapely.to_wkb(each, include_srid=True) for each in (inside, square)]
    rows.append(
        NewRegion(village.text, Level.VILLAGE, 1, "Ujung", None, "35.73.01", Level.DISTRICT, 4.0, [], wkb[0], wkb[1])
    )
    rows.extend(
        NewRegion(f"{village.text}.00{n}", Level.RW, n, f"RW 00{n}", None, village.text, Level.VILLAGE, 1.0, [], *wkb)
        for n in range(1, 5)
    )
    edition = NewEdition(
        id="ujung-rw-2025",
        area="Ujung",
        code_system=CodeSystem.KEMENDAGRI,
        source="made",
        attribution=Words("Buatan", "Made"),
        licence="CC0",
        status=BoundaryStatus.INDICATIVE,
        dated="2025",
        base_level=Level.RW,
        box=(112.0, -8.0, 112.01, -7.99),
        digest="ujung-rw-2025",
        report={},
    )
    with store.begin() as connection:
        write_edition(connection, edition, rows, [])
    return edition.id
