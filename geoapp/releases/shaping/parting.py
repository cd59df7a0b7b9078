"""A series in a table whose rows are parted by further columns: of its own answers, or added up over all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from geoapp.domain.indicators import Indicator
from geoapp.domain.period_words import PeriodRead
from geoapp.errors import Question
from geoapp.releases.reading.table import Table
from geoapp.releases.shaping.columns import Profile
from geoapp.releases.shaping.dimension import TOTAL, Dimension, ages_of, covering, sex_of
from geoapp.releases.shaping.heads import Head
from geoapp.releases.shaping.series import EVERY_PERIOD, Series


@dataclass(frozen=True)
class Scene:
    """A table on the way to its series: its columns, its free headers, and the dimensions of its rows."""

    table: Table
    columns: tuple[Profile, ...]
    heads: tuple[Head, ...]
    dimensions: tuple[Dimension, ...]
    known: Mapping[str, Indicator]

    def head(self, column: int) -> Head:
        """The header of a free column."""
        return next(each for each in self.heads if each.column == column)


def answers_of(indicator: Indicator, dimension: Dimension) -> tuple[str, ...]:
    """The answers of a dimension whose people the indicator counts."""
    sex, ages = sex_of(indicator), ages_of(indicator.name.id)
    if dimension.sexes:
        return (sex,) if sex in dimension.answers else ()
    return covering(dimension.answers, *ages) if ages else ()


def summed_over(series: Series, column: int, answers: Sequence[str]) -> Series:
    """Added up over these answers, if they are several."""
    if len(answers) < 2:
        return series
    return replace(series, over=(*series.over, column), values=(*series.values, tuple(answers)))


def series_of(head: Head, indicator: Indicator) -> Series:
    read: PeriodRead | None = head.read
    stem = head.stem or EVERY_PERIOD
    return Series(
        head.column, indicator, read.period if read else None, read.marks if read else frozenset(), stems=(stem,)
    )


def parted(scene: Scene, series: Series) -> list[Series]:
    """A series in a table with further dimensions: of its own answers, or added up over all of them."""
    rest = []
    for each in scene.dimensions:
        own = answers_of(series.indicator, each)
        if own:
            where = tuple((each.column, answer) for answer in own)
            series = summed_over(replace(series, where=(*series.where, *where)), each.column, own)
        else:
            rest.append(each)
    return over_all(scene, series, rest)


def over_all(scene: Scene, series: Series, dimensions: Sequence[Dimension]) -> list[Series]:
    """Added up over the answers of every dimension, or the total given there; anything else is asked."""
    for each in dimensions:
        if each.column == series.column:
            continue
        whole = each.whole if series.indicator.kind.is_amount and not set(each.whole) - set(each.answers) else ()
        if whole:
            series = summed_over(series, each.column, whole)
        elif each.total:
            series = replace(series, where=(*series.where, (each.column, TOTAL)))
        else:
            header = scene.table.header[each.column]
            values = {"column": header, "answers": ", ".join(each.answers[:8]), "indicator": series.indicator.slug}
            raise Question("question.dimension", "--indicator", "--map", **values)
    return [series]
