"""Every real table is read as an independent reader reads it: the same rows on the same lines, nothing lost."""

import csv
import gzip
import io
from pathlib import Path

import openpyxl
import pytest

from geoapp.errors import Refused
from geoapp.releases.options import Options
from geoapp.releases.reading.layout import find_table
from geoapp.releases.reading.read import read_book
from geoapp.releases.reading.table import Table
from tests.releases.conftest import SHARED

TABLES = SHARED / "statistics"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the folder of real files is not beside this checkout")
Lines = dict[int, list[str]]

CSVS = {
    "aceh_penduduk_desa_jk_2024.csv": (";", 12_994, {}),
    "bandung_jumlah_kk_semester.csv": (";", 2_262, {}),
    "bandung_jumlah_penduduk_jk_semester.csv": (",", 4_522, {}),
    "bandung_kepadatan_kecamatan.csv": (",", 180, {}),
    "banjarmasin_jumlah_rt_kelurahan.csv": (",", 52, {}),
    "batu_podes_2024_rows_repeated.csv": (",", 638, {}),
    "census_2010_kota_jawa_timur.psv": ("|", 424, {}),
    "census_2010_villages.csv.gz": (",", 77_096, {}),
    "cilacap_geografi.csv": (",", 284, {}),
    "cilacap_penduduk_2016_2020.csv": (",", 284, {}),
    "idm_2024_villages.csv.gz": (",", 75_265, {}),
    "jabar_idm_sungai_limbah_2019_2021.csv.gz": (",", 15_936, {}),
    "jabar_idm_sungai_limbah_kab_bandung.csv": (",", 810, {}),
    "jakarta_kepadatan_kelurahan_2013.csv": (",", 267, {}),
    "made_cilacap_codes_zero_lost.csv": (",", 284, {}),
    "made_malang_codes_float.csv": (",", 57, {}),
    "made_malang_codes_mixed.csv": (",", 57, {}),
    "made_malang_codes_scientific.csv": (",", 57, {}),
    "made_malang_codes_scientific_full.csv": (",", 57, {}),
    "made_medan_names_cp1252.csv": (";", 32, {34: "row.total", 35: "row.note"}),
    "malang_covid_kecamatan_2020.csv": (",", 60, {}),
}
"""Delimiter, rows below the header, and those that are no data."""

BOOKS = {
    "aceh_pidie_jaya_posko_kosong.xlsx": ("Sheet3", 231, (2, 3, 4), {}),
    "idm_2021_2024_kab_serang_wide.xlsx": ("Sheet1", 326, (1,), {}),
    "jakarta_corona_kelurahan_2020-04-30.xlsx": ("data", 270, (1,), {2: "row.total"}),
    "jakarta_corona_kelurahan_2021-01-30.xlsx": ("data", 270, (1,), {2: "row.total"}),
    "made_kda_lowokwaru_2010.xlsx": (
        "Tabel 3.1",
        15,
        (1, 2, 4, 5, 6),
        {19: "row.total", 20: "row.note", 21: "row.note"},
    ),
    "rekap_idm_2024_provinsi.xlsx": ("Rekap IDM 2024", 38, (1,), {39: "row.total"}),
}
"""Sheet, rows below the header, headings, and rows that are no data."""


def found(name: str, sheet: str | None = None) -> Table:
    """The table as we read it; lists of persons are another test's."""
    return find_table(read_book(TABLES / name), Options(sheet=sheet))


def by_csv(path: Path, delimiter: str) -> Lines:
    """Every full record by the line on which it begins."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    text = raw.decode("cp1252" if "cp1252" in path.name else "utf-8-sig")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines, line = {}, 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            lines[line] = cells
        line = reader.line_num + 1
    return lines


@pytest.mark.parametrize("name", CSVS)
def test_a_real_csv_has_the_rows_of_an_independent_reader(name: str) -> None:
    delimiter, rows, asides = CSVS[name]
    lines = by_csv(TABLES / name, delimiter)

    table = found(name)

    assert (len(table.rows), dict(table.asides)) == (rows, asides)
    assert [*table.headings, *(row.line for row in table.rows)] == list(lines)
    raw = {row.line: ["" if cell is None else cell for cell in row.cells] for row in table.raw}
    assert raw == {line: ["" if not cell.strip() else cell for cell in cells] for line, cells in lines.items()}
    bare = [" ".join(cell.split()) for cell in lines[table.headings[-1]]]
    assert list(table.header) == bare[: len(table.header)]


@pytest.mark.parametrize("name", BOOKS)
def test_a_real_workbook_has_the_rows_of_an_independent_reader(name: str) -> None:
    title, rows, headings, asides = BOOKS[name]
    book = openpyxl.load_workbook(TABLES / name, data_only=True)
    full = {
        line: cells
        for line, cells in enumerate(book[title].iter_rows(values_only=True), 1)
        if any(cell is not None and str(cell).strip() for cell in cells)
    }

    table = found(name)

    assert (table.sheet, len(table.rows), table.headings) == (title, rows, headings)
    assert set(table.others) == {sheet for sheet in book.sheetnames if sheet != title}
    assert dict(table.asides) == asides
    assert [row.line for row in table.raw] == list(full)
    for row in table.raw:
        expected = [cell for cell in full[row.line] if cell is not None and str(cell).strip()]
        assert [cell for cell in row.cells if cell is not None] == expected


def test_the_second_sheet_of_dalam_angka_has_its_years_under_one_heading() -> None:
    table = found("made_kda_lowokwaru_2010.xlsx", "Tabel 3.2")

    assert table.header[:4] == ("Kelurahan", "2008", "2009r", "2010*")
    assert table.groups[1:4] == ("Tahun",) * 3
    assert [row.line for row in table.rows if row.line not in table.asides] == list(range(5, 17))
    assert dict(table.asides) == {18: "row.note"}


def test_the_old_workbook_and_the_open_one_hold_the_same_57_villages() -> None:
    old, open_one = found("made_malang_penduduk_2010.xls"), found("made_malang_penduduk_2010.ods")

    assert (dict(old.asides), old.titles) == ({61: "row.total"}, ("JUMLAH PENDUDUK KOTA MALANG PER KELURAHAN, SP2010",))
    assert [row.cells[1:] for row in old.rows[:-1]] == [row.cells[1:] for row in open_one.rows]
    assert sum(row.cells[3] for row in open_one.rows) == 820_243  # type: ignore[misc]


def test_repeated_headings_of_the_second_year_belong_to_the_column_before_them() -> None:
    table = found("jakarta_corona_kelurahan_2021-01-30.xlsx")

    named = [name.split(" – ")[0] for name in table.header if name.endswith("– Perawatan RS")]
    assert named == ["SUSPEK", "PROBABLE", "PELAKU PERJALANAN", "KONTAK ERAT"]
    assert len(set(table.header)) == len(table.header) == 33


def test_the_census_is_filled_down_and_every_village_has_its_district() -> None:
    table = found("census_2010_villages.csv.gz")

    assert table.filled == (0, 1, 2, 3, 4, 5)
    assert all(cell is not None for row in table.rows for cell in row.cells[:6])
    codes = {"".join(map(str, row.cells[0:7:2])) for row in table.rows}
    assert len(codes) == 77_084
    assert sum(int(str(row.cells[8])) for row in table.rows) == 237_689_702


def test_the_page_that_calls_itself_a_workbook_is_named() -> None:
    with pytest.raises(Refused, match=r"error\.table_is_html"):
        found("jabar_garis_kemiskinan_html.xls")


def test_the_nation_is_read_whole() -> None:
    table = found("idm_2024_villages.csv.gz")

    assert len(table.rows) == 75_265
