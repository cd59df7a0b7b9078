"""Measure tiles of a large edition: made ahead, cut cold, answered empty, written as an archive.

Run: .venv/bin/python benchmarks/tiling.py, for the largest edition of the benchmarks' site; with GEOAPP_DATABASE_URL
set, for that of the database it names. Tiles go onto a shelf of their own, which is removed afterwards.
"""

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench import results
from bench.results import Figure, p99, times
from bench.site import prepared, settings
from sqlalchemy import text

from geoapp.atlas import geography
from geoapp.domain.levels import Level
from geoapp.domain.regions import Edition
from geoapp.domain.zooms import MAX_ZOOM
from geoapp.settings import Settings
from geoapp.store.cluster import database_url
from geoapp.store.database import Store
from geoapp.tiles import ahead, archive, tilejson, vector
from geoapp.tiles.address import Address
from geoapp.tiles.archive import Source
from geoapp.tiles.shelf import Shelf, packed

SAMPLE = 150
"""Tiles of a zoom that are cut, chosen at random with a fixed seed."""
EXPORTED = 10


def largest(store: Store) -> Edition:
    """The edition with the most regions."""
    asked = text("SELECT edition_id FROM geography.region GROUP BY edition_id ORDER BY count(*) DESC LIMIT 1")
    with store.begin() as connection:
        return geography.edition(store, connection.execute(asked).scalar_one())


def cold(store: Store, edition: Edition, level: Level) -> Iterator[Figure]:
    """Tiles by zoom, each cut and compressed for the first time; and what they weigh."""
    deep = []
    for zoom in range(4, MAX_ZOOM + 1):
        known = ahead.squares(store, edition.id, level, [zoom])
        chosen = random.Random(zoom).sample(known, min(SAMPLE, len(known)))
        sizes, taken = [], []
        for square in chosen:
            begun = time.perf_counter()
            with store.read() as connection:
                raw = vector.shapes_tile(connection, edition.id, level, square)
            body = packed(raw)
            taken.append((time.perf_counter() - begun) * 1000)
            sizes.append(len(body))
        deep += taken if zoom >= 9 else []
        note = (
            f"{len(chosen)} of {len(known)} tiles, {median(sizes) / 1000:.1f} kB gzip, at most {max(sizes) / 1000:.0f}"
        )
        yield Figure(f"{level.slug} z{zoom}, cut and compressed", "ms", taken, note=note)
    yield Figure(f"{level.slug}, z9 and deeper, p99", "ms", [p99(deep)], 30, note=f"{len(deep)} tiles")


def empty(store: Store, edition: Edition, level: Level) -> Iterator[Figure]:
    """Tiles of the edition's box that hold nothing: cut nevertheless, how many were not; and how long knowing takes."""
    for zoom in (9, MAX_ZOOM):
        known = geography.covered(store, edition.id, level, zoom)
        assert known is not None
        inside = set(known)
        wests, norths = [x for x, _ in inside], [y for _, y in inside]
        every = {(x, y) for x in range(min(wests), max(wests) + 1) for y in range(min(norths), max(norths) + 1)}
        beside = random.Random(1).sample(sorted(every - inside), min(SAMPLE, len(every - inside)))
        with store.read() as connection:
            wrong = sum(bool(vector.shapes_tile(connection, edition.id, level, Address(zoom, x, y))) for x, y in beside)
            hollow = sum(
                not vector.shapes_tile(connection, edition.id, level, Address(zoom, x, y))
                for x, y in random.Random(1).sample(sorted(inside), min(SAMPLE, len(inside)))
            )
        note = f"{len(inside)} of {len(every)} tiles of the box hold something"
        yield Figure(f"{level.slug} z{zoom}, said to be empty but not", "tiles", [wrong], 0, note=note)
        yield Figure(
            f"{level.slug} z{zoom}, asked for in vain", "% of those held", [100 * hollow / min(SAMPLE, len(inside))]
        )
        looked = times(lambda known=known, beside=beside: [each in known for each in beside], 20)
        yield Figure(
            f"{level.slug} z{zoom}, knowing that a tile is empty", "µs", [1000 * t / len(beside) for t in looked]
        )


def made_ahead(store: Store, edition: Edition, level: Level) -> Iterator[Figure]:
    """What ``geoapp tiles make`` makes unasked, and the same again when all is there."""
    last = ahead.slow_zoom(geography.regions(store, edition.id, level))
    if last is None:
        return
    wanted = ahead.squares(store, edition.id, level, range(last + 1))
    with TemporaryDirectory() as folder:
        shelf = Shelf(Path(folder), 1 << 20)
        for what in ("made ahead", "made ahead, again"):
            begun = time.perf_counter()
            size = sum(each.size for each in ahead.make(shelf, ahead.shapes(store, edition, level, wanted)))
            seconds = time.perf_counter() - begun
            note = f"z0 to z{last}, {len(wanted)} tiles, {size / 1e6:.1f} MB, {ahead.JOBS} at a time"
            yield Figure(f"{level.slug}, {what}", "s", [seconds], note=note)


def exported(store: Store, edition: Edition, level: Level) -> Figure:
    """One PMTiles file."""

    def make(square: Address) -> bytes:
        with store.read() as connection:
            return packed(vector.shapes_tile(connection, edition.id, level, square))

    squares = ahead.squares(store, edition.id, level, range(EXPORTED + 1))
    said = Source(edition.area, "", "", edition.box, tilejson.SHAPE_FIELDS, squares, make, "")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "all.pmtiles"
        begun = time.perf_counter()
        for _ in archive.write_pmtiles(said, path):
            pass
        seconds, size = time.perf_counter() - begun, path.stat().st_size
    note = f"{len(squares)} tiles, {size / 1e6:.1f} MB"
    return Figure(f"{level.slug}, PMTiles to z{EXPORTED}", "s", [seconds], note=note)


def main() -> None:
    """All of it, for every level of the edition."""
    machine = results.begin()
    given = os.environ.get("GEOAPP_DATABASE_URL")
    if not given:
        prepared()
    store = Store.at(*database_url(Settings() if given else settings()))
    edition = largest(store)
    figures: list[Figure] = []
    for level in Level:
        regions = geography.regions(store, edition.id, level)
        if regions:
            machine[f"{level.slug} of {edition.id}"] = len(regions)
            figures += [*made_ahead(store, edition, level), *cold(store, edition, level), *empty(store, edition, level)]
    figures.append(exported(store, edition, edition.base_level))
    store.close()
    results.write("tiling", machine, figures)


if __name__ == "__main__":
    main()
