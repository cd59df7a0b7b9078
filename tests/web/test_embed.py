"""Maps inside other people's pages, oEmbed that leads there, and the codes that people copy."""

import json
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit
from xml.etree.ElementTree import fromstring

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geoapp.domain.mercator import metres
from geoapp.pictures.frame import Frame
from geoapp.pictures.sizes import SIZES
from geoapp.settings import HOME
from geoapp.web import picture
from geoapp.web.embed import view
from geoapp.web.kept import Kept
from tests import world

PAGE = f"http://localhost/maps/{world.LAYER}"
FRAME = f"/embed/{world.LAYER}"
HOSTILE_CODE = world.regions()[2].code


def ask(client: FlaskClient, url: str, more: str = "") -> str:
    response = client.get(f"/oembed?url={quote(url, safe='')}{more}")
    assert response.status_code == 200
    return response.get_data(as_text=True)


def text_of(client: FlaskClient, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.get_data(as_text=True)


class Elements(HTMLParser):
    """Every element of a piece of HTML, with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for each, attributes in self.found if each == tag]


# ── the frame ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_any_site_may_frame_an_embed_and_none_a_page(client: FlaskClient) -> None:
    frame = client.get(FRAME).headers
    page = client.get(f"/maps/{world.LAYER}").headers

    assert "frame-ancestors" not in frame["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame
    for headers in (frame, page):
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe-inline" not in headers["Content-Security-Policy"]


def test_only_frames_may_be_framed_by_others(app: Flask, client: FlaskClient) -> None:
    paths = [rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and "<" not in rule.rule]

    for path in [*paths, f"/maps/{world.LAYER}", f"/maps/{world.LAYER}.svg", "/maps/none"]:
        policy = client.get(path, headers={"Accept": "text/html"}).headers.get("Content-Security-Policy", "")
        assert "frame-ancestors 'none'" in policy, path


def test_a_frame_says_without_a_script_what_a_picture_must_say(client: FlaskClient) -> None:
    html = text_of(client, f"{FRAME}?region={world.regions()[5].code}")

    assert [each["src"] for each in Elements(html).named("script")] == ["/assets/embed-0.js"]
    assert "<svg" in html
    assert "Kepadatan penduduk per" in html
    assert "8 dari 11 kelurahan dalam cakupan ada data; 1 lainnya di luar cakupan." in html
    assert "Dinas Contoh" in html
    assert "indikatif" in html
    assert f'href="{PAGE}?region={world.regions()[5].code}"' in html
    assert "12.000" in html


def test_a_frame_sets_no_cookie_and_passes_no_referrer_on(client: FlaskClient) -> None:
    for path in (FRAME, f"{FRAME}/qr.svg", "/embed/none"):
        headers = client.get(path).headers
        assert "Set-Cookie" not in headers
        assert headers["Referrer-Policy"] == "no-referrer"


def test_a_frame_without_an_origin_may_load_its_script_and_its_other_periods(client: FlaskClient) -> None:
    for path in ("/assets/embed-0.js", FRAME, f"{FRAME}?period=2023", "/peta-desa.js", "/oembed?url=" + quote(PAGE)):
        headers = client.get(path, headers={"Origin": "null"}).headers
        assert headers["Access-Control-Allow-Origin"] == "*", path
    assert "Access-Control-Allow-Origin" not in client.get(f"/maps/{world.LAYER}").headers


def test_a_frame_loads_nothing_but_its_own_scripts_and_sheets(client: FlaskClient) -> None:
    policy = client.get(FRAME).headers["Content-Security-Policy"]

    said = dict(each.strip().partition(" ")[::2] for each in policy.split(";"))
    assert (said["default-src"], said["form-action"]) == ("'none'", "'none'")
    assert (said["script-src"], said["style-src"], said["connect-src"]) == ("'self'", "'self'", "'self'")
    assert not {"object-src", "frame-src"} & said.keys()


def test_links_out_of_a_frame_open_elsewhere_and_periods_stay_in_it(client: FlaskClient) -> None:
    links = Elements(text_of(client, FRAME)).named("a")

    out = [each for each in links if str(each["href"]).startswith("http")]
    inside = [each for each in links if each not in out]
    assert len(out) >= 3
    assert all(each["target"] == "_blank" and "noopener" in str(each["rel"]) for each in out)
    assert [each["href"] for each in inside] == [f"{FRAME}?period={each.text}" for each in world.PERIODS]
    assert not any("target" in each for each in inside)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("period=2023", "2023"),
        ("lang=en", "Population density"),
        ("classes=quantiles-4", "classes=quantiles-4"),
        ("palette=senja", "palette=senja"),
    ],
)
def test_a_frame_honours_what_the_address_says_and_hands_it_on(client: FlaskClient, query: str, said: str) -> None:
    html = text_of(client, f"{FRAME}?{query}")

    assert said in html
    assert f'href="{PAGE}?{query}"' in html
    assert 'class="notice"' not in html


def test_a_frame_leaves_out_what_it_is_told_and_says_so_to_its_other_periods(client: FlaskClient) -> None:
    whole, bare = text_of(client, FRAME), text_of(client, f"{FRAME}?hide=title,reading,periods&theme=dark")

    assert '<html lang="id" data-theme="dark">' in bare and "data-theme" not in whole
    assert 'class="embed-title unseen"' in bare and "embed-periods" not in bare
    assert "embed-periods" in whole
    said = [re.search(r'class="embed-said"[^>]*>([^<]*)<', html) for html in (whole, bare)]
    assert [bool(each and each[1]) for each in said] == [True, False]
    for kept in ("legend-row", "Sumber:", "#table", "<svg"):
        assert kept in bare
    hrefs = [each["href"] or "" for each in Elements(text_of(client, f"{FRAME}?hide=title&theme=light")).named("a")]
    periods = [each for each in hrefs if each.startswith("/embed/")]
    assert periods and all("hide=title" in each and "theme=light" in each for each in periods)


@pytest.mark.parametrize("query", ["?hide=legend", "?theme=pink"])
def test_a_frame_that_is_told_what_it_cannot_do_stays_whole_with_a_notice(client: FlaskClient, query: str) -> None:
    html = text_of(client, FRAME + query)

    assert "tidak bisa dibaca, jadi kami abaikan" in html
    assert "data-theme" not in html and "legend-row" in html


def test_a_dark_frame_has_the_very_tokens_of_the_dark_site() -> None:
    parts = HOME / "geoapp/web/static/parts"
    tokens = [
        re.findall(r"--[\w-]+: [^;]+", (parts / sheet).read_text(encoding="utf-8").split(begin)[1])
        for sheet, begin in (("tokens.css", "prefers-color-scheme: dark"), ("frame-theme.css", 'data-theme="dark"'))
    ]

    assert tokens[0] == tokens[1] != []


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch, app: Flask) -> pytest.MonkeyPatch:
    """A site whose pages carry shapes of five regions at most; nothing made before is kept."""
    monkeypatch.setattr(picture, "_MOST_INLINE", 5)
    monkeypatch.setitem(app.extensions, "geoapp", replace(app.extensions["geoapp"], kept=Kept()))
    return monkeypatch


def test_of_many_regions_a_frame_is_a_picture_that_is_asked_what_lies_where(
    client: FlaskClient, small_pages: pytest.MonkeyPatch
) -> None:
    image = next(each for each in Elements(text_of(client, f"{FRAME}?period=2023")).named("img"))
    answer = client.get(image["src"] or "")
    assert answer.mimetype == "image/png"

    size = SIZES["embed"].fitting(picture.shape(world.page()))
    west, south, east, north = world.edition().box
    placed = Frame.around((*metres(west, south), *metres(east, north)), size)
    for number, region in enumerate(world.regions(names={3: world.HOSTILE})):
        x, y = placed.pixel(*region.inside)
        told = client.get(f"{image['data-at']}&x={x / size.width:.4f}&y={y / size.height:.4f}")
        assert told.headers["Access-Control-Allow-Origin"] == "*"
        assert told.get_json()["code"] == region.code
        assert told.get_json()["words"].startswith(f"{region.name}: "), number
    assert client.get(f"{FRAME}/at?x=0&y=0").get_json() == {"number": 0}
    for wrong in ("x=2&y=0", "x=a&y=0", "x=0.5&y=0.5&z=1", "x=0.5&y=0.5&level=rw"):
        assert client.get(f"{FRAME}/at?{wrong}").status_code == 400


def test_of_very_many_regions_a_frame_agrees_with_itself_at_the_level_above(
    client: FlaskClient, small_pages: pytest.MonkeyPatch
) -> None:
    small_pages.setattr(view, "MOST_DRAWN", 5)
    village = world.regions()[4]

    html = text_of(client, f"{FRAME}?region={village.code}")
    title = re.search(r"<h1[^>]*>([^<]+)</h1>", html)

    assert title and "per kecamatan" in title[1] and html.count("data-number=") == 3
    assert f"{village.name}: " in html
    assert f'href="{PAGE}?region={village.code}"' in html
    assert "terlalu banyak untuk satu gambar" not in html
    assert "terlalu banyak untuk satu gambar" in text_of(client, f"{FRAME}?level=village")
    assert all("level=district" in (each["href"] or "") for each in Elements(html).named("a")
               if (each["href"] or "").startswith("/embed/"))  # fmt: skip


def test_a_frame_tells_what_of_the_address_it_could_not_follow(client: FlaskClient) -> None:
    html = text_of(client, f"{FRAME}?period=1999&classes=zigzag-5")

    assert html.count('class="notice"') == 2


@pytest.mark.parametrize(
    "path", [FRAME, f"{FRAME}?region={HOSTILE_CODE}", f"/maps/{world.LAYER}?region={HOSTILE_CODE}"]
)
def test_a_hostile_name_is_text_in_frame_and_codes(client: FlaskClient, path: str) -> None:
    html = text_of(client, path)

    assert "<script>" not in html
    assert "onerror=" not in re.sub(r'"[^"]*"', "", html)
    for code in re.findall(r"<textarea[^>]*>([^<]*)</textarea>", html):
        assert not [each for each in Elements(unescape(code)).named("script") if "src" not in each]


# ── oEmbed ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_oembed_gives_one_plain_frame_in_both_forms(client: FlaskClient) -> None:
    said = json.loads(ask(client, PAGE + "?period=2023&lang=en"))
    xml = {each.tag: each.text for each in fromstring(ask(client, PAGE + "?period=2023&lang=en", "&format=xml"))}

    assert (said["version"], said["type"]) == ("1.0", "rich")
    assert said["html"].count("<iframe") == 1 and said["html"].endswith("</iframe>")
    assert f'src="http://localhost/embed/{world.LAYER}?period=2023&amp;lang=en"' in said["html"]
    assert xml == {name: str(value) for name, value in said.items()}
    assert "Population density" in said["title"]
    assert client.get(said["thumbnail_url"].removeprefix("http://localhost")).status_code == 200


@pytest.mark.parametrize("most_wide", [None, 120, 280, 479, 480, 1500])
@pytest.mark.parametrize("most_high", [None, 90, 400, 2000])
def test_oembed_keeps_frame_and_thumbnail_to_the_room_there_is(
    client: FlaskClient, most_wide: int | None, most_high: int | None
) -> None:
    asked = {"maxwidth": most_wide, "maxheight": most_high}
    said = json.loads(ask(client, PAGE, "".join(f"&{name}={most}" for name, most in asked.items() if most)))

    (frame,) = Elements(said["html"]).named("iframe")
    assert (frame["width"], frame["height"]) == (str(said["width"]), str(said["height"]))
    for prefix in ("", "thumbnail_"):
        assert said.get(f"{prefix}width", 0) <= (most_wide or 99_999)
        assert said.get(f"{prefix}height", 0) <= (most_high or 99_999)
    assert ("thumbnail_url" in said) == ((most_wide or 360) >= 360 and (most_high or 240) >= 240)


@pytest.mark.parametrize(
    ("form", "framed"),
    [
        (PAGE, f"http://localhost{FRAME}"),
        (f" {PAGE}/ ", f"http://localhost{FRAME}"),
        (f"{PAGE}#embed", f"http://localhost{FRAME}"),
        (f"http://localhost{FRAME}?lang=en", f"http://localhost{FRAME}?lang=en"),
        (f"{PAGE}?utm_source=wa&period=2023", f"http://localhost{FRAME}?period=2023"),
        (PAGE.replace("localhost", "LOCALHOST:80"), f"http://localhost{FRAME}"),
        (PAGE.replace("http:", "https:"), f"http://localhost{FRAME}"),
    ],
)
def test_oembed_knows_our_addresses_in_every_form(client: FlaskClient, form: str, framed: str) -> None:
    (frame,) = Elements(json.loads(ask(client, form))["html"]).named("iframe")

    assert frame["src"] == framed


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
        (f"url={quote('http://localhost.example.org/maps/' + world.LAYER, safe='')}", 404),
        (f"url={quote('http://localhost@example.org/maps/' + world.LAYER, safe='')}", 404),
        (f"url={quote('http://me@localhost/maps/' + world.LAYER, safe='')}", 404),
        (f"url={quote('ftp://localhost/maps/' + world.LAYER, safe='')}", 404),
        (f"url={quote('http://localhost:99999/maps/' + world.LAYER, safe='')}", 404),
        (f"url={quote('http://localhost/layers.json', safe='')}", 404),
        (f"url={quote(PAGE + '.png', safe='')}", 404),
        (f"url={quote('http://localhost/maps/tidak-ada', safe='')}", 404),
        (f"url={quote('http://[', safe='')}", 404),
        (f"url={quote(PAGE, safe='')}&format=yaml", 501),
        (f"url={quote(PAGE, safe='')}&maxwidth=lebar", 400),
        (f"url={quote(PAGE, safe='')}&maxheight=0", 400),
        (f"url={quote(PAGE, safe='')}&lain=1", 400),
    ],
)
def test_oembed_answers_for_our_own_maps_alone(client: FlaskClient, query: str, status: int) -> None:
    response = client.get(f"/oembed?{query}", headers={"Accept": "application/json"})

    assert response.status_code == status


def test_a_consumer_finds_the_frame_from_the_page_alone(client: FlaskClient) -> None:
    """Discovery as consumers do it: the page's head, then the address named there with the room added."""
    links = Elements(text_of(client, f"/maps/{world.LAYER}?period=2023")).named("link")

    for media_type, read in (("application/json+oembed", json.loads), ("text/xml+oembed", fromstring)):
        (href,) = [str(each["href"]) for each in links if each.get("type") == media_type]
        answer = client.get(href.removeprefix("http://localhost") + "&maxwidth=640&maxheight=960")
        said = read(answer.get_data(as_text=True))
        html: Any = said["html"] if isinstance(said, dict) else said.findtext("html")
        (frame,) = Elements(str(html)).named("iframe")
        assert frame["src"] == f"http://localhost{FRAME}?period=2023"
        assert frame["title"]
        assert {name for name, _ in Elements(str(html)).found} == {"iframe"}


# ── the ladder ─────────────────────────────────────────────────────────────────────────────────────────────────


def codes(client: FlaskClient, query: str = "") -> dict[str, str]:
    html = text_of(client, f"/maps/{world.LAYER}{query}")
    return {name: unescape(code) for name, code in re.findall(r'<textarea id="code-(\w+)"[^>]*>([^<]*)<', html)}


def test_the_ladder_goes_from_the_address_to_the_plain_link(client: FlaskClient) -> None:
    said = codes(client, "?period=2023&lang=en")

    assert list(said) == ["address", "frame", "element", "image", "link"]
    assert said["address"] == f"{PAGE}?period=2023&lang=en"
    ((tag, frame),) = Elements(said["frame"]).found
    assert tag == "iframe"
    assert frame["src"] == f"http://localhost{FRAME}?period=2023&lang=en"
    assert "Population density" in str(frame["title"])
    element = Elements(said["element"])
    assert [name for name, _ in element.found] == ["script", "peta-desa", "a"]
    assert element.named("script")[0]["src"] == "http://localhost/peta-desa.js"
    assert element.named("a")[0]["href"] == said["address"]
    image = Elements(said["image"])
    assert [name for name, _ in image.found] == ["a", "img"]
    assert "8" in str(image.named("img")[0]["alt"])
    picture = str(image.named("img")[0]["src"]).removeprefix("http://localhost")
    assert client.get(picture).mimetype == "image/png"
    assert [name for name, _ in Elements(said["link"]).found] == ["a"]


def test_each_code_waits_in_the_other_language_too(client: FlaskClient) -> None:
    areas = Elements(text_of(client, f"/maps/{world.LAYER}")).named("textarea")
    ours = [each for each in areas if str(each.get("id", "")).startswith("code-")]

    assert len(ours) == 5
    for each in ours:
        assert "lang=en" in str(each["data-en"])
        assert "lang=" not in str(each["data-id"])


def test_the_message_for_whatsapp_says_the_figure_of_the_chosen_region(client: FlaskClient) -> None:
    region = world.regions()[5].code
    links = Elements(text_of(client, f"/maps/{world.LAYER}?region={region}")).named("a")

    (href,) = [str(each["href"]) for each in links if str(each.get("href")).startswith("https://wa.me/")]
    (said,) = parse_qs(urlsplit(href).query)["text"]
    assert "Kepadatan penduduk" in said and "12.000" in said
    assert said.endswith(f"{PAGE}?region={region}")


def test_the_qr_code_is_that_of_the_view(client: FlaskClient) -> None:
    one, other = (client.get(f"{FRAME}/qr.svg{query}") for query in ("", "?period=2023"))

    assert one.mimetype == "image/svg+xml"
    assert "attachment" in one.headers["Content-Disposition"]
    assert one.data != other.data
    assert fromstring(one.data).get("width", "").endswith("mm")
    assert client.get(f"{FRAME}/qr.svg?period=1999").status_code == 400
