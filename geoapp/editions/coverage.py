"""GEOS's coverage operations as editions use them: polygons in, one MultiPolygon a region out."""

from typing import Any

import numpy as np


def polygons(shapes: Any) -> Any:
    """Each shape's polygons as one MultiPolygon; empty where there are none."""
    import shapely

    parts, owner = shapely.get_parts(np.asarray(shapes, dtype=object), return_index=True)
    deeper, within = shapely.get_parts(parts, return_index=True)
    owner = owner[within]
    areal = shapely.get_type_id(deeper) == shapely.GeometryType.POLYGON
    solid = deeper[areal] if areal.any() else np.empty(0, dtype=object)
    made = np.full(len(shapes), shapely.MultiPolygon(), dtype=object)
    if len(solid):
        shapely.multipolygons(solid, indices=owner[areal], out=made)
    return made


def fit(shapes: Any, *, gap: float, snap: float, strategy: str = "longest_border") -> Any:
    """Shared edges made identical: vertices nearer than ``snap`` joined, gaps narrower than ``gap`` closed.

    Lengths are in the units of ``shapes``; ``strategy`` says who gets an overlap (GEOS ``CoverageCleaner``).
    """
    import shapely

    tools: Any = shapely  # its type stubs do not know this function yet
    # GEOS may leave the processor's "invalid" flag set beside a right result; what it made is checked by its callers.
    with np.errstate(invalid="ignore"):
        clean = tools.coverage_clean(shapes, gap_width=gap, snapping_distance=snap, merge_strategy=strategy)
    return polygons(clean)


def simplify(shapes: Any, tolerance: float) -> Any:
    """Fewer vertices, shared edges still shared (Visvalingam–Whyatt); ``tolerance`` is the root of an area left out."""
    import shapely

    with np.errstate(invalid="ignore"):
        return polygons(shapely.coverage_simplify(shapes, tolerance))


def united(shapes: Any) -> Any:
    """The union of a coverage's shapes, as one MultiPolygon; of shapes that are none, too, only slower."""
    import shapely

    try:
        return polygons([shapely.coverage_union_all(shapes)])[0]
    except shapely.errors.GEOSException:
        return polygons([shapely.union_all(shapes)])[0]
