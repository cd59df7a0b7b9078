"""Vector tiles hold every region at its place, and addresses outside the grid do not exist."""

from pathlib import Path

import mapbox_vector_tile
import pyogrio
import pytest
from shapely.geometry import Point, shape

from geoapp.atlas import reading
from geoapp.domain.levels import Level
from geoapp.domain.mercator import metres
from geoapp.domain.zooms import MAX_ZOOM
from geoapp.errors import BadRequest
from geoapp.store.database import Store
from geoapp.tiles import tilejson, vector
from geoapp.tiles.address import Address
from tests import world

WEST, SOUTH, EAST, NORTH = world.edition().box


def _covering(zoom):
    """Every address whose square meets the edition."""
    side = Address(zoom, 0, 0).side
    left, bottom = metres(WEST, SOUTH)
    right, top = metres(EAST, NORTH)
    half = side * (1 << zoom) / 2
    columns = range(int((left + half) / side), int((right + half) / side) + 1)
    rows = range(int((half - top) / side), int((half - bottom) / side) + 1)
    return [Address(zoom, x, y) for x in columns for y in rows]


def _features(body):
    decoded = mapbox_vector_tile.decode(body, default_options={"y_coord_down": True})
    return decoded["regions"] if decoded else {"features": [], "extent": 1024}


@pytest.mark.parametrize(
    "address",
    [
        ("99", "0", "0"),
        ("3", "-1", "9"),
        ("3", "8", "0"),
        ("3", "0", "8"),
        ("a", "0", "0"),
        ("1", "0", ""),
        ("²", 0, 0),
    ],
)
def test_an_address_outside_the_grid_is_refused(address):
    with pytest.raises(BadRequest, match=r"error\.tile_address"):
        Address.parse(*address)


def test_the_whole_world_is_one_square_at_zoom_nought():
    assert Address.parse("0", "0", "0").bounds == pytest.approx((-20037508.34, -20037508.34, 20037508.34, 20037508.34))


def test_a_tile_beside_the_edition_is_known_to_be_empty_and_the_query_agrees(stored: Store):
    far = Address.parse(10, 0, 0)

    assert not far.touches(world.edition().box)
    with stored.read() as connection:
        assert vector.shapes_tile(connection, world.EDITION, Level.VILLAGE, far) == b""


@pytest.mark.parametrize("zoom", [0, 5, 8, 10, 12, MAX_ZOOM])
def test_every_region_is_in_some_tile_of_every_zoom(stored: Store, zoom):
    found = set()
    with stored.read() as connection:
        for address in _covering(zoom):
            assert address.touches(world.edition().box)
            for each in _features(vector.shapes_tile(connection, world.EDITION, Level.VILLAGE, address))["features"]:
                found.add((each["id"], each["properties"]["code"]))

    assert found == {(each.number, each.code) for each in world.regions()}


def test_a_shape_lies_where_its_inside_point_is(stored: Store):
    regions = {each.number: each for each in world.regions()}
    checked = set()
    with stored.read() as connection:
        for address in _covering(MAX_ZOOM):
            tile = _features(vector.shapes_tile(connection, world.EDITION, Level.VILLAGE, address))
            west, _, _, north = address.bounds
            for each in tile["features"]:
                x, y = metres(*regions[each["id"]].inside)
                units = tile["extent"] / address.side
                point = Point((x - west) * units, (north - y) * units)
                if 0 <= point.x < tile["extent"] and 0 <= point.y < tile["extent"]:
                    assert shape(each["geometry"]).contains(point)
                    checked.add(each["id"])

    assert checked == set(regions)


def test_tiles_are_coarse_below_the_last_zoom_and_full_there(stored: Store):
    with stored.read() as connection:
        extents = [
            _features(vector.shapes_tile(connection, world.EDITION, Level.VILLAGE, _covering(zoom)[0]))["extent"]
            for zoom in (MAX_ZOOM - 1, MAX_ZOOM)
        ]

    assert extents == [1024, 4096]


def test_a_hostile_name_is_plain_text_in_a_tile(stored: Store):
    with stored.read() as connection:
        features = _features(vector.shapes_tile(connection, world.EDITION, Level.VILLAGE, Address(0, 0, 0)))["features"]

    assert {each["id"]: each["properties"]["name"] for each in features}[4] == world.HOSTILE


def test_a_layers_tile_says_figure_state_and_class_as_plan_and_database_do(stored: Store):
    layer = reading.layer(stored, world.LAYER)
    page = reading.open_map(stored, layer)

    with stored.read() as connection:
        body = vector.layer_tile(
            connection, world.EDITION, layer.release.id, page.level, page.period, page.plan, Address(5, 26, 16)
        )

    said = {each["id"]: each["properties"] for each in _features(body)["features"]}
    assert len(said) == 12
    for region, observation in zip(page.regions, page.observations, strict=True):
        assert said[region.number].get("figure") == observation.figure
        assert said[region.number].get("state") == (observation.state.value if observation.state else None)
        assert said[region.number]["class"] == page.plan.classes[region.number - 1]


def test_a_layers_tile_of_an_upper_level_has_the_aggregates(stored: Store):
    layer = reading.layer(stored, world.LAYER)
    page = reading.open_map(stored, layer, Level.DISTRICT)

    with stored.read() as connection:
        body = vector.layer_tile(
            connection, world.EDITION, layer.release.id, page.level, page.period, page.plan, Address(0, 0, 0)
        )

    assert [each["properties"].get("figure") for each in _features(body)["features"]] == [
        each.figure for each in page.observations
    ]


def test_another_reader_of_vector_tiles_sees_the_same_regions(stored: Store, tmp_path: Path):
    folder = tmp_path / "0" / "0"
    folder.mkdir(parents=True)
    with stored.read() as connection:
        body = vector.shapes_tile(connection, world.EDITION, Level.VILLAGE, Address(0, 0, 0))
    (folder / "0.pbf").write_bytes(body)

    read = pyogrio.read_dataframe(folder / "0.pbf", layer="regions", read_geometry=False)

    assert sorted(read["code"]) == sorted(each.code for each in world.regions())


def test_the_tilejson_names_bounds_and_fields():
    said = tilejson.document("Kota Contoh", "/tiles/x/village/{z}/{x}/{y}.mvt", world.edition().box, "Batas")

    assert said["tilejson"] == "3.0.0"
    assert said["bounds"] == list(world.edition().box)
    assert said["vector_layers"][0]["id"] == "regions"
    assert set(said["vector_layers"][0]["fields"]) == {"code", "name"}
    assert said["minzoom"] <= said["center"][2] <= said["maxzoom"]


@pytest.mark.parametrize("zoom", range(MAX_ZOOM + 1))
def test_no_square_of_the_grid_is_too_far_out_to_be_cut(stored: Store, zoom: int) -> None:
    ends = {min(place, 2**zoom - 1) for place in (0, 7, 15, 31, 63, 127, 2**zoom - 1)}
    with stored.read() as connection:
        found = {vector.shapes_tile(connection, world.EDITION, Level.VILLAGE, Address(zoom, n, n)) for n in ends}

    assert b"" in found or zoom == 0
