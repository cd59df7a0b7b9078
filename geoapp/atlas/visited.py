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
from geoapp.domain.changes import changes
from geoapp.domain.levels import Level
from geoapp.domain.periods import Period
from geoapp.domain.rows import Row
from geoapp.errors import NotFound
from geoapp.layers import KINDS, difference
from geoapp.layers.plan import Palette, Plan
from geoapp.store.database import Store

_MOST_CLASSES, _MOST_CHANGES = 12_000_000, 1_000_000
"""Regions of which classes of a choice, and changes, are kept, over all choices and periods: 2 and 12 bytes each.

The plans of a choice are decided together: of the nation they are kept up to 144 periods.
"""

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
    if choice == Choice.NONE:
        found = published.plan(store, layer.id, layer.release.id, level, period)
    else:
        name = difference.PALETTE if choice.since else choice.styled(layer.style).palette
        found = _visited(store, layer, level, choice, _palette(name, palettes)).get(period)
    return found and Seen(*found, _said(store, layer, level, period, choice))


def _said(store: Store, layer: Layer, level: Level, period: Period, choice: Choice) -> Row:
    """What a plan was decided on: figures, or their changes."""
    named = (store, layer.edition.id, level, layer.release.id)
    if choice.since is None:
        return published.row(*named, period)
    return _changed(*named, choice.since, period, choice.percent)


@kept(room=_MOST_CHANGES, weigh=len)
def _changed(
    store: Store, edition: str, level: Level, release: int, since: Period, period: Period, percent: bool
) -> Row:
    """The changes between two periods."""
    earlier, later = (published.row(store, edition, level, release, each) for each in (since, period))
    return changes(earlier, later, percent)


def _weight(plans: Mapping[Period, tuple[str, Plan]]) -> int:
    return sum(len(plan.classes) for _, plan in plans.values()) + 1


@kept(room=_MOST_CLASSES, weigh=_weight)
def _visited(
    store: Store, layer: Layer, level: Level, choice: Choice, palette: Palette
) -> Mapping[Period, tuple[str, Plan]]:
    """The plans of all periods under a choice, with their versions."""
    named = (layer.edition.id, layer.release.id)
    known = published.periods(store, layer, level)
    table = {each: published.row(store, named[0], level, named[1], each) for each in known}

    def colours(n: int) -> Sequence[str]:
        return ramp(palette, n)

    plans: Mapping[Period, Plan]
    if choice.since is None:
        style = choice.styled(layer.style)
        plans = KINDS[style.kind].decide(layer.indicator, style, colours, table)
    else:
        plans = decided(layer.indicator, choice, colours, table) if choice.since in table else {}
    return {period: (plan.version(*named), plan) for period, plan in plans.items()}


def _palette(name: str, palettes: Palettes) -> Palette:
    """The palette called ``name``; where it has gone since publishing, another of its kind."""
    found = palettes.get(name) or next((each for each in palettes.values() if each.use == "sequential"), None)
    if found is None:
        raise NotFound("error.no_palette", palette=name)
    return found
