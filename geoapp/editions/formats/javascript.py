"""JavaScript that only assigns data, as qgis2web and Leaflet examples write it: read as data, never run."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from geoapp.editions import formats
from geoapp.editions.formats.content import Content
from geoapp.editions.formats.layer import Layer
from geoapp.errors import Refused

NAME = "JavaScript (data)"
LIMIT_MIB = 128
"""It is taken apart as text, and once more as what it holds."""
_START = re.compile(
    rb"""(?:\s|//[^\n]*\n|/\*.*?\*/|["']use\ strict["'];?)*+
    (?:(?:export\s+)?(?:var|let|const)\s|(?:window|module|exports|self|globalThis)\s*[.\[]
    |export\s+default\b|[A-Za-z_$][\w$.]*\s*(?:=|\())""",
    re.VERBOSE | re.DOTALL,
)
_DATA = re.compile(r"[=(]\s*(?=[\[{])|\bexport\s+default\s+(?=[\[{])")
_NAMED = re.compile(r"([A-Za-z_$][\w$]*)\s*[\])'\"]*\s*[=(]\s*$")
_GEO = re.compile(rb"coordinates|Topology|arcs|rings")


def reads(content: Content) -> bool:
    """It begins as a statement does, and holds coordinates."""
    return bool(_START.match(content.head)) and content.holds(_GEO)


def layers(content: Content) -> Iterator[Layer]:
    """The layers of every value that is assigned.

    Raises
    ------
    Refused
        ``error.boundary_javascript`` if a value is no pure JSON: that only a browser could run.
    """
    found = 0
    with TemporaryDirectory() as folder:
        for number, (name, value) in enumerate(_values(content)):
            path = Path(folder) / f"{number}.json"
            path.write_text(value, encoding="utf-8")
            inner = Content(path, name)
            read = formats.format_of(inner)
            if read is None:
                continue
            for each in read.layers(inner):
                found += 1
                yield replace(each, name=each.name if read.NAME == "TopoJSON" else name)
    if not found:
        raise Refused("error.boundary_javascript", file=content.name)


def _values(content: Content) -> Iterator[tuple[str, str]]:
    """Every assigned value as its name and its JSON."""
    text = content.text()
    decoder = json.JSONDecoder()
    at = 0
    while begun := _DATA.search(text, at):
        named = _NAMED.search(text[max(at, begun.start() - 200) : begun.end()])
        try:
            _, at = decoder.raw_decode(text, begun.end())
        except ValueError:
            if content.tail.endswith((b"}", b"]", b";", b")", b"/")):
                raise Refused("error.boundary_javascript", file=content.name) from None
            raise Refused("error.boundary_cut_off", file=content.name) from None
        yield named[1] if named else content.name, text[begun.end() : at]
