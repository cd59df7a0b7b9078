"""Figures made of others: rates of their parts, wholes of their sums, and whether a given rate agrees with them."""

from collections.abc import Mapping, Sequence

from geoapp.domain.indicators import AREAS, Indicator
from geoapp.domain.observations import MISSING, Mark, Observation, State

Said = Mapping[str, Observation]
"""What is said of each region, by code."""

STATED_AREA = "luas_km2"
"""The indicator of the area that an office states; where a table has it, its densities were made with it."""
_WEIGHT = (State.NOT_APPLICABLE, State.SUPPRESSED, State.MISSING, State.OUT_OF_SCOPE)
"""Why there is no figure, the stronger reason first."""
_FINEST = 6
_NOT_INHERITED = frozenset({Mark.SMALL_DENOMINATOR})


def derived(indicator: Indicator, numerator: Said, denominator: Said, years: float | None = None) -> Said:
    """The indicator of every region of which a part is spoken, made of its parts.

    A part that is lacking or has no figure leaves the state that says so; where there is nothing to divide by, the
    figure is not applicable. Marks of either part are inherited. ``years`` lie between the parts of a growth rate.
    ValueError for an indicator without parts.
    """
    if indicator.parts is None:
        raise ValueError(f"{indicator.slug} has no parts")
    made = {}
    for code in dict.fromkeys((*numerator, *denominator)):
        above, below = numerator.get(code, MISSING), denominator.get(code, MISSING)
        state = _lacking((above, below))
        if state is not None or above.figure is None or below.figure is None:
            made[code] = Observation(state=state or State.MISSING)
            continue
        figure = indicator.parts.figure(above.figure, below.figure, years)
        made[code] = (
            Observation(state=State.NOT_APPLICABLE)
            if figure is None
            else Observation(figure, marks=_marks(above, below))
        )
    return made


def summed(parts: Sequence[Said]) -> Said:
    """The sum of all parts in every region; known only where every part is."""
    made = {}
    for code in dict.fromkeys(code for part in parts for code in part):
        here = [part.get(code, MISSING) for part in parts]
        figures = [each.figure for each in here if each.figure is not None]
        if len(figures) == len(here):
            made[code] = Observation(sum(figures), marks=_marks(*here))
        else:
            made[code] = Observation(state=_lacking(here) or State.MISSING)
    return made


def from_areas(slug: str, km2: Mapping[str, float]) -> Said:
    """One of ``AREAS`` as a part: the area of every region's shape in its unit."""
    return {code: Observation(figure=area * AREAS[slug]) for code, area in km2.items()}


def area_stated(slug: str, said: Said) -> Said:
    """One of ``AREAS`` by the areas in km² that an office states, as a table of densities has them."""
    return {
        code: each if each.figure is None else Observation(each.figure * AREAS[slug], marks=each.marks)
        for code, each in said.items()
    }


def compare(given: Said, computed: Said, decimals: int, measured: Sequence[Said] = ()) -> tuple[str, ...]:
    """The codes whose given figure is not the computed one, however it was rounded or cut, in the order of ``given``.

    ``decimals`` are those of the indicator; a column that was given with fewer is compared in its own. ``measured`` are
    the parts that are themselves rounded, such as areas: what that alone could change is no difference. A region
    without a figure on either side says nothing.

    >>> figures = {"a": Observation(12.3), "b": Observation(9.0)}
    >>> compare(figures, {"a": Observation(12.345), "b": Observation(8.2)}, 1)
    ('b',)
    """
    both = [
        (code, said.figure, made.figure)
        for code, said in given.items()
        if said.figure is not None and (made := computed.get(code)) is not None and made.figure is not None
    ]
    step = _step([figure for _, figure, _ in both], decimals)
    slack = [(part, _step([each.figure for each in part.values() if each.figure is not None])) for part in measured]
    return tuple(
        code
        for code, figure, made in both
        if abs(figure - made)
        >= step * (1 - 1e-9) + abs(made) * sum(_relative(part.get(code), by) for part, by in slack)
    )


def _step(figures: Sequence[float], most: int = _FINEST) -> float:
    """The last decimal with which a column was written, ``most`` at the finest."""
    return float(10.0 ** -min(most, max(map(_decimals, figures), default=0)))


def _relative(said: Observation | None, step: float) -> float:
    """By what part of itself a rounded figure may be off."""
    return step / 2 / abs(said.figure) if said is not None and said.figure else 0.0


def _decimals(figure: float) -> int:
    """How many decimals a figure was written with.

    >>> _decimals(12.25), _decimals(12.0)
    (2, 0)
    """
    return len(f"{figure:.10f}".rstrip("0").partition(".")[2])


def _lacking(parts: Sequence[Observation]) -> State | None:
    states = {each.state for each in parts}
    return next((state for state in _WEIGHT if state in states), None)


def _marks(*parts: Observation) -> frozenset[Mark]:
    return frozenset(mark for each in parts for mark in each.marks) - _NOT_INHERITED
