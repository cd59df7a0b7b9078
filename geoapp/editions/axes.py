"""Where on the earth a file lies: its reference system, the order of its axes, and whether that can be true."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from geoapp.domain.findings import Finding, Place, Weight
from geoapp.domain.regions import Box
from geoapp.editions.draft import Frame
from geoapp.editions.guess_crs import guess
from geoapp.errors import BadRequest, Question

WGS84 = 4326
INDONESIA: Box = (94.0, -12.0, 142.0, 7.0)
_SHOWN = 10


class Located(NamedTuple):
    """A frame in EPSG:4326, what it came in, and what was noticed."""

    frame: Frame
    crs: str
    findings: list[Finding]


def on_the_earth(
    frame: Frame, asked: str | None, file: str, *, swap: bool = False, expected: Sequence[Box] = ()
) -> Located:
    """The frame in EPSG:4326, two-dimensional; projected systems are reprojected.

    Parameters
    ----------
    asked
        The reference system a person named.
    swap
        Whether a person said that axes are swapped: those features are turned that are seen to be, or else all.
    expected
        Boxes (degrees) in which the regions must lie, as their codes say; they tell which system is meant.

    Raises
    ------
    Question
        Swapped axes, in whole or in part; metres that claim to be degrees; no reference system, or one that puts the
        regions where they cannot be.
    BadRequest
        If ``asked`` names no reference system.
    """
    import shapely

    frame = frame.set_geometry(shapely.force_2d(frame.geometry.values), crs=frame.crs)
    said: list[Finding] = []
    if asked:
        frame = _claimed(frame, asked)
    elif frame.crs is None:
        if not degrees(_boxes(frame)).all():
            raise _unknown("error.crs_missing", frame, file, expected)
        frame = frame.set_crs(WGS84)
        said.append(Finding(Weight.WARN, "finding.crs_assumed", {"crs": f"EPSG:{WGS84}"}, Place(file)))
    frame, turned = _in_order(frame, file, swap, expected)
    said.extend(turned)
    came = named(frame.crs)
    frame, moved = _in_degrees(frame, file, expected)
    said.extend(moved)
    boxes = _boxes(frame)
    if expected and not _near(boxes, expected):
        if not asked:
            raise _unknown("error.far_away", frame, file, expected)
        said.append(Finding(Weight.WARN, "finding.far_away", {"crs": came}, Place(file)))
    if len(frame) and (out := outside(frame)).all():
        rows = _rows(frame, out)
        said.append(Finding(Weight.WARN, "finding.outside_indonesia", {"rows": rows}, Place(file)))
    return Located(frame, came, said)


def outside(frame: Frame) -> Any:
    """Which shapes (EPSG:4326) do not lie in the country; one that is not there does."""
    return ~_inside(_boxes(frame), INDONESIA)


def named(crs: Any) -> str:
    """What a reference system is called: ``EPSG:32749``, else by its name."""
    return f"EPSG:{code}" if (code := crs.to_epsg()) else str(crs.name)


def degrees(boxes: Any) -> Any:
    """Which boxes can be degrees; one that is not there may be."""
    with np.errstate(invalid="ignore"):
        out = (np.abs(boxes[:, [0, 2]]) > 180).any(axis=1) | (np.abs(boxes[:, [1, 3]]) > 90).any(axis=1)
    return ~out & ~np.isinf(boxes).any(axis=1) | np.isnan(boxes).all(axis=1)


def _claimed(frame: Frame, asked: str) -> Frame:
    from pyproj.exceptions import CRSError

    try:
        return frame.set_crs(int(asked) if asked.isdigit() else asked, allow_override=True)
    except CRSError:
        raise BadRequest("error.unknown_crs", crs=asked) from None


def _in_order(frame: Frame, file: str, swap: bool, expected: Sequence[Box]) -> tuple[Frame, list[Finding]]:
    """The frame with longitude before latitude, easting before northing."""
    import shapely

    boxes = _boxes(frame)
    there = ~np.isnan(boxes).any(axis=1)
    swapped = _swapped_metres(boxes, frame.crs, expected) if frame.crs.is_projected else _swapped(boxes)
    if not swapped.any() and not (swap and there.any()):
        return frame, []
    if not swap:
        whole = bool((swapped | ~there).all())
        message = "error.axes_swapped" if whole else "error.axes_mixed"
        values = {"file": file, "n": int(swapped.sum()), "rows": _rows(frame, swapped)}
        raise Question(message, "--swap-axes", **values, line=int(frame.index[np.flatnonzero(swapped)[0]]) + 1)
    turned = swapped if swapped.any() else there
    shapes = np.asarray(frame.geometry.values, dtype=object).copy()
    shapes[turned] = shapely.transform(shapes[turned], lambda points: points[:, ::-1])
    values = {"n": int(turned.sum()), "rows": _rows(frame, turned)}
    return frame.set_geometry(shapes, crs=frame.crs), [Finding(Weight.WARN, "finding.axes_turned", values, Place(file))]


def _swapped(boxes: Any) -> Any:
    """Which features have latitude before longitude; in this country the two are never alike."""
    west, south, east, north = INDONESIA
    with np.errstate(invalid="ignore"):
        return (boxes[:, 0] >= south) & (boxes[:, 2] <= north) & (boxes[:, 1] >= west) & (boxes[:, 3] <= east)


def _swapped_metres(boxes: Any, crs: Any, expected: Sequence[Box]) -> Any:
    """Which features lie where they must only if their northing stands first, whatever the zone or projection."""
    from pyproj import Transformer

    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    turn = Transformer.from_crs(crs, WGS84, always_xy=True)
    as_said, turned = (_in_any(np.column_stack(turn.transform(*each)), expected) for each in ((x, y), (y, x)))
    return turned & ~as_said


def _in_any(points: Any, boxes: Sequence[Box]) -> Any:
    """Which points lie in one of the boxes, a degree more on each side; in the country where there are none."""
    lon, lat = points.T
    room = 1 if boxes else 0
    found = np.zeros(len(points), dtype=bool)
    for west, south, east, north in boxes or [INDONESIA]:
        found |= (lon >= west - room) & (lon <= east + room) & (lat >= south - room) & (lat <= north + room)
    return found


def _in_degrees(frame: Frame, file: str, expected: Sequence[Box]) -> tuple[Frame, list[Finding]]:
    from pyproj.exceptions import ProjError

    said: list[Finding] = []
    if frame.crs.to_epsg() != WGS84:
        came = named(frame.crs)
        original = frame
        try:
            frame = frame.to_crs(WGS84)
        except ProjError:
            raise _unknown("error.crs_missing", original, file, expected) from None
        said.append(Finding(Weight.NOTE, "finding.reprojected", {"crs": came}, Place(file)))
        if np.isinf(_boxes(frame)).any():
            raise _unknown("error.far_away", original, file, expected)
    boxes = _boxes(frame)
    wrong = np.flatnonzero(~degrees(boxes))
    if len(wrong):
        raise _unknown("error.not_degrees", frame, file, expected, int(wrong[0]))
    return frame, said


def _unknown(message: str, frame: Frame, file: str, expected: Sequence[Box], at: int = 0) -> Question:
    """The question for the reference system, with those that would put the regions where they belong."""
    boxes = _boxes(frame)
    there = np.flatnonzero(np.isfinite(boxes).all(axis=1))
    first = at if at in there else int(there[0]) if len(there) else 0
    where = f"{boxes[first, 0]:.6g}, {boxes[first, 1]:.6g}"
    values = {"file": file, "line": int(frame.index[first]) + 1, "where": where}
    systems = guess(boxes[there], expected or [INDONESIA])
    if not systems and (turned := guess(boxes[there][:, [1, 0, 3, 2]], expected or [INDONESIA])):
        return Question("question.metres_turned", "--crs", "--swap-axes", **values, systems=", ".join(turned))
    return Question(message, "--crs", **values, systems=", ".join(systems) or "EPSG:32748 … EPSG:32754")


def _near(boxes: Any, expected: Sequence[Box]) -> bool:
    """Whether most features lie in one of the boxes, a degree more on each side."""
    there = boxes[~np.isnan(boxes).any(axis=1)]
    if not len(there):
        return True
    inside = np.zeros(len(there), dtype=bool)
    for west, south, east, north in expected:
        inside |= _inside(there, (west - 1, south - 1, east + 1, north + 1))
    return bool(inside.mean() > 0.5)


def _inside(boxes: Any, box: Box) -> Any:
    """Which boxes lie within one; those that are not there do."""
    west, south, east, north = box
    with np.errstate(invalid="ignore"):
        out = (boxes[:, 0] < west) | (boxes[:, 1] < south) | (boxes[:, 2] > east) | (boxes[:, 3] > north)
    return ~out


def _rows(frame: Frame, which: Any) -> str:
    """The first features' numbers for a sentence."""
    rows = [str(int(each) + 1) for each in frame.index[np.flatnonzero(which)]]
    return ", ".join(rows[:_SHOWN]) + (" …" if len(rows) > _SHOWN else "")


def _boxes(frame: Frame) -> Any:
    return frame.geometry.bounds.to_numpy()
