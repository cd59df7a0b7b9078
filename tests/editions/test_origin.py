"""What is said of a file's origin at its import counts, and stands on every map, file and frame made of it."""

import csv
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from geoapp.cli import run
from geoapp.editions.line import prepare
from geoapp.editions.publish import publish
from geoapp.settings import Settings
from geoapp.store import reading
from geoapp.store.database import Store
from tests.editions import files
from tests.web.conftest import make_app

SAID = {
    "source": "Dinas PUPR Kota Rekaan",
    "attribution": "Batas: peta <b>Dinas PUPR</b> Kota Rekaan",
    "licence": "CC-BY-SA-4.0",
    "status": "definitive",
    "dated": "2023-06",
}
ID = "kota-rekaan-dinas-pupr-kota-rekaan-2023-06"
LAYER = f"penduduk-{ID}"


def unknown(folder: Path) -> Path:
    """A file whose columns are nobody's but have a code in them."""
    rows = files.city()
    for each in rows:
        code, name = each["properties"].pop("kode"), each["properties"].pop("nama")
        each["properties"] = {"x1": code, "x2": name}
    return files.geojson(folder / "peta.geojson", rows)


@pytest.fixture
def client(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[FlaskClient]:
    """The service of a map whose boundaries were imported with words of one's own."""
    for name, value in (("DATABASE_URL", settings.database_url), ("PUBLIC_DATABASE_URL", settings.public_database_url)):
        monkeypatch.setenv(f"GEOAPP_{name}", value or "")
    monkeypatch.setenv("GEOAPP_VAR", str(settings.var))
    codes = tmp_path / "kode_2025.csv"
    codes.write_text("code,name\n" + "".join(f"{c},{n}\n" for c, n in files.OFFICIAL.items()), encoding="utf-8")
    table = tmp_path / "penduduk.csv"
    table.write_text("kode,tahun,penduduk\n" + "".join(f"{c},2024,{900 + n}\n" for n, c in enumerate(files.CODES)))
    words = [part for name, value in SAID.items() for part in (f"--{name}", value)]
    for arguments in (
        ["codes", "import", str(codes)],
        ["boundaries", "import", str(unknown(tmp_path)), *words],
        ["statistics", "import", str(table), "--indicator", "penduduk"],
        ["statistics", "publish", "1"],
    ):
        assert run(arguments) == 0, capsys.readouterr()
    from geoapp.store.cluster import Urls

    app = make_app(Urls(settings.database_url or "", settings.public_database_url), settings.var)
    yield app.test_client()
    app.extensions["geoapp"].store.close()


def plain(text: str) -> str:
    """What is read of markup, in one line."""
    return unescape(" ".join(re.sub(r"</?[a-zA-Z][^>]*>", " ", text).split()))


def test_source_licence_date_and_status_travel_to_every_map_file_and_frame(client: FlaskClient) -> None:
    named, licence, dated = SAID["attribution"], SAID["licence"], SAID["dated"]

    for address in ("/maps/{}", "/embed/{}", "/maps/{}.svg", "/about"):
        asked = client.get(address.format(LAYER)).get_data(as_text=True)
        assert "<b>Dinas" not in asked
        read = plain(asked)
        said = [each in read for each in (named.split("<b>")[0], "Dinas PUPR", licence, dated, "efinitif")]
        assert said == [True] * 5, address

    file = client.get(f"/downloads/{LAYER}.geojson").get_json()
    assert (file["attribution"], file["licence"]) == (named, licence)
    assert (file["boundary_status"], file["boundary_date"]) == ("definitive", dated)
    assert licence in file["citation"] and dated in file["citation"]
    rows = list(csv.DictReader(io.StringIO(client.get(f"/downloads/{LAYER}.csv").get_data().decode("utf-8-sig"))))
    assert {(r["boundaries"], r["licence"], r["boundary_status"], r["boundary_date"]) for r in rows} == {
        (named, licence, "definitive", dated)
    }
    standalone = client.get(f"/downloads/{LAYER}.html").get_data(as_text=True)
    assert licence in standalone and dated in standalone
    edition = client.get(f"/layers/{LAYER}.json").get_json()["edition"]
    assert (edition["licence"], edition["dated"], edition["status"]) == (licence, dated, "definitive")
    for tiles in (f"/tiles/{LAYER}.json", f"/tiles/{ID}/village.json"):
        shown = client.get(tiles).get_json()["attribution"]
        assert licence in shown and dated in shown and "definitif" in shown


def bring_in(store: Store, path: Path, **said: Any) -> Any:
    draft, findings = prepare(files.draft(path, **said))
    return publish(store, draft, findings)


def test_the_same_shapes_under_another_licence_are_another_edition(store: Store, tmp_path: Path) -> None:
    file = files.geojson(tmp_path / "kota.geojson", files.city())
    first = bring_in(store, file)
    other = bring_in(store, file, licence="CC0-1.0")
    again = bring_in(store, file, licence="CC0-1.0")

    assert (first.id, other.id, again.id) == (f"{first.id}", f"{first.id}-2", f"{first.id}-2")
    assert (other.is_new, again.is_new) == (True, False)
    with store.read() as connection:
        assert reading.edition(connection, other.id).licence == "CC0-1.0"


def test_saying_what_is_known_already_changes_nothing(store: Store, tmp_path: Path) -> None:
    file = files.geojson(tmp_path / "kota.geojson", files.city())
    first = bring_in(store, file)
    with store.read() as connection:
        known = reading.edition(connection, first.id)

    again = bring_in(store, file, licence=known.licence, status=known.status, dated=known.dated)

    assert (again.id, again.is_new) == (first.id, False)


def test_a_publisher_who_is_named_alone_is_the_attribution_in_both_languages(store: Store, tmp_path: Path) -> None:
    published = bring_in(store, unknown(tmp_path), source="Desa Sukamaju", dated="2021")

    with store.read() as connection:
        edition = reading.edition(connection, published.id)
    assert edition.source == "Desa Sukamaju"
    assert (edition.attribution["id"], edition.attribution["en"]) == (
        "Batas: Desa Sukamaju",
        "Boundaries: Desa Sukamaju",
    )
    assert published.id == "kota-rekaan-desa-sukamaju-2021"


def test_words_that_no_map_has_room_for_are_a_question_that_cannot_be_read(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GEOAPP_DATABASE_URL", settings.database_url or "")
    monkeypatch.setenv("GEOAPP_VAR", str(settings.var))
    monkeypatch.setenv("GEOAPP_LANG", "en")

    assert run(["boundaries", "check", str(unknown(tmp_path)), "--licence", "x" * 301, "--json"]) == 2

    said = json.loads(capsys.readouterr().out)
    assert said["findings"][0]["sentence"] == "--licence is too long; maps have room for 300 signs."
