"""The nation's tiles as a foreign decoder reads them: of every level, at every zoom, each region and no other."""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
import pytest
import shapely

from geoapp import cli
from geoapp.domain.levels import Level
from geoapp.domain.mercator import projected
from geoapp.domain.zooms import MAX_ZOOM, grid_of
from geoapp.editions.generalise import on_grid
from geoapp.store import reading
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from geoapp.tiles import vector
from geoapp.tiles.address import Address
from tests.editions import exact

pytestmark = pytest.mark.proof
LEVELS = (Level.PROVINCE, Level.REGENCY, Level.DISTRICT, Level.VILLAGE)
VILLAGES = 83_402
_ALL = 9
"""The last zoom of which every tile is decoded; beyond, those that hold an inside point: of all others nothing more
can be learnt but that large regions are cut into many."""
_PORTION = 400


class Place(NamedTuple):
    """Where the nation is kept: the database and its edition."""

    urls: Urls
    edition: str


class Seen(NamedTuple):
    """What was decoded of some tiles: the numbers, and of those asked for the distance to their inside point."""

    numbers: set[int]
    away: dict[int, float]


@pytest.fixture(scope="module")
def nation(database: Any, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The nation, imported by the commands an operator types."""
    files = sorted((data / "national").glob("*.topojson.zip"))
    if not files:
        pytest.skip("the file of the nation is absent")
    urls = database()
    asked = {"GEOAPP_DATABASE_URL": urls.owner, "GEOAPP_PUBLIC_DATABASE_URL": urls.public or "", "GEOAPP_LANG": "en"}
    codes = data / "codes" / "kemendagri_2025_kode_nama.csv.gz"
    # one feature of the file has no shape, and some hundred villages none at all: upper regions are made all the same
    nation = ("boundaries", "import", files[0], "--partial", "--complete", "province", "--id", "nation")
    with patch.dict(os.environ, {**asked, "GEOAPP_VAR": str(tmp_path_factory.mktemp("var"))}):
        for line in (("codes", "import", codes, "--system", "kemendagri", "--dated", "2025"), nation):
            assert cli.run([str(each) for each in line]) == 0, line
    return Place(urls, "nation")


@pytest.fixture(scope="module")
def inside(nation: Place) -> Mapping[Level, np.ndarray]:
    """The inside points (EPSG:3857) of every level, in number order, as they are published."""
    store = Store.at(*nation.urls)
    with store.read() as connection:
        regions = {level: reading.regions(connection, nation.edition, level) for level in LEVELS}
    store.close()
    for found in regions.values():
        assert [each.number for each in found] == list(range(1, len(found) + 1))
    return {level: projected(np.array([each.inside for each in found])) for level, found in regions.items()}


def test_every_level_of_the_nation_is_there(inside: Mapping[Level, np.ndarray]) -> None:
    assert [len(inside[level]) for level in LEVELS[:2]] == [38, 514]
    assert len(inside[Level.DISTRICT]) > 7200
    assert len(inside[Level.VILLAGE]) == VILLAGES


@pytest.mark.parametrize("zoom", range(MAX_ZOOM + 1))
@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.slug)
def test_the_numbers_in_the_tiles_of_a_zoom_are_those_of_the_level_each_at_its_inside_point(
    nation: Place, inside: Mapping[Level, np.ndarray], level: Level, zoom: int
) -> None:
    grid = grid_of(zoom)
    points = shapely.get_coordinates(on_grid(shapely.points(inside[level]), grid))
    tiles = addressed(points, zoom)
    portions = [tiles[at : at + _PORTION] for at in range(0, len(tiles), _PORTION)]

    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        decoded = list(pool.map(partial(seen_in, nation, level), portions))

    numbers = set().union(*(each.numbers for each in decoded))
    away = {number: far for each in decoded for number, far in each.away.items()}
    assert numbers == set(range(1, len(points) + 1))
    assert sorted(away) == sorted(numbers)
    pixel = grid.side(zoom) / 512
    far = {number: there for number, there in away.items() if there > pixel}
    assert far == {}


def addressed(points: np.ndarray, zoom: int) -> list[tuple[Address, list[tuple[int, Any]]]]:
    """The tiles to look at, each with the numbers and inside points (in units of the zoom's grid) that lie in it."""
    side = grid_of(zoom).side(zoom)
    held: dict[tuple[int, int], list[tuple[int, Any]]] = defaultdict(list)
    for number, (x, y) in enumerate(points.tolist(), 1):
        held[int(x // side), int(y // side)].append((number, (x, y)))
    if zoom <= _ALL:
        for x, y in _between(points / side):
            held.setdefault((x, y), [])
    return [(Address(zoom, *at), held[at]) for at in sorted(held)]


def _between(places: np.ndarray) -> Iterator[tuple[int, int]]:
    """Every tile of the box around all, and one further."""
    (west, top), (east, bottom) = places.min(axis=0).astype(int), places.max(axis=0).astype(int)
    for x in range(west - 1, east + 2):
        yield from ((x, y) for y in range(top - 1, bottom + 2) if min(x, y) >= 0)


def seen_in(nation: Place, level: Level, tiles: list[tuple[Address, list[tuple[int, Any]]]]) -> Seen:
    """Decode some tiles; every polygon in them must be valid and have area. Run in a process of its own."""
    numbers: set[int] = set()
    away: dict[int, float] = {}
    store = Store.at(*nation.urls)
    with store.read() as connection:
        for address, held in tiles:
            if max(address.x, address.y) >> address.z:
                continue
            tile = exact.seen(vector.shapes_tile(connection, nation.edition, level, address), address)
            numbers.update(tile.shapes)
            for number, point in held:
                drawn = tile.shapes.get(number)
                away[number] = float("inf") if drawn is None else drawn.distance(shapely.Point(point))
    store.close()
    return Seen(numbers, away)
