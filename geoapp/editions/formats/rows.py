"""Tables with a column of shapes: SQL dumps, CSV, and JSON lists of records."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from geoapp.editions.formats.content import Content
from geoapp.editions.formats.layer import Layer, Remark, layer
from geoapp.editions.formats.shape_cells import TITLES, column_of, is_shape, read_cells

NAME = "SQL/CSV/JSON with shapes"
LIMIT_MIB = 400
"""The whole text and its cells are in memory at once: some four times as much."""
_INSERT = re.compile(
    r"""\b(?:INSERT|REPLACE)\s+(?:IGNORE\s+)?INTO\s+[`"\[]?(?:\w+[`"\]]?\.[`"\[]?)?(\w+)[`"\]]?\s*(?:\(([^()]*)\))?\s*VALUES""",
    re.IGNORECASE,
)
_CREATE = re.compile(
    r"""\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?[`"]?(\w+)[`"]?\s*\((.*?)\n\)""", re.IGNORECASE | re.DOTALL
)
_COLUMN = re.compile(
    r"""^\s*[`"]?(?!PRIMARY|KEY|UNIQUE|CONSTRAINT|INDEX)(\w+)[`"]?\s+\w""", re.IGNORECASE | re.MULTILINE
)
_MADE = re.compile(
    r"\b(?:ST_)?(?:Geom|MPoly|Poly|MultiPolygon|Polygon)\w*From\w+\s*\(\s*('(?:[^'\\]|''|\\.)*')[^()]*\)", re.IGNORECASE
)
_TOKEN = re.compile(r"'((?:[^'\\]|''|\\.)*)'|([(),;])|([^\s(),;']+)", re.DOTALL)
_SAID = re.compile(rb"\b(INSERT|REPLACE)\s+(IGNORE\s+)?INTO\b", re.IGNORECASE)
_KEYS = re.compile(rb'"(' + "|".join(TITLES).encode() + rb')"\s*:', re.IGNORECASE)
_TYPED = re.compile(rb'"type"\s*:\s*"(FeatureCollection|Topology)"|"esriGeometry')
_ESCAPED = re.compile(r"''|\\(.)", re.DOTALL)
_DELIMITERS = ",;\t|"


def reads(content: Content) -> bool:
    """SQL that inserts, a header with a column of shapes, or JSON records with one."""
    head = content.head
    if head.startswith(b"[") or (head.startswith(b"{") and not content.holds(_TYPED)):
        return bool(_KEYS.search(head)) and not _GEOMETRY.match(head)
    if head.startswith((b"{", b"<")) or b"\x00" in head:
        return False
    return bool(_SAID.search(head)) or _header(content) is not None


_GEOMETRY = re.compile(rb'\{\s*"(type|coordinates)"\s*:')


def layers(content: Content) -> Iterator[Layer]:
    """A layer a table. Raises ValueError."""
    if content.head.startswith((b"[", b"{")):
        yield _layer("", *_records(content))
    elif _SAID.search(content.head):
        for name, (titles, rows) in _inserted(content.text()).items():
            if _shapes(titles, rows) is not None:
                yield _layer(name, titles, rows)
    else:
        yield _layer("", *_csv(content))


Rows = list[Sequence[Any]]


def _layer(name: str, titles: Sequence[str], rows: Rows) -> Layer:
    shaped = _shapes(titles, rows)
    if shaped is None:
        raise ValueError("no column of shapes")
    shapes, broken, crs = read_cells([row[shaped] for row in rows])
    columns = {title: [row[n] for row in rows] for n, title in enumerate(titles) if n != shaped}
    said = tuple(Remark(row, "finding.shape_unreadable") for row in broken)
    return layer(name, columns, shapes, crs, broken=said)


def _shapes(titles: Sequence[str], rows: Rows) -> int | None:
    first = [next((row[n] for row in rows if row[n] not in (None, "")), None) for n in range(len(titles))]
    return column_of(titles, first) if rows else None


def _inserted(text: str) -> Mapping[str, tuple[Sequence[str], Rows]]:
    """Every table a dump fills, with its columns and rows; comments between statements are passed over."""
    made = {found[1].lower(): _COLUMN.findall(found[2]) for found in _CREATE.finditer(text)}
    text = _MADE.sub(r"\1", text)
    tables: dict[str, tuple[Sequence[str], Rows]] = {}
    for found in _INSERT.finditer(text):
        rows = list(_tuples(text, found.end()))
        if not rows:
            continue
        titles = [each.strip(' \t\r\n`"[]') for each in (found[2] or "").split(",")] if found[2] else []
        titles = titles or made.get(found[1].lower()) or [f"kolom{n + 1}" for n in range(len(rows[0]))]
        whole = [row for row in rows if len(row) == len(titles)]
        if len(whole) < len(rows):
            raise ValueError("rows of another length")
        tables.setdefault(found[1], (titles, []))[1].extend(whole)
    return tables


def _tuples(text: str, at: int) -> Iterator[Sequence[Any]]:
    """The rows behind VALUES up to the end of the statement."""
    row: list[Any] = []
    deep = 0
    for token in _TOKEN.finditer(text, at):
        sign = token[2]
        if sign == "(":
            deep += 1
            if deep == 1:
                row = []
        elif sign == ")":
            deep -= 1
            if deep == 0:
                yield tuple(row)
        elif deep == 0 and (sign == ";" or token[3]):
            return
        elif deep and sign is None:
            row.append(_value(token))
    if deep:
        raise ValueError("cut off within a row")


def _value(token: re.Match[str]) -> Any:
    if token[1] is not None:
        return _ESCAPED.sub(lambda each: each[1] or "'", token[1])
    return None if token[3].upper() == "NULL" else token[3]


def _header(content: Content) -> tuple[str, list[str]] | None:
    """The delimiter and the titles of a CSV that has a column of shapes."""
    line = content.head.split(b"\n", 1)[0].decode("utf-8", "replace")
    for delimiter in _DELIMITERS:
        titles = [each.strip(" \r\"'") for each in line.split(delimiter)]
        if len(titles) > 1 and any(each.lower() in TITLES for each in titles):
            return delimiter, titles
    return None


def _csv(content: Content) -> tuple[Sequence[str], Rows]:
    found = _header(content)
    assert found is not None, "reads() saw a header"
    csv.field_size_limit(2**30)
    reader = csv.reader(io.StringIO(content.text().lstrip()), delimiter=found[0])
    titles = [each.strip() for each in next(reader)]
    rows: Rows = [row + [""] * (len(titles) - len(row)) for row in reader if any(row)]
    if any(len(row) > len(titles) for row in rows):
        raise ValueError("rows longer than the header")
    return titles, rows


def _records(content: Content) -> tuple[Sequence[str], Rows]:
    """The records of a JSON list, or of the one list in a JSON object; features have their columns one floor down."""
    import orjson

    value = orjson.loads(content.path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    if isinstance(value, dict):
        lists = [each for each in value.values() if isinstance(each, list) and each and isinstance(each[0], dict)]
        value = lists[0] if len(lists) == 1 else [value]
    records = [_flat(each) for each in value if isinstance(each, dict)]
    if not records or len(records) != len(value):
        raise ValueError("no records")
    titles = list(dict.fromkeys(title for each in records for title in each))
    return titles, [tuple(each.get(title) for title in titles) for each in records]


def _flat(record: Mapping[str, Any]) -> Mapping[str, Any]:
    inner = record.get("properties") if record.get("type") == "Feature" else None
    if inner is None:
        return {name: each for name, each in record.items() if not isinstance(each, (list, dict)) or is_shape(each)}
    return {**inner, "geometry": record.get("geometry")}
