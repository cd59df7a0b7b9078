"""Files to take away say what the database says, and show hostile names as text."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import geopandas
import pytest
import shapely

from geoapp.atlas import reading
from geoapp.atlas.page import MapPage
from geoapp.downloads import FORMATS, Job
from geoapp.downloads.citation import cite
from geoapp.downloads.csv import _safe
from geoapp.settings import HOME
from geoapp.store.database import Store
from tests import world

LEAFLET = HOME / "geoapp" / "web" / "viewer" / "node_modules" / "leaflet" / "dist"
ADDRESS = "https://peta.example/downloads/kepadatan.geojson?release=1"


@pytest.fixture
def job(store: Store) -> Iterator[Job]:
    with store.begin() as connection:
        world.store_world(connection, names={1: world.HOSTILE})
    page = reading.open_map(store, reading.layer(store, world.LAYER))
    yield Job(page, store, "id", cite(page, "id", "Peta Contoh", ADDRESS), LEAFLET)


def test_every_format_of_this_house_is_found() -> None:
    assert set(FORMATS) >= {"geojson", "csv", "html"}


def test_geojson_is_read_by_gdal_with_every_region_and_figure(job: Job, tmp_path: Path) -> None:
    file = tmp_path / "map.geojson"
    file.write_bytes(FORMATS["geojson"].write(job))

    read = geopandas.read_file(file).set_index("code")

    assert read.crs == "EPSG:4326"
    assert list(read.index) == [each.code for each in job.page.regions]
    for region, said in zip(job.page.regions, job.page.observations, strict=True):
        figure = read.loc[region.code, "figure"]
        assert figure == said.figure if said.figure is not None else figure != figure
        state = read.loc[region.code, "state"]
        assert state == said.state.value if said.state else state != state
        assert read.loc[region.code, "geometry"].covers(shapely.Point(region.inside))


def test_geojson_keeps_to_rfc_7946(job: Job) -> None:
    collection = json.loads(FORMATS["geojson"].write(job))

    assert "crs" not in collection
    assert collection["licence"] == "CC-BY-4.0"
    assert collection["edition"] == world.EDITION
    assert collection["release"] == job.page.layer.release.id
    assert ADDRESS in collection["text"]
    for feature in collection["features"]:
        assert isinstance(feature["properties"]["code"], str)
        for part in shapely.geometry.shape(feature["geometry"]).geoms:
            assert part.exterior.is_ccw
            assert not any(hole.is_ccw for hole in part.interiors)


def test_a_row_names_its_parents_and_its_class(job: Job) -> None:
    first = json.loads(FORMATS["geojson"].write(job))["features"][0]["properties"]
    region = job.page.regions[0]

    assert first["name"] == world.HOSTILE
    assert first["district_code"] == region.parent
    assert first["province"] == "Provinsi Contoh"
    assert first["class"] == job.page.plan.classes[0] + 1


def test_csv_gives_a_figure_or_the_state_never_both(job: Job) -> None:
    rows = list(csv.DictReader(io.StringIO(FORMATS["csv"].write(job).decode("utf-8"))))

    assert len(rows) == len(job.page.regions)
    for row, said in zip(rows, job.page.observations, strict=True):
        assert (row["figure"] == "") != (row["state"] == "")
        assert row["figure"] == ("" if said.figure is None else str(said.figure))
        assert row["state"] == (said.state.value if said.state else "")
        assert row["edition"] == world.EDITION


@pytest.mark.parametrize("name", ["=1+1", "+62", "-Baru", "@SUM(A1)", "\tTab"])
def test_a_name_that_a_spreadsheet_would_compute_is_kept_as_text(name: str) -> None:
    assert _safe(name) == f"'{name}"
    assert _safe(-1.5) == -1.5


def test_the_standalone_map_carries_everything_and_asks_nobody(job: Job) -> None:
    page = FORMATS["html"].write(job).decode("utf-8")

    assert re.findall(r"""<(?:script|link|img|iframe)[^>]+(?:src|href)=""", page) == []
    assert re.findall(r"url\(\s*['\"]?https?:", page) == []
    assert "L.map(" in page
    for period in job.page.layer.periods:
        assert period.text in page


def test_a_hostile_name_is_neither_evaluated_nor_markup_in_the_standalone_map(job: Job) -> None:
    page = FORMATS["html"].write(job).decode("utf-8")

    assert "Kelurahan 1337" not in page
    assert "{{7*191}}" in page
    assert "<script>alert(1)" not in page


def test_a_hostile_title_is_text_in_the_standalone_map(job: Job) -> None:
    hostile = replace(job, citation=replace(job.citation, title=world.HOSTILE))

    page = FORMATS["html"].write(hostile).decode("utf-8")

    assert "<h1>{{7*191}}&lt;script&gt;alert(1)&lt;/script&gt;</h1>" in page
    assert "<script>alert(1)" not in page


def test_circles_and_categories_are_written_too(job: Job) -> None:
    for page in (world.circles_page(), world.category_page()):
        drawn = _rows(replace(job, page=_stored(page, job.page)))

        assert len(drawn) == len(job.page.regions)


def _stored(page: MapPage, stored: MapPage) -> MapPage:
    """``page`` on the layer whose shapes are in the database."""
    return replace(page, layer=replace(page.layer, edition=stored.layer.edition))


def _rows(job: Job) -> list[dict[str, object]]:
    features = json.loads(FORMATS["geojson"].write(job))["features"]
    return [feature["properties"] for feature in features]
