"""Maps inside other people's pages: what each editor leaves of a code still shows the plan's colours."""

import json
import re
import threading
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Any

import numpy as np
import pytest
import rasterio
from playwright.sync_api import Browser, CDPSession, Frame, Page, expect
from rasterio.errors import NotGeoreferencedWarning

from tests.browser import truth
from tests.browser.conftest import Site
from tests.browser.editors import KEEP_FRAMES, REMOVE_FRAMES, wordpress_oembed
from tests.world import LAYER, PERIODS, regions

NEWEST, EARLIER = PERIODS[1].text, PERIODS[0].text
FRAME = f"/embed/{LAYER}"
PHONE = {"viewport": {"width": 360, "height": 640}, "device_scale_factor": 2, "has_touch": True, "is_mobile": True}
ARTICLE = """<!doctype html><html lang="id"><meta name="viewport" content="width=device-width"><title>Artikel</title>
<body style="margin:16px;font:16px serif"><h1>Seberapa padat?</h1><p>Peta ini menjawabnya.</p>{}<p>Angka terbaru
menyusul.</p><div style="height:1500px"></div></body></html>"""
# points of a region that surely are its own: the shape is met there and six pixels around
INSIDE = """(numbers) => numbers.map((number) => {
  const box = document.querySelector(`[data-number="${number}"]`).getBoundingClientRect();
  const own = (x, y) => document.elementFromPoint(x, y)?.closest("[data-number]")?.dataset.number === String(number);
  const points = [];
  for (let i = 1; i < 12; i++) for (let j = 1; j < 12; j++) {
    const [x, y] = [box.left + box.width * i / 12, box.top + box.height * j / 12];
    if ([[0, 0], [-4, 0], [4, 0], [0, -4], [0, 4]].every(([dx, dy]) => own(x + dx, y + dy))) points.push([x, y]);
  }
  return points;
})"""
OUT_OF_SIGHT = re.compile(r"Blocked (script execution|opening .* in a new window)")
"""What a browser says of a script in the strictest sandbox, and of a window that a sandbox forbids."""
_TINGE = 12
Host = Callable[..., Page]


@pytest.fixture
def host(chromium: Browser, site: Site) -> Iterator[Host]:
    """Opens an article of another site with something in it; at the end nobody else was asked, nothing complained."""
    made: list[Any] = []
    complaints: list[str] = []
    asked: list[str] = []
    bodies: dict[str, bytes] = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(bodies))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    own = f"http://localhost:{server.server_port}"

    def opened(inside: str, **options: Any) -> Page:
        context = chromium.new_context(**{"viewport": {"width": 1200, "height": 900}, **options})
        made.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        bodies["/"] = ARTICLE.format(inside).encode()
        page.goto(f"{own}/")
        return page

    yield opened
    cookies = [cookie for context in made for cookie in context.cookies()]
    for context in made:
        context.close()
    server.shutdown()
    server.server_close()
    foreign = [url for url in asked if not url.startswith((site.url, own, "data:", "about:"))]
    assert (foreign, cookies) == ([], [])
    assert [said for said in complaints if not OUT_OF_SIGHT.search(said)] == []


def _handler(bodies: dict[str, bytes]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = bodies.get(self.path)
            self.send_response(200 if body else 204)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    return Handler


def frame_of(page: Page, site: Site) -> Frame:
    """The map's frame, however deep it stands, with its picture drawn."""
    for _ in range(100):
        found = [each for each in page.frames if each.url.startswith(site.url + FRAME)]
        if found and found[0].locator(".embed-picture > svg").count():
            found[0].wait_for_load_state()
            return found[0]
        page.wait_for_timeout(100)
    pytest.fail(f"no map among {[each.url for each in page.frames]}")


def wrong_colours(page: Page, frame: Frame, site: Site, period: str = NEWEST) -> list[str]:
    """The regions whose pixels are not what the database says; each was looked at in the screenshot."""
    known = [each for each in truth.regions(site.store, LAYER, period) if each.colour]
    corner = frame.frame_element()
    corner.scroll_into_view_if_needed()
    seen = painted(page, frame, known)
    assert len(seen) == len(known) > 5, "a region is nowhere to be seen"
    return wrong_ones(known, seen)


def wrong_ones(known: list[truth.Known], seen: dict[int, Counter[str]]) -> list[str]:
    """Those whose commonest colour is not their own; the dots of an estimate may tinge it a little."""
    wrong = []
    for each in known:
        if each.number in seen and each.colour:
            commonest = seen[each.number].most_common(1)[0][0]
            if distance(commonest, each.colour) > (_TINGE if each.estimated else 0):
                wrong.append(f"{each.name}: {commonest}, not {each.colour}")
    return wrong


def distance(one: str, other: str) -> int:
    """The largest difference of red, green and blue."""
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return max(abs(a - b) for a, b in pairs)


def painted(page: Page, frame: Frame, known: list[truth.Known]) -> dict[int, Counter[str]]:
    """The colours of the pixels that are surely a region's own, by number; none for regions out of sight."""
    places = frame.evaluate(INSIDE, [each.number for each in known])
    image, (left, top) = _pixels(page.screenshot()), _corner(frame)
    found: dict[int, Counter[str]] = {}
    for each, points in zip(known, places, strict=True):
        for x, y in points:
            row, column = round(top + y), round(left + x)
            patch = image[row - 2 : row + 3, column - 2 : column + 3, :3].reshape(-1, 3)
            found.setdefault(each.number, Counter()).update("#" + bytes(pixel).hex() for pixel in patch)
    return found


def _corner(frame: Frame) -> tuple[float, float]:
    """Where a frame's content begins in the window; every frame around it is without padding."""
    box = frame.frame_element().bounding_box()
    assert box is not None
    border = frame.frame_element().evaluate("each => [each.clientLeft, each.clientTop]")
    return box["x"] + border[0], box["y"] + border[1]


def _pixels(png: bytes) -> Any:
    with pytest.warns(NotGeoreferencedWarning), rasterio.open(BytesIO(png)) as image:
        return np.moveaxis(image.read(), 0, 2)


def codes(site: Site, query: str = "") -> dict[str, str]:
    """The codes that the map's page offers."""
    with urllib.request.urlopen(f"{site.url}/maps/{LAYER}{query}") as answer:
        html = answer.read().decode()
    return {name: unescape(code) for name, code in re.findall(r'<textarea id="code-(\w+)"[^>]*>([^<]*)<', html)}


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
    painted = {bytes(each).hex() for each in _pixels(page.screenshot())[:, :, :3].reshape(-1, 3)}
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


# ── what the script adds ───────────────────────────────────────────────────────────────────────────────────────


def scripted(host: Host, site: Site, query: str = "", **options: Any) -> tuple[Page, Frame]:
    """A frame without an origin in which scripts may run."""
    width, height = (320, 760) if options else (640, 640)
    size = f'width="{width}" height="{height}"'
    page = host(f'<iframe src="{site.url}{FRAME}{query}" sandbox="allow-scripts" {size}></iframe>', **options)
    frame = frame_of(page, site)
    frame.wait_for_selector(".embed-buttons")
    return page, frame


def point(frame: Frame, number: int) -> tuple[float, float]:
    """A point of a region in the window."""
    (points,) = frame.evaluate(INSIDE, [number])
    left, top = _corner(frame)
    x, y = points[len(points) // 2]
    return left + x, top + y


def test_the_pointer_reads_every_region_without_an_origin(host: Host, site: Site) -> None:
    page, frame = scripted(host, site)

    for known in truth.regions(site.store, LAYER, NEWEST):
        page.mouse.move(*point(frame, known.number))
        said = frame.locator(".embed-tip").inner_text()
        assert said.startswith(f"{known.name}: ")
        if known.figure is not None:
            assert truth.written(known.figure, "id") in said
        assert frame.locator(".embed-said").inner_text() == said


def test_the_keyboard_reads_chooses_and_clears(host: Host, site: Site) -> None:
    page, frame = scripted(host, site)
    frame.locator(".embed-map").focus()

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    chosen = frame.locator(".embed-said").inner_text()
    page.keyboard.press("ArrowDown")
    beside = frame.locator(".embed-said").inner_text()
    page.keyboard.press("Escape")

    names = [each.name for each in regions()]
    assert chosen != beside
    assert sum(chosen.startswith(f"{each}: ") for each in names) == 1
    assert frame.locator(".embed-tip").is_hidden()
    assert frame.locator(".held-line").count() == 0


def test_another_period_comes_without_a_new_page_and_without_an_origin(host: Host, site: Site) -> None:
    page, frame = scripted(host, site)
    frame.evaluate("window.kept = true")

    frame.get_by_role("link", name=EARLIER, exact=True).click()
    frame.wait_for_selector(f'.embed-periods [aria-current]:has-text("{EARLIER}")')

    assert wrong_colours(page, frame, site, EARLIER) == []
    assert frame.locator("h1").inner_text().endswith(EARLIER)
    assert frame.evaluate("window.kept")
    assert frame.evaluate("document.activeElement.textContent.trim()") == EARLIER
    page.mouse.move(*point(frame, 1))
    earlier = truth.regions(site.store, LAYER, EARLIER)[0]
    assert frame.locator(".embed-tip").inner_text().startswith(earlier.name)


def seen(frame: Frame) -> list[float]:
    """What part of the drawing is seen."""
    return [float(each) for each in str(frame.locator(".embed-picture > svg").get_attribute("viewBox")).split()]


def touch(device: CDPSession, kind: str, *fingers: tuple[float, float]) -> None:
    """Put fingers on the glass, move them, or take them all away."""
    points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(fingers)]
    device.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_one_finger_scrolls_the_page_around_and_two_move_the_map(host: Host, site: Site) -> None:
    page, frame = scripted(host, site, **PHONE)
    x, y = point(frame, 5)
    whole = seen(frame)
    device = page.context.new_cdp_session(page)

    touch(device, "touchStart", (x, y))
    for step in range(1, 11):
        touch(device, "touchMove", (x, y - 15 * step))
    touch(device, "touchEnd")
    page.wait_for_function("scrollY > 100")
    page.wait_for_function("new Promise((say) => { const y = scrollY; setTimeout(() => say(y === scrollY), 300); })")
    assert seen(frame) == whole

    page.evaluate("scrollTo(0, 0)")
    still = page.evaluate("scrollY")
    for kind, apart in (("touchStart", 30), ("touchMove", 45), ("touchMove", 60), ("touchMove", 90)):
        touch(device, kind, (x - apart, y), (x + apart, y))
    touch(device, "touchEnd")
    assert whole[2] / seen(frame)[2] > 2
    assert page.evaluate("scrollY") == still
    assert page.evaluate("visualViewport.scale") == 1


def test_the_wheel_scrolls_the_page_around_and_the_buttons_bring_the_map_nearer(host: Host, site: Site) -> None:
    page, frame = scripted(host, site)
    whole = seen(frame)
    page.mouse.move(*point(frame, 5))

    page.mouse.wheel(0, 300)
    page.wait_for_function("scrollY > 100")
    assert seen(frame) == whole

    page.evaluate("scrollTo(0, 0)")
    frame.get_by_role("button", name="Perbesar").click()
    assert seen(frame)[2] == pytest.approx(whole[2] / 2, rel=0.01)
    known = [each for each in truth.regions(site.store, LAYER, NEWEST) if each.colour]
    assert wrong_ones(known, near := painted(page, frame, known)) == [] and near
    frame.get_by_role("button", name="Tampilkan seluruh wilayah").click()
    assert seen(frame) == whole


def test_where_new_windows_are_forbidden_the_address_is_shown(site: Site, host: Host) -> None:
    page, frame = scripted(host, site)

    frame.get_by_role("link", name="Peta lengkap").click()

    assert frame.locator(".embed-blocked input").input_value() == f"{site.url}/maps/{LAYER}"
    assert page.context.pages == [page]


# ── the builder ────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_builder_copies_announces_and_adjusts_its_codes(visit: Callable[..., Page]) -> None:
    page = visit(f"/maps/{LAYER}", permissions=["clipboard-read", "clipboard-write"])
    share = page.locator("#share")

    share.locator(".share-rung", has=page.locator("#code-frame")).get_by_role("button", name="Salin").click()
    page.wait_for_selector('.share-live:has-text("Tersalin")', state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    share.get_by_label("Ukuran bingkai").select_option(label="280 × 680 piksel")
    share.get_by_label("Bahasa").select_option("en")

    assert copied.startswith("<iframe ") and 'width="100%"' in copied
    adjusted = {name: share.locator(f"#code-{name}").input_value() for name in ("address", "frame", "element", "image")}
    assert all("lang=en" in each for each in adjusted.values())
    assert 'width="280" height="680"' in adjusted["frame"] and "Population density" in adjusted["frame"]
    assert 'height="680"' in adjusted["element"]
    assert 'width="100%"' in adjusted["image"]


def test_the_builder_shows_the_frame_itself(visit: Callable[..., Page], site: Site) -> None:
    page = visit(f"/maps/{LAYER}?period={EARLIER}")
    assert page.locator("#share iframe").count() == 0

    page.locator("#share .share-preview").click()

    frame = frame_of(page, site)
    assert frame.url == f"{site.url}{FRAME}?period={EARLIER}"
    assert wrong_colours(page, frame, site, EARLIER) == []


def test_the_codes_follow_the_view(visit: Callable[..., Page]) -> None:
    page = visit(f"/maps/{LAYER}")

    page.locator(f'#periods a[data-period="{EARLIER}"]').click()
    page.locator("#share").scroll_into_view_if_needed()

    expect(page.locator("#code-frame")).to_have_value(re.compile(f"period={EARLIER}"))
    assert page.locator("#share .share-copy").count() == 5


def test_without_a_script_the_codes_are_there_to_be_marked(visit: Callable[..., Page]) -> None:
    page = visit(f"/maps/{LAYER}", ready=False, java_script_enabled=False)

    assert page.locator("#share textarea").count() == 5
    assert page.locator("#share .share-options").is_hidden()
    assert page.locator("#share .share-copy").count() == 0
    assert page.locator("#share .share-apps").is_hidden()
    assert page.locator("#share .share-preview").get_attribute("target") == "_blank"
