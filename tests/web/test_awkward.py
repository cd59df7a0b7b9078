"""Maps that are awkward to draw: every address answers, and legend, page and picture say what the figures are."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import fromstring

import pandas as pd
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests import awkward
from tests.awkward import WORLDS, Awkward
from tests.web.conftest import make_app
from tests.web.test_choices import colour_of

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
        """SELECT r.number, r.name, o.figure, p.document FROM geography.region r
        JOIN published.layer l ON l.edition_id = r.edition_id AND l.id = :layer
        LEFT JOIN published.observation o ON o.release_id = l.release_id AND o.code = r.code AND o.period = '2024'
        JOIN published.plan p ON p.layer_id = l.id AND p.level = r.level AND p.period = '2024' ORDER BY r.number"""
    )
    with app.extensions["geoapp"].store.read() as connection:
        frame = pd.DataFrame([dict(row) for row in connection.execute(asked, {"layer": made.layer}).mappings()])
    document = frame["document"].iloc[0]
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
    assert sum(told.values()) == len(made.shapes)
    assert {colour: n for colour, n in told.items() if colour and n} == {c: n for c, n in known.items() if c}


@pytest.mark.parametrize("size", SIZES)
def test_every_region_of_the_picture_has_its_colour(client: FlaskClient, app: Flask, made: Awkward, size: str) -> None:
    drawn = colour_of(client, f"/maps/{made.layer}.svg?size={size}")

    for row in truth(app, made).itertuples():
        painted = drawn[str(row.number)]
        assert painted == row.colour if row.colour else painted.startswith("url(")


def test_the_picture_is_sound_and_no_name_leaves_it(client: FlaskClient, made: Awkward) -> None:
    for size in ("1080x1920", "a4", "web"):
        answer = client.get(f"/maps/{made.layer}.svg?size={size}&region={awkward.codes(made)[-1]}")
        root = fromstring(answer.data)
        assert root.get("viewBox")
        assert "nan" not in answer.get_data(as_text=True).lower().replace("kenanga", "")
