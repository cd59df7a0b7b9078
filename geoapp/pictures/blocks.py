"""Blocks of text around a picture's map: headline and finding above, sources and the site's name below."""

from datetime import date
from typing import NamedTuple

from geoapp.atlas.captions import Telling
from geoapp.i18n import dates, speak
from geoapp.pictures import looks, text
from geoapp.pictures.sizes import Size

_MARK_SHARE = 22 / 18
"""The width of the mark with the gap behind it, as a share of the name's size."""


class Block(NamedTuple):
    """Elements drawn from (0, 0) downwards, and the pixels they take."""

    height: float
    drawn: str

    def at(self, x: float, y: float) -> str:
        """The block at its place."""
        return f'<g transform="translate({x:g} {y:g})">{self.drawn}</g>'


class Origin(NamedTuple):
    """Who publishes a picture, when it was made, and the address of the map it shows; empty where unknown."""

    site: str = ""
    made: date | None = None
    address: str = ""


def header(telling: Telling, size: Size, room: float, tallest: float) -> Block:
    """Where the chosen region lies, the headline, the finding; small enough for ``tallest`` pixels."""
    letters = size.letters
    for shrink in (1.0, 0.88, 0.76, 0.66):
        block = _header(telling, size, room, letters.head * shrink, letters.line * shrink)
        if block.height <= tallest and "…" not in block.drawn:
            break
    return block


def _header(telling: Telling, size: Size, room: float, head: float, line: float) -> Block:
    letters, y, parts = size.letters, 0.0, []
    if telling.place:
        above = letters.sub * 0.86
        y += above
        parts.append(text.written(text.wrapped(telling.place, above, room, most=1)[0], 0, y, above, looks.INK_2))
        y += above * 0.5
    y += head * 0.86
    for written in text.balanced(telling.headline, head, room, bold=True, most=5):
        parts.append(text.written(written, 0, y, head, bold=True, more=' letter-spacing="-.012em"'))
        y += line
    y += letters.sub * 1.55 - line + head * 0.1
    for written in text.balanced(" ".join(telling.finding), letters.sub, room, most=3):
        parts.append(text.written(written, 0, y, letters.sub, looks.INK_2))
        y += letters.sub * 1.32
    return Block(y - letters.sub * 0.9, "".join(parts))


def footer(telling: Telling, size: Size, room: float, origin: Origin) -> Block:
    """Coverage, sources, boundary status, date; then the site's mark and name."""
    small = size.letters.small
    name = small * 1.22
    site = text.wrapped(origin.site, name, room - 30, True, 1)[0] if origin.site else ""
    mark = text.width(site, name) + name * _MARK_SHARE if site else 0.0
    lines = text.wrapped(_sources(telling, origin), small, room, most=6)
    y, parts = small, []
    for written in lines:
        parts.append(text.written(written, 0, y, small, looks.INK_2))
        y += small * 1.34
    y -= small * 1.34
    if site and text.width(lines[-1], small) + mark + 40 <= room:
        y += small * (0.45 if len(lines) > 1 else 0)
        parts.append(_signed(site, room - mark, y, name))
    elif site:
        y += name * (1.7 if size.layout == "beside" else 1.5)
        parts.append(_signed(site, 0 if size.layout == "beside" else room - mark, y, name))
    return Block(y + small * 0.3, "".join(parts))


def _signed(site: str, x: float, y: float, size: float) -> str:
    scale = size / 18
    corners = [
        f"{x:g} {y - 14.5 * scale:g}",
        *(f"{n * scale:g}" for n in (14, 12)),
        *(f"{n * scale:g}" for n in (-7, 6, -7, -6)),
    ]
    path = "M{}h{}v{}l{} {} {} {}z".format(*corners)
    return f'<path d="{path}" fill="{looks.INK}"/>' + text.written(site, x + 22 * scale, y, size, bold=True)


def _sources(telling: Telling, origin: Origin) -> str:
    said = [telling.coverage, telling.sources]
    if origin.made is not None:
        said.append(speak(telling.language, "picture.made", date=dates.day(telling.language, origin.made)))
    return " ".join([*said, *([origin.address] if origin.address else [])])
