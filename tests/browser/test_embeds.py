"""Maps inside other people's pages: what each editor leaves of a code still shows the plan's colours."""

import json
import re
import urllib.request
from html import unescape

import pytest
from playwright.sync_api import Browser

from tests.browser import truth
from tests.browser.conftest import Site
from tests.browser.editors import KEEP_FRAMES, REMOVE_FRAMES, wordpress_oembed
from tests.browser.framed import EARLIER, FRAME, INSIDE, NEWEST, Host, codes, frame_of, pixels, wrong_colours
from tests.world import LAYER

# ── what editors leave ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("editor", KEEP_FRAMES)
def test_the_frame_shows_the_plan_in_every_editor_that_keeps_it(host: Host, site: Site, editor: str) -> None:
    page = host(KEEP_FRAMES[editor](codes(site)["frame"]))

    frame = frame_of(page, site)
    assert wrong_colours(page, frame, site) == []
    assert frame.locator("h1").inner_text().startswith("Kepadatan penduduk per")
    assert frame.locator(".legend-row").count() > 3
    assert frame.frame_element().get_attribute("title")


def test_a_planted_wrong_colour_is_seen(host: Host, site: Site) -> None:
    page = host(codes(site)["frame"])
    frame = frame_of(page, site)

    painted = next(each for each in truth.regions(site.store, LAYER, NEWEST) if each.colour and not each.estimated)
    frame.evaluate(
        "n => document.querySelector(`[data-number='${n}']`).setAttribute('fill', '#123456')", painted.number
    )

    assert [each.partition(":")[0] for each in wrong_colours(page, frame, site)] == [painted.name]


@pytest.mark.parametrize("editor", REMOVE_FRAMES)
def test_the_linked_picture_survives_every_editor_that_removes_frames(host: Host, site: Site, editor: str) -> None:
    pasted = codes(site)
    assert not re.search(r"<iframe", REMOVE_FRAMES[editor](pasted["frame"]))

    page = host(REMOVE_FRAMES[editor](pasted["image"]))

    image = page.locator("img")
    page.wait_for_function("document.images[0].complete && document.images[0].naturalWidth > 600")
    assert "Kepadatan penduduk per" in str(image.get_attribute("alt"))
    assert page.locator("a:has(img)").get_attribute("href") == f"{site.url}/maps/{LAYER}"
    painted = {bytes(each).hex() for each in pixels(page.screenshot())[:, :, :3].reshape(-1, 3)}
    classes = {str(each.colour)[1:] for each in truth.regions(site.store, LAYER, NEWEST) if each.colour}
    assert classes <= painted


@pytest.mark.parametrize("editor", REMOVE_FRAMES)
def test_of_the_element_the_link_survives(host: Host, site: Site, editor: str) -> None:
    page = host(REMOVE_FRAMES[editor](codes(site)["element"]))

    assert page.locator("script, peta-desa").count() == 0
    assert page.get_by_role("link").get_attribute("href") == f"{site.url}/maps/{LAYER}"
    assert page.get_by_role("link").inner_text().startswith("Kepadatan penduduk per")


def test_wordpress_makes_a_map_of_the_pasted_address_alone(host: Host, site: Site) -> None:
    """As WordPress does it for a site it does not know: discovery, one frame, ``sandbox="allow-scripts"``."""
    pasted = codes(site)["address"]
    with urllib.request.urlopen(pasted) as answer:
        head = answer.read().decode()
    (found,) = re.findall(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', head)
    with urllib.request.urlopen(unescape(found) + "&maxwidth=640&maxheight=960") as answer:
        said = json.load(answer)

    page = host(wordpress_oembed(said))

    frame = frame_of(page, site)
    assert wrong_colours(page, frame, site) == []
    frame.get_by_role("link", name=EARLIER, exact=True).click()
    frame.wait_for_selector(f'.embed-periods [aria-current]:has-text("{EARLIER}")')
    assert wrong_colours(page, frame, site, EARLIER) == []


# ── the element ────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_element_becomes_the_frame_of_its_link(host: Host, site: Site) -> None:
    page = host(codes(site, f"?period={EARLIER}")["element"])

    frame = frame_of(page, site)
    assert frame.url == f"{site.url}{FRAME}?period={EARLIER}"
    assert wrong_colours(page, frame, site, EARLIER) == []
    assert frame.frame_element().get_attribute("title") == page.locator("peta-desa a").text_content()


@pytest.mark.parametrize("src", ["https://contoh.example/maps/x", "javascript:alert(1)", "/maps/x.png", ""])
def test_the_element_frames_nobody_else(host: Host, site: Site, src: str) -> None:
    page = host(f'<script src="{site.url}/peta-desa.js"></script><peta-desa><a href="{src}">Peta</a></peta-desa>')

    page.wait_for_function("Boolean(customElements.get('peta-desa'))")
    assert page.evaluate("document.querySelector('peta-desa').shadowRoot") is None
    assert page.get_by_text("Peta", exact=True).is_visible()


# ── whole without anything ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_strictest_sandbox_leaves_the_frame_whole(host: Host, site: Site, theme: str, language: str) -> None:
    address = f"{site.url}{FRAME}?lang={language}"
    page = host(f'<iframe src="{address}" sandbox="" width="640" height="520"></iframe>', color_scheme=theme)

    frame = frame_of(page, site)
    assert wrong_colours(page, frame, site) == []
    assert frame.locator(".embed-buttons").count() == 0
    said = frame.locator("body").inner_text()
    assert ("Figures by" if language == "en" else "Angka tiap") in said
    ground = frame.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(255, 255, 255)" if theme == "light" else "rgb(18, 24, 29)")
    frame.get_by_role("link", name=EARLIER, exact=True).click()
    frame.wait_for_url(f"**{FRAME}?period={EARLIER}**")
    assert wrong_colours(page, frame_of(page, site), site, EARLIER) == []


def test_a_map_that_is_not_there_explains_itself_in_the_frame(chromium: Browser, site: Site) -> None:
    page = chromium.new_page()
    page.goto(f"{site.url}/embed/tidak-ada")

    assert page.get_by_role("heading", level=1).inner_text() == "Halaman tidak ditemukan"
    page.close()


@pytest.mark.parametrize(
    ("width", "height"), [(280, 760), (320, 700), (360, 680), (560, 440), (600, 540), (720, 520), (1100, 520)]
)
@pytest.mark.parametrize("sandbox", ['sandbox=""', ""])
def test_the_frame_fits_the_usual_heights(host: Host, site: Site, width: int, height: int, sandbox: str) -> None:
    """Here every state occurs; a map without them needs some 60 px less."""
    page = host(
        f'<iframe src="{site.url}{FRAME}" {sandbox} width="{width}" height="{height}" frameborder="0"></iframe>'
    )
    frame = frame_of(page, site)
    if not sandbox:
        frame.wait_for_selector(".embed-buttons")

    asked = "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    assert frame.evaluate(asked) == [width, height]
    drawn = frame.evaluate(INSIDE, [each.number for each in truth.regions(site.store, LAYER, NEWEST)])
    assert all(drawn)


@pytest.mark.parametrize("zoom", [2, 4])
def test_a_frame_can_be_read_when_it_is_enlarged(host: Host, site: Site, zoom: int) -> None:
    page = host(
        f'<iframe src="{site.url}{FRAME}" width="{1200 // zoom}" height="{900 // zoom}" frameborder="0"></iframe>'
    )
    frame = frame_of(page, site)

    assert frame.evaluate("document.documentElement.scrollWidth") <= 1200 // zoom
