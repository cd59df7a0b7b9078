"""Island groups: regions that share no land and no strait, to be worked on apart, so that memory stays bounded."""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

Array = Any
AT_ONCE = 2
"""Groups in work at the same time: each may take a gibibyte."""
_BUNDLE = 300_000
"""Vertices up to which small groups are worked on together."""


def islands(shapes: Array, apart: float) -> list[Array]:
    """The numbers of the shapes (from 0) by group; groups are farther than ``apart`` from each other.

    Distances are those of the boxes of parts, in the units of ``shapes``: a group may hold more than need be, never
    less. Small groups are bundled, so that there are few.
    """
    import shapely

    parts, owner = shapely.get_parts(shapes, return_index=True)
    boxes: Array = shapely.box(*(shapely.bounds(parts) + np.array([-apart, -apart, apart, apart]) / 2).T)
    one, other = shapely.STRtree(boxes).query(boxes, predicate="intersects")
    group = _components(len(shapes), owner[one], owner[other])
    return list(_bundled(group, shapely.get_num_coordinates(shapes)))


def _components(total: int, one: Array, other: Array) -> Array:
    """The least number of each connected component, by hooking and jumping."""
    label = np.arange(total)
    while True:
        low = np.minimum(label[one], label[other])
        np.minimum.at(label, label[one], low)
        np.minimum.at(label, label[other], low)
        while (label[label] != label).any():
            label = label[label]
        if (label[one] == label[other]).all():
            return label


def _bundled(group: Array, vertices: Array) -> Iterator[Array]:
    """The largest groups first; those that remain put together until a bundle is full."""
    _, members = np.unique(group, return_inverse=True)
    sizes = np.bincount(members, vertices)
    bundle: list[int] = []
    held = 0.0
    for each in np.argsort(-sizes, kind="stable"):
        bundle.append(int(each))
        held += sizes[each]
        if held >= _BUNDLE:
            yield np.flatnonzero(np.isin(members, bundle))
            bundle, held = [], 0.0
    if bundle:
        yield np.flatnonzero(np.isin(members, bundle))


def each_of(groups: Sequence[Array], work: Callable[[Array], Any]) -> list[Any]:
    """What ``work`` makes of every group, in order; two are worked on at once, as GEOS and numpy let go of Python."""
    if len(groups) < 2:
        return [work(group) for group in groups]
    order = _paired([len(group) for group in groups])
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(work, [groups[each] for each in order]))
    _give_back()
    return [done[place] for place in np.argsort(order)]


def _paired(weights: Sequence[int]) -> list[int]:
    """An order in which the heaviest is worked on beside light ones: both processors are busy, and memory is less."""
    left = sorted(range(len(weights)), key=lambda each: weights[each])
    order = []
    while left:
        heavy = left.pop()
        order.append(heavy)
        beside = 0
        while left and beside + weights[left[0]] <= weights[heavy]:
            beside += weights[left[0]]
            order.append(left.pop(0))
    return order


def _give_back() -> None:
    """Hand memory that is free again to the system: glibc keeps what many small shapes took."""
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    except (OSError, AttributeError):
        return  # another C library, which looks after itself
