"""People press anything in any order: after every walk the page says and shows what a fresh one says of its address."""

import random
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Site
from tests.browser.test_page_state import DESKTOP, PHONE
from tests.world import LAYER

Visit = Callable[..., Page]
STEPS = 12
PRESSED = {
    "period": "#periods a",
    "play": ".play",
    "level": "#levels a:not([hidden])",
    "ladder": ".ladder a",
    "close": ".reading-close",
    "compare": 'a[href="#compare"]',
    "class": "#legend button",
    "sort": "#figures .sort",
    "row": "#figures tbody th a",
    "reset": '#choices a[data-choice=""]',
    "zoom": ".map-in, .map-whole",
}
CHOSEN = {"area": ".area-choice", "partner": "#compare-region"}
OTHERS = ("back", "forward", "map", "keys", "look", "escape", "search")
SAID = """() => {
  const text = (selector) => document.querySelector(selector)?.textContent.replace(/\\s+/g, ' ').trim() ?? '';
  const all = (selector, told) => [...document.querySelectorAll(selector)].map(told);
  return {
    title: text('h1'), tab: document.title, reading: text('#reading'), standing: text('#standing'),
    legend: text('#legend'), coverage: text('.coverage'), caption: text('#figures caption'),
    fills: all('#legend .swatch rect', (each) => each.getAttribute('fill')),
    rows: all('#figures tbody tr', (each) => each.dataset.code),
    period: all('#periods [aria-current]', (each) => each.dataset.period),
    areas: all('.area-choice', (each) => each.value),
    shown: document.querySelector('#map').dataset.shown, level: document.querySelector('#map').dataset.level,
    address: document.querySelector('#code-address').value,
  };
}"""
PRESS = """([selector, dice]) => {
  const seen = [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility());
  seen[Math.floor(dice * seen.length)]?.click();
}"""
"""Found and pressed at one moment: words that come may take an element away from under a slower hand."""
CHOOSE = """([selector, dice, die]) => {
  const seen = [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility());
  const one = seen[Math.floor(dice * seen.length)];
  if (!one) return;
  one.selectedIndex = Math.floor(die * one.options.length);
  one.dispatchEvent(new Event('change', { bubbles: true }));
}"""
BUSY = "document.querySelector('.map-loading, .play.playing') !== null"


PATIENCE = 10
"""Looks at a page until it must say what its address says."""


class Wanderer:
    """Somebody who presses what is there, the same in every run of a seed."""

    def __init__(self, page: Page, seed: int, fingers: bool) -> None:
        self.page, self.dice, self.fingers = page, random.Random(seed), fingers
        self.views = 0

    def step(self) -> str:
        """Do something that can be done here, and say what."""
        name = self.dice.choice([*PRESSED, *CHOSEN, *OTHERS, "back", "map"])
        if name in PRESSED:
            self._press(PRESSED[name])
        elif name in CHOSEN:
            self._choose(CHOSEN[name])
        else:
            getattr(self, f"_{name}")()
        self.page.wait_for_timeout(self.dice.choice((0, 60, 300, 800)))
        return name

    def _press(self, selector: str) -> None:
        self.page.evaluate(PRESS, [selector, self.dice.random()])

    def _choose(self, selector: str) -> None:
        self.page.evaluate(CHOOSE, [selector, self.dice.random(), self.dice.random()])

    def _back(self) -> None:
        if self.page.evaluate("history.length") > self.views + 2:
            self.views += 1
            self.page.evaluate("history.back()")

    def _forward(self) -> None:
        self.page.evaluate("history.forward()")

    def _map(self) -> None:
        self.page.evaluate("scrollTo(0, 0)")
        box = self.page.locator(".map-live").bounding_box()
        assert box
        x = box["x"] + box["width"] * self.dice.uniform(0.25, 0.7)
        y = box["y"] + box["height"] * self.dice.uniform(0.25, 0.45)
        (self.page.touchscreen.tap if self.fingers else self.page.mouse.click)(x, y)

    def _keys(self) -> None:
        self.page.locator(".map-live").focus()
        for key in self.dice.choices(["ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown", "End", "Enter"], k=4):
            self.page.keyboard.press(key)

    def _look(self) -> None:
        self.page.evaluate("document.querySelector('#choices-look')?.setAttribute('open', '')")
        self._press("#choices-look input[type=radio]")

    def _escape(self) -> None:
        self.page.keyboard.press("Escape")

    def _search(self) -> None:
        box = self.page.locator(".top .search-input")
        if not box.is_visible():
            self._press("#find summary")
        box.fill(self.dice.choice(["Cemp", "Angs", "Lont"]))
        self.page.wait_for_selector(".top .suggestion")
        self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")


def settled(page: Page) -> dict[str, object]:
    """What the page says and shows once nothing is on its way any more."""
    if page.locator(".play.playing").count():
        page.locator(".play").evaluate("each => each.click()")
    page.wait_for_load_state("networkidle")
    page.wait_for_function(f"() => !({BUSY})")
    for part in ("#table", "#more"):
        page.evaluate("part => document.querySelector(part).scrollIntoView()", part)
        page.wait_for_timeout(400)
        page.wait_for_function("part => !document.querySelector(part).classList.contains('stale')", arg=part)
    said: dict[str, object] = page.evaluate(SAID)
    return said


@pytest.mark.parametrize("seed", [4, *(pytest.param(n, marks=pytest.mark.proof) for n in range(5, 15))])
@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_after_any_walk_the_page_is_that_of_its_address(visit: Visit, site: Site, screen: dict, seed: int) -> None:
    page = visit(f"/maps/{LAYER}", **screen)
    somebody = Wanderer(page, seed, fingers=screen is PHONE)

    walk = [somebody.step() for _ in range(STEPS)]

    settled(page)  # going back and playing go on after the last step; until they end the address is on its way
    fresh = settled(visit(page.evaluate("location.href").removeprefix(site.url), **screen))
    for _ in range(PATIENCE):  # words of the last step may be on their way; what stays wrong is a fault
        if (mine := settled(page)) == fresh:
            break
    assert mine == fresh, (walk, page.url)
