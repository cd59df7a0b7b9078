"""From a real file to decoded tiles: neighbours share every vertex, none is lost, the next tile goes on the same."""

import csv
import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import shapely

from geoapp.domain.code_column import Lists
from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.domain.mercator import projected
from geoapp.domain.zooms import GRIDS, MAX_ZOOM, grid_of
from geoapp.editions import coverage
from geoapp.editions.draft import Draft
from geoapp.editions.generalise import on_grid
from geoapp.editions.line import prepare
from geoapp.editions.publish import publish
from geoapp.store.database import Store
from geoapp.tiles import vector
from geoapp.tiles.address import Address
from tests.editions import exact, files

DATA = Path(__file__).parents[3] / "shared" / "data"
PLACES = {
    "malang": "kemendagri_wilayah_boundaries_kel_35.73.geojson",
    "serang": "kemendagri_wilayah_boundaries_kel_36.04.geojson",
    "yogyakarta": "dukcapil_2019_di_yogyakarta_shp.zip",
}
DEEP = range(9, MAX_ZOOM + 1)
Made = Callable[[str], tuple[Store, str, Draft]]


@pytest.fixture(scope="module")
def made(shared_store: Store) -> Made:
    """Imports a place once; its edition's id and draft."""
    done: dict[str, tuple[Store, str, Draft]] = {}

    def make(place: str) -> tuple[Store, str, Draft]:
        if place not in done:
            if not DATA.is_dir():
                pytest.skip("the folder of real files is absent")
            draft, findings = prepare(files.draft(DATA / "boundaries" / PLACES[place], official=_official()))
            done[place] = shared_store, publish(shared_store, draft, findings).id, draft
        return done[place]

    return make


def _official() -> Lists:
    with gzip.open(DATA / "codes" / "kemendagri_2025_kode_nama.csv.gz", "rt", encoding="utf-8") as file:
        return {CodeSystem.KEMENDAGRI: {row["code"]: row["name"] for row in csv.DictReader(file)}}


def _tiles(made: tuple[Store, str, Draft], level: Level, zoom: int) -> Iterator[exact.Seen]:
    store, edition, draft = made
    side = grid_of(zoom).side(zoom)
    bounds = shapely.total_bounds(draft.outlines[level, grid_of(zoom).zoom])
    west, top, east, bottom = (np.floor(bounds / side)).astype(int)
    with store.read() as connection:
        for x in range(west, east + 1):
            for y in range(top, bottom + 1):
                address = Address(zoom, x, y)
                yield exact.seen(vector.shapes_tile(connection, edition, level, address), address)


places = pytest.mark.parametrize(
    "place", ["malang", "serang", pytest.param("yogyakarta", marks=pytest.mark.proof(reason="a whole province"))]
)


@places
@pytest.mark.parametrize("zoom", [grid.zoom for grid in GRIDS])
def test_a_stored_level_is_one_coverage_on_its_grid(made: Made, place: str, zoom: int) -> None:
    draft = made(place)[2]
    for level, frame in draft.levels.items():
        drawn = draft.outlines[level, zoom]
        assert len(drawn) == len(frame)
        assert (shapely.area(drawn) > 0).all()
        if zoom >= DEEP[0]:
            exact.judged(drawn)


@places
@pytest.mark.parametrize("zoom", DEEP)
def test_no_vertex_moved_farther_than_half_a_cells_diagonal(made: Made, place: str, zoom: int) -> None:
    draft, grid = made(place)[2], grid_of(zoom)
    for level, frame in draft.levels.items():
        full = shapely.transform(np.asarray(frame.geometry.values), projected)
        simple = on_grid(coverage.simplify(full, grid.tolerance * grid.unit), grid)
        drawn = draft.outlines[level, zoom]
        own_cell = shapely.area(drawn) <= 1
        for before, after in zip(simple[~own_cell], drawn[~own_cell], strict=True):
            away = shapely.distance(shapely.points(shapely.get_coordinates(after)), shapely.boundary(before))
            assert away.max() < (0.7072 if not own_cell.any() else 1.7)


@places
@pytest.mark.parametrize("zoom", DEEP)
def test_decoded_tiles_share_every_vertex_and_go_on_in_the_next_tile(made: Made, place: str, zoom: int) -> None:
    world = made(place)
    outlines, side = world[2].outlines[Level.VILLAGE, zoom], grid_of(zoom).side(zoom)
    coast = exact.unmatched(exact.directed(outlines))
    beside: dict[tuple[int, int], exact.Seen] = {}
    crossings = 0
    for tile in _tiles(world, Level.VILLAGE, zoom):
        exact.judged_tile(tile, coast)
        x, y = tile.address.x, tile.address.y
        square = shapely.box(x * side, y * side, (x + 1) * side, (y + 1) * side)
        there = np.flatnonzero(shapely.area(shapely.intersection(outlines, square)) >= 0.5) + 1
        assert set(there) <= set(tile.shapes)
        crossings += sum(exact.judged_beside(beside[at], tile) for at in ((x - 1, y), (x, y - 1)) if at in beside)
        beside[x, y] = tile
    assert crossings > 10 or len(beside) < 3


@places
@pytest.mark.parametrize("zoom", [0, 4, 6, 8, *DEEP])
def test_of_every_level_all_regions_are_in_the_tiles_near_their_inside_points(
    made: Made, place: str, zoom: int
) -> None:
    world = made(place)
    grid = grid_of(zoom)
    pixel = grid.side(zoom) / 512
    for level, frame in world[2].levels.items():
        inside = on_grid(shapely.points(projected(shapely.get_coordinates(frame["inside"].to_numpy()))), grid)
        away = np.full(len(frame), np.inf)
        for tile in _tiles(world, level, zoom):
            for number, drawn in tile.shapes.items():
                away[number - 1] = min(away[number - 1], drawn.distance(inside[number - 1]))
        assert (away <= pixel).all()
