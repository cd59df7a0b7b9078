"""Generalising: the whole coverage of each level simplified once per zoom band, shared edges staying shared."""

from dataclasses import replace
from typing import Any

from geoapp.domain.findings import Finding, Place, Weight
from geoapp.domain.levels import Level
from geoapp.domain.zooms import BANDS
from geoapp.editions import coverage
from geoapp.editions.draft import Draft, Step

MERCATOR = 3857


def generalise(draft: Draft) -> Step:
    """Outlines in EPSG:3857 for every level and band; a region that would vanish keeps its finer shape."""
    import shapely

    outlines: dict[tuple[Level, int], Any] = {}
    said = []
    for level, frame in draft.levels.items():
        full = frame.geometry.to_crs(MERCATOR).values
        finer = coverage.polygons(full)
        for band in reversed(BANDS):
            shapes = coverage.simplify(full, band.tolerance_m) if band.tolerance_m else finer
            gone = shapely.is_empty(shapes) | ~shapely.is_valid(shapes)
            if gone.any():
                shapes[gone] = finer[gone]
                values = {"n": int(gone.sum()), "level": level.slug, "zoom": band.zoom}
                said.append(Finding(Weight.WARN, "finding.not_generalised", values, Place(draft.file.name)))
            outlines[level, band.zoom] = finer = shapes
    return replace(draft, outlines=outlines), tuple(said)
