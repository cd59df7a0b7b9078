"""Ranks and legend circles say what the figures say: no place for half-covered ones, areas in proportion."""

from dataclasses import replace

import pytest

from geoapp.atlas.ranking import standings
from geoapp.domain.observations import MISSING, Mark, Observation
from geoapp.domain.rows import Row
from geoapp.layers.plan import LegendRow
from geoapp.web.pages.swatch import Swatch
from tests import world


def ranks(*said: Observation) -> list[tuple[float | None, int | None, int]]:
    rest = [MISSING] * (world.COLUMNS * world.ROWS - len(said))
    page = replace(world.page(), observations=Row.of([*said, *rest]))
    return [(each.observation.figure, each.rank, each.tied) for each in standings(page)[: len(said)]]


def test_the_highest_is_first_and_equal_figures_share_a_place() -> None:
    figures = [Observation(figure=each) for each in (5.0, 9.0, 5.0, 1.0)]

    assert ranks(*figures) == [(9.0, 1, 0), (5.0, 2, 1), (5.0, 2, 1), (1.0, 4, 0)]


def test_a_partly_covered_aggregate_has_no_place_and_takes_none() -> None:
    partial = Observation(figure=9.0, marks=frozenset({Mark.PARTIAL}))

    assert ranks(partial, Observation(figure=5.0)) == [(5.0, 1, 0), (9.0, None, 0)]


@pytest.mark.parametrize("part", [1.0, 0.25, 0.09])
def test_a_circle_of_the_legend_has_an_area_in_proportion_to_its_figure(part: float) -> None:
    plan = replace(world.circles_page().plan, largest=1000.0)

    largest, drawn = (
        Swatch.of_row(LegendRow("circle", None, 0, "#37689f", figure=each * 1000), plan) for each in (1, part)
    )

    assert (drawn.radius / largest.radius) ** 2 == pytest.approx(part, rel=0.02)
