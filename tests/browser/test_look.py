"""The page keeps its shape from a magnified window to a wide screen, and the sheet of a phone rests where it should."""

import gzip
import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.world import LAYER, regions

REGION = regions()[4].code
MAP = f"/maps/{LAYER}?region={REGION}"
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 3, "has_touch": True, "is_mobile": True}
SIZES = [(320, 256), (320, 640), (360, 720), (640, 360), (720, 450), (844, 390), (1024, 768), (1280, 720), (1920, 1080)]
FOOT = 52
STRIP = 56
LOW = 96
Visit = Callable[..., Page]

BOX = "(name) => { const {x, y, width, height} = document.querySelector(name).getBoundingClientRect();"
BOX += " return [x, y, width, height].map(Math.round) }"
BEYOND = """() => [...document.querySelectorAll('body *')].filter((each) => {
  for (let box = each.parentElement; box; box = box.parentElement)
    if (getComputedStyle(box).overflowX !== 'visible') return false;
  return each.getBoundingClientRect().right > innerWidth;
}).map((each) => `${each.tagName} ${each.id} ${each.getAttribute('class')} ${each.textContent.trim().slice(0, 40)}`)"""


def top(page: Page) -> int:
    """Where the sheet begins, once it has come to rest."""
    before, now = -1, -2
    while before != now:
        page.wait_for_timeout(120)
        before, now = now, page.evaluate("Math.round(document.querySelector('#panel').getBoundingClientRect().top)")
    return now


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_is_wider_than_the_window(visit: Visit, width: int, height: int) -> None:
    page = visit(MAP, viewport={"width": width, "height": height})

    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.evaluate(BEYOND)
    x, y, wide, high = page.evaluate(BOX, "#map .map-buttons")
    left, upper, room, tall = page.evaluate(BOX, "#map")
    assert left <= x and x + wide <= left + room
    assert upper <= y and y + high <= upper + tall


@pytest.mark.parametrize("path", [MAP, f"/maps/{LAYER}"], ids=["chosen", "nothing chosen"])
def test_a_wide_screen_docks_a_strip_that_is_never_empty(visit: Visit, path: str) -> None:
    page = visit(path)

    for name in ("#reading", "#standing"):
        x, y, _, high = page.evaluate(BOX, name)
        assert (x >= 408, y + high, high) == (True, 900, 210)
        assert page.locator(name).inner_text().strip()
    assert page.evaluate("document.querySelector('#panel').scrollHeight") > 0
    expect(page.locator("#standing .ladder tr").first).to_be_visible()


def test_a_low_screen_has_the_strip_as_a_card_in_the_panel(visit: Visit) -> None:
    page = visit(MAP, viewport={"width": 1280, "height": 720})

    x, _, wide, _ = page.evaluate(BOX, "#reading")
    assert x + wide <= 408
    assert page.evaluate(BOX, "#map")[1] + page.evaluate(BOX, "#map")[3] == 720


def test_the_panel_scrolls_by_itself_and_the_strip_stays(visit: Visit) -> None:
    page = visit(MAP)
    before = page.evaluate(BOX, "#reading")

    page.evaluate("document.querySelector('#panel').scrollTop = 200")

    assert page.evaluate(BOX, "#reading") == before
    assert page.evaluate("scrollY") == 0


def test_the_button_opens_the_sheet_and_shrinks_it(visit: Visit) -> None:
    page = visit(MAP, **PHONE)
    half = top(page)
    button = page.locator(".sheet-step")

    expect(button).to_have_text("Buka panel")
    button.click()
    assert top(page) == FOOT + STRIP
    expect(button).to_have_text("Kecilkan panel")
    assert button.get_attribute("aria-expanded") == "true"
    button.click()
    assert top(page) == half


def test_escape_steps_down_to_the_lowest_rest_and_the_map_grows(visit: Visit) -> None:
    page = visit(MAP, **PHONE)
    half, map_before = top(page), page.evaluate(BOX, "#map")[3]
    page.locator(".sheet-step").click()
    top(page)

    page.keyboard.press("Escape")
    assert top(page) == half
    page.keyboard.press("Escape")
    assert top(page) == 844 - FOOT - LOW
    assert page.evaluate(BOX, "#map")[3] > map_before
    page.keyboard.press("Escape")
    assert top(page) == 844 - FOOT - LOW


@pytest.mark.parametrize(("way", "rest"), [(200, 844 - FOOT - LOW), (-200, FOOT + STRIP)], ids=["down", "up"])
def test_the_handle_can_be_dragged(visit: Visit, way: int, rest: int) -> None:
    page = visit(MAP, viewport={"width": 390, "height": 844})
    x, y, wide, _ = page.evaluate(BOX, ".sheet-handle")

    page.mouse.move(x + wide / 2, y + 12)
    page.mouse.down()
    page.mouse.move(x + wide / 2, y + 12 + way, steps=8)
    page.wait_for_timeout(60)
    page.mouse.up()

    assert top(page) == rest


def test_the_page_is_the_only_scroller_of_a_phone(visit: Visit) -> None:
    page = visit(MAP, **PHONE)

    scrollers = page.evaluate(
        "[...document.querySelectorAll('main :not(textarea)')].filter((each) => each.clientWidth &&"
        " each.scrollHeight > each.clientHeight + 1 && ['auto', 'scroll'].includes(getComputedStyle(each).overflowY))"
        ".map((each) => each.getAttribute('class') || each.tagName)"
    )

    assert scrollers == []
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    expect(page.locator(".foot")).to_be_in_viewport()


def test_focus_in_the_map_is_never_behind_the_sheet(visit: Visit) -> None:
    page = visit(MAP, **PHONE)
    half = top(page)
    page.locator(".sheet-step").click()
    top(page)

    page.evaluate("document.querySelector('.map-live').focus()")

    assert top(page) == half


def test_a_choice_made_while_the_sheet_is_low_comes_into_view(visit: Visit) -> None:
    page = visit(f"/maps/{LAYER}", **PHONE)
    half = top(page)
    page.locator(".sheet-handle").click()
    assert top(page) > half

    page.evaluate(f"document.dispatchEvent(new CustomEvent('geoapp:choose', {{detail: {{code: '{REGION}'}}}}))")
    expect(page.locator("#reading")).to_have_attribute("data-region", REGION)

    assert top(page) == half


@pytest.mark.parametrize(("width", "height"), [(390, 844), (360, 720)])
def test_the_half_open_sheet_answers_by_itself(visit: Visit, width: int, height: int) -> None:
    page = visit(MAP, **{**PHONE, "viewport": {"width": width, "height": height}})

    for name in ("h1", "#periods", ".reading-name", ".reading-figure", ".histogram .box"):
        _, y, _, high = page.evaluate(BOX, name)
        assert y + high <= height - FOOT, name
    assert page.evaluate(BOX, "#map")[3] >= int(0.4 * height)


def test_without_script_the_page_flows_from_the_map_to_the_sources(visit: Visit) -> None:
    page = visit(MAP, ready=False, java_script_enabled=False, **PHONE)

    heights = [
        (page.locator(name).bounding_box() or {})["y"]
        for name in ("#map", "h1", ".reading-figure", "#legend", "#table")
    ]
    assert heights == sorted(heights)
    expect(page.locator(".sheet-step")).to_be_hidden()
    page.locator("#menu summary").click()
    expect(page.locator(".languages a").first).to_be_visible()


GROUNDS = """() => {
  const canvas = document.querySelector('.map-canvas[data-shown]');
  const { width, height } = canvas;
  const copy = Object.assign(document.createElement('canvas'), { width, height });
  const ink = copy.getContext('2d', { willReadFrequently: true });
  ink.drawImage(canvas, 0, 0);
  const { data } = ink.getImageData(0, 0, width, height);
  const seen = new Set();
  for (let at = 0; at < data.length; at += 4) seen.add(data[at] * 65536 + data[at + 1] * 256 + data[at + 2]);
  return ['#fbfaf7', '#222b32'].filter((each) => seen.has(parseInt(each.slice(1), 16)));
}"""
"""Which of the grounds of hatching are on the map: that of light pages, that of dark ones."""
PAPER = 688
"""Room on A4 between margins of 14 mm, px."""
CHROME = ".actions, .map-buttons, .top-menu, .top-search, .sheet-head, #share, #download, .skip, .pair-form button"
PRINTED = {
    "map": (MAP, ("h1", "#map", "#legend", "#table", "#sources", ".attribution")),
    "region": (f"/regions/{REGION}", ("h1", "table")),
    "side by side": (f"/maps/{LAYER}/beside?second=2023", ("h1", ".pair-map", ".legend")),
    "years": (f"/maps/{LAYER}/years", ("h1", ".years-maps img", ".years-table")),
    "catalogue": ("/", ("h1",)),
    "embed": (f"/embed/{LAYER}", ("h1", ".embed-picture svg")),
}


def test_without_script_a_phone_has_the_area_filter_above_the_title(visit: Visit) -> None:
    page = visit(MAP, ready=False, java_script_enabled=False, **PHONE)

    x, y, wide, high = (page.locator(".area-step .button").first.bounding_box() or {}).values()
    assert high >= 44 and x + wide <= 390
    assert y + high <= (page.locator("h1").bounding_box() or {})["y"]


def test_the_lowest_rest_shows_the_title_and_nothing_cut(visit: Visit) -> None:
    page = visit(MAP, **PHONE)
    top(page)
    for _ in range(2):
        page.keyboard.press("Escape")
        top(page)

    title, periods = page.evaluate(BOX, "h1"), page.evaluate(BOX, "#periods")
    assert title[1] + title[3] <= 844 - FOOT <= periods[1]


@pytest.mark.parametrize("name", PRINTED)
def test_paper_has_the_map_and_its_words_but_no_chrome(visit: Visit, name: str) -> None:
    path, shown = PRINTED[name]
    page = visit(path, ready=name == "map", color_scheme="dark", viewport={"width": PAPER, "height": 971})

    page.emulate_media(media="print")

    for each in shown:
        expect(page.locator(each).first).to_be_visible()
    for each in page.locator(CHROME).all():
        expect(each).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER, page.evaluate(BEYOND)


def test_the_map_page_s_style_sheets_are_light(visit: Visit, site: Site) -> None:
    page = visit(MAP)

    sheets = page.evaluate("[...document.styleSheets].map(each => each.href)")
    bodies = [page.request.get(each, headers={"Accept-Encoding": "identity"}).body() for each in sheets]

    assert len(sheets) == 2
    assert sum(len(gzip.compress(each, 9)) for each in bodies) <= 14_000, json.dumps(sheets)


def test_paper_has_the_whole_map_in_its_own_proportions(visit: Visit) -> None:
    page = visit(f"/maps/{LAYER}")
    _, _, wide, high = page.evaluate(BOX, "#map")

    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")

    x, y, across, down = page.evaluate(BOX, "#map")
    assert page.evaluate(BOX, "#map .map-live") == [x, y, across, down]
    assert across <= 690
    assert down / across == pytest.approx(high / wide, rel=0.01)


@pytest.mark.parametrize("path", [f"/maps/{LAYER}", f"/maps/{LAYER}/beside"])
def test_the_map_of_a_dark_screen_is_light_on_paper_however_it_is_printed(visit: Visit, path: str) -> None:
    page = visit(path, ready=False, color_scheme="dark")
    page.wait_for_selector('[data-layer][data-ready="1"]')
    assert page.evaluate(GROUNDS) == ["#222b32"]

    # what a browser does when somebody prints: nothing is painted later than this
    printed = page.evaluate(f"() => {{ window.dispatchEvent(new Event('beforeprint')); return ({GROUNDS})(); }}")

    assert printed == ["#fbfaf7"]
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    for _ in range(100):
        if page.evaluate(GROUNDS) == ["#222b32"]:
            break
        page.wait_for_timeout(50)
    assert page.evaluate(GROUNDS) == ["#222b32"]
