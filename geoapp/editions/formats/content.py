"""A file's content as formats look at it: where it lies, how it begins and ends; what it is called decides nothing."""

import mmap
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

HEAD = 65_536
"""So many bytes of a beginning tell most formats."""
_TAIL = 4_096
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Content:
    """One file on the disk, perhaps unpacked; ``name`` is what a person knows it by."""

    path: Path
    name: str

    @cached_property
    def head(self) -> bytes:
        """The beginning, without a byte-order mark and blanks."""
        with self.path.open("rb") as file:
            raw = file.read(HEAD)
        if raw.startswith(_UTF_16):
            return raw.decode("utf-16", "ignore").lstrip("\ufeff \t\r\n").encode()
        return raw.removeprefix(_BOM).lstrip()

    @cached_property
    def is_wide(self) -> bool:
        """Whether it is a text of two bytes a letter."""
        with self.path.open("rb") as file:
            return file.read(2) in _UTF_16

    @cached_property
    def tail(self) -> bytes:
        """The end, without blanks and padding."""
        with self.path.open("rb") as file:
            file.seek(max(0, self.size - _TAIL))
            return file.read().rstrip(b" \t\r\n\x00\x1a")

    @cached_property
    def size(self) -> int:
        """Bytes."""
        return self.path.stat().st_size

    def holds(self, pattern: re.Pattern[bytes]) -> bool:
        """Whether the pattern stands anywhere in it."""
        if pattern.search(self.head):
            return True
        if self.size <= HEAD:
            return False
        with self.path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
            return pattern.search(whole) is not None

    def text(self) -> str:
        """All of it as text: UTF-8 or UTF-16, else as Windows wrote it in our part of the world."""
        return decoded(self.path.read_bytes())

    @cached_property
    def first_break(self) -> tuple[bytes, bytes]:
        """What stands before and behind the end of the first line, a sign each; nothing where there is one line."""
        if not self.size:
            return b"", b""
        with self.path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
            start = whole[:HEAD]
            end = whole.find(b"\n", len(start) - len(start.lstrip()))
            if end < 0:
                return b"", b""
            before, behind = whole[max(0, end - 64) : end].rstrip(b" \t\r"), whole[end : end + 64].lstrip()
            return before[-1:], behind[:1]


def decoded(raw: bytes) -> str:
    """Bytes as text: UTF-8 or UTF-16, else Windows-1252.

    >>> decoded(b"Desa \\xe9"), decoded("Désa".encode("utf-16"))
    ('Desa é', 'Désa')
    """
    if raw.startswith(_UTF_16):
        return raw.decode("utf-16", "replace").removeprefix("\ufeff")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
