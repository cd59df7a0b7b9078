"""The shelf of finished tiles: memory, then disk, then one builder per tile and host.

A tile is written aside and renamed, so that a reader sees all of it or nothing; builders take turns by ``flock``, which
the kernel lets go of when a process dies, so a killed builder leaves neither half a tile nor a lock behind.
"""

import fcntl
import gzip
import hashlib
import re
import tempfile
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

_KEY = re.compile(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*\.[a-z]+")
_GZIP = b"\x1f\x8b"
_PNG = b"\x89PNG"
_LOCKS = 256
"""Lock files: a fixed number, so that none is ever removed while somebody waits for it."""


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

    def __init__(self, folder: Path, memory: int) -> None:
        self._folder = folder
        self._room = memory
        self._kept: OrderedDict[str, Tile] = OrderedDict()
        self._used = 0
        self._guard = Lock()

    def get(self, key: str, build: Callable[[], bytes]) -> Tile:
        """The tile of this key; ``build`` gives its raw bytes if nobody has made it yet.

        PNG is kept as it is, everything else as gzip. A full disk only costs the next reader a build.
        """
        if not _KEY.fullmatch(key):
            raise ValueError(f"{key!r} is no key of the shelf")
        return self._remembered(key) or self._remember(key, self._stored(key) or self._build(key, build))

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
        try:
            stored = (self._folder / key).read_bytes()
        except OSError:
            return None
        # a power cut may leave a renamed file without its content
        return Tile.of(stored) if _whole(stored) else None

    def _build(self, key: str, build: Callable[[], bytes]) -> Tile:
        with self._turn(key):
            return self._stored(key) or self._store(key, packed(build()))

    def _store(self, key: str, packed: bytes) -> Tile:
        path = self._folder / key
        aside: Path | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
                aside = Path(file.name)
                file.write(packed)
            aside.replace(path)
        except OSError:
            if aside is not None:
                with suppress(OSError):
                    aside.unlink(missing_ok=True)
        return Tile.of(packed)

    @contextmanager
    def _turn(self, key: str) -> Iterator[None]:
        """Hold the key's lock file; where none can be made, build without waiting."""
        name = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") % _LOCKS
        try:
            (self._folder / "locks").mkdir(parents=True, exist_ok=True)
            file = (self._folder / "locks" / str(name)).open("w")
        except OSError:
            yield
            return
        with file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


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
