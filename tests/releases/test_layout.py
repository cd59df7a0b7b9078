"""The table is found wherever an office put it: titles, headers of several rows, groups, totals, notes, sheets."""

import csv
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from geoapp.errors import NotFound, Refused
from geoapp.releases.options import Options
from geoapp.releases.reading.read import read_table
from geoapp.releases.reading.table import Table

Rows = Sequence[Sequence[object]]


def from_csv(folder: Path, rows: Rows, options: Options | None = None) -> Table:
    """The table of these rows, written as CSV."""
    path = folder / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([["" if cell is None else cell for cell in row] for row in rows])
    return read_table(path, options)


def from_book(
    folder: Path, sheets: dict[str, Rows], merged: Sequence[str] = (), options: Options | None = None
) -> Table:
    """The table of these sheets, written as XLSX; ranges of the first sheet are merged."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    for each in merged:
        book.worksheets[0].merge_cells(each)
    book.save(folder / "a.xlsx")
    return read_table(folder / "a.xlsx", options)


def full(table: Table) -> list[str]:
    """Every column's name with what stands above it."""
    return [table.full(n) for n in range(len(table.header))]


def data(table: Table) -> list[tuple[object, ...]]:
    """The rows that are data."""
    return [row.cells for row in table.rows if row.line not in table.asides]


DALAM_ANGKA: Rows = (
    ("Tabel 3.1", "Luas dan Penduduk Menurut Kelurahan di Kecamatan Klojen, 2020"),
    (),
    ("No", "Kelurahan", "Luas (km²)", "Penduduk (jiwa)", None, None, "Kepadatan"),
    (None, None, None, "Laki-laki", "Perempuan", "Jumlah", None),
    ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)=(4)+(5)", "(7)"),
    (1, "Kasin", "0,9", "1.204", "1.310", "2.514", "2793"),
    (2, "Kauman", "0,8", "904", "…", "1.810", "2262"),
    (None, "Kecamatan Klojen", "1,7", "2.108", None, "4.324", None),
    ("Catatan: … belum tersedia",),
    ("Sumber: BPS",),
)
DALAM_ANGKA_NAMES = [
    "No",
    "Kelurahan",
    "Luas (km²)",
    "Penduduk (jiwa) – Laki-laki",
    "Penduduk (jiwa) – Perempuan",
    "Penduduk (jiwa) – Jumlah",
    "Kepadatan",
]


@pytest.mark.parametrize("merged", [(), ("A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:G4"), ("D3:F3",)])
def test_a_header_of_two_rows_names_every_column_merged_or_not(tmp_path: Path, merged: tuple[str, ...]) -> None:
    table = from_book(tmp_path, {"Tabel": DALAM_ANGKA}, merged)

    assert full(table) == DALAM_ANGKA_NAMES
    assert table.header[3:6] == ("Laki-laki", "Perempuan", "Jumlah")
    assert table.headings == (1, 3, 4, 5)
    assert [row.line for row in table.rows] == [6, 7, 8, 9, 10]
    assert dict(table.asides) == {8: "row.total", 9: "row.note", 10: "row.note"}
    assert table.notes == ("Catatan: … belum tersedia", "Sumber: BPS")


def test_a_csv_loses_the_merges_and_keeps_the_names(tmp_path: Path) -> None:
    table = from_csv(tmp_path, DALAM_ANGKA)

    assert full(table) == DALAM_ANGKA_NAMES
    assert [cells[1] for cells in data(table)] == ["Kasin", "Kauman"]


def test_years_stand_in_the_second_row_under_one_heading(tmp_path: Path) -> None:
    rows = (
        ("Kelurahan", "Tahun", None, None, "Ket"),
        (None, 2008, "2009r", "2010*", None),
        ("Kasin", 5, 6, 7, None),
        ("Kauman", "-", 8, 9, None),
    )

    for table in (from_book(tmp_path, {"a": rows}, ("B1:D1", "A1:A2", "E1:E2")), from_csv(tmp_path, rows)):
        assert table.header == ("Kelurahan", "2008", "2009r", "2010*", "Ket")[: len(table.header)]
        assert table.groups[1:4] == ("Tahun", "Tahun", "Tahun")
        assert [cells[0] for cells in data(table)] == ["Kasin", "Kauman"]


def test_a_header_of_years_alone_is_a_header(tmp_path: Path) -> None:
    table = from_csv(tmp_path, [("Desa", 2021, 2022), ("Kasin", 5, 6), ("Kauman", 7, 8)])

    assert (table.header, len(table.rows)) == (("Desa", "2021", "2022"), 2)


def test_a_year_in_every_row_is_data(tmp_path: Path) -> None:
    table = from_csv(tmp_path, [("Desa", "Tahun", "Status"), ("Kasin", 2021, "MAJU"), ("Kauman", 2021, "MANDIRI")])

    assert (table.header, len(table.rows)) == (("Desa", "Tahun", "Status"), 2)


def test_a_village_whose_figure_looks_like_a_year_is_no_header(tmp_path: Path) -> None:
    rows = [("Wilayah", "KK"), ("Kasin", 1941), ("Kauman", 2048), ("Klojen", 7653), ("Samaan", 812)]

    table = from_csv(tmp_path, rows)

    assert (table.header, len(table.rows)) == (("Wilayah", "KK"), 4)


def test_other_sheets_with_the_same_headings_are_told(tmp_path: Path) -> None:
    rows = {title: [("Desa", "KK"), ("Kasin", 5), ("Kauman", 6)] for title in ("2021", "2022", "2023")}
    rows["Petunjuk"] = [("Desa", "Cara mengisi"), ("Kasin", 1)]

    table = from_book(tmp_path, rows)
    asked = from_book(tmp_path, rows, options=Options(sheet="2022"))

    (noticed,) = [each for each in table.findings if each.message == "reading.sheets_alike"]
    assert (noticed.values["sheets"], asked.findings) == ("2022, 2023", ())


def test_a_row_of_groups_above_a_full_row_of_labels(tmp_path: Path) -> None:
    rows = (
        (None, None, "Penduduk", None, "Keluarga", None),
        ("Kode", "Desa", "L", "P", "L", "P"),
        ("35.73.01.1001", "Kasin", 1, 2, 3, 4),
    )

    for table in (from_book(tmp_path, {"a": rows}, ("C1:D1", "E1:F1")), from_csv(tmp_path, rows)):
        assert table.header == ("Kode", "Desa", "Penduduk – L", "Penduduk – P", "Keluarga – L", "Keluarga – P")
        assert table.headings == (1, 2)


def test_three_rows_of_header_join_their_groups(tmp_path: Path) -> None:
    rows = (
        ("KODE", "DESA", "KERUGIAN", None, None),
        (None, None, "RUMAH", None, "TERNAK"),
        (None, None, "RUSAK\nBERAT", "RUSAK RINGAN", None),
        ("35.73.01.1001", "Kasin", 1, 2, 3),
    )
    merged = ("A1:A3", "B1:B3", "C1:E1", "C2:D2", "E2:E3")
    named = ["KERUGIAN – RUMAH – RUSAK BERAT", "KERUGIAN – RUMAH – RUSAK RINGAN", "KERUGIAN – TERNAK"]

    for table in (from_book(tmp_path, {"a": rows}, merged), from_csv(tmp_path, rows)):
        assert full(table)[2:] == named


def test_labels_that_repeat_are_named_by_the_column_that_begins_their_block(tmp_path: Path) -> None:
    header = ("ID_KEL", "nama", "SUSPEK", "Dirawat", "Suspek Meninggal", "Selesai", "POSITIF", "Dirawat", "Selesai")

    table = from_csv(tmp_path, [header, ("3573011001", "Kasin", 1, 2, 3, 4, 5, 6, 7)])

    assert table.header[2:6] == ("SUSPEK", "SUSPEK – Dirawat", "Suspek Meninggal", "SUSPEK – Selesai")
    assert table.header[6:] == ("POSITIF", "POSITIF – Dirawat", "POSITIF – Selesai")


def test_columns_alike_without_a_group_are_counted(tmp_path: Path) -> None:
    table = from_csv(tmp_path, [("ID_KEL", "ID_KEL", "Penduduk", "Penduduk"), ("3573011001", "3573011001", 1, 2)])

    assert table.header == ("ID_KEL", "ID_KEL (2)", "Penduduk", "Penduduk (2)")


@pytest.mark.parametrize(
    ("second", "third"),
    [(("", "", "(jiwa)", "(km²)"), "Penduduk (jiwa)"), (("Code", "Village", "Population", "Area"), "Penduduk")],
)
def test_a_row_of_units_or_of_another_language_makes_no_groups(
    tmp_path: Path, second: tuple[str, ...], third: str
) -> None:
    rows = [("Kode", "Desa", "Penduduk", "Luas"), second, ("35.73.01.1001", "Kasin", 12, 3)]

    table = from_csv(tmp_path, rows)

    assert (table.header[2], table.groups[2], len(table.rows)) == (third, "", 1)


@pytest.mark.parametrize("numbers", [("(1)", "(2)", "(3)"), (1, 2, 3), ("(a)", "(b)", "(c)"), ("1", "2", "3=1+2")])
def test_the_numbers_of_the_columns_are_a_heading(tmp_path: Path, numbers: tuple[object, ...]) -> None:
    table = from_csv(tmp_path, [("Kode", "Desa", "Penduduk"), numbers, ("35.73.01.1001", "Kasin", 12)])

    assert table.headings == (1, 2)
    assert [row.line for row in table.rows] == [3]


def test_a_header_that_comes_again_is_set_aside_with_its_numbers(tmp_path: Path) -> None:
    header, numbers = ("No", "Desa", "Penduduk"), ("(1)", "(2)", "(3)")
    rows = [header, numbers, (1, "Kasin", 5), (2, "Kauman", 6), header, numbers, (3, "Oro-oro Dowo", 7)]

    table = from_csv(tmp_path, rows)

    assert dict(table.asides) == {5: "row.header_again", 6: "row.header_again"}
    assert len(data(table)) == 3


def test_group_columns_are_filled_until_a_higher_one_changes(tmp_path: Path) -> None:
    rows = [
        ("kode kab", "kode kec", "kode desa", "desa", "penduduk"),
        ("73", "010", "001", "Kasin", 5),
        (None, None, "002", "Kauman", 6),
        (None, "020", "001", "Arjosari", 7),
        ("74", None, "001", "Lain", 8),
        (None, None, "002", "Lagi", 9),
    ]

    table = from_csv(tmp_path, rows)

    assert [cells[:3] for cells in data(table)] == [
        ("73", "010", "001"),
        ("73", "010", "002"),
        ("73", "020", "001"),
        ("74", None, "001"),
        ("74", None, "002"),
    ]
    assert table.filled == (0, 1)
    assert table.raw[2].cells[:2] == (None, None)
    assert [each.message for each in table.understood] == ["reading.header_line", "reading.filled_down"]


def test_a_group_column_right_of_the_names_is_filled_too(tmp_path: Path) -> None:
    rows = [("Penduduk", "Desa", "Kecamatan"), (5, "Kasin", "Klojen"), (6, "Kauman", None), (7, "Arjosari", "Blimbing")]

    assert [cells[2] for cells in data(from_csv(tmp_path, rows))] == ["Klojen", "Klojen", "Blimbing"]


def test_a_blank_in_a_column_that_is_written_out_stays_blank(tmp_path: Path) -> None:
    rows = [("Kecamatan", "Desa", "Penduduk"), *(("Klojen", f"Desa {n}", n) for n in range(8)), (None, "Entah", 5)]

    table = from_csv(tmp_path, rows)

    assert (data(table)[-1], table.filled) == ((None, "Entah", "5"), ())


def test_totals_are_set_aside_and_do_not_end_a_group(tmp_path: Path) -> None:
    rows = [
        ("Kecamatan", "Kelurahan", "Penduduk"),
        (None, "TOTAL", 30),
        ("Klojen", "1. Kasin", 5),
        (None, "Sub Total", 5),
        (None, "2. Kauman", 6),
        ("Blimbing", "Arjosari", 7),
        ("Jumlah Blimbing", None, 7),
        (None, "Rata-rata", 6),
    ]

    table = from_csv(tmp_path, rows)

    assert dict(table.asides) == dict.fromkeys((2, 4, 7, 8), "row.total")
    assert [cells[:2] for cells in data(table)] == [
        ("Klojen", "1. Kasin"),
        ("Klojen", "2. Kauman"),
        ("Blimbing", "Arjosari"),
    ]


def test_a_village_with_a_code_is_data_whatever_it_is_called(tmp_path: Path) -> None:
    names = ("Total", "Sumber Agung", "Kemantren", "Kota Baru", "Rata Ara", "Sambungan", "Jumlah")
    rows = [("kode", "desa", "penduduk"), *((f"35.73.01.200{n}", name, n) for n, name in enumerate(names, 1))]

    assert from_csv(tmp_path, rows).asides == {}


def test_a_village_with_a_name_like_a_note_is_data_without_a_code_too(tmp_path: Path) -> None:
    names = ("Sumber Agung", "Kemantren", "Kota Baru", "Rata Ara", "Sambungan", "Kabupaten", "Sumber")

    table = from_csv(tmp_path, [("desa", "penduduk"), *((name, 5) for name in names)])

    assert table.asides == {}


def test_the_sum_of_both_sexes_is_no_total_of_regions(tmp_path: Path) -> None:
    rows = [
        ("desa", "jenis kelamin", "penduduk"),
        *((desa, sex, 5) for desa in ("Kasin", "Kauman") for sex in ("Laki-laki", "Perempuan", "Jumlah")),
    ]

    assert from_csv(tmp_path, rows).asides == {}


def test_a_line_with_the_sums_of_what_follows_gives_the_district_where_the_table_begins_so(tmp_path: Path) -> None:
    rows = [
        ("No", "Kecamatan / Desa", "Penduduk"),
        ("I", "KECAMATAN KLOJEN", 11),
        (1, "Kasin", 5),
        (2, "Kauman", 6),
        (None, "Jumlah Kec. Klojen", 11),
        ("II", "KECAMATAN BLIMBING", 7),
        (1, "Arjosari", 7),
    ]

    above = from_csv(tmp_path, rows)
    below = from_csv(tmp_path, [rows[0], *rows[2:4], rows[1], rows[6], rows[5]])

    assert [cells[-1] for cells in data(above)] == ["KECAMATAN KLOJEN", "KECAMATAN KLOJEN", "KECAMATAN BLIMBING"]
    assert above.header[-1] == "Kecamatan"
    assert below.header == ("No", "Kecamatan / Desa", "Penduduk")


def test_a_line_of_its_own_above_the_villages_gives_them_their_district(tmp_path: Path) -> None:
    rows = [
        ("No", "Kelurahan", "Penduduk"),
        ("A", "Kecamatan Klojen", None),
        (1, "Kasin", 5),
        (2, "Kauman", 6),
        (None, "Kec. Blimbing", None),
        (1, "Arjosari", 7),
    ]

    table = from_csv(tmp_path, rows)

    assert dict(table.asides) == {2: "row.group", 5: "row.group"}
    assert table.header[-1] == "Kecamatan"
    assert [cells[-1] for cells in data(table)] == ["Kecamatan Klojen", "Kecamatan Klojen", "Kec. Blimbing"]


def test_a_table_of_districts_is_no_table_of_totals(tmp_path: Path) -> None:
    rows = [("Wilayah", "Penduduk"), ("Kecamatan Klojen", 5), ("Kecamatan Blimbing", 6), ("Kecamatan Sukun", 7)]

    assert from_csv(tmp_path, rows).asides == {}


def test_the_last_village_without_figures_is_no_note(tmp_path: Path) -> None:
    rows = [("Kelurahan", "Penduduk", "Luas"), ("Kasin", 5, 1), ("Kauman", 6, 1), ("Pulau Jauh", "-", None)]

    assert from_csv(tmp_path, rows).asides == {}


def test_what_stands_below_the_table_is_notes(tmp_path: Path) -> None:
    rows = [
        ("Kelurahan", "Penduduk"),
        ("Kasin", 5),
        ("Kauman", 6),
        (),
        ("r angka diperbaiki; * angka sementara",),
        (None, "Malang, 3 Januari 2024"),
        (None, "Camat Klojen"),
    ]

    table = from_csv(tmp_path, rows)

    assert dict(table.asides) == {5: "row.note", 6: "row.note", 7: "row.note"}


@pytest.mark.parametrize("second", [("Kelurahan", "P"), ("Kelurahan", 2022)])
def test_a_second_table_below_is_set_aside_and_said(tmp_path: Path, second: tuple[object, ...]) -> None:
    rows = [("Kelurahan", 2021), ("Kasin", 5), ("Kauman", 6), (), ("Tabel 2",), second, ("Kasin", 7), ("Jumlah", 7)]

    table = from_book(tmp_path, {"a": rows})

    assert dict(table.asides) == dict.fromkeys((5, 6, 7, 8), "row.other_table")
    assert [(each.message, each.place.line) for each in table.findings] == [("reading.other_table", 5)]


def test_a_column_that_says_the_level_begins_no_table(tmp_path: Path) -> None:
    rows = [("Tingkat", "Desa", "Status"), ("Kecamatan", "Klojen", "ADA"), ("Desa", "Kasin", "ADA")]

    assert from_csv(tmp_path, rows).asides == {}


def test_what_follows_a_second_title_of_the_same_header_is_data(tmp_path: Path) -> None:
    rows = [("Desa", "L"), ("Kasin", 5), ("Desa", "L"), ("Kauman", 6)]

    assert dict(from_csv(tmp_path, rows).asides) == {3: "row.header_again"}


def test_figures_below_the_table_without_a_region_are_a_total(tmp_path: Path) -> None:
    rows = [("Kecamatan", "Desa", "L"), ("Klojen", "Kasin", 5), (None, None, 5), (), (None, None, "NIP. 1970 1 001")]

    assert dict(from_csv(tmp_path, rows).asides) == {3: "row.total", 5: "row.note"}


def test_questions_called_by_numbers_are_a_header(tmp_path: Path) -> None:
    table = from_csv(tmp_path, [("KODE", "101", "102"), ("3573011001", 1, 2), ("3573011002", 2, 2)])

    assert (table.header, len(table.rows)) == (("KODE", "101", "102"), 2)


@pytest.mark.parametrize(
    "above",
    [
        [("Tahun", "2024")],
        [("PEMERINTAH KOTA MALANG",), ("Kecamatan :", "Klojen"), ("Tahun :", "2024"), ()],
        [("Data", "Penduduk"), ("Tahun", "2024"), ("Semester", "1")],
        [(), ("Jumlah Penduduk Menurut Kelurahan",), ("Keadaan 31 Desember 2024",)],
    ],
)
@pytest.mark.parametrize("rows", [1, 3, 10])
def test_lines_above_the_table_are_titles(tmp_path: Path, above: Rows, rows: int) -> None:
    written = [*above, ("No", "Kelurahan", "L", "P"), *((n, f"Desa {n}", 5 * n, 6 * n) for n in range(1, rows + 1))]

    table = from_csv(tmp_path, written)

    assert table.header == ("No", "Kelurahan", "L", "P")
    assert table.header_line == len(above) + 1
    assert (len(data(table)), len(table.titles)) == (rows, sum(map(len, above)))


@pytest.mark.parametrize(
    "header",
    [
        ("Desa/Kelurahan", "Jumlah"),
        ("KODE", "Nilai"),
        ("Wilayah", "Jumlah KK"),
        ("Nama", "Jiwa"),
        ("entah", "apa"),
    ],
)
@pytest.mark.parametrize("first", ["35.73.01.1001", "3573011001", "Kasin"])
def test_a_small_table_of_two_columns_is_found_whatever_its_headers(
    tmp_path: Path, header: tuple[str, str], first: str
) -> None:
    table = from_csv(tmp_path, [header, (first, 5), (first[:-1] + "2", 6), (first[:-1] + "3", 7)])

    assert (table.header, len(data(table))) == (header, 3)


def test_a_table_of_neighbourhoods_keeps_its_small_numbers(tmp_path: Path) -> None:
    rows = [("RW", "RT", "Jumlah KK"), (1, 1, 40), (1, 2, 50), (2, 1, 60)]

    table = from_csv(tmp_path, rows)

    assert (table.header, [row.line for row in table.rows], table.asides) == (("RW", "RT", "Jumlah KK"), [2, 3, 4], {})


def test_a_table_of_words_alone_is_found(tmp_path: Path) -> None:
    rows = [
        ("Status sungai",),
        ("kecamatan", "desa", "limbah"),
        ("Klojen", "Kasin", "ADA"),
        ("Klojen", "Kauman", "ADA"),
    ]

    table = from_csv(tmp_path, rows)

    assert (table.header, len(table.rows)) == (("kecamatan", "desa", "limbah"), 2)


def test_columns_without_a_name_keep_their_place(tmp_path: Path) -> None:
    table = from_csv(tmp_path, [("desa", "", "", "luas"), ("Kasin", "", 5.2, 0.9), ("Kauman", "", 96.2, 0.8)])

    assert table.header == ("desa", "", "", "luas")
    assert data(table)[0] == ("Kasin", None, "5.2", "0.9")


PIVOT: Rows = (("ID_KEL", "(All)"), (), ("Row Labels", "Sum of L"), ("Klojen", 5), ("Grand Total", 5))
VILLAGES: Rows = (("Kelurahan", "L"), ("Kasin", 2), ("Kauman", 3))


@pytest.mark.parametrize(
    "others",
    [
        {"catatan": [("Catatan: angka sementara",)]},
        {"pivot": PIVOT},
        {"kecamatan": [("Kecamatan", "L"), *((f"Kec {n}", n) for n in range(40))]},
        {"keterangan": [("Istilah", "Arti"), ("L", "laki-laki"), ("P", "perempuan"), ("KK", "keluarga")]},
    ],
)
def test_the_sheet_of_the_finest_regions_is_found_and_the_others_are_named(
    tmp_path: Path, others: dict[str, Rows]
) -> None:
    for sheets in ({**others, "data": VILLAGES}, {"data": VILLAGES, **others}):
        table = from_book(tmp_path, sheets)

        assert (table.sheet, table.others) == ("data", tuple(others))
        assert table.understood[0].option == "--sheet"


def test_a_hidden_sheet_loses_to_one_that_is_seen(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for title, state in (("lama", "hidden"), ("baru", "visible")):
        sheet = book.create_sheet(title)
        for row in VILLAGES:
            sheet.append(list(row))
        sheet.sheet_state = state
    book.remove(book.worksheets[0])
    book.save(tmp_path / "a.xlsx")

    assert read_table(tmp_path / "a.xlsx").sheet == "baru"
    hidden = read_table(tmp_path / "a.xlsx", Options(sheet="lama"))
    assert [each.message for each in hidden.findings] == ["reading.hidden_sheet"]


def test_an_asked_column_leads_to_its_sheet_and_header(tmp_path: Path) -> None:
    odd: Rows = [("x", "y"), (1, 2), ("id unik", "nilai"), ("abc", 7)]

    table = from_book(tmp_path, {"data": VILLAGES, "lain": odd}, options=Options(code_column="id unik"))

    assert (table.sheet, table.header, [row.line for row in table.rows]) == ("lain", ("id unik", "nilai"), [4])
    with pytest.raises(NotFound, match=r"error\.no_such_code_column"):
        from_book(tmp_path, {"data": VILLAGES}, options=Options(code_column="tidak ada"))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("kode", "penduduk")], "error.no_rows"),
        ([("35.73.01.1001", 5), ("35.73.01.1002", 6)], "error.no_table"),
        ([("Judul saja",), ("dan catatan",)], "error.table_one_column"),
    ],
)
def test_a_file_without_a_table_is_refused_and_says_what_is_missing(tmp_path: Path, rows: Rows, message: str) -> None:
    with pytest.raises(Refused) as refused:
        from_csv(tmp_path, rows)

    assert refused.value.message == message


def test_every_full_row_is_either_heading_or_row_and_never_both(tmp_path: Path) -> None:
    table = from_book(tmp_path, {"Tabel": DALAM_ANGKA})

    lines = [*table.headings, *(row.line for row in table.rows)]
    assert sorted(lines) == [row.line for row in table.raw] == [1, *range(3, 11)]
    assert set(table.asides) <= {row.line for row in table.rows}
