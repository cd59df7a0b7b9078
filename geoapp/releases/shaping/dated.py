"""The periods of a table's figures: of its rows, its headers, its titles; a file's name only proposes one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from geoapp.domain.findings import Understood
from geoapp.domain.period_words import PeriodRead, find_periods, read_period
from geoapp.domain.periods import Period
from geoapp.errors import Question
from geoapp.releases.options import Options
from geoapp.releases.reading.table import Table
from geoapp.releases.shaping.columns import half_kind
from geoapp.releases.shaping.series import Series, Shape

_LONG = 90
"""So much of a title a sentence repeats."""


def periods_of(table: Table, shape: Shape) -> list[PeriodRead | None] | None:
    """The period of every row, where a column says it; None without one."""
    if shape.period is None:
        return None
    halves: Sequence[object] = table.column(shape.half) if shape.half is not None else [None] * len(table.rows)
    kind = (half_kind(table.header[shape.half]) if shape.half is not None else None) or "half"
    pairs = list(zip(table.column(shape.period), halves, strict=True))
    known = {pair: read_period(*pair, kind) for pair in dict.fromkeys(pairs)}
    return [known[pair] for pair in pairs]


def dated(
    table: Table, series: Sequence[Series], options: Options, by_rows: bool
) -> tuple[tuple[Series, ...], list[Understood]]:
    """Every series with the period that a person, its header, the rows or a title says.

    Raises
    ------
    Question
        ``question.period`` if nothing says it, or the titles say several.
    """
    without = [each for each in series if each.period is None]
    if not without:
        return tuple(series), []
    if options.period is not None:
        return tuple(replace(each, period=each.period or options.period) for each in series), []
    if by_rows:
        return tuple(series), []
    said, where = _titled(table)
    if not said and not options.indicators and len(without) < len(series):
        columns = ", ".join(table.header[each.column] for each in without)
        kept = tuple(each for each in series if each.period is not None)
        return kept, [Understood("understood.undated", {"columns": columns}, "--period")]
    if len(said) == 1:
        period = said.pop()
        values = {"period": period.text, "text": where if len(where) <= _LONG else f"{where[:_LONG]}…"}
        understood = Understood("understood.period_title", values, "--period")
        return tuple(replace(each, period=each.period or period) for each in series), [understood]
    raise _unknown(table, without[0], said)


def _titled(table: Table) -> tuple[set[Period], str]:
    """The periods that titles say, or, where none does, the sheet; and the text that says it."""
    for texts in (table.titles, (table.sheet,)):
        said = {read.period: text for text in reversed(texts) for read in find_periods(text)}
        if said:
            return _finest(said), next(iter(said.values()))
    return set(), ""


def _finest(said: Iterable[Period]) -> set[Period]:
    """Without a year that a finer period of it says better: *2020* beside *30 April 2020*."""
    every = set(said)
    return {
        each for each in every if not any(other.text.startswith(f"{each.text}-") for other in every if other != each)
    }


def _unknown(table: Table, series: Series, titled: set[Period]) -> Question:
    values = {"column": table.header[series.column], "indicator": series.indicator.slug}
    if titled:
        periods = ", ".join(sorted(each.text for each in titled))
        return Question("question.period_many", "--period", "--period-column", periods=periods, **values)
    named = _finest(read.period for read in find_periods(table.file))
    if len(named) == 1:
        return Question("question.period_file", "--period", "--period-column", period=named.pop().text, **values)
    return Question("question.period", "--period", "--period-column", **values)
