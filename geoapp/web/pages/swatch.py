"""How a class, category or state looks beside its words: a colour, or a pattern that the style sheet draws."""

from dataclasses import dataclass

from geoapp.domain.observations import State
from geoapp.layers.plan import CIRCLE_STEPS, LegendRow, Plan
from geoapp.pictures.looks import letter_ink

_LARGEST = 22.0
"""Radius of the largest legend circle, px."""


@dataclass(frozen=True, slots=True)
class Swatch:
    """``look`` is ``colour``, ``circle``, ``zero`` or a state's name; ``radius`` in px belongs to a circle.

    ``letter`` stands in a category's colour, in an ``ink`` that can be read there.
    """

    look: str
    colour: str = ""
    radius: float = 5.0
    letter: str = ""
    ink: str = ""

    @classmethod
    def of_state(cls, state: State) -> "Swatch":
        """The pattern of a state."""
        return cls(state.value)

    @classmethod
    def of_row(cls, row: LegendRow, plan: Plan, letter: str = "") -> "Swatch":
        """What stands in a legend row."""
        if row.state is not None:
            return cls.of_state(row.state)
        if row.kind == "zero":
            return cls("zero")
        if row.kind == "circle":
            share = (row.figure or 0.0) / plan.largest if plan.largest else 0.0
            steps = round(max(0.0, min(1.0, share)) ** 0.5 * CIRCLE_STEPS)
            return cls("circle", row.colour or "", max(2.0, round(steps / CIRCLE_STEPS * _LARGEST, 1)))
        return cls("colour", row.colour or "", letter=letter, ink=letter and letter_ink(row.colour or ""))
