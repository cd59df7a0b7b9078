"""From a list of persons only counts leave: per region, per category, and nothing of anybody."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import text

from geoapp.cli import run
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests.releases.conftest import VILLAGES, Table

CODES = sorted(VILLAGES)
HEADER = ("NIK", "Nama", "Kode Desa", "JK", "Umur", "Alamat")


@pytest.fixture(autouse=True)
def at_this_database(urls: Urls, edition: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line works on the test's database, in Indonesian."""
    monkeypatch.setenv("GEOAPP_DATABASE_URL", urls.owner)
    monkeypatch.setenv("GEOAPP_LANG", "id")


def person(n: int, code: str, sex: str = "L", age: str = "18-59") -> tuple[str, ...]:
    """One line of a list; nobody's."""
    return (f"357301{n % 28 + 1:02}0590{n:04}", f"Orang Ke{n}", code, sex, age, f"Jl. Mawar {n}")


def people() -> list[tuple[str, ...]]:
    """Thirty persons in three villages: 20 (8 women), 8 (all men), 2 (both women)."""
    first = [person(n, CODES[0], "P" if n < 8 else "L") for n in range(20)]
    second = [person(n, CODES[1], "Laki-laki") for n in range(20, 28)]
    return [*first, *second, *(person(n, CODES[2], "p") for n in (28, 29))]


def counted(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV of counts."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def count(table: Table, rows: Sequence[Sequence[object]], *options: str) -> int:
    """Count a list with these options into ``jumlah.csv`` beside it."""
    path = table("daftar.csv", [HEADER, *rows])
    return run(["statistics", "count-per-region", str(path), "-o", str(path.parent / "jumlah.csv"), *options])


def test_rows_are_counted_per_region_and_nothing_else_is_written(
    table: Table, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert count(table, people()) == 0

    rows = counted(tmp_path / "jumlah.csv")
    assert [(row["kode_wilayah"], row["nama_wilayah"], row["jumlah"]) for row in rows] == [
        (CODES[0], VILLAGES[CODES[0]], "20"),
        (CODES[1], VILLAGES[CODES[1]], "8"),
        (CODES[2], VILLAGES[CODES[2]], "2"),
    ]
    said = "".join(capfd.readouterr())
    assert "30 baris terbaca, 30 terhitung di 3 wilayah" in said
    assert "1 hitungan bernilai 1 sampai 4" in said
    assert "17 wilayah di kota-kecil-2025 tidak punya baris" in said
    written = (tmp_path / "jumlah.csv").read_text(encoding="utf-8-sig")
    assert not any(cell in said + written for row in people() for cell in (row[0], row[1], row[5]))


def test_the_counts_go_straight_into_an_import(store: Store, table: Table, tmp_path: Path) -> None:
    assert count(table, people(), "--by", "JK", "--indicator", "penduduk", "--period", "2024") == 0
    assert run(["statistics", "import", str(tmp_path / "jumlah.csv"), "--indicator", "penduduk"]) == 0

    with store.begin() as connection:
        found = connection.execute(text("SELECT code, figure FROM intake.staged WHERE figure IS NOT NULL")).all()
    assert sorted(map(tuple, found)) == [(CODES[0], 20.0), (CODES[1], 8.0), (CODES[2], 2.0)]


def test_a_category_is_one_however_it_is_written_and_none_is_an_honest_nought(table: Table, tmp_path: Path) -> None:
    assert count(table, people(), "--by", "JK") == 0

    rows = [(row["kode_wilayah"], row["JK"], row["jumlah"]) for row in counted(tmp_path / "jumlah.csv")]
    assert rows == [
        (CODES[0], "L", "12"), (CODES[0], "P", "8"), (CODES[1], "L", "8"), (CODES[1], "P", "0"),
        (CODES[2], "L", "0"), (CODES[2], "P", "2"),
    ]  # fmt: skip


def test_a_list_of_everybody_says_nought_of_the_other_regions(table: Table, tmp_path: Path) -> None:
    assert count(table, people(), "--whole") == 0

    figures = [row["jumlah"] for row in counted(tmp_path / "jumlah.csv")]
    assert figures == ["20", "8", "2", *["0"] * 17]


def test_every_row_is_accounted_for(table: Table, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    strange = [person(40, "35.73.01.1999"), person(41, "35.99.01.2001"), person(42, ""), person(43, CODES[0], "")]

    assert count(table, [*people(), *strange], "--by", "JK", "--json") == 0

    said = json.loads(capsys.readouterr().out)
    rows = said["rows"]
    assert (rows["read"], rows["counted"], rows["uncategorised"]) == (34, 30, 1)
    left = rows["suggested"] + rows["unplaced"] + rows["outside"] + rows["aside"] + rows["uncategorised"]
    assert rows["read"] == rows["counted"] + left
    assert said["regions"] == {"asked": 20, "counted": 3}


def test_somebody_who_stands_there_twice_is_counted_and_said(table: Table, capsys: pytest.CaptureFixture[str]) -> None:
    assert count(table, [*people(), people()[0]]) == 0

    assert "1 baris sama persis" in capsys.readouterr().out


@pytest.mark.parametrize(("column", "says"), [("NIK", "perorangan"), ("Nama", "perorangan"), ("Alamat", "perorangan")])
def test_nothing_is_counted_by_what_tells_of_one_person(
    table: Table, tmp_path: Path, capsys: pytest.CaptureFixture[str], column: str, says: str
) -> None:
    assert count(table, people(), "--by", column) == 1

    assert says in capsys.readouterr().err
    assert not (tmp_path / "jumlah.csv").exists()


def test_a_column_of_many_entries_is_no_category(table: Table, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [(*row[:4], str(n), row[5]) for n, row in enumerate(people())]

    assert count(table, rows, "--by", "Umur") == 1

    assert "30 isian berbeda" in capsys.readouterr().err


def test_a_workbook_of_counts_holds_codes_as_text(table: Table, tmp_path: Path) -> None:
    path = table("daftar.csv", [HEADER, *people()])

    assert run(["statistics", "count-per-region", str(path), "-o", str(tmp_path / "jumlah.xlsx")]) == 0

    sheet = openpyxl.load_workbook(tmp_path / "jumlah.xlsx").active
    assert [cell.value for cell in sheet[2]] == [CODES[0], VILLAGES[CODES[0]], 20]
    assert sheet["A2"].number_format == "@"


@pytest.mark.parametrize(("name", "leaves"), [("jumlah.txt", 2), ("daftar.csv", 2), ("tiada/jumlah.csv", 2)])
def test_counts_are_not_written_over_the_list_nor_in_another_form(
    table: Table, tmp_path: Path, name: str, leaves: int
) -> None:
    path = table("daftar.csv", [HEADER, *people()])
    before = path.read_bytes()

    assert run(["statistics", "count-per-region", str(path), "-o", str(tmp_path / name)]) == leaves

    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["daftar.csv"]


def test_a_list_of_nowhere_is_refused_without_a_name(
    table: Table, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [person(n, f"99.99.01.{2000 + n}") for n in range(1, 20)]

    assert count(table, rows) == 1

    said = "".join(capsys.readouterr())
    assert not any(cell in said for row in rows for cell in (row[0], row[1], row[5]))
    assert not (tmp_path / "jumlah.csv").exists()


def test_without_a_file_the_counts_stand_on_the_terminal(table: Table, capsys: pytest.CaptureFixture[str]) -> None:
    path = table("daftar.csv", [HEADER, *people()])

    assert run(["statistics", "count-per-region", str(path)]) == 0

    assert [CODES[0], *VILLAGES[CODES[0]].split(), "20"] in map(str.split, capsys.readouterr().out.splitlines())
