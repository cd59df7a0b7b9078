"""What every plan carries whatever its kind: state bytes, mark bytes, and the legend rows of states."""

from collections import Counter
from collections.abc import Sequence

from geoapp.domain.observations import Observation
from geoapp.layers.plan import MARK_BITS, STATE_BYTES, LegendRow


def marks(observations: Sequence[Observation]) -> bytes:
    """One byte of mark bits a region; empty where no region has a mark."""
    found = bytes(sum(MARK_BITS[mark] for mark in each.marks) for each in observations)
    return found if any(found) else b""


def state_rows(observations: Sequence[Observation]) -> tuple[LegendRow, ...]:
    """A legend row for each state that occurs, with its count."""
    counts = Counter(each.state for each in observations)
    return tuple(
        LegendRow(kind="state", byte=byte, count=counts[state], state=state)
        for state, byte in STATE_BYTES.items()
        if counts[state]
    )


def known(observations: Sequence[Observation]) -> int:
    """How many regions have a figure or category."""
    return sum(each.known for each in observations)
