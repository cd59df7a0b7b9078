"""Esri JSON: what an ArcGIS service answers to a query."""

import re
from collections.abc import Iterator
from dataclasses import replace

from geoapp.editions.formats import ogr
from geoapp.editions.formats.content import Content
from geoapp.editions.formats.layer import Layer
from geoapp.editions.formats.service import is_cut_short

NAME = "Esri JSON"
LIMIT_MIB = 256
"""GDAL holds all of it in memory."""
_TOLD = re.compile(rb'"geometryType"\s*:\s*"esriGeometry|"rings"\s*:\s*\[')
_GEOJSON = re.compile(rb'"type"\s*:\s*"(FeatureCollection|Feature|Topology)"')


def reads(content: Content) -> bool:
    """A JSON object whose shapes are rings."""
    return content.head.startswith(b"{") and content.holds(_TOLD) and not content.holds(_GEOJSON)


def layers(content: Content) -> Iterator[Layer]:
    """Its one layer."""
    for each in ogr.layers(f"ESRIJSON:{content.path}", "ESRIJSON"):
        yield replace(each, cut_short=is_cut_short(content, len(each.frame)))
