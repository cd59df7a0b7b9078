"""The pages: whole without a script, in both languages, whatever the address says."""

import re
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from geoapp.downloads import FORMATS
from tests import world

MAP = f"/maps/{world.LAYER}"
VOID = {"meta", "link", "img", "input", "br", "hr"}


class Page(HTMLParser):
    """A page as a strict reader sees it: tags must close in order; text, links and attributes are kept."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._seen(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._seen(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data

    def _seen(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every such tag."""
        return [attrs for name, attrs in self.tags if name == tag]


def get(client: FlaskClient, address: str, status: int = 200) -> Page:
    response = client.get(address)
    assert response.status_code == status, response.get_data(as_text=True)[:500]
    assert response.mimetype == "text/html"
    return Page(response.get_data(as_text=True))


EVERY_PAGE = [
    "/",
    "/?lang=en",
    MAP,
    f"{MAP}?lang=en&period=2023&region=35.99.01.1001",
    f"{MAP}?level=district",
    f"/embed/{world.LAYER}?region=35.99.01.1001",
    f"/embed/{world.LAYER}?lang=en",
]


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_a_page_is_well_formed_and_no_id_stands_twice(client: FlaskClient, address: str) -> None:
    page = get(client, address)

    assert page.wrong == []
    assert page.open == []
    assert sorted(set(page.ids)) == sorted(page.ids)


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_a_page_has_no_inline_script_or_style_and_asks_no_other_host(client: FlaskClient, address: str) -> None:
    page = get(client, address)

    assert [attrs for attrs in page.all("script") if not attrs.get("src")] == []
    assert page.all("style") == []
    assert [name for _, attrs in page.tags for name in attrs if name == "style" or name.startswith("on")] == []
    loaded = [a.get("src") for tag in ("script", "img") for a in page.all(tag)]
    loaded += [a.get("href") for a in page.all("link") if a.get("rel") in ("stylesheet", "icon")]
    assert [each for each in loaded if each and not each.startswith(("/", "data:,"))] == []
    assert "__" not in page.text.replace(world.HOSTILE, "")


@pytest.mark.parametrize("address", [MAP, f"/embed/{world.LAYER}"])
def test_a_hostile_name_is_shown_as_exactly_that(client: FlaskClient, address: str) -> None:
    html = client.get(address + "?region=35.99.01.1003").get_data(as_text=True)

    assert world.HOSTILE in Page(html).text
    assert "<script>alert" not in html
    assert "1337" not in html


def test_the_map_page_is_whole_without_a_script(client: FlaskClient) -> None:
    page = get(client, MAP)

    assert "Kepadatan penduduk per" in page.text
    assert "8 dari 11 kelurahan dalam cakupan ada data; 1 lainnya di luar cakupan." in page.text
    assert page.all("svg")
    assert len([a for a in page.all("li") if a.get("data-byte")]) >= 5
    assert page.text.count("35.99.0") >= 12
    assert "bukan acuan penetapan batas wilayah" in page.text
    assert "tidak berlaku" in page.text and "disembunyikan" in page.text


def test_the_table_ranks_figures_from_the_highest_and_puts_states_last(client: FlaskClient) -> None:
    html = client.get(MAP).get_data(as_text=True)
    table = html[html.index('id="figures"') :]
    codes = re.findall(r'<td class="code">([\d.]+)</td>', table)

    assert len(codes) == 12
    assert codes[0] == world.regions()[5].code
    assert codes[7] == world.regions()[6].code
    assert set(codes[8:]) == {each.code for each in world.regions()[8:]}


def test_a_chosen_region_is_read_with_figure_rank_and_distance(client: FlaskClient) -> None:
    page = get(client, f"{MAP}?region={world.regions()[5].code}")

    assert "12.000" in page.text
    assert "Ke-1 dari 8" in page.text
    assert "di atas angka Kota Contoh" in page.text
    assert "Naik 100" in page.text


def test_a_chosen_region_without_a_figure_says_why(client: FlaskClient) -> None:
    page = get(client, f"{MAP}?region={world.regions()[10].code}&lang=en")

    assert "hidden to protect people" in page.text


def test_the_english_page_has_its_own_words_and_leads_back(client: FlaskClient) -> None:
    page = get(client, f"{MAP}?lang=en")

    assert page.all("html")[0]["lang"] == "en"
    assert "Population density by" in page.text
    alternates = {a.get("hreflang"): a.get("href") for a in page.all("link") if a.get("hreflang")}
    assert alternates["id"] == f"http://localhost{MAP}"
    assert alternates["en"] == f"http://localhost{MAP}?lang=en"
    assert alternates["x-default"] == alternates["id"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("period=2031", "Tahun 2031 belum ada. Anda melihat tahun terdekat, 2024."),
        ("period=1999", "Tahun 1999 belum ada. Anda melihat tahun terdekat, 2023."),
        ("period=kapan", "Anda melihat periode terdekat, 2024."),
        ("level=rt", "Anda melihat tingkat"),
        ("region=11.11.11.1111", "Tidak ada wilayah berkode 11.11.11.1111"),
        ("warna=merah", "Bagian alamat warna tidak kami kenal"),
        ("release=x", "Bagian alamat release tidak bisa dibaca"),
    ],
)
def test_what_cannot_be_followed_is_said_above_the_nearest_view(client: FlaskClient, query: str, sentence: str) -> None:
    page = get(client, f"{MAP}?{query}")

    assert sentence in page.text
    assert "Kepadatan penduduk per" in page.text


def test_what_mailers_hang_on_an_address_passes_silently(client: FlaskClient) -> None:
    page = get(client, f"{MAP}?fbclid=x&utm_source=wa&gclid=1&igshid=2&mc_cid=3")

    assert [a for a in page.all("p") if a.get("class") == "notice"] == []


def test_a_page_links_its_preview_and_its_oembed(client: FlaskClient) -> None:
    page = get(client, f"{MAP}?period=2023")
    properties = {a.get("property"): a.get("content") for a in page.all("meta") if a.get("property")}
    kinds = {a.get("type"): a.get("href") for a in page.all("link") if a.get("type")}

    assert properties["og:image"] == f"http://localhost/maps/{world.LAYER}.png?size=1200x630&period=2023"
    assert set(kinds) == {"application/json+oembed", "text/xml+oembed"}
    for address in kinds.values():
        assert address and client.get(address.removeprefix("http://localhost")).status_code == 200


def test_every_link_of_the_site_leads_somewhere(client: FlaskClient) -> None:
    page = get(client, f"{MAP}?region=35.99.01.1001&level=village")
    links = {a["href"] for a in page.all("a") if a.get("href", "").startswith("/")}  # type: ignore[union-attr]

    assert len(links) > 15
    assert {link: client.head(link).status_code for link in links if client.head(link).status_code != 200} == {}


def test_every_anchor_within_the_page_exists(client: FlaskClient) -> None:
    page = get(client, MAP)
    anchors = {(a.get("href") or "")[1:] for a in page.all("a") if (a.get("href") or "").startswith("#")}

    assert anchors and anchors <= set(page.ids)


def test_the_catalogue_shows_every_map_with_a_picture(client: FlaskClient) -> None:
    page = get(client, "/")

    assert "Kepadatan penduduk" in page.text
    assert "2023–2024" in page.text
    pictures = [a["src"] for a in page.all("img")]
    assert len(pictures) == 1
    assert pictures[0] and client.get(pictures[0]).mimetype == "image/svg+xml"


def test_a_theme_narrows_the_catalogue(client: FlaskClient) -> None:
    assert len(get(client, "/?theme=penduduk").all("img")) == 1
    assert len(get(client, "/?theme=tidak-ada").all("img")) == 1


def test_an_unknown_page_is_a_designed_404(client: FlaskClient) -> None:
    page = get(client, "/maps/tidak-ada", 404)

    assert "Halaman tidak ditemukan" in page.text
    assert "Tidak ada peta bernama tidak-ada." in page.text


@pytest.mark.parametrize("query", ["", "?lang=en&period=2023", f"?region={world.regions()[5].code}&level=village"])
def test_the_words_of_a_view_are_its_page_without_the_shapes(client: FlaskClient, query: str) -> None:
    whole, words = get(client, MAP + query), get(client, f"{MAP}/words{query}")

    assert words.wrong == []
    assert set(words.ids) <= set(whole.ids)
    assert [attrs for _, attrs in words.tags if "data-number" in attrs] == []
    assert [attrs for _, attrs in whole.tags if "data-number" in attrs] != []
    for part in ("title", "periods", "legend", "reading", "standing"):
        assert part in words.ids
    assert not {"table", "share", "download"} & set(words.ids)
    assert words.all("html") == whole.all("html")


@pytest.mark.parametrize(("part", "id"), [("table", "table"), ("more", "more")])
def test_a_long_part_is_answered_alone_as_it_stands_in_the_page(client: FlaskClient, part: str, id: str) -> None:
    whole = client.get(f"{MAP}?period=2023").get_data(as_text=True)
    answer = client.get(f"{MAP}/words/{part}?period=2023").get_data(as_text=True)
    body = answer[answer.index("<body>") + 6 : answer.index("</body>")].strip()

    assert Page(answer).ids[0] == id
    assert "".join(body.split()) in "".join(whole.split())
    assert client.get(f"{MAP}/words/none").status_code == 404


def test_the_words_of_no_map_are_not_found(client: FlaskClient) -> None:
    assert client.get("/maps/none/words").status_code == 404


def test_every_format_of_the_downloads_is_offered_on_the_page(client: FlaskClient) -> None:
    offered = [a.get("href") or "" for a in get(client, MAP).all("a")]

    for extension in FORMATS:
        assert [each for each in offered if each.startswith(f"/downloads/{world.LAYER}.{extension}")], extension


@pytest.mark.parametrize("address", ["/icon.svg", "/favicon.ico"])
def test_the_sites_mark_is_there_where_browsers_look(client: FlaskClient, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 200
    assert answer.mimetype == "image/svg+xml"
    assert answer.data.startswith(b"<svg")
    assert "/icon.svg" in [a.get("href") for a in get(client, MAP).all("link") if a.get("rel") == "icon"]
