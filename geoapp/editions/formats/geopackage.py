"""GeoPackage: one or several layers in one SQLite file."""

from collections.abc import Iterator

from geoapp.editions.formats import ogr
from geoapp.editions.formats.content import Content
from geoapp.editions.formats.layer import Layer

NAME = "GeoPackage"


def reads(content: Content) -> bool:
    """A SQLite file."""
    return content.head.startswith(b"SQLite format 3\x00")


def layers(content: Content) -> Iterator[Layer]:
    """Every layer with shapes."""
    yield from ogr.layers(str(content.path), "GPKG")
