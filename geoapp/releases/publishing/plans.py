"""The plans of a release: what its layer decides for its own level and for every upper level that has figures."""

from collections.abc import Mapping

from geoapp.catalogue import Catalogue
from geoapp.domain.aggregates import Aggregate
from geoapp.domain.indicators import Indicator
from geoapp.domain.levels import Level
from geoapp.domain.observations import OUT_OF_SCOPE, Observation
from geoapp.domain.periods import Period
from geoapp.layers import KINDS
from geoapp.layers.plan import Style
from geoapp.releases.publishing.uppers import Aggregates, Figures, Ground, Site
from geoapp.store.releases import PlanBytes

Rows = Mapping[Period, list[Observation]]
"""For each period one observation a region, in number order."""


def tables(site: Site, figures: Figures, made: Aggregates) -> Mapping[Level, Rows]:
    """What the plans are decided on: the release's own level first, then the upper levels from below."""
    base = {period: [said.get(row.code, OUT_OF_SCOPE) for row in site.ground.base] for period, said in figures.items()}
    found: dict[Level, Rows] = {site.level: base}
    for level in sorted({row.level for row in site.ground.uppers}, reverse=True):
        table = _upper(site.ground, level, made)
        if any(each.known for row in table.values() for each in row):
            found[level] = table
    return found


def plans(
    catalogue: Catalogue, indicator: Indicator, style: Style, seen: Mapping[Level, Rows], version: tuple[str, int]
) -> list[PlanBytes]:
    """The plan of every level and period; ``version`` is the edition and the release they belong to."""
    return [
        PlanBytes(level, period, plan.version(*version), plan.document(), plan.classes, plan.marks)
        for level, table in seen.items()
        for period, plan in KINDS[style.kind].decide(indicator, style, catalogue.ramp_of(style), table).items()
    ]


def _upper(ground: Ground, level: Level, made: Aggregates) -> Rows:
    codes = [row.code for row in ground.uppers if row.level is level]
    return {
        period: [_observation(by_code[code]) for code in codes]
        for period, by_code in made.items()
        if all(code in by_code and by_code[code].distribution is None for code in codes)
    }


def _observation(made: Aggregate) -> Observation:
    return Observation(figure=made.figure, state=made.state, marks=made.marks)
