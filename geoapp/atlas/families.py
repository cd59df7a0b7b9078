"""Which regions have the same parent, as columns: what of many regions is counted parent by parent."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from geoapp.atlas.kept import OfLong
from geoapp.domain.regions import Region

ORPHAN = -1
"""The place of a region's parent where it has none."""


class Families(NamedTuple):
    """The codes of parents in the order of their first regions, and for each region the place of its own there."""

    codes: tuple[str, ...]
    own: NDArray[np.int32]

    def counted(self, which: NDArray[np.bool_]) -> NDArray[np.int64]:
        """How many of the regions ``which`` says each parent has."""
        return np.bincount(self.own[which & (self.own != ORPHAN)], minlength=len(self.codes))


def _families(regions: Iterable[Region]) -> Families:
    parents = [each.parent for each in regions]
    places = {code: n for n, code in enumerate(dict.fromkeys(each for each in parents if each))}
    own = np.array([places[each] if each else ORPHAN for each in parents], dtype=np.int32)
    return Families(tuple(places), own)


families: OfLong[Region, Families] = OfLong(_families)
"""The families of some regions."""
