"""Downloads carry every region with its figure, how to cite it, and every text as text."""

import csv
import json
import re
from html.parser import HTMLParser
from io import BytesIO, StringIO

import pyogrio
import pytest
import shapely
from shapely.geometry import shape

from geoapp.atlas import reading
from geoapp.downloads import FORMATS
from geoapp.downloads.citation import Citation
from geoapp.downloads.csv import COLUMNS, safe
from geoapp.store.database import Store
from tests import world


@pytest.fixture(scope="module")
def page(stored: Store):
    return reading.open_map(stored, reading.layer(stored, world.LAYER))


@pytest.fixture(scope="module")
def written(stored: Store, page):
    citation = Citation.of(page, "id", "https://contoh.example/maps/kepadatan")
    with stored.read() as connection:
        return {name: each.write(page, connection, "id", citation) for name, each in FORMATS.items()}


def test_the_formats_of_the_folder_are_found():
    assert {"geojson", "csv", "html"} <= set(FORMATS)
    assert FORMATS["html"].attachment


def test_geojson_says_code_name_level_parents_period_figure_state_and_class(written, page):
    document = json.loads(written["geojson"])

    for region, said, feature in zip(page.regions, page.observations, document["features"], strict=True):
        properties = feature["properties"]
        assert (properties["code"], properties["name"]) == (region.code, region.name)
        assert properties["figure"] == said.figure
        assert properties["state"] == (said.state.value if said.state else None)
        assert (properties["level"], properties["period"]) == ("village", "2024")
        colour = page.plan.colour(region.number)
        assert (None if properties["class"] is None else page.plan.colours[properties["class"]]) == colour
    assert [each["code"] for each in document["features"][0]["properties"]["parents"]] == ["35.99.01", "35.99", "35"]
    assert document["features"][0]["properties"]["parents"][0]["name"] == "Selatan"


def test_geojson_carries_citation_licence_edition_release_and_coverage(written, page):
    document = json.loads(written["geojson"])

    assert document["licence"] == "CC-BY-4.0"
    assert (document["edition"], document["release"]) == (world.EDITION, page.layer.release.id)
    assert document["coverage"] == {"known": 8, "total": 12}
    assert document["boundary_status"] == "indicative"
    assert "Dinas Contoh" in document["citation"] and document["address"] in document["citation"]


def test_geojson_follows_the_right_hand_rule_in_degrees_without_crs(written):
    document = json.loads(written["geojson"])

    assert "crs" not in document
    for feature in document["features"]:
        for part in shapely.get_parts(shape(feature["geometry"])):
            assert part.exterior.is_ccw
            assert not any(hole.is_ccw for hole in part.interiors)
            assert part.is_valid
        west, south, _, _ = shape(feature["geometry"]).bounds
        assert world.WEST - 0.01 < west < 113 and -8.01 < south < -7.9


def test_another_reader_opens_the_geojson(written):
    read = pyogrio.read_dataframe(BytesIO(written["geojson"]))

    assert len(read) == 12
    assert read.crs.to_epsg() == 4326
    assert list(read["code"]) == [each.code for each in world.regions()]
    assert read["figure"].sum() == sum(each.figure or 0 for each in world.observations())
    assert read["name"][3] == world.HOSTILE


def test_csv_has_one_row_a_region_and_opens_in_a_spreadsheet(written, page):
    assert written["csv"].startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(written["csv"].decode("utf-8-sig"))))

    assert tuple(rows[0]) == COLUMNS
    assert [each["code"] for each in rows] == [each.code for each in page.regions]
    figures = [float(each["figure"]) if each["figure"] else None for each in rows]
    assert figures == [each.figure for each in page.observations]
    assert [each["state"] for each in rows][-4:] == ["missing", "not_applicable", "suppressed", "out_of_scope"]
    assert rows[3]["name"] == world.HOSTILE
    assert {each["release"] for each in rows} == {str(page.layer.release.id)}


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_text_that_looks_like_a_formula_is_made_harmless(text):
    assert safe(text) == "'" + text


class _Resources(HTMLParser):
    """Collects what a page would fetch, and the texts of its scripts."""

    def __init__(self):
        super().__init__()
        self.fetched = []
        self.scripts = 0

    def handle_starttag(self, tag, attributes):
        self.scripts += tag == "script"
        self.fetched += [value for name, value in attributes if name in ("src", "href", "srcset", "data")]


def test_the_standalone_map_fetches_nothing(written):
    html = written["html"].decode()
    found = _Resources()
    found.feed(html)

    assert found.fetched == []
    assert all(each.startswith("data:") for each in re.findall(r"url\(['\"]?([a-z]+:[^)]{0,20}|[\w./-]+\.\w+)", html))
    assert not re.search(r"@import|sourceMappingURL", html)


def _document(html):
    return json.loads(re.search(r"var SAID = (\{.*\});\n", html)[1])


def test_the_standalone_map_holds_names_as_text_and_runs_nothing_of_them(written):
    html = written["html"].decode()
    found = _Resources()
    found.feed(html)

    assert "<script>alert" not in html
    assert _document(html)["names"][3] == f"Kelurahan {world.HOSTILE}"
    assert found.scripts == 3, "folium's touch switches, Leaflet with ours, and folium's map"


def test_the_standalone_map_has_every_period_figure_and_its_sources(written, page):
    html = written["html"].decode()
    document = _document(html)

    assert [each["period"] for each in document["periods"]] == ["2023", "2024"]
    assert document["open"] == "2024"
    assert len(document["shapes"]) == len(document["names"]) == 12
    last = document["periods"][1]
    for number, look in enumerate(last["looks"], 1):
        assert page.plan.colour(number) in (look, None)
    assert "Dinas Contoh" in document["sources"]
    assert last["legend"][0]["label"] == "1 kelurahan, di atas 10.000"
