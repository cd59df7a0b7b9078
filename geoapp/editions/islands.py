"""Island groups: regions that share no land and no strait, to be worked on apart, so that memory stays bounded."""

import ctypes
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

import numpy as np

Array = Any
Heard = Callable[[float], None]
"""Is told which share of a work has been done since it was told last."""
_BUNDLE = 300_000
"""Vertices up to which small groups are worked on together."""


def unheard(share: float) -> None:
    """Where nobody wants to know."""


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


def each_of(groups: Sequence[Array], work: Callable[[Array], Any], heard: Heard = unheard) -> list[Any]:
    """What ``work`` makes of every group, in order; two are worked on at once, as GEOS and numpy let go of Python.

    One begins with the largest, the other with the smallest, until they meet: both processors are busy, and two large
    groups are in memory together only at the end. ``heard`` is told the share of the members that each group is.
    """
    left = deque(sorted(range(len(groups)), key=lambda each: -len(groups[each])))
    total = sum(map(len, groups))
    made: list[Any] = [None] * len(groups)
    telling = Lock()

    def lane(take: Callable[[], int]) -> None:
        while left:
            try:
                place = take()
            except IndexError:  # the other one took the last
                return
            try:
                made[place] = work(groups[place])
            except BaseException:
                left.clear()
                raise
            with telling:
                heard(len(groups[place]) / total)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(lane, left.popleft), pool.submit(lane, left.pop)]:
            done.result()
    give_back()
    return made


def give_back() -> None:
    """Hand memory that is free again to the system: glibc keeps what many small shapes took."""
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    except (OSError, AttributeError):
        return  # another C library, which looks after itself
