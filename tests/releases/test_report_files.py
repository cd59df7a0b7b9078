"""The report as files: every row of the sheet, suggestions that go out and come back, the page with its map."""

import csv
import json
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import shapely
from playwright.sync_api import Browser

from geoapp.cli import run
from geoapp.downloads import join_map, join_page
from geoapp.downloads.join_report import suggestions_csv
from geoapp.editions.redraw import redraw
from geoapp.errors import BadRequest, NotFound, Refused
from geoapp.releases import suggestions
from geoapp.releases.account import account, outcome, without_table
from geoapp.releases.options import Options
from geoapp.releases.reading.table import Row
from geoapp.releases.reading.table import Table as Sheet
from geoapp.releases.suggestions import refuse_stale
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests.releases.conftest import VILLAGES, Table

CODES = sorted(VILLAGES)
HOSTILE = "{{7*191}} <b>x</b> {% raw %} </script>"
ROWS = [
    ["Jumlah Penduduk", "", "", ""],
    ["kode", "line", "penduduk", "catatan"],
    [CODES[0], "a", 1500, "=1+1"],
    [CODES[1], "b", "...", "-0,5"],
    [CODES[2], "c", 7, HOSTILE],
    ["", "", "", ""],
    [CODES[2], "c", 7, HOSTILE],
    ["35.73.01.1099", "d", 8, "+62 811"],
    ["", "Jumlah", 1515, "@SUM(A1)"],
]


@pytest.fixture(autouse=True)
def at_this_database(urls: Urls, edition: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line works on the test's database, in Indonesian."""
    monkeypatch.setenv("GEOAPP_DATABASE_URL", urls.owner)
    monkeypatch.setenv("GEOAPP_LANG", "id")


def outlined(store: Store) -> None:
    """Give the small edition the generalised shapes that every imported edition has."""
    with store.begin() as connection:
        connection.exec_driver_sql("UPDATE geography.edition SET grids = 0")
    redraw(store)


def read(path: Path) -> list[dict[str, str]]:
    """A CSV of ours by an independent reader."""
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(path.read_text(encoding="utf-8-sig"))))


# ── every row ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_physical_row_stands_once_in_the_csv_beside_its_cells(
    table: Table, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table("a.csv", ROWS)
    out = tmp_path / "laporan.csv"

    assert run(["statistics", "check", str(path), "--period", "2024", "--csv", str(out), "--json"]) == 0

    counts = json.loads(capsys.readouterr().out)["rows"]
    rows = read(out)
    physical = [n for n, line in enumerate(path.read_text().splitlines(), 1) if line.strip(";")]
    below = [row for row in rows if row["fate"] != "heading"]
    assert [int(row["line"]) for row in rows if int(row["line"]) > 1] == physical[1:]
    assert len(below) == counts["read"]
    for fate in ("joined", "merged", "suggested", "refused", "set_aside"):
        assert sum(row["fate"] == fate for row in below) == counts[fate]
    for row in below:
        cells = list(row.values())[8:]
        assert [cell.removeprefix("'") for cell in cells] == list(map(str, ROWS[int(row["line"]) - 1]))


def test_the_csv_says_where_a_row_went_and_why_another_did_not(table: Table, tmp_path: Path) -> None:
    out = tmp_path / "laporan.csv"

    run(["statistics", "check", str(table("a.csv", ROWS)), "--period", "2024", "--csv", str(out)])

    by_line = {row["line"]: row for row in read(out)}
    assert (by_line["3"]["code"], by_line["3"]["region"]) == (CODES[0], VILLAGES[CODES[0]])
    assert by_line["7"]["fate"] == "merged" and "baris 5" in by_line["7"]["sentence"]
    assert by_line["8"]["fate"] == "refused" and "35.73.01.1099" in by_line["8"]["sentence"]


def test_no_cell_of_the_csv_is_a_formula_and_numbers_with_a_sign_stay_numbers(table: Table, tmp_path: Path) -> None:
    out = tmp_path / "laporan.csv"

    run(["statistics", "check", str(table("a.csv", ROWS)), "--period", "2024", "--csv", str(out)])

    cells = [cell for row in csv.reader(StringIO(out.read_text(encoding="utf-8-sig"))) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "@"))] == []
    assert {"'=1+1", "'@SUM(A1)", "-0,5", "+62 811"} <= set(cells)


def test_a_batch_gives_the_same_csv_for_ever(table: Table, tmp_path: Path) -> None:
    path, first, again = table("a.csv", ROWS), tmp_path / "1.csv", tmp_path / "2.csv"

    run(["statistics", "import", str(path), "--period", "2024", "--csv", str(first)])
    path.unlink()
    assert run(["statistics", "report", "1", "--csv", str(again)]) == 0

    assert again.read_bytes() == first.read_bytes()


# ── suggestions ────────────────────────────────────────────────────────────────────────────────────────────────


def waiting(line: int, name: str, code: str, score: float) -> Mapping[str, Any]:
    """A row that waits for a yes, as a report keeps it."""
    values = {"name": name, "code": code, "official": VILLAGES[code], "parent": "Lowokwaru", "score": score, "why": ""}
    return {"line": line, "fate": "suggested", "reason": "", "values": values}


def kept(*others: Mapping[str, Any]) -> dict[str, Any]:
    """A report whose rows all wait."""
    rows = {"read": len(others), "joined": 0, "merged": 0, "suggested": len(others), "refused": 0, "set_aside": 0}
    return {"file": "a.csv", "level": "village", "rows": rows, "others": list(others), "regions": [], "findings": []}


def test_a_file_of_suggestions_comes_back_as_what_a_person_said(tmp_path: Path) -> None:
    report = kept(
        waiting(4, "=Desa 1 A", CODES[0], 96.5), waiting(5, "Desa B", CODES[1], 90.0), waiting(6, "C", CODES[2], 70.0)
    )
    path = tmp_path / "usulan.csv"
    path.write_bytes(suggestions_csv(report, "id"))

    rows = read(path)
    said = {"4": "Ya", "5": CODES[7], "6": "tidak"}
    # as Excel in Indonesian saves it: semicolons, Windows-1252
    lines = [";".join(suggestions.COLUMNS), *(";".join([*list(row.values())[:-1], said[row["line"]]]) for row in rows)]
    path.write_text("\r\n".join(lines) + "\r\n", encoding="cp1252")
    codes, names = suggestions.read(path)

    assert codes == {4: CODES[0], 5: CODES[7]}
    assert names == {4: "'=Desa 1 A", 5: "Desa B"}
    assert [row["score"] for row in rows] == ["96.5", "90", "70"]


def test_an_answer_that_is_neither_yes_nor_no_nor_a_code_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "usulan.csv"
    path.write_text("line,name,suggested_code,accept\n4,Desa A,35.73.01.1001,mungkin\n")

    with pytest.raises(BadRequest) as refused:
        suggestions.read(path)

    assert (refused.value.values["line"], refused.value.values["word"]) == (2, "mungkin")


def test_a_file_of_suggestions_without_a_yes_is_not_taken_for_an_answer(tmp_path: Path) -> None:
    path = tmp_path / "usulan.csv"
    path.write_bytes(suggestions_csv(kept(waiting(4, "Desa A", CODES[0], 96.5)), "id"))

    with pytest.raises(BadRequest) as refused:
        suggestions.read(path)

    assert refused.value.message == "error.suggestions_none"


def test_what_is_no_file_of_suggestions_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lain.csv").write_text("a,b\n1,2\n")

    with pytest.raises(BadRequest):
        suggestions.read(tmp_path / "lain.csv")
    with pytest.raises(NotFound):
        suggestions.read(tmp_path / "tidak-ada.csv")


def test_a_yes_to_a_line_that_holds_another_name_now_is_not_used() -> None:
    sheet = Sheet("a.csv", "", ("nama", "angka"), 1, (Row(4, ("Desa B", 5)), Row(5, ("Desa A", 5))))

    refuse_stale(sheet, Options(accepted={5: CODES[0]}, named={5: "'Desa A"}))
    with pytest.raises(Refused) as refused:
        refuse_stale(sheet, Options(accepted={4: CODES[0]}, named={4: "Desa A"}))

    assert refused.value.values["line"] == 4


def test_the_first_sentence_says_what_waits_and_figures_are_written_in_the_readers_way() -> None:
    report = kept(waiting(4, "Desa A", CODES[0], 96.5))
    report["regions"] = [
        {"indicator": "idm", "period": "2024", "asked": 1200, "figure": 1100, "state": 0, "no_row": 100}
    ]
    report["findings"] = [
        {
            "weight": "warn",
            "message": "row.number",
            "values": {"cell": 1234.5, "indicator": "idm"},
            "place": {"line": 4},
        }
    ]

    assert outcome(report, "id") == (
        "1.100 dari 1.200 desa/kelurahan mendapat angka; 1 baris menunggu persetujuan Anda."
    )
    assert outcome(report, "en") == "1,100 of 1,200 villages get a figure; 1 row waits for your yes."
    assert account(report, "id")["findings"][0]["sentence"].startswith("1.234,5 ")
    assert account(report, "en")["findings"][0]["sentence"].startswith("1,234.5 ")


# ── the page ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("language", "width"), [("id", 360), ("en", 1440)])
def test_the_page_opens_without_network_with_every_text_as_text(
    language: str, width: int, store: Store, table: Table, tmp_path: Path, chromium: Browser
) -> None:
    outlined(store)
    out = tmp_path / "laporan.html"
    run(["statistics", "import", str(table(f"{HOSTILE[:9]}.csv", ROWS)), "--period", "2024"])
    assert run(["statistics", "report", "1", "--html", str(out), "--lang", language]) == 0
    context = chromium.new_context(viewport={"width": width, "height": 800}, offline=True)
    page = context.new_page()
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("console", lambda message: seen.append(message.text))

    page.goto(out.as_uri())

    assert seen == [out.as_uri()]
    assert page.get_attribute("html", "lang") == language
    assert "{{7*191}}" in page.inner_text("h1") and "1337" not in page.inner_text("body")
    assert page.locator("path.leaflet-interactive").count() == len(VILLAGES)
    said = {"id": "2 dari 20 desa/kelurahan mendapat angka", "en": "2 of 20 villages get a figure"}
    assert said[language] in page.inner_text("header")
    legend = page.inner_text(".standalone")
    assert all(count in legend for count in ("2 ", "1 ", "17 "))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_the_map_tells_a_figure_a_state_and_a_region_without_a_row_apart(
    store: Store, table: Table, tmp_path: Path
) -> None:
    outlined(store)
    out = tmp_path / "laporan.html"

    run(["statistics", "check", str(table("a.csv", ROWS)), "--period", "2024", "--html", str(out)])

    text = out.read_text(encoding="utf-8")
    said = json.loads(text.split("var SAID = ", 1)[1].split(";\n", 1)[0])
    (layer,) = said["periods"]
    assert len({layer["looks"][0], layer["looks"][1], layer["looks"][3]}) == 3
    assert layer["figures"][0] == "1.500 (baris 3)"
    assert shapely.from_geojson(json.dumps(said["shapes"][0])).is_valid


def test_a_map_of_too_many_regions_draws_the_districts_that_hold_them(
    store: Store, table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outlined(store)
    monkeypatch.setattr(join_map, "_MOST", 10)
    out = tmp_path / "laporan.html"
    whole = [[code, "", 5, ""] for code in CODES if code.startswith("35.73.02")]

    run(["statistics", "check", str(table("a.csv", [*ROWS, *whole])), "--period", "2024", "--html", str(out)])

    said = json.loads(out.read_text(encoding="utf-8").split("var SAID = ", 1)[1].split(";\n", 1)[0])
    (layer,) = said["periods"]
    assert len(said["shapes"]) == 2
    assert layer["figures"][0] == "2 dari 10 desa/kelurahan mendapat angka"
    assert layer["figures"][1] == "10 dari 10 desa/kelurahan mendapat angka"
    assert layer["looks"][0] != layer["looks"][1]


def test_the_page_of_a_table_that_fits_no_boundaries_has_its_account_and_no_map_of_them() -> None:
    report = without_table("a.csv", Refused("error.no_editions"))

    before = join_page.article(report, (), "id")

    assert "Belum ada batas wilayah" in before
