"""Reading a boundary file: unpacked, its format told by its content, never by its name; every layer with polygons."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from geoapp.domain.findings import Finding, Place, Weight
from geoapp.editions.draft import Draft, Frame, Step
from geoapp.editions.formats import Format, format_of, formats, ogr
from geoapp.editions.formats.content import Content
from geoapp.editions.formats.layer import Layer
from geoapp.editions.looks import NAMED, looks_like, magic
from geoapp.editions.packed import LIMIT_MIB, contents
from geoapp.errors import BadRequest, NotFound, Refused

_AREAL = ("Polygon", "MultiPolygon", "GeometryCollection")


def read(draft: Draft) -> Step:
    """Every layer with its columns and shapes, as they are; unclosed rings are closed and named.

    Raises
    ------
    NotFound
        If there is no such file.
    Refused
        If it is too large, cut off, of another format, no geodata at all, or without polygons.
    BadRequest
        If the layer that was asked for is not there.
    """
    found = layers(draft.file, draft.asked.layer)
    return replace(draft, layers=tuple(found)), tuple(_said(draft, found))


def layers(file: Path, wanted: str | None = None) -> list[Layer]:
    """The layers of a file that have polygons, only the ``wanted`` one if it is named."""
    if not file.is_file():
        raise NotFound("error.boundary_file_absent", file=str(file))
    if file.stat().st_size > LIMIT_MIB * 2**20:
        raise Refused("error.boundary_file_large", file=file.name, limit=LIMIT_MIB)
    with TemporaryDirectory(prefix="geoapp-") as folder:
        found = _named_apart(_all(file, contents(file, Path(folder))))
    if not any(len(each.frame) for each in found):
        raise Refused("error.boundary_empty", file=file.name)
    if wanted is not None:
        return [_called(wanted, found, file)]
    areal = [each for each in found if _has_polygons(each) or _is_shapeless(each)]
    if not any(map(_has_polygons, areal)) and not _shapeless_only(found):
        raise Refused("error.no_polygons", file=file.name, found=", ".join(sorted(_kinds(found))) or "-")
    return areal


def features(file: Path) -> tuple[Frame, list[str]]:
    """The features of the layer with most of them, and what the reader remarked."""
    most = max(layers(file), key=lambda each: len(each.frame))
    return most.frame, list(most.said)


def _all(file: Path, inside: Sequence[Content]) -> list[Layer]:
    """The layers of everything that is geodata. What is geodata and cannot be read is not passed over."""
    from shapely.errors import ShapelyError

    found: list[Layer] = []
    known = [(content, read) for content in inside if (read := format_of(content)) is not None]
    for content, read in known:
        _refuse_large(file, content, read)
        try:
            found.extend(_placed(each, content, len(known)) for each in read.layers(content))
        except (ogr.Unreadable, ValueError, ShapelyError, csv.Error, RecursionError):
            raise _damaged(file, content, read.NAME) from None
        except Refused as refused:
            refused.values["file"] = file.name
            raise
    if known:
        return found
    if len(inside) == 1:
        raise _refusal(file, inside[0])
    if named := next((each for each in inside if magic(each) in NAMED), None):
        raise _refusal(file, named)
    names = ", ".join(sorted(each.name for each in inside)[:6])
    raise Refused("error.boundary_zip_content", file=file.name, found=names or "-", formats=", ".join(formats()))


def _refuse_large(file: Path, content: Content, read: Format) -> None:
    """A format that is read as text or as objects takes many times its size in memory."""
    limit = getattr(read, "LIMIT_MIB", LIMIT_MIB)
    if content.size > limit * 2**20:
        raise Refused("error.boundary_format_large", file=file.name, format=read.NAME, limit=limit)


def _refusal(file: Path, content: Content) -> Refused:
    values: dict[str, Any] = {"file": file.name, "formats": ", ".join(formats())}
    return Refused(looks_like(content), **values, found=magic(content))


def _damaged(file: Path, content: Content, name: str) -> Refused:
    """What is wrong with a content that looked like a format and is none."""
    message = looks_like(content)
    if message == "error.not_geodata":
        return Refused("error.boundary_damaged", file=file.name, format=name)
    return _refusal(file, content)


def _placed(each: Layer, content: Content, several: int) -> Layer:
    """Where an archive holds several files, a layer is called as its file."""
    inner = content.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    unnamed = not each.name or each.name == content.path.stem or (several > 1 and each.name == "OGRGeoJSON")
    return replace(each, name=inner if unnamed else each.name)


def _named_apart(found: Iterable[Layer]) -> list[Layer]:
    """No two layers of one name."""
    taken: set[str] = set()
    apart = []
    for each in found:
        name, n = each.name, 2
        while name in taken:
            name, n = f"{each.name} ({n})", n + 1
        taken.add(name)
        apart.append(replace(each, name=name))
    return apart


def _called(wanted: str, found: Sequence[Layer], file: Path) -> Layer:
    for each in found:
        if each.name.lower() == wanted.strip().lower():
            return each
    raise BadRequest("error.no_layer_named", file=file.name, layer=wanted, found=", ".join(e.name for e in found))


def _kinds(found: Iterable[Layer]) -> set[str]:
    return {str(kind) for each in found for kind in each.frame.geometry.geom_type.dropna().unique()}


def _has_polygons(each: Layer) -> bool:
    return bool(np.isin(each.frame.geometry.geom_type.to_numpy(dtype=object), _AREAL).any())


def _is_shapeless(each: Layer) -> bool:
    """Whether no feature of it has a shape at all: they may all be broken."""
    return len(each.frame) > 0 and bool(each.frame.geometry.isna().all())


def _shapeless_only(found: Iterable[Layer]) -> bool:
    return all(_is_shapeless(each) for each in found if len(each.frame))


def _said(draft: Draft, found: Sequence[Layer]) -> Iterable[Finding]:
    for each in found:
        for said in each.said:
            yield Finding(Weight.NOTE, "finding.reader_said", {"said": said}, Place(draft.file.name))
