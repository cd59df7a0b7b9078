"""Walks through a map page as people make them: by keys alone, by a name typed wrongly, five steps on and back."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.test_page_state import said, seen
from tests.browser.truth import regions, written
from tests.world import LAYER, PERIODS
from tests.world import regions as villages

Visit = Callable[..., Page]
PAGE = f"/maps/{LAYER}"
FIRST = PERIODS[0].text


def walk_to(page: Page, selector: str) -> None:
    """Press Tab until what is meant has the focus."""
    for _ in range(90):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} is not reached by Tab")


def shows(page: Page, view: dict[str, object]) -> None:
    """Wait until a view is whole again: the words of a switch come a moment after its title."""
    for _ in range(40):
        if seen(page) == view:
            return
        page.wait_for_timeout(50)
    assert seen(page) == view


def test_one_walk_by_keys_alone_ends_with_the_code_in_hand(visit: Visit, site: Site) -> None:
    page = visit(PAGE, permissions=["clipboard-read", "clipboard-write"])

    walk_to(page, f'#periods a[data-period="{FIRST}"]')
    page.keyboard.press("Enter")
    page.wait_for_selector(f'#map[data-shown="{FIRST}"]')
    page.locator("body").evaluate("each => each.ownerDocument.activeElement.blur()")
    walk_to(page, "#choices-look summary")
    page.keyboard.press("Enter")
    expect(page.locator("#choices-look")).to_have_attribute("open", "")
    page.locator(".map-live").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"region="))
    code = re.search(r"region=([\d.]+)", page.url)
    assert code
    known = next(each for each in regions(site.store, LAYER, FIRST) if each.code == code[1])
    if known.figure is not None:
        expect(page.locator("#reading")).to_contain_text(written(known.figure, "id"))
    walk_to(page, "#share .share-copy")
    page.keyboard.press("Enter")
    page.wait_for_selector('.share-live:has-text("Tersalin")', state="attached")

    copied = page.evaluate("navigator.clipboard.readText()")
    assert f"period={FIRST}" in copied and known.code in copied


def test_a_name_typed_wrongly_is_chosen_in_place(visit: Visit, site: Site) -> None:
    page = visit(PAGE)
    page.evaluate("window.stayed = true")
    wanted = regions(site.store, LAYER, PERIODS[1].text)[0]

    page.locator("#search-top").press_sequentially("angsuka", delay=15)
    expect(page.get_by_role("option").first).to_contain_text(wanted.name)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(f"region={re.escape(wanted.code)}"))
    expect(page.locator("#reading")).to_contain_text(written(wanted.figure or 0, "id"))
    assert page.evaluate("window.stayed"), "the page was left"


def test_after_five_changes_every_view_is_returned_to(visit: Visit) -> None:
    page = visit(PAGE)
    changes: list[tuple[str, Callable[[], object]]] = [
        (FIRST, lambda: page.locator(f'#periods a[data-period="{FIRST}"]').click()),
        ("area=", lambda: page.locator("select[name=area]").select_option(villages()[4].parent)),
        ("region=", lambda: page.locator("select[name=region]").select_option(villages()[5].code)),
        ("palette=", lambda: page.locator('#choices-look input[value="bara"]').check(force=True)),
        ("-3", lambda: page.locator('#choices-look input[name=count][value="3"]').check(force=True)),
    ]
    page.locator("#choices-look summary").click()
    views = [(page.url, seen(page))]
    for part, change in changes:
        change()
        said(page, part)
        views.append((page.url, seen(page)))
    assert len({url for url, _ in views}) == 6

    for url, view in reversed(views[:-1]):
        page.go_back()
        expect(page).to_have_url(url)
        shows(page, view)
    for url, view in views[1:]:
        page.go_forward()
        expect(page).to_have_url(url)
        shows(page, view)
