"""GeoJSON in lines: one feature a line, also with record separators before them (RFC 8142)."""

import re
from collections.abc import Iterator

from geoapp.editions.formats import ogr
from geoapp.editions.formats.content import Content
from geoapp.editions.formats.geojson import is_lines
from geoapp.editions.formats.layer import Layer

NAME = "GeoJSON lines"
_FEATURE = re.compile(rb'"type"\s*:\s*"(Feature|Polygon|MultiPolygon)"')


def reads(content: Content) -> bool:
    """Two objects, one below the other, or a record separator at the beginning."""
    return (content.head.startswith(b"\x1e") or is_lines(content)) and bool(_FEATURE.search(content.head))


def layers(content: Content) -> Iterator[Layer]:
    """Its one layer. Raises Unreadable if the last line is cut off, which GDAL would pass over."""
    if not content.tail.endswith(b"}"):
        raise ogr.Unreadable("cut off")
    yield from ogr.layers(f"GeoJSONSeq:{content.path}", "GeoJSONSeq")
