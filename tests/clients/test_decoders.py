"""GDAL over HTTP, mapbox-vector-tile and the viewer in Node read the same regions and rings out of every tile."""

import threading
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyogrio
import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from geoapp import create_app
from geoapp.domain.levels import Level
from geoapp.domain.mercator import metres
from geoapp.domain.regions import Box
from geoapp.domain.zooms import MAX_ZOOM
from geoapp.editions.line import prepare
from geoapp.editions.publish import publish
from geoapp.settings import HOME, Settings
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from geoapp.tiles.address import Address
from tests.built import write_built
from tests.clients import decoders
from tests.editions import exact, files

PLACES = {
    "sample": HOME / "boundaries" / "sample" / "pulau-purnama-2024.geojson",
    "malang": HOME.parent / "shared" / "data" / "boundaries" / "kemendagri_wilayah_boundaries_kel_35.73.geojson",
}
ZOOMS = (0, 8, 10, 12, MAX_ZOOM)
UPPER_ZOOMS = (0, 10)


@dataclass(frozen=True)
class Served:
    """An edition that a service answers for."""

    url: str
    edition: str
    regions: Mapping[Level, int]
    box: Box

    def address(self, level: Level, square: Address) -> str:
        """Where a tile is."""
        return f"{self.url}/tiles/{self.edition}/{level.slug}/{square.z}/{square.x}/{square.y}.mvt"


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="module")
def service(database: Callable[[], Urls], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Store]]:
    """A service over an empty database, and its store."""
    urls, var = database(), tmp_path_factory.mktemp("clients")
    asked = Settings(
        var=var, assets=write_built(var / "assets"), database_url=urls.owner, public_database_url=urls.public
    )
    app = create_app(asked)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", app.extensions["geoapp"].store
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions["geoapp"].store.close()


@pytest.fixture(scope="module", params=PLACES)
def served(request: pytest.FixtureRequest, service: tuple[str, Store]) -> Served:
    """A place from its file to its tiles' addresses."""
    file, (url, store) = PLACES[request.param], service
    if not file.exists():
        pytest.skip("the folder of real files is absent")
    draft, findings = prepare(files.draft(file, official={}))
    west, south, east, north = (float(side) for side in draft.levels[Level.VILLAGE].total_bounds)
    regions = {level: len(frame) for level, frame in draft.levels.items()}
    return Served(url, publish(store, draft, findings).id, regions, (west, south, east, north))


@pytest.fixture(scope="module", autouse=True)
def curl() -> Iterator[None]:
    """GDAL asks for the tile alone, not for what may lie beside it, and remembers nothing of it."""
    asked = {
        "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
        "CPL_VSIL_CURL_NON_CACHED": "/vsicurl/",
        "GDAL_HTTP_PROXY": "",
    }
    pyogrio.set_gdal_config_options(asked)
    yield
    pyogrio.set_gdal_config_options(dict.fromkeys(asked))


def _squares(box: Box, zoom: int) -> Sequence[Address]:
    """The tiles that touch a box."""
    whole = Address(zoom, 0, 0)
    half = whole.side * (1 << zoom) / 2
    left, bottom = metres(*box[:2])
    right, top = metres(*box[2:])
    columns = range(int((left + half) / whole.side), int((right + half) / whole.side) + 1)
    rows = range(int((half - top) / whole.side), int((half - bottom) / whole.side) + 1)
    return [Address(zoom, x, y) for x in columns for y in rows]


def _fetched(url: str) -> bytes:
    with urllib.request.urlopen(url) as answer:
        body: bytes = answer.read()
    return body


def test_three_readers_see_the_same_regions_and_rings_in_every_tile(served: Served, tmp_path: Path) -> None:
    for level, regions in served.regions.items():
        zooms = ZOOMS if level is Level.VILLAGE else UPPER_ZOOMS
        squares = [each for zoom in zooms for each in _squares(served.box, zoom)]
        bodies = {square: _fetched(served.address(level, square)) for square in squares}
        in_node = decoders.viewer(tmp_path / level.slug, bodies)

        numbers: dict[int, set[int]] = {zoom: set() for zoom in zooms}
        for square, body in bodies.items():
            drawn = decoders.python(body)
            assert in_node[square] == drawn, f"the viewer sees {square} differently"
            if drawn:
                assert decoders.gdal(served.address(level, square), square) == drawn, f"GDAL sees {square} differently"
            numbers[square.z].update(drawn)
        assert all(found == set(range(1, regions + 1)) for found in numbers.values())


@pytest.mark.parametrize("zoom", [10, 12, MAX_ZOOM])
def test_tiles_side_by_side_draw_the_same_where_both_reach(served: Served, zoom: int) -> None:
    beside: dict[tuple[int, int], exact.Seen] = {}
    edges = 0
    for square in _squares(served.box, zoom):
        seen = exact.seen(_fetched(served.address(Level.VILLAGE, square)), square)
        edges += sum(
            exact.judged_beside(beside[at], seen)
            for at in ((square.x - 1, square.y), (square.x, square.y - 1))
            if at in beside
        )
        beside[square.x, square.y] = seen
    assert edges > 10 or len(beside) < 3
