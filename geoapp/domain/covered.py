"""Which tiles of a zoom hold a part of any region: everything else is known to be empty without looking."""

import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np


class Covered:
    """The tiles of one zoom that are not empty, as sorted places ``y << zoom | x``."""

    def __init__(self, zoom: int, places: Any) -> None:
        self.zoom = zoom
        self._places = np.asarray(places, dtype=np.int32)

    @classmethod
    def decode(cls, zoom: int, stored: bytes) -> "Covered":
        """From the stored bytes: the steps from each place to the next, compressed.

        >>> [*Covered.decode(3, Covered(3, [9, 10, 40]).encode())]
        [(1, 1), (2, 1), (0, 5)]
        """
        return cls(zoom, np.cumsum(np.frombuffer(zlib.decompress(stored), dtype="<i4"), dtype=np.int32))

    def encode(self) -> bytes:
        """The bytes to store: 83,000 villages at zoom 13 take some 60 kB."""
        return zlib.compress(np.diff(self._places, prepend=0).astype("<i4").tobytes(), 6)

    def __contains__(self, square: tuple[int, int]) -> bool:
        x, y = square
        place = y << self.zoom | x
        at = int(np.searchsorted(self._places, place))
        return at < len(self._places) and int(self._places[at]) == place

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Column and row of each tile, from the north-west on."""
        across = (1 << self.zoom) - 1
        return ((place & across, place >> self.zoom) for place in self._places.tolist())

    def __len__(self) -> int:
        return len(self._places)

    @property
    def weight(self) -> int:
        """Bytes in memory."""
        return int(self._places.nbytes)
