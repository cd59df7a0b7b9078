"""The search: a page whole without a script, and suggestions for machines."""

import pytest
from flask.testing import FlaskClient

from tests import world
from tests.web.test_pages import get


def suggested(client: FlaskClient, query: str) -> dict[str, list[dict[str, object]]]:
    response = client.get(f"/search.json?{query}")
    assert response.status_code == 200, response.get_data(as_text=True)
    found: dict[str, list[dict[str, object]]] = response.get_json()
    return found


def test_the_page_begins_with_an_empty_box_and_a_way_on_without_it(client: FlaskClient) -> None:
    page = get(client, "/search")

    boxes = [each for each in page.all("input") if each.get("name") == "q"]
    assert boxes and all(each.get("value") == "" for each in boxes)
    assert [each for each in page.all("a") if each.get("href") == "/regions"]


def test_a_found_region_leads_to_its_page_and_names_its_parents(client: FlaskClient) -> None:
    page = get(client, "/search?q=angsoka")

    assert [each for each in page.all("a") if each.get("href") == "/regions/35.99.01.1001"]
    assert "Kelurahan, Kec. Selatan, Kota Contoh" in page.text


def test_a_typing_mistake_is_answered_with_what_may_be_meant(client: FlaskClient) -> None:
    page = get(client, "/search?q=angsuka")

    assert "Tidak ada wilayah atau peta bernama “angsuka”." in page.text
    assert "Mungkin maksud Anda:" in page.text
    assert [each for each in page.all("a") if each.get("href") == "/regions/35.99.01.1001"]


def test_where_nothing_is_like_it_nothing_is_proposed(client: FlaskClient) -> None:
    page = get(client, "/search?q=qqqqzzzz&lang=en")

    assert "No region or map is called “qqqqzzzz”." in page.text
    assert "Perhaps you meant" not in page.text


def test_what_was_typed_is_shown_as_exactly_that(client: FlaskClient) -> None:
    typed = '"><script>alert(1)</script>'
    html = client.get("/search", query_string={"q": typed}).get_data(as_text=True)

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_from_a_map_a_region_can_be_shown_there_without_a_script(client: FlaskClient) -> None:
    page = get(client, f"/search?q=angsoka&layer={world.LAYER}")

    assert [each for each in page.all("a") if each.get("href") == f"/maps/{world.LAYER}?region=35.99.01.1001"]
    assert [each for each in page.all("input") if each.get("name") == "layer" and each.get("value") == world.LAYER]


@pytest.mark.parametrize("layer", ["none", "../etc"])
def test_a_search_from_a_map_that_is_gone_is_a_search(client: FlaskClient, layer: str) -> None:
    assert "Angsoka" in get(client, f"/search?q=angsoka&layer={layer}").text


def test_suggestions_say_what_a_box_needs(client: FlaskClient) -> None:
    found = suggested(client, f"q=angs&layer={world.LAYER}")

    assert found["results"] == [
        {
            "code": "35.99.01.1001",
            "name": "Angsoka",
            "kind": "Kelurahan",
            "parent": "Kec. Selatan, Kota Contoh, Provinsi Contoh",
            "level": "village",
            "edition": world.EDITION,
            "href": "/regions/35.99.01.1001",
            "reason": "",
            "here": True,
        }
    ]
    assert found["meant"] == []


def test_suggestions_for_a_mistake_stand_apart(client: FlaskClient) -> None:
    found = suggested(client, "q=angsuka&lang=en")

    assert found["results"] == []
    assert [each["name"] for each in found["meant"]] == ["Angsoka"]
    assert found["meant"][0]["href"] == "/regions/35.99.01.1001?lang=en"


def test_suggestions_name_maps_and_codes_too(client: FlaskClient) -> None:
    assert [each.get("layer") for each in suggested(client, "q=kepadatan")["results"]] == [world.LAYER]
    found = suggested(client, "q=3599011001")["results"]
    assert [each["reason"] for each in found] == ["Kode Kemendagri 35.99.01.1001"]


def test_any_site_may_ask_for_suggestions(client: FlaskClient) -> None:
    assert client.get("/search.json?q=angs").headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(("query", "status"), [("q=a&x=1", 400), ("q=a&q=b", 400), ("q=a&layer=none", 404), ("", 200)])
def test_a_machine_is_told_what_it_asked_wrongly(client: FlaskClient, query: str, status: int) -> None:
    response = client.get(f"/search.json?{query}")

    assert response.status_code == status
    if status == 200:
        assert response.get_json() == {"results": [], "meant": [], "more": 0}


def test_every_page_has_the_box_in_its_head(client: FlaskClient) -> None:
    for address in ("/", f"/maps/{world.LAYER}", "/regions", "/regions/35.99.01.1001", "/nothing"):
        html = client.get(address, headers={"Accept": "text/html"}).get_data(as_text=True)
        assert 'id="search-top"' in html, address
