"""Maps of less than all villages: a table of districts shows districts, a table of a set speaks of the set alone."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from geoapp.catalogue import Catalogue
from geoapp.domain.levels import Level
from geoapp.domain.observations import MISSING, Observation
from geoapp.domain.periods import Period
from geoapp.releases.publishing.publish import publish
from geoapp.settings import Settings
from geoapp.store import releases
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests import world
from tests.web.conftest import make_app
from tests.web.test_pages import Page

DISTRICTS = f"penduduk-{world.EDITION}-district"
ASKED = f"kk-{world.EDITION}"
PERIOD = Period("2024")
SQUARE = (9, 416, 267)


def brought(store: Store, catalogue: Catalogue, slug: str, level: Level, said: Mapping[str, Observation]) -> None:
    """A batch of these observations, staged and published."""
    scope = {"periods": {slug: [PERIOD.text]}, "regions": list(said), "refused": []}
    rows = [(slug, PERIOD, code, each, line) for line, (code, each) in enumerate(said.items(), 2)]
    with store.begin() as connection:
        report = {"public": {slug: {"rows": {}}}}
        batch = releases.stage(connection, "tabel.csv", "d", world.EDITION, level, scope, report, rows)
    publish(store, catalogue, batch)


@pytest.fixture(scope="module")
def client(database: Callable[[], Urls], tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A service with a map of three districts, and one of five villages that were asked, four of which answered."""
    urls = database()
    store = Store.at(*urls)
    folder: Path = tmp_path_factory.mktemp("scopes")
    catalogue = Catalogue.of(Settings(site=folder / "site"))
    districts = {each.code: Observation(figure=1000.0 * each.number) for each in world.regions(Level.DISTRICT)}
    villages = {each.code: Observation(figure=100.0 * each.number) for each in world.regions()[:4]}
    with store.begin() as connection:
        world.store_world(connection)
    brought(store, catalogue, "penduduk", Level.DISTRICT, districts)
    brought(store, catalogue, "kk", Level.VILLAGE, {**villages, world.regions()[4].code: MISSING})
    store.close()
    app = make_app(urls, folder / "var")
    yield app.test_client()
    app.extensions["geoapp"].store.close()


def text_of(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return Page(response.get_data(as_text=True)).text


def test_a_map_of_districts_opens_at_districts_and_offers_what_lies_above(client: FlaskClient) -> None:
    text = text_of(client, f"/maps/{DISTRICTS}?region=35.99.03")
    document = client.get(f"/layers/{DISTRICTS}.json").get_json()

    assert "per kecamatan di Kota Contoh" in text
    assert "3 dari 3 kecamatan ada data." in text
    assert "Ke-1 dari 3" in text
    assert [each["level"] for each in document["levels"]] == ["district", "regency"]
    assert [each["regions"] for each in document["levels"]] == [3, 1]
    assert document["levels"][0]["plans"]["2024"]["whole"] == 6000


def test_a_map_of_districts_says_that_it_has_no_villages(client: FlaskClient) -> None:
    asked = text_of(client, f"/maps/{DISTRICTS}?level=village")

    assert client.get(f"/tiles/{DISTRICTS}/9/416/267.mvt?level=village").status_code == 400
    assert "per kecamatan di Kota Contoh" in asked


def test_tiles_values_pictures_and_files_of_a_map_of_districts_are_of_districts(client: FlaskClient) -> None:
    z, x, y = SQUARE
    tile = client.get(f"/tiles/{DISTRICTS}/{z}/{x}/{y}.mvt").data
    plan = client.get(f"/layers/{DISTRICTS}.json").get_json()["levels"][0]["plans"]["2024"]
    rows = client.get(f"/downloads/{DISTRICTS}.csv").get_data(as_text=True)
    shapes = client.get(f"/downloads/{DISTRICTS}.geojson").get_json()["features"]

    assert all(code.encode() in tile for code in ("35.99.01", "35.99.02", "35.99.03"))
    assert b"35.99.01.1001" not in tile
    assert len(client.get(plan["classes"]).data) >= 3
    assert {"1000", "2000", "3000"} <= {cell for row in rows.splitlines() for cell in row.split(";")} | {
        cell for row in rows.splitlines() for cell in row.split(",")
    }
    assert [each["properties"]["code"] for each in shapes] == ["35.99.01", "35.99.02", "35.99.03"]
    assert client.get(f"/tiles/{DISTRICTS}/{z}/{x}/{y}.png").status_code == 200
    assert "kecamatan" in client.get(f"/maps/{DISTRICTS}.svg").get_data(as_text=True)
    assert "per kecamatan" in text_of(client, f"/embed/{DISTRICTS}")


def test_coverage_rank_and_classes_of_a_map_speak_of_the_regions_that_were_asked(client: FlaskClient) -> None:
    best = world.regions()[3].code
    text = text_of(client, f"/maps/{ASKED}?region={best}")
    english = text_of(client, f"/maps/{ASKED}?lang=en")
    plan = client.get(f"/layers/{ASKED}.json").get_json()["levels"][0]["plans"]["2024"]
    states = {row["state"]: row["count"] for row in plan["legend"] if row["kind"] == "state"}

    assert "4 dari 5 kelurahan dalam cakupan ada data; 7 lainnya di luar cakupan." in text
    assert "7 others are out of scope" in english
    assert "Ke-1 dari 4" in text
    assert states == {"missing": 1, "out_of_scope": 7}
    assert (plan["known"], plan["largest"]) == (4, 400)
    assert "4 dari 5 kelurahan" in text_of(client, "/")
