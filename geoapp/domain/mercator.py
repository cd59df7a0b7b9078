"""Web Mercator (EPSG:3857) and back: the world as a square, in metres."""

import math
from typing import Any

import numpy as np

EPSG = 3857
RADIUS = 6_378_137.0
"""Of the sphere that stands for the earth, in metres."""
HALF = math.pi * RADIUS
"""Half the width of the world in metres; the SQL of tiles has its double, since it is the unit they are cut in."""
_LATITUDE = 85.051129
"""The square's upper edge, in degrees."""


def metres(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees (EPSG:4326) as metres of EPSG:3857; what lies beyond the square's edge is put on it.

    >>> metres(180.0, 0.0)[0] == HALF, metres(0.0, 90.0) == metres(0.0, 86.0)
    (True, True)
    """
    bounded = max(-_LATITUDE, min(_LATITUDE, latitude))
    return longitude * HALF / 180, math.asinh(math.tan(math.radians(bounded))) * RADIUS


def projected(points: Any) -> Any:
    """Points in degrees (an array of longitude, latitude) as metres of EPSG:3857, as ``metres`` gives them one by one.

    >>> bool(np.allclose(projected(np.array([[112.6, -8.0], [0.0, 90.0]])), [metres(112.6, -8.0), metres(0.0, 90.0)]))
    True
    """
    bounded = np.clip(points[:, 1], -_LATITUDE, _LATITUDE)
    return np.column_stack([points[:, 0] * (HALF / 180), np.arcsinh(np.tan(np.radians(bounded))) * RADIUS])


def degrees(points: Any) -> Any:
    """Points of EPSG:3857 (an array of x, y) as degrees.

    >>> bool(np.allclose(degrees(np.array([metres(112.6, -8.0)])), [[112.6, -8.0]]))
    True
    """
    return np.degrees(np.column_stack([points[:, 0] / RADIUS, np.arctan(np.sinh(points[:, 1] / RADIUS))]))
