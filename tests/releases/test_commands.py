"""The commands a clerk types: what they say, what they store, and how they leave."""

import json

import pytest

from geoapp.cli import run
from geoapp.store import releases
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests.releases.conftest import VILLAGES, Table

CODES = sorted(VILLAGES)


@pytest.fixture(autouse=True)
def at_this_database(urls: Urls, edition: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line works on the test's database, in Indonesian."""
    monkeypatch.setenv("GEOAPP_DATABASE_URL", urls.owner)
    monkeypatch.setenv("GEOAPP_LANG", "id")


def test_a_table_goes_from_check_to_import_to_publish_to_withdrawal(
    store: Store, table: Table, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(table("a.csv", [["kode", "tahun", "penduduk"], [CODES[0], 2024, 5], ["", "Jumlah", 5]]))

    assert run(["statistics", "check", path]) == 0
    with store.begin() as connection:
        assert releases.batches(connection) == []
    assert run(["statistics", "import", path]) == 0
    assert run(["statistics", "publish", "1"]) == 0
    assert run(["statistics", "withdraw", "1", "--reason", "Tahun keliru"]) == 0
    assert run(["statistics", "history"]) == 0

    said = capsys.readouterr().out
    assert "2 baris dibaca: 1 masuk, 0 berulang, 0 ditolak, 1 disisihkan." in said
    assert "baris 3: baris jumlah" in said
    assert "geoapp statistics publish 1" in said
    assert "penduduk-kota-kecil-2025: terbitan 1, 1 dari 20 wilayah ada angka" in said
    assert "Tahun keliru" in said


def test_the_report_as_json_holds_what_a_machine_asks_for(table: Table, capsys: pytest.CaptureFixture[str]) -> None:
    path = table("a.csv", [["kode", "tahun", "penduduk"], [CODES[0], 2024, 5], ["35.73.01.1099", 2024, 5]])

    assert run(["statistics", "check", str(path), "--json"]) == 0

    report = json.loads(capsys.readouterr().out)
    assert report["rows"] == {"read": 2, "joined": 1, "merged": 0, "suggested": 0, "refused": 1, "set_aside": 0}
    assert (report["code_system"], report["level"]) == ("kemendagri", "village")
    assert (report["others"][0]["line"], "35.73.01.1099" in report["others"][0]["sentence"]) == (3, True)
    assert {"weight", "sentence", "sheet", "line", "cell"} == set(report["findings"][0])


def test_a_table_with_a_finding_that_stops_it_is_shown_and_not_stored(
    store: Store, table: Table, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table("a.csv", [["kode", "tahun", "penduduk"], *([code, 2024, "banyak"] for code in CODES)])

    assert run(["statistics", "import", str(path)]) == 1

    said = capsys.readouterr()
    assert "20 ditolak" in said.out and "Tidak ada baris yang bisa masuk" in said.err
    with store.begin() as connection:
        assert releases.batches(connection) == []


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--period", "kapan"], 2, "bukan periode"),
        (["--indicator", "pendudk"], 1, "Mungkin maksudnya: penduduk"),
        (["--indicator", "penduduk=JUMLAH"], 1, "tidak punya kolom JUMLAH"),
        (["--edition", "tidak-ada"], 1, "tidak-ada"),
        (["--indicator", "disabilitas=penduduk"], 1, "sensitif"),
        (["--map", "tidak-ada.toml"], 1, "tidak ditemukan"),
    ],
)
def test_a_question_that_cannot_be_answered_gets_one_sentence_and_its_exit_code(
    table: Table, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    path = table("a.csv", [["kode", "tahun", "penduduk"], [CODES[0], 2024, 5]])

    assert run(["statistics", "import", str(path), *arguments]) == code

    error = capsys.readouterr().err
    assert said in error and len(error.strip().splitlines()) == 1


def test_a_path_that_cannot_be_opened_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["statistics", "import", "a" * 5000]) == 1

    error = capsys.readouterr().err
    assert "tidak bisa dibuka" in error and len(error) < 200


def test_the_history_of_a_map_that_is_none_is_not_empty_but_not_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["statistics", "history", "tidak-ada"]) == 1

    assert "Tidak ada peta bernama tidak-ada." in capsys.readouterr().err


def test_what_a_cell_holds_never_commands_the_terminal(table: Table, capsys: pytest.CaptureFixture[str]) -> None:
    path = table("a.csv", [["kode", "tahun", "penduduk"], [CODES[0], 2024, 5], [CODES[1], 2024, "\x1b[2J\u202eabc"]])

    assert run(["statistics", "check", str(path)]) == 0

    said = capsys.readouterr()
    assert "abc bukan angka" in said.out
    assert not {"\x1b", "\u202e"} & set(said.out + said.err)


def test_publishing_at_once_does_not_ask_to_publish(table: Table, capsys: pytest.CaptureFixture[str]) -> None:
    path = table("a.csv", [["kode", "tahun", "penduduk"], [CODES[0], 2024, 5]])

    assert run(["statistics", "import", str(path), "--publish"]) == 0

    said = capsys.readouterr().out
    assert "terbitan 1" in said and "Terbitkan dengan" not in said
