"""WCAG 2.2 AA as far as a machine can tell: axe-core finds nothing on any page, in either theme."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from geoapp.settings import HOME
from tests.world import LAYER, regions

AXE = HOME / "geoapp/web/viewer/node_modules/axe-core/axe.min.js"
REGION = regions()[4].code
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = {
    "catalogue": "/",
    "map": f"/maps/{LAYER}?region={REGION}",
    "English map with a notice": f"/maps/{LAYER}?lang=en&period=1999",
    "embed": f"/embed/{LAYER}?region={REGION}",
    "no such map": "/maps/none",
}
SMALL = "[...document.querySelectorAll('a, button, input, textarea, summary')]"
CROWDED = f"""() => {SMALL}
  .filter((each) => each.checkVisibility() && !each.closest('p, th, td, .skip'))
  .map((each) => [each.getBoundingClientRect(), each])
  .filter(([box]) => box.width && (box.height < 44 || box.width < 24))
  .map(([box, each]) => `${{each.textContent.trim() || each.id}} ${{box.width}} x ${{box.height}}`)"""
PHONE = {"viewport": {"width": 360, "height": 720}, "device_scale_factor": 2, "has_touch": True, "is_mobile": True}
Visit = Callable[..., Page]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_wrong(visit: Visit, name: str, theme: str) -> None:
    path = PAGES[name]
    broken = "none" in path
    page = visit(path, ready="/maps/" in path and not broken, color_scheme=theme, bypass_csp=True, quiet=broken)
    page.add_script_tag(path=AXE)

    found = page.evaluate(
        "(standards) => axe.run(document, {runOnly: standards, resultTypes: ['violations']})", STANDARDS
    )

    wrong = [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]
    assert wrong == []
    assert len(found["passes"]) > 10


@pytest.mark.parametrize("path", ["/", f"/maps/{LAYER}?region={REGION}", f"/embed/{LAYER}"])
def test_what_a_finger_presses_is_large_enough(visit: Visit, path: str) -> None:
    page = visit(path, ready="/maps/" in path, **PHONE)

    assert page.evaluate(CROWDED) == []


@pytest.mark.parametrize("width", [280, 320, 360])
@pytest.mark.parametrize("path", ["/", f"/maps/{LAYER}?region={REGION}", f"/embed/{LAYER}"])
def test_nothing_is_wider_than_a_narrow_screen(visit: Visit, path: str, width: int) -> None:
    page = visit(path, ready="/maps/" in path, viewport={"width": width, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_focus_walks_through_the_page_in_the_order_of_what_is_seen(visit: Visit) -> None:
    page = visit(f"/maps/{LAYER}")
    order = []
    for _ in range(14):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "() => [document.activeElement.className || document.activeElement.closest('[class]').className,"
            " getComputedStyle(document.activeElement).outlineStyle]"
        )
        order.append(seen[0])
        assert seen[1] == "solid", f"nothing shows that {seen[0]} has the focus"

    assert order[0] == "skip"
    assert order.index("brand") < order.index("languages") < order.index("periods")
    assert order.index("periods") < order.index("legend-button")
