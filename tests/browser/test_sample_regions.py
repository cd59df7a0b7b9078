"""The pointer and the finger on the sample's map: what is read at PostGIS' own points is the database's figure."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from tests.browser.conftest import Profiles, Site, Watch, visiting
from tests.browser.truth import Known, pixel, regions, written

LAYER = "kepadatan-nusa-purnama-sample-2024"
PAGE = f"/maps/{LAYER}"
PERIOD = "2024"
PERIODS = ["2020", "2021", "2022", "2023", "2024"]
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 3, "has_touch": True, "is_mobile": True}
DENSE = {"viewport": {"width": 1280, "height": 800}, "device_scale_factor": 3}
ISLET, SPLIT = 6, 29
"""Purnama Kota with an islet before its coast, and Pandan Sari, in two parts of nearly the same size."""
SMALLEST = 41
PARTS = text(
    """
    SELECT number, ST_X(point) AS lon, ST_Y(point) AS lat
    FROM geography.region r, ST_Dump(r.shape) part, ST_PointOnSurface(part.geom) point
    WHERE r.edition_id = 'nusa-purnama-sample-2024' AND r.level = 4 AND ST_NumGeometries(r.shape) > 1
    ORDER BY number, part.path
    """
)
Visit = Callable[..., Page]


@pytest.fixture
def visit_sample(profiles: Profiles, sample: Site, watch: Watch) -> Iterator[Visit]:
    """Opens an address of the sample's site."""
    with visiting(profiles, sample.url, watch) as opened:
        yield opened


@pytest.fixture(scope="module")
def known(sample: Site) -> list[Known]:
    """Every region of the sample."""
    found = regions(sample.store, LAYER, PERIOD)
    assert len(found) == 57
    return found


@pytest.fixture(scope="module")
def pieces(sample: Site, known: list[Known]) -> list[Known]:
    """The regions of several parts, once for each part, at a point of that part."""
    with sample.store.read() as connection:
        rows = connection.execute(PARTS).mappings().all()
    found = [replace(known[row["number"] - 1], lon=row["lon"], lat=row["lat"]) for row in rows]
    assert [each.number for each in found] == [ISLET, ISLET, SPLIT, SPLIT]
    return found


def reach(page: Page, known: Known) -> tuple[float, float] | None:
    """Where the point lies in the window; None when it is beside the map or under something else."""
    at = pixel(page, known)
    met = "at => Boolean(document.elementFromPoint(...at)?.closest('.map-live'))"
    return at if page.evaluate(met, list(at)) else None


def hover(page: Page, wanted: list[Known]) -> int:
    """Point at each region that can be pointed at, and read its name and figure; how many there were."""
    read = 0
    for each in wanted:
        at = reach(page, each)
        if at is None:
            continue
        page.mouse.move(*at)
        expect(page.locator(".map-tip .reading-name")).to_contain_text(each.name)
        expect(page.locator(".map-tip .reading-figure")).to_have_text(written(each.figure or 0, "id"))
        read += 1
    return read


def where(page: Page) -> str:
    """Centre and zoom of the map."""
    return str(page.evaluate("(({ center, zoom }) => `${center} ${zoom}`)(document.querySelector('#map').dataset)"))


def moved(page: Page, before: str) -> None:
    """Wait until the map has left where it was, and stands still."""
    for _ in range(100):
        page.wait_for_timeout(100)
        now = where(page)
        page.wait_for_timeout(200)
        if now != before and now == where(page):
            return
    raise AssertionError(f"the map is still at {before}")


@pytest.mark.parametrize("screen", [{}, DENSE], ids=["plain", "dense"])
def test_every_region_and_every_part_is_read_under_the_pointer(
    visit_sample: Visit, known: list[Known], pieces: list[Known], screen: dict
) -> None:
    page = visit_sample(PAGE, **screen)

    assert hover(page, known[::3] if screen else known) >= (18 if screen else 50)
    assert hover(page, pieces) == len(pieces)


@pytest.mark.parametrize("screen", [{}, DENSE], ids=["plain", "dense"])
def test_after_the_map_was_moved_and_zoomed_the_pointer_still_reads_what_is_there(
    visit_sample: Visit, known: list[Known], pieces: list[Known], screen: dict
) -> None:
    page = visit_sample(PAGE, **screen)
    first = where(page)

    page.mouse.move(*pixel(page, known[SMALLEST - 1]))
    page.mouse.wheel(0, -480)
    moved(page, first)
    city = [each for each in known if each.code.startswith("99.71")]
    assert hover(page, city[::2]) >= 5

    nearer = where(page)
    box = page.locator(".map-live").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 45, steps=6)
    page.mouse.up()
    moved(page, nearer)
    assert hover(page, city) >= 8


def test_the_years_are_played_in_order_and_each_reads_as_the_database_has_it(
    visit_sample: Visit, sample: Site, known: list[Known]
) -> None:
    page = visit_sample(PAGE)
    page.evaluate(
        """() => {
          window.played = [];
          new MutationObserver(() => window.played.push(document.querySelector("#map").dataset.shown))
            .observe(document.querySelector("#map"), { attributeFilter: ["data-shown"] });
        }"""
    )

    page.locator(".play").click()
    page.wait_for_function("(steps) => window.played.length >= steps", arg=len(PERIODS), timeout=40_000)
    expect(page.locator(".play")).to_have_attribute("aria-label", "Putar dari tahun ke tahun")
    assert page.evaluate("window.played") == PERIODS

    for period in PERIODS[:-1]:
        page.locator(f'#periods a[data-period="{period}"]').click()
        page.wait_for_selector(f'#map[data-shown="{period}"]')
        of_year = regions(sample.store, LAYER, period)
        assert hover(page, [each for each in of_year[::8] if each.figure is not None]) >= 4


def test_a_finger_reads_twenty_regions_on_a_phone(visit_sample: Visit, known: list[Known], pieces: list[Known]) -> None:
    page = visit_sample(PAGE, **PHONE)
    pressed = 0

    for each in [known[SMALLEST - 1], *pieces[::2], *pieces[1::2], *known[::3]]:  # pressed twice on end, one is let go
        at = reach(page, each)
        if at is None:
            continue
        page.wait_for_timeout(250)  # sooner, two taps are one double tap, which brings the map nearer
        page.touchscreen.tap(*at)
        expect(page.locator("#reading .reading-name")).to_contain_text(each.name)
        expect(page.locator("#reading .reading-figure").first).to_have_text(written(each.figure or 0, "id"))
        assert f"region={each.code}" in page.url
        pressed += 1

    assert pressed >= 20
