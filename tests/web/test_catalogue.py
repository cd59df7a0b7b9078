"""The catalogue: every public map by theme, area and order, without opening one; withdrawn maps are gone at once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, event, text

from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests import world
from tests.web.conftest import make_app
from tests.web.test_pages import get


def test_a_card_says_periods_unit_and_coverage_and_has_a_picture(client: FlaskClient) -> None:
    page = get(client, "/")

    assert "Angka setiap kelurahan di Kota Contoh" in page.text
    assert "2023–2024, jiwa/km², 8 dari 11 kelurahan" in page.text
    assert "Terbit 12 November 2026" in page.text
    pictures = [each["src"] or "" for each in page.all("img") if each.get("class") == "card-picture"]
    assert len(pictures) == 1
    assert client.get(pictures[0]).status_code == 200


def test_the_examples_are_regions_and_maps_that_there_are(client: FlaskClient) -> None:
    page = get(client, "/?lang=en")

    links = [each["href"] or "" for each in page.all("a")]
    assert [each for each in links if each.startswith("/regions/35.99.0")]
    assert {client.get(each).status_code for each in links if each.startswith("/")} == {200}


@pytest.mark.parametrize("query", ["theme=none", "area=nowhere", "sort=sideways", "theme=none&area=x&sort=y"])
def test_an_unknown_theme_area_or_order_shows_all_and_says_so(client: FlaskClient, query: str) -> None:
    page = get(client, f"/?{query}")

    assert "Kepadatan penduduk" in page.text
    assert len([each for each in page.all("p") if each.get("class") == "notice"]) == len(query.split("&"))


@pytest.mark.parametrize("query", ["area=%D9%A3", "area=<b>", "theme=%E2%80%AE", "sort=" + "x" * 200])
def test_a_choice_that_cannot_be_read_is_left_aside_with_a_sentence(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/?{query}")

    assert answer.status_code == 200
    assert "tidak bisa dibaca" in answer.get_data(as_text=True)


@pytest.fixture
def crowded(database: Callable[[], Urls], tmp_path: Path) -> Iterator[tuple[FlaskClient, Store, Store]]:
    """A site of 120 maps: somebody who asks, the store the site reads with, and the owner's."""
    urls = database()
    store = Store.at(*urls)
    with store.begin() as connection:
        world.store_world(connection)
        for n in range(119):
            _another(connection, n)
    app = make_app(urls, tmp_path / "var")
    yield app.test_client(), app.extensions["geoapp"].store, store
    app.extensions["geoapp"].store.close()
    store.close()


def _another(connection: Connection, n: int) -> None:
    """One more map with the plans of the first."""
    values = {"id": f"peta-{n:03}", "theme": "lahan" if n % 2 else "penduduk", "first": world.LAYER}
    connection.execute(
        text(
            "INSERT INTO published.release"
            " (indicator_slug, edition_id, level, indicator, batch_id, report, published_at)"
            " SELECT :id, edition_id, level, indicator || jsonb_build_object('slug', CAST(:id AS text), 'theme',"
            " CAST(:theme AS text), 'name', jsonb_build_object('id', CAST(:id AS text))), batch_id, report,"
            " published_at - interval '1 day' FROM published.release ORDER BY id LIMIT 1"
        ),
        values,
    )
    connection.execute(
        text(
            "INSERT INTO published.layer (id, indicator_slug, edition_id, release_id, style)"
            " SELECT :id, :id, edition_id, (SELECT max(id) FROM published.release), style"
            " FROM published.layer WHERE id = :first"
        ),
        values,
    )
    connection.execute(
        text(
            "INSERT INTO published.plan SELECT :id, (SELECT max(id) FROM published.release), level, period, version,"
            " document, classes, marks FROM published.plan WHERE layer_id = :first"
        ),
        values,
    )


def listen(store: Store) -> list[str]:
    """The statements that the public doors say from now on."""
    said: list[str] = []
    event.listen(store.public, "before_cursor_execute", lambda *args: said.append(args[2]))
    return said


def test_a_region_on_many_maps_takes_few_statements(crowded: tuple[FlaskClient, Store, Store]) -> None:
    client, used, _ = crowded
    said = listen(used)

    page = get(client, "/regions/35.99.01.1002")

    assert len([each for each in page.all("tr") if (each.get("class") or "").startswith("indicator")]) == 120
    assert len(said) < 20
    said.clear()
    get(client, "/regions/35.99.01.1002")
    assert len(said) <= 4


def test_many_maps_take_few_statements_and_lazy_pictures(crowded: tuple[FlaskClient, Store, Store]) -> None:
    client, used, _ = crowded
    said = listen(used)

    page = get(client, "/")

    assert len([each for each in page.all("li") if each.get("class") == "card"]) == 120
    assert len(said) < 15
    eager = [each for each in page.all("img") if each.get("loading") != "lazy"]
    assert len(eager) <= 4
    said.clear()
    get(client, "/")
    assert len(said) == 1


def test_a_theme_shows_its_maps_and_an_order_by_name_holds(crowded: tuple[FlaskClient, Store, Store]) -> None:
    client, _, _ = crowded
    html = client.get("/?theme=lahan&sort=name").get_data(as_text=True)

    names = [part.split("<")[0] for part in html.split('class="card-name">')[1:]]
    assert len(names) == 59
    assert names == sorted(names)


def test_a_withdrawn_map_is_gone_at_once(crowded: tuple[FlaskClient, Store, Store]) -> None:
    client, _, store = crowded
    assert "peta-007" in get(client, "/").text

    with store.begin() as connection:
        asked = (
            "UPDATE published.release SET withdrawn_at = now(), withdrawn_reason = 'salah' WHERE indicator_slug = :id"
        )
        connection.execute(text(asked), {"id": "peta-007"})

    assert "peta-007" not in get(client, "/").text
