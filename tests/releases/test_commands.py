"""The commands a clerk types: what they say, what they store, and how they leave."""

import json
import os
import subprocess
import sys

import pytest

from geoapp.cli import run
from geoapp.errors import Question
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
    assert "1 dari 20 desa/kelurahan mendapat angka." in said
    assert "Disisihkan. Baris 3: baris jumlah" in said
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
    path = table("a.csv", [["kode", "tahun", "idm"], *([code, 2024, 7] for code in CODES)])

    assert run(["statistics", "import", str(path)]) == 1

    said = capsys.readouterr()
    assert "Tabel ini belum bisa disimpan" in said.out and "Ditolak      20" in said.out
    assert said.err == "a.csv belum bisa disimpan; sebabnya ada di laporan di atas.\n"
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
    assert "terbitan 1" in said and "geoapp statistics publish" not in said


# ── one object for machines, whatever happens ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("verb", ["check", "import"])
@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--period", "kapan"], 2), (["--edition", "tidak-ada"], 1), (["--map", "tidak-ada.toml"], 1)],
)
def test_a_refusal_is_the_same_object_with_nothing_joined(
    table: Table, capsys: pytest.CaptureFixture[str], verb: str, arguments: list[str], code: int
) -> None:
    path = table("a.csv", [["kode", "tahun", "penduduk"], [CODES[0], 2024, 5]])

    assert run(["statistics", verb, str(path), "--json", *arguments]) == code

    said = capsys.readouterr()
    report = json.loads(said.out)
    assert report["rows"]["joined"] == 0 and report["regions"] == [] and report["question"] is None
    assert [each["weight"] for each in report["findings"]] == ["stop"]
    assert report["findings"][0]["sentence"] in said.err


def test_a_file_that_cannot_be_read_does_not_keep_the_others_from_their_turn(
    table: Table, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table("a.csv", [["kode", "tahun", "penduduk"], [CODES[0], 2024, 5]])

    assert run(["statistics", "check", "tidak-ada.csv", str(path), "--json"]) == 1

    first, second = json.loads(capsys.readouterr().out)["files"]
    assert (first["rows"]["read"], second["rows"]["joined"]) == (0, 1)


def test_a_question_is_asked_with_the_command_line_that_answers_it(
    table: Table, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(*_: object) -> None:
        raise Question("question.period", "--period", column="penduduk")

    monkeypatch.setattr("geoapp.cli.statistics.check_file", ask)
    path = str(table("data saya.csv", [["kode", "penduduk"], [CODES[0], 5]]))

    assert run(["statistics", "check", path, "--indicator", "penduduk", "--json"]) == 1
    question = json.loads(capsys.readouterr().out)["question"]
    assert run(["statistics", "check", path, "--indicator", "penduduk"]) == 1

    assert (question["options"], question["blocking"]) == (["--period"], True)
    said = capsys.readouterr().out
    assert f"    geoapp statistics check '{path}' --indicator penduduk --period 2024" in said.splitlines()


def test_the_exit_code_of_a_command_is_that_of_the_program() -> None:
    assert run(["statistics", "check", "tidak-ada.csv"]) == 1
    assert run(["statistics", "--help"]) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["statistics", "check"], "FILE belum disebutkan."),
        (["statistics", "chek"], "Tidak ada perintah chek."),
        (["statistics", "check", "a.csv", "--perod", "2024"], "Mungkin maksudnya: --period."),
        (["statistics", "check", "a.csv", "--level", "ward"], "pilih salah satu dari province,"),
        (["statistics", "check", "a.csv", "--period"], "--period perlu diikuti nilai."),
        (["statistics", "publish", "tiga"], "tulis angka bulat."),
        (["statistics", "publish", "3", "4"], "Ada kata yang berlebih di perintah: 4."),
        (["statistics", "check", "a.csv", "--accept", "120"], "Tulis skor dari 0 sampai 100"),
        (["statistics", "check", "a.csv", "b.csv", "--csv", "c.csv"], "Sebutkan satu berkas saja."),
        (["statistics", "check", "a.csv", "--html", "tidak/ada.html"], "foldernya tidak ada"),
    ],
)
def test_a_mistyped_command_is_explained_in_the_readers_language(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert run(arguments) == 2

    assert said in capsys.readouterr().err


def test_the_program_ends_quietly_when_nobody_listens_any_more(table: Table, urls: Urls, edition: str) -> None:
    path = str(table("a.csv", [["kode", "tahun", "penduduk"], [CODES[0], 2024, 5]]))
    program = [sys.executable, "-c", "from geoapp.cli import main; main()", "statistics", "check", path, "--json"]

    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(program, stdout=writer, stderr=subprocess.PIPE, text=True)
    os.close(writer)

    assert "Traceback" not in done.stderr and "unforeseen" not in done.stderr


# ── the report for ever ────────────────────────────────────────────────────────────────────────────────────────


def test_the_report_of_a_batch_can_be_read_again_in_either_language(
    table: Table, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table("a.csv", [["kode", "tahun", "penduduk"], [CODES[0], 2024, 5], ["35.73.01.1099", 2024, 5]])
    assert run(["statistics", "import", str(path), "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert run(["statistics", "publish", "1"]) == 0
    path.unlink()
    capsys.readouterr()

    assert run(["statistics", "report", "1", "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert run(["statistics", "report", "1", "--lang", "en"]) == 0

    assert again == first
    said = capsys.readouterr().out
    assert "1 of 20 villages get a figure; 1 row was refused." in said and "Line 3:" in said


def test_there_is_no_report_of_a_batch_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["statistics", "report", "7"]) == 1

    assert "Tidak ada kiriman nomor 7." in capsys.readouterr().err
