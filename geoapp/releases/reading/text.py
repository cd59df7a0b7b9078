"""Text as rows: the delimiter and the encoding are found out, and a line is counted as an editor counts it."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from geoapp.errors import Refused
from geoapp.releases.reading.books import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Sheet
from geoapp.releases.reading.table import Row

_MAX_LINE = 2**20
_MAX_LINES_OF_RECORD = 1_000
_SAMPLE = 80
_DELIMITERS = ",;|\t"
_HTML = ("<html", "<!doctype html", "<table", "<style", "<body", "<head", "mime-version:", "<div", "<meta")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_text(name: str, raw: bytes) -> Sheet:
    """The rows of a CSV of any usual delimiter and encoding.

    Raises
    ------
    Refused
        If it is a web page, no text, has no columns, a quote that never ends, or passes a limit.
    """
    encoding = _encoding(name, raw)
    _refuse_markup(name, raw[:4096].decode("utf-8" if encoding == "cp1252" else encoding, errors="ignore"))
    delimiter, first = _delimiter(name, raw, encoding)
    return Sheet("", tuple(_records(name, _Lines(name, raw, encoding), delimiter, first)))


def _encoding(name: str, raw: bytes) -> str:
    """By its byte order mark, else UTF-8, else Windows-1252; UTF-16 without a mark by its zeros."""
    marked = next((encoding for mark, encoding in _BOMS if raw.startswith(mark)), None)
    if marked is None and raw[:400].count(b"\0") > 50:
        marked = "utf-16-le" if raw[1:2] == b"\0" else "utf-16-be"
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        assert encoding is not None
        if _readable(raw, encoding):
            return encoding
    raise Refused("error.table_not_text", file=name)


def _readable(raw: bytes, encoding: str) -> bool:
    """Whether all of it is text in this encoding; looked at piece by piece, as one long text may need four times it."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(raw), 2**20):
            text = decoder.decode(raw[start : start + 2**20])
            if "\0" in text or sum(map(text.count, _CONTROLS)) > 8:
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


_CONTROLS = tuple(chr(number) for number in range(1, 32) if chr(number) not in "\t\n\r\f\v")


def _refuse_markup(name: str, start: str) -> None:
    text = start.lstrip("\ufeff \t\r\n").lower()
    if text.startswith("<?xml") and "urn:schemas-microsoft-com:office:spreadsheet" in text:
        raise Refused("error.table_is_xml", file=name)
    if text.startswith(_HTML) or (text.startswith(("<?xml", "<!doctype")) and "<html" in text):
        raise Refused("error.table_is_html", file=name)
    if text.startswith(("{", "[{", "[[", "%pdf", "sqlite format", "<?xml", "<svg", "{\\rtf")):
        raise Refused("error.not_a_table", file=name)


class _Lines:
    """The lines of a text one by one, none of them without end; ``since`` counts those since the last record."""

    def __init__(self, name: str, raw: bytes, encoding: str) -> None:
        self.name = name
        self.stream = io.TextIOWrapper(io.BytesIO(raw), encoding=encoding, newline="")
        self.since = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.stream.readline(_MAX_LINE)
        if not line:
            raise StopIteration
        self.since += 1
        if len(line) == _MAX_LINE:
            raise Refused("error.table_one_line", file=self.name, limit=_MAX_LINE // 2**20)
        if self.since > _MAX_LINES_OF_RECORD:
            raise Refused("error.table_quote", file=self.name)
        return line


def _delimiter(name: str, raw: bytes, encoding: str) -> tuple[str, int]:
    """The sign that cuts most of the first records into the same number of cells, and the lines before the first one.

    A first line ``sep=;``, as some spreadsheets write it, says so itself.
    """
    lines = list(islice(_Lines(name, raw, encoding), _SAMPLE))
    said = lines[0].strip().strip('"').lower() if lines else ""
    if len(said) == 5 and said.startswith("sep="):
        return said[4], 1
    best: tuple[float, int, str] = (0, 0, "")
    for sign in _DELIMITERS:
        widths = Counter(width for width in _widths(lines, sign) if width > 1)
        if widths:
            # of many widths that are as common, the wider one: the narrow ones are titles and notes
            common, count = max(widths.items(), key=lambda each: (each[1], each[0]))
            best = max(best, (count, common, sign))
    if not best[2]:
        raise Refused("error.table_one_column", file=name)
    return best[2], 0


def _widths(lines: list[str], sign: str) -> list[int]:
    try:
        return [len(record) for record in csv.reader(lines, delimiter=sign)]
    except csv.Error:
        return []


def _records(name: str, lines: _Lines, delimiter: str, skipped: int) -> Iterator[Row]:
    """Every record, blank ones too, with the physical line on which it begins."""
    for _ in range(skipped):
        next(lines)
    reader = csv.reader(lines, delimiter=delimiter, strict=False)
    line, count, full = 1 + skipped, 0, 0
    try:
        for cells in reader:
            lines.since = 0
            count += 1
            full += len(cells)
            if count > MAX_ROWS or len(cells) > MAX_COLUMNS or full > MAX_CELLS:
                raise Refused("error.table_too_long", file=name, rows=MAX_ROWS, columns=MAX_COLUMNS, cells=MAX_CELLS)
            yield Row(line, tuple([None if not cell or cell.isspace() else cell for cell in cells]))
            line = reader.line_num + 1 + skipped
    except csv.Error as error:
        raise Refused("error.table_quote", file=name) from error
