"""Every tile that is not counted as covered is empty, at every zoom and level; nearly every covered one is not."""

import itertools

import pytest
import shapely
from sqlalchemy import Connection

from geoapp.domain.covered import Covered
from geoapp.domain.levels import Level
from geoapp.domain.mercator import HALF, metres
from geoapp.domain.zooms import GRIDS, MAX_ZOOM, grid_of
from geoapp.editions.cover import cover, places
from geoapp.store import coverage, reading
from geoapp.store.database import Store
from geoapp.tiles import vector
from geoapp.tiles.address import Address
from tests import world


@pytest.fixture(scope="module")
def covered(shared_store: Store) -> Store:
    with shared_store.begin() as connection:
        world.store_world(connection)
        cover(connection, world.EDITION)
    return shared_store


def around(connection: Connection, zoom: int) -> list[tuple[int, int]]:
    """The squares of the edition's box, and one more on every side."""
    edition = reading.edition(connection, world.EDITION)
    assert edition is not None
    (left, bottom), (right, top) = metres(*edition.box[:2]), metres(*edition.box[2:])
    side = 2 * HALF / 2**zoom
    columns = range(int((left + HALF) // side) - 1, int((right + HALF) // side) + 2)
    rows = range(int((HALF - top) // side) - 1, int((HALF - bottom) // side) + 2)
    across = range(2**zoom)
    return [(x, y) for x, y in itertools.product(columns, rows) if x in across and y in across]


@pytest.mark.parametrize("level", [Level.REGENCY, Level.VILLAGE])
@pytest.mark.parametrize("zoom", [0, 3, 4, 8, 10, 12, MAX_ZOOM])
def test_tiles_known_to_be_empty_are_empty(covered: Store, level: Level, zoom: int) -> None:
    with covered.read() as connection:
        known = coverage.covered(connection, world.EDITION, level, zoom)
        assert known is not None and len(known)
        held = {
            square
            for square in around(connection, zoom)
            if vector.shapes_tile(connection, world.EDITION, level, Address(zoom, *square))
        }
        kept = {square for square in around(connection, zoom) if square in known}

    assert held
    assert held <= kept == set(known)


def test_a_tile_inside_of_a_large_region_is_covered() -> None:
    grid = grid_of(9)
    side = grid.side(9)
    large = shapely.multipolygons([shapely.box(10 * side + 100, 20 * side + 100, 17 * side, 26 * side)])

    found = Covered(9, places([large], grid, 9))

    assert all((x, y) in found for x, y in itertools.product(range(10, 17), range(20, 26)))
    assert (9, 22) not in found and (18, 22) not in found and (12, 19) not in found


def test_a_margin_reaches_into_the_next_tile() -> None:
    grid = grid_of(9)
    side = grid.side(9)
    near = shapely.multipolygons([shapely.box(5 * side + grid.margin - 1, 5 * side + 40, 5 * side + 60, 5 * side + 60)])
    away = shapely.multipolygons([shapely.box(5 * side + grid.margin + 1, 5 * side + 40, 5 * side + 60, 5 * side + 60)])

    assert set(Covered(9, places([near], grid, 9))) == {(4, 5), (5, 5)}
    assert set(Covered(9, places([away], grid, 9))) == {(5, 5)}


def test_every_zoom_is_looked_at(covered: Store) -> None:
    with covered.read() as connection:
        found = [coverage.covered(connection, world.EDITION, Level.DISTRICT, zoom) for zoom in range(MAX_ZOOM + 1)]

    assert None not in found
    assert {grid.zoom for grid in GRIDS} == set(range(4, MAX_ZOOM + 1))
