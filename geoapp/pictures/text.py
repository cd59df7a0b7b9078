"""Text in a picture: escaped, measured well enough to break lines and to keep labels apart."""

from functools import cache
from html import escape
from unicodedata import east_asian_width

from geoapp.pictures import looks

_NARROW, _WIDE = set("iljtf.,:;|!'I()[]-/ "), set("mwMW@%")


def width(text: str, size: float, bold: bool = False) -> float:
    """Pixels a text takes in a common sans-serif, rather too many than too few."""
    return sum(map(_share, text)) * size * (1.07 if bold else 1.0)


@cache
def _share(sign: str) -> float:
    """The width of a sign as a share of the letters' size."""
    if sign in _NARROW:
        return 0.31
    if sign in _WIDE:
        return 0.9
    if east_asian_width(sign) in "WF":
        return 1.05
    return 0.68 if sign.isupper() else 0.575


def wrapped(text: str, size: float, room: float, bold: bool = False, most: int = 9) -> list[str]:
    """The text in lines no wider than ``room``; the last of ``most`` lines ends in … where there is more."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold) <= room:
            lines[-1] = longer
        else:
            lines.append(_cut(word, size, room, bold))
    if len(lines) > most:
        return [*lines[: most - 1], _cut(lines[most - 1] + " …", size, room, bold)]
    return lines


def balanced(text: str, size: float, room: float, bold: bool = False, most: int = 9) -> list[str]:
    """The same lines as ``wrapped``, of about the same length each, so that no word stands alone on the last one."""
    lines = wrapped(text, size, room, bold, most)
    narrow, wide = room / 2, room
    while len(lines) > 1 and wide - narrow > 2:
        middle = (narrow + wide) / 2
        tried = wrapped(text, size, middle, bold, most)
        if len(tried) > len(lines) or any("…" in each for each in tried):
            narrow = middle
        else:
            lines, wide = tried, middle
    return lines


def written(
    text: str,
    x: float,
    y: float,
    size: float,
    colour: str = looks.INK,
    bold: bool = False,
    anchor: str = "start",
    halo: float = 0,
    more: str = "",
) -> str:
    """A ``<text>`` element; ``halo`` is the width of a light edge around the letters, ``more`` further attributes."""
    weight = ' font-weight="700"' if bold else ""
    at = f' text-anchor="{anchor}"' if anchor != "start" else ""
    edge = ""
    if halo:
        stroke = f'stroke="{looks.PAPER}" stroke-opacity=".86" stroke-width="{halo:g}" stroke-linejoin="round"'
        edge = f' paint-order="stroke" {stroke}'
    look = f'font-size="{size:g}" fill="{colour}"{weight}{at}{edge}{more}'
    return f'<text x="{x:.6g}" y="{y:.6g}" {look}>{said(text)}</text>'


def said(text: str) -> str:
    """Text for the inside of an element or attribute; signs that XML cannot hold are left out."""
    return escape("".join(sign for sign in text if sign.isprintable() or sign in "\n\t"))


def _cut(word: str, size: float, room: float, bold: bool) -> str:
    while len(word) > 2 and width(word, size, bold) > room:
        word = word.removesuffix("…")[:-1] + "…"
    return word
