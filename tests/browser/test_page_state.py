"""The address is the state of a map page: Back returns to a view, and a shared link opens the very same one."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Watch
from tests.browser.truth import becomes, colours, leaves, pixel, regions, written
from tests.world import LAYER, PERIODS
from tests.world import regions as villages

Visit = Callable[..., Page]
PAGE = f"/maps/{LAYER}"
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 3, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
FIRST, SECOND = (each.text for each in PERIODS)
DISTRICT = villages()[4].parent or ""
VIEW = (
    f"?period={FIRST}&area={DISTRICT}&region={villages()[4].code}&compare={villages()[5].code}"
    "&classes=quantiles-4&palette=bara&lang=en"
)


def seen(page: Page) -> dict[str, object]:
    """What a person sees of a view: words, legend and the colours on the canvas."""
    return {
        "title": page.locator("h1").inner_text(),
        "reading": page.locator("#reading").inner_text(),
        "legend": page.locator("#legend").inner_text(),
        "coverage": page.locator(".coverage").inner_text(),
        "period": page.locator("#periods [aria-current]").get_attribute("data-period"),
        "swatches": page.locator("#legend .swatch rect").evaluate_all(
            "all => all.map(each => each.getAttribute('fill'))"
        ),
    }


def said(page: Page, part: str) -> None:
    """Wait until the words of the view are here whose query has this part."""
    page.wait_for_function("part => (document.querySelector('#map').dataset.said ?? '').includes(part)", arg=part)


def unsaid(page: Page, part: str) -> None:
    """Wait until the words of a view are here whose query lacks this part."""
    page.wait_for_function("part => !(document.querySelector('#map').dataset.said ?? part).includes(part)", arg=part)


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_shared_link_opens_the_very_same_view(visit: Visit, site: Site, screen: dict) -> None:
    page = visit(PAGE + VIEW, **screen)

    again = visit(page.url.removeprefix(site.url), **screen)

    assert seen(again) == seen(page)
    assert page.url == site.url + PAGE + VIEW
    chosen = regions(site.store, LAYER, FIRST)[4]
    assert chosen.name in page.locator("#reading").inner_text()
    assert written(chosen.figure or 0, "en") in page.locator("#reading").inner_text()
    assert colours(page, chosen, reach=3) == colours(again, chosen, reach=3)


def test_back_and_forward_walk_through_every_view(visit: Visit) -> None:
    page = visit(PAGE)
    before = seen(page)
    page.locator(f'#periods a[data-period="{FIRST}"]').click()
    said(page, FIRST)
    page.locator("select[name=area]").select_option(DISTRICT)
    said(page, "area=")
    after = seen(page)
    assert after != before

    page.go_back()
    unsaid(page, "area=")
    page.go_back()
    unsaid(page, FIRST)
    page.wait_for_selector(f'#map[data-shown="{SECOND}"]')
    assert seen(page) == before

    page.go_forward()
    page.go_forward()
    said(page, "area=")
    assert seen(page) == after
    page.wait_for_selector(f'#map[data-shown="{FIRST}"]')


def test_an_area_is_fitted_outlined_and_spoken_of(visit: Visit, site: Site) -> None:
    page = visit(PAGE)
    zoom = float(page.locator("#map").get_attribute("data-zoom") or 0)

    page.locator("select[name=area]").select_option(DISTRICT)
    expect(page.locator(".coverage")).to_contain_text("4 dari 4")
    page.wait_for_function("(before) => Number(document.querySelector('#map').dataset.zoom) > before", arg=zoom)

    known = regions(site.store, LAYER, SECOND)
    inside = next(
        each for each, region in zip(known, villages(), strict=True) if region.parent == DISTRICT and each.colour
    )
    outside = next(
        each for each, region in zip(known, villages(), strict=True) if region.parent != DISTRICT and each.colour
    )
    assert becomes(page, inside, inside.colour)
    assert leaves(page, outside, outside.colour)
    page.locator("select[name=region]").select_option(villages()[5].code)
    expect(page.locator("#reading")).to_contain_text(known[5].name)
    page.locator("select[name=area]").select_option("")
    expect(page).not_to_have_url(re.compile("area="))


def test_an_area_is_chosen_without_a_script_too(visit: Visit) -> None:
    page = visit(PAGE, ready=False, java_script_enabled=False)

    page.locator("select[name=area]").select_option(DISTRICT)
    page.locator(".area-step button").click()

    expect(page).to_have_url(re.compile(f"area={re.escape(DISTRICT)}"))
    expect(page.locator(".coverage")).to_contain_text("4 dari 4")


def test_two_regions_are_compared_by_pressing_the_second_on_the_map(visit: Visit, site: Site) -> None:
    page = visit(f"{PAGE}?region={villages()[4].code}")
    known = regions(site.store, LAYER, SECOND)

    page.locator('a[href="#compare"]').click()
    page.mouse.click(*pixel(page, known[5]))

    expect(page).to_have_url(re.compile(f"compare={re.escape(villages()[5].code)}"))
    figures = page.locator("#reading .beside-figure")
    expect(figures).to_have_text([written(known[4].figure or 0, "id"), written(known[5].figure or 0, "id")])
    difference = abs((known[5].figure or 0) - (known[4].figure or 0))
    expect(page.locator(".beside-sentence")).to_contain_text(written(difference, "id"))
    expect(page.locator("#standing polyline.trend-other")).to_be_visible()
    page.get_by_text("Selesai membandingkan").click()
    expect(page).not_to_have_url(re.compile("compare="))


def test_two_regions_are_compared_without_a_script_too(visit: Visit) -> None:
    page = visit(f"{PAGE}?region={villages()[4].code}", ready=False, java_script_enabled=False)

    page.locator('a[href="#compare"]').click()
    page.locator("#compare-region").select_option(villages()[5].code)
    page.locator("#compare button").click()

    expect(page.locator(".beside-figure")).to_have_count(2)


def test_a_palette_and_a_number_of_classes_repaint_without_a_shape(visit: Visit, site: Site, watch: Watch) -> None:
    page = visit(PAGE)
    tiles = len(watch.asked("/tiles/"))
    first = page.locator("#legend .swatch rect").first.get_attribute("fill")
    known = next(each for each in regions(site.store, LAYER, SECOND) if each.colour and not each.estimated)

    page.locator("#choices-look summary").click()
    page.locator('#choices-look input[name=palette][value="bara"]').check(force=True)
    said(page, "palette=bara")
    page.locator('#choices-look input[name=count][value="3"]').check(force=True)
    said(page, "-3")
    expect(page.locator("#legend .swatch rect").first).not_to_have_attribute("fill", first or "")

    fills = page.locator("#legend .swatch rect").evaluate_all("all => all.map(each => each.getAttribute('fill'))")
    assert becomes(page, known, fills)
    assert page.locator("#choices-look").get_attribute("open") is not None
    assert len(watch.asked("/tiles/")) == tiles
    page.locator('#choices a[data-choice=""]').first.click()
    unsaid(page, "palette=")
    assert becomes(page, known, known.colour)
