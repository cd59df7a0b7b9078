"""The served map page in a real browser: what people see, point at, press and share."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import HOSTILE_NUMBER, Site, Watch
from tests.browser.truth import Known, becomes, colours, leaves, pixel, regions, written
from tests.world import HOSTILE, LAYER

Visit = Callable[..., Page]
PAGE = f"/maps/{LAYER}"
PHONE = {"viewport": {"width": 360, "height": 720}, "device_scale_factor": 2}
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
STATE_WORDS = {
    "id": {"missing": "ada data", "not_applicable": "berlaku", "suppressed": "sembunyi", "out_of_scope": "cakupan"},
    "en": {"missing": "data", "not_applicable": "applic", "suppressed": "", "out_of_scope": ""},
}


def point_at(page: Page, known: Known) -> None:
    """Move the mouse onto a region."""
    page.mouse.move(*pixel(page, known))


def tip(page: Page) -> str:
    """What the tip says, with its figure."""
    shown = page.locator(".map-tip")
    expect(shown).to_be_visible()
    expect(shown).not_to_contain_text(re.compile("memuat|loading"))
    return shown.inner_text()


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_region_has_the_colour_of_the_class_its_figure_falls_in(visit: Visit, site: Site, screen: dict) -> None:
    page = visit(PAGE, **screen)

    for known in regions(site.store, LAYER, "2024"):
        seen = colours(page, known, reach=5)
        if known.colour:
            assert known.colour == known.stored_colour
            assert seen.most_common(1)[0][0] == known.colour, known.name
        else:
            palette = {each.colour for each in regions(site.store, LAYER, "2024") if each.colour}
            assert not palette & set(seen), f"{known.name} is {known.state} and shows a class colour"


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_tip_at_a_region_says_what_the_database_says(visit: Visit, site: Site, language: str, screen: dict) -> None:
    page = visit(f"{PAGE}?lang={language}", **screen)

    known_regions = regions(site.store, LAYER, "2024")
    for known in known_regions:
        point_at(page, known)
        expect(page.locator(".map-tip .reading-name")).to_contain_text(known.name)
        said = tip(page)
        assert known.code in said
        if known.figure is None:
            assert STATE_WORDS[language][known.state or ""] in said
        else:
            assert page.locator(".map-tip .reading-figure").inner_text() == written(known.figure, language)
    assert len(known_regions) >= 10


def test_another_period_repaints_without_fetching_a_shape(visit: Visit, site: Site, watch: Watch) -> None:
    page = visit(PAGE)
    before, after = regions(site.store, LAYER, "2024"), regions(site.store, LAYER, "2023")
    turned = [
        new for old, new in zip(before, after, strict=True) if old.colour and new.colour and old.colour != new.colour
    ]
    asked = len(watch.asked("/tiles/"))

    page.locator('#periods a[data-period="2023"]').click()
    page.wait_for_selector('#map[data-shown="2023"]')

    assert turned, "the world has no region whose class changes"
    for known in turned:
        assert becomes(page, known, known.colour, reach=5)
    point_at(page, after[0])
    expect(page.locator(".map-tip .reading-figure")).to_have_text(written(after[0].figure or 0, "id"))
    expect(page).to_have_url(re.compile(r"[?&]period=2023"))
    expect(page.locator('#periods a[data-period="2023"]')).to_have_attribute("aria-current", "true")
    expect(page.locator("h1")).to_contain_text("2023")
    assert len(watch.asked("/tiles/")) == asked


def test_back_returns_to_the_period_before(visit: Visit) -> None:
    page = visit(PAGE)
    page.locator('#periods a[data-period="2023"]').click()
    page.wait_for_selector('#map[data-shown="2023"]')

    page.go_back()

    page.wait_for_selector('#map[data-shown="2024"]')
    assert "period=2023" not in page.url


def test_a_pressed_region_is_in_the_address_and_a_shared_link_opens_it(visit: Visit, site: Site) -> None:
    page = visit(PAGE)
    known = regions(site.store, LAYER, "2024")[4]

    page.mouse.click(*pixel(page, known))
    expect(page).to_have_url(re.compile(f"region={re.escape(known.code)}"))
    expect(page.locator("#reading")).to_contain_text(known.name)
    expect(page.locator("#reading")).to_contain_text(written(known.figure or 0, "id"))

    shared = visit(page.url.removeprefix(site.url))
    expect(shared.locator("#reading")).to_contain_text(known.name)
    expect(shared.locator("#reading")).to_contain_text(written(known.figure or 0, "id"))


def test_the_map_is_read_by_keyboard_alone(visit: Visit, site: Site) -> None:
    page = visit(PAGE)
    known = {each.name: each for each in regions(site.store, LAYER, "2024")}
    live = page.locator(".map-live")

    live.focus()
    page.keyboard.press("ArrowRight")
    first = page.locator(".map-tip .reading-name").inner_text()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".map-tip .reading-name")).not_to_have_text(first)
    reached = page.locator(".map-tip .reading-name").inner_text()
    page.keyboard.press("Enter")

    place = next(each for name, each in known.items() if reached.endswith(name))
    expect(page).to_have_url(re.compile(f"region={re.escape(place.code)}"))
    expect(page.locator(".map-spoken")).to_contain_text(place.name)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page).not_to_have_url(re.compile("region="))


def test_a_hostile_name_stays_text(visit: Visit, site: Site) -> None:
    page = visit(PAGE)
    known = regions(site.store, LAYER, "2024")[HOSTILE_NUMBER - 1]

    point_at(page, known)

    expect(page.locator(".map-tip .reading-name")).to_contain_text(HOSTILE)
    page.mouse.click(*pixel(page, known))
    expect(page.locator("#reading")).to_contain_text(HOSTILE)
    assert "1337" not in page.locator("body").inner_text()


def test_pressing_a_class_sets_it_apart(visit: Visit, site: Site) -> None:
    page = visit(PAGE)
    known = next(each for each in regions(site.store, LAYER, "2024") if each.colour and not each.estimated)
    other = next(
        each
        for each in regions(site.store, LAYER, "2024")
        if each.colour and each.colour != known.colour and not each.estimated
    )
    byte = page.locator("#legend [data-byte] button")

    rows = byte.count()
    for row in range(rows):
        if byte.nth(row).locator(".swatch rect").get_attribute("fill") == known.colour:
            byte.nth(row).click()
            break
    assert leaves(page, other, other.colour)
    assert becomes(page, known, known.colour)
    byte.nth(row).click()
    assert becomes(page, other, other.colour)


def test_past_the_last_tiles_the_map_grows_without_asking_for_more(visit: Visit, site: Site, watch: Watch) -> None:
    page = visit(PAGE)
    known = regions(site.store, LAYER, "2024")[0]
    page.mouse.click(*pixel(page, known))
    live = page.locator(".map-live")
    live.focus()

    for _ in range(6):
        before = page.locator("#map").get_attribute("data-zoom")
        page.keyboard.press("+")
        page.wait_for_function("(zoom) => document.querySelector('#map').dataset.zoom !== zoom", arg=before)
    page.wait_for_load_state("networkidle")

    zooms = {int(re.search(r"/village/(\d+)/", url)[1]) for url in watch.asked("/tiles/")}  # type: ignore[index]
    assert max(zooms) == 13
    assert float(page.locator("#map").get_attribute("data-zoom") or 0) > 15


def test_while_tiles_do_not_come_the_picture_stays_and_the_page_says_so(visit: Visit, watch: Watch) -> None:
    page = visit(
        PAGE, ready=False, before=lambda page: page.route("**/tiles/**", lambda route: route.fulfill(status=503))
    )

    expect(page.locator("#notice")).to_contain_text("mencoba lagi")
    expect(page.locator("#map > svg, #map > img").first).to_be_visible()
    page.unroute("**/tiles/**")
    page.wait_for_selector('#map[data-ready="1"]')
    expect(page.locator("#notice")).not_to_contain_text("mencoba lagi")
    watch.complaints[:] = [each for each in watch.complaints if "503" not in each]


def test_without_a_script_picture_legend_and_table_are_there(visit: Visit, site: Site) -> None:
    page = visit(PAGE, ready=False, java_script_enabled=False)

    known = regions(site.store, LAYER, "2024")
    expect(page.locator("#map > svg")).to_be_visible()
    assert page.locator("#map svg path[data-number]").count() >= len(known)
    assert page.locator("#legend [data-byte]").count() >= 3
    table = page.locator("#table").inner_text()
    for each in known:
        assert each.name in table
        assert each.figure is None or written(each.figure, "id") in table


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_fits_the_screen(visit: Visit, screen: dict, language: str) -> None:
    page = visit(f"{PAGE}?lang={language}", **screen)

    wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")

    assert wide[0] <= wide[1]
    assert page.locator("html").get_attribute("lang") == language
    frame = page.locator(".map-live").bounding_box()
    assert frame is not None
    assert frame["height"] > 200
    assert frame["width"] > 300


def test_the_standalone_file_opens_with_the_network_off(chromium: Browser, site: Site, tmp_path: Path) -> None:
    context = chromium.new_context()
    file = tmp_path / "map.html"
    file.write_bytes(context.request.get(f"{site.url}/downloads/{LAYER}.html").body())
    context.set_offline(True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    page.goto(file.as_uri())

    expect(page.locator("path.leaflet-interactive").first).to_be_visible()
    assert page.locator("path.leaflet-interactive").count() >= 10
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert errors == []
    assert "1337" not in page.locator("body").inner_text()
    context.close()
