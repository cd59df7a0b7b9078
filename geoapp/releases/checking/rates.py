"""A rate that was asked for and has no column of its own: its parts are read instead, and it is computed from them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from geoapp.domain.findings import Understood
from geoapp.domain.indicators import AREAS, Indicator
from geoapp.errors import Question
from geoapp.releases.checking.derive import STATED_AREA, derived
from geoapp.releases.checking.gather import Owned
from geoapp.releases.checking.totals import part
from geoapp.releases.options import Asked, Options
from geoapp.releases.reading.table import Table
from geoapp.releases.shaping.series import Shape
from geoapp.releases.shaping.shape import recognise


class Recognised(NamedTuple):
    """The shape of a table, and the indicators that are to be computed from its series."""

    shape: Shape
    computed: tuple[Indicator, ...] = ()


def recognise_with_parts(table: Table, options: Options, known: Mapping[str, Indicator]) -> Recognised:
    """The shape; where a rate that was asked for has no column but its parts have, the shape with these.

    Raises
    ------
    NotFound, Refused
        As ``recognise`` says, of the rate itself where its parts are not there either.
    """
    try:
        return Recognised(recognise(table, options, known))
    except Question as error:
        rate = known.get(str(error.values.get("indicator", "")))
        if error.message != "question.indicator_column" or rate is None or not _can_be_made(rate, options):
            raise
        try:
            shape, computed = recognise_with_parts(table, _parts_instead(rate, options), known)
        except Question:
            raise error from None
    return Recognised(shape, (*computed, rate))


def compute(owned: Owned, computed: Iterable[Indicator], known: Mapping[str, Indicator]) -> list[Understood]:
    """Add the computed rates to what the table says, in the lines of their numerators."""
    understood = []
    for rate in computed:
        assert rate.parts is not None  # as recognising saw
        lines = {period: {code: line for code, (_, line) in told.items()} for (_, period), told in owned.items()}
        for period, its in lines.items():
            above = part(owned, known, rate.parts.numerator, period)
            below = part(owned, known, rate.parts.denominator, period)
            if above and below:
                made = derived(rate, above, below)
                owned[rate.slug, period] = {code: (each, its.get(code)) for code, each in made.items()}
        parts = f"{rate.parts.numerator} / {rate.parts.denominator}"
        understood.append(Understood("understood.derived", {"indicator": rate.slug, "parts": parts}, "--indicator"))
    return understood


def _can_be_made(rate: Indicator, options: Options) -> bool:
    """Whether the rate was asked for without a column, and is made of parts of its own period."""
    asked = any(each.indicator == rate.slug and each.column is None for each in options.indicators)
    return asked and rate.parts is not None and not rate.parts.growth


def _parts_instead(rate: Indicator, options: Options) -> Options:
    assert rate.parts is not None
    named = (rate.parts.numerator, rate.parts.denominator)
    wanted = dict.fromkeys(STATED_AREA if slug in AREAS else slug for slug in named)
    rest = tuple(each for each in options.indicators if each.indicator != rate.slug)
    there = {each.indicator for each in rest}
    return replace(options, indicators=(*rest, *(Asked(slug) for slug in wanted if slug not in there)))
