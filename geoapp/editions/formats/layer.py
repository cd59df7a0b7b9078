"""What a format makes of a content: layers of features, with columns and shapes, and what was wrong with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

Frame = Any
"""A geopandas GeoDataFrame."""


class Remark(NamedTuple):
    """Something of one feature, by its number from 0: a message id with its values."""

    row: int
    message: str
    values: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: ``frame`` has a row a feature (index = its number from 0), ``crs`` as the file says it, or None.

    ``broken`` are features whose shape cannot be read (their geometry is None), ``mended`` those read with a small
    repair. ``said`` is what the reader remarked of the whole. It is ``cut_short`` where a service had more than it
    answered with.
    """

    name: str
    frame: Frame
    broken: tuple[Remark, ...] = ()
    mended: tuple[Remark, ...] = ()
    said: tuple[str, ...] = field(default=())
    cut_short: bool = False


def layer(name: str, columns: Mapping[str, Sequence[Any]], shapes: Any, crs: Any = None, **more: Any) -> Layer:
    """A layer of columns and shapes of one length; columns called alike get a number behind."""
    import geopandas
    import pandas

    table: dict[str, Any] = {}
    for title, cells in columns.items():
        free = title or "kolom"
        while free in table or free == "geometry":
            free += "_"
        table[free] = cells
    frame = pandas.DataFrame(table, index=pandas.RangeIndex(len(shapes)))
    return Layer(name, geopandas.GeoDataFrame(frame, geometry=np.asarray(shapes, dtype=object), crs=crs), **more)


def from_wkb(raw: Any) -> tuple[Any, list[Remark], list[Remark]]:
    """Shapes of WKB (None where there is none), what is broken in them, and what was mended: rings are closed."""
    import shapely

    raw = np.asarray(raw, dtype=object)
    given = np.array([each is not None for each in raw], dtype=bool)
    shapes = np.asarray(shapely.from_wkb(raw, on_invalid="ignore"), dtype=object)
    closed: list[Remark] = []
    broken: list[Remark] = []
    for row in np.flatnonzero(given & (shapes == None)):  # noqa: E711
        shapes[row] = shapely.from_wkb(raw[row], on_invalid="fix")
        remark = Remark(int(row), "finding.ring_closed" if shapes[row] is not None else "finding.shape_unreadable")
        (closed if shapes[row] is not None else broken).append(remark)
    return shapes, broken, closed
