"""Rows in the binary format of PostgreSQL's COPY, read and written as a stream; what the fields mean is not asked here.

A file is a signature, rows of a count of fields and each field's length (−1 for null) with its bytes, and an end.
"""

import struct
from collections.abc import Iterable, Iterator
from typing import IO

from geoapp.errors import Refused

_SIGNATURE = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
_END = struct.pack("!h", -1)
_COUNT, _LENGTH = struct.Struct("!h"), struct.Struct("!i")
_NULL = _LENGTH.pack(-1)
_LARGEST = 1 << 30
"""Bytes of a field; PostgreSQL takes no larger one."""
_BLOCK = 1 << 20

Field = bytes | None


def rows(file: IO[bytes], fields: int) -> Iterator[list[Field]]:
    """The rows of a file.

    Raises
    ------
    Refused
        ``error.bundle_damaged`` if it is no such file, a row has another number of fields, or its end is missing.
    """
    if _exactly(file, len(_SIGNATURE)) != _SIGNATURE:
        raise damaged()
    while (count := _exactly(file, 2)) != _END:
        if _COUNT.unpack(count)[0] != fields:
            raise damaged()
        yield [_field(file) for _ in range(fields)]
    if file.read(1):
        raise damaged()


def _field(file: IO[bytes]) -> Field:
    (length,) = _LENGTH.unpack(_exactly(file, 4))
    if length == -1:
        return None
    if not 0 <= length <= _LARGEST:
        raise damaged()
    return _exactly(file, length)


def _exactly(file: IO[bytes], n: int) -> bytes:
    read = file.read(n)
    if len(read) != n:
        raise damaged()
    return read


def damaged() -> Refused:
    """What is said of a bundle that is not as it was made."""
    return Refused("error.bundle_damaged")


def written(made: Iterable[list[Field]]) -> Iterator[bytes]:
    """The rows as a stream of blocks of about a megabyte."""
    block = bytearray(_SIGNATURE)
    for row in made:
        block += _COUNT.pack(len(row))
        for field in row:
            block += _NULL if field is None else _LENGTH.pack(len(field)) + field
        if len(block) >= _BLOCK:
            yield bytes(block)
            block.clear()
    yield bytes(block + _END)


def text(field: Field) -> str | None:
    """A field of type text. Raises Refused if it is none."""
    try:
        return None if field is None else field.decode()
    except UnicodeDecodeError:
        raise damaged() from None


def whole(field: Field) -> int | None:
    """A field of a whole number, int2 or int4."""
    return None if field is None else int.from_bytes(field, "big", signed=True)
