"""Where shapes lie in a picture: fitting the map's box, rounding to the grain, the scale bar."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from geoapp.domain.mercator import RADIUS, degrees, metres
from geoapp.pictures.sizes import Size

Bounds = tuple[float, float, float, float]
"""West, south, east, north in EPSG:3857."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Metres of EPSG:3857 at the map's upper left corner, metres a pixel, and the map's pixels."""

    west: float
    north: float
    metres: float
    width: float
    height: float
    grain: int

    @classmethod
    def around(cls, bounds: Bounds, size: Size, room: tuple[float, float] | None = None) -> "Frame":
        """The frame that holds ``bounds`` with the size's margin; ``room`` is the map's part of it, if not all."""
        west, south, east, north = bounds
        width, height = room or (size.width, size.height)
        across, down = max(width - 2 * size.margin, 1), max(height - size.foot - 2 * size.margin, 1)
        scale = max((east - west) / across, (north - south) / down, 1e-3)
        return cls(
            west=(west + east) / 2 - width / 2 * scale,
            north=(south + north) / 2 + (height - size.foot) / 2 * scale,
            metres=scale,
            width=width,
            height=height,
            grain=size.grain,
        )

    @property
    def bounds(self) -> Bounds:
        """What the frame shows, in metres."""
        return self.west, self.north - self.height * self.metres, self.west + self.width * self.metres, self.north

    def placed(self, shapes: Any) -> Any:
        """Shapes (an array, EPSG:3857) in steps of the grain from the upper left corner, not yet rounded."""
        step = self.grain / self.metres
        origin = np.array([self.west, self.north])
        return shapely.transform(shapes, lambda xy: (xy - origin) * [step, -step])

    def pixel(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Degrees as pixels from the upper left corner."""
        x, y = metres(longitude, latitude)
        return (x - self.west) / self.metres, (self.north - y) / self.metres

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Pixels from the upper left corner as degrees."""
        ((longitude, latitude),) = degrees(np.array([[self.west + x * self.metres, self.north - y * self.metres]]))
        return float(longitude), float(latitude)

    @property
    def ground(self) -> float:
        """Metres on the ground a pixel covers in the middle of the map."""
        middle = self.north - self.height / 2 * self.metres
        return self.metres / math.cosh(middle / RADIUS)

    def bar(self, longest: float = 100) -> tuple[float, float]:
        """The scale bar: its metres, a step of 1, 2 or 5 times a power of ten, and its pixels."""
        room = self.ground * longest
        power = 10 ** math.floor(math.log10(room))
        step = max(each * power for each in (1, 2, 5) if each * power <= room)
        return step, step / self.ground
