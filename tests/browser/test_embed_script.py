"""What a script adds: to the frame where it may run without an origin, and to the builder of the map's page."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Frame, Page, expect

from tests.browser import truth
from tests.browser.conftest import Site
from tests.browser.framed import (
    EARLIER,
    FRAME,
    INSIDE,
    NEWEST,
    PHONE,
    Host,
    corner,
    frame_of,
    painted,
    wrong_colours,
    wrong_ones,
)  # fmt: skip
from tests.world import LAYER, regions

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
    left, top = corner(frame)
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


def test_the_builder_pins_a_release_and_says_theme_and_parts_to_the_frame(
    visit: Callable[..., Page], site: Site
) -> None:
    page = visit(f"/maps/{LAYER}")
    share = page.locator("#share")
    code = {name: share.locator(f"#code-{name}") for name in ("address", "frame", "element", "image", "link")}
    release = share.get_by_label("Angka", exact=True).locator("option").nth(1).get_attribute("value")

    share.get_by_label("Angka", exact=True).select_option(index=1)
    expect(share.get_by_text("Angkanya tetap seperti terbitan ini.")).to_be_visible()
    assert all(f"release={release}" in each.input_value() for each in code.values())
    assert f"release={release}" in (share.locator(".qr").get_attribute("src") or "")
    share.get_by_label("Angka", exact=True).select_option(index=0)
    assert not any("release=" in each.input_value() for each in code.values())
    share.get_by_label("Tampilan").select_option("dark")
    share.get_by_label("Judul").uncheck()
    share.get_by_label("Tinggi (piksel)").fill("430")
    share.get_by_label("Tinggi (piksel)").blur()

    assert "theme=dark&amp;hide=title" in code["frame"].input_value() and 'height="430"' in code["frame"].input_value()
    assert '<peta-desa theme="dark" hide="title" height="430">' in code["element"].input_value()
    assert "theme" not in code["address"].input_value() + code["image"].input_value()
    share.locator(".share-preview").click()
    frame = frame_of(page, site)
    frame.wait_for_selector(".embed-map svg")
    assert frame.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 24, 29)"
    assert frame.locator("h1").bounding_box()["width"] <= 1  # type: ignore[index]
    assert frame.locator(".legend-row").count() > 1


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
