"""The small parts a map page is made of, as its templates read them."""

from dataclasses import dataclass

from geoapp.web.pages.swatch import Swatch


@dataclass(frozen=True, slots=True)
class PeriodLink:
    """One cell of the period control; ``whole`` is the whole area's figure then, or empty.

    A period without a map stands as a cell too, but leads nowhere: its ``href`` is empty.
    """

    text: str
    label: str
    whole: str
    href: str
    shown: bool


@dataclass(frozen=True, slots=True)
class LevelLink:
    """One level to choose; ``slug`` is the address' word, ``word`` what its regions are called."""

    slug: str
    word: str
    href: str
    shown: bool


@dataclass(frozen=True, slots=True)
class LegendLine:
    """One row of the legend: swatch, count, what it stands for; ``here`` names the chosen region in its row.

    ``listed`` says that the regions of the row are listed by name beside the table.
    """

    byte: int | None
    swatch: Swatch
    count: str
    word: str
    label: str
    why: str
    here: str
    listed: bool


@dataclass(frozen=True, slots=True)
class Box:
    """One class in the narrow legend; ``upper`` is empty for the last."""

    x: float
    width: float
    colour: str
    count: str
    upper: str
