"""The outlines of an edition on their way into the store: compact, and beyond some size on disk and not in memory."""

from collections.abc import Iterator, Mapping
from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import Any
from weakref import finalize

import numpy as np

from geoapp.domain.levels import Level

Key = tuple[Level, int]
_IN_MEMORY = 64 << 20
"""Bytes kept in memory; a nation has a gigabyte of outlines."""


class Outlines(Mapping[Key, Any]):
    """By level and zoom of the grid: shapes in whole units, in number order, each a MultiPolygon; filled by threads."""

    def __init__(self) -> None:
        self._file: Any = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - it lives as long as the outlines
        finalize(self, self._file.close)
        self._parts: dict[Key, list[tuple[int, Any, Any]]] = {}
        self._lock = Lock()

    def add(self, level: Level, zoom: int, numbers: Any, shapes: Any) -> None:
        """Keep the shapes of some regions, by their numbers (from 1)."""
        import shapely

        packed = shapely.to_wkb(shapes)
        sizes = np.fromiter(map(len, packed), dtype=np.int64, count=len(packed))
        with self._lock:
            at = self._file.seek(0, 2)
            self._file.writelines(packed)
            self._parts.setdefault((level, zoom), []).append((at, np.asarray(numbers), sizes))

    def rows(self) -> Iterator[tuple[Level, int, int, bytes]]:
        """Level, zoom, number and WKB of every outline."""
        for (level, zoom), parts in self._parts.items():
            for at, numbers, sizes in parts:
                yield from ((level, zoom, int(n), wkb) for n, wkb in zip(numbers, self._read(at, sizes), strict=True))

    def __getitem__(self, key: Key) -> Any:
        import shapely

        made: dict[int, bytes] = {}
        for at, numbers, sizes in self._parts[key]:
            made.update(zip(numbers.tolist(), self._read(at, sizes), strict=True))
        return shapely.from_wkb(np.array([made[number] for number in sorted(made)], dtype=object))

    def __iter__(self) -> Iterator[Key]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)

    def _read(self, at: int, sizes: Any) -> Iterator[bytes]:
        self._file.seek(at)
        for size in sizes.tolist():
            yield self._file.read(size)
