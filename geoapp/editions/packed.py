"""Unpacking what a boundary file comes in: zip and gzip, one within the other; sizes are measured, not believed."""

import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Protocol

from geoapp.editions.formats.content import Content
from geoapp.errors import Refused

LIMIT_MIB = 1024
"""The largest file, and the largest content of an archive, that is read."""
_DEEP = 3
"""An archive within an archive within an archive is enough."""
_PARTS = 20_000
_CHUNK = 2**20
_LOCKED = 0x1
_SHAPES = b"\x00\x00\x27\x0a"
_UTF_16 = re.compile(r"(?i)(?<=encoding=[\"'])UTF-16(LE|BE)?(?=[\"'])")
"""What an XML file says of itself, and is no longer true once it is written as UTF-8."""
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_BESIDE = (".shx", ".dbf", ".prj", ".cpg", ".cst", ".sbn", ".sbx", ".qix", ".qmd", ".qpj")
"""Companions of a Shapefile, no files of their own."""


class _Readable(Protocol):
    """What is read piece by piece."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""
        ...


def contents(file: Path, folder: Path) -> list[Content]:
    """What is in a file, unpacked into ``folder`` where it is an archive.

    Raises
    ------
    Refused
        ``error.boundary_file_large``, ``error.boundary_zip_broken``, ``error.boundary_zip_locked``.
    """
    return list(_Unpacked(file.name, folder).of(_plain(file, folder), _DEEP))


def _plain(file: Path, folder: Path) -> Content:
    """The file by a name that says nothing: GDAL believes names. A Shapefile keeps its own, for what lies beside it."""
    content = Content(file, file.name)
    if content.head.startswith(_SHAPES):
        return content
    link = folder / "0"
    link.symlink_to(file.resolve())
    return Content(link, file.name)


class _Unpacked:
    """One file's archives, all of them together within the limit."""

    def __init__(self, file: str, folder: Path) -> None:
        self._file, self._folder = file, folder
        self._left = LIMIT_MIB * 2**20
        self._archives = 0

    def of(self, content: Content, deep: int) -> Iterator[Content]:
        """The contents of an archive, or the content itself."""
        if content.head.startswith(_ZIP) and deep:
            for each in self._zip(content):
                yield from self.of(each, deep - 1)
        elif content.head.startswith(b"\x1f\x8b") and deep:
            yield from self.of(self._gzip(content), deep - 1)
        elif content.is_wide:
            yield self._narrowed(content)
        else:
            yield content

    def _gzip(self, content: Content) -> Content:
        name = content.name.removesuffix(".gz")
        out = self._place() / "0"
        try:
            with gzip.open(content.path) as packed:
                self._copy(packed, out)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise Refused("error.boundary_zip_broken", file=self._file) from error
        return Content(out, name)

    def _narrowed(self, content: Content) -> Content:
        """A text in UTF-16 as UTF-8, which is what every format reads."""
        out = self._place() / "0"
        out.write_text(_UTF_16.sub("UTF-8", content.text(), count=1), encoding="utf-8")
        return Content(out, content.name)

    def _zip(self, content: Content) -> list[Content]:
        try:
            with zipfile.ZipFile(content.path) as archive:
                entries = [entry for entry in archive.infolist() if _wanted(entry)]
                if len(entries) > _PARTS:
                    raise Refused("error.boundary_file_large", file=self._file, limit=LIMIT_MIB)
                if any(entry.flag_bits & _LOCKED for entry in entries):
                    raise Refused("error.boundary_zip_locked", file=self._file)
                return self._members(archive, entries)
        except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError, ValueError) as error:
            raise Refused("error.boundary_zip_broken", file=self._file) from error

    def _members(self, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> list[Content]:
        """Every member under a name of our own; files that are called alike stay beside one another."""
        place = self._place()
        stems: dict[str, int] = {}
        found: list[Content] = []
        for entry in entries:
            path = PurePosixPath(entry.filename.replace("\\", "/"))
            number = stems.setdefault(str(path.with_suffix("")).lower(), len(stems))
            suffix = path.suffix.lower() if path.suffix.lower() in (".shp", *_BESIDE) else ""
            out = place / f"{number}{suffix}"
            if out.exists():
                out = place / f"{len(stems)}x{len(found)}{suffix}"
            with archive.open(entry) as packed:
                self._copy(packed, out)
            if path.suffix.lower() not in _BESIDE:
                found.append(Content(out, str(path)))
        return found

    def _place(self) -> Path:
        self._archives += 1
        place = self._folder / str(self._archives)
        place.mkdir()
        return place

    def _copy(self, packed: _Readable, out: Path) -> None:
        with out.open("wb") as file:
            while piece := packed.read(_CHUNK):
                self._left -= len(piece)
                if self._left < 0:
                    raise Refused("error.boundary_file_large", file=self._file, limit=LIMIT_MIB)
                file.write(piece)


def _wanted(entry: zipfile.ZipInfo) -> bool:
    """Whether a member is a file and not what an operating system left there."""
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    hidden = path.name.startswith(".") or "__MACOSX" in path.parts
    return not entry.is_dir() and not hidden and path.name not in ("Thumbs.db", "desktop.ini")
