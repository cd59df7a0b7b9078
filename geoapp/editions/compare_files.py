"""A comparison as a file: a table for a spreadsheet, or a GeoPackage with the land that changed, for QGIS."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from geoapp.domain.levels import Level
from geoapp.editions.compare import Change, What
from geoapp.editions.comparing import Comparison
from geoapp.editions.output import aside, refuse_foreign
from geoapp.errors import BadRequest
from geoapp.store import shapes

COLUMNS = ("what", "level", "code", "new_code", "name", "before", "after", "share")
LAYER = "changes"


def hold_suffix(out: Path) -> None:
    """Only two kinds of files are written. Raises BadRequest for any other, or where another file stands there."""
    if out.suffix.lower() not in (".csv", ".gpkg"):
        raise BadRequest("error.compare_out", out=out.name)
    if out.suffix.lower() == ".gpkg":
        refuse_foreign(out)


def write(connection: Connection, out: Path, found: Comparison) -> None:
    """Write every change; in a GeoPackage with its shape (EPSG:4326).

    Of a changed outline that is the land that lies in one of both only, of what vanished the old shape, else the new.

    Raises
    ------
    Refused
        If it cannot be written.
    """
    with aside(out) as new:
        if out.suffix.lower() == ".csv":
            _csv(new, found.changes)
        else:
            _geopackage(new, found, _shapes(connection, found))


def _csv(path: Path, changes: Sequence[Change]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for each in changes:
            table.writerow(_cell(cell) for cell in each.as_dict().values())


def _cell(value: Any) -> Any:
    """A text that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r", "\n"):
        return f"'{value}"
    return "" if value is None else value


def _geopackage(path: Path, found: Comparison, drawn: Iterator[Any]) -> None:
    import geopandas

    rows = [each.as_dict() for each in found.changes]
    table: dict[str, list[Any]] = {
        name: [None if row[name] is None else row[name] if name == "share" else str(row[name]) for row in rows]
        for name in COLUMNS
    }
    table["share"] = [float("nan") if each is None else each for each in table["share"]]
    frame = geopandas.GeoDataFrame(table, geometry=list(drawn), crs=4326)
    frame.to_file(
        path, layer=LAYER, driver="GPKG", engine="pyogrio", geometry_type="MultiPolygon", promote_to_multi=True
    )


def _shapes(connection: Connection, found: Comparison) -> Iterator[Any]:
    """The shape of every change, read a change at a time: only what changed is opened."""
    import shapely

    from geoapp.editions.coverage import polygons

    for each in found.changes:
        old = _shape(connection, found.old.id, each.level, each.code)
        new = _shape(connection, found.new.id, each.level, each.new_code)
        shape = new if new is not None else old
        if each.what is What.OUTLINE:
            shape = shapely.symmetric_difference(old, new)
        yield polygons([shape])[0]


def _shape(connection: Connection, edition: str, level: Level, code: str | None) -> Any:
    import shapely

    if code is None:
        return None
    return shapely.from_wkb(shapes.coded(connection, edition, level, [code])[code])
