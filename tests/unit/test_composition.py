"""What a map of categories is made of: bars that share out every region, and where the leading category is."""

from dataclasses import replace
from itertools import pairwise
from unittest.mock import Mock

import pytest

from geoapp.domain.observations import MISSING, Observation, State
from geoapp.domain.rows import Row
from geoapp.web.pages.composition import WIDTH, Composition, composition
from geoapp.web.pages.view import MapView
from tests import world
from tests.world import COLUMNS, ROWS


@pytest.fixture
def made() -> Composition:
    found = composition(MapView(world.category_page(), "id"))
    assert found is not None
    return found


def test_a_bar_shares_out_every_region_low_to_high_and_those_without_an_answer_last(made: Composition) -> None:
    pieces = made.now.pieces

    assert [each.state for each in pieces] == ["", "", "", "missing"]
    assert sum(each.width for each in pieces) == pytest.approx(WIDTH, abs=0.5)
    for before, after in pairwise(pieces):
        assert after.x == pytest.approx(before.x + before.width, abs=0.2)
    plan = world.category_page().plan
    colours = [row.colour for row in reversed(plan.legend) if row.kind == "category"]
    assert [each.colour for each in pieces[:-1]] == colours
    counted = {row.colour: row.count for row in plan.legend}
    assert all(int(each.count) == counted[each.colour] for each in pieces if each.count)


def test_the_commonest_answer_is_said_with_its_share(made: Composition) -> None:
    page = world.category_page()
    most = max((row for row in page.plan.legend if row.kind == "category"), key=lambda row: row.count)

    assert made.most.lower() == most.category
    assert f"{most.count} dari {COLUMNS * ROWS}" in made.share


def test_parents_are_ranked_by_how_many_regions_have_the_highest_answer(made: Composition) -> None:
    page = world.category_page()
    highest = page.plan.legend[0]
    counts: dict[str, int] = {}
    for region, byte in zip(page.regions, page.plan.classes, strict=True):
        if byte == highest.byte and region.parent:
            counts[region.parent] = counts.get(region.parent, 0) + 1

    assert made.leading.lower() == highest.category
    assert [int(each.figure.split()[0]) for each in made.leaders] == sorted(counts.values(), reverse=True)[:5]


def test_the_chosen_region_is_pointed_at_in_its_own_answer() -> None:
    page = world.category_page()
    region = page.regions[0]
    found = composition(MapView(page, "id", chosen=region))

    assert found is not None and found.now.own is not None
    own = next(each for each in found.now.pieces if each.x <= found.now.own <= each.x + each.width)
    assert own.colour == page.plan.colour(region.number)


def test_the_bar_of_another_period_tells_the_states_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    page = world.category_page()
    other = next(each for each in page.wholes if each != page.period)
    lacking = [MISSING, *[Observation(state=State.NOT_APPLICABLE)] * 2, Observation(state=State.SUPPRESSED)]
    said = Row.of([*[Observation(category="maju")] * (COLUMNS * ROWS - 4), *lacking])
    whole = replace(page.wholes[other], distribution={"maju": COLUMNS * ROWS - 4})
    monkeypatch.setattr("geoapp.web.pages.composition.service", Mock())
    monkeypatch.setattr("geoapp.atlas.published.row", lambda *asked: said if asked[-1] == other else None)

    found = composition(MapView(replace(page, wholes={**page.wholes, other: whole}), "id"))

    assert found is not None
    bar = next(each for each in found.bars if not each.shown)
    assert [each.state for each in bar.pieces] == ["", "missing", "not_applicable", "suppressed"]
    shares = [round(each.width / WIDTH * COLUMNS * ROWS) for each in bar.pieces]
    assert shares == [COLUMNS * ROWS - 4, 1, 2, 1]


def test_maps_of_figures_have_none() -> None:
    assert composition(MapView(world.circles_page(), "id")) is None
