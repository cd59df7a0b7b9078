"""Map, frame and picture tile show one colour for one region of the sample: the class pandas cuts its figure into."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import numpy as np
import pandas as pd
import pytest
import rasterio
from playwright.sync_api import Browser, Page, Route
from rasterio.errors import NotGeoreferencedWarning

from geoapp.domain.mercator import metres
from geoapp.tiles.address import Address
from tests.browser.conftest import Site, Watch, visiting
from tests.browser.framed import INSIDE
from tests.browser.truth import Known, pixel, regions

LAYER = "kepadatan-nusa-purnama-sample-2024"
BREAKS = [-np.inf, 600, 1500, 2500, 3500, np.inf]
"""As the legend says them; the colours are those of the map's document."""
ZOOM = 13
VICTIM = 16
Visit = Callable[..., Page]


@pytest.fixture
def visit_sample(chromium: Browser, sample: Site, watch: Watch) -> Iterator[Visit]:
    """Opens an address of the sample's site."""
    with visiting(chromium, sample.url, watch) as opened:
        yield opened


@pytest.fixture(scope="module")
def known(sample: Site) -> list[Known]:
    """Every region of the sample."""
    return regions(sample.store, LAYER, "2024")


def expected(page: Page, known: list[Known]) -> dict[int, str]:
    """The colour of each region: pandas cuts the database's figures, the document has a colour for each class."""
    document = page.request.get(page.url.split("/maps")[0].split("/embed")[0] + f"/layers/{LAYER}.json").json()
    colours = document["levels"][0]["plans"]["2024"]["colours"]
    classes = pd.cut([each.figure for each in known], BREAKS, labels=False)
    return {each.number: colours[int(byte)] for each, byte in zip(known, classes, strict=True)}


def wrong(seen: dict[int, str], truth: dict[int, str]) -> list[int]:
    """The regions that were seen in another colour."""
    assert seen.keys() == truth.keys()
    return [number for number, colour in truth.items() if seen[number] != colour]


def picture(png: bytes) -> Any:
    """Rows, columns and bands."""
    with pytest.warns(NotGeoreferencedWarning), rasterio.open(BytesIO(png)) as image:
        return np.moveaxis(image.read(), 0, 2)


def commonest(patch: Any, among: frozenset[str] = frozenset()) -> str:
    """The colour that most of its pixels have; of those ``among`` others, where letters may stand over the map."""
    colours, counts = np.unique(patch[..., :3].reshape(-1, 3), axis=0, return_counts=True)
    seen = ["#" + bytes(colours[n].tolist()).hex() for n in np.argsort(-counts)]
    return next((each for each in seen if not among or each in among), "")


def on_the_map(page: Page, known: list[Known]) -> dict[int, str]:
    """What a screenshot of the map shows around each inside point, where names may be written too."""
    page.wait_for_timeout(500)  # a map is painted in steps
    image, seen = picture(page.screenshot()), {}
    classes = frozenset(expected(page, known).values())
    for each in known:
        x, y = (round(3 * at) for at in pixel(page, each))
        seen[each.number] = commonest(image[y - 21 : y + 22, x - 21 : x + 22], classes)
    return seen


def in_the_frame(page: Page, known: list[Known]) -> dict[int, str]:
    """What a screenshot of the frame's page shows where only the region itself is met."""
    image, seen = picture(page.screenshot()), {}
    for each, points in zip(known, page.evaluate(INSIDE, [each.number for each in known]), strict=True):
        spots = [image[round(3 * y) - 3 : round(3 * y) + 4, round(3 * x) - 3 : round(3 * x) + 4] for x, y in points]
        whole = [spot.reshape(-1, spot.shape[-1]) for spot in spots if spot.shape[:2] == (7, 7)]
        if whole:
            seen[each.number] = commonest(np.concatenate(whole))
    return seen


def on_tiles(page: Page, base: str, known: list[Known]) -> dict[int, str]:
    """What the picture tile at each inside point shows there."""
    seen, tiles = {}, {}
    for each in known:
        x, y = metres(each.lon, each.lat)
        side = Address(ZOOM, 0, 0).side
        half = side * (1 << ZOOM) / 2
        address = Address(ZOOM, int((x + half) / side), int((half - y) / side))
        url = f"{base}/tiles/{LAYER}/{ZOOM}/{address.x}/{address.y}.png"
        if url not in tiles:
            tiles[url] = picture(page.request.get(url).body())
        west, _, _, north = address.bounds
        column, row = int((x - west) / side * 256), int((north - y) / side * 256)
        seen[each.number] = commonest(tiles[url][row : row + 1, column : column + 1])
    return seen


def test_the_map_shows_the_class_of_every_figure(visit_sample: Visit, known: list[Known]) -> None:
    page = visit_sample(f"/maps/{LAYER}", device_scale_factor=3)

    assert wrong(on_the_map(page, known), expected(page, known)) == []


def test_a_wrong_byte_of_the_classes_is_seen_on_the_map(visit_sample: Visit, known: list[Known]) -> None:
    def planted(route: Route) -> None:
        answer = route.fetch()
        head, _, classes = answer.body().partition(b"\n")
        assert classes[VICTIM - 1] != 4
        route.fulfill(response=answer, body=head + b"\n" + classes[: VICTIM - 1] + b"\x04" + classes[VICTIM:])

    page = visit_sample(
        f"/maps/{LAYER}",
        device_scale_factor=3,
        before=lambda page: page.route(f"**/values/{LAYER}/*/2024", planted),
    )

    assert wrong(on_the_map(page, known), expected(page, known)) == [VICTIM]


def test_the_frame_shows_the_class_of_every_figure_and_a_planted_one(visit_sample: Visit, known: list[Known]) -> None:
    page = visit_sample(f"/embed/{LAYER}", ready=False, viewport={"width": 1600, "height": 1200}, device_scale_factor=3)
    truth = expected(page, known)

    assert wrong(in_the_frame(page, known), truth) == []
    page.evaluate("n => document.querySelector(`[data-number='${n}']`).setAttribute('fill', '#453867')", VICTIM)
    assert wrong(in_the_frame(page, known), truth) == [VICTIM]


def test_picture_tiles_show_the_class_of_every_figure(visit_sample: Visit, sample: Site, known: list[Known]) -> None:
    page = visit_sample("/regions", ready=False)
    seen = on_tiles(page, sample.url, known)

    page.goto(f"{sample.url}/maps/{LAYER}")
    assert wrong(seen, expected(page, known)) == []
