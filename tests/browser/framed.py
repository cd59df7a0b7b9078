"""Articles of another site with our frames in them, and what the pixels of a frame must be."""

import re
import threading
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import rasterio
from playwright.sync_api import Browser, Frame, Page
from rasterio.errors import NotGeoreferencedWarning

from tests.browser import truth
from tests.world import LAYER, PERIODS

if TYPE_CHECKING:
    from tests.browser.conftest import Site

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
TINGE = 12
"""How far the dots of an estimate may move a colour, of 255."""
Host = Callable[..., Page]


@contextmanager
def articles(chromium: Browser, url: str) -> Iterator[Host]:
    """Opens articles of another site around our frames; at the end nobody else was asked, nothing complained."""
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
    foreign = [url for url in asked if not url.startswith((url, own, "data:", "about:"))]
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


def frame_of(page: Page, site: "Site") -> Frame:
    """The map's frame, however deep it stands, with its picture drawn."""
    for _ in range(100):
        found = [each for each in page.frames if each.url.startswith(site.url + FRAME)]
        if found and found[0].locator(".embed-picture > svg").count():
            found[0].wait_for_load_state()
            return found[0]
        page.wait_for_timeout(100)
    pytest.fail(f"no map among {[each.url for each in page.frames]}")


def wrong_colours(page: Page, frame: Frame, site: "Site", period: str = NEWEST) -> list[str]:
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
            if distance(commonest, each.colour) > (TINGE if each.estimated else 0):
                wrong.append(f"{each.name}: {commonest}, not {each.colour}")
    return wrong


def distance(one: str, other: str) -> int:
    """The largest difference of red, green and blue."""
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return max(abs(a - b) for a, b in pairs)


def painted(page: Page, frame: Frame, known: list[truth.Known]) -> dict[int, Counter[str]]:
    """The colours of the pixels that are surely a region's own, by number; none for regions out of sight."""
    places = frame.evaluate(INSIDE, [each.number for each in known])
    image, (left, top) = pixels(page.screenshot()), corner(frame)
    found: dict[int, Counter[str]] = {}
    for each, points in zip(known, places, strict=True):
        for x, y in points:
            row, column = round(top + y), round(left + x)
            patch = image[row - 2 : row + 3, column - 2 : column + 3, :3].reshape(-1, 3)
            found.setdefault(each.number, Counter()).update("#" + bytes(pixel).hex() for pixel in patch)
    return found


def corner(frame: Frame) -> tuple[float, float]:
    """Where a frame's content begins in the window; every frame around it is without padding."""
    box = frame.frame_element().bounding_box()
    assert box is not None
    border = frame.frame_element().evaluate("each => [each.clientLeft, each.clientTop]")
    return box["x"] + border[0], box["y"] + border[1]


def pixels(png: bytes) -> Any:
    with pytest.warns(NotGeoreferencedWarning), rasterio.open(BytesIO(png)) as image:
        return np.moveaxis(image.read(), 0, 2)


def codes(site: "Site", query: str = "") -> dict[str, str]:
    """The codes that the map's page offers."""
    with urllib.request.urlopen(f"{site.url}/maps/{LAYER}{query}") as answer:
        html = answer.read().decode()
    return {name: unescape(code) for name, code in re.findall(r'<textarea id="code-(\w+)"[^>]*>([^<]*)<', html)}
