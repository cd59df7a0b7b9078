"""Where on the earth a file lies: its reference system, the order of its axes, and whether that can be true."""

from typing import Any

import numpy as np

from geoapp.domain.findings import Finding, Place, Weight
from geoapp.editions.draft import Frame
from geoapp.errors import BadRequest, Refused

WGS84 = 4326
_WEST, _SOUTH, _EAST, _NORTH = 94.0, -12.0, 142.0, 7.0


def on_the_earth(frame: Frame, asked: str | None, file: str) -> tuple[Frame, list[Finding]]:
    """The frame in EPSG:4326, two-dimensional; projected systems are reprojected.

    Raises
    ------
    Refused
        Without polygons; swapped axes, in whole or in part; metres that claim to be degrees; no reference system.
    BadRequest
        If ``asked`` names no reference system.
    """
    import shapely

    said: list[Finding] = []
    frame = frame.set_geometry(shapely.force_2d(frame.geometry.values), crs=frame.crs)
    _require_polygons(frame, file)
    if asked:
        frame = _claimed(frame, asked)
    elif frame.crs is None:
        if not _degrees(_boxes(frame)).all():
            raise Refused("error.crs_missing", file=file)
        frame = frame.set_crs(WGS84)
        said.append(Finding(Weight.WARN, "finding.crs_assumed", {"crs": f"EPSG:{WGS84}"}, Place(file)))
    if frame.crs.to_epsg() != WGS84:
        named = f"EPSG:{code}" if (code := frame.crs.to_epsg()) else frame.crs.name
        frame = frame.to_crs(WGS84)
        said.append(Finding(Weight.NOTE, "finding.reprojected", {"crs": named}, Place(file)))
    boxes = _boxes(frame)
    _require_true(frame, boxes, file)
    if not _indonesian(boxes).all():
        said.append(Finding(Weight.WARN, "finding.outside_indonesia", {}, Place(file)))
    return frame, said


def _claimed(frame: Frame, asked: str) -> Frame:
    from pyproj.exceptions import CRSError

    try:
        return frame.set_crs(asked, allow_override=True)
    except CRSError:
        raise BadRequest("error.unknown_crs", crs=asked) from None


def _require_polygons(frame: Frame, file: str) -> None:
    kinds = set(frame.geometry.geom_type.dropna())
    if kinds and not kinds & {"Polygon", "MultiPolygon", "GeometryCollection"}:
        raise Refused("error.no_polygons", file=file, found=", ".join(sorted(kinds)))


def _require_true(frame: Frame, boxes: Any, file: str) -> None:
    with np.errstate(invalid="ignore"):
        swapped = (boxes[:, 0] >= _SOUTH) & (boxes[:, 2] <= _NORTH) & (boxes[:, 1] >= _WEST) & (boxes[:, 3] <= _EAST)
    there = ~np.isnan(boxes).any(axis=1)
    if swapped.any():
        line = int(frame.index[np.flatnonzero(swapped)[0]]) + 1
        whole = (swapped | ~there).all()
        raise Refused("error.axes_swapped" if whole else "error.axes_mixed", file=file, line=line)
    wrong = np.flatnonzero(there & ~_degrees(boxes))
    if len(wrong):
        x, y = boxes[wrong[0], 0], boxes[wrong[0], 1]
        line = int(frame.index[wrong[0]]) + 1
        raise Refused("error.not_degrees", file=file, line=line, x=f"{x:.0f}", y=f"{y:.0f}")


def _boxes(frame: Frame) -> Any:
    return frame.geometry.bounds.to_numpy()


def _degrees(boxes: Any) -> Any:
    with np.errstate(invalid="ignore"):
        out = (np.abs(boxes[:, [0, 2]]) > 180).any(axis=1) | (np.abs(boxes[:, [1, 3]]) > 90).any(axis=1)
    return ~out


def _indonesian(boxes: Any) -> Any:
    with np.errstate(invalid="ignore"):
        out = (boxes[:, 0] < _WEST) | (boxes[:, 1] < _SOUTH) | (boxes[:, 2] > _EAST) | (boxes[:, 3] > _NORTH)
    return ~out
