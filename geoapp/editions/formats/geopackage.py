"""GeoPackage: one or several layers in one SQLite file."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from geoapp.editions.formats import ogr
from geoapp.editions.formats.content import Content
from geoapp.editions.formats.layer import Layer

NAME = "GeoPackage"
_LOGGED = b"\x02\x02"
"""How the header says that a log is kept beside the file; whoever opens it makes one."""


def reads(content: Content) -> bool:
    """A SQLite file."""
    return content.head.startswith(b"SQLite format 3\x00")


def layers(content: Content) -> Iterator[Layer]:
    """Every layer with shapes. Nothing is written beside a file that keeps a log: a copy is read."""
    if content.head[18:20] != _LOGGED:
        yield from ogr.layers(str(content.path), "GPKG")
        return
    source = content.path.resolve()
    with TemporaryDirectory(prefix="geoapp-") as folder:
        copy = Path(folder) / "0"
        for beside in ("", "-wal"):
            if (each := source.with_name(source.name + beside)).is_file():
                shutil.copyfile(each, f"{copy}{beside}")
        yield from ogr.layers(str(copy), "GPKG")
