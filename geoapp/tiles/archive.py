"""A set of tiles as a PMTiles file or a folder, for any static host, MapLibre, QGIS and GDAL."""

import gzip
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geoapp.domain.regions import Box
from geoapp.errors import Refused
from geoapp.tiles import vector
from geoapp.tiles.address import Address
from geoapp.tiles.ahead import side_by_side

PMTILES = ".pmtiles"
_E7 = 10_000_000
_PART = ".part"
_TYPES = {"figure": "Number", "class": "Number"}
"""The fields that are no text."""


@dataclass(frozen=True)
class Source:
    """What is written: the squares that hold something, how one is made (MVT in gzip), and what is said of them all.

    ``mark`` tells one source from another: a folder that was begun of another one is not gone on with.
    """

    name: str
    description: str
    attribution: str
    box: Box
    fields: Mapping[str, str]
    squares: Sequence[Address]
    make: Callable[[Address], bytes]
    mark: str

    @property
    def zooms(self) -> tuple[int, int]:
        """The first and the last zoom."""
        return min(each.z for each in self.squares), max(each.z for each in self.squares)

    def layers(self, typed: bool = True) -> list[dict[str, Any]]:
        """``vector_layers``: PMTiles and MBTiles name each field's type, TileJSON says what it is."""
        first, last = self.zooms
        fields = {name: _TYPES.get(name, "String") for name in self.fields} if typed else dict(self.fields)
        return [{"id": vector.NAME, "fields": fields, "minzoom": first, "maxzoom": last}]


def require_free(target: Path) -> None:
    """Refuse to write over anything but an empty folder or an older PMTiles file. Raises Refused."""
    if target.is_dir():
        taken = target.suffix == PMTILES or any(target.iterdir())
    else:
        taken = target.exists() and (target.suffix != PMTILES or _beginning(target) != b"PMTiles")
    if taken:
        raise Refused("error.export_exists", file=target.name)


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(7)


def write_pmtiles(source: Source, path: Path) -> Iterator[int]:
    """Write a PMTiles file of version 3 and give each tile's bytes; it is there under its name once it is whole."""
    from pmtiles.tile import Compression, TileType, zxy_to_tileid
    from pmtiles.writer import Writer

    ordered = sorted(source.squares, key=lambda each: zxy_to_tileid(each.z, each.x, each.y))
    aside = path.with_name(path.name + _PART)
    try:
        with ExitStack() as stack:
            file = stack.enter_context(aside.open("wb"))
            writer = Writer(file)
            stack.callback(writer.tile_f.close)
            for square, body in zip(ordered, side_by_side(source.make, ordered), strict=True):
                writer.write_tile(zxy_to_tileid(square.z, square.x, square.y), body)
                yield len(body)
            header = {"tile_type": TileType.MVT, "tile_compression": Compression.GZIP, **_header(source.box)}
            writer.finalize(header, _metadata(source))
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def write_folder(source: Source, folder: Path, base: str = "") -> Iterator[int]:
    """Write ``{z}/{x}/{y}.pbf`` with what clients need to find them, and give each tile's bytes.

    It is written beside its name, and gone on with there if it was broken off. Tiles are not compressed: a static host
    says nothing of an encoding. ``base`` is the folder's address on the web, with which clients begin.
    """
    aside = folder.with_name(folder.name + _PART)
    begun = aside / "source.txt"
    if aside.exists() and (not begun.exists() or begun.read_text() != source.mark):
        shutil.rmtree(aside)
    aside.mkdir(parents=True, exist_ok=True)
    begun.write_text(source.mark)

    def put(square: Address) -> int:
        path = aside / str(square.z) / str(square.x) / f"{square.y}.pbf"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(_PART)
            part.write_bytes(gzip.decompress(source.make(square)))
            part.replace(path)
        return path.stat().st_size

    yield from side_by_side(put, source.squares)
    for name, document in _beside(source, base).items():
        (aside / name).write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    begun.unlink()
    aside.replace(folder)  # over an empty folder at most


def _header(box: Box) -> dict[str, int]:
    west, south, east, north = (round(side * _E7) for side in box)
    return {
        "min_lon_e7": west,
        "min_lat_e7": south,
        "max_lon_e7": east,
        "max_lat_e7": north,
        "center_lon_e7": (west + east) // 2,
        "center_lat_e7": (south + north) // 2,
        "center_zoom": _middle_zoom(box),
    }


def _middle_zoom(box: Box) -> int:
    widest = max(box[2] - box[0], box[3] - box[1], 1e-6)
    return max(0, int(360 / widest).bit_length() - 1)


def _metadata(source: Source) -> dict[str, Any]:
    return {
        "name": source.name,
        "description": source.description,
        "attribution": source.attribution,
        "type": "overlay",
        "version": "1",
        "vector_layers": source.layers(),
    }


def _beside(source: Source, base: str) -> dict[str, Any]:
    """The files beside the tiles: TileJSON, a style for MapLibre, and what GDAL asks for."""
    first, last = source.zooms
    address = f"{base.rstrip('/')}/{{z}}/{{x}}/{{y}}.pbf" if base else "{z}/{x}/{y}.pbf"
    tiles = {
        "tilejson": "3.0.0",
        **_metadata(source),
        "vector_layers": source.layers(typed=False),
        "version": "1.0.0",
        "scheme": "xyz",
        "tiles": [address],
        "minzoom": first,
        "maxzoom": last,
        "bounds": list(source.box),
    }
    gdal = {
        **{name: each for name, each in _metadata(source).items() if name != "vector_layers"},
        "format": "pbf",
        "minzoom": str(first),
        "maxzoom": str(last),
        "bounds": ",".join(f"{side:.7f}" for side in source.box),
        "json": json.dumps({"vector_layers": source.layers()}, ensure_ascii=False),
    }
    return {"tiles.json": tiles, "style.json": _style(source, address), "metadata.json": gdal}


def _style(source: Source, address: str) -> dict[str, Any]:
    first, last = source.zooms
    west, south, east, north = source.box
    shapes = {"source": "regions", "source-layer": vector.NAME}
    tiles = {"type": "vector", "tiles": [address], "minzoom": first, "maxzoom": last, "bounds": list(source.box)}
    return {
        "version": 8,
        "name": source.name,
        "center": [(west + east) / 2, (south + north) / 2],
        "zoom": _middle_zoom(source.box),
        "sources": {"regions": {**tiles, "attribution": source.attribution}},
        "layers": [
            {"id": "fill", "type": "fill", **shapes, "paint": {"fill-color": "#e9e4d8"}},
            {"id": "line", "type": "line", **shapes, "paint": {"line-color": "#6b6558", "line-width": 0.6}},
        ],
    }
