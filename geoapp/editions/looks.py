"""What a file is that is no geodata we read: named, so that a person knows what to do about it."""

import re
from collections.abc import Callable, Sequence

from geoapp.editions.formats.content import Content

_PAGE = re.compile(rb"<!doctype\s+html|<html\b|<head\b|<body\b", re.IGNORECASE)
_POINTER = b"version https://git-lfs.github.com/spec"
_PROGRAM = re.compile(rb"\s*(//|/\*|\(function|function\b|import\s|var\s|let\s|const\s|[\"']use strict)")
_MAGIC = {
    b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"II*\x00": "TIFF", b"MM\x00*": "TIFF",
    b"Rar!": "RAR", b"7z\xbc\xaf": "7-Zip", b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"\xd0\xcf\x11\xe0": "Excel/Word",
    b"PMTiles": "PMTiles", b"AC10": "DWG", b"PAR1": "Parquet",
}  # fmt: skip
_WRITTEN = {
    "GML": re.compile(rb"<(\w+:)?FeatureCollection\b|opengis\.net/gml"),
    "GPX": re.compile(rb"<gpx\b"),
    "XML Schema": re.compile(rb"<(xs|xsd)?:?schema\b"),
    "DXF": re.compile(rb"\A(999[^\n]*\n[^\n]*\n)*0\s*\r?\n\s*SECTION\b"),
    "MapInfo TAB": re.compile(rb"\A!table\b", re.IGNORECASE),
    "MapInfo MIF": re.compile(rb"\AVersion\s+\d+\s+Charset\b", re.IGNORECASE),
}
"""Formats that are known by how their text begins."""
NAMED = frozenset({"GML", "DXF", "MapInfo TAB", "MapInfo MIF", "File Geodatabase", "Parquet", "PMTiles"})
"""Those of them that may hold boundaries, and are named where an archive holds one."""
_FAULT = re.compile(rb'\A\{\s*"error"\s*:\s*[{"]|<(\w+:)?(ExceptionReport|ServiceExceptionReport)\b')
_SQL = re.compile(rb"\bINSERT\s+INTO\b", re.IGNORECASE)
_JSON = (b"{", b"[")
_ENDS = (b"}", b"]", b";", b")")

Test = Callable[[Content], bool]


def _is_cut(content: Content) -> bool:
    """JSON, KML or SQL whose end is missing."""
    head, tail = content.head.lstrip(b"\x1e"), content.tail
    if head.startswith(_JSON):
        return not tail.endswith(_ENDS)
    if _SQL.search(head):
        return not tail.endswith((*_ENDS, b"/"))
    if b"<kml" in head[:4096]:
        return not tail.endswith(b"kml>")
    return False


def _is_table(content: Content) -> bool:
    """Lines of text with the same delimiter."""
    if b"\x00" in content.head or content.head.startswith((b"<", *_JSON)):
        return False
    lines = [line for line in content.head.splitlines()[:20] if line.strip()]
    return any(
        len(lines) > 1 and len({line.count(sign) for line in lines[:5]}) == 1 and lines[0].count(sign)
        for sign in (b",", b";", b"\t", b"|")
    )


LOOKS: Sequence[tuple[str, Test]] = (
    ("error.boundary_no_bytes", lambda content: not content.head.strip(b"\x00 \t\r\n")),
    ("error.boundary_pointer", lambda content: content.head.startswith(_POINTER)),
    ("error.boundary_web_page", lambda content: bool(_PAGE.search(content.head[:2048]))),
    ("error.boundary_service", lambda content: bool(_FAULT.search(content.head[:4096]))),
    ("error.boundary_magic", lambda content: magic(content) != ""),
    ("error.boundary_cut_off", _is_cut),
    ("error.boundary_javascript", lambda content: bool(_PROGRAM.match(content.head))),
    ("error.boundary_table", _is_table),
)
"""Message → test, in the order they are asked."""


def looks_like(content: Content) -> str:
    """The message that says what a content is; that it is no geodata, where nothing more is known."""
    return next((message for message, test in LOOKS if test(content)), "error.not_geodata")


def magic(content: Content) -> str:
    """The name of a format that is known but not read here, or an empty text."""
    if content.name.lower().endswith(".gdbtable"):
        return "File Geodatabase"
    written = (name for name, start in _WRITTEN.items() if start.search(content.head[:4096]))
    return next((name for start, name in _MAGIC.items() if content.head.startswith(start)), "") or next(written, "")
