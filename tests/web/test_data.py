"""Public data for machines: documents, values, tiles, pictures and files."""

import gzip
import json
import re
from typing import Any

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from geoapp.tiles import place
from tests import world

DOCUMENT = f"/layers/{world.LAYER}.json"
WORLD_TILE = f"/tiles/{world.EDITION}/village/9/416/267.mvt"
DATA = [
    "/layers.json",
    DOCUMENT,
    f"/places/{world.EDITION}/village",
    f"/places/{world.EDITION}/village/35.99.01",
    f"/tiles/{world.EDITION}/village.json",
    f"/tiles/{world.LAYER}.json",
    WORLD_TILE,
    f"/tiles/{world.LAYER}/9/416/267.mvt",
    f"/tiles/{world.LAYER}/9/416/267.png",
    f"/maps/{world.LAYER}.svg",
    f"/maps/{world.LAYER}.png?size=1200x630",
    f"/downloads/{world.LAYER}.geojson",
    f"/downloads/{world.LAYER}.csv",
    "/assets/map-0.js",
]


def document(client: FlaskClient) -> Any:
    return client.get(DOCUMENT).get_json()


def village(client: FlaskClient) -> Any:
    return next(each for each in document(client)["levels"] if each["level"] == "village")


def pinned_tile(client: FlaskClient) -> str:
    """The address of ``WORLD_TILE`` as the layer document gives it."""
    template: str = village(client)["tiles"]
    return template.format(z=9, x=416, y=267)


@pytest.mark.parametrize("address", DATA)
def test_any_site_may_read_public_data(client: FlaskClient, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", [*DATA, "/", f"/maps/{world.LAYER}", f"/embed/{world.LAYER}"])
def test_what_a_reader_already_has_is_not_sent_again(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    tag = first.headers["ETag"]

    again = client.get(address, headers={"If-None-Match": tag})

    assert not tag.startswith("W/")
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["ETag"] == tag


@pytest.mark.parametrize("address", [*DATA, "/", f"/maps/{world.LAYER}", f"/embed/{world.LAYER}"])
def test_head_works_where_get_does(client: FlaskClient, address: str) -> None:
    asked, got = client.head(address), client.get(address)

    assert asked.status_code == got.status_code == 200
    assert asked.data == b""
    assert asked.headers["Content-Length"] == got.headers["Content-Length"]
    assert asked.headers["ETag"] == got.headers["ETag"]


@pytest.mark.parametrize("encoding", ["br", "gzip"])
@pytest.mark.parametrize("address", [f"/maps/{world.LAYER}", DOCUMENT, f"/downloads/{world.LAYER}.geojson"])
def test_a_packed_body_holds_the_same_bytes_under_a_tag_of_its_own(
    client: FlaskClient, address: str, encoding: str
) -> None:
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": encoding})

    assert packed.headers["Content-Encoding"] == encoding
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert (brotli.decompress(packed.data) if encoding == "br" else gzip.decompress(packed.data)) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]


def test_shapes_are_kept_for_a_year_and_figures_for_five_minutes(client: FlaskClient) -> None:
    plan = village(client)["plans"]["2024"]
    forever = [pinned_tile(client), village(client)["places"], "/assets/map-0.js"]
    pinned = [plan["classes"], f"{DOCUMENT}?release=1", f"/maps/{world.LAYER}.svg?release=1"]
    moving = [DOCUMENT, WORLD_TILE, f"/maps/{world.LAYER}", f"/downloads/{world.LAYER}.csv", "/layers.json"]

    assert {client.get(each).headers["Cache-Control"] for each in forever} == {"public, max-age=31536000, immutable"}
    assert {client.get(each).headers["Cache-Control"] for each in pinned} == {"public, max-age=300"}
    for each in moving:
        assert client.get(each).headers["Cache-Control"].startswith("public, max-age=300, stale-while-revalidate=")


def test_the_address_of_a_tile_says_whose_shapes_it_shows_on_which_grids(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = pinned_tile(client)
    told = client.get(f"/tiles/{world.EDITION}/village.json").get_json()["tiles"][0]
    moving = client.get(WORLD_TILE)

    assert told.format(z=9, x=416, y=267) == f"http://localhost{before}"
    assert moving.headers["Link"] == f'<http://localhost{before}>; rel="canonical"'
    assert moving.data == client.get(before).data
    assert "immutable" in client.get(before).headers["Cache-Control"]

    monkeypatch.setattr(place, "REVISION", place.REVISION + 1)

    assert pinned_tile(client) == before  # a kept document names an address that still answers, for minutes
    after = client.get(WORLD_TILE).headers["Link"].partition("localhost")[2].partition(">")[0]
    assert after != before
    assert client.get(f"{WORLD_TILE}?v=0badcafe").headers["Cache-Control"].startswith("public, max-age=300")
    assert "immutable" in client.get(after).headers["Cache-Control"]


def test_an_empty_tile_is_answered_without_asking_the_database(app: Flask) -> None:
    client, store = app.test_client(), app.extensions["geoapp"].store
    client.get(f"/tiles/{world.EDITION}/village/13/6650/4200.mvt")
    asked: list[str] = []

    def note(*said: object) -> None:
        asked.append(str(said[2]))

    event.listen(store.public, "before_cursor_execute", note)
    empty = [client.get(f"/tiles/{world.EDITION}/village/13/{x}/4200.mvt") for x in range(6651, 6661)]
    event.remove(store.public, "before_cursor_execute", note)

    assert [each.data for each in empty] == [b""] * 10
    assert asked == []


@pytest.mark.parametrize(
    "address",
    [
        DOCUMENT,
        f"/maps/{world.LAYER}.svg",
        f"/downloads/{world.LAYER}.geojson?period=2023",
        f"/tiles/{world.LAYER}/9/416/267.mvt",
    ],
)
def test_a_moving_address_names_its_pinned_form_which_gives_the_same(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    link = re.fullmatch(r'<http://localhost(.*)>; rel="canonical"', response.headers["Link"])

    assert link and "release=1" in link[1]
    pinned = client.get(link[1])
    assert pinned.status_code == 200
    assert pinned.data == response.data


@pytest.mark.parametrize("address", [f"/maps/{world.LAYER}", f"/embed/{world.LAYER}"])
def test_a_page_gives_search_engines_one_address_alone(client: FlaskClient, address: str) -> None:
    response = client.get(f"{address}?period=2023")

    assert "Link" not in response.headers
    assert response.text.count('rel="canonical"') == 1
    assert "noindex" not in response.text


def test_crawlers_are_told_what_is_for_them(client: FlaskClient) -> None:
    response = client.get("/robots.txt")

    assert response.mimetype == "text/plain"
    assert response.text.startswith("User-agent: *\n")
    assert client.get("/robots.txt", headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


def test_the_layer_document_leads_to_everything_a_viewer_needs(client: FlaskClient) -> None:
    said = document(client)
    level = said["levels"][0]
    plan = level["plans"][said["latest"]]

    assert said["id"] == world.LAYER
    assert said["title"]["id"].startswith("Kepadatan penduduk per")
    assert said["periods"] == ["2023", "2024"]
    assert [each["level"] for each in said["levels"]] == ["village", "district", "regency"]
    assert level["regions"] == 12
    assert (plan["known"], plan["total"]) == (8, 12)
    assert all(set(row["label"]) == {"id", "en"} for row in plan["legend"])
    assert sum(row["count"] for row in plan["legend"]) == 12
    for address in (level["places"], plan["classes"], plan["figures"].replace("{parent}", "35.99.01")):
        assert client.get(address).status_code == 200


def test_the_classes_come_as_one_byte_a_region_after_the_editions_id(client: FlaskClient) -> None:
    body = client.get(village(client)["plans"]["2024"]["classes"]).data
    plan = world.plans()[world.PERIODS[1]]

    edition, bytes_ = body.split(b"\n", 1)
    assert edition.decode() == world.EDITION
    assert bytes_ == plan.classes + plan.marks


def test_exact_figures_come_per_parent_with_states_and_marks(client: FlaskClient) -> None:
    figures = village(client)["plans"]["2024"]["figures"]
    everything = client.get(figures.replace("{parent}", "all")).get_json()
    parent = world.regions()[0].parent
    part = client.get(figures.replace("{parent}", str(parent))).get_json()

    assert everything["figures"] == [each.figure for each in world.observations()]
    assert everything["states"][8:] == ["missing", "not_applicable", "suppressed", "out_of_scope"]
    assert everything["marks"][7] == ["estimated"]
    assert part["numbers"] == [each.number for each in world.regions() if each.parent == parent]
    assert client.get(figures.replace("{parent}", "99")).status_code == 404


def test_places_stand_in_number_order_with_parents_and_neighbours(client: FlaskClient) -> None:
    said = client.get(f"/places/{world.EDITION}/village").get_json()

    assert said["numbers"] == list(range(1, 13))
    assert said["codes"] == [each.code for each in world.regions()]
    assert said["names"][2] == world.HOSTILE
    assert len(said["inside"]) == len(said["boxes"]) == len(said["neighbours"]) == len(said["parentNames"]) == 12
    part = client.get(f"/places/{world.EDITION}/village/{said['parents'][0]}").get_json()
    assert part["numbers"] == [1, 2, 3, 4]


def test_a_tile_is_sent_as_it_lies_on_the_shelf(client: FlaskClient) -> None:
    packed = client.get(WORLD_TILE, headers={"Accept-Encoding": "gzip"})
    plain = client.get(WORLD_TILE)

    assert packed.headers["Content-Type"] == "application/vnd.mapbox-vector-tile"
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert b"regions" in plain.data
    assert world.HOSTILE.encode() in plain.data


def test_a_layers_tile_carries_its_figures_and_a_picture_tile_is_png(client: FlaskClient) -> None:
    tile = client.get(f"/tiles/{world.LAYER}/9/416/267.mvt?period=2023").data
    picture = client.get(f"/tiles/{world.LAYER}/9/416/267.png")

    assert b"not_applicable" in tile
    assert picture.mimetype == "image/png"
    assert picture.data.startswith(b"\x89PNG")


def test_tilejson_names_tiles_that_exist(client: FlaskClient) -> None:
    for address in (f"/tiles/{world.EDITION}/village.json", f"/tiles/{world.LAYER}.json?period=2023"):
        said = client.get(address).get_json()
        tile = said["tiles"][0].format(z=9, x=416, y=267)
        assert said["tilejson"] == "3.0.0"
        assert client.get(tile.removeprefix("http://localhost")).status_code == 200


def test_a_hostile_name_is_text_in_every_file(client: FlaskClient) -> None:
    svg = client.get(f"/maps/{world.LAYER}.svg").get_data(as_text=True)
    geojson = client.get(f"/downloads/{world.LAYER}.geojson").get_json()
    csv = client.get(f"/downloads/{world.LAYER}.csv").get_data(as_text=True)

    assert "<script" not in svg
    assert "1337" not in svg
    assert world.HOSTILE in [each["properties"]["name"] for each in geojson["features"]]
    assert world.HOSTILE in csv


def test_what_may_be_opened_as_a_document_is_dressed_for_it_and_data_is_not(client: FlaskClient) -> None:
    drawing = client.get(f"/maps/{world.LAYER}.svg").headers
    data = client.get(DATA[0]).headers

    assert "style-src" in drawing["Content-Security-Policy"] and "Referrer-Policy" in drawing
    assert data["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert "Referrer-Policy" not in data


def test_active_files_come_as_attachments(client: FlaskClient) -> None:
    response = client.get(f"/downloads/{world.LAYER}.html")

    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == f'attachment; filename="{world.LAYER}-2024.html"'
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "<script>alert" not in response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/tiles/{edition}/village/99/0/0.mvt", 400, "error.tile_address"),
        ("/tiles/{edition}/village/3/-1/9.mvt", 400, "error.tile_address"),
        ("/tiles/{edition}/village/a/b/c.mvt", 400, "error.tile_address"),
        ("/tiles/{layer}/99/0/0.png", 400, "error.tile_address"),
        ("/tiles/{layer}/3/6/4.gif", 404, "error.no_format"),
        ("/tiles/{edition}/benua/3/6/4.mvt", 404, "error.edition_level"),
        ("/tiles/tidak-ada/village/3/6/4.mvt", 404, "error.no_edition"),
        ("/tiles/tidak-ada/3/6/4.mvt", 404, "error.no_layer"),
        ("/tiles/tidak-ada.json", 404, "error.no_layer"),
        ("/layers/tidak-ada.json", 404, "error.no_layer"),
        ("/layers/{layer}.json?release=99", 404, "error.no_release"),
        ("/layers/{layer}.json?release=satu", 400, "error.parameter_value"),
        ("/layers.json?bbox=abc", 400, "error.parameter_unknown"),
        ("/downloads/{layer}.geojson?bbox=abc", 400, "error.parameter_unknown"),
        ("/downloads/{layer}.geojson?period=2023&period=2024", 400, "error.parameter_twice"),
        ("/downloads/{layer}.geojson?period=kapan", 400, "error.parameter_value"),
        ("/downloads/{layer}.geojson?period=2031", 400, "error.no_period"),
        ("/downloads/{layer}.geojson?level=rt", 400, "error.no_level"),
        ("/downloads/{layer}.docx", 404, "error.no_format"),
        ("/downloads/tidak-ada.csv", 404, "error.no_layer"),
        ("/maps/{layer}.gif", 404, "error.no_format"),
        ("/maps/{layer}.svg?size=raksasa", 400, "error.no_size"),
        ("/maps/{layer}.svg?region=11", 400, "error.no_region"),
        ("/maps/{layer}.svg?lang=jv", 400, "error.parameter_value"),
        ("/places/tidak-ada/village", 404, "error.no_edition"),
        ("/places/{edition}/rt", 404, "error.edition_level"),
        ("/values/{layer}/000000000000/2024", 404, "error.no_version"),
        ("/values/{layer}/000000000000/kapan", 404, "error.no_period"),
        ("/assets/lain.js", 404, "error.asset_unknown"),
        ("/apa-ini", 404, "error.not_found"),
    ],
)
def test_a_question_we_cannot_answer_gets_one_sentence_and_the_right_status(
    client: FlaskClient, address: str, status: int, code: str
) -> None:
    response = client.get(address.format(edition=world.EDITION, layer=world.LAYER))

    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    said = json.loads(response.data)
    assert (said["status"], said["code"]) == (status, code)
    assert said["type"] == "about:blank" and said["title"] and said["detail"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_a_problem_is_told_in_the_language_of_the_address(client: FlaskClient) -> None:
    assert "format berkas" in client.get(f"/downloads/{world.LAYER}.docx").get_json()["detail"]
    assert "file format" in client.get(f"/downloads/{world.LAYER}.docx?lang=en").get_json()["detail"]


def test_a_browser_that_asks_for_html_gets_a_page_instead_of_a_problem(client: FlaskClient) -> None:
    response = client.get(f"/downloads/{world.LAYER}.docx", headers={"Accept": "text/html,*/*;q=0.8"})

    assert response.status_code == 404
    assert response.mimetype == "text/html"
    assert "Accept" in response.headers["Vary"]


def test_public_addresses_can_only_be_read(client: FlaskClient) -> None:
    response = client.post("/layers.json")

    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_tiles_beside_the_edition_are_empty_and_leave_nothing_behind(app: Flask) -> None:
    client, shelf = app.test_client(), app.extensions["geoapp"].settings.var / "tiles"
    beside = [f"/tiles/{path}" for path in (f"{world.EDITION}/village/9/1/1.mvt", f"{world.LAYER}/9/1/1.mvt",
              f"{world.LAYER}/9/1/2.mvt", f"{world.LAYER}/9/1/1.png", f"{world.LAYER}/18/7/7.png")]  # fmt: skip

    answers = [client.get(address) for address in beside]

    assert [each.status_code for each in answers] == [200] * len(beside)
    assert [each.data for each in answers[:3]] == [b""] * 3
    assert answers[3].data.startswith(b"\x89PNG") and answers[4].data == answers[3].data
    assert [path for path in shelf.rglob("*") if {"1", "7"} & set(path.parts[-3:-1])] == []
