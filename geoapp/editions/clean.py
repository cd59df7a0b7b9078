"""Cleaning: every shape valid, flat and multi-part, and all of them together one coverage."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from geoapp.domain.findings import Finding, Place, Weight
from geoapp.editions import coverage, topology
from geoapp.editions.draft import Draft, Frame, Step
from geoapp.editions.fitting import GAP_M, SNAP_M, Fitted, Widths, fit
from geoapp.errors import Question

NOTABLE = 0.01
"""The share of its area a region may gain or lose unmentioned."""
BOUND = 0.3
"""The share beyond which a person must say that it is right; what a region gives to others within it aside.

Among the real files that were looked at, one drawn carelessly changes its villages by a tenth at most, and one village
of a whole nation, half over its neighbour, by a quarter.
"""
_SHOWN = 5


def clean(draft: Draft) -> Step:
    """Every shape valid, 2D and a MultiPolygon; shared edges identical; rows in the order of their codes.

    Asks (``question.area_change``) where fitting changes a region's area by more than a person allowed.
    """
    import shapely

    frame, broken, mended = _valid(draft, draft.frame)
    order = frame["code"].argsort(kind="stable").to_numpy()
    frame = frame.iloc[order]
    rows = frame.index.to_numpy()
    frame = frame.reset_index(drop=True)
    place = {int(old): new for new, old in enumerate(order)}
    fitted = fit(frame.geometry.values, _widths(draft), draft.watch)
    inside = shapely.point_on_surface(frame.geometry.values[fitted.after == 0])
    frame = frame.set_geometry(fitted.shapes, crs=frame.crs)
    found = [*(each._replace(one=place[each.one]) for each in broken), *fitted.faults]
    faults = topology.told(found, frame["code"].tolist(), frame["name"].tolist())
    said = [*mended, *_said(draft, frame, fitted, faults), *_swallowed(draft, frame, rows, inside)]
    done = replace(draft, frame=frame, faults=faults, question=_too_much(draft, frame, fitted))
    if done.question is None:  # a person may have allowed that regions vanish
        gone = tuple(rows[fitted.after == 0].tolist())
        frame = frame[fitted.after > 0].reset_index(drop=True)
        done = replace(done, frame=frame, set_aside=(*draft.set_aside, *gone))
    return done, tuple(said)


def _widths(draft: Draft) -> Widths:
    """The widths a person asked for, else those that did well on the files that were looked at."""
    gap, snap = draft.asked.gap, draft.asked.snap
    return Widths(GAP_M if gap is None else gap, SNAP_M if snap is None else snap)


def _valid(draft: Draft, frame: Frame) -> tuple[Frame, list[topology.Fault], list[Finding]]:
    """Repaired with the structure kept; lines and points that are left over are dropped."""
    import shapely

    shapes = np.array(frame.geometry.values, dtype=object)
    tall = shapely.has_z(shapes) | shapely.has_m(shapes)
    shapes[tall] = shapely.force_2d(shapes[tall])
    broken = np.flatnonzero(~shapely.is_valid(shapes))
    reasons = shapely.is_valid_reason(shapes[broken])
    said, faults = [], []
    for at, reason in zip(broken, reasons, strict=True):
        words, _, point = reason.partition("[")
        values = {"reason": words.lower(), "code": frame["code"].iat[at], "name": frame["name"].iat[at]}
        place = Place(draft.file.name, line=int(frame.index[at]) + 1)
        said.append(Finding(Weight.WARN, "finding.repaired", values, place))
        where = shapely.Point(*map(float, point.rstrip("]").split()[:2]))
        faults.append(topology.Fault("invalid", where, 0.0, int(at), reason=words))
    shapes[broken] = shapely.make_valid(shapes[broken], method="structure", keep_collapsed=False)
    several = shapely.get_type_id(shapes) == shapely.GeometryType.MULTIPOLYGON
    shapes[~several] = coverage.polygons(shapes[~several])
    return frame.set_geometry(shapes, crs=frame.crs), faults, said


def _said(draft: Draft, frame: Frame, fitted: Fitted, faults: tuple[topology.Told, ...]) -> Iterator[Finding]:
    yield from topology.findings(faults, draft.file.name)
    yield from _moved(draft, frame, fitted)
    values = {"n": len(frame), "unmatched": fitted.unmatched, **_widths(draft)._asdict()}
    yield Finding(Weight.NOTE, "finding.fitted", values, Place(draft.file.name))


def _moved(draft: Draft, frame: Frame, fitted: Fitted) -> Iterator[Finding]:
    change = fitted.after / fitted.before - 1
    for row in np.flatnonzero((np.abs(change) > NOTABLE) & (fitted.after > 0)):
        values = {"code": frame.at[row, "code"], "name": frame.at[row, "name"], "percent": f"{100 * change[row]:+.1f}"}
        yield Finding(Weight.WARN, "finding.area_changed", values, Place(draft.file.name))


def _swallowed(draft: Draft, frame: Frame, rows: Any, inside: Any) -> Iterator[Finding]:
    """Each region that nothing is left of, and the one that has its place; ``rows`` are those of the file."""
    import shapely

    shapes = frame.geometry.values
    gone = np.flatnonzero(shapely.is_empty(shapes))
    by = shapely.STRtree(shapes).nearest(inside) if len(gone) < len(frame) else gone
    for row, other in zip(gone, by, strict=True):
        values = {"code": frame.at[row, "code"], "name": frame.at[row, "name"]}
        values["other"] = f"{frame.at[other, 'code']} {frame.at[other, 'name']}"
        yield Finding(Weight.WARN, "finding.swallowed", values, Place(draft.file.name, line=int(rows[row]) + 1))


def _too_much(draft: Draft, frame: Frame, fitted: Fitted) -> Question | None:
    """The question whether the regions that changed beyond the bound may; what they gave to others within is theirs."""
    bound = BOUND if draft.asked.area_change is None else draft.asked.area_change / 100
    change = fitted.after / np.maximum(fitted.before - fitted.given, 1e-9) - 1
    over = np.flatnonzero(np.abs(change) > bound)
    if not len(over):
        return None
    worst = over[np.argsort(-np.abs(change[over]))]
    shown = [f"{frame.at[row, 'code']} {frame.at[row, 'name']} ({100 * change[row]:+.0f} %)" for row in worst[:_SHOWN]]
    regions = ", ".join(shown) + (" …" if len(over) > _SHOWN else "")
    values = {"file": draft.file.name, "n": len(over), "bound": f"{100 * bound:g}", "regions": regions}
    return Question("question.area_change", "--area-change", **values)
