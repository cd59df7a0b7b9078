"""The instruments of a map page: periods that play, a legend that follows the pointer, my location, what goes wrong."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Watch
from tests.browser.test_page_state import said
from tests.browser.truth import becomes, leaves, pixel, regions, written
from tests.world import LAYER, PERIODS
from tests.world import regions as villages

Visit = Callable[..., Page]
PAGE = f"/maps/{LAYER}"
FIRST, SECOND = (each.text for each in PERIODS)


def test_the_periods_play_from_the_first_to_the_newest_and_stop(visit: Visit, site: Site) -> None:
    page = visit(f"{PAGE}?period={FIRST}")
    play = page.locator(".play")
    expect(play).to_have_attribute("aria-label", "Putar dari tahun ke tahun")

    play.click()

    page.wait_for_selector(f'#map[data-shown="{SECOND}"]')
    expect(play).to_have_attribute("aria-label", "Putar dari tahun ke tahun")
    expect(page).not_to_have_url(re.compile("period="))
    known = regions(site.store, LAYER, SECOND)[0]
    assert becomes(page, known, known.colour)
    expect(page.locator("h1")).to_contain_text(SECOND)


def test_playing_can_be_paused_and_begins_anew_from_the_newest(visit: Visit) -> None:
    page = visit(PAGE)

    page.locator(".play").click()
    page.wait_for_selector(f'#map[data-shown="{FIRST}"]')
    expect(page.locator(".play")).to_have_attribute("aria-label", "Jeda")
    page.locator(".play").click()
    page.wait_for_timeout(2000)

    assert page.locator("#map").get_attribute("data-shown") == FIRST
    expect(page.locator(".play")).to_have_attribute("aria-label", "Putar dari tahun ke tahun")


def test_the_words_of_a_switch_leave_out_the_table_until_it_is_in_sight(visit: Visit, watch: Watch) -> None:
    page = visit(PAGE)

    with page.expect_response("**/words?*"):
        page.locator(f'#periods a[data-period="{FIRST}"]').click()
    said(page, FIRST)
    page.evaluate("new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))")
    assert [url.rpartition("/")[2] for url in watch.asked("/words")] == [f"words?period={FIRST}"]

    page.locator("#table").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#table').scrollIntoView()")
    expect(page.locator("#figures caption, .figures caption").first).to_contain_text(FIRST)


def test_the_markers_follow_the_region_under_the_pointer(visit: Visit, site: Site) -> None:
    chosen = villages()[4]
    page = visit(f"{PAGE}?region={chosen.code}")
    known = regions(site.store, LAYER, SECOND)
    own = page.locator(".marker.chosen .marker-label")
    expect(own).to_have_text(re.compile(f"^{re.escape(known[4].name)} "))
    at = page.locator(".marker.chosen .marker-head").get_attribute("d")

    page.mouse.move(*pixel(page, known[0]))
    expect(own).to_have_text(f"{known[0].name} {written(known[0].figure or 0, 'id')}")
    assert page.locator(".marker.chosen .marker-head").get_attribute("d") != at
    page.mouse.move(5, 5)

    expect(own).to_have_text(re.compile(f"^{re.escape(known[4].name)} "))
    assert page.locator(".marker.chosen .marker-head").get_attribute("d") == at


def test_the_tip_goes_on_escape_and_comes_back_with_another_region(visit: Visit, site: Site) -> None:
    page = visit(PAGE)
    known = regions(site.store, LAYER, SECOND)
    tip = page.locator(".map-tip")
    page.mouse.move(*pixel(page, known[0]))
    expect(tip.locator(".reading-figure")).to_have_text(written(known[0].figure or 0, "id"))

    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.mouse.move(*(each + 1 for each in pixel(page, known[0])))
    expect(tip).to_be_hidden()
    page.mouse.move(*pixel(page, known[1]))

    expect(tip.locator(".reading-name")).to_contain_text(known[1].name)


def test_the_tip_of_a_pointer_at_rest_can_be_reached_and_stays_while_it_is_read(visit: Visit, site: Site) -> None:
    page = visit(PAGE)
    known = regions(site.store, LAYER, SECOND)[0]
    tip = page.locator(".map-tip")
    page.mouse.move(*pixel(page, known))
    expect(tip.locator(".reading-figure")).to_have_text(written(known.figure or 0, "id"))
    page.wait_for_timeout(600)

    box = tip.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=30)
    page.wait_for_timeout(1200)

    assert tip.locator(".reading-name").inner_text().endswith(known.name)
    assert tip.evaluate("each => each.matches(':hover')")
    page.mouse.move(box["x"] + box["width"] + 60, box["y"] + box["height"] + 60, steps=10)
    expect(tip.get_by_text(known.name)).to_have_count(0)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_region_taken_by_key_is_read_out_with_figure_class_and_rank(visit: Visit, site: Site, language: str) -> None:
    known = [each for each in regions(site.store, LAYER, SECOND) if each.figure is not None]
    page = visit(f"{PAGE}?lang={language}")
    spoken = page.locator(".map-spoken")

    page.locator(".map-live").focus()
    page.keyboard.press("Home")
    figure = known[0].figure or 0
    rank = 1 + sum((each.figure or 0) > figure for each in known)
    told = {"id": f"ke-{rank} tertinggi dari {len(known)}", "en": f"rank {rank} of {len(known)}"}[language]
    expect(spoken).to_contain_text(told)
    expect(spoken).to_contain_text(f"{known[0].name}, {written(figure, language)} ")
    page.keyboard.press("Enter")

    expect(spoken).to_contain_text({"id": "Dipilih: ", "en": "Chosen: "}[language])
    expect(spoken).to_contain_text(told)


def test_several_classes_are_set_apart_and_let_go(visit: Visit, site: Site) -> None:
    page = visit(PAGE)
    coloured = {each.colour: each for each in regions(site.store, LAYER, SECOND) if each.colour and not each.estimated}
    rows = {
        row.locator(".swatch rect").get_attribute("fill"): row.locator("button")
        for row in page.locator("#legend [data-byte]").all()
    }
    first, second, third = list(coloured)[:3]

    rows[first].click()
    rows[second].click()
    assert page.locator('#legend [aria-pressed="true"]').count() == 2
    assert leaves(page, coloured[third], third)
    assert becomes(page, coloured[first], first)
    assert becomes(page, coloured[second], second)

    page.locator("#legend-all").click()
    assert becomes(page, coloured[third], third)
    expect(page.locator("#legend-all")).to_be_hidden()


@pytest.mark.parametrize("language", ["id", "en"])
def test_my_location_chooses_the_region_i_am_in(visit: Visit, site: Site, language: str) -> None:
    known = regions(site.store, LAYER, SECOND)[5]
    where = {"longitude": known.lon, "latitude": known.lat}
    page = visit(f"{PAGE}?lang={language}", geolocation=where, permissions=["geolocation"])

    page.locator(".map-place").click()

    expect(page).to_have_url(re.compile(f"region={re.escape(known.code)}"))
    expect(page.locator("#reading")).to_contain_text(known.name)


def test_a_location_elsewhere_or_refused_is_answered_in_words(visit: Visit, watch: Watch) -> None:
    away = visit(PAGE, geolocation={"longitude": 2.35, "latitude": 48.85}, permissions=["geolocation"])
    away.locator(".map-place").click()
    expect(away.locator("#notice")).to_have_text("Lokasi Anda di luar daerah peta ini.")

    refused = visit(PAGE)
    refused.locator(".map-place").click()
    expect(refused.locator("#notice")).to_contain_text("Izinkan di setelan peramban")
    assert watch.asked("lat") == []


def test_offline_the_map_keeps_what_it_shows_and_tries_again(visit: Visit, watch: Watch) -> None:
    page = visit(PAGE)
    page.route("**/values/**", lambda route: route.abort())

    page.locator(f'#periods a[data-period="{FIRST}"]').click()

    notice = page.locator("#notice")
    expect(notice).to_contain_text(f"Yang tampil angka {SECOND}", timeout=20_000)
    assert page.locator("#map").get_attribute("data-shown") == SECOND
    page.unroute("**/values/**")
    notice.get_by_role("button", name="Coba lagi sekarang").click()
    page.wait_for_selector(f'#map[data-shown="{FIRST}"]')
    expect(notice).to_be_empty()
    watch.complaints[:] = [each for each in watch.complaints if "ERR_FAILED" not in each]


def test_everything_is_reached_by_keyboard_alone(visit: Visit) -> None:
    page = visit(PAGE)

    page.locator(f'#periods a[data-period="{FIRST}"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(f'#map[data-shown="{FIRST}"]')
    said(page, FIRST)
    assert page.evaluate("document.activeElement.dataset.period") == FIRST

    page.locator("#legend button").first.focus()
    page.keyboard.press("Space")
    expect(page.locator("#legend button").first).to_have_attribute("aria-pressed", "true")
    page.locator(".play").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(f'#map[data-shown="{SECOND}"]')


def test_a_change_plays_only_through_periods_after_the_one_it_is_counted_from(visit: Visit) -> None:
    page = visit(f"{PAGE}?since={FIRST}")

    assert page.locator(f'#periods a[data-period="{FIRST}"]').get_attribute("href") == f"{PAGE}?period={FIRST}"
    assert not page.locator(".play").is_visible()
    assert page.locator("#map").get_attribute("data-shown") == SECOND
