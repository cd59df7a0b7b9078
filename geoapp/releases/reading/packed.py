"""A workbook's parts unpacked within limits: what its own headers say of their size is not believed."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from geoapp.errors import Refused

MAX_PARTS = 2_000
MAX_UNPACKED = 400 * 2**20
MAX_PART = {"sharedstrings": 64 * 2**20, "styles": 16 * 2**20}
"""Bytes of parts that a reader holds whole."""
MAX_RATIO = 400
_FREE = 2**20
"""So many bytes may a part have whatever its ratio."""
_CHUNK = 2**20
_CLAIMS = re.compile(rb"""<[^<>]*\b(?:count|uniqueCount)\s*=\s*["'](?!\d{0,7}["'])""")
"""How many texts or styles a part says it has: more than seven digits of them, or no number at all."""
_DECLARES = (b"<!DOCTYPE", b"<!ENTITY", "<!DOC".encode("utf-16-le"), "<!DOC".encode("utf-16-be"))


class Parts:
    """The parts of a zip by name."""

    def __init__(self, file: str, raw: bytes) -> None:
        """Look at the list of parts.

        Raises
        ------
        Refused
            If it is no zip, or has more parts, or larger ones, than a table has.
        """
        self.file, self.raw = file, raw
        try:
            with zipfile.ZipFile(io.BytesIO(raw)) as packed:
                self.infos = {info.filename: info for info in packed.infolist()}
                count = len(packed.infolist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise Refused("error.table_broken", file=file) from error
        if count > MAX_PARTS or sum(info.file_size for info in self.infos.values()) > MAX_UNPACKED:
            raise self._too_large()
        if count != len(self.infos):
            raise Refused("error.table_broken", file=file)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self.infos)

    def whole(self, name: str) -> bytes:
        """One part in one piece; nothing if there is none."""
        return b"".join(self.pieces(name)) if name in self.infos else b""

    def pieces(self, name: str) -> Iterator[bytes]:
        """One part piece by piece, counted while it grows.

        Raises
        ------
        Refused
            If it is larger than its header says, packed suspiciously well, damaged, or declares entities.
        """
        info = self.infos[name]
        if info.flag_bits & 1:
            raise Refused("error.table_locked", file=self.file)
        size, last = 0, b""
        limit = min(MAX_PART.get(name.rsplit("/", 1)[-1].split(".")[0].lower(), MAX_UNPACKED), info.file_size)
        for piece in self._inflated(info):
            size += len(piece)
            if size > limit or (size > _FREE and size > MAX_RATIO * max(info.compress_size, 1)):
                raise self._too_large()
            if name.endswith((".xml", ".rels")):
                self._refuse_markup(last + piece)
            last = piece[-256:]
            yield piece

    def _refuse_markup(self, xml: bytes) -> None:
        if any(each in xml for each in _DECLARES):
            raise Refused("error.table_entities", file=self.file)
        # a reader makes room for as many as are claimed, before it looks whether they are there
        if b"ount" in xml and _CLAIMS.search(xml):
            raise Refused("error.table_broken", file=self.file)

    def check(self) -> None:
        """Unpack every part once, so that no later reader meets what was not measured."""
        for name in self.infos:
            for _ in self.pieces(name):
                pass

    def _inflated(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        head = self.raw[info.header_offset : info.header_offset + 30]
        if len(head) < 30 or head[:4] != b"PK\x03\x04" or info.compress_type not in (0, 8):
            raise Refused("error.table_broken", file=self.file)
        start = info.header_offset + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        packed = self.raw[start : start + info.compress_size]
        if info.compress_type == 0:
            yield packed
            return
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            while packed and not stream.eof:
                yield stream.decompress(packed, _CHUNK)
                packed = stream.unconsumed_tail
        except zlib.error as error:
            raise Refused("error.table_broken", file=self.file) from error

    def _too_large(self) -> Refused:
        return Refused("error.table_too_large", file=self.file, limit=MAX_UNPACKED // 2**20)
