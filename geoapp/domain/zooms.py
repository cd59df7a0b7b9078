"""Zoom bands: how far an edition's shapes are generalised for the tile zooms they are drawn at."""

from typing import NamedTuple

MAX_ZOOM = 13
"""The last zoom with data of its own; viewers draw it larger beyond. Zooms are those of 512-px tiles."""


class Band(NamedTuple):
    """One copy of the shapes: drawn from tile zoom ``zoom`` on; ``tolerance_m`` in metres of EPSG:3857, 0 keeps all."""

    zoom: int
    tolerance_m: float


BANDS = (Band(0, 2400.0), Band(7, 600.0), Band(9, 150.0), Band(11, 40.0), Band(12, 20.0), Band(MAX_ZOOM, 0.0))


def band_of(zoom: int) -> Band:
    """The band drawn at a tile zoom: the one with the largest first zoom not above it.

    >>> band_of(8).zoom, band_of(13).zoom, band_of(20).zoom
    (7, 13, 13)
    """
    if zoom < 0:
        raise ValueError(f"no tile has zoom {zoom}")
    return max(band for band in BANDS if band.zoom <= zoom)
