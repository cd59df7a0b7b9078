"""The tiles on disk: shared by all processes of a host, bounded in bytes, those unused for longest go first.

A tile is written aside and renamed, so a reader sees all of it or nothing, and one that is open may be removed.
Builders take turns by ``flock``, which the kernel lets go of when a process dies. What the folder holds stands in a
ledger that every writer adds to; only when that passes the bound does one process look at the files themselves.
"""

import fcntl
import hashlib
import os
import re
import shutil
import tempfile
import time
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import NamedTuple

_LOCKS = 256
"""Lock files: a fixed number, so that none is ever removed while somebody waits for it."""
_DIGITS = 20
"""Of the ledger's number."""
_BLOCK = 4096
"""Bytes: a file takes whole blocks, and it is the disk that is bounded."""
_KEPT_SHARE = 0.9
"""What is left of the bound after making room, so that room is not made for every tile."""
_SEEN_AGAIN = 3600
"""Seconds after which a tile that is read again is marked as used: a write for every read would cost more than it."""
_FORGOTTEN = 3600
"""Seconds after which a file written aside is nobody's: its builder was killed."""
_REVISION = re.compile(r"grids-\d+")


class Use(NamedTuple):
    """What tiles take of the disk, and what they may take, in bytes."""

    used: int
    bound: int


class File(NamedTuple):
    """A file of the folder: its path, what it takes of the disk, and when it was last used."""

    path: str
    weight: int
    used_at: float


class Disk:
    """A folder of finished tiles below ``root``; tiles of other ``revisions`` of the grids lie beside it."""

    def __init__(self, root: Path, name: str, bound: int) -> None:
        self.root = root
        self.folder = root / name
        self.bound = bound
        self._sweeper: Thread | None = None

    def read(self, key: str) -> bytes | None:
        """The file of this key, which counts as used now."""
        try:
            with (self.folder / key).open("rb") as file:
                stored = file.read()
                if time.time() - os.fstat(file.fileno()).st_mtime > _SEEN_AGAIN:
                    with suppress(OSError):  # somebody else's file, or a disk that is read only
                        os.utime(file.fileno())
                return stored
        except OSError:
            return None

    def size(self, key: str) -> int | None:
        """Bytes of the file of this key; None if there is none, or an empty one that a power cut left."""
        try:
            return (self.folder / key).stat().st_size or None
        except OSError:
            return None

    @property
    def room(self) -> int:
        """Bytes that tiles may take without being removed again when the bound is passed."""
        return int(self.bound * _KEPT_SHARE)

    def write(self, key: str, stored: bytes) -> None:
        """Keep a file; a disk that takes nothing only costs the next reader a build."""
        path = self.folder / key
        with suppress(OSError):
            total = self._count(weight(len(stored)))
            try:
                _put(path, stored)
            except FileNotFoundError:  # an empty folder was removed meanwhile
                _put(path, stored)
            if total > self.bound:
                self._make_room()

    @contextmanager
    def turn(self, key: str) -> Iterator[None]:
        """Hold the key's lock file; where none can be made, go on without waiting."""
        name = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") % _LOCKS
        try:
            (self.folder / "locks").mkdir(parents=True, exist_ok=True)
            file = (self.folder / "locks" / str(name)).open("w")
        except OSError:
            yield
            return
        with file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    @property
    def use(self) -> Use:
        """By the ledger: never less than what is there."""
        try:
            return Use(self._count(0), self.bound)
        except OSError:
            return Use(0, self.bound)

    def folders(self) -> list[str]:
        """The names of the folders that hold tiles."""
        try:
            return sorted(each.name for each in self.folder.iterdir() if each.is_dir() and each.name != "locks")
        except OSError:
            return []

    def files(self) -> Iterator[File]:
        """Every finished tile of this revision, in no order."""
        return _files(self.folder)

    def tidy(self) -> None:
        """Remove what an older version left, and what is beyond the bound: it may have been set lower."""
        self.remove_others()
        if self.use.used > self.bound:
            self.sweep()

    def remove_others(self) -> None:
        """Remove the tiles of other revisions of the grids."""
        for other in self.root.glob("grids-*"):
            if other != self.folder and _REVISION.fullmatch(other.name):
                shutil.rmtree(other, ignore_errors=True)
                other.with_suffix(".ledger").unlink(missing_ok=True)

    def sweep(self, wait: bool = False) -> None:
        """Look at every file, remove those unused for longest until the bound is kept, and put the ledger right.

        One process at a time; others leave it to that one, or ``wait``. What is written meanwhile stays in the count.
        """
        with suppress(OSError):
            self.root.mkdir(parents=True, exist_ok=True)
            with (self.root / "sweep.lock").open("w") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
                except BlockingIOError:
                    return
                before = self._count(0)
                left = self._removed_to(int(self.bound * _KEPT_SHARE))
                self._count(left - before)

    def remove(self, name: str) -> None:
        """Remove a folder of tiles, such as an edition's; the ledger is put right by the next sweep."""
        shutil.rmtree(self.folder / name, ignore_errors=True)

    def _removed_to(self, target: int) -> int:
        """Bytes that are left once the bound is kept: by two walks, since a list of all files may weigh too much."""
        times, weights = array("d"), array("q")
        for each in _files(self.folder, forgotten=time.time() - _FORGOTTEN):
            times.append(each.used_at)
            weights.append(each.weight)
        total = sum(weights)
        if total <= self.bound:
            return total
        last, kept = 0.0, total
        for used_at, weight in sorted(zip(times, weights, strict=True)):
            if kept <= target:
                break
            last, kept = used_at, kept - weight
        for each in _files(self.folder):
            if each.used_at <= last and total > target:
                with suppress(OSError):
                    Path(each.path).unlink()
                    total -= each.weight
                    Path(each.path).parent.rmdir()  # which fails as long as it holds anything
        return total

    def _make_room(self) -> None:
        """Sweep beside whoever waits for a tile."""
        if self._sweeper is None or not self._sweeper.is_alive():
            self._sweeper = Thread(target=self.sweep, name="tiles-sweep", daemon=True)
            self._sweeper.start()

    def _count(self, more: int) -> int:
        """Add to the ledger, under its lock, and give what it says then; what it lost is counted anew."""
        self.root.mkdir(parents=True, exist_ok=True)
        ledger = os.open(self.root / f"{self.folder.name}.ledger", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(ledger, fcntl.LOCK_EX)
            said = os.pread(ledger, _DIGITS, 0)
            total = int(said) if said.isdigit() else sum(each.weight for each in _files(self.folder))
            if more or not said.isdigit():
                total = max(0, total + more)
                # over what it says: a full disk takes that, and a killed writer leaves no empty ledger
                os.pwrite(ledger, f"{total:0{_DIGITS}}".encode(), 0)
            return total
        finally:
            os.close(ledger)


def weight(size: int) -> int:
    """Bytes that a file of ``size`` bytes takes of the disk."""
    return -(-size // _BLOCK) * _BLOCK


def _put(path: Path, stored: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        aside = Path(file.name)
        try:
            file.write(stored)
            file.flush()
            aside.replace(path)
        except OSError:
            aside.unlink(missing_ok=True)
            raise


def _files(folder: Path, forgotten: float = 0.0) -> Iterator[File]:
    """The finished files below a folder; those written aside before ``forgotten`` (a moment) are removed."""
    waiting = [str(folder)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                found = list(entries)
        except OSError:
            continue
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "locks":
                    waiting.append(entry.path)
                continue
            with suppress(OSError):  # somebody removed it
                told = entry.stat(follow_symlinks=False)
                if not entry.name.startswith("."):
                    yield File(entry.path, weight(told.st_size), told.st_mtime)
                elif told.st_mtime < forgotten:
                    Path(entry.path).unlink()
