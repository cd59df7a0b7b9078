"""The pages of real places in a real browser: what a reader points at is what the database says."""

import math
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests.browser.conftest import build, served
from tests.browser.truth import Known, colours, pixel, regions, written
from tests.real.conftest import MALANG_BPS, SERANG, Run

IDM, POPULATION = f"idm-{SERANG}", f"penduduk-{MALANG_BPS}"
CIRCLE, LAND, OPACITY = (0x37, 0x68, 0x9F), (0xF2, 0xF0, 0xEA), 0.72
LARGEST = 30
"""Radius no circle exceeds, px."""


@pytest.fixture(scope="module")
def address(imported: Run, urls_of_real: Urls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """gunicorn over the imports, with the viewer built."""
    var = tmp_path_factory.mktemp("page")
    build(var / "assets")
    with served(urls_of_real, var) as url:
        yield url


@pytest.fixture
def opened(chromium: Browser, address: str) -> Iterator[Page]:
    """A desktop of two pixels a pixel; nothing may be complained about."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, device_scale_factor=2, base_url=address)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def twenty(known: list[Known]) -> list[Known]:
    """Twenty of the regions, evenly over their numbers."""
    assert len(known) >= 20
    return [known[n * len(known) // 20] for n in range(20)]


def uncovered(page: Page, known: list[Known]) -> list[Known]:
    """The regions over whose middle no other circle can lie, however large its figure."""
    at = {each.number: pixel(page, each) for each in known}
    return [
        each
        for each in known
        if all(math.dist(at[each.number], at[other.number]) > LARGEST for other in known if other is not each)
    ]


def read(page: Page, known: Known, figure: str) -> None:
    """Point at a region: the tip has its name, code and figure."""
    page.mouse.move(*pixel(page, known))
    expect(page.locator(".map-tip .reading-name")).to_contain_text(known.name)
    expect(page.locator(".map-tip .reading-figure")).to_have_text(figure)
    expect(page.locator(".map-tip")).to_contain_text(known.code)


def test_twenty_villages_of_serang_have_colour_and_figure_of_the_database(opened: Page, real_store: Store) -> None:
    opened.goto(f"/maps/{IDM}")
    opened.wait_for_selector('#map[data-ready="1"]')

    for known in twenty(regions(real_store, IDM, "2024")):
        assert known.figure is not None
        assert known.colour == known.stored_colour
        assert colours(opened, known, reach=2).most_common(1)[0][0] == known.colour, known.name
        read(opened, known, f"{known.figure:.4f}".replace(".", ","))


def test_twenty_villages_of_malang_have_a_circle_and_the_figure_of_the_database(
    opened: Page, real_store: Store
) -> None:
    layers = [
        "#" + bytes(round(c + (g - c) * (1 - OPACITY) ** deep) for c, g in zip(CIRCLE, LAND, strict=True)).hex()
        for deep in range(1, 8)
    ]
    opened.goto(f"/maps/{POPULATION}")
    opened.wait_for_selector('#map[data-ready="1"]')

    for known in twenty(uncovered(opened, regions(real_store, POPULATION, "2010"))):
        assert known.figure is not None
        seen = colours(opened, known, reach=2).most_common(1)[0][0]
        assert min(_apart(seen, each) for each in layers) <= 2, f"{known.name} shows {seen}"
        read(opened, known, written(known.figure, "id"))


def _apart(one: str, other: str) -> int:
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return max(abs(a - b) for a, b in pairs)
