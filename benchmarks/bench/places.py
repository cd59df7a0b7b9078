"""Real places whose tiles are looked at: their editions, imported where they are not there, and where they show."""

import itertools
from dataclasses import dataclass
from typing import Any

import numpy as np
import psycopg
import shapely

from bench import site
from geoapp.store.cluster import Cluster
from geoapp.tiles.address import Address


@dataclass(frozen=True)
class Place:
    """Its name in tables, its title, its edition."""

    name: str
    title: str
    edition: str


SAMPLE = Place("sample", "the sample", site.SAMPLE.edition)
_SERANG = Place("serang", "Kab. Serang", site.SERANG.edition)
_YOGYAKARTA = Place("yogyakarta", "DI Yogyakarta", "daerah-istimewa-yogyakarta-dukcapil-2019")
_FILE = site.DATA / "boundaries" / "dukcapil_2019_di_yogyakarta_shp.zip"


def chosen() -> list[Place]:
    """A regency and a province where the real files are, else the sample; the site must be prepared."""
    if not _FILE.is_file():
        return [SAMPLE]
    with psycopg.connect(Cluster.of(site.settings()).url()) as connection:
        known = connection.execute("SELECT 1 FROM geography.edition WHERE id = %s", [_YOGYAKARTA.edition]).fetchone()
    if not known:
        site.geoapp("boundaries", "import", str(_FILE))
    return [_SERANG, _YOGYAKARTA]


def squares(shapes: Any, zoom: int) -> list[Address]:
    """The tiles in which a shape shows; ``shapes`` in units of a tile of 1024, from the corner of the world."""
    tree = shapely.STRtree(shapes)
    west, top, east, bottom = (np.floor(shapely.total_bounds(shapes)).astype(int) // 1024).tolist()
    return [
        Address(zoom, x, y)
        for x, y in itertools.product(range(west, east + 1), range(top, bottom + 1))
        if len(tree.query(shapely.box(x * 1024 + 1, y * 1024 + 1, x * 1024 + 1023, y * 1024 + 1023), "intersects"))
    ]
