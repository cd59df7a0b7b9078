"""WCAG 2.2 AA as far as a machine can tell: axe-core finds nothing on any kind of page, in either theme."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from geoapp.domain.codes import CodeSystem
from geoapp.domain.findings import Finding, Understood, Weight
from geoapp.domain.levels import Level
from geoapp.downloads import join_page
from geoapp.downloads.join_report import Evidence
from geoapp.releases.report import Fate, JoinReport, RowFate, SeriesCount
from geoapp.settings import HOME
from tests.browser.conftest import Site
from tests.world import EDITION, HOSTILE, LAYER, WITHDRAWN, regions

AXE = HOME / "geoapp/web/viewer/node_modules/axe-core/axe.min.js"
REGION = regions()[4].code
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OTHER = regions()[7].code
PAGES = {
    "catalogue": "/",
    "map": f"/maps/{LAYER}?region={REGION}",
    "English map with a notice": f"/maps/{LAYER}?lang=en&period=1999",
    "map of an area": f"/maps/{LAYER}?area=35.99.02",
    "map of districts": f"/maps/{LAYER}?level=district",
    "two regions": f"/maps/{LAYER}?region={REGION}&compare={OTHER}",
    "change": f"/maps/{LAYER}?since=2023&region={REGION}",
    "side by side": f"/maps/{LAYER}/beside?second=2023&region={REGION}",
    "years": f"/maps/{LAYER}/years",
    "embed": f"/embed/{LAYER}?region={REGION}",
    "areas": "/regions",
    "region": f"/regions/{REGION}",
    "city": "/regions/35.99",
    "search": "/search?q=angsoke",
    "about": "/about",
    "files": "/downloads",
    "history": "/releases",
    "search that finds nothing": "/search?q=zzzz",
    "no such map": "/maps/none",
    "no such embed": "/embed/none",
    "no such region": "/regions/35.99.09.1009",
    "withdrawn": f"/maps/{WITHDRAWN}",
    "withdrawn embed": f"/embed/{WITHDRAWN}",
}
"""Everything that folds on these pages is looked at folded and open."""
WIDE = ("map", "two regions", "region")
"""What stands otherwise on a desktop; the other pages are looked at there when there is time."""
REFUSED = ("no such", "withdrawn")
"""Beginnings of the names of pages whose answer is an error, which the browser reports."""
SMALL = "[...document.querySelectorAll('a, button, input, textarea, select, summary')]"
CROWDED = f"""(least) => {SMALL}
  .filter((each) => each.checkVisibility() && !each.closest('p, th, td, dd, .skip, .unseen'))
  .map((each) => [(each.closest('label') || each).getBoundingClientRect(), each])
  .filter(([box]) => box.width > 2 && (box.height < least || box.width < 24))
  .map(([box, each]) => `${{each.textContent.trim() || each.id}} ${{box.width}} x ${{box.height}}`)"""
TOO_WIDE = """(width) => document.documentElement.scrollWidth <= width ? [] : [...document.querySelectorAll('body *')]
  .filter((each) => each.checkVisibility() && !each.closest('.table-scroll, #map'))
  .filter((each) => each.getBoundingClientRect().right > width)
  .map((each) => `${each.tagName} ${each.getAttribute('class')} ${each.getBoundingClientRect().right}`)
  .concat(`the page is ${document.documentElement.scrollWidth} px wide`)"""
OPEN = """() => [...document.querySelectorAll('details:not([open])')].map((each) => (each.open = true)).length"""
"""Gives how many were folded."""
PHONE = {"viewport": {"width": 360, "height": 720}, "device_scale_factor": 2, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
DEVICES = {"phone": PHONE, "desktop": DESKTOP}
Visit = Callable[..., Page]


def opened(visit: Visit, name: str, **options: object) -> Page:
    """One of PAGES, with its map painted where it has a live one."""
    path = PAGES[name]
    alive = path.startswith(f"/maps/{LAYER}?") or path == f"/maps/{LAYER}"
    return visit(path, ready=alive, quiet=name.startswith(REFUSED), **options)


LOOKED_AT = [
    pytest.param(name, device, marks=[] if device == "phone" or name in WIDE else pytest.mark.proof)
    for name in PAGES
    for device in DEVICES
]


@pytest.mark.parametrize(("name", "device"), LOOKED_AT)
def test_axe_finds_nothing_wrong(visit: Visit, name: str, device: str) -> None:
    page = opened(visit, name, bypass_csp=True, **DEVICES[device])

    for unfold in ("() => 1", OPEN):
        if not page.evaluate(unfold):
            continue  # nothing folds on this page
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            assert violations(page) == [], (theme, unfold)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_wrong_with_the_whole_sheet_open(visit: Visit, theme: str) -> None:
    page = visit(f"/maps/{LAYER}?region={REGION}", color_scheme=theme, bypass_csp=True, **PHONE)
    opener = page.get_by_role("button", name="Buka panel")
    opener.click()
    page.wait_for_timeout(400)

    assert violations(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_forced_colours_leave_everything_to_be_seen(visit: Visit, name: str) -> None:
    page = opened(visit, name, forced_colors="active", color_scheme="dark")

    lost = page.evaluate(
        """() => [...document.querySelectorAll('button, .button, input, select, textarea')]
          .filter((each) => each.checkVisibility() && !each.closest('.unseen'))
          .filter((each) => getComputedStyle(each).color === getComputedStyle(document.body).backgroundColor)
          .map((each) => each.outerHTML.slice(0, 80))"""
    )
    swatches = page.evaluate(
        """() => [...document.querySelectorAll('.legend .swatch rect, .figures .swatch rect')]
          .filter((each) => each.checkVisibility())
          .map((each) => getComputedStyle(each).forcedColorAdjust)"""
    )

    assert lost == []
    assert set(swatches) <= {"none", "preserve-parent-color"}
    if name == "map":
        assert swatches


def violations(page: Page) -> list[str]:
    """What axe finds wrong on an open page, of more than a few rules."""
    if not page.evaluate("'axe' in window"):
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


@pytest.mark.parametrize(
    ("name", "least"),
    [("catalogue", 44), ("map", 44), ("two regions", 44), ("embed", 44), ("region", 24), ("search", 44)],
)
def test_what_a_finger_presses_is_large_enough(visit: Visit, name: str, least: int) -> None:
    """44 px; 24 px, as WCAG 2.5.8 has it, where a page lists neighbours and maps in lines of text."""
    page = opened(visit, name, **PHONE)

    assert page.evaluate(CROWDED, least) == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_a_narrow_screen(visit: Visit, name: str) -> None:
    """320 px are a window of 1280 px at 400 %."""
    page = opened(visit, name, viewport={"width": 360, "height": 640})

    for width in (360, 320, 280):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate(TOO_WIDE, width) == []
    page.evaluate(OPEN)
    for width in (280, 320, 360):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate(TOO_WIDE, width) == []


MOVING = """() => [...document.querySelectorAll('*')].filter((each) => {
  const { transitionDuration, animationName, animationDuration } = getComputedStyle(each);
  const lasts = (said) => said.split(', ').some((one) => parseFloat(one) > 0.01);
  return lasts(transitionDuration) || (animationName !== 'none' && lasts(animationDuration));
}).length"""


def test_who_wants_no_motion_gets_none(visit: Visit) -> None:
    page = opened(visit, "map", reduced_motion="reduce", **PHONE)
    assert page.evaluate(MOVING) == 0

    before, after = page.evaluate(
        """() => {
          const { dataset } = document.querySelector('#map');
          const before = dataset.zoom;
          document.querySelector('.map-buttons button').click();
          return [before, dataset.zoom].map(Number);
        }"""
    )
    assert after == before + 1, "the map was still on its way"
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(MOVING) > 0


def test_the_focus_walks_through_the_page_in_the_order_of_what_is_seen(visit: Visit) -> None:
    page = visit(f"/maps/{LAYER}")
    order = []
    for _ in range(24):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "() => [document.activeElement.className || document.activeElement.closest('[class]').className,"
            " getComputedStyle(document.activeElement).outlineStyle]"
        )
        order.append(seen[0])
        assert seen[1] == "solid", f"nothing shows that {seen[0]} has the focus"

    assert order[0] == "skip"
    assert order.index("brand") < order.index("languages") < order.index("periods")
    assert order.index("periods") < order.index("legend-line legend-button")


def test_every_region_is_reached_by_list_and_by_name(visit: Visit) -> None:
    page = visit(f"/maps/{LAYER}")
    page.locator(".map-live").focus()
    spoken = page.locator(".map-spoken")

    page.keyboard.press("Home")
    expect(spoken).to_contain_text("Angsoka")
    page.keyboard.press("End")
    expect(spoken).to_contain_text("Lontar")
    page.keyboard.type("dah")
    expect(spoken).to_contain_text("Dahlia")
    expect(spoken).to_contain_text("800")
    page.keyboard.press("Enter")
    page.wait_for_url("**region=35.99.01.1004*")


def test_the_map_is_moved_without_dragging(visit: Visit) -> None:
    page = visit(f"/maps/{LAYER}")
    pan = page.get_by_role("button", name="Geser peta", exact=True)
    assert not pan.is_visible()

    for _ in range(2):
        zoom = page.locator("#map").get_attribute("data-zoom") or ""
        page.get_by_role("button", name="Perbesar").click()
        expect(page.locator("#map")).not_to_have_attribute("data-zoom", zoom)
    pan.click()
    before = page.locator("#map").get_attribute("data-center") or ""
    page.get_by_role("button", name="Geser ke kanan").click()
    expect(page.locator("#map")).not_to_have_attribute("data-center", before)
    moved = page.locator("#map").get_attribute("data-center")
    page.keyboard.press("Escape")

    assert before and moved and float(moved.split(",")[0]) > float(before.split(",")[0])
    assert not page.get_by_role("button", name="Geser ke kanan").is_visible()
    assert pan.evaluate("(each) => each === document.activeElement")


def test_the_table_is_sorted_and_filtered_by_keyboard_and_tied_to_the_map(visit: Visit) -> None:
    page = visit(f"/maps/{LAYER}")
    rows = page.locator("#figures tbody tr:visible")
    heading = page.locator("#figures th[data-sort=name] a")

    heading.focus()
    page.keyboard.press("Enter")
    assert rows.first.locator("th a").inner_text() == HOSTILE
    assert rows.nth(1).locator("th a").inner_text() == "Angsoka"
    assert page.locator("#figures th[data-sort=name]").get_attribute("aria-sort") == "ascending"
    assert page.url.endswith("?sort=name") and heading.evaluate("each => each === document.activeElement")
    assert page.locator(".table-order").inner_text() == "Diurutkan menurut nama."
    page.get_by_label("Cari kelurahan di tabel").fill("lontar")
    assert rows.count() == 1
    assert page.locator("#table [role=status]").inner_text() == "1 dari 12 kelurahan tampil."
    page.get_by_label("Cari kelurahan di tabel").fill("tak ada")
    assert "Tidak ada kelurahan" in page.locator("#table [role=status]").inner_text()
    page.get_by_label("Cari kelurahan di tabel").fill("")
    page.get_by_label("Kecamatan").last.select_option("Utara")
    assert rows.count() == 4

    rows.first.locator("a").focus()
    assert "held" in (rows.first.get_attribute("class") or "")
