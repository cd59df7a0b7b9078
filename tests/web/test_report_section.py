"""What a map's page says of the table behind it: counts and reasons in the reader's words, never a cell."""

import re

import pytest

from geoapp.i18n import speak
from geoapp.releases.report import Fate, JoinReport, RowFate
from geoapp.settings import HOME
from geoapp.web.pages.report import carried, reasons, rows_sentence

ROWS = (
    RowFate(2, Fate.JOINED),
    RowFate(3, Fate.REFUSED, "row.unknown_code", {"code": "35.73.01.1999", "name": "RAHASIA"}),
    RowFate(4, Fate.SET_ASIDE, "row.total"),
    RowFate(5, Fate.SET_ASIDE, "row.total"),
)


def public(*rows: RowFate) -> dict[str, object]:
    return JoinReport("a.csv", "", "e", "", None, "", None, rows, (), (), ()).public("kk")


def test_the_rows_are_counted_by_what_became_of_them() -> None:
    assert rows_sentence(public(*ROWS), "id") == "Tabel sumbernya berisi 4 baris: 1 masuk, 1 ditolak, 2 disisihkan."
    assert rows_sentence(public(*ROWS), "en") == "The source table has 4 rows: 1 joined, 1 refused, 2 set aside."


def test_reasons_are_told_without_what_stood_in_the_row() -> None:
    assert reasons(public(*ROWS), "id") == [
        "1 ditolak: kodenya tidak ada di batas wilayah ini",
        "2 disisihkan: baris jumlah",
    ]
    assert "RAHASIA" not in str(public(*ROWS)) and "1999" not in str(public(*ROWS))


def test_a_release_without_a_table_says_that_it_was_computed() -> None:
    assert "computed" in rows_sentence({}, "en")
    assert reasons({}, "id") == [] and carried({}, "id") == ""


def test_what_was_kept_of_the_release_before_is_counted() -> None:
    assert carried({"carried_over": 1}, "en").startswith("1 figure of")
    assert carried({"carried_over": 1200}, "id").startswith("1.200 angka")


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_reason_a_row_can_have_has_words_for_visitors(language: str) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (HOME / "geoapp/releases").rglob("*.py"))
    found = set(re.findall(r'"row\.([a-z_]+)"', code))

    assert len(found) > 30
    for reason in found:
        said = speak(language, f"page.report.reason.{reason}")  # type: ignore[arg-type]
        assert said and "page.report" not in said
