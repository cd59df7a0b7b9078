"""The sizes a picture comes in, and how its parts are laid out in each."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple


class Letters(NamedTuple):
    """Pixels of text: the headline and its line, the sentence under it, legend, small print, names on the map."""

    head: float
    line: float
    sub: float
    body: float
    small: float
    label: float


_ON_PAGES = Letters(24, 30, 15, 14, 12, 11.5)


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels of the whole picture. ``layout`` is ``bare`` (the map alone), ``beside`` or ``stacked``.

    Beside: title and legend stand in a block ``panel`` wide, left of the map. Stacked: above and below it. ``edge`` is
    the margin of text, ``free`` what is kept empty above and below. ``grain`` is the number of steps per pixel to which
    coordinates are rounded, ``tolerance`` the pixels by which a line may be straightened; ``margin`` the room between
    area and frame; ``labels`` whether places are named; ``patterns`` enlarges those of states; ``sheet`` is the width
    and height on paper, ``pixels`` how many a PNG has for each of ours; ``bleed`` how far the ground is drawn beyond
    the picture, for a place whose form is not known. One that ``follows`` is dark where its reader's pages are.
    """

    name: str
    width: int
    height: int
    layout: str = "bare"
    letters: Letters = _ON_PAGES
    panel: int = 0
    edge: int = 44
    free: tuple[int, int] = (0, 0)
    grain: int = 4
    margin: int = 20
    labels: bool = True
    tolerance: float = 0.6
    patterns: float = 1.0
    sheet: tuple[str, str] | None = None
    pixels: float = 1.0
    bleed: float = 0
    follows: bool = False

    @property
    def foot(self) -> int:
        """Pixels kept free under the area for the scale bar."""
        return 30 if self.labels else 0

    def fitting(self, shape: float) -> "Size":
        """The size for an area so many times as high as wide: paper is turned, a frame's map takes the area's form."""
        if self.sheet:
            return _UPRIGHT if shape > 1 else self
        if self.name != "embed":
            return self
        wanted = (self.width - 2 * self.margin) * shape + 2 * self.margin + self.foot
        return replace(self, height=round(min(_TALLEST, max(_LOWEST, wanted))))


_LOWEST, _TALLEST = 260, 520
"""Pixels of the height of a frame's map."""
_SHARED = Letters(34, 39, 20, 19, 15, 15)
_SHEET = Letters(27, 32, 15, 14, 11, 11.5)
_FRAMED = Letters(24, 30, 15, 14, 18, 14.5)

SIZES: Mapping[str, Size] = {
    each.name: each
    for each in (
        Size("web", 1400, 700, "beside", _SHARED, panel=440, margin=28),
        Size("1200x630", 1200, 630, "beside", _SHARED, panel=440, margin=24),
        Size("1080x1080", 1080, 1080, "stacked", Letters(44, 49, 26, 24, 20, 20), edge=52, margin=20, patterns=1.6),
        Size("1080x1350", 1080, 1350, "stacked", Letters(56, 62, 30, 28, 22, 20), edge=60, margin=36, patterns=1.6),
        Size(
            "1080x1920",
            1080,
            1920,
            "stacked",
            Letters(62, 70, 34, 30, 24, 22),
            edge=72,
            free=(170, 210),
            margin=40,
            patterns=1.6,
        ),
        Size("a4", 1123, 794, "beside", _SHEET, panel=356, edge=42, margin=26, sheet=("297mm", "210mm"), pixels=2),
        Size("map", 960, 700, grain=1, tolerance=1.8, bleed=420),
        Size("embed", 480, 460, letters=_FRAMED, grain=2, margin=12, tolerance=0.9, bleed=360),
        Size("thumb", 360, 240, grain=2, margin=8, labels=False, tolerance=1.2, follows=True),
    )
}
_UPRIGHT = replace(SIZES["a4"], width=794, height=1123, layout="stacked", panel=0, sheet=("210mm", "297mm"), edge=48)
