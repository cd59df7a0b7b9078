"""Cleaning: every region once, valid, flat and multi-part, and all of them together one coverage."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from geoapp.domain.findings import Finding, Place, Weight
from geoapp.domain.names import normalise
from geoapp.editions import coverage
from geoapp.editions.draft import Draft, Frame, Step
from geoapp.errors import Refused

GAP_M = 50.0
"""Gaps between neighbours narrower than this are closed (metres); wider ones are water or nobody's."""
SNAP_M = 2.0
"""Vertices nearer than this become one (metres)."""
NOTABLE = 0.01
"""The share of its area a region may gain or lose unmentioned."""


def clean(draft: Draft) -> Step:
    """Every shape valid, 2D and a MultiPolygon; each code once; shared edges identical.

    Raises
    ------
    Refused
        If nothing is left.
    """
    frame, without = _with_shape(draft, draft.frame)
    frame, mended = _valid(draft, frame)
    frame, doubled = _once(draft, frame)
    if not len(frame):
        raise Refused("error.no_village", file=draft.file.name, n=len(draft.frame))
    frame = frame.sort_values("code").reset_index(drop=True)
    frame, fitted = _coverage(draft, frame)
    return replace(draft, frame=frame), (*without, *mended, *doubled, *fitted)


def _with_shape(draft: Draft, frame: Frame) -> tuple[Frame, list[Finding]]:
    empty = frame.geometry.isna() | frame.geometry.is_empty
    said = [_row(draft, row, "finding.no_shape", _who(frame, row)) for row in frame.index[empty]]
    return frame[~empty], said


def _valid(draft: Draft, frame: Frame) -> tuple[Frame, list[Finding]]:
    """Repaired with the structure kept; lines and points that are left over are dropped."""
    import shapely

    shapes = frame.geometry.values
    broken = ~shapely.is_valid(shapes)
    reasons = shapely.is_valid_reason(shapes[broken])
    said = [
        _row(draft, row, "finding.repaired", {"reason": reason.split("[")[0].lower(), **_who(frame, row)})
        for row, reason in zip(frame.index[broken], reasons, strict=True)
    ]
    mended = np.asarray(shapes, dtype=object).copy()
    mended[broken] = shapely.make_valid(mended[broken], method="structure", keep_collapsed=False)
    frame = frame.set_geometry(coverage.polygons(mended), crs=frame.crs)
    lost = frame.geometry.isna() | frame.geometry.is_empty
    said.extend(_row(draft, row, "finding.no_polygon", _who(frame, row)) for row in frame.index[lost])
    return frame[~lost], said


def _once(draft: Draft, frame: Frame) -> tuple[Frame, list[Finding]]:
    """The same row again is dropped, islands of one region are joined, and two regions under one code both refused."""
    import shapely

    said: list[Finding] = []
    dropped: list[Any] = []
    joined: dict[Any, Any] = {}
    for code, rows in frame[frame["code"].duplicated(keep=False)].groupby("code", sort=True):
        first, shapes = rows.index[0], rows.geometry.values
        again = [row for row in rows.index[1:] if shapely.equals(shapes[0], frame.geometry[row])]
        if len({normalise(name) for name in rows["name"]}) > 1:
            dropped.extend(rows.index)
            said.extend(_row(draft, row, "finding.code_of_two", _who(frame, row)) for row in rows.index)
        elif len(again) == len(rows) - 1:
            dropped.extend(again)
            said.extend(_row(draft, row, "finding.boundary_repeated", _who(frame, row), Weight.NOTE) for row in again)
        elif shapely.area(shapely.union_all(shapes)) > 0.99 * shapely.area(shapes).sum():
            joined[first] = coverage.polygons([shapely.union_all(shapes)])[0]
            dropped.extend(rows.index[1:])
            said.append(_row(draft, first, "finding.parts_joined", {"n": len(rows), "code": code}, Weight.NOTE))
        else:
            dropped.extend(rows.index)
            said.extend(_row(draft, row, "finding.code_of_two", _who(frame, row)) for row in rows.index)
    shapes = frame.geometry.copy()
    for row, shape in joined.items():
        shapes.at[row] = shape
    return frame.set_geometry(shapes).drop(index=dropped), said


def _coverage(draft: Draft, frame: Frame) -> tuple[Frame, list[Finding]]:
    """Fitted together in metres of a local projection; what moved much is said."""
    import shapely

    west, south, east, north = frame.total_bounds
    metres = f"+proj=tmerc +lon_0={(west + east) / 2:.4f} +lat_0={(south + north) / 2:.4f} +datum=WGS84 +units=m"
    drawn = frame.geometry.to_crs(metres).values
    before = shapely.area(drawn)
    bad = int((~shapely.is_empty(shapely.coverage_invalid_edges(drawn))).sum())
    fitted = coverage.fit(drawn, gap=GAP_M, snap=SNAP_M, strategy="min_area")
    said = list(_moved(draft, frame, before, shapely.area(fitted)))
    values = {"n": len(frame), "unmatched": bad, "gap": GAP_M, "snap": SNAP_M}
    said.append(Finding(Weight.NOTE, "finding.fitted", values, Place(draft.file.name)))
    frame = frame.set_geometry(fitted, crs=metres).to_crs(frame.crs)
    kept = frame[~frame.geometry.is_empty].reset_index(drop=True)
    if not shapely.coverage_is_valid(kept.geometry.values):
        said.append(Finding(Weight.WARN, "finding.coverage_unclean", {}, Place(draft.file.name)))
    return kept, said


def _moved(draft: Draft, frame: Frame, before: Any, after: Any) -> Iterator[Finding]:
    change = after / before - 1
    for row in np.flatnonzero(np.abs(change) > NOTABLE):
        values = {"code": frame.at[row, "code"], "name": frame.at[row, "name"]}
        if after[row] == 0:
            yield Finding(Weight.WARN, "finding.swallowed", values, Place(draft.file.name))
        else:
            values["percent"] = f"{100 * change[row]:+.1f}"
            yield Finding(Weight.WARN, "finding.area_changed", values, Place(draft.file.name))


def _who(frame: Frame, row: Any) -> dict[str, str]:
    return {"code": str(frame.at[row, "code"]), "name": str(frame.at[row, "name"])}


def _row(draft: Draft, row: Any, message: str, values: Mapping[str, Any], weight: Weight = Weight.WARN) -> Finding:
    return Finding(weight, message, values, Place(draft.file.name, line=int(row) + 1))
