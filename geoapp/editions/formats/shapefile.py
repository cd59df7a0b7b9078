"""Shapefile: the part with the shapes; its table, its reference system and its encoding lie beside it, if at all."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

from geoapp.editions.formats import ogr
from geoapp.editions.formats.content import Content
from geoapp.editions.formats.layer import Layer
from geoapp.errors import Refused

NAME = "Shapefile"


def reads(content: Content) -> bool:
    """The magic number of the file with the shapes, and that they are shapes and not their index."""
    head = content.head
    return head.startswith(b"\x00\x00\x27\x0a") and len(head) >= 100 and content.path.suffix.lower() != ".shx"


def layers(content: Content) -> Iterator[Layer]:
    """Its one layer, called as the file is; a missing index is made again.

    Raises
    ------
    Refused
        ``error.boundary_no_table`` if the table with the codes and names does not lie beside it.
    """
    import pyogrio

    if ".dbf" not in _beside(content):
        raise Refused("error.boundary_no_table", file=content.name)
    _refuse_cut(content)
    pyogrio.set_gdal_config_options({"SHAPE_RESTORE_SHX": True})
    name = content.name.rsplit("/", 1)[-1]
    with TemporaryDirectory(prefix="geoapp-") as folder:
        for each in ogr.layers(str(_indexed(content, Path(folder))), "ESRI Shapefile", encoding=_encoding(content)):
            yield Layer(name[:-4], each.frame, each.broken, each.mended, each.said)


def _indexed(content: Content, folder: Path) -> Path:
    """Where to read it: where it lies, or a copy in ``folder`` if its index is missing, which GDAL writes beside it."""
    beside = _beside(content)
    if ".shx" in beside:
        return content.path
    for suffix, part in {".shp": content.path, **beside}.items():
        copy(part, folder / f"part{suffix}")
    return folder / "part.shp"


def _refuse_cut(content: Content) -> None:
    """What is shorter than its head says was cut off; GDAL would read what is left. Raises Unreadable."""
    if content.size < 2 * int.from_bytes(content.head[24:28], "big"):
        raise ogr.Unreadable("cut off")
    if (table := _beside(content).get(".dbf")) is not None:
        with table.open("rb") as file:
            head = file.read(12)
        count, start, width = (int.from_bytes(head[a:b], "little") for a, b in ((4, 8), (8, 10), (10, 12)))
        if table.stat().st_size < start + count * width:
            raise ogr.Unreadable("cut off")


def _beside(content: Content) -> Mapping[str, Path]:
    """The files of the same name by what stands behind the point."""
    return {each.suffix.lower(): each for each in content.path.parent.glob(f"{_escaped(content.path.stem)}.*")}


def _encoding(content: Content) -> str | None:
    """How the table's texts are written where no .cpg says it: UTF-8 if all of them are, else as Windows wrote them."""
    beside = _beside(content)
    if ".cpg" in beside or ".dbf" not in beside:
        return None
    raw = beside[".dbf"].read_bytes()
    start = int.from_bytes(raw[8:10], "little")
    try:
        raw[start:].decode("utf-8")
    except UnicodeDecodeError:
        return "CP1252"
    return "UTF-8"


def _escaped(stem: str) -> str:
    return "".join(f"[{sign}]" if sign in "[]*?" else sign for sign in stem)
