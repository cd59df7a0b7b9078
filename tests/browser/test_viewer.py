"""The map on other people's pages, and what it must never do: show the ground between regions, or pick another one."""

import http.server
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from geoapp.settings import HOME
from tests.browser.conftest import Site
from tests.browser.truth import Known, pixel, regions
from tests.world import LAYER, PERIODS

EXAMPLE = HOME / "docs" / "examples" / "viewer.html"
SCREENS = {
    "plain": {"viewport": {"width": 700, "height": 600}},
    "phone": {"viewport": {"width": 390, "height": 700}, "device_scale_factor": 3, "has_touch": True},
    "fractional": {"viewport": {"width": 700, "height": 600}, "device_scale_factor": 1.5},
}
DOUBLE_TAP_MS = 250
"""Two taps on one spot sooner than this are one double tap, and the map grows."""
SEEN_THROUGH = Path(__file__).with_name("seen_through.js").read_text("utf-8")
CONSERVED = Path(__file__).with_name("conserved.js").read_text("utf-8")
TWO_TAPS = """
    (points) => {
        window.chosen = [];
        map.on("choose", ({ code }) => chosen.push(code));
        for (const [clientX, clientY] of points) {
            const touch = { bubbles: true, clientX, clientY, pointerType: "touch", detail: 1 };
            map.live.dispatchEvent(new PointerEvent("pointerdown", touch));
            map.live.dispatchEvent(new PointerEvent("click", touch));
        }
    }
"""
"""Two taps in one breath, as a browser tells of them that does not count them itself."""
PICTURED = """
    async () => {
        const { id } = map.layer;
        const pictured = ({ level, plans, ...rest }) => {
            const pictures = (period) => `/tiles/${id}/{z}/{x}/{y}.png?period=${period}&level=${level}`;
            const drawn = Object.keys(plans).map((each) => [each, { ...plans[each], pictures: pictures(each) }]);
            return { ...rest, level, plans: Object.fromEntries(drawn) };
        };
        await map.show({ level: "village", document: { ...map.layer, levels: map.layer.levels.map(pictured) } });
        map.leaflet.setMinZoom(3);
    }
"""
"""The map as that of a nation is, whose levels have pictures beside their shapes."""
RINGED = """
    async () => {
        const { marks } = map.surface.canvases;
        const { sight } = map.surface.seen;
        const { x, y } = map.pointOf(map.chosen).add(map.leaflet.getPixelBounds().min).subtract(sight.origin);
        const ink = marks.getContext("2d");
        const seen = (angle) => {
            const at = [x + 10 * Math.cos(angle), y + 10 * Math.sin(angle)];
            return ink.getImageData(...at.map((each) => Math.round(each * sight.density)), 1, 1).data[3] > 0;
        };
        return [0.5, 2.6, 3.7, 5.8].map(seen);
    }
"""
"""Whether a ring can be seen around the chosen region, below its name."""


@pytest.fixture
def elsewhere(site: Site, tmp_path: Path) -> Iterator[str]:
    """The example of the documentation, on a server of its own, showing the site's map."""
    page = EXAMPLE.read_text("utf-8").replace("http://127.0.0.1:8000", site.url)
    page = page.replace("idm-nusa-purnama-sample-2024", LAYER).replace("const map =", "const map = window.map =")
    (tmp_path / "viewer.html").write_text(page, "utf-8")
    handler = partial(_Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/viewer.html"
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(params=SCREENS)
def stranger(chromium: Browser, elsewhere: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The example, open on a screen, painted."""
    context = chromium.new_context(**SCREENS[request.param])
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(elsewhere)
    page.wait_for_selector('#map[data-ready="1"]')
    yield page
    context.close()


def _press(page: Page, known: Known) -> None:
    at = pixel(page, known)
    if page.evaluate("navigator.maxTouchPoints"):
        page.wait_for_timeout(DOUBLE_TAP_MS)
        page.touchscreen.tap(*at)
    else:
        page.mouse.click(*at)


def test_the_example_of_the_documentation_names_every_region_that_is_pressed(stranger: Page, site: Site) -> None:
    for known in regions(site.store, LAYER, "2024"):
        _press(stranger, known)
        expect(stranger.locator("#words")).to_contain_text(known.name)


def test_not_a_pixel_inside_the_area_shows_the_ground(stranger: Page) -> None:
    seen = [stranger.evaluate(SEEN_THROUGH, more) for more in (0, 0.75, 1)]

    assert seen[0]["outside"] > 1000, "the ground was not dyed"
    assert [each["inside"] for each in seen] == [0, 0, 0]


def test_another_period_is_painted_between_lines_and_ground_that_stay(stranger: Page) -> None:
    conserved = stranger.evaluate(CONSERVED, PERIODS[0].text)

    assert conserved["stayed"], "lines and ground were painted again"
    assert conserved["changed"] > 1000
    assert conserved["differing"] == 0


def test_two_quick_taps_on_two_regions_choose_both_and_do_not_zoom(stranger: Page, site: Site) -> None:
    far = [regions(site.store, LAYER, "2024")[at] for at in (0, -1)]
    zoom = stranger.evaluate("map.leaflet.getZoom()")

    stranger.evaluate(TWO_TAPS, [pixel(stranger, each) for each in far])
    stranger.wait_for_function("chosen.length === 2")

    assert stranger.evaluate("chosen") == [each.code for each in far]
    assert stranger.evaluate("map.leaflet.getZoom()") == zoom


def test_two_quick_taps_on_one_spot_bring_the_map_nearer(stranger: Page, site: Site) -> None:
    spot = pixel(stranger, regions(site.store, LAYER, "2024")[0])
    zoom = stranger.evaluate("map.leaflet.getZoom()")

    stranger.evaluate(TWO_TAPS, [spot, spot])

    stranger.wait_for_function("zoom => map.leaflet.getZoom() === zoom + 1", arg=zoom)


def test_where_pictures_stand_in_for_shapes_a_tap_still_finds_and_rings_a_region(stranger: Page, site: Site) -> None:
    known = regions(site.store, LAYER, "2024")[5]
    stranger.evaluate(PICTURED)
    stranger.evaluate("([lng, lat]) => map.leaflet.setView([lat, lng], 7, { animate: false })", [known.lon, known.lat])
    stranger.wait_for_function(
        "map.pictured && map.surface.seen.sight.zoom === 7 && map.surface.seen.scene.pictures.length > 0"
    )

    _press(stranger, known)
    stranger.wait_for_function("map.chosen > 0")  # a region is smaller than a pixel, so it may be the one beside
    stranger.wait_for_function("!map.surface.state.due && !map.surface.state.busy")

    assert stranger.evaluate(RINGED) == [True] * 4


def test_a_region_is_found_from_beside_when_it_is_tiny(stranger: Page, site: Site) -> None:
    known = regions(site.store, LAYER, "2024")[0]

    found = stranger.evaluate("([lng, lat]) => map.locate({ lat, lng })", [known.lon, known.lat])

    assert found == known.number


def test_without_a_canvas_the_picture_stays_and_the_page_hears_of_it(
    chromium: Browser, elsewhere: str, visit: Callable[..., Page]
) -> None:
    page = chromium.new_page()
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto(elsewhere)
    page.wait_for_function("Boolean(window.map && window.map.events)")

    assert page.evaluate("new Promise((done) => map.on('lost', ({ what }) => done(what)))") == "canvas"
    assert page.get_attribute("#map", "data-ready") is None
    page.close()
