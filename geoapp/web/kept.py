"""Finished bodies with their compressed forms, kept in memory by what they were made of."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

import brotli

_PACKABLE = (
    "text/",
    "application/json",
    "application/geo+json",
    "application/xml",
    "image/svg+xml",
    "application/octet",
)
_LEAST = 256
"""Bytes under which compressing costs more than it saves."""
_SMALL, _LARGE = 1 << 16, 1 << 20
"""Bytes up to which the best compression takes some 15 ms, and beyond which even a middling one takes long."""


class Body:
    """Bytes as they are sent, with their digest; a compressed form is made when first asked for."""

    def __init__(self, plain: bytes, media_type: str) -> None:
        self.plain = plain
        self.media_type = media_type
        self.digest = hashlib.sha256(plain).hexdigest()[:20]
        self._packed: dict[str, bytes] = {}

    @property
    def packable(self) -> bool:
        """Whether compressing makes it smaller."""
        return len(self.plain) >= _LEAST and self.media_type.startswith(_PACKABLE)

    def packed(self, encoding: str) -> bytes:
        """The bytes in ``br`` or ``gzip``; the larger, the less effort."""
        if encoding not in self._packed:
            size = len(self.plain)
            if encoding == "br":
                quality = 10 if size <= _SMALL else 8 if size <= _LARGE else 4
                self._packed[encoding] = brotli.compress(self.plain, quality=quality)
            else:
                self._packed[encoding] = gzip.compress(self.plain, 6 if size <= _LARGE else 4, mtime=0)
        return self._packed[encoding]


class Kept:
    """The bodies used last, up to ``limit`` plain bytes; a body larger than a quarter of that is not kept."""

    def __init__(self, limit: int = 48 << 20) -> None:
        self.limit = limit
        self._bodies: OrderedDict[Hashable, Body] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: Hashable, build: Callable[[], Body]) -> Body:
        """The body kept under ``key``, or a new one; the key must name everything the bytes depend on."""
        with self._lock:
            if key in self._bodies:
                self._bodies.move_to_end(key)
                return self._bodies[key]
        body = build()
        if len(body.plain) <= self.limit // 4:
            with self._lock:
                self._keep(key, body)
        return body

    def _keep(self, key: Hashable, body: Body) -> None:
        if key not in self._bodies:
            self._bodies[key] = body
            self._size += len(body.plain)
        while self._size > self.limit:
            _, dropped = self._bodies.popitem(last=False)
            self._size -= len(dropped.plain)
