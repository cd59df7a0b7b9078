"""GeoJSON: a collection of features, a feature, or a bare geometry."""

import re
from collections.abc import Iterator
from dataclasses import replace

from geoapp.editions.formats import ogr
from geoapp.editions.formats.content import Content
from geoapp.editions.formats.layer import Layer
from geoapp.editions.formats.service import is_cut_short

NAME = "GeoJSON"
_KINDS = rb"FeatureCollection|Feature|Polygon|MultiPolygon|GeometryCollection|(Multi)?(Point|LineString)"
_TYPED = re.compile(rb'"type"\s*:\s*"(' + _KINDS + rb')"')
_OTHER = re.compile(rb'"type"\s*:\s*"Topology"')


def reads(content: Content) -> bool:
    """One JSON object that is typed so; several, one a line, are another format."""
    if not content.head.startswith(b"{") or content.holds(_OTHER):
        return False
    return content.holds(_TYPED) and not is_lines(content)


def is_lines(content: Content) -> bool:
    """Whether every line is an object of its own: the first ends where the next begins."""
    return content.head.startswith((b"{", b"\x1e")) and content.first_break in ((b"}", b"{"), (b"}", b"\x1e"))


def layers(content: Content) -> Iterator[Layer]:
    """Its one layer."""
    for each in ogr.layers(f"GeoJSON:{content.path}", "GeoJSON"):
        yield replace(each, cut_short=is_cut_short(content, len(each.frame)))
