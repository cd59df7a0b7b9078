"""What a map's first view asks for: no more than it shows."""

import re
from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.conftest import Watch
from tests.world import LAYER, regions

DISTRICT = regions()[4].parent or ""
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 3, "has_touch": True, "is_mobile": True}
_TILE = re.compile(r"/tiles/[^/]+/[^/]+/(\d+)/\d+/\d+\.mvt")


def _zooms(watch: Watch) -> set[int]:
    """The zooms of the tiles asked for."""
    return {int(found[1]) for each in watch.requests if (found := _TILE.search(each))}


def test_a_shared_link_to_an_area_asks_for_tiles_of_the_area_alone(visit: Callable[..., Page], watch: Watch) -> None:
    page = visit(f"/maps/{LAYER}?area={DISTRICT}", fresh=True)
    page.wait_for_load_state("networkidle")

    zoom = float(page.get_attribute("#map", "data-zoom") or 0)

    assert _zooms(watch) == {min(13, round(zoom) - 1)}


def test_everything_of_a_phones_first_view_is_asked_for_once(visit: Callable[..., Page], watch: Watch) -> None:
    visit(f"/maps/{LAYER}", fresh=True, **PHONE).wait_for_load_state("networkidle")

    assert len(watch.requests) == len(set(watch.requests)) <= 15
