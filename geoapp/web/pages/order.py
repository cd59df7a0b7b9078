"""The order of a table's rows, as an address has it: by which column, and which way."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geoapp.atlas.ranking import Standing
from geoapp.domain.regions import Region
from geoapp.domain.search_words import key

KEYS = ("figure", "name", "parent")


@dataclass(frozen=True, slots=True)
class Order:
    """A column; ``down`` is from high to low, or from Z to A."""

    key: str = "figure"
    down: bool = True

    @classmethod
    def of(cls, text: str | None) -> "Order | None":
        """What an address says: ``name`` is from A to Z, ``-name`` from Z to A; None where that is no column.

        >>> Order.of("-parent"), Order.of(None) == USUAL, Order.of("weight")
        (Order(key='parent', down=True), True, None)
        """
        if text is None:
            return USUAL
        name = text.removeprefix("-")
        return cls(name, text.startswith("-")) if name in KEYS else None

    @property
    def text(self) -> str | None:
        """The same for an address; None for the usual order, which is left out."""
        return None if self == USUAL else f"{'-' if self.down else ''}{self.key}"

    @property
    def lowest_first(self) -> bool:
        """Whether figures run from low to high."""
        return self.key == "figure" and not self.down

    def pressed(self, key: str) -> "Order":
        """The order that a press on a column's heading asks for: its usual way first, the other one next."""
        return Order(key, not self.down if key == self.key else key == "figure")

    def arranged(self, rows: Sequence[Standing], parent: Callable[[Region], str]) -> list[Standing]:
        """``rows``, which stand in the map's order; when sorted by figure, what has none stays last.

        Before those stand the figures of a part of a region, which have no rank.
        """
        if self.key == "figure":
            known = [each for each in rows if each.observation.known and not each.partly]
            partly = [each for each in rows if each.partly]
            turned = (known, partly) if self.down else (reversed(known), reversed(partly))
            return [*(row for each in turned for row in each), *(each for each in rows if not each.observation.known)]
        named = parent if self.key == "parent" else _name
        return sorted(rows, key=lambda each: _counted(named(each.region)), reverse=self.down)


def _name(region: Region) -> str:
    return region.name


def _counted(name: str) -> list[tuple[int, int, str]]:
    """A name as people sort it: RW 2 comes before RW 10."""
    parts = re.split(r"(\d+)", key(name))
    return [(0, int(each), "") if each.isdigit() else (1, 0, each) for each in parts if each]


USUAL = Order()
"""The map's own order: figures from the highest, then the states."""
