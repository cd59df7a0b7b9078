"""Reading a file as a table: its bytes within limits, then its sheets, then the one that holds the table."""

import gzip
import hashlib
import io
import zlib
from pathlib import Path

from geoapp.errors import NotFound, Refused
from geoapp.releases.options import Options
from geoapp.releases.reading.books import MAX_FILE, MAX_TEXT, Book
from geoapp.releases.reading.layout import find_table
from geoapp.releases.reading.persons import refuse_persons
from geoapp.releases.reading.table import Table
from geoapp.releases.reading.text import read_text
from geoapp.releases.reading.workbook import OLE, ZIP, read_workbook

_BOOK_ENDINGS = {".xlsx", ".xlsm", ".xltx", ".xls", ".ods"}
_GZIP = b"\x1f\x8b"
_STRANGE = (b"%PDF", b"SQLite", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"GIF8", b"BZh", b"\xfd7zXZ")


def read_table(path: Path, options: Options | None = None) -> Table:
    """The table of a file, from the sheet that was asked for or from the one that holds the table.

    Raises
    ------
    NotFound
        If there is no such file or sheet.
    Refused
        If the file is no table, passes a limit, or holds persons.
    """
    book = read_book(path)
    for sheet in book.sheets:
        refuse_persons(book.file, sheet.rows)
    return find_table(book, options or Options())


def read_book(path: Path) -> Book:
    """Every sheet of a file: CSV (plain or packed by gzip), XLSX, XLS or ODS, told by its contents.

    Raises
    ------
    NotFound
        If there is no such file.
    Refused
        If it is none of these, damaged, locked, or passes a limit.
    """
    name, raw = path.name, _bytes(path)
    said = hashlib.sha256(raw).hexdigest()
    if raw.startswith(_GZIP):
        raw = _unpacked(name, raw)
    if raw.startswith((ZIP, OLE)):
        sheets, macros = read_workbook(name, raw)
        return Book(name, said, sheets, macros)
    if raw.startswith(_STRANGE):
        raise Refused("error.not_a_table", file=name)
    sheet = read_text(name, raw)
    if path.suffix.lower() in _BOOK_ENDINGS and b"\t" not in raw[:4096]:
        raise Refused("error.table_ending", file=name, ending=path.suffix.lower().lstrip(".").upper())
    return Book(name, said, (sheet,))


def digest(path: Path) -> str:
    """The SHA-256 of the file, which says whether it was seen before."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise NotFound("error.no_file", file=path.name)
    if path.stat().st_size > MAX_FILE:
        raise Refused("error.table_too_large", file=path.name, limit=MAX_FILE // 2**20)
    raw = path.read_bytes()
    if not raw.strip():
        raise Refused("error.table_empty", file=path.name)
    return raw


def _unpacked(name: str, raw: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as packed:
            unpacked = packed.read(MAX_TEXT + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise Refused("error.table_broken", file=name) from error
    if len(unpacked) > MAX_TEXT:
        raise Refused("error.table_too_large", file=name, limit=MAX_TEXT // 2**20)
    if not unpacked.strip():
        raise Refused("error.table_empty", file=name)
    return unpacked
