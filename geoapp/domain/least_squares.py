"""The classes of the least sum of squared distances from their own means (Fisher 1958), among sorted figures."""

import numpy as np
from numpy.typing import NDArray

Figures = NDArray[np.float64]


class Sums:
    """Sums over runs of sorted distinct figures, scaled to their span so that large numbers lose no digits."""

    def __init__(self, distinct: Figures, weights: NDArray[np.int64]) -> None:
        middle = float(np.average(distinct, weights=weights))
        scaled = (distinct - middle) / (float(distinct[-1] - distinct[0]) or 1.0)
        self.count = np.concatenate(([0.0], np.cumsum(weights)))
        self.sum = np.concatenate(([0.0], np.cumsum(weights * scaled)))
        self.squares = np.concatenate(([0.0], np.cumsum(weights * scaled**2)))

    def within(self, start: NDArray[np.intp], end: NDArray[np.intp]) -> Figures:
        """Squared distances from the mean of the figures ``start`` up to ``end`` (excluded)."""
        total = self.sum[end] - self.sum[start]
        squared = self.squares[end] - self.squares[start]
        return np.asarray(np.maximum(squared - total**2 / (self.count[end] - self.count[start]), 0.0))


def evenly(n: int, most: int) -> NDArray[np.intp]:
    """Indexes 0…n−1, or ``most`` of them evenly spaced with the last among them."""
    return np.arange(n) if n <= most else (np.arange(1, most + 1) * n // most) - 1


def least_squares(sums: Sums, ends: NDArray[np.intp], k: int) -> list[int]:
    """Which of ``ends`` bound the ``k`` classes of the least sum within; ``ends`` index the last figure of a run."""
    m = len(ends)
    edges = np.concatenate(([0], ends + 1))
    best = np.full(m + 1, np.inf)
    best[0] = 0.0
    starts = []
    for _ in range(k):
        best, start = _one_class_more(sums, edges, best)
        starts.append(start)
    chosen, end = [], m
    for start in reversed(starts):
        chosen.append(end - 1)
        end = int(start[end])
    return chosen[::-1]


def _one_class_more(sums: Sums, edges: NDArray[np.intp], best: Figures) -> tuple[Figures, NDArray[np.intp]]:
    """The least sums with one class more, by where it ends, and where that class then starts.

    The further a last class ends, the further it starts: so the start for an end half-way between two ends that are
    known lies between theirs, and n ends take n log n sums instead of n².
    """
    m = len(edges) - 1
    found, start = np.full(m + 1, np.inf), np.zeros(m + 1, dtype=np.intp)
    step = 1 << m.bit_length()
    while step:
        ends = np.arange(step, m + 1, 2 * step)
        low = start[ends - step]
        beyond = ends + step
        high = np.minimum(np.where(beyond <= m, start[np.minimum(beyond, m)], m), ends - 1)
        widths = np.maximum(high, low) - low + 1
        if len(ends):
            begins = np.concatenate(([0], np.cumsum(widths)[:-1]))
            owner = np.repeat(np.arange(len(ends)), widths)
            tried = np.arange(len(owner)) - begins[owner] + low[owner]
            total = best[tried] + sums.within(edges[tried], edges[ends[owner]])
            least = np.minimum.reduceat(total, begins)
            places = np.flatnonzero(total == least[owner])
            _, first = np.unique(owner[places], return_index=True)
            found[ends], start[ends] = least, tried[places[first]]
        step //= 2
    return found, start
