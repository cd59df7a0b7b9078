"""Maps inside other people's pages, and oEmbed that leads there."""

import json
from html import unescape
from urllib.parse import quote
from xml.etree.ElementTree import fromstring

import pytest
from flask.testing import FlaskClient

from tests import world

PAGE = f"http://localhost/maps/{world.LAYER}"


def ask(client: FlaskClient, url: str, more: str = "") -> str:
    response = client.get(f"/oembed?url={quote(url, safe='')}{more}")
    assert response.status_code == 200
    return response.get_data(as_text=True)


def test_any_site_may_frame_an_embed_and_none_a_page(client: FlaskClient) -> None:
    frame = client.get(f"/embed/{world.LAYER}").headers
    page = client.get(f"/maps/{world.LAYER}").headers

    assert "frame-ancestors *" in frame["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame
    for headers in (frame, page):
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe-inline" not in headers["Content-Security-Policy"]


def test_a_frame_needs_no_script_and_says_what_a_picture_must_say(client: FlaskClient) -> None:
    html = client.get(f"/embed/{world.LAYER}?region={world.regions()[5].code}").get_data(as_text=True)

    assert "<script" not in html
    assert "<svg" in html
    assert "Kepadatan penduduk per" in html
    assert "8 dari 11 kelurahan dalam cakupan ada data; 1 lainnya di luar cakupan." in html
    assert "Dinas Contoh" in html
    assert "bukan acuan penetapan batas wilayah" in html
    assert f'href="{PAGE}?region={world.regions()[5].code}"' in html
    assert "12.000" in html


def test_oembed_gives_one_plain_frame_in_both_forms(client: FlaskClient) -> None:
    said = json.loads(ask(client, PAGE + "?period=2023&lang=en"))
    xml = {each.tag: each.text for each in fromstring(ask(client, PAGE + "?period=2023&lang=en", "&format=xml"))}

    assert (said["version"], said["type"]) == ("1.0", "rich")
    assert said["html"].count("<iframe") == 1 and said["html"].endswith("</iframe>")
    assert f'src="http://localhost/embed/{world.LAYER}?period=2023&amp;lang=en"' in said["html"]
    assert xml["html"] == said["html"]
    assert xml["title"] == said["title"] and "Population density" in said["title"]
    assert client.get(said["thumbnail_url"].removeprefix("http://localhost")).status_code == 200


def test_oembed_keeps_to_the_room_there_is(client: FlaskClient) -> None:
    said = json.loads(ask(client, PAGE, "&maxwidth=300&maxheight=400"))

    assert (said["width"], said["height"]) == (300, 400)
    assert 'width="300" height="400"' in said["html"]


def test_oembed_escapes_what_it_repeats(client: FlaskClient) -> None:
    address = PAGE + '?region="><script>alert(1)</script>'
    for form in ("json", "xml"):
        text = ask(client, address, f"&format={form}")
        html = json.loads(text)["html"] if form == "json" else str(fromstring(text).findtext("html"))
        assert "<script" not in html
        assert "<script" not in unescape(html)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("url=https%3A%2F%2Fexample.org%2Fmaps%2Fx", 404),
        (f"url={quote('http://localhost/layers.json', safe='')}", 404),
        (f"url={quote('http://localhost/maps/tidak-ada', safe='')}", 404),
        (f"url={quote('http://[', safe='')}", 404),
        (f"url={quote(PAGE, safe='')}&format=yaml", 501),
        (f"url={quote(PAGE, safe='')}&maxwidth=lebar", 400),
        (f"url={quote(PAGE, safe='')}&lain=1", 400),
    ],
)
def test_oembed_answers_for_our_own_maps_alone(client: FlaskClient, query: str, status: int) -> None:
    response = client.get(f"/oembed?{query}", headers={"Accept": "application/json"})

    assert response.status_code == status


def test_a_frame_allows_no_script_whatever_and_may_stand_anywhere(client: FlaskClient) -> None:
    policy = client.get(f"/embed/{world.LAYER}").headers["Content-Security-Policy"]

    said = dict(each.strip().partition(" ")[::2] for each in policy.split(";"))
    assert (said["default-src"], said["frame-ancestors"], said["form-action"]) == ("'none'", "*", "'none'")
    assert not {"script-src", "connect-src", "object-src", "frame-src"} & said.keys()
