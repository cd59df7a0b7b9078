"""A region's page: every indicator with rank, trend, place and state; its relatives; codes of every form."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests import world
from tests.web.conftest import make_app
from tests.web.test_pages import VOID, Page, get

VILLAGE = "/regions/35.99.01.1002"
EVERY = [
    "/regions", VILLAGE, f"{VILLAGE}?lang=en", "/regions/35.99.01.1003", "/regions/35.99.03.1001", "/regions/35.99.01",
    "/regions/35.99", "/regions/35", f"/regions/{world.EDITION}/35.99.01.1002", "/search?q=angsoka",
    "/search?q=angsuka",
]  # fmt: skip


def body(client: FlaskClient, address: str) -> str:
    """The text of a page with its spaces made one."""
    return re.sub(r"\s+", " ", get(client, address).text)


@pytest.mark.parametrize("address", [*EVERY])
def test_a_page_is_well_formed_without_inline_style_or_script(client: FlaskClient, address: str) -> None:
    page = get(client, address)

    assert page.wrong == [] and page.open == []
    assert sorted(set(page.ids)) == sorted(page.ids)
    assert [name for _, attrs in page.tags for name in attrs if name == "style" or name.startswith("on")] == []
    assert VOID and len(page.all("h1")) == 1


def test_the_page_begins_with_a_sentence_of_its_first_figure(client: FlaskClient) -> None:
    said = body(client, VILLAGE)

    assert "Kelurahan Bungur dalam angka" in said
    assert "Kode Kemendagri 35.99.01.1002" in said
    assert "Kepadatan penduduk di sini 2.400 jiwa/km² pada 2024, ke-5 dari 8 kelurahan." in said


def test_a_row_has_figure_rank_and_the_upper_regions_own_figure(client: FlaskClient) -> None:
    html = client.get(VILLAGE).get_data(as_text=True)
    row = html[html.index('<tr class="indicator">') :]
    row = row[: row.index("</tr>")]

    assert '<span class="said">2.400</span>' in row
    assert "ke-5 dari 8" in row
    assert ">4.288<small>2024</small>" in row
    assert 'class="spark"' in row
    assert row.count("8v8") == 8


def test_the_first_and_the_last_rank_are_said_in_words(client: FlaskClient) -> None:
    assert "tertinggi dari 8" in body(client, "/regions/35.99.02.1002")
    assert "terendah dari 8" in body(client, "/regions/35.99.02.1003")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("35.99.03.1001", "tidak ada data: sudah ditanya, belum dijawab"),
        ("35.99.03.1002", "tidak berlaku untuk kelurahan"),
        ("35.99.03.1003", "disembunyikan untuk melindungi kerahasiaan"),
        ("35.99.03.1004", "di luar cakupan: tidak didata di sini"),
    ],
)
def test_a_state_is_said_in_words_with_its_swatch(client: FlaskClient, code: str, said: str) -> None:
    page = get(client, f"/regions/{code}")

    assert said in page.text
    assert [each for each in page.all("svg") if (each.get("class") or "").startswith("swatch swatch-")]


def test_an_estimate_carries_its_mark_and_the_mark_is_explained(client: FlaskClient) -> None:
    html = client.get("/regions/35.99.02.1004").get_data(as_text=True)

    assert "5.200<sup>e</sup>" in html
    assert "angka perkiraan" in html


def test_an_upper_region_has_its_own_figures_its_coverage_and_what_it_holds(client: FlaskClient) -> None:
    said = body(client, "/regions/35.99")

    assert "8 dari 12 ada data" in said
    assert "3 kecamatan" in said
    page = get(client, "/regions/35.99.01")
    assert "4 kelurahan" in page.text
    assert [each for each in page.all("a") if each.get("href") == "/regions/35.99.01.1002"]


def test_what_is_only_partly_covered_is_not_ranked(client: FlaskClient) -> None:
    html = client.get("/regions/35.99.03").get_data(as_text=True)

    assert "ke-" not in re.sub(r"<[^>]+>", "", html[html.index("<main") : html.index("</main>")])


def test_a_mere_ancestor_has_no_figures_and_leads_on(client: FlaskClient) -> None:
    page = get(client, "/regions/35")

    assert "Hanya sebagian wilayah ini ada di situs kami" in page.text
    assert [each for each in page.all("a") if each.get("href") == "/regions/35.99"]
    assert page.all("table") == []


def test_the_neighbours_are_those_whose_borders_it_shares(client: FlaskClient) -> None:
    page = get(client, VILLAGE)
    beside = {world.regions()[number - 1].code for number in world.regions()[1].neighbours}

    links = {each.get("href") for each in page.all("a")}
    assert {f"/regions/{code}" for code in beside} <= links
    assert len(beside) == 3


def test_the_picture_shows_the_place_with_the_style_sheets_colours(client: FlaskClient) -> None:
    page = get(client, VILLAGE)

    drawn = [each for tag, each in page.tags if tag == "path" and each.get("class") == "locator-own"]
    assert len(drawn) == 1 and len(drawn[0]["d"] or "") > 20
    assert [each for each in page.all("svg") if each.get("class") == "locator" and each.get("role") == "img"]


def test_a_link_preview_shows_the_place_on_its_map(client: FlaskClient) -> None:
    page = get(client, VILLAGE)
    said = {each.get("property"): each.get("content") or "" for each in page.all("meta")}

    assert said["og:title"] == "Kelurahan Bungur dalam angka"
    assert "2.400 jiwa/km²" in said["og:description"]
    assert "region=35.99.01.1002" in said["og:image"] and "size=1200x630" in said["og:image"]
    assert client.get(said["og:image"].removeprefix("http://localhost")).status_code == 200


def test_every_address_of_the_page_answers(client: FlaskClient) -> None:
    links = {each.get("href") or "" for address in (VILLAGE, "/regions/35.99", "/regions")
             for each in get(client, address).all("a")}  # fmt: skip

    broken = {each for each in links if each.startswith("/") and client.head(each).status_code >= 400}
    assert broken == set()
    assert len(links) > 15


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("35.99.1", None), ("3599", "/regions/35.99"), ("359901", "/regions/35.99.01")],
)
def test_a_code_that_means_one_region_leads_to_how_we_write_it(
    client: FlaskClient, asked: str, shown: str | None
) -> None:
    response = client.get(f"/regions/{asked}")

    if shown is None:
        assert response.status_code == 404
    else:
        assert response.status_code in (300, 302)
        assert shown in (response.headers.get("Location") or response.get_data(as_text=True))


def test_an_undotted_code_of_ten_digits_is_answered_with_both_meanings(client: FlaskClient) -> None:
    page = get(client, "/regions/3599011002", status=300)

    assert "Kode Kemendagri 35.99.01.1002" in page.text and "Kode BPS 3599011002" in page.text
    assert [each for each in page.all("a") if each.get("href") == VILLAGE]
    assert "Tidak ada di situs kami" in page.text


def test_an_unknown_code_is_answered_with_those_like_it(client: FlaskClient) -> None:
    page = get(client, "/regions/35.99.01.1077", status=404)

    assert "35.99.01.1077" in page.text
    assert [each for each in page.all("a") if (each.get("href") or "").startswith("/regions/35.99.01.10")]


def test_a_name_in_place_of_a_code_is_looked_for(client: FlaskClient) -> None:
    page = get(client, "/regions/angsuka", status=404)

    assert [each for each in page.all("a") if each.get("href") == "/regions/35.99.01.1001"]


@pytest.mark.parametrize("code", ["%3Cscript%3E", "a" * 300, "35.99.01.1002%00", "..", "bps-9999999999"])
def test_what_is_no_code_is_not_found(client: FlaskClient, code: str) -> None:
    response = client.get(f"/regions/{code}")

    assert response.status_code == 404
    assert b"<script>alert" not in response.data


def test_an_unknown_edition_is_not_found(client: FlaskClient) -> None:
    assert client.get("/regions/none/35.99.01.1002").status_code == 404


def test_the_bps_code_stands_beside_where_a_crosswalk_gives_it(database: Callable[[], Urls], tmp_path: Path) -> None:
    urls = database()
    store = Store.at(*urls)
    with store.begin() as connection:
        world.store_world(connection)
    made = make_app(urls, tmp_path / "var")
    client = made.test_client()
    assert "Kode BPS" not in get(client, VILLAGE).text

    with store.begin() as connection:
        connection.execute(text("INSERT INTO geography.crosswalk (id, dated, status) VALUES ('x', '2024', 'official')"))
        connection.execute(text("INSERT INTO geography.crosswalk_code VALUES ('x', '3599010002', '35.99.01.1002', 4)"))

    assert "Kode BPS 3599010002" in get(client, VILLAGE).text
    for code in ("bps-3599010002", "3599010002"):
        moved = client.get(f"/regions/{code}")
        assert (moved.status_code, moved.headers["Location"]) == (302, f"{VILLAGE}")
    with store.begin() as connection:
        connection.execute(text("UPDATE published.release SET withdrawn_at = now(), withdrawn_reason = 'salah'"))
    page = get(client, VILLAGE)
    assert "2.400" not in page.text
    assert "Belum ada angka yang terbit untuk wilayah ini." in page.text
    store.close()
    made.extensions["geoapp"].store.close()


def test_the_regions_to_begin_with_are_those_that_part_the_area(client: FlaskClient) -> None:
    page: Page = get(client, "/regions")

    links = {each.get("href") for each in page.all("a")}
    assert {f"/regions/35.99.0{n}" for n in (1, 2, 3)} <= links
