"""The report's CSV has every physical row of a real table exactly once, as readers that are not ours count them."""

import csv
import gzip
import io
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from tests.real.conftest import Check
from tests.real.tables import CASES, Case

_TEXTS = (".csv", ".psv", ".csv.gz")
TABLES = {each.file: each for each in CASES if each.file.endswith((*_TEXTS, ".xlsx")) and "person" not in each.file}
"""One case a file: the last, whose question is answered."""


def _lines(path: Path, sheet: str) -> list[int]:
    """The physical lines on which a record or row begins that holds anything."""
    if path.suffix == ".xlsx":
        rows = openpyxl.load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True)
        return [n for n, row in enumerate(rows, 1) if any(str(cell or "").strip() or cell == 0 for cell in row)]
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252")
    sign = max(",;|", key=text[:5000].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    begins, lines = 1, []
    for row in reader:
        if any(cell.strip() for cell in row):
            lines.append(begins)
        begins = reader.line_num + 1
    return lines


@pytest.mark.parametrize("case", TABLES.values(), ids=TABLES)
def test_every_physical_row_stands_once_in_the_report(case: Case, checked: Check, data: Path, tmp_path: Path) -> None:
    path, told = data / "statistics" / case.file, tmp_path / "laporan.csv"
    _, report = checked(path, case.edition, *case.arguments, "--csv", str(told))

    with told.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [int(row["line"]) for row in rows] == _lines(path, report["sheet"])
    fates = Counter(row["fate"] for row in rows)
    assert {fate: n for fate, n in report["rows"].items() if n and fate != "read"} == {
        fate: n for fate, n in fates.items() if fate != "heading"
    }
    assert all(row["sentence"] for row in rows if row["fate"] in ("refused", "set_aside", "suggested"))
