"""Tile addresses: a square of the web Mercator grid that exists, or an error."""

from dataclasses import dataclass

from geoapp.domain.mercator import HALF, metres
from geoapp.domain.regions import Box
from geoapp.domain.zooms import MAX_ZOOM
from geoapp.errors import BadRequest

PICTURE_ZOOM = 18
"""The last zoom of picture tiles, which no client can draw larger without blur."""


@dataclass(frozen=True, slots=True)
class Address:
    """One square of the grid: 2**z columns from the west, 2**z rows from the north."""

    z: int
    x: int
    y: int

    @classmethod
    def parse(cls, z: str | int, x: str | int, y: str | int, deepest: int = MAX_ZOOM) -> "Address":
        """Read the three numbers.

        Raises
        ------
        BadRequest
            ``error.tile_address`` if they are no numbers, outside the grid, or deeper than ``deepest``.

        >>> Address.parse("3", "6", "4").bounds[0] > 0
        True
        """
        written = [str(each) for each in (z, x, y)]
        if not all(each.isascii() and each.isdigit() and len(each) <= 8 for each in written):
            raise BadRequest("error.tile_address", address="/".join(written), deepest=deepest)
        made = cls(*(int(each) for each in written))
        if made.z > deepest or made.x >> made.z or made.y >> made.z:
            raise BadRequest("error.tile_address", address="/".join(written), deepest=deepest)
        return made

    def above(self, zoom: int) -> "Address":
        """The square itself, or the one of ``zoom`` that holds it.

        >>> Address(15, 9, 6).above(13)
        Address(z=13, x=2, y=1)
        """
        up = max(0, self.z - zoom)
        return Address(self.z - up, self.x >> up, self.y >> up)

    @property
    def side(self) -> float:
        """Metres of EPSG:3857 along a side."""
        return 2 * HALF / (1 << self.z)

    @property
    def bounds(self) -> Box:
        """West, south, east, north in EPSG:3857."""
        west, north = self.x * self.side - HALF, HALF - self.y * self.side
        return west, north - self.side, west + self.side, north

    def reach(self, share: float) -> Box:
        """The bounds, wider by this share of a side all around."""
        west, south, east, north = self.bounds
        more = self.side * share
        return west - more, south - more, east + more, north + more

    def touches(self, box: Box, share: float = 1 / 64) -> bool:
        """Whether the square, with a margin, meets ``box`` (degrees): if not, the tile is known to be empty."""
        west, south, east, north = self.reach(share)
        left, bottom = metres(box[0], box[1])
        right, top = metres(box[2], box[3])
        return left <= east and right >= west and bottom <= north and top >= south
