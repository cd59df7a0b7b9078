"""Measure tiles zoom by zoom as a foreign decoder reads them: whether they are exact; their bytes; how fast when warm.

Run: .venv/bin/python benchmarks/exactness.py
Every tile in which a village shows is read by a foreign decoder and judged as those of other servers are (peers.py).
How long the first request takes, and the SQL beside the plain way of cutting, is in serving.py;
what a large edition costs in tiling.py.
"""

import gzip
import shutil
from collections.abc import Iterator, Mapping
from functools import partial

import psycopg
import shapely
from bench import load, places, results, site, verdict
from bench.places import Place
from bench.results import Figure
from bench.site import Served

from geoapp.domain.levels import Level
from geoapp.domain.zooms import GRIDS, MAX_ZOOM, grid_of
from geoapp.store.cluster import Cluster

EXACT_FROM = 9
_KB = {9: 39, 10: 39, 12: 4.7}
"""Decimal kilobytes: the yardstick of the budgets."""
_ALL = """
    SELECT code, ST_AsBinary(outline.shape)
    FROM geography.outline JOIN geography.region USING (edition_id, level, number)
    WHERE edition_id = %s AND level = %s AND zoom = %s
"""


def shapes_at(connection: psycopg.Connection, place: Place, zoom: int) -> dict[str, shapely.Geometry]:
    """Code → stored outline in units of a tile of 1024, from the corner of the world."""
    grid = grid_of(zoom)
    rows = connection.execute(_ALL, [place.edition, Level.VILLAGE.value, grid.zoom]).fetchall()
    share = verdict.EXTENT / grid.side(zoom)
    shapes = shapely.transform(shapely.from_wkb([bytes(each) for _, each in rows]), lambda at: at * share)
    return dict(zip((code for code, _ in rows), shapes, strict=True))


def told(place: Place, zoom: int, server: Served, true: Mapping[str, shapely.Geometry]) -> Iterator[Figure]:
    """One line of the place's table."""
    line = partial(Figure, group=f"{place.title}: {len(true)} villages", row=f"z{zoom}")
    template = site.tile_template(server, place.edition)
    paths = {each: template.format(z=each.z, x=each.x, y=each.y) for each in places.squares(list(true.values()), zoom)}
    bodies = {square: server.get(path, "gzip").body for square, path in paths.items()}
    sizes = [len(each) / 1000 for each in bodies.values()]
    found = verdict.judged({square: gzip.decompress(each) for square, each in bodies.items()}, true)
    exact = 0 if zoom >= EXACT_FROM else None
    yield line("tiles", "", [len(bodies)])
    yield line("gzip, median", "kB", sizes, _KB.get(zoom))
    yield line("gzip, largest", "kB", [max(sizes)])
    yield line("villages lost", "", [len(found.lost)], exact)
    yield line("with an unmatched edge", "", [len(found.unmatched)], exact)
    yield line("invalid", "", [len(found.invalid)], exact)
    yield line("overlap", "units²", [round(found.overlap, 1)], exact)
    yield line("crossings between tiles", "", [found.crossings])
    yield line("of them differing", "", [found.differing], exact)
    if shutil.which("wrk"):
        run = load.turns(server.url, list(paths.values()), [server.process.pid], Accept_Encoding="gzip")
        yield line("warm", "requests/s", [run.rate], 4500, True)
        yield line("p99 of 16 connections", "ms", [run.p99], 15)
        yield line("worker CPU", "µs", [run.cpu], 300)


def main() -> None:
    """Every zoom of every place."""
    machine = results.begin()
    site.prepared()
    load.missing("wrk", "wrk")
    figures: list[Figure] = []
    wanted = places.chosen()
    with site.served() as server, psycopg.connect(Cluster.of(site.settings()).url()) as connection:
        for place in wanted:
            for zoom in range(GRIDS[0].zoom, MAX_ZOOM + 1):
                figures += told(place, zoom, server, shapes_at(connection, place, zoom))
    results.write("exactness", machine, figures)


if __name__ == "__main__":
    main()
