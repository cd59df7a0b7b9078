"""Judges of exactness: what must hold of every coverage in grid integers, and of every tile cut from it."""

import itertools
from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely

Edge = tuple[tuple[float, float], tuple[float, float]]


def directed(shapes: Iterable[Any]) -> Counter[Edge]:
    """Every directed edge of every ring, land on the left where y grows upward, and how often it occurs."""
    parts = shapely.orient_polygons(shapely.get_parts(shapely.get_parts(np.asarray(list(shapes), dtype=object))))
    counted: Counter[Edge] = Counter()
    for ring in shapely.get_rings(parts):
        points = [tuple(point) for point in shapely.get_coordinates(ring).tolist()]
        counted.update(itertools.pairwise(points))
    return counted


def unmatched(edges: Counter[Edge]) -> set[Edge]:
    """Edges whose reverse is absent: the coast."""
    return {(one, other) for one, other in edges if (other, one) not in edges}


def judged(shapes: Any) -> set[Edge]:
    """Hold a coverage to be exact (empty shapes aside); gives its coast."""
    shapes = np.asarray(shapes, dtype=object)
    assert (shapely.get_coordinates(shapes) == np.round(shapely.get_coordinates(shapes))).all()
    assert shapely.is_valid(shapes).all(), shapely.is_valid_reason(shapes[~shapely.is_valid(shapes)])
    edges = directed(shapes)
    assert max(edges.values(), default=1) == 1
    assert shapely.area(shapes).sum() == shapely.area(shapely.union_all(shapes)), "regions overlap"
    return unmatched(edges)
