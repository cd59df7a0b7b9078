"""The pages of codes that changed: what an old code became, and what happened to one that stayed."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask.testing import FlaskClient

from geoapp.domain.codes import CodeSystem
from geoapp.domain.lineage import Kind, Step
from geoapp.store import lineage
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests import world
from tests.web.conftest import make_app

GONE, STAYED, BEGUN = "35.99.01.1077", "35.99.01.1001", "35.99.01.1002"
ACT = "Perda <3>/2021"


@pytest.fixture(scope="module")
def client(database: Callable[[], Urls], tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A service that knows of a split and of a code that moved."""
    urls = database()
    store = Store.at(*urls)
    since = date(2022, 1, 1)
    steps = [Step(since, STAYED, new, Kind.SPLIT, act=ACT) for new in (STAYED, BEGUN)]
    with store.begin() as connection:
        world.store_world(connection)
        lineage.keep(connection, CodeSystem.KEMENDAGRI, [*steps, Step(since, GONE, "35.99.02.1001", Kind.MOVE)])
    store.close()
    made = make_app(urls, tmp_path_factory.mktemp("service") / "var")
    yield made.test_client()
    made.extensions["geoapp"].store.close()


@pytest.mark.parametrize(("lang", "said"), [("id", "Kode itu sudah diganti"), ("en", "That code was replaced")])
def test_a_code_that_ended_leads_to_the_region_that_followed(client: FlaskClient, lang: str, said: str) -> None:
    response = client.get(f"/regions/{GONE}?lang={lang}")

    page = response.get_data(as_text=True)
    assert response.status_code == 404
    assert said in page and "/regions/35.99.02.1001" in page and f"/regions/{STAYED}" not in page


def test_a_region_s_page_tells_what_happened_to_its_code(client: FlaskClient) -> None:
    page = client.get(f"/regions/{BEGUN}").get_data(as_text=True)

    assert f"Dimekarkan 1 Januari 2022: {STAYED} menjadi {STAYED}, {BEGUN}. Perda &lt;3&gt;/2021" in page
    assert "Dimekarkan" not in client.get("/regions/35.99.01.1003").get_data(as_text=True)
