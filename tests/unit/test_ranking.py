"""Ranks and legend circles say what the figures say: no place for half-covered ones, areas in proportion."""

from dataclasses import replace

import pytest

from geoapp.atlas.ranking import standings
from geoapp.domain.observations import MISSING, Mark, Observation
from geoapp.domain.rows import Row
from geoapp.layers.plan import LegendRow
from geoapp.web.pages.order import Order
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


def test_what_has_no_place_stands_at_the_end_whichever_way_figures_are_sorted() -> None:
    partial = [Observation(figure=each, marks=frozenset({Mark.PARTIAL})) for each in (0.5, 7.0)]
    said = [*partial, Observation(figure=5.0), Observation(figure=1.0), MISSING]
    every = list(standings(replace(world.page(), observations=Row.of([*said, *[MISSING] * 7]))))

    turned = Order("figure", down=False).arranged(every, lambda region: "")

    assert [each.observation.figure for each in every][:5] == [5.0, 1.0, 7.0, 0.5, None]
    assert [each.observation.figure for each in turned][:5] == [1.0, 5.0, 0.5, 7.0, None]
    assert [each.partly for each in turned][:5] == [False, False, True, True, False]


@pytest.mark.parametrize("part", [1.0, 0.25, 0.09])
def test_a_circle_of_the_legend_has_an_area_in_proportion_to_its_figure(part: float) -> None:
    plan = replace(world.circles_page().plan, largest=1000.0)

    largest, drawn = (
        Swatch.of_row(LegendRow("circle", None, 0, "#37689f", figure=each * 1000), plan) for each in (1, part)
    )

    assert (drawn.radius / largest.radius) ** 2 == pytest.approx(part, rel=0.02)


def test_regions_of_one_figure_stand_in_the_order_of_their_names_wherever_they_are_asked_for() -> None:
    said = Row.of([Observation(figure=float(n % 3)) for n in range(world.COLUMNS * world.ROWS)])
    names = {n + 1: f"{'ZAYB'[n % 4]}{n:02}" for n in range(len(said))}
    page = replace(world.page(names=names), observations=said)
    expected = sorted(
        zip(page.regions, said, strict=True), key=lambda each: (-(each[1].figure or 0), each[0].name, each[0].code)
    )

    every = standings(page)

    assert [each.region.code for each in every] == [region.code for region, _ in expected]
    for region in page.regions:  # one alone, asked of a map whose order nobody has asked for yet
        alone = standings(page)
        place = alone.place(region)
        assert place is not None
        assert alone[place].region == region == every[place].region
        assert alone.of(region) == every[place]


def test_a_parents_regions_keep_the_ranks_they_have_on_the_map() -> None:
    page = world.page()
    every, parent = standings(page), page.regions[0].parent
    assert parent is not None

    of_parent = every.of_parent(parent)

    assert list(of_parent) == [each for each in every if each.region.parent == parent]
    assert list(of_parent.ranked) == [each for each in of_parent if each.rank is not None]
    assert [each.rank for each in every.ranked] == [each.rank for each in every if each.rank is not None]
    assert list(every[::-1]) == list(reversed(every))


def test_a_region_outside_of_the_area_has_no_place() -> None:
    page = replace(world.page(), numbers=(1, world.COLUMNS))

    assert standings(page).of(page.regions[-1]) is None
    assert standings(page).place(page.regions[0]) is not None
