"""Palettes of ``styles/palettes.toml``: checked, and asked for any number of classes."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from geoapp.catalogue.files import Source, tables
from geoapp.errors import Refused
from geoapp.layers.plan import Palette

USES = ("sequential", "diverging", "qualitative")
FILE = "palettes.toml"
_COLOUR = re.compile(r"#[0-9a-f]{6}")


def read(folders: Iterable[Path]) -> Mapping[str, Palette]:
    """Every palette by name, a later folder's before an earlier one's.

    Raises
    ------
    Refused
        ``error.catalogue_file.…`` with file, key and reason.
    """
    found = {}
    for path in (folder / FILE for folder in folders):
        if path.is_file():
            for name, table in tables(path).items():
                found[name] = _palette(Source(path, name), name, table)
    return found


def ramp(palette: Palette, n: int) -> tuple[str, ...]:
    """``n`` colours from low to high.

    A ramp made for ``n`` where there is one; else a sequential or diverging one thinned evenly from the next longer
    (a single colour is the middle one), a qualitative one's first colours.

    Raises
    ------
    Refused
        ``error.too_many_classes`` where the palette has fewer colours.
    """
    longer = sorted(size for size in palette.ramps if size >= n)
    if not longer:
        most = max(palette.ramps)
        raise Refused("error.too_many_classes", palette=palette.name, classes=n, most=most)
    colours = palette.ramps[longer[0]]
    if palette.use == "qualitative" or len(colours) == n:
        return colours[:n]
    if n == 1:
        return (_middle(palette),)
    return tuple(colours[round(place * (len(colours) - 1) / (n - 1))] for place in range(n))


def _middle(palette: Palette) -> str:
    """The middle colour of the shortest ramp that has one."""
    sizes = [size for size in sorted(palette.ramps) if size % 2] or [max(palette.ramps)]
    return palette.ramps[sizes[0]][sizes[0] // 2]


def _palette(source: Source, name: str, table: Any) -> Palette:
    if not isinstance(table, dict):
        raise source.wrong("no_table")
    source.known_keys(table, ("use", "origin", "ramps"))
    for key in ("use", "origin", "ramps"):
        if not table.get(key):
            raise source.wrong("lacks", key)
    if table["use"] not in USES:
        raise source.wrong("not_one_of", "use", value=table["use"], allowed=", ".join(USES))
    if not isinstance(table["ramps"], dict):
        raise source.wrong("no_table", "ramps")
    ramps = {_size(source, size): _colours(source, size, colours) for size, colours in table["ramps"].items()}
    return Palette(name=name, use=table["use"], origin=str(table["origin"]), ramps=ramps)


def _size(source: Source, size: str) -> int:
    if size not in tuple("123456789"):
        raise source.wrong("not_one_of", f"ramps.{size}", value=size, allowed="1 … 9")
    return int(size)


def _colours(source: Source, size: str, colours: Any) -> tuple[str, ...]:
    key = f"ramps.{size}"
    if not isinstance(colours, list) or len(colours) != int(size):
        raise source.wrong("colour_count", key, count=size)
    for colour in colours:
        if not isinstance(colour, str) or not _COLOUR.fullmatch(colour):
            raise source.wrong("no_colour", key, value=str(colour))
    return tuple(colours)
