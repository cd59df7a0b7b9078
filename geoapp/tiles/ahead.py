"""Tiles made before anybody asks for them: those that take long, because many regions lie in them."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import NamedTuple, TypeVar

import numpy as np

from geoapp.atlas import geography
from geoapp.domain.levels import Level
from geoapp.domain.mercator import HALF, metres
from geoapp.domain.regions import Edition, Region
from geoapp.domain.zooms import MAX_ZOOM
from geoapp.errors import Refused, Unavailable
from geoapp.store.database import Store
from geoapp.tiles import place, vector
from geoapp.tiles.address import Address
from geoapp.tiles.disk import weight
from geoapp.tiles.shelf import Shelf

MANY = 250
"""Regions in a tile from which on it is made ahead: cutting takes 25 µs and more for each, a tile may take 30 ms."""
_CHUNK = 64
"""Tiles that are handed out together, so that whoever interrupts does not wait."""
JOBS = min(4, os.cpu_count() or 1)
"""Tiles that are cut at the same time; the work is the database's, a process for each."""

Asked = TypeVar("Asked")
Given = TypeVar("Given")


class Made(NamedTuple):
    """A tile that is on the shelf: its zoom, its bytes, and whether it was there before."""

    zoom: int
    size: int
    was_there: bool


def slow_zoom(regions: Sequence[Region]) -> int | None:
    """The deepest zoom with a tile of ``MANY`` regions or more; None if there is none.

    Below it, and above no less, tiles are cut while somebody waits, in a few milliseconds.
    """
    if len(regions) < MANY:
        return None
    spots = np.array([metres(*each.inside) for each in regions])
    side = 2 * HALF / (1 << MAX_ZOOM)
    x, y = ((spots[:, 0] + HALF) // side).astype(int), ((HALF - spots[:, 1]) // side).astype(int)
    for zoom in range(MAX_ZOOM, -1, -1):
        up = MAX_ZOOM - zoom
        _, counts = np.unique((y >> up) << zoom | x >> up, return_counts=True)
        if counts.max() >= MANY:
            return zoom
    return None


def squares(store: Store, edition: str, level: Level, zooms: Iterable[int]) -> list[Address]:
    """Every tile of these zooms that is not empty, low zooms first."""
    found = []
    for zoom in zooms:
        known = geography.covered(store, edition, level, zoom)
        found += [Address(zoom, x, y) for x, y in known or ()]
    return found


class Work(NamedTuple):
    """Tiles to be made: of what, its level, which squares, each one's key on the shelf, and how one is made."""

    name: str
    level: Level
    squares: Sequence[Address]
    key: Callable[[Address], str]
    build: Callable[[Address], bytes]


def shapes(store: Store, edition: Edition, level: Level, wanted: Sequence[Address]) -> Work:
    """The tiles of an edition's shapes."""

    def build(square: Address) -> bytes:
        with store.read() as connection:
            return vector.shapes_tile(connection, edition.id, level, square)

    return Work(edition.id, level, wanted, lambda square: place.key(edition, level, square), build)


def make(shelf: Shelf, work: Work) -> Iterator[Made]:
    """Put each tile on the shelf that is not there yet; what was killed goes on where it was.

    Raises
    ------
    Refused
        If the tiles do not fit into the shelf's bound: those made first would be removed again.
    Unavailable
        If the disk takes no more.
    """

    def put(square: Address) -> Made:
        key = work.key(square)
        there = shelf.disk.size(key)
        if there is not None:
            return Made(square.z, there, True)
        tile = shelf.get(key, lambda: work.build(square))
        if shelf.disk.size(key) is None:
            raise Unavailable("error.disk_full")
        return Made(square.z, len(tile.body), False)

    room = shelf.disk.room
    for each in side_by_side(put, work.squares):
        room -= weight(each.size)
        if room < 0:
            raise Refused("error.tiles_beyond_bound", name=work.name, bound=shelf.disk.bound >> 20)
        yield each


def side_by_side(work: Callable[[Asked], Given], asked: Iterable[Asked], jobs: int = JOBS) -> Iterator[Given]:
    """What ``work`` gives of each, in order, several at a time and never many ahead."""
    waiting = iter(asked)
    with ThreadPoolExecutor(jobs) as pool:
        while chunk := list(islice(waiting, _CHUNK)):
            yield from pool.map(work, chunk)
