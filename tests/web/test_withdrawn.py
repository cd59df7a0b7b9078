"""A withdrawn map answers 410 with its reason at every door, within what a cache may keep."""

from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests import world
from tests.web.conftest import make_app
from tests.web.test_pages import Page

REASON = "Angka tiga desa tertukar."


@pytest.fixture(scope="module")
def withdrawn(database: Callable[[], Urls], tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    urls = database()
    store = Store.at(*urls)
    with store.begin() as connection:
        world.store_world(connection)
    app = make_app(urls, tmp_path_factory.mktemp("withdrawn") / "var")
    client = app.test_client()
    document = client.get(f"/layers/{world.LAYER}.json").get_json()
    client.classes = document["levels"][0]["plans"]["2024"]["classes"]  # type: ignore[attr-defined]
    for warm in (f"/maps/{world.LAYER}", f"/tiles/{world.LAYER}/9/416/267.mvt", f"/downloads/{world.LAYER}.csv"):
        assert client.get(warm).status_code == 200
    with store.begin() as connection:
        connection.execute(
            text("UPDATE published.release SET withdrawn_at = '2026-10-03', withdrawn_reason = :reason"),
            {"reason": REASON},
        )
    store.close()
    yield client
    app.extensions["geoapp"].store.close()


@pytest.mark.parametrize(
    "address",
    [
        "/layers/{layer}.json",
        "/layers/{layer}.json?release=1",
        "/maps/{layer}.svg",
        "/maps/{layer}.png",
        "/downloads/{layer}.geojson",
        "/downloads/{layer}.csv?release=1",
        "/tiles/{layer}/9/416/267.mvt",
        "/tiles/{layer}/9/416/267.png",
        "/tiles/{layer}.json",
        "CLASSES",
        "/oembed?url=http%3A%2F%2Flocalhost%2Fmaps%2F{layer}",
    ],
)
def test_data_of_a_withdrawn_map_is_gone_with_its_reason(withdrawn: FlaskClient, address: str) -> None:
    asked = withdrawn.classes if address == "CLASSES" else address.format(layer=world.LAYER)  # type: ignore[attr-defined]
    response = withdrawn.get(asked)

    assert response.status_code == 410
    assert REASON in response.get_data(as_text=True)


@pytest.mark.parametrize("address", [f"/maps/{world.LAYER}", f"/embed/{world.LAYER}"])
def test_the_page_of_a_withdrawn_map_explains_itself(withdrawn: FlaskClient, address: str) -> None:
    response = withdrawn.get(address)
    html = response.get_data(as_text=True)

    assert response.status_code == 410
    assert "Peta ini ditarik pada 3 Oktober 2026" in html
    assert REASON in html
    assert "Jangan memakai angka yang telanjur diunduh." in html


@pytest.mark.parametrize("address", [f"/maps/{world.LAYER}?release=1", "/maps/%3Cb%3E?x=1", "/regions/99.99.99.9999"])
def test_a_page_that_says_no_says_it_in_the_other_language_too(withdrawn: FlaskClient, address: str) -> None:
    page = Page(withdrawn.get(address).get_data(as_text=True))
    hrefs = {each["hreflang"]: each["href"] or "" for each in page.all("a") if each.get("hreflang")}

    assert set(hrefs) == {"id", "en"}
    for lang, href in hrefs.items():
        told = withdrawn.get(href.removeprefix("http://localhost"))
        assert told.status_code in (404, 410)
        assert Page(told.get_data(as_text=True)).all("html")[0]["lang"] == lang
    assert ("release=1" in hrefs["en"]) == ("release=1" in address)


def test_shapes_stay_when_figures_go(withdrawn: FlaskClient) -> None:
    assert withdrawn.get(f"/tiles/{world.EDITION}/village/9/416/267.mvt").status_code == 200


def test_the_catalogue_does_not_list_it(withdrawn: FlaskClient) -> None:
    html = withdrawn.get("/").get_data(as_text=True)

    assert world.LAYER not in html
    assert "Belum ada peta yang terbit." in html
    assert withdrawn.get("/layers.json").get_json() == {"layers": []}
