"""GeoJSON in lines: one feature a line, also with record separators before them (RFC 8142)."""

import re
from collections.abc import Iterator

from geoapp.editions.formats import ogr
from geoapp.editions.formats.content import Content
from geoapp.editions.formats.geojson import is_lines
from geoapp.editions.formats.layer import Layer

NAME = "GeoJSON lines"
_FEATURE = re.compile(rb'"type"\s*:\s*"(Feature|Polygon|MultiPolygon)"')
_COLLECTION = re.compile(rb'"type"\s*:\s*"FeatureCollection"')


def reads(content: Content) -> bool:
    """Two objects, one below the other, or a record separator at the beginning."""
    return (content.head.startswith(b"\x1e") or is_lines(content)) and bool(_FEATURE.search(content.head))


def layers(content: Content) -> Iterator[Layer]:
    """Its one layer.

    Raises Unreadable if the last line is cut off, or any was no feature: GDAL would pass over them.
    """
    if not content.tail.endswith(b"}"):
        raise ogr.Unreadable("cut off")
    if content.holds(_COLLECTION):
        raise ogr.Unreadable("a line of several features")
    for each in ogr.layers(f"GeoJSONSeq:{content.path}", "GeoJSONSeq"):
        if len(each.frame) != _records(content):
            raise ogr.Unreadable("a line that is no feature")
        yield each


def _records(content: Content) -> int:
    """How many features it must have: one a record separator, else one a line that is not blank."""
    separated = content.head.startswith(b"\x1e")
    with content.path.open("rb") as file:
        return sum(line.count(b"\x1e") if separated else bool(line.strip()) for line in file)
