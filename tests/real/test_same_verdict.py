"""The verdict on a table does not hang on its file's name, the order of its rows and columns, or where it is from."""

import csv
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.real.conftest import AREAS, Check, K
from tests.real.tables import SERANG, asked

Cells = Sequence[Sequence[Any]]
TABLES = (
    ("banjarmasin_jumlah_rt_kelurahan.csv", ",", "banjarmasin-k", asked("uji_rt=JUMLAH_RT", period="2024")),
    ("bandung_jumlah_kk_semester.csv", ";", "bandung-k", asked("kk=jumlah_kk")),
    ("bandung_jumlah_penduduk_jk_semester.csv", ",", "bandung-k", asked("penduduk=jumlah_penduduk")),
    ("made_malang_codes_mixed.csv", ",", "malang-k", asked("penduduk")),
    ("made_malang_codes_scientific.csv", ",", "malang-k", asked("penduduk")),
    ("jakarta_kepadatan_kelurahan_2013.csv", ",", "jakarta-k", asked("luas_km2=LUAS_WILAYAHKM2")),
    ("bandung_kepadatan_kecamatan.csv", ",", "bandung-k", asked("kepadatan=kepadatan_penduduk")),
    ("batu_podes_2024_rows_repeated.csv", ",", "batu-b", asked("uji_jawaban=R502A", period="2024")),
)


def _verdict(report: Mapping[str, Any]) -> tuple[Any, ...]:
    question = report["question"]
    regions = sorted(tuple(each.items()) for each in report["regions"])
    return report["rows"], regions, report["code_system"], question and question["options"]


def _shuffled(rows: Cells, seed: int) -> list[list[Any]]:
    """Header and rows with rows and columns in another order."""
    chance = random.Random(seed)
    columns = list(range(len(rows[0])))
    chance.shuffle(columns)
    body = [list(row) for row in rows[1:]]
    chance.shuffle(body)
    return [[row[n] for n in columns] for row in [list(rows[0]), *body]]


def _write(path: Path, rows: Cells, delimiter: str) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


@pytest.mark.parametrize(("file", "sign", "edition", "arguments"), TABLES, ids=[each[0] for each in TABLES])
def test_a_renamed_and_shuffled_table_gets_the_same_verdict(
    file: str, sign: str, edition: str, arguments: tuple[str, ...], checked: Check, data: Path, tmp_path: Path
) -> None:
    path = data / "statistics" / file
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines, delimiter=sign))
    first = _verdict(checked(path, edition, *arguments)[1])

    for seed in (1, 2):
        other = _write(tmp_path / f"data final ({seed}) fix 1999.csv", _shuffled(rows, seed), ";|"[seed % 2])
        assert _verdict(checked(other, edition, *arguments)[1]) == first


def test_a_shuffled_workbook_gets_the_same_verdict(checked: Check, data: Path, tmp_path: Path) -> None:
    path = data / "statistics" / "idm_2021_2024_kab_serang_wide.xlsx"
    rows = [list(row) for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in _shuffled(rows, 3):
        sheet.append(row)
    book.save(tmp_path / "Book1.xlsx")

    first = _verdict(checked(path, "serang-k", *SERANG)[1])
    assert _verdict(checked(tmp_path / "Book1.xlsx", "serang-k", *SERANG)[1]) == first


@pytest.mark.parametrize(("area", "other"), [("bandung", "medan"), ("banjarmasin", "malang")])
def test_the_same_table_of_another_regency_gets_the_same_verdict(
    area: str, other: str, checked: Check, data: Path, tmp_path: Path, names: Any
) -> None:
    files = {"bandung": ("bandung_jumlah_kk_semester.csv", ";", "KODE_KD", "kemendagri_nama_desa_kelurahan")}
    files["banjarmasin"] = ("banjarmasin_jumlah_rt_kelurahan.csv", ",", "KODE_KEL", "KELURAHAN")
    file, sign, code_column, name_column = files[area]
    with (data / "statistics" / file).open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines, delimiter=sign)
        rows = list(reader)
    fresh = sorted(code for code in names[K] if code.startswith(AREAS[other]) and len(code) == 13)
    swap: dict[str, str] = {}
    for row in rows:
        code = swap.setdefault(row[code_column], fresh[len(swap) % len(fresh)])
        dotted = "." in row[code_column]
        row[name_column], row[code_column] = names[K][code], code if dotted else code.replace(".", "")
    distinct = len(set(swap.values()))
    keep = [name for name in rows[0] if not name.startswith("bps_") and "kecamatan" not in name.lower()]
    path = _write(tmp_path / "lain.csv", [keep, *([row[name] for name in keep] for row in rows)], sign)

    arguments = asked("kk=jumlah_kk") if area == "bandung" else asked("uji_rt=JUMLAH_RT", period="2024")
    _, report = checked(path, f"{other}-k", *arguments)
    _, first = checked(data / "statistics" / file, f"{area}-k", *arguments)
    assert distinct == len(swap)
    assert report["rows"] == first["rows"]
    assert [each["figure"] for each in report["regions"]] == [each["figure"] for each in first["regions"]]
