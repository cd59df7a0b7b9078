"""Names that mean harm, in region, area, indicator and site: shown as text and harmless behind every door."""

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from geoapp import create_app
from geoapp.settings import Settings
from geoapp.store import tables
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests import world
from tests.built import write_built

MARKUP = "</title></script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{7*191}}{%raw%}"
TURNED = "Desa\u202e\u2067 gnaruK\u200f\u2066"
LONG = "Pondokkelapasarimulyo" * 9 + "tamat"
STRANGE = "🏝️ Ā̷̛̤l̶͉̈ẗ̴́ Ünïcode 村 قرية \u0007\u001b]0;x\u009d"
TEXTS = {"markup": MARKUP, "turned": TURNED, "long": LONG, "strange": STRANGE}
REGION = world.regions()[4].code
PAGES = [
    "/",
    f"/maps/{world.LAYER}",
    f"/maps/{world.LAYER}?region={REGION}",
    f"/maps/{world.LAYER}?area=35.99.02&lang=en",
    f"/maps/{world.LAYER}/words?region={REGION}",
    f"/maps/{world.LAYER}/words/table",
    f"/embed/{world.LAYER}?region={REGION}",
    f"/regions/{REGION}",
    "/search?q=angsoka",
]
OVERRIDES = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module", params=TEXTS)
def hostile(
    request: pytest.FixtureRequest, database: Callable[[], Urls], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, FlaskClient]]:
    """A text that means harm, and a service in which everything is called so."""
    text, urls, var = TEXTS[request.param], database(), tmp_path_factory.mktemp("var")
    named = {"id": text, "en": text}
    store = Store.at(*urls)
    with store.begin() as connection:
        release = world.store_world(connection, dict.fromkeys(range(1, 13), text))
        said = world.indicator().as_dict() | dict.fromkeys(("name", "unit", "definition", "interpretation"), named)
        connection.execute(update(tables.EditionRow).values(area=text, attribution=named, licence=text))
        connection.execute(
            update(tables.ReleaseRow).where(tables.ReleaseRow.id == release).values(indicator=said | {"source": named})
        )
        connection.execute(update(tables.RegionRow).where(tables.RegionRow.level < 4).values(name=text))
    store.close()
    site = tmp_path_factory.mktemp("site")
    (site / "site.toml").write_text(
        "".join(
            f"{key} = {json.dumps(text, ensure_ascii=False)}\n"
            for key in ("name", "short_name", "office", "legal_basis")
        ),
        encoding="utf-8",
    )
    settings = Settings(
        var=var, site=site, assets=write_built(var / "assets"), database_url=urls.owner, public_database_url=urls.public
    )
    app = create_app(settings)
    yield text, app.test_client()
    app.extensions["geoapp"].store.close()


class Read(HTMLParser):
    """Tags with attributes, and all text, as a browser reads them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("address", PAGES)
def test_a_page_shows_it_as_text(hostile: tuple[str, FlaskClient], address: str) -> None:
    text, client = hostile
    answer = client.get(address)
    html = answer.get_data(as_text=True)
    page = Read(html)

    assert answer.status_code == 200
    assert OVERRIDES.sub("", text)[:20] in page.text
    assert OVERRIDES.search(unescape(html)) is None
    assert [attrs for tag, attrs in page.tags if tag == "script" and not dict(attrs).get("src")] == []
    assert [name for _, attrs in page.tags for name, _ in attrs if name.startswith("on")] == []
    assert [attrs for tag, attrs in page.tags if tag == "img" and dict(attrs).get("src") == "x"] == []
    assert "1337" not in html and "alert(1)</script>" not in html


@pytest.mark.parametrize("size", ["", "&size=1200x630", "&size=1080x1350"])
def test_a_picture_is_well_formed_and_clipped(hostile: tuple[str, FlaskClient], size: str) -> None:
    text, client = hostile
    answer = client.get(f"/maps/{world.LAYER}.svg?region={REGION}{size}")

    drawn = ElementTree.fromstring(answer.data)

    assert answer.status_code == 200
    said = ["".join(each.itertext()) for each in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert any(OVERRIDES.sub("", text)[:6] in each for each in said)
    assert max(map(len, said)) < 190
    assert OVERRIDES.search("".join(drawn.itertext())) is None
    assert not list(drawn.iter("{http://www.w3.org/2000/svg}script"))
    assert client.get(f"/maps/{world.LAYER}.png?region={REGION}{size}").data[:4] == b"\x89PNG"


@pytest.mark.parametrize("form", ["json", "xml"])
def test_oembed_tells_of_one_frame_with_an_escaped_title(hostile: tuple[str, FlaskClient], form: str) -> None:
    text, client = hostile
    answer = client.get(f"/oembed?url=http://localhost/maps/{world.LAYER}&format={form}")

    said = (
        answer.get_json()
        if form == "json"
        else {each.tag: each.text or "" for each in ElementTree.fromstring(answer.data)}
    )

    frame = Read(said["html"])
    assert [tag for tag, _ in frame.tags] == ["iframe"]
    assert text[:4] in said["title"]
    assert not [name for name, _ in frame.tags[0][1] if name.startswith("on")]
    assert not re.search("[\u0000-\u0008\u000b\u000c\u000e-\u001f]", answer.get_data(as_text=True))


def test_files_and_documents_hold_the_exact_name(hostile: tuple[str, FlaskClient]) -> None:
    text, client = hostile

    places = client.get(f"/places/{world.EDITION}/village").get_json()
    geojson = client.get(f"/downloads/{world.LAYER}.geojson").get_json()
    layer = client.get(f"/layers/{world.LAYER}.json").get_json()

    assert set(places["names"]) == {text}
    assert {each["properties"]["name"] for each in geojson["features"]} == {text}
    assert text in layer["title"]["id"]


def test_the_standalone_file_holds_it_as_data(hostile: tuple[str, FlaskClient]) -> None:
    _, client = hostile
    answer = client.get(f"/downloads/{world.LAYER}.html")
    page = Read(answer.get_data(as_text=True))

    assert "attachment" in answer.headers["Content-Disposition"]
    assert "<script>alert(1)" not in answer.text and "1337" not in answer.text
    assert [attrs for tag, attrs in page.tags if tag == "img" and dict(attrs).get("src") == "x"] == []
    assert [name for _, attrs in page.tags for name, _ in attrs if name in ("onerror", "onload")] == []


def test_no_header_carries_it_on(hostile: tuple[str, FlaskClient], tmp_path: Path) -> None:
    _, client = hostile
    for path in (f"/maps/{world.LAYER}", f"/downloads/{world.LAYER}.csv", f"/maps/{world.LAYER}.png"):
        for name, value in client.get(path).headers:
            assert "alert(" not in value and not OVERRIDES.search(value), name
