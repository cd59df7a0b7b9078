"""Text in a picture: escaped, measured well enough to break lines and to keep labels apart."""

from functools import cache
from html import escape
from math import inf
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
    """As many lines as ``wrapped``, their lengths as even as can be, so that no word stands alone on one of them."""
    lines, words = wrapped(text, size, room, bold, most), text.split()
    if len(lines) < 2 or any("…" in each for each in lines):
        return lines

    @cache
    def best(first: int, left: int) -> tuple[float, tuple[str, ...]]:
        """The words from ``first`` on in ``left`` lines, behind the sum of what each leaves free, squared."""
        tried = []
        for end in range(first + 1, len(words) - left + 2) if left > 1 else (len(words),):
            line = " ".join(words[first:end])
            free = room - width(line, size, bold)
            rest, after = best(end, left - 1) if left > 1 else (0.0, ())
            if free >= 0:
                tried.append((free * free + rest, (line, *after)))
        return min(tried, default=(inf, ()))

    return list(best(0, len(lines))[1])


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
