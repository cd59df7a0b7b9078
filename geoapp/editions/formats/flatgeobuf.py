"""FlatGeobuf: features in one indexed binary file."""

from collections.abc import Iterator

from geoapp.editions.formats import ogr
from geoapp.editions.formats.content import Content
from geoapp.editions.formats.layer import Layer

NAME = "FlatGeobuf"


def reads(content: Content) -> bool:
    """It begins with ``fgb`` and its version."""
    return content.head.startswith(b"fgb\x03fgb")


def layers(content: Content) -> Iterator[Layer]:
    """Its one layer."""
    yield from ogr.layers(str(content.path), "FlatGeobuf")
