"""The table as the map's peer: the same order and words, every mark told, and of very many regions only one area's."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geoapp.web.kept import Kept
from geoapp.web.pages import table
from tests import world
from tests.web.test_pages import MAP, Page

CODES = re.compile(r'<tr data-code="([^"]+)"')


def part(client: FlaskClient, query: str = "") -> str:
    answer = client.get(f"{MAP}/words/table{query}")
    assert answer.status_code == 200, answer.get_data(as_text=True)[:300]
    return answer.get_data(as_text=True)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch, app: Flask) -> None:
    """A world whose twelve villages are very many; no page made of another is kept."""
    monkeypatch.setattr(table, "MOST_ROWS", 5)
    monkeypatch.setitem(app.extensions, "geoapp", replace(app.extensions["geoapp"], kept=Kept()))


def test_the_caption_says_indicator_unit_period_and_order(client: FlaskClient) -> None:
    caption = re.search(r"<caption>(.*?)</caption>", part(client), re.DOTALL)

    assert caption
    for said in ("Kepadatan penduduk", "2024", "Angka dalam jiwa/km².", "1 = tertinggi"):
        assert said in caption[1]


def test_a_mark_is_a_sign_with_words_for_ears_and_is_explained_below(client: FlaskClient) -> None:
    html = part(client)

    assert '<sup aria-hidden="true">e</sup><span class="unseen">, angka perkiraan</span>' in html
    assert "<b>e</b> angka perkiraan" in html


def test_every_region_without_a_figure_is_listed_under_its_state(client: FlaskClient) -> None:
    html = part(client)
    names = [world.regions()[n].name for n in (8, 9, 10, 11)]

    listed = re.findall(r'<p id="lacking-(\w+)">.*?<bdi>(.*?)</bdi>', html)

    assert sorted(listed) == sorted(
        zip(("missing", "not_applicable", "suppressed", "out_of_scope"), names, strict=True)
    )


def test_the_pattern_is_told_in_words_above_the_rows(client: FlaskClient) -> None:
    assert "Tertinggi: Kelurahan Flamboyan, Kecamatan Tengah, 12.000 jiwa/km²." in part(client)
    assert "Highest: Kelurahan Flamboyan, Kecamatan Tengah, 12,000 people/km²." in part(client, "?lang=en")
    assert "Sejak 2023, angkanya naik di" in part(client)
    assert "Sejak" not in part(client, "?period=2023")


def test_very_many_regions_give_a_list_of_areas_and_no_row(client: FlaskClient, few: None) -> None:
    html = part(client)
    page = Page(html)

    assert CODES.findall(html) == []
    hrefs = [each["href"] for each in page.all("a") if "area=" in (each.get("href") or "")]
    assert hrefs == [f"{MAP}?area=35.99.{n:02}#table" for n in (1, 2, 3)]
    assert "Pilih kecamatan" in page.text and "Peta ini memuat 12 kelurahan." in page.text
    assert "4 dari 4" in page.text
    assert all(name not in page.text for name in ("Angsoka", "Lontar"))


def test_of_an_area_with_few_regions_every_row_is_there(client: FlaskClient, few: None) -> None:
    assert sorted(CODES.findall(part(client, "?area=35.99.02"))) == [each.code for each in world.regions()[4:8]]


def test_of_very_many_regions_those_beside_the_chosen_one_are_there(client: FlaskClient, few: None) -> None:
    html = part(client, "?region=35.99.01.1002")

    assert sorted(CODES.findall(html)) == [each.code for each in world.regions()[:4]]
    assert ", Kecamatan Selatan." in html


@pytest.mark.parametrize("query", ["", "?level=district&lang=en", "?area=35.99.01"])
def test_rows_stand_in_the_order_of_their_ranks(client: FlaskClient, query: str) -> None:
    ranks = [int(each) for each in re.findall(r'<td class="rank">(\d+)</td>', part(client, query))]

    assert ranks == sorted(ranks)
    assert ranks[:1] in ([1], [])


NAMES = re.compile(r'<th scope="row"><a [^>]*><bdi>([^<]+)</bdi>')


def test_an_address_says_the_order_of_the_rows(client: FlaskClient) -> None:
    usual = part(client)
    lowest, alphabetical, backwards = (part(client, f"?sort={each}") for each in ("figure", "name", "-name"))

    known = [each for each in CODES.findall(usual) if f'data-code="{each}" data-state' not in usual]
    lacking = [each for each in CODES.findall(usual) if each not in known]
    assert CODES.findall(lowest) == [*reversed(known), *lacking]
    names = sorted(NAMES.findall(usual), key=lambda name: name.lstrip("{").casefold())
    assert NAMES.findall(alphabetical) == names
    assert NAMES.findall(backwards) == names[::-1]
    assert 'aria-sort="ascending"' in alphabetical and 'aria-sort="descending"' in backwards
    assert "Diurutkan menurut nama, dari Z ke A." in backwards and "dari yang terendah" in lowest


def test_headings_are_links_to_the_other_orders_and_every_link_keeps_the_order(client: FlaskClient) -> None:
    page = Page(part(client, "?sort=name"))
    hrefs = {each["id"]: each["href"] for each in page.all("a") if (each.get("id") or "").startswith("sort-")}

    assert hrefs["sort-name"] == f"{MAP}?sort=-name#table"
    assert hrefs["sort-figure"] == f"{MAP}#table"
    rows = [each["href"] for each in page.all("a") if "region=" in (each.get("href") or "")]
    assert len(rows) == 12 and all("sort=name" in each for each in rows)


def test_the_ranking_runs_as_the_table_does(client: FlaskClient) -> None:
    def ranks(query: str) -> list[int]:
        standing = client.get(f"{MAP}/words{query}").get_data(as_text=True).split('id="standing"')[1]
        return [int(each) for each in re.findall(r'<td class="rank">(\d+)</td>', standing)]

    assert ranks("?region=35.99.01.1002")[:2] == [1, 2]
    assert ranks("?sort=figure&region=35.99.01.1002")[:2] == [8, 7]


def test_an_order_that_is_none_is_left_aside_with_a_notice(client: FlaskClient) -> None:
    answer = client.get(f"{MAP}?sort=weight").get_data(as_text=True)

    assert "Bagian alamat sort tidak bisa dibaca" in answer
    assert CODES.findall(answer) == CODES.findall(client.get(MAP).get_data(as_text=True))


def test_an_area_leads_to_the_one_before_and_the_one_behind(client: FlaskClient) -> None:
    hrefs = {each.get("rel"): each["href"] for each in Page(part(client, "?area=35.99.02")).all("a")}

    assert hrefs["prev"] == f"{MAP}?area=35.99.01#table"
    assert hrefs["next"] == f"{MAP}?area=35.99.03#table"
    assert "prev" not in {each.get("rel") for each in Page(part(client, "?area=35.99.01")).all("a")}
