"""Measure serving: gunicorn as committed, two workers, over a database with the sample and, where they are, real files.

Run: .venv/bin/python benchmarks/serving.py
Warm tiles under load from wrk with nginx on the same bytes between the runs; cold tiles with the plain way of cutting
them in the same run; pages, files, pictures and documents over one keep-alive connection; memory at the end.
"""

import gzip
import itertools
import json
from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from bench import load, results
from bench.machine import family, resident_mib
from bench.results import Figure, p99, times
from bench.site import City, Served, forget_tiles, prepared, served, settings
from sqlalchemy import Connection, text

from geoapp.atlas import geography
from geoapp.domain.levels import Level
from geoapp.domain.mercator import metres
from geoapp.domain.zooms import grid_of
from geoapp.store.cluster import Cluster, database_url
from geoapp.store.database import Store
from geoapp.tiles import vector
from geoapp.tiles.address import Address

WARM_RUNS = 3
WARM_ZOOMS = (8, 10, 13)
COLD_ROUNDS = 1
ZOOMS = range(6, 14)
_PLAIN = text("""
    SELECT ST_AsMVT(cut, 'regions', :side, 'geom', 'id') FROM (
        SELECT outline.number AS id, region.code, region.name,
               ST_AsMVTGeom(outline.shape, ST_MakeEnvelope(:left, :top, :left + :side, :top + :side), :side, :margin)
                   AS geom
        FROM geography.outline JOIN geography.region USING (edition_id, level, number)
        WHERE outline.edition_id = :edition AND outline.level = :level AND outline.zoom = :zoom
          AND outline.shape && ST_MakeEnvelope(
              :left - :margin, :top - :margin, :left + :side + :margin, :top + :side + :margin)
    ) AS cut WHERE geom IS NOT NULL
""")
"""The plain way, from the same outlines (mirrored, as it takes y to grow upward, which costs and weighs the same)."""


def warm_tiles(city: City, server: Served, squares: list[Address]) -> Iterator[Figure]:
    """One tile of each zoom under load, and nginx with the same bytes."""
    if load.missing("wrk", "wrk"):
        return
    version = _version(server, city)
    for zoom in WARM_ZOOMS:
        path = max(
            (_path(city, each, version) for each in squares if each.z == zoom),
            key=lambda path: len(server.get(path, "gzip").body),
        )
        first = server.get(path, "gzip")
        runs, unchanged = [], []
        for _ in range(WARM_RUNS):
            runs.append(load.run(server.url + path, server.workers, Accept_Encoding="gzip"))
            tag = {"If_None_Match": first.headers["etag"]}
            unchanged.append(load.run(server.url + path, server.workers, Accept_Encoding="gzip", **tag))
        note = f"{len(first.body) / 1000:.1f} kB gzip"
        yield Figure(f"warm tile z{zoom}", "requests/s", [each.rate for each in runs], 4500, True, note)
        yield Figure(f"warm tile z{zoom}, worker CPU", "µs", [each.cpu for each in runs], 300)
        yield Figure(f"warm tile z{zoom}, p99 of 16 connections", "ms", [each.p99 for each in runs], 15)
        yield Figure(f"warm tile z{zoom}, 304", "requests/s", [each.rate for each in unchanged])
        yield Figure(f"warm tile z{zoom}, 304, worker CPU", "µs", [each.cpu for each in unchanged], 180)
        if not load.missing("nginx", "nginx-light"):
            yield from _beside_nginx(zoom, first.body, server.url + path, server.workers)


def _beside_nginx(zoom: int, body: bytes, url: str, workers: list[int]) -> Iterator[Figure]:
    ours, theirs = [], []
    with load.nginx(body) as (address, processes):
        for _ in range(WARM_RUNS):
            theirs.append(load.run(address, processes).rate)
            ours.append(load.run(url, workers, Accept_Encoding="gzip").rate)
    shares = [100 * mine / other for mine, other in zip(ours, theirs, strict=True)]
    yield Figure(f"nginx static, tile z{zoom}", "requests/s", theirs)
    yield Figure(f"warm tile z{zoom}, share of nginx in turns with it", "%", shares, 7, True)


def cold_tiles(city: City, squares: list[Address]) -> Iterator[Figure]:
    """Every tile of the city, each as the first to ask for it, one connection."""
    found = defaultdict(list)
    for _ in range(COLD_ROUNDS):
        forget_tiles()
        with served() as server:
            for _ in range(8):
                server.get("/tiles/nusa-purnama-sample-2024/village/6/0/0.mvt")
                server.get(f"/places/{city.edition}/village")
            for square in squares:
                found[square.z] += times(partial(server.get, _path(city, square), "gzip"), 1, warm=0)
    for zoom, each in sorted(found.items()):
        yield Figure(f"cold tile z{zoom}", "ms", each)
    deep = [each for zoom, some in found.items() if zoom >= 9 for each in some]
    yield Figure("cold tile, z9 and deeper, p99", "ms", [p99(deep)], 30, note=f"{len(deep)} tiles")


def cutting(city: City, store: Store, squares: list[Address]) -> Iterator[Figure]:
    """SQL alone in turns with the plain way: time, and bytes of both."""
    ours, plain, sizes, plain_sizes = (defaultdict(list) for _ in range(4))
    with store.read() as connection:
        for _, square in itertools.product(range(2), squares):
            for cut, taken, bytes_of in ((_cut, ours, sizes), (_plainly, plain, plain_sizes)):
                taken[square.z] += times(partial(cut, connection, city, square), 1, warm=0)
                bytes_of[square.z].append(len(gzip.compress(cut(connection, city, square), 6)))
    for zoom in ours:
        budget = Figure("", "", plain[zoom]).median + 3
        yield Figure(f"cut z{zoom}, SQL", "ms", ours[zoom], budget)
        yield Figure(f"cut z{zoom}, the plain way", "ms", plain[zoom])
        yield Figure(
            f"cut z{zoom}, bytes in all over the plain way", "ratio", [sum(sizes[zoom]) / sum(plain_sizes[zoom])], 1.05
        )


def pages_and_files(city: City, server: Served) -> Iterator[Figure]:
    """The map page warm, GeoJSON and pictures cold and warm, and the bytes of what a viewer asks for."""
    first = city.layers[0]
    document = json.loads(server.get(f"/layers/{first}.json", "identity").body)
    views = list(itertools.product(city.layers, document["periods"]))
    note = f"{city.regions} regions"
    page, file = f"/maps/{first}", f"/downloads/{first}.geojson"
    yield Figure("map page, warm", "ms", times(lambda: server.get(page), 100, warm=8), 30, note=note)
    files = [f"/downloads/{layer}.geojson?period={period}" for layer, period in views]
    yield Figure("GeoJSON, full detail, cold", "ms", _once(server, files), 150, note=note)
    yield Figure(
        "GeoJSON, full detail, warm", "ms", times(lambda: server.get(file, "gzip"), 50, warm=8), 3,
        note=f"{len(server.get(file, 'gzip').body) / 1000:.0f} kB gzip",
    )  # fmt: skip
    drawn = [f"/maps/{layer}.png?size=1200x630&period={period}" for layer, period in views]
    yield Figure("picture 1200x630, cold", "ms", _once(server, drawn), 150, note=note)
    level = document["levels"][0]
    wanted = {
        "class array, br": (level["plans"][document["latest"]]["classes"], 1000),
        "layer document, br": (f"/layers/{first}.json", None),
        "places, br": (level["places"], None),
        "map page, br": (page, None),
    }
    for what, (path, budget) in wanted.items():
        yield Figure(what, "bytes", [len(server.get(path).body)], budget, note=note)


def memory(server: Served) -> Figure:
    """Proportional memory of master, workers and the private database, after all that."""
    database = Cluster.of(settings()).pid()
    assert database is not None
    everybody = family(server.process.pid) + family(database)
    return Figure("memory of service and database", "MiB", [resident_mib(everybody)], 600, note="Pss, after the load")


def squares_of(city: City, store: Store) -> list[Address]:
    """Every tile address of the city's edition, coarse ones first."""
    west, south, east, north = geography.edition(store, city.edition).box
    left, bottom = metres(west, south)
    right, top = metres(east, north)
    found = []
    for zoom in ZOOMS:
        world = Address(zoom, 0, 0)
        x0, y0, side = world.bounds[0], world.bounds[3], world.side
        columns = range(int((left - x0) // side), int((right - x0) // side) + 1)
        rows = range(int((y0 - top) // side), int((y0 - bottom) // side) + 1)
        found += [Address(zoom, x, y) for x, y in itertools.product(columns, rows)]
    return found


def _once(server: Served, paths: list[str]) -> list[float]:
    """Milliseconds of each address, asked for once."""
    return [times(partial(server.get, path, "gzip"), 1, warm=0)[0] for path in paths]


def _path(city: City, square: Address, version: str = "") -> str:
    path = f"/tiles/{city.edition}/village/{square.z}/{square.x}/{square.y}.mvt"
    return f"{path}?v={version}" if version else path


def _version(server: Served, city: City) -> str:
    """What the addresses of tiles that are kept for ever say, as viewers are told it."""
    told = json.loads(server.get(f"/tiles/{city.edition}/village.json", "identity").body)["tiles"][0]
    return str(told.partition("?v=")[2])


def _cut(connection: Connection, city: City, square: Address) -> bytes:
    return vector.shapes_tile(connection, city.edition, Level.VILLAGE, square)


def _plainly(connection: Connection, city: City, square: Address) -> bytes:
    grid = grid_of(square.z)
    side = grid.side(square.z)
    asked = {"left": float(square.x * side), "top": float(square.y * side), "side": side, "margin": grid.margin}
    asked |= {"edition": city.edition, "level": Level.VILLAGE.value, "zoom": grid.zoom}
    return bytes(connection.execute(_PLAIN, asked).scalar_one())


def main() -> None:
    """All of it, one after the other."""
    machine = results.begin()
    city = prepared()
    store = Store.at(*database_url(settings()))
    squares = squares_of(city, store)
    figures = [*cold_tiles(city, squares), *cutting(city, store, squares)]
    with served() as server:
        figures += [*pages_and_files(city, server), *warm_tiles(city, server, squares), memory(server)]
    store.close()
    results.write("serving", machine, figures)


if __name__ == "__main__":
    main()
