"""WCAG 2.2 AA as far as a machine can tell: axe-core finds nothing on any page, in either theme."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from geoapp.domain.codes import CodeSystem
from geoapp.domain.findings import Finding, Understood, Weight
from geoapp.domain.levels import Level
from geoapp.downloads import join_page
from geoapp.downloads.join_report import Evidence
from geoapp.releases.report import Fate, JoinReport, RowFate, SeriesCount
from geoapp.settings import HOME
from tests.browser.conftest import Site
from tests.world import EDITION, LAYER, regions

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

    assert violations(page) == []


def violations(page: Page) -> list[str]:
    """What axe finds wrong on an open page, of more than a few rules."""
    page.add_script_tag(path=AXE)
    found = page.evaluate(
        "(standards) => axe.run(document, {runOnly: standards, resultTypes: ['violations']})", STANDARDS
    )

    wrong = [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]
    assert len(found["passes"]) > 10
    return wrong


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_wrong_in_a_join_report(
    chromium: Browser, site: Site, tmp_path: Path, theme: Literal["light", "dark"], width: int
) -> None:
    out = tmp_path / "laporan.html"
    with site.store.begin() as connection:
        out.write_bytes(join_page.page(join_report(), Evidence((), ()), connection, "id"))
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=theme, offline=True)
    page = context.new_page()
    page.goto(out.as_uri())

    assert page.locator("path.leaflet-interactive").count() == len(regions())
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def join_report() -> dict[str, object]:
    """A report with a row of every fate, two series, a note, a question and regions that no row joined."""
    codes = [region.code for region in regions()]
    guess = {"name": "Desa A", "code": codes[0], "official": "Desa Aa", "parent": "Kec. B", "score": 92.0, "why": ""}
    rows = (
        RowFate(2, Fate.JOINED),
        RowFate(3, Fate.MERGED, "row.repeats", {"first": 2}),
        RowFate(4, Fate.SUGGESTED, "row.suggested", guess),
        *(RowFate(line, Fate.REFUSED, "row.unknown_code", {"code": f"9.{line}"}) for line in (5, 6, 8)),
        RowFate(9, Fate.SET_ASIDE, "row.total"),
    )
    series = tuple(SeriesCount("idm", year, len(codes), 0, 0, len(codes)) for year in ("2023", "2024"))
    absent = ((("idm 2023", "idm 2024"), tuple(codes)),)
    return JoinReport(
        "laporan_desa.xlsx", "Lembar 1", EDITION, "Kota", CodeSystem.KEMENDAGRI, "kode", Level.VILLAGE, rows, series,
        absent, (Finding(Weight.WARN, "check.outside", {"n": 2, "edition": EDITION, "places": "x"}),),
        (Understood("understood.indicator", {"indicator": "idm", "columns": "IDM"}, "--indicator"),),
    ).as_dict()  # fmt: skip


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
