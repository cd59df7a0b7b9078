"""The plans of a visitor's choice: decided as at publishing, kept as long as they are asked for, stored nowhere."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from geoapp.atlas import published
from geoapp.atlas.changes import decided
from geoapp.atlas.choices import Choice
from geoapp.atlas.kept import kept
from geoapp.atlas.page import Layer
from geoapp.catalogue.palettes import ramp
from geoapp.domain.levels import Level
from geoapp.domain.periods import Period
from geoapp.domain.rows import Row
from geoapp.errors import NotFound
from geoapp.layers import KINDS, difference
from geoapp.layers.plan import Palette, Plan
from geoapp.store.database import Store

_MOST = 2_000_000
"""Regions of which a plan of a choice is kept, over all choices and periods."""

Palettes = Mapping[str, Palette]
NO_PALETTES: Palettes = MappingProxyType({})


class Seen(NamedTuple):
    """A plan with its version, and what it was decided on, in number order."""

    version: str
    plan: Plan
    said: Row


def seen(
    store: Store, layer: Layer, level: Level, period: Period, choice: Choice, palettes: Palettes = NO_PALETTES
) -> Seen | None:
    """What is seen of one period: the published plan, or the one of a visitor's choice; None where there is none."""
    if choice != Choice.NONE:
        name = difference.PALETTE if choice.since else choice.styled(layer.style).palette
        return _visited(store, layer, level, choice, _palette(name, palettes)).get(period)
    found = published.plan(store, layer.id, layer.release.id, level, period)
    return found and Seen(*found, published.row(store, layer.edition.id, level, layer.release.id, period))


def _weight(plans: Mapping[Period, Seen]) -> int:
    return sum(len(each.said) for each in plans.values()) + 1


@kept(room=_MOST, weigh=_weight)
def _visited(store: Store, layer: Layer, level: Level, choice: Choice, palette: Palette) -> Mapping[Period, Seen]:
    """The plans of all periods under a choice."""
    named = (layer.edition.id, layer.release.id)
    known = published.periods(store, layer, level)
    table = {each: published.row(store, named[0], level, named[1], each) for each in known}

    def colours(n: int) -> Sequence[str]:
        return ramp(palette, n)

    if choice.since is not None:
        found = decided(layer.indicator, choice, colours, table) if choice.since in table else {}
        return {period: Seen(plan.version(*named), plan, row) for period, (plan, row) in found.items()}
    style = choice.styled(layer.style)
    plans = KINDS[style.kind].decide(layer.indicator, style, colours, table)
    return {period: Seen(plan.version(*named), plan, table[period]) for period, plan in plans.items()}


def _palette(name: str, palettes: Palettes) -> Palette:
    """The palette called ``name``; where it has gone since publishing, another of its kind."""
    found = palettes.get(name) or next((each for each in palettes.values() if each.use == "sequential"), None)
    if found is None:
        raise NotFound("error.no_palette", palette=name)
    return found
