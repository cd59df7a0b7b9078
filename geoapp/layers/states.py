"""What every plan carries whatever its kind: state bytes, mark bytes, and the legend rows of states."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from geoapp.domain.rows import STATES, Row
from geoapp.layers.plan import STATE_BYTES, LegendRow

_BYTES = np.array([0, *(STATE_BYTES[state] for state in STATES)], dtype=np.uint8)


def classes(row: Row, painted: NDArray[np.uint8]) -> bytes:
    """One byte a region: that of ``painted``, or its state's."""
    return np.where(row.known, painted, _BYTES[row.states]).astype(np.uint8).tobytes()


def marks(row: Row) -> bytes:
    """One byte of mark bits a region; empty where no region has a mark."""
    return row.marks.tobytes() if row.marks.any() else b""


def state_rows(row: Row) -> tuple[LegendRow, ...]:
    """A legend row for each state that occurs, with its count."""
    counts = {state: int(np.count_nonzero(row.is_in(state))) for state in STATE_BYTES}
    return tuple(
        LegendRow(kind="state", byte=byte, count=counts[state], state=state)
        for state, byte in STATE_BYTES.items()
        if counts[state]
    )


def known(row: Row) -> int:
    """How many regions have a figure or category."""
    return int(np.count_nonzero(row.known))


def figures(rows: Iterable[Row]) -> NDArray[np.float64]:
    """The figures of some rows, one row after the other."""
    return np.concatenate([np.empty(0), *(row.figures[row.numbered] for row in rows)])
