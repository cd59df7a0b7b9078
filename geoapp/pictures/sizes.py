"""The sizes a picture comes in."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels of the whole picture; ``panel`` is the width of the block with title and legend, left of the map.

    ``grain`` is the number of steps per pixel to which coordinates are rounded, ``tolerance`` the pixels by which a
    line may be straightened; ``labels`` whether places are named.
    """

    name: str
    width: int
    height: int
    panel: int = 0
    grain: int = 4
    margin: int = 20
    labels: bool = True
    tolerance: float = 0.6

    @property
    def foot(self) -> int:
        """Pixels kept free under the map for the scale bar."""
        return 22 if self.labels else 0

    @property
    def map_width(self) -> int:
        """Pixels of the map alone."""
        return self.width - self.panel


SIZES: Mapping[str, Size] = {
    each.name: each
    for each in (
        Size("web", 1400, 700, panel=440, grain=2, tolerance=1.2),
        Size("1200x630", 1200, 630, panel=440),
        Size("embed", 480, 460, grain=3, margin=12, tolerance=0.9),
        Size("thumb", 360, 240, grain=2, margin=8, labels=False, tolerance=1.2),
    )
}
