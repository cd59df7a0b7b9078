"""The levels of administrative regions, from the province down to the RT."""

from enum import IntEnum


class Level(IntEnum):
    """Ordered rows: a smaller number is higher up, a parent's number is always smaller."""

    PROVINCE = 1
    REGENCY = 2
    DISTRICT = 3
    VILLAGE = 4
    HAMLET = 5
    RW = 6
    RT = 7

    @property
    def slug(self) -> str:
        """The word in addresses and files, such as ``village``."""
        return self.name.lower()

    @classmethod
    def of(cls, slug: str) -> "Level":
        """The level called ``slug``; ValueError if there is none."""
        try:
            return cls[slug.upper()]
        except KeyError:
            raise ValueError(f"no level is called {slug!r}") from None
