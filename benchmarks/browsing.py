"""Measure browsing: Chromium as a phone (390×844 at 3×) over the served site; bytes as they cross the wire.

Run: .venv/bin/python benchmarks/browsing.py [NATION]
NATION is the address of the map of a whole nation that is served elsewhere; its first view is measured as well.
Every view begins with an empty cache. The slow visits have a processor slowed four times and fast 3G (1.6 Mbit/s down,
0.75 up, 150 ms), both set through the browser's own protocol.
"""

import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bench import results
from bench.results import Figure
from bench.site import City, Served, prepared, served
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

RUNS = 5
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 3, "is_mobile": True, "has_touch": True}
FAST_3G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
READY = '#map[data-ready="1"]'
_WATCH = """
    new MutationObserver((_, watching) => {
        const map = document.querySelector("#map");
        if (map && map.querySelector("svg, img") && !window.pictured) {
            requestAnimationFrame(() => setTimeout(() => (window.pictured ??= performance.now())));
        }
        if (map?.dataset.ready) {
            requestAnimationFrame(() => setTimeout(() => (window.painted ??= performance.now())));
            watching.disconnect();
        }
    }).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-ready"] });
"""
_SWITCH = """
    async (period) => {
        const map = document.querySelector("#map");
        const begun = performance.now();
        const done = new Promise((found) => {
            new MutationObserver((_, watching) => {
                if (map.dataset.shown !== period) return;
                watching.disconnect();
                requestAnimationFrame(() => setTimeout(() => found(performance.now())));
            }).observe(map, { attributes: true, attributeFilter: ["data-shown"] });
        });
        document.querySelector(`#periods a[data-period="${period}"]`).click();
        return (await done) - begun;
    }
"""


@dataclass
class Traffic:
    """What crossed the wire: requests by address, and bytes with their headers."""

    addresses: list[str] = field(default_factory=list)
    bytes: float = 0

    @classmethod
    def of(cls, session: CDPSession) -> "Traffic":
        """Begin to count what the page of this session asks for."""
        counted = cls()
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", lambda sent: counted._sent(sent["request"]["url"]))
        session.on("Network.loadingFinished", lambda done: counted._add(done["encodedDataLength"]))
        return counted

    def _sent(self, address: str) -> None:
        if address.startswith("http"):
            self.addresses.append(address)

    def _add(self, length: float) -> None:
        self.bytes += length


@contextmanager
def phone(browser: Browser, slow: int = 1, network: bool = False) -> Iterator[tuple[Page, Traffic]]:
    """A page of a fresh profile, its processor ``slow`` times slower, on fast 3G where ``network`` says so."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.add_init_script(_WATCH)
    session = context.new_cdp_session(page)
    traffic = Traffic.of(session)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slow})
    if network:
        session.send("Network.emulateNetworkConditions", FAST_3G)
    yield page, traffic
    context.close()


def first_view(browser: Browser, address: str, note: str, budget: float, live: bool = True) -> Iterator[Figure]:
    """Everything a phone loads until nothing more comes; ``live`` pages draw a map over their picture."""
    sizes, counts = [], []
    for _ in range(RUNS):
        with phone(browser) as (page, traffic):
            page.goto(address)
            if live:
                page.wait_for_selector(READY)
            page.wait_for_load_state("networkidle")
            sizes.append(traffic.bytes / 1000)
            counts.append(float(len(traffic.addresses)))
    yield Figure("first view, phone, cold", "kB", sizes, budget, note=note)
    yield Figure("first view, phone, cold", "requests", counts, 15, note=note)


def switch(browser: Browser, address: str, slow: int, budget: float) -> Iterator[Figure]:
    """From pressing another period to the next frame; the classes come once, later presses find them."""
    first, again, sizes = [], [], []
    for _ in range(RUNS):
        with phone(browser, slow) as (page, traffic):
            page.goto(address)
            page.wait_for_selector(READY)
            page.wait_for_load_state("networkidle")
            shown = page.get_attribute("#periods a[aria-current]", "data-period")
            others = page.eval_on_selector_all("#periods a", "all => all.map(each => each.dataset.period)")
            other = next(each for each in reversed(others) if each != shown)
            before, asked = traffic.bytes, len(traffic.addresses)
            first.append(page.evaluate(_SWITCH, other))
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(300)
            assert not [each for each in traffic.addresses[asked:] if "/tiles/" in each], "a period fetched shapes"
            sizes.append((traffic.bytes - before) / 1000)
            page.evaluate(_SWITCH, shown)
            again.append(page.evaluate(_SWITCH, other))
    yield Figure(f"period switch, first press, CPU {slow}×", "ms", first)
    yield Figure(f"period switch, repaint, CPU {slow}×", "ms", again, budget)
    if slow == 1:
        yield Figure("period switch, all that is fetched", "kB", sizes, note="classes, and the page's words")


def slow_visit(browser: Browser, address: str) -> Iterator[Figure]:
    """From navigation to the server's picture, and to the coloured map of the viewer."""
    pictured, painted = [], []
    for _ in range(RUNS):
        with phone(browser, 4, network=True) as (page, _):
            page.goto(address)
            page.wait_for_selector(READY)
            page.wait_for_timeout(500)  # the frame after it
            pictured.append(page.evaluate("window.pictured"))
            painted.append(page.evaluate("window.painted"))
    yield Figure("server's picture after navigation, fast 3G, CPU 4×", "ms", pictured, 1500)
    yield Figure("coloured map after navigation, fast 3G, CPU 4×", "ms", painted, 3000)


def measured(city: City, server: Served, browser: Browser) -> Iterator[Figure]:
    """All of it for one city; its page and tiles are warm on the server."""
    address = f"{server.url}/maps/{city.layers[0]}"
    region = f"{server.url}/regions/{_region(server, city)}"
    with phone(browser) as (page, _):
        page.goto(address)
        page.wait_for_selector(READY)
        page.wait_for_load_state("networkidle")
    yield from first_view(browser, address, f"{city.regions} regions", 150)
    yield from first_view(browser, region, "a region's page", 150, live=False)
    yield from switch(browser, address, 1, 100)
    yield from switch(browser, address, 4, 400)
    yield from slow_visit(browser, address)


def _region(server: Served, city: City) -> str:
    """The code of the first region of the city's map."""
    found = re.search(
        r'<tr data-code="([^"]+)"', server.get(f"/maps/{city.layers[0]}", encoding="identity").body.decode()
    )
    if found is None:
        raise SystemExit("the map's page has no table of regions")
    return found[1]


def main() -> None:
    """Chromium over the benchmarks' site."""
    found = shutil.which("chromium")
    if not found:
        raise SystemExit("Chromium is missing: sudo apt-get install chromium")
    machine = results.begin()
    city = prepared()
    with served() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        machine["chromium"] = browser.version
        figures = list(measured(city, server, browser))
        for nation in sys.argv[1:]:
            figures += first_view(browser, nation, "a nation", 200)
        browser.close()
    results.write("browsing", machine, figures)


if __name__ == "__main__":
    main()
