"""Indicators of one's own: checked, kept for the site, read as a sheet, and not published without their metadata."""

import json
import tomllib
from pathlib import Path

import pytest

from geoapp.catalogue import INDICATORS, Catalogue, indicators
from geoapp.cli import run
from geoapp.domain.indicators import Indicator
from geoapp.settings import Settings
from geoapp.store import releases
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests.releases.conftest import VILLAGES, Table

CODES = sorted(VILLAGES)
KNOWN = indicators.read((INDICATORS,))


@pytest.fixture(autouse=True)
def site(urls: Urls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The command line works on the test's database with a site of its own, in Indonesian."""
    folder = tmp_path / "site"
    monkeypatch.setenv("GEOAPP_DATABASE_URL", urls.owner)
    monkeypatch.setenv("GEOAPP_SITE", str(folder))
    monkeypatch.setenv("GEOAPP_LANG", "id")
    return folder


def written(path: Path, slug: str = "kunjungan", without: str = "", **changed: str) -> Path:
    """A file of one indicator, made of the template that the command prints."""
    fields = {
        "name": '{ id = "Kunjungan wisata", en = "Tourist visits" }',
        "unit": '{ id = "kunjungan", en = "visits" }',
        **dict.fromkeys(
            ("concept", "definition", "interpretation", "formula", "measure", "breakdowns", "source"),
            '{ id = "Teks \\"apa\\" saja", en = "Some text" }',
        ),
        "kind": '"count"',
        "decimals": "0",
        "aggregation": '"sum"',
        "polarity": '"+"',
        "sensitivity": '"low"',
        **changed,
    }
    lines = [f"{key} = {value}" for key, value in fields.items() if key != without]
    path.write_text("\n".join([f"[{slug}]", *lines, ""]), encoding="utf-8")
    return path


def of_the_site(site: Path) -> dict[str, Indicator]:
    return dict(Catalogue.of(Settings(site=site)).indicators)


def test_an_indicator_of_ones_own_is_kept_under_its_theme(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["indicators", "add", str(written(tmp_path / "wisata.toml"))]) == 0

    assert "1 indikator masuk ke katalog: kunjungan" in capsys.readouterr().out
    found = of_the_site(site)["kunjungan"]
    assert (found.theme, found.name["en"], found.concept["id"]) == ("wisata", "Tourist visits", 'Teks "apa" saja')
    assert [path.name for path in (site / "indicators").iterdir()] == ["wisata.toml"]


def test_a_second_file_of_the_theme_joins_the_first(site: Path, tmp_path: Path) -> None:
    assert run(["indicators", "add", str(written(tmp_path / "wisata.toml"))]) == 0
    more = written(tmp_path / "lagi.toml", "hotel", aliases='["jml_hotel"]')
    assert run(["indicators", "add", str(more), "--theme", "wisata"]) == 0

    assert {slug for slug, each in of_the_site(site).items() if each.theme == "wisata"} == {"kunjungan", "hotel"}


def test_what_is_there_is_replaced_only_where_one_says_so(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = str(written(tmp_path / "wisata.toml", "penduduk", decimals="1"))

    assert run(["indicators", "add", mine]) == 1
    assert "--replace" in capsys.readouterr().err
    assert not (site / "indicators").exists()
    assert run(["indicators", "add", mine, "--replace", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["replaced"] == ["penduduk"]
    assert of_the_site(site)["penduduk"].decimals == 1
    assert run(["indicators", "add", mine, "--replace", "--theme", "lain"]) == 0
    assert of_the_site(site)["penduduk"].theme == "lain"
    assert [path.name for path in (site / "indicators").iterdir()] == ["lain.toml"]


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"without": "interpretation"}, "kunjungan.interpretation"),
        ({"without": "source"}, "kunjungan.source"),
        ({"unit": '{ id = "", en = "" }'}, "kunjungan.unit"),
        ({"definition": '{ id = "Ada", en = "" }'}, "kunjungan.definition.en"),
        ({"kind": '"angka"'}, "kunjungan.kind"),
        ({"parts": '{ numerator = "tidak_ada", denominator = "penduduk" }'}, "kunjungan.parts.numerator"),
        ({"sums": '[["penduduk_l", "kk"]]'}, "kunjungan.sums[0]"),
        ({"applies_to": '["kota"]'}, "kunjungan.applies_to"),
        ({"aliases": '["jml_pddk"]'}, "kunjungan.aliases"),
    ],
)
def test_a_wrong_file_is_refused_with_its_key_and_leaves_the_site_as_it_was(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], changed: dict[str, str], key: str
) -> None:
    assert run(["indicators", "add", str(written(tmp_path / "wisata.toml", **changed))]) == 1

    said = capsys.readouterr().err
    assert "wisata.toml" in said and key in said
    assert not (site / "indicators").exists()


@pytest.mark.parametrize(("text", "says"), [("", "tidak berisi"), ("a = [", "TOML"), ("kunjungan = 5", "tabel")])
def test_a_file_that_holds_no_indicator_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, says: str
) -> None:
    path = tmp_path / "wisata.toml"
    path.write_text(text, encoding="utf-8")

    assert run(["indicators", "add", str(path)]) == 1
    assert says in capsys.readouterr().err
    assert run(["indicators", "add", str(tmp_path / "tidak-ada.toml")]) == 1


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_template_of_an_indicator_can_be_added_as_it_stands(
    site: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
) -> None:
    monkeypatch.setenv("GEOAPP_LANG", language)
    assert run(["indicators", "template"]) == 0
    path = tmp_path / "wisata.toml"
    path.write_text(capsys.readouterr().out, encoding="utf-8")

    assert run(["indicators", "add", str(path)]) == 0

    assert "kunjungan_wisata" in of_the_site(site)
    more = [
        line[2:] for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("# ") and " = " in line
    ]
    assert {"parts", "sums", "stock", "aliases", "categories"} <= tomllib.loads("\n".join(more)).keys()


def test_the_sheet_says_what_ms_ind_asks_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["indicators", "show", "lansia_persen"]) == 0

    said = capsys.readouterr().out
    for line in ("Interpretasi: Semakin tinggi", "Satuan: %", "Pembilang dan penyebut: lansia / penduduk × 100"):
        assert line in said
    assert run(["indicators", "show", "lansia_persn"]) == 1
    assert "lansia_persen" in capsys.readouterr().err


def test_the_list_has_every_indicator_or_those_of_a_theme(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["indicators", "list", "--json"]) == 0
    assert {each["slug"] for each in json.loads(capsys.readouterr().out)["indicators"]} == set(KNOWN)
    assert run(["indicators", "list", "--theme", "lahan"]) == 0
    said = capsys.readouterr().out
    assert "Persentase luas sawah" in said and "penduduk_l" not in said
    assert run(["indicators", "list", "--theme", "x"]) == 0
    assert "kependudukan" in capsys.readouterr().out


def test_an_indicator_without_its_obligatory_metadata_cannot_be_published(
    site: Path, edition: str, store: Store, table: Table, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["indicators", "add", str(written(tmp_path / "wisata.toml"))]) == 0
    path = table("a.csv", [["kode", "tahun", "kunjungan"], *([code, 2024, 5] for code in CODES)])
    assert run(["statistics", "import", str(path), "--indicator", "kunjungan"]) == 0
    kept = site / "indicators" / "wisata.toml"
    whole = kept.read_text(encoding="utf-8")
    kept.write_text("\n".join(line for line in whole.splitlines() if "interpretation" not in line), encoding="utf-8")
    capsys.readouterr()

    assert run(["statistics", "publish", "1"]) == 1
    assert "kunjungan.interpretation" in capsys.readouterr().err
    with store.begin() as connection:
        assert releases.history(connection) == []

    kept.write_text(whole, encoding="utf-8")
    assert run(["statistics", "publish", "1"]) == 0
