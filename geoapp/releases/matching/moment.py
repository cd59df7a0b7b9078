"""Which of several editions was valid at the time that a table speaks of."""

from geoapp.domain.periods import Period, days
from geoapp.releases.matching.target import Target
from geoapp.releases.reading.table import Table
from geoapp.releases.shaping.dated import periods_of
from geoapp.releases.shaping.shape import Shape


def newest_period(table: Table, shape: Shape) -> Period | None:
    """The period of a table that ends last; None where none is known yet."""
    said = [each.period for each in shape.series if each.period is not None]
    said += [each.period for each in dict.fromkeys(periods_of(table, shape) or ()) if each is not None]
    return max(said, key=lambda period: days(period)[1], default=None)


def validity(target: Target, period: Period) -> tuple[int, str]:
    """How well an edition stands for the end of a period: without changes between, then the newest dated no later."""
    moment = days(period)[1]
    return (
        -target.lineage.apart(target.past, target.regions, moment),
        target.edition.dated if target.dated[0] <= moment else "",
    )
