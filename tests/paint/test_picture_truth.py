"""Pixels of pictures against classes that pandas computes from the database's figures, every region of the sample."""

import re
import shlex
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import rasterio
import shapely
from rasterio.errors import NotGeoreferencedWarning
from sqlalchemy import text

from geoapp.atlas import geography, reading
from geoapp.atlas.captions import Telling
from geoapp.cli import run
from geoapp.cli.serve import SAMPLE, command_lines
from geoapp.domain.levels import Level
from geoapp.pictures import looks, png, svg
from geoapp.pictures.scene import Scene
from geoapp.pictures.sizes import SIZES
from geoapp.settings import HOME
from geoapp.store import shapes
from geoapp.store.database import Store

CHOROPLETHS = (
    "kepadatan-nusa-purnama-sample-2024",
    "idm-nusa-purnama-sample-2024",
    "laju-penduduk-nusa-purnama-sample-2024",
)
CATEGORIES = ("lahan-dominan-nusa-purnama-sample-2024", "idm-status-nusa-purnama-sample-2024")
TRUTH = text(
    """
    SELECT r.number, r.code, r.name, ST_X(ST_Transform(r.inside, 3857)) AS x, ST_Y(ST_Transform(r.inside, 3857)) AS y,
           o.figure, o.category, o.state::text AS state, o.marks, p.document
    FROM geography.region r
    JOIN published.layer l ON l.id = :layer AND l.edition_id = r.edition_id
    LEFT JOIN published.observation o ON o.release_id = l.release_id AND o.code = r.code AND o.period = :period
    JOIN published.plan p
      ON p.layer_id = l.id AND p.release_id = l.release_id AND p.level = r.level AND p.period = :period
    WHERE r.level = 4 ORDER BY r.number
    """
)


@pytest.fixture(scope="module")
def sample(database, tmp_path_factory) -> Iterator[Store]:
    """A database with the sample, brought in by its own commands."""
    urls = database()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GEOAPP_DATABASE_URL", urls.owner)
        patch.setenv("GEOAPP_VAR", str(tmp_path_factory.mktemp("var")))
        patch.chdir(HOME)
        assert {run(shlex.split(line)) for line in command_lines(Path(SAMPLE).read_text())} == {0}
    store = Store.at(*urls)
    yield store
    store.close()


def _truth(store: Store, layer: str, period: str) -> pd.DataFrame:
    """Every region with the colour it must have; None for a state or an estimate."""
    with store.read() as connection:
        rows = connection.execute(TRUTH, {"layer": layer, "period": period}).mappings().all()
    frame = pd.DataFrame([dict(row) for row in rows])
    document = frame["document"].iloc[0]
    colours = document["colours"]
    if frame["category"].notna().any():
        legend = {row["category"]: row["colour"] for row in document["legend"] if row["kind"] == "category"}
        frame["colour"] = frame["category"].map(legend)
    else:
        edges = [-np.inf, *document["breaks"][:-1], np.inf]
        codes = pd.cut(frame["figure"], edges, labels=False)
        zero = any(row["kind"] == "zero" for row in document["legend"])
        frame["colour"] = [None if np.isnan(c) or (zero and c == 0) else colours[int(c)] for c in codes]
    estimated = frame["marks"].map(lambda marks: "estimated" in (marks or []))
    frame.loc[estimated, "colour"] = None
    return frame


def _drawn(store: Store, layer: str) -> tuple[Telling, svg.Sheet]:
    found = reading.layer(store, layer)
    with store.read() as connection:
        outlines = dict(shapes.outlines(connection, found.edition.id, Level.VILLAGE, 11))
    return Telling(reading.open_map(store, found), "id"), svg.Sheet(
        outlines, geography.surroundings(store, found.edition.id)
    )


def _wrong(store: Store, layer: str, size: str, painted: str | None = None) -> list[str]:
    """Regions whose pixels are of another colour than pandas says; names of places may cover some of a region."""
    telling, sheet = _drawn(store, layer)
    made = SIZES[size].fitting(0.6)
    drawn = painted or svg.draw(telling, sheet, made, titled=False)
    with pytest.warns(NotGeoreferencedWarning), rasterio.open(BytesIO(png.render(drawn, made.width))) as image:
        pixels = np.moveaxis(image.read()[:3], 0, 2)
    x, y, width, height = _map_of(drawn, made)
    scene = Scene.of(telling.page, sheet.outlines, "id", made, (width, height))
    truth = _truth(store, layer, telling.page.period.text)
    wrong = []
    for row, shape in zip(truth.itertuples(), scene.shapes, strict=True):
        own = shapely.transform(shape, lambda xy: xy / scene.frame.grain)
        inner = own.buffer(-2.0)
        west, north, east, south = (int(n) for n in (inner if not inner.is_empty else own).bounds)
        columns, rows = np.meshgrid(np.arange(west, east + 1), np.arange(north, south + 1))
        inside = shapely.contains_xy(inner if not inner.is_empty else own, columns + 0.5, rows + 0.5)
        seen = pixels[(rows + round(y))[inside], (columns + round(x))[inside]]
        if not len(seen):
            at = scene.frame.pixel(*telling.page.regions[row.number - 1].inside)
            seen = pixels[int(at[1] + y), int(at[0] + x)][None]
        common, count = np.unique(seen, axis=0, return_counts=True)
        most = "#" + bytes(common[np.argmax(count)].tolist()).hex()
        plain = isinstance(row.colour, str)
        if (plain and most != row.colour) or (not plain and most in telling.page.plan.colours and _is_state(row)):
            wrong.append(row.name)
    return wrong


def _is_state(row) -> bool:
    return isinstance(row.state, str)


def _map_of(drawn: str, size) -> tuple[float, float, float, float]:
    if size.layout == "bare":
        return 0, 0, size.width, size.height
    found = re.search(r'<svg x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)">', drawn)
    x, y, width, height = (float(each) for each in found.groups())
    return x, y, width, height


@pytest.mark.parametrize("size", ["1200x630", "1080x1080", "1080x1350", "1080x1920", "a4", "web", "map"])
@pytest.mark.parametrize("layer", [*CHOROPLETHS, *CATEGORIES])
def test_every_region_of_the_sample_has_the_colour_that_pandas_computes(sample: Store, layer: str, size: str) -> None:
    assert _wrong(sample, layer, size) == []


@pytest.mark.parametrize("layer", [CHOROPLETHS[0], CATEGORIES[0]])
def test_a_planted_wrong_colour_is_found(sample: Store, layer: str) -> None:
    telling, sheet = _drawn(sample, layer)
    truth = _truth(sample, layer, telling.page.period.text)
    victim = next(row for row in truth.itertuples() if isinstance(row.colour, str))
    drawn = svg.draw(telling, sheet, SIZES["1200x630"])
    other = next(each for each in telling.page.plan.colours if each not in (victim.colour, looks.PATTERN_GROUND))
    path = re.search(rf'<path data-number="{victim.number}" ', drawn).group()

    planted = drawn.replace(path, f'{path}fill="{other}" ')

    assert _wrong(sample, layer, "1200x630", planted) == [victim.name]
