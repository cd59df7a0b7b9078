"""What the quick reader of workbooks loses comes back: per cent, superscripts, hidden rows, errors, lost zeros."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from geoapp.releases.reading.read import read_book, read_table
from geoapp.releases.reading.second_look import as_percent
from tests.releases.workbooks import number_cell, ods, record, text_cell, xls, xlsx

STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="000"/>'
    '<numFmt numFmtId="166" formatCode="0.0&quot;%&quot;"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/>'
    '<xf numFmtId="166"/><xf numFmtId="9"/></cellXfs>'
)
STRINGS = (
    '<si><t>desa</t></si><si/><si><r><t>17.659</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></si>'
    "<si><r><t>Luas (km</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>2</t></r><r><t>)</t></r></si>"
    '<si><r><t>2009</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>r</t></r></si>'
)
ROWS = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>3</v></c><c r="C1" t="s"><v>4</v></c></row>'
    '<row r="2" hidden="1"><c r="A2" s="2"><v>7</v></c><c r="B2" s="1"><v>0.125</v></c>'
    '<c r="C2" t="s"><v>2</v></c></row>'
    '<row r="3"><c r="A3" s="2"/><c r="B3" s="3"><v>12.5</v></c><c r="C3" t="e"><v>#DIV/0!</v></c></row>'
    '<row r="4"><c r="A4" t="s" s="1"><v>0</v></c><c r="B4" s="4"><v>0.07</v></c><c r="C4"><f>SUM(B2:B3)</f></c></row>'
    '<row r="5"><c r="A5"><v>1</v></c><c r="B5"><f>B4</f><v>0.07</v></c><c r="C5" t="str"><f>A4</f><v>x</v></c></row>'
)


def test_an_xlsx_is_read_as_it_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(xlsx(ROWS, STRINGS, STYLES))

    [sheet] = read_book(tmp_path / "a.xlsx").sheets

    assert [row.cells for row in sheet.rows] == [
        ("desa", "Luas (km²)", "2009r"),
        ("007", 12.5, "17.659¹"),
        (None, 12.5, "#DIV/0!"),
        ("desa", 7.0, "=SUM(B2:B3)"),
        (1.0, 0.07, "x"),
    ]
    assert (sheet.title, sheet.hidden, sheet.percent, sheet.uncalculated) == ("Data & Angka", (2,), 2, ("C4",))


def test_a_file_of_openpyxl_with_texts_inside_its_cells_is_read_alike(tmp_path: Path) -> None:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    raised = CellRichText("17.659", TextBlock(InlineFont(vertAlign="superscript"), "12"))
    for row in (["desa", "penduduk", "persen"], ["Kasin", raised, 0.125], ["Kauman", "=1+1", 0.5614]):
        sheet.append(row)
    sheet["C2"].number_format = sheet["C3"].number_format = "0.00%"
    sheet.row_dimensions[3].hidden = True
    book.save(tmp_path / "a.xlsx")

    table = read_table(tmp_path / "a.xlsx")

    assert [row.cells for row in table.rows] == [("Kasin", "17.659¹²", 12.5), ("Kauman", "=1+1", 56.14)]
    assert table.hidden == (3,)
    said = {each.message: each for each in table.findings}
    assert said.keys() == {"reading.hidden_rows", "reading.uncalculated", "reading.percent"}
    assert said["reading.uncalculated"].place.cell == "B3"
    assert said["reading.hidden_rows"].place.line == 3


@pytest.mark.parametrize("shown", ["7", "12.5", "56.14", "0.3", "33.333333333", "100", "99.99"])
def test_per_cent_is_exact(shown: str) -> None:
    assert as_percent(float(shown) / 100) == float(shown)


def test_dates_stay_dates(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["kode", "penduduk"], [date(2024, 1, 11), 5], ["11.02", 6]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "a.xlsx")

    assert read_table(tmp_path / "a.xlsx").rows[0].cells[0] == date(2024, 1, 11)


def test_an_ods_is_read_as_it_is_seen(tmp_path: Path) -> None:
    raised = '<style:style style:name="T1"><style:text-properties style:text-position="super 58%"/></style:style>'
    table = (
        "<table:table-row>"
        '<table:table-cell office:value-type="string" table:number-columns-spanned="2"><text:p>desa</text:p>'
        "</table:table-cell><table:covered-table-cell/>"
        '<table:table-cell office:value-type="string"><text:p>persen</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        '<table:table-row table:visibility="filter">'
        '<table:table-cell office:value-type="string"><text:p>Kasin</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string"><text:p>5<text:span text:style-name="T1">1</text:span></text:p>'
        '</table:table-cell><table:table-cell office:value-type="percentage" office:value="0.125">'
        "<text:p>12,5%</text:p>"
        "</table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="16384"/>'
        "</table:table-row>"
    )
    (tmp_path / "a.ods").write_bytes(ods(table, raised))

    [sheet] = read_book(tmp_path / "a.ods").sheets

    assert [row.cells for row in sheet.rows if any(row.cells)] == [("desa", None, "persen"), ("Kasin", "5¹", 12.5)]
    assert [row.line for row in sheet.rows if any(row.cells)] == [1, 4]
    assert (sheet.hidden, sheet.percent, sheet.merged) == ((4,), 1, ((1, 0, 1, 1),))


def test_an_xls_is_read_as_it_is_seen(tmp_path: Path) -> None:
    hidden = record(0x208, (1).to_bytes(2, "little"), bytes(10), (0x20).to_bytes(4, "little"))
    packed = (2 << 2 | 3).to_bytes(4, "little")  # the whole number 2, a hundredth of it meant
    cells = [
        *(text_cell(0, n, text) for n, text in enumerate(("kode", "desa", "persen"))),
        hidden,
        number_cell(1, 0, 7, 2),
        text_cell(1, 1, "Kasin"),
        number_cell(1, 2, 0.125, 1),
        record(0xBD, bytes((2, 0, 1, 0, 1, 0)), packed, bytes((1, 0)), packed, bytes((2, 0))),
        record(0x205, bytes((3, 0, 2, 0, 0, 0, 7, 1))),
    ]
    (tmp_path / "a.xls").write_bytes(xls(cells, ("General", "0.0%", "000")))

    [sheet] = read_book(tmp_path / "a.xls").sheets

    assert [row.cells for row in sheet.rows] == [
        ("kode", "desa", "persen"),
        ("007", "Kasin", 12.5),
        (None, 2.0, 2.0),
        (None, None, "#DIV/0!"),
    ]
    assert (sheet.hidden, sheet.percent) == ((2,), 3)
