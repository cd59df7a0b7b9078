"""The search box as people use it: by keys, by pointer, on a phone, on a map, and without a script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import world

Visit = Callable[..., Page]
REGION = "/regions/35.99.01.1002"
PHONE = {"viewport": {"width": 360, "height": 720}, "has_touch": True, "is_mobile": True}


def typed(page: Page, text: str, box: str = "#search-top") -> None:
    """Type into a box and wait for what it proposes."""
    page.locator(box).press_sequentially(text, delay=15)
    expect(page.get_by_role("option").first).to_be_visible()


def test_the_arrows_and_enter_choose_a_suggestion(visit: Visit) -> None:
    page = visit(REGION, ready=False)
    box = page.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")

    typed(page, "angs")

    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box).not_to_have_attribute("aria-activedescendant", "search-top-list-0")
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "search-top-list-0")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Angsoka")
    box.press("Enter")
    page.wait_for_url("**/regions/35.99.01.1001")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kelurahan Angsoka dalam angka")


def test_escape_closes_the_list_and_keeps_what_was_typed(visit: Visit) -> None:
    page = visit(REGION, ready=False)
    typed(page, "angs")

    page.keyboard.press("Escape")

    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("combobox")).to_have_value("angs")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()


def test_a_mistake_is_answered_with_what_may_be_meant_and_announced(visit: Visit) -> None:
    page = visit(REGION, ready=False)

    typed(page, "angsuka")

    expect(page.get_by_role("listbox")).to_contain_text("Mungkin maksud Anda:")
    expect(page.get_by_role("option")).to_have_count(1)
    expect(page.locator(".search [role=status]")).to_contain_text("Tidak ada wilayah atau peta bernama “angsuka”.")
    page.get_by_role("option").click()
    page.wait_for_url("**/regions/35.99.01.1001")


def test_enter_without_a_choice_leads_to_the_page_of_results(visit: Visit) -> None:
    page = visit(REGION, ready=False)
    typed(page, "angs")

    page.keyboard.press("Enter")

    page.wait_for_url("**/search?q=angs")
    expect(page.get_by_role("link", name="Angsoka")).to_be_visible()


def test_a_region_of_the_map_is_chosen_on_the_map(visit: Visit) -> None:
    page = visit(f"/maps/{world.LAYER}")
    typed(page, "angs")

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url("**region=35.99.01.1001**")
    assert f"/maps/{world.LAYER}" in page.url
    expect(page.get_by_text("Kelurahan Angsoka").first).to_be_visible()


def test_on_a_phone_the_box_unfolds_with_letters_that_do_not_zoom(visit: Visit) -> None:
    page = visit(REGION, ready=False, **PHONE)
    box = page.locator("#search-top")
    expect(box).to_be_hidden()

    page.locator("#find summary").tap()

    expect(box).to_be_focused()
    assert float(box.evaluate("each => parseFloat(getComputedStyle(each).fontSize)")) >= 16
    typed(page, "angs")
    option = page.get_by_role("option").first.bounding_box()
    assert option and option["height"] >= 44 and option["x"] >= 0 and option["x"] + option["width"] <= 360
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()


def test_without_a_script_the_box_is_a_form(visit: Visit) -> None:
    page = visit("/", ready=False, java_script_enabled=False)

    page.locator("#search-page").fill("angsuka")
    page.locator("#search-page").press("Enter")

    page.wait_for_url("**/search?q=angsuka")
    page.get_by_role("link", name="Angsoka").click()
    page.wait_for_url("**/regions/35.99.01.1001")
    expect(page.get_by_role("row", name="Kepadatan penduduk")).to_contain_text("1.200")


@pytest.mark.parametrize("path", [REGION, "/regions/35.99", "/regions", "/search?q=angsuka", "/"])
@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1440])
def test_no_page_is_wider_than_its_window(visit: Visit, path: str, width: int) -> None:
    page = visit(path, ready=False, viewport={"width": width, "height": 720})

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_slow_answer_does_not_replace_a_newer_one(visit: Visit) -> None:
    def slow(page: Page) -> None:
        page.route("**/search.json?q=an", lambda route: page.wait_for_timeout(800) or route.continue_())

    page = visit(REGION, ready=False, before=slow)
    page.locator("#search-top").press_sequentially("an", delay=10)
    page.wait_for_timeout(200)
    page.locator("#search-top").press_sequentially("gsoka", delay=10)

    expect(page.get_by_role("option")).to_have_count(1)
    page.wait_for_timeout(1000)
    expect(page.get_by_role("option")).to_have_text(["Angsoka Kelurahan, Kec. Selatan, Kota Contoh, Provinsi Contoh"])


def test_a_quick_enter_never_chooses_what_answered_other_letters(visit: Visit) -> None:
    page = visit(REGION, ready=False)
    typed(page, "angs")
    box = page.locator("#search-top")

    box.fill("cemp")

    # at once, before the new answer: the old one is gone
    assert page.get_by_role("option").filter(has_text="Angsoka").count() == 0
    expect(page.get_by_role("option").first).to_contain_text("Cempaka")


def test_a_choice_by_keys_stays_when_more_letters_shorten_the_list(visit: Visit) -> None:
    page = visit(REGION, ready=False)
    typed(page, "an")
    box = page.locator("#search-top")
    names = page.get_by_role("option").all_inner_texts()
    for _ in range(1 + next(n for n, name in enumerate(names) if "Angsoka" in name)):
        box.press("ArrowDown")

    box.press_sequentially("gs", delay=10)

    expect(page.get_by_role("option")).to_have_count(1)
    expect(page.get_by_role("option", selected=True)).to_contain_text("Angsoka")
    box.press("Enter")
    page.wait_for_url("**/regions/35.99.01.1001")
