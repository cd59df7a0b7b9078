"""Awkward maps in a real browser: nothing complains, every region is painted, pointed at and reached by keys."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests import awkward
from tests.awkward import WORLDS, Awkward
from tests.browser.conftest import Profiles, Site, Watch, build, served, visiting
from tests.browser.framed import distance
from tests.browser.truth import Known, becomes, colours, pixel, regions, written

PHONE = {"viewport": {"width": 360, "height": 720}, "device_scale_factor": 2, "has_touch": True, "is_mobile": True}
LAND, DISCS = "#f2f0ea", ("#6b8eb4", "#385e89")
"""What lies under circles, and a circle's colour over it and over the line around the area."""
STILL = """() => [...document.images].every((each) => each.complete || each.getBoundingClientRect().top > innerHeight)
  && [...document.querySelectorAll('.pair-map[data-layer]')].every((each) => each.dataset.ready)"""
"""Every picture in sight has come, and every live map is painted."""
Visit = Callable[..., Page]
pytestmark = pytest.mark.parametrize("made", WORLDS, ids=lambda made: made.name)


@pytest.fixture(scope="module")
def awkward_site(database: Callable[[], Urls], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """gunicorn over every awkward world."""
    urls, var = database(), tmp_path_factory.mktemp("awkward")
    store = Store.at(*urls)
    with store.begin() as connection:
        awkward.store(connection)
    build(var / "assets")
    with served(urls, var) as url:
        yield Site(url, store)
    store.close()


@pytest.fixture
def visit_awkward(profiles: Profiles, awkward_site: Site, watch: Watch) -> Iterator[Visit]:
    """Opens an address of that site."""
    with visiting(profiles, awkward_site.url, watch) as opened:
        yield opened


def test_every_region_is_painted_and_read(visit_awkward: Visit, awkward_site: Site, made: Awkward) -> None:
    page = visit_awkward(f"/maps/{made.layer}", device_scale_factor=3)

    for each in regions(awkward_site.store, made.layer, "2024"):
        if made.kind == "circles":
            assert has_circle(page, each) == bool(each.figure), each.name
        elif each.colour:
            assert each.colour == each.stored_colour
            # the islet is a disc three pixels wide
            assert becomes(page, each, each.colour, reach=1), each.name
        page.mouse.move(*pixel(page, each))
        expect(page.locator(".map-tip .reading-name")).to_contain_text(each.name)
        if each.figure is not None:
            expect(page.locator(".map-tip .reading-figure")).to_have_text(written(each.figure, "id"))
        elif each.category:
            expect(page.locator(".map-tip .reading-figure")).to_have_text(each.category.title())


def has_circle(page: Page, known: Known) -> bool:
    """Whether a circle lies at the region's inside point; a name may lie over it."""
    return any(distance(each, disc) < 6 for each in colours(page, known, reach=2) for disc in DISCS)


def test_every_page_of_it_is_quiet_and_fits_a_phone(visit_awkward: Visit, made: Awkward) -> None:
    code = awkward.codes(made)[-1]

    for path in (
        f"/maps/{made.layer}?region={code}",
        f"/regions/{code}",
        f"/maps/{made.layer}/years",
        f"/maps/{made.layer}/beside",
    ):
        page = visit_awkward(path, ready="?region" in path, **PHONE)
        page.wait_for_function(STILL)
        wide, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= window, path


def test_the_frame_has_the_colours_of_the_figures(visit_awkward: Visit, awkward_site: Site, made: Awkward) -> None:
    page = visit_awkward(f"/embed/{made.layer}", ready=False, viewport={"width": 600, "height": 480})

    for each in regions(awkward_site.store, made.layer, "2024"):
        shape = page.locator(f'.embed-picture [data-number="{each.number}"]').first
        painted = shape.evaluate("each => each.closest('[fill]').getAttribute('fill')")
        fill = LAND if made.kind == "circles" and each.colour else each.colour
        assert painted == fill if fill else painted.startswith("url(")
