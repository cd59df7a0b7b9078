"""KML as Google Earth and GDAL write it: folders are layers; columns come from the data or the table in the balloon."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from geoapp.editions.formats.content import Content
from geoapp.editions.formats.layer import Layer, Remark, layer

NAME = "KML"
_START = re.compile(rb"<kml\b|<\w+:kml\b|opengis\.net/kml|earth\.google\.com/kml", re.IGNORECASE)
_WGS84 = "EPSG:4326"


def reads(content: Content) -> bool:
    """XML whose root is kml."""
    return content.head.startswith(b"<") and bool(_START.search(content.head))


def layers(content: Content) -> Iterator[Layer]:
    """A layer a folder. Raises ValueError if it is no whole XML."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException

    try:
        found = _placemarks(content)
    except (ParseError, DefusedXmlException) as error:
        raise ValueError("no KML") from error
    for folder, marks in found.items():
        yield _layer(folder, marks)


Mark = tuple[dict[str, Any], Any, bool]
"""Columns, shape, and whether the shape could be read."""


def _placemarks(content: Content) -> dict[str, list[Mark]]:
    """Every placemark by the folder it lies in; each is let go of once it is read."""
    from defusedxml.ElementTree import iterparse

    found: dict[str, list[Mark]] = {}
    folders: list[str] = []
    in_mark = False
    for event, element in iterparse(str(content.path), events=("start", "end")):
        tag = _tag(element)
        if event == "start":
            if tag in ("Folder", "Document"):
                folders.append("")
            in_mark = in_mark or tag == "Placemark"
        elif tag == "Placemark":
            in_mark = False
            found.setdefault(next((name for name in reversed(folders) if name), ""), []).append(_mark(element))
            element.clear()
        elif tag in ("Folder", "Document"):
            folders.pop()
            element.clear()
        elif tag == "name" and folders and not folders[-1] and not in_mark:
            folders[-1] = _text(element)
    return found


def _mark(element: Any) -> Mark:
    columns: dict[str, Any] = {}
    for each in element.iter():
        tag = _tag(each)
        if tag == "SimpleData":
            columns[each.get("name") or ""] = _text(each)
        elif tag == "Data":
            columns[each.get("name") or ""] = next((_text(e) for e in each if _tag(e) == "value"), "")
    for each in element:
        if _tag(each) == "description":
            for name, value in _Balloon.read(_text(each)).items():
                columns.setdefault(name, value)
        elif _tag(each) == "name":
            columns.setdefault("Name", _text(each))
    columns.pop("", None)
    try:
        return columns, _shape(element), True
    except ValueError:
        return columns, None, False


def _shape(element: Any) -> Any:
    """All polygons of a placemark; an empty point for lines and points. Raises ValueError."""
    import shapely

    parts: list[Any] = []
    for polygon in (each for each in element.iter() if _tag(each) == "Polygon"):
        rings = {
            side: [_ring(ring) for bound in polygon if _tag(bound) == side for ring in bound.iter() if _is_ring(ring)]
            for side in ("outerBoundaryIs", "innerBoundaryIs")
        }
        parts.extend(shapely.Polygon(shell, rings["innerBoundaryIs"]) for shell in rings["outerBoundaryIs"][:1])
    if parts:
        return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
    other = any(_tag(each) in ("Point", "LineString", "LinearRing", "Track") for each in element.iter())
    return shapely.Point() if other else None


def _is_ring(element: Any) -> bool:
    return _tag(element) == "coordinates"


def _ring(element: Any) -> list[tuple[float, float]]:
    points = []
    for each in re.sub(r"\s*,\s*", ",", element.text or "").split():
        lon, lat, *_ = each.split(",")
        points.append((float(lon), float(lat)))
    return points


def _layer(folder: str, marks: list[Mark]) -> Layer:
    titles = dict.fromkeys(title for columns, _, _ in marks for title in columns)
    table = {title: [columns.get(title) for columns, _, _ in marks] for title in titles}
    broken = tuple(Remark(row, "finding.shape_unreadable") for row, (_, _, whole) in enumerate(marks) if not whole)
    return layer(folder, table, [shape for _, shape, _ in marks], _WGS84, broken=broken)


def _tag(element: Any) -> str:
    return str(element.tag).rsplit("}", 1)[-1].rsplit(":", 1)[-1]


def _text(element: Any) -> str:
    return "".join(element.itertext()).strip()


class _Balloon(HTMLParser):
    """The rows of two cells in the table of a description; ``name: value`` and ``name = value`` in lines."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.lines: list[str] = [""]
        self._in_cell = False

    @classmethod
    def read(cls, text: str) -> dict[str, str]:
        """Column → cell of what a description says."""
        self = cls()
        self.feed(text)
        found = {row[0].strip().strip(":"): row[1].strip() for row in self.rows if len(row) == 2 and row[0].strip()}
        for line in self.lines:
            if said := re.match(r"\s*([A-Za-z_][\w ]{0,40}?)\s*[:=]\s*(.{0,200})", line):
                found.setdefault(said[1], said[2].strip())
        return {name: value for name, value in found.items() if name}

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        """A row or a cell begins, or a line ends."""
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
            self._in_cell = True
        elif tag in ("br", "p", "li", "div"):
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        """A cell ends."""
        if tag in ("td", "th"):
            self._in_cell = False
        elif tag in ("p", "li", "div"):
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        """Text of a cell or of a line."""
        if self._in_cell and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data
        elif not self._in_cell:
            first, *more = data.split("\n")
            self.lines[-1] += first
            self.lines.extend(more)
