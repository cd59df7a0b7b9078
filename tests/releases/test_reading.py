"""Files become tables whatever wrote them; what is none, too large, or about persons is refused in one sentence."""

import gzip
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from geoapp.errors import GeoappError, NotFound, Refused
from geoapp.i18n import speak
from geoapp.releases.options import Options
from geoapp.releases.reading.read import read_table

ROWS = (("kode", "desa", "penduduk"), ("35.73.01.1001", "Ujung – Barat", "12"), ("35.73.01.1002", "Timur", "7"))


def text(delimiter: str = ",") -> str:
    """The rows as CSV."""
    return "\r\n".join(delimiter.join(row) for row in ROWS) + "\r\n"


@pytest.mark.parametrize("delimiter", [",", ";", "|", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_a_csv_of_any_delimiter_and_encoding_reads_the_same(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text(delimiter).encode(encoding))

    table = read_table(path)

    assert table.header == ROWS[0]
    assert [row.cells for row in table.rows] == list(ROWS[1:])


def test_a_packed_csv_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(text().encode()))

    assert len(read_table(path).rows) == 2


def test_lines_are_those_of_the_file_even_where_headers_hold_line_breaks(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('Judul;;\n\n"kode\ndesa";nama;"jumlah\n\npenduduk"\n35.73.01.1001;A;5\n\n35.73.01.1002;B;6\n')

    table = read_table(path)

    assert table.header == ("kode desa", "nama", "jumlah penduduk")
    assert (table.header_line, [row.line for row in table.rows], table.titles) == (3, [7, 9], ("Judul",))


def test_the_sheet_that_holds_the_table_is_found_and_the_others_are_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Catatan", 0).append(["hanya catatan", "bukan tabel"])
    sheet = book["Sheet"]
    for row in (["Tabel 1, 2010"], [], ["No", "Kode Desa", "Penduduk", "Penduduk"], [1, 3573011001.0, 5, 6]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")

    table = read_table(tmp_path / "a.xlsx")

    assert (table.sheet, table.others, table.titles) == ("Sheet", ("Catatan",), ("Tabel 1, 2010",))
    assert table.header == ("No", "Kode Desa", "Penduduk", "Penduduk (2)")
    assert [row.line for row in table.rows] == [4]
    with pytest.raises(NotFound, match=r"error\.no_sheet"):
        read_table(tmp_path / "a.xlsx", Options(sheet="Lain"))


def bomb() -> bytes:
    """A workbook that unpacks to far more than it is."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", b" " * 40_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"", "error.table_empty"),
        ("a.csv", b"hanya satu kolom\nbaris\n", "error.table_one_column"),
        ("a.xlsx", b"kode,penduduk\n1,2\n", "error.table_ending"),
        ("a.csv", b"\x00\x01\x02\x03" * 500, "error.table_not_text"),
        ("a.csv", b'{"type": "FeatureCollection"}', "error.not_a_table"),
        ("a.xls", b"<html><table><tr><td>kode</td></tr></table></html>", "error.table_is_html"),
        ("a.xlsx", bomb(), "error.table_too_large"),
        ("a.xlsx", b"PK\x03\x04 no zip at all", "error.table_broken"),
        ("a.csv.gz", b"\x1f\x8b no gzip at all", "error.table_broken"),
        ("a.csv", b"kode," + b"x," * 3000 + b"\n", "error.table_too_long"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(Refused) as refused:
        read_table(path)

    assert refused.value.message == message
    assert all(speak(language, message, **refused.value.values) for language in ("id", "en"))  # type: ignore[arg-type]


def test_a_file_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_table(tmp_path / "a.csv")


NIK = [f"357302450190{n:04d}" for n in range(1, 9)]
PHONE = [f"08123456{n:04d}" for n in range(1, 9)]


@pytest.mark.parametrize(
    "header",
    [
        ("nik", "nama", "kode_desa"),
        ("No. KK", "umur", "kode_desa"),
        ("x", "nama_lengkap", "kode_desa"),
        ("x", "", "kode_desa"),
    ],
)
def test_a_table_of_persons_is_refused_and_no_value_is_repeated(tmp_path: Path, header: tuple[str, ...]) -> None:
    names = PHONE if header[1] == "" else [f"Orang {n}" for n in range(8)]
    rows = [header, *zip(NIK, names, ["35.73.01.1001"] * 8, strict=True)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(",".join(row) for row in rows) + "\n")

    with pytest.raises(GeoappError) as refused:
        read_table(path)

    assert refused.value.message == "error.persons"
    assert not any(value in str(refused.value) for value in (*NIK, *PHONE, *names))


def test_persons_without_a_header_are_refused_and_named_by_their_place(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(f"{nik},{phone}" for nik, phone in zip(NIK, PHONE, strict=True)) + "\n")

    with pytest.raises(Refused) as refused:
        read_table(path)

    assert refused.value.values["columns"] == "#1, #2"


@pytest.mark.parametrize(
    "header", [("kode_desa", "nama", "kk"), ("kode_desa", "nama", "jumlah_kk"), ("kode_desa", "nama_desa", "nama")]
)
def test_a_table_of_villages_with_names_is_no_table_of_persons(tmp_path: Path, header: tuple[str, ...]) -> None:
    path = tmp_path / "a.csv"
    rows = [header, *((f"35.73.01.{1000 + n}", f"Desa {n}", str(100 + n)) for n in range(1, 9))]
    path.write_text("\n".join(",".join(row) for row in rows) + "\n")

    assert len(read_table(path).rows) == 8


def test_a_column_of_nik_alone_is_refused_whatever_its_header(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = [("kode_desa", "penduduk"), *((f"35.73.01.{1000 + n}", nik) for n, nik in enumerate(NIK, 1))]
    path.write_text("\n".join(",".join(row) for row in rows) + "\n")

    with pytest.raises(Refused) as refused:
        read_table(path)

    assert refused.value.message == "error.persons"


def test_codes_of_blocks_below_the_village_are_no_persons(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = [("idsls", "penduduk"), *((f"3573011{n:03d}000{n % 10}00", "40") for n in range(1, 12))]
    path.write_text("\n".join(",".join(row) for row in rows) + "\n")

    assert len(read_table(path).rows) == 11


def test_a_table_with_headers_alone_says_that_it_has_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("kode,tahun,penduduk\n\n")

    with pytest.raises(Refused) as refused:
        read_table(path)

    assert refused.value.message == "error.no_rows"
