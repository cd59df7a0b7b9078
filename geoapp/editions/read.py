"""Reading a boundary file: GeoJSON, GeoPackage or a zipped Shapefile, told by their content, never by their name."""

import re
import warnings
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from geoapp.domain.findings import Finding, Place, Weight
from geoapp.editions.draft import Draft, Frame, Step
from geoapp.errors import NotFound, Refused

LIMIT_MIB = 1024
"""The largest file, and the largest content of a zip, that is read."""
_FORMATS = "GeoJSON, GeoPackage, Shapefile (zip)"
_TOPOLOGY = re.compile(rb'\{\s*"type"\s*:\s*"Topology"')


def read(draft: Draft) -> Step:
    """Read every feature with its columns; shapes as they are, unclosed rings closed.

    Raises
    ------
    NotFound
        If there is no such file.
    Refused
        If it is too large, cut off, of another format, or no geodata at all.
    """
    frame, said = features(draft.file)
    notes = (Finding(Weight.NOTE, "finding.reader_said", {"said": each}, Place(draft.file.name)) for each in said)
    return replace(draft, frame=frame), tuple(notes)


def features(file: Path, topology: bool = False) -> tuple[Frame, list[str]]:
    """A file's features with their columns, and what the reader remarked; with ``topology`` TopoJSON is read, too."""
    source, driver = _source(file, topology)
    frame, said = _frame(file, source, driver)
    if frame is None or not len(frame):
        raise Refused("error.boundary_empty", file=file.name)
    return frame, said


def _source(file: Path, topology: bool) -> tuple[str, str]:
    """The name GDAL opens and the driver it must open it with."""
    if not file.is_file():
        raise NotFound("error.boundary_file_absent", file=str(file))
    if file.stat().st_size > LIMIT_MIB * 2**20:
        raise Refused("error.boundary_file_large", file=file.name, limit=LIMIT_MIB)
    with file.open("rb") as opened:
        head = opened.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"PK"):
        return _zipped(file)
    if head.startswith(b"SQLite format 3\x00"):
        return str(file), "GPKG"
    if topology and _TOPOLOGY.match(head):
        return f"TopoJSON:{file}", "TopoJSON"
    if head.startswith(b"{"):
        return f"GeoJSON:{file}", "GeoJSON"
    if head.startswith((b"var ", b"let ", b"const ")):
        raise Refused("error.boundary_javascript", file=file.name)
    raise Refused("error.not_geodata", file=file.name, formats=_FORMATS)


def _zipped(file: Path) -> tuple[str, str]:
    """The one Shapefile in a zip, wherever it lies; GDAL needs the inner path when that is a folder."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > LIMIT_MIB * 2**20:
                raise Refused("error.boundary_file_large", file=file.name, limit=LIMIT_MIB)
            if archive.testzip() is not None:
                raise zipfile.BadZipFile
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise Refused("error.boundary_zip_broken", file=file.name) from error
    inner = [name for entry in entries if (name := entry.filename).lower().endswith(".shp") and "__MACOSX" not in name]
    if len(inner) != 1:
        raise Refused("error.boundary_zip_content", file=file.name, n=len(inner), found=", ".join(inner) or "-")
    return f"/vsizip/{{{file.resolve()}}}/{inner[0]}", "ESRI Shapefile"


def _frame(file: Path, source: str, driver: str) -> tuple[Any, list[str]]:
    import pyogrio
    from pyogrio.errors import DataSourceError

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            layers = pyogrio.list_layers(source)
            named = [str(name) for name, kind in layers if kind is not None]
            if not named:
                raise Refused("error.boundary_empty", file=file.name)
            if len(named) > 1:
                raise Refused("error.many_layers", file=file.name, n=len(named), found=", ".join(named))
            found = pyogrio.read_info(source, layer=named[0])["driver"]
            if found != driver:
                raise Refused("error.boundary_driver", file=file.name, found=found, formats=_FORMATS)
            frame = pyogrio.read_dataframe(source, layer=named[0], on_invalid="fix", datetime_as_string=True)
        except (DataSourceError, ValueError, RuntimeError, UnicodeDecodeError) as error:
            raise Refused("error.not_geodata", file=file.name, formats=_FORMATS) from error
    return frame, sorted({str(warning.message) for warning in caught})[:5]
