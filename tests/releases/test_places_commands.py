"""The commands for other names and named sets: what they keep, what they refuse, what they say."""

import json
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import text

from geoapp.cli import run
from geoapp.domain.codes import CodeSystem
from geoapp.store import places
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests.releases.conftest import VILLAGES, Table, make_edition

CODES = sorted(VILLAGES)


class Said(NamedTuple):
    code: str
    name: str
    other_code: str | None
    line: int


@pytest.fixture(autouse=True)
def at_this_database(urls: Urls, edition: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEOAPP_DATABASE_URL", urls.owner)
    monkeypatch.setenv("GEOAPP_LANG", "id")


def test_an_accepted_name_is_listed_with_its_origin_and_revoked_with_a_reason(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    said = [Said(CODES[0], "Ds. Lama", "3573010001", 12)]
    with store.begin() as connection:
        places.remember_aliases(connection, CodeSystem.KEMENDAGRI, said, "dinas.xlsx", "sari")
        (kept,) = places.alias_list(connection)

    assert run(["aliases", "list"]) == 0
    assert run(["aliases", "list", "--json"]) == 0
    assert run(["aliases", "revoke", str(kept["id"]), "--reason", " "]) == 1
    assert run(["aliases", "revoke", str(kept["id"]), "--reason", "desa lain"]) == 0
    assert run(["aliases", "revoke", str(kept["id"]), "--reason", "lagi"]) == 1
    assert run(["aliases", "list"]) == 0

    said_out = capsys.readouterr()
    line = next(row for row in said_out.out.splitlines() if "Ds. Lama" in row)
    assert all(part in line for part in (CODES[0], "kemendagri", "dinas.xlsx", "12", "sari"))
    assert '"actor": "sari"' in said_out.out
    assert f"Ds. Lama tidak lagi berarti {CODES[0]}" in said_out.out
    assert "Belum ada nama lain wilayah" in said_out.out
    with store.begin() as connection:
        act, detail = connection.execute(text("SELECT act, detail FROM intake.audit ORDER BY id DESC")).first() or ()
    assert (act, detail["reason"], detail["code"]) == ("revoke alias", "desa lain", CODES[0])


def test_a_set_is_made_of_codes_and_of_files_with_codes_or_names(
    store: Store, edition: str, table: Table, capsys: pytest.CaptureFixture[str]
) -> None:
    coded = table("a.csv", [["no", "nama", "kode"], *([n, "x", code] for n, code in enumerate(CODES[:3], 1))])
    bare = [[code.replace(".", "")] for code in CODES[1:4]]
    undotted = table("b.csv", [["kode desa", "ket"], *([*row, "-"] for row in bare)])
    named = table("c.csv", [["Daftar kelurahan", ""], ["Nama", "RW"], ["DESA 2 A", "4"], ["Kel. Desa 2 B", "5"]])

    assert run(["sets", "add", "satu", "--edition", edition, str(coded), str(undotted), CODES[9]]) == 0
    assert (
        run(["sets", "add", "dua", "--edition", edition, str(named), "--title-id", "Kumuh", "--title-en", "Slum"]) == 0
    )
    assert run(["sets", "list"]) == 0
    assert run(["sets", "show", "dua"]) == 0
    capsys.readouterr()
    assert run(["sets", "show", "dua", "--json"]) == 0

    shown = json.loads(capsys.readouterr().out)
    assert shown["name"] == {"id": "Kumuh", "en": "Slum"}
    assert shown["regions"] == [code for code in CODES if VILLAGES[code] in ("Desa 2 A", "Desa 2 B")]
    with store.begin() as connection:
        one = places.region_set(connection, "satu")
    assert one is not None and one.codes == (*CODES[:4], CODES[9])


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["Kumuh 2021", CODES[0]], 2, "tidak bisa menjadi nama himpunan"),
        (["satu", "35.73.09.1001"], 1, "bukan berkas dan bukan wilayah"),
        (["satu", CODES[0], "35.73.01"], 1, "harus setingkat"),
        (["ada", CODES[0]], 1, "sudah ada"),
    ],
)
def test_what_makes_no_set_is_refused_in_one_sentence(
    edition: str, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, sentence: str
) -> None:
    assert run(["sets", "add", "ada", "--edition", edition, CODES[5]]) == 0

    assert run(["sets", "add", *arguments, "--edition", edition]) == code

    assert sentence in capsys.readouterr().err


def test_a_file_with_a_row_that_is_no_region_makes_no_set_and_names_the_line(
    store: Store, edition: str, table: Table, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [["kode", "nama"], [CODES[0], "a"], [CODES[1], "b"], ["35.73.01.1099", "c"]]

    assert run(["sets", "add", "satu", "--edition", edition, str(table("a.csv", rows))]) == 1
    assert run(["sets", "add", "satu", "--edition", edition, str(table("b.csv", [["a", "b"], ["1", "x"]]))]) == 1
    assert run(["sets", "add", "satu", "--edition", "tidak-ada", CODES[0]]) == 1

    said = capsys.readouterr().err
    assert "1 baris di a.csv bukan wilayah" in said and "(baris 4)" in said
    assert "b.csv tidak punya kolom" in said
    with store.begin() as connection:
        assert places.region_sets(connection) == ()


def test_a_name_that_two_villages_share_is_a_question_of_codes(
    urls: Urls, store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with store.begin() as connection:
        connection.execute(text("UPDATE geography.region SET name = 'Desa 1 A' WHERE name = 'Desa 2 A'"))
    path = tmp_path / "nama.csv"
    path.write_text("nama\nDesa 1 A\nDesa 1 B\n", encoding="utf-8")

    assert run(["sets", "add", "satu", "--edition", "kota-kecil-2025", str(path)]) == 1

    assert "lebih dari satu wilayah" in capsys.readouterr().err


def test_a_set_is_made_of_names_typed_but_not_of_one_that_two_villages_share(
    store: Store, table: Table, capsys: pytest.CaptureFixture[str]
) -> None:
    names = {**VILLAGES, CODES[0]: "Kembar", CODES[12]: "Kembar", CODES[3]: "Sungai Mati"}
    edition = make_edition(store, "kembar-2025", villages=names)

    assert run(["sets", "add", "satu", "--edition", edition, "KEL. SEI MATI", CODES[9]]) == 0
    assert "2" in capsys.readouterr().out
    assert run(["sets", "add", "dua", "--edition", edition, "Kembar"]) == 1
    assert CODES[0] in capsys.readouterr().err


def test_a_set_is_removed_once(edition: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sets", "add", "satu", "--edition", edition, CODES[0]]) == 0
    assert run(["sets", "remove", "satu"]) == 0
    assert run(["sets", "remove", "satu"]) == 1
    assert run(["sets", "show", "satu"]) == 1
    assert run(["sets", "list"]) == 0

    said = capsys.readouterr()
    assert "sudah dihapus" in said.out and "Belum ada himpunan" in said.out
