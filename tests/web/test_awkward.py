"""Maps that are awkward to draw: every address answers, and legend, page and picture say what the figures are."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import fromstring

import numpy as np
import pandas as pd
import pytest
import rasterio
from flask import Flask
from flask.testing import FlaskClient
from rasterio.errors import NotGeoreferencedWarning
from sqlalchemy import text

from geoapp.domain.mercator import metres
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from geoapp.tiles.address import PICTURE_ZOOM, Address
from tests import awkward
from tests.awkward import WORLDS, Awkward
from tests.web.conftest import make_app
from tests.web.test_choices import colour_of

LAND = "#f2f0ea"
"""What lies under circles."""
SIZES = ("web", "map", "1200x630", "1080x1080", "1080x1350", "1080x1920", "a4")
pytestmark = pytest.mark.parametrize("made", WORLDS, ids=lambda made: made.name)


@pytest.fixture(scope="module")
def app(database: Callable[[], Urls], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The service of every awkward world."""
    urls = database()
    store = Store.at(*urls)
    with store.begin() as connection:
        awkward.store(connection)
    store.close()
    made = make_app(urls, tmp_path_factory.mktemp("service") / "var")
    yield made
    made.extensions["geoapp"].store.close()


def truth(app: Flask, made: Awkward) -> pd.DataFrame:
    """Every region with the colour its figure must have, cut by pandas at the breaks of the stored plan."""
    asked = text(
        """SELECT r.number, r.name, o.figure, o.category, p.document, ST_X(r.inside) AS lon, ST_Y(r.inside) AS lat
        FROM geography.region r
        JOIN published.layer l ON l.edition_id = r.edition_id AND l.id = :layer
        LEFT JOIN published.observation o ON o.release_id = l.release_id AND o.code = r.code AND o.period = '2024'
        JOIN published.plan p ON p.layer_id = l.id AND p.level = r.level AND p.period = '2024' ORDER BY r.number"""
    )
    with app.extensions["geoapp"].store.read() as connection:
        frame = pd.DataFrame([dict(row) for row in connection.execute(asked, {"layer": made.layer}).mappings()])
    document = frame["document"].iloc[0]
    if made.kind == "circles":
        frame["colour"] = pd.Series([LAND if known else None for known in frame["figure"].notna()], dtype=object)
        return frame
    if made.kind == "category":
        legend = {row["category"]: row["colour"] for row in document["legend"] if row["kind"] == "category"}
        frame["colour"] = frame["category"].map(legend).astype(object).where(frame["category"].notna(), None)
        return frame
    edges = [float("-inf"), *document["breaks"][:-1], float("inf")]
    classes = pd.cut(frame["figure"].astype(float), edges, labels=False)
    colours = [None if pd.isna(each) else document["colours"][int(each)] for each in classes]
    frame["colour"] = pd.Series(colours, dtype=object)
    return frame


def test_every_address_of_the_map_answers(client: FlaskClient, made: Awkward) -> None:
    page, code = f"/maps/{made.layer}", awkward.codes(made)[-1]
    addresses = [page, f"{page}?region={code}", f"{page}?lang=en", f"{page}?period=2023", f"{page}/beside"]
    addresses += [f"{page}/years", f"{page}?since=2023", f"{page}?classes=quantiles-5", f"{page}?classes=equal-2"]
    addresses += [f"/embed/{made.layer}", f"/embed/{made.layer}?region={code}", f"/regions/{code}", f"{page}/words"]
    addresses += [f"/regions/{code.rsplit('.', 2)[0]}", f"/layers/{made.layer}.json", f"/tiles/{made.layer}.json"]
    addresses += [f"/downloads/{made.layer}.{form}" for form in ("csv", "geojson", "html")]
    addresses += [f"{page}.svg?size={size}" for size in SIZES] + [f"{page}.png?size=1200x630"]
    addresses += [f"/oembed?url=http://localhost{page}", f"/search?q={made.names()[0][:20]}"]

    assert [each for each in addresses if client.get(each).status_code != 200] == []


@pytest.mark.parametrize("address", ["/maps/{}", "/embed/{}"])
def test_the_legend_counts_as_the_figures_do(client: FlaskClient, app: Flask, made: Awkward, address: str) -> None:
    html = client.get(address.format(made.layer)).get_data(as_text=True)
    rows = re.findall(r'<li[^>]*data-byte="\d+".*?</li>', html, re.DOTALL)
    told: Counter[str | None] = Counter()
    for row in rows:
        fill = re.search(r'<rect width="100%" height="100%" fill="(#\w+)"', row)
        count = re.search(r'(?:class="count"|<small)>([\d.]+)[ <]', row)
        assert count, row
        told[fill[1] if fill else None] += int(count[1])

    known = Counter(truth(app, made)["colour"])
    if made.kind == "circles":  # sizes count no regions, states do
        assert told == Counter({None: known[None]} if known[None] else {})
        return
    assert sum(told.values()) == len(made.shapes)
    assert {colour: n for colour, n in told.items() if colour and n} == {c: n for c, n in known.items() if c}


@pytest.mark.parametrize("size", SIZES)
def test_every_region_of_the_picture_has_its_colour(client: FlaskClient, app: Flask, made: Awkward, size: str) -> None:
    drawn = colour_of(client, f"/maps/{made.layer}.svg?size={size}")

    for row in truth(app, made).itertuples():
        painted = drawn[str(row.number)]
        assert painted == row.colour if row.colour else painted.startswith("url(")


@pytest.mark.parametrize("address", ["/maps/{}.svg?size=1080x1080", "/embed/{}"])
def test_a_circle_is_as_large_as_its_figure(client: FlaskClient, app: Flask, made: Awkward, address: str) -> None:
    answer = client.get(address.format(made.layer)).get_data(as_text=True)
    (_, _, discs) = answer.partition('class="circles"')
    radii = re.findall(r'<circle data-number="(\d+)"[^>]* r="([\d.]+)"', discs.partition("</g>")[0])
    drawn = {int(number): float(radius) for number, radius in radii}
    frame = truth(app, made)

    figures = frame.set_index("number")["figure"].astype(float).dropna()
    assert set(drawn) == (set(figures[figures > 0].index) if made.kind == "circles" else set())
    for number, radius in drawn.items():
        share = math.sqrt(figures[number] / max(each for row in made.figures.values() for each in row if each))
        assert radius == pytest.approx(max(drawn.values()) * share, rel=0.02, abs=0.6)


@pytest.mark.parametrize("zoom", [9, PICTURE_ZOOM])
def test_every_region_of_the_picture_tiles_has_its_colour(
    client: FlaskClient, app: Flask, made: Awkward, zoom: int
) -> None:
    frame = truth(app, made)
    classes = set(frame["colour"]) - {None}
    for row in frame.itertuples():
        seen = in_tile(client, f"/tiles/{made.layer}", zoom, row.lon, row.lat)
        assert seen, f"{row.name} is nowhere"
        if made.kind == "circles" and row.figure > 0:
            assert seen != LAND, row.name
        elif zoom == PICTURE_ZOOM:
            assert seen == row.colour if row.colour else seen not in classes


def in_tile(client: FlaskClient, tiles: str, zoom: int, lon: float, lat: float) -> str:
    """The colour of the picture tiles at a point; empty where they are clear."""
    x, y = metres(lon, lat)
    side = Address(zoom, 0, 0).side
    half = side * (1 << zoom) / 2
    square = Address(zoom, int((x + half) / side), int((half - y) / side))
    west, _, _, north = square.bounds
    image: Any
    png = BytesIO(client.get(f"{tiles}/{zoom}/{square.x}/{square.y}.png").data)
    with pytest.warns(NotGeoreferencedWarning), rasterio.open(png) as opened:
        image = np.moveaxis(opened.read(), 0, 2)
    *colour, alpha = image[int((north - y) / side * 256), int((x - west) / side * 256)].tolist()
    return "#" + bytes(colour).hex() if alpha else ""


def test_the_picture_is_sound_and_no_name_leaves_it(client: FlaskClient, made: Awkward) -> None:
    for size in ("1080x1920", "a4", "web"):
        answer = client.get(f"/maps/{made.layer}.svg?size={size}&region={awkward.codes(made)[-1]}")
        root = fromstring(answer.data)
        assert root.get("viewBox")
        assert "nan" not in answer.get_data(as_text=True).lower().replace("kenanga", "")
