"""The commands boundaries and codes: what they print, what they store, how they leave."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from geoapp.cli import run
from geoapp.settings import Settings
from tests.editions import files

Run = Callable[..., int]


@pytest.fixture
def geoapp(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("GEOAPP_DATABASE_URL", settings.database_url or "")
    monkeypatch.setenv("GEOAPP_PUBLIC_DATABASE_URL", settings.public_database_url or "")
    monkeypatch.setenv("GEOAPP_VAR", str(settings.var))
    monkeypatch.setenv("GEOAPP_LANG", "en")
    return lambda *arguments: run([str(each) for each in arguments])


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return files.geojson(tmp_path / "kota.geojson", files.city())


@pytest.fixture
def code_list(tmp_path: Path) -> Path:
    path = tmp_path / "kode_2025.csv"
    path.write_text("\ufeffcode,name\n" + "".join(f"{c},{n}\n" for c, n in files.OFFICIAL.items()), encoding="utf-8")
    return path


def test_a_list_and_a_file_make_an_edition_that_is_listed(
    geoapp: Run, city: Path, code_list: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert geoapp("codes", "import", code_list) == 0
    assert geoapp("boundaries", "import", city) == 0
    assert geoapp("boundaries", "list", "--json") == 0

    said = capsys.readouterr()
    assert "List kemendagri-2025 is loaded: 17 codes." in said.out
    assert (
        "Edition kota-rekaan-kemendagri-2025 (Kota Rekaan) is published: 1 regency, 2 districts, 12 villages."
        in said.out
    )
    assert "Recognised as source kemendagri" in said.err
    listed = json.loads(said.out[said.out.index("{") :])["editions"]
    assert listed[0]["regions"] == {"regency": 1, "district": 2, "village": 12}


def test_the_report_can_be_had_as_one_object(geoapp: Run, city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert geoapp("boundaries", "import", city, "--complete", "--json") == 0

    report = json.loads(capsys.readouterr().out)
    assert (report["edition"], report["new"], report["profile"]) == ("88-71-kemendagri-2025", True, "kemendagri")
    assert (report["code_system"], report["level"], report["crs"]) == ("kemendagri", "village", "EPSG:4326")
    assert (report["features"], report["regions"], report["set_aside"], report["refused"]) == (12, 12, 0, 0)
    assert report["levels"] == {"regency": 1, "district": 2, "village": 12}
    assert report["question"] is None
    assert {"weight", "sentence", "row"} <= set(report["findings"][0])


def test_a_check_stores_nothing(geoapp: Run, city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert geoapp("boundaries", "check", city) == 0
    assert geoapp("boundaries", "list") == 0

    said = capsys.readouterr().out
    assert "can be imported: 12 villages. Nothing was stored." in said
    assert "There are no boundaries yet." in said


def test_a_check_finds_what_an_import_would_of_its_id(
    geoapp: Run, city: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert geoapp("boundaries", "import", city, "--id", "kota") == 0
    capsys.readouterr()

    assert geoapp("boundaries", "check", city, "--id", "Kota 1") == 2
    assert geoapp("boundaries", "check", city, "--id", "kota") == 0
    assert geoapp("boundaries", "check", city, "--dated", "2019", "--id", "kota") == 1
    assert geoapp("boundaries", "check", city, "--dated", "2019", "--json") == 0

    said = capsys.readouterr()
    assert "Kota 1 cannot be an id." in said.err
    assert "There is an edition kota with other content already." in said.err
    report = json.loads(said.out[said.out.index("{") :])
    assert (report["edition"], report["new"]) == ("88-71-kemendagri-2019", True)


@pytest.mark.parametrize(
    ("content", "arguments", "code", "sentence"),
    [
        ("kode,nama\n", (), 1, "kota.geojson is not geodata we can read. Use: Esri JSON, FlatGeobuf, GeoJSON,"),
        (None, ("--profile", "x"), 2, "There is no source called x."),
        (None, ("--id", "Not A Slug"), 2, "Not A Slug cannot be an id."),
        (None, ("--dated", "soon"), 2, "soon is no year or date."),
        (None, ("--dated", "2024-13-45"), 2, "2024-13-45 is no year or date."),
        (None, ("--id", "a" * 101), 2, "a" * 101 + " cannot be an id."),
        (None, ("--level", "district"), 2, "The level district does not fit the codes of this file."),
        (None, ("--crs", "EPSG:1"), 2, "There is no reference system EPSG:1."),
    ],
)
def test_a_refusal_is_one_sentence_with_its_exit_code(
    geoapp: Run,
    city: Path,
    capsys: pytest.CaptureFixture[str],
    content: str | None,
    arguments: tuple[str, ...],
    code: int,
    sentence: str,
) -> None:
    if content is not None:
        city.write_text(content)

    assert geoapp("boundaries", "import", city, *arguments) == code

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(sentence) and said.err.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("kode;nama\n88;X\n", "may be Kemendagri or BPS codes"),
        ("code,name\nabc,X\n", "is neither a code list"),
        ("", "is empty"),
        ("code,name\n88,X\n", "may be Kemendagri or BPS codes"),
    ],
)
def test_what_is_no_code_list_is_refused(
    geoapp: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, message: str
) -> None:
    path = tmp_path / "daftar_2025.csv"
    path.write_text(content)

    assert geoapp("codes", "import", path) == 1

    assert message in capsys.readouterr().err


def test_a_list_without_a_year_asks_for_it(geoapp: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "daftar.csv").write_text("code,name\n88.71,Kota\n")

    assert geoapp("codes", "import", tmp_path / "daftar.csv") == 2
    assert geoapp("codes", "import", tmp_path / "daftar.csv", "--dated", "2025") == 0
    assert geoapp("codes", "list") == 0

    said = capsys.readouterr()
    assert "Add it, for example: --dated 2025" in said.err
    assert "kemendagri-2025" in said.out


@pytest.mark.parametrize("command", [("boundaries", "import"), ("boundaries", "check"), ("codes", "import")])
def test_every_import_shows_an_example_in_its_help(
    geoapp: Run, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    assert geoapp(*command, "--help") == 0

    assert "Example: geoapp " + " ".join(command) in capsys.readouterr().out
