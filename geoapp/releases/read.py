"""Reading a file as a table: CSV of any delimiter and encoding, XLSX, XLS and ODS, within limits."""

import codecs
import csv
import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from geoapp.errors import NotFound, Refused
from geoapp.releases.persons import refuse_persons
from geoapp.releases.table import Row, Table, cut, find_header, text_of

MAX_FILE = 64 * 2**20
MAX_UNPACKED = 512 * 2**20
MAX_RATIO = 200
MAX_ROWS = 1_000_000
MAX_COLUMNS = 2_000
_BOOK_ENDINGS = {".xlsx", ".xlsm", ".xls", ".ods"}
_ZIP, _OLE, _GZIP = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b"


def read_table(path: Path, sheet: str | None = None, code_column: str | None = None) -> Table:
    """The table of a file, from ``sheet`` or from the first sheet that has a column of codes.

    Raises
    ------
    NotFound
        If there is no such file or sheet.
    Refused
        If the file is no table, passes a limit, has no column of codes, or holds persons.
    """
    name = path.name
    sheets = _sheets(path, _bytes(path))
    if sheet is not None and sheet not in sheets:
        raise NotFound("error.no_sheet", file=name, sheet=sheet, sheets=", ".join(sheets))
    for rows in sheets.values():
        refuse_persons(name, rows)
    wanted = {sheet: sheets[sheet]} if sheet is not None else sheets
    for title, rows in wanted.items():
        header = find_header(rows, code_column)
        if header is not None:
            table = cut(name, title, rows, header, tuple(other for other in sheets if other != title))
            if table.rows:
                return table
    if all(sum(any(map(text_of, row.cells)) for row in rows) < 2 for rows in wanted.values()):
        raise Refused("error.no_rows", file=name)
    if code_column is not None:
        raise Refused("error.no_such_code_column", file=name, column=code_column)
    raise Refused("error.no_code_column", file=name)


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
    return _unpacked(path.name, raw) if raw.startswith(_GZIP) else raw


def _unpacked(name: str, raw: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as packed:
            unpacked = packed.read(MAX_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise Refused("error.not_a_table", file=name) from error
    if len(unpacked) > MAX_UNPACKED:
        raise Refused("error.table_too_large", file=name, limit=MAX_UNPACKED // 2**20)
    return unpacked


def _sheets(path: Path, raw: bytes) -> dict[str, list[Row]]:
    """Every sheet with its rows; a text file is one sheet without a name."""
    if raw.startswith((_ZIP, _OLE)):
        return _book(path.name, raw)
    if raw.lstrip()[:200].lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<style")):
        raise Refused("error.table_is_html", file=path.name)
    if path.suffix.lower() in _BOOK_ENDINGS or raw.startswith((b"{", b"[", b"%PDF", b"SQLite")):
        raise Refused("error.not_a_table", file=path.name)
    return {"": list(_lines(path.name, _decoded(path.name, raw)))}


def _book(name: str, raw: bytes) -> dict[str, list[Row]]:
    import python_calamine

    if raw.startswith(_ZIP):
        _refuse_bomb(name, raw)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
        sheets = {}
        for title in book.sheet_names:
            sheet = book.get_sheet_by_name(title)
            _refuse_size(name, sheet.height, sheet.width)
            cells = sheet.to_python(skip_empty_area=False)
            sheets[title] = [Row(line, tuple(row)) for line, row in enumerate(cells, 1)]
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise Refused("error.not_a_table", file=name) from error
    return sheets


def _refuse_bomb(name: str, raw: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
    except zipfile.BadZipFile as error:
        raise Refused("error.not_a_table", file=name) from error
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(len(raw), 2**16):
        raise Refused("error.table_too_large", file=name, limit=MAX_UNPACKED // 2**20)


def _refuse_size(name: str, rows: int, columns: int) -> None:
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise Refused("error.table_too_long", file=name, rows=MAX_ROWS, columns=MAX_COLUMNS)


def _decoded(name: str, raw: bytes) -> str:
    """The text of a file: by its byte order mark, else UTF-8, else Windows-1252."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if raw.startswith(mark):
            return _strict(name, raw, encoding)
    if raw[:400].count(b"\0") > 50:
        return _strict(name, raw, "utf-16-le" if raw[1:2] == b"\0" else "utf-16-be")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = _strict(name, raw, "cp1252")
    if "\0" in text or sum(sign < " " and sign not in "\t\r\n\f" for sign in text[:4000]) > 8:
        raise Refused("error.not_a_table", file=name)
    return text


def _strict(name: str, raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused("error.not_a_table", file=name) from error


def _lines(name: str, text: str) -> Iterator[Row]:
    """The records of a CSV, each with the physical line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(name, text), strict=False)
    line = 1
    try:
        for count, cells in enumerate(reader):
            _refuse_size(name, count, len(cells))
            yield Row(line, tuple(cell if text_of(cell) else None for cell in cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise Refused("error.not_a_table", file=name) from error


def _delimiter(name: str, text: str) -> str:
    """The sign that cuts most of the first records into the same number of cells, at least two."""
    best = (0, 0, ",")
    for sign in ",;|\t":
        try:
            first = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=sign)
            cells = [len(row) for row in islice(first, 60)]
        except csv.Error:
            continue
        common = max(set(cells), key=cells.count, default=0)
        wide = max(cells, default=0) if common < 2 else common
        if wide > 1:
            best = max(best, (cells.count(wide) if common > 1 else 1, wide, sign))
    if best[1] < 2:
        raise Refused("error.not_a_table", file=name)
    return best[2]
