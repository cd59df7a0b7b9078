"""The official area of regions, where the file has one: its unit told by what the shapes measure, kept beside that."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from geoapp.domain.findings import Finding, Place, Weight
from geoapp.editions.columns import Columns, words
from geoapp.editions.draft import Frame

TITLES = (
    "LUASWH", "luas_wilayah", "luas_km2", "luas_km", "luaskm2", "luas_kel", "luas_desa", "luas_kec", "luas_kab",
    "luas_ha", "luasha", "luas_m2", "luas", "area_km2", "area_ha", "area_sqkm",
)  # fmt: skip
"""How a column of official areas is called; what a GIS measured (``Shape_Area``) is none."""
_UNITS = {"km²": 1.0, "ha": 0.01, "m²": 1e-6}
_LIKE = 2.0
"""An area in its right unit is rarely more than so many times the shape's, or less than the share of it."""
NOTABLE = 0.1
"""The share by which the official area may differ from the shape's unmentioned; coasts and indicative lines differ."""
_SHOWN = 5


def column_of(columns: Columns) -> str | None:
    """The column of official areas, if there is one with numbers other than zero."""
    for column in columns.filled(TITLES):
        if (numbers(columns.cells(column)) > 0).any():
            return column
    return None


def numbers(cells: Sequence[Any]) -> Any:
    """Cells as numbers (NaN for what is none); a comma is read as Indonesia writes it.

    >>> numbers([3.5, "1.234,5", "12,5", "7.25", "-", None]).tolist()
    [3.5, 1234.5, 12.5, 7.25, nan, nan]
    """
    return np.array([_number(cell) for cell in cells], dtype=float)


def _number(cell: Any) -> float:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return float(cell)
    text = words(cell).replace(" ", "")
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    try:
        return float(text)
    except ValueError:
        return float("nan")


def in_km2(said: Any, measured: Any) -> tuple[Any, str] | None:
    """Areas in km² and the unit they were in; None where no unit makes most of them like what the shapes measure."""
    known = np.isfinite(said) & (said > 0)
    if not known.any():
        return None
    ratio = float(np.median(said[known] / measured[known]))
    for unit, factor in _UNITS.items():
        if 1 / _LIKE <= ratio * factor <= _LIKE:
            return np.where(known, said * factor, np.nan), unit
    return None


def beside(frame: Frame, file: str, column: str) -> tuple[Frame, list[Finding]]:
    """Numbered regions with ``area_official_km2`` (NaN where unknown), made of the file's numbers in ``area_said``."""
    found = in_km2(frame["area_said"].to_numpy(dtype=float), frame["area_km2"].to_numpy())
    bare = frame.drop(columns="area_said")
    if found is None:
        return bare, [Finding(Weight.NOTE, "finding.area_unit_unknown", {"column": column}, Place(file))]
    areas, unit = found
    return bare.assign(area_official_km2=areas), list(_said(bare, areas, file, column, unit))


def _said(frame: Frame, areas: Any, file: str, column: str, unit: str) -> Iterator[Finding]:
    known = np.isfinite(areas)
    values = {"column": column, "unit": unit, "n": int(known.sum())}
    yield Finding(Weight.NOTE, "finding.area_official", values, Place(file))
    change = np.where(known, areas / frame["area_km2"].to_numpy() - 1, 0)
    over = np.flatnonzero(np.abs(change) > NOTABLE)
    if len(over):
        worst = over[np.argsort(-np.abs(change[over]), kind="stable")][:_SHOWN]
        shown = [f"{frame['code'].iat[row]} {frame['name'].iat[row]} ({100 * change[row]:+.0f} %)" for row in worst]
        regions = ", ".join(shown) + (" …" if len(over) > _SHOWN else "")
        values = {"n": len(over), "of": int(known.sum()), "percent": f"{100 * NOTABLE:g}", "regions": regions}
        yield Finding(Weight.WARN, "finding.area_differs", values, Place(file))
