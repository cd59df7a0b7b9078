"""The shelf of finished tiles: memory, then disk, then one builder per tile and host."""

import gzip
import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from geoapp.domain.zooms import REVISION
from geoapp.settings import Settings
from geoapp.tiles.disk import Disk

_KEY = re.compile(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*\.[a-z]+")
_GZIP = b"\x1f\x8b"
_PNG = b"\x89PNG"


@dataclass(frozen=True, slots=True)
class Tile:
    """A finished body, gzip where ``gzipped``, with a strong ETag (quotes included); ``empty`` if it holds nothing."""

    body: bytes
    etag: str
    gzipped: bool
    empty: bool = False

    @classmethod
    def of(cls, stored: bytes) -> "Tile":
        """From what lies on disk; the empty body stands for the empty tile."""
        return cls(stored, f'"{hashlib.sha256(stored).hexdigest()[:20]}"', stored.startswith(_GZIP), stored == EMPTY)


def packed(raw: bytes) -> bytes:
    """A tile as it is kept: PNG as it is, everything else as gzip."""
    return raw if raw.startswith(_PNG) else gzip.compress(raw, 6, mtime=0)


EMPTY = packed(b"")
NOTHING = Tile.of(EMPTY)
"""The empty vector tile."""


class Shelf:
    """Finished tiles by key, such as ``kota-malang-2025/village/10/832/534.mvt``."""

    def __init__(self, folder: Path, memory: int, disk: int = 2 << 30) -> None:
        """In ``folder``, with so many bytes of ``memory`` in this process, and of ``disk`` on this host."""
        self.disk = Disk(folder, f"grids-{REVISION}", disk)
        self._room = memory
        self._kept: OrderedDict[str, Tile] = OrderedDict()
        self._used = 0
        self._guard = Lock()

    @classmethod
    def of(cls, settings: Settings) -> "Shelf":
        """The one of this host."""
        return cls(settings.var / "tiles", settings.tile_memory_mib << 20, settings.tile_cache_mib << 20)

    def get(self, key: str, build: Callable[[], bytes]) -> Tile:
        """The tile of this key; ``build`` gives its raw bytes if nobody has made it yet.

        PNG is kept as it is, everything else as gzip. A full disk only costs the next reader a build.
        """
        if not _KEY.fullmatch(key):
            raise ValueError(f"{key!r} is no key of the shelf")
        return self._remembered(key) or self._remember(key, self._stored(key) or self._build(key, build))

    def peek(self, key: str) -> Tile | None:
        """The tile of this key if it is made already; it is not remembered."""
        return self._stored(key)

    def _remembered(self, key: str) -> Tile | None:
        with self._guard:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def _remember(self, key: str, tile: Tile) -> Tile:
        with self._guard:
            if key not in self._kept and len(tile.body) <= self._room:
                self._kept[key] = tile
                self._used += len(tile.body)
            while self._used > self._room:
                _, dropped = self._kept.popitem(last=False)
                self._used -= len(dropped.body)
        return tile

    def _stored(self, key: str) -> Tile | None:
        stored = self.disk.read(key)
        # a power cut may leave a renamed file without its content
        return Tile.of(stored) if stored is not None and _whole(stored) else None

    def _build(self, key: str, build: Callable[[], bytes]) -> Tile:
        with self.disk.turn(key):
            if found := self._stored(key):
                return found
            stored = packed(build())
            self.disk.write(key, stored)
            return Tile.of(stored)


def _whole(stored: bytes) -> bool:
    """Whether gzip's or PNG's last bytes are there."""
    if stored.startswith(_PNG):
        return stored.endswith(b"IEND\xaeB`\x82")
    if not stored.startswith(_GZIP) or len(stored) < 18:
        return False
    try:
        gzip.decompress(stored)
    except (OSError, EOFError):
        return False
    return True
