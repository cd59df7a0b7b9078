"""Map, frame and picture tile show one colour for one region of the sample: the class pandas cuts its figure into."""

import json
import math
import re
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from io import BytesIO
from typing import Any

import numpy as np
import pandas as pd
import pytest
import rasterio
from playwright.sync_api import Page, Route
from rasterio.errors import NotGeoreferencedWarning
from sqlalchemy import text

from geoapp.domain.mercator import metres
from geoapp.tiles.address import Address
from tests.browser.conftest import Profiles, Site, Watch, visiting
from tests.browser.framed import INSIDE
from tests.browser.truth import Known, pixel, regions

EDITION = "nusa-purnama-sample-2024"
DENSITY, CIRCLES = "kepadatan", "dana-desa"
BREAKS = {
    DENSITY: [600, 1500, 2500, 3500],
    "idm": [0.6, 0.65, 0.7, 0.75],
    "air-layak-persen": [60, 70, 80, 90],
}
"""As the legends say them; the colours are those of the maps' documents. The latter two have states."""
FILLED = (*BREAKS, "lahan-dominan")
PERIOD = "2024"
ZOOM = 13
SCALE = 2
VICTIM = 16
WRONG = "#123456"
LARGE = {"viewport": {"width": 1600, "height": 1200}, "device_scale_factor": SCALE}
STATE = ""
"""What stands for a region without a class: whatever is seen, it is no class colour."""
Visit = Callable[..., Page]
Seen = dict[int, str]


@pytest.fixture
def visit_sample(profiles: Profiles, sample: Site, watch: Watch) -> Iterator[Visit]:
    """Opens an address of the sample's site."""
    with visiting(profiles, sample.url, watch) as opened:
        yield opened


def of(sample: Site, slug: str) -> list[Known]:
    """Every region of the sample, as it stands on one of its maps."""
    found = regions(sample.store, f"{slug}-{EDITION}", PERIOD)
    assert len(found) == 57
    return found


def document(sample: Site, slug: str) -> Any:
    """What the map's document says of its newest period."""
    with urllib.request.urlopen(f"{sample.url}/layers/{slug}-{EDITION}.json") as answer:
        return json.load(answer)["levels"][0]["plans"][PERIOD]


def expected(sample: Site, slug: str) -> Seen:
    """The colour of each region: pandas cuts the database's figures, the document has a colour for each class."""
    plan, frame = document(sample, slug), pd.DataFrame(asdict(each) for each in of(sample, slug))
    if slug in BREAKS:
        cut = pd.cut(frame["figure"].astype(float), [-np.inf, *BREAKS[slug], np.inf], labels=plan["colours"])
        colours = cut.astype(object)
    else:
        colours = frame["category"].map({row["category"]: row["colour"] for row in plan["legend"] if "category" in row})
    return dict(zip(frame["number"], colours.where(colours.notna(), STATE), strict=True))


def wrong(seen: Seen, truth: Seen) -> list[int]:
    """The regions that were seen in another colour, or in a class colour although they have no class."""
    assert seen.keys() == truth.keys()
    classes = set(truth.values())
    return [n for n, colour in truth.items() if seen[n] != colour and (colour or seen[n] in classes)]


def picture(png: bytes) -> Any:
    """Rows, columns and bands."""
    with pytest.warns(NotGeoreferencedWarning), rasterio.open(BytesIO(png)) as image:
        return np.moveaxis(image.read(), 0, 2)


def commonest(patch: Any, among: frozenset[str] = frozenset()) -> str:
    """The colour that most of its pixels have; of those ``among`` others, where letters may stand over the map."""
    colours, counts = np.unique(patch[..., :3].reshape(-1, 3), axis=0, return_counts=True)
    seen = ["#" + bytes(colours[n].tolist()).hex() for n in np.argsort(-counts)]
    return next((each for each in seen if not among or each in among), STATE)


def on_the_map(page: Page, known: list[Known], truth: Seen) -> Seen:
    """What a screenshot of the map shows around each inside point, where names may be written too."""
    image, seen = picture(page.screenshot()), {}
    classes = frozenset(truth.values())
    for each in known:
        x, y = (round(SCALE * at) for at in pixel(page, each))
        patch = image[y - 14 : y + 15, x - 14 : x + 15]
        seen[each.number] = commonest(patch, classes if truth[each.number] else frozenset())
    return seen


def painted(page: Page, known: list[Known], truth: Seen) -> list[int]:
    """The regions in a wrong colour once the map stands still: it is painted in steps."""
    found, before = wrong(on_the_map(page, known, truth), truth), None
    while found and found != before:
        page.wait_for_timeout(400)
        found, before = wrong(on_the_map(page, known, truth), truth), found
    return found


def in_the_frame(page: Page, known: list[Known]) -> Seen:
    """What a screenshot of the frame's page shows where only the region itself is met."""
    image, seen = picture(page.screenshot()), {}
    for each, points in zip(known, page.evaluate(INSIDE, [each.number for each in known]), strict=True):
        spots = [(round(SCALE * x), round(SCALE * y)) for x, y in points]
        patches = [image[y - 3 : y + 4, x - 3 : x + 4] for x, y in spots]
        whole = [patch.reshape(-1, patch.shape[-1]) for patch in patches if patch.shape[:2] == (7, 7)]
        if whole:
            seen[each.number] = commonest(np.concatenate(whole))
    return seen


def on_tiles(page: Page, address: str, known: list[Known], dye: int = 0) -> Seen:
    """What the picture tile at each inside point shows there; the region ``dye`` was given a wrong colour."""
    seen, tiles = {}, {}
    for each in known:
        square, column, row = spot(each)
        url = f"{address}/{ZOOM}/{square.x}/{square.y}.png"
        if url not in tiles:
            tiles[url] = picture(page.request.get(url).body())
        if each.number == dye:
            tiles[url][row, column, :3] = list(bytes.fromhex(WRONG[1:]))
        seen[each.number] = commonest(tiles[url][row : row + 1, column : column + 1])
    return seen


def spot(known: Known) -> tuple[Address, int, int]:
    """The tile that holds a region's inside point, and the point's column and row in it."""
    x, y = metres(known.lon, known.lat)
    side = Address(ZOOM, 0, 0).side
    half = side * (1 << ZOOM) / 2
    square = Address(ZOOM, int((x + half) / side), int((half - y) / side))
    west, _, _, north = square.bounds
    return square, int((x - west) / side * 256), int((north - y) / side * 256)


@pytest.mark.parametrize("slug", FILLED)
def test_map_frame_and_tiles_show_the_class_of_every_figure(visit_sample: Visit, sample: Site, slug: str) -> None:
    known, truth = of(sample, slug), expected(sample, slug)
    assert len(set(truth.values())) >= 4

    page = visit_sample(f"/maps/{slug}-{EDITION}", device_scale_factor=SCALE)
    assert painted(page, known, truth) == []
    assert wrong(on_tiles(page, f"{sample.url}/tiles/{slug}-{EDITION}", known), truth) == []
    page.set_viewport_size(LARGE["viewport"])
    page.goto(f"{sample.url}/embed/{slug}-{EDITION}")
    assert wrong(in_the_frame(page, known), truth) == []


def test_a_wrong_byte_of_the_classes_is_seen_on_the_map(visit_sample: Visit, sample: Site) -> None:
    def planted(route: Route) -> None:
        answer = route.fetch()
        head, _, classes = answer.body().partition(b"\n")
        assert classes[VICTIM - 1] != 4
        route.fulfill(response=answer, body=head + b"\n" + classes[: VICTIM - 1] + b"\x04" + classes[VICTIM:])

    page = visit_sample(
        f"/maps/{DENSITY}-{EDITION}",
        device_scale_factor=SCALE,
        before=lambda page: page.route(f"**/values/{DENSITY}-{EDITION}/*/{PERIOD}", planted),
    )

    assert painted(page, of(sample, DENSITY), expected(sample, DENSITY)) == [VICTIM]


def test_a_wrong_colour_in_the_frame_or_in_a_tile_is_seen(visit_sample: Visit, sample: Site) -> None:
    known, truth = of(sample, DENSITY), expected(sample, DENSITY)
    page = visit_sample(f"/embed/{DENSITY}-{EDITION}", ready=False, **LARGE)

    page.evaluate(
        "([n, colour]) => document.querySelector(`[data-number='${n}']`).setAttribute('fill', colour)", [VICTIM, WRONG]
    )

    assert wrong(in_the_frame(page, known), truth) == [VICTIM]
    tiles = on_tiles(page, f"{sample.url}/tiles/{DENSITY}-{EDITION}", known, dye=VICTIM)
    assert wrong(tiles, truth) == [VICTIM]


LEGEND_ROW = re.compile(r'<li[^>]*data-byte="\d+".*?</li>', re.DOTALL)
COUNT = re.compile(r'(?:class="count">|<small>)([\d.]+)[ <]')
FILL = re.compile(r'<rect width="100%" height="100%" fill="(#\w+)"')


@pytest.mark.parametrize("address", ["/maps/{}?period={}", "/embed/{}?period={}"])
def test_every_legend_of_the_sample_counts_what_the_database_has(sample: Site, address: str) -> None:
    with urllib.request.urlopen(f"{sample.url}/layers.json") as answer:
        layers = [each["id"] for each in json.load(answer)["layers"]]
    seen = 0
    for layer in (each for each in layers if each.endswith(EDITION)):
        for period, plan in stored(sample, layer).items():
            with urllib.request.urlopen(sample.url + address.format(layer, period)) as answer:
                assert told(answer.read().decode()) == counted(sample, layer, period, plan), (layer, period)
            seen += 1
    assert seen >= 40


def stored(sample: Site, layer: str) -> dict[str, Any]:
    """What was decided for the villages, by period."""
    asked = text(
        """SELECT plan.period, plan.document FROM published.plan
        JOIN published.layer ON layer.id = plan.layer_id AND layer.release_id = plan.release_id
        WHERE layer.id = :layer AND plan.level = 4"""
    )
    with sample.store.read() as connection:
        return {row.period: row.document for row in connection.execute(asked, {"layer": layer})}


def told(html: str) -> dict[str, int]:
    """How many regions the legend's rows say, by colour; the states and zero together under STATE."""
    counts: Counter[str] = Counter()
    for row in LEGEND_ROW.findall(html):
        fill, count = FILL.search(row), COUNT.search(row)
        assert count, row
        counts[fill[1] if fill else STATE] += int(count[1])
    return {colour: count for colour, count in counts.items() if count}


def counted(sample: Site, layer: str, period: str, plan: Any) -> dict[str, int]:
    """The same by pandas from the database's observations; circles have rows for states alone."""
    frame = pd.DataFrame(asdict(each) for each in regions(sample.store, layer, period))
    if plan["kind"] == "circles":
        colours = frame["state"].notna().map({True: STATE, False: None})
    elif plan["kind"] == "category":
        colours = frame["category"].map({row["category"]: row["colour"] for row in plan["legend"] if "category" in row})
        colours = colours.where(frame["state"].isna(), STATE)
    else:
        edges = [-np.inf, *plan["breaks"][:-1], np.inf]
        zero = any(row["kind"] == "zero" for row in plan["legend"])
        colours = pd.cut(frame["figure"].astype(float), edges, labels=False).map(lambda n: _colour(plan, n, zero))
    return {str(colour): int(count) for colour, count in colours.value_counts().items()}


def _colour(plan: Any, place: float, zero: bool) -> str:
    return STATE if math.isnan(place) or (zero and place == 0) else str(plan["colours"][int(place)])


def test_circles_are_as_large_as_their_figures_in_the_frame_and_drawn_on_the_map(
    visit_sample: Visit, sample: Site
) -> None:
    known = of(sample, CIRCLES)
    figures = pd.Series({each.number: each.figure for each in known}, dtype=float).dropna()
    page = visit_sample(f"/embed/{CIRCLES}-{EDITION}", ready=False, **LARGE)

    drawn = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('.embed-picture circle[data-number]')]"
        ".map((each) => [each.dataset.number, Number(each.getAttribute('r'))]))"
    )
    assert {int(number) for number in drawn} == set(figures[figures > 0].index)
    largest = max(drawn.values())
    for number, radius in drawn.items():
        assert radius == pytest.approx(largest * math.sqrt(figures[int(number)] / figures.max()), abs=0.15)
