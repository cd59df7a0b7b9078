"""The legend's instrument counts every figure once, in the class whose bounds hold it."""

from dataclasses import replace

from geoapp.atlas.histogram import WIDTH, histogram
from geoapp.domain.observations import Observation
from tests import world


def test_a_figure_on_a_bound_stands_in_the_class_below_it_alone() -> None:
    figures = [Observation(figure=each) for each in (100.0, 200.0, 200.0, 300.0)]
    rows = {period: [*figures, *[figures[0]] * 8] for period in world.PERIODS}
    page = world.page(drawn=world.style(method="manual", breaks=(200.0, 300.0)), rows=rows)

    shown = histogram(page)

    assert shown is not None
    low, high = (sum(bar.colour == box.colour for bar in shown.bars) for box in shown.boxes)
    tallest = {box.colour: max(bar.height for bar in shown.bars if bar.colour == box.colour) for box in shown.boxes}
    assert (low, high) == (2, 1)  # 100 and 200 below, 300 alone above
    assert tallest[shown.boxes[1].colour] < tallest[shown.boxes[0].colour] / 8


def test_the_classes_fill_the_bar_and_meet_at_the_breaks() -> None:
    shown = histogram(world.page())

    assert shown is not None
    assert [round(box.x, 1) for box in shown.boxes] == [x for x, _ in shown.breaks[:-1]]
    assert round(sum(box.width for box in shown.boxes), 6) == WIDTH


def test_a_map_of_one_class_has_no_histogram() -> None:
    one = replace(world.style(), classes=1)

    assert histogram(world.page(drawn=one)) is None
    assert histogram(world.category_page()) is None
    assert histogram(world.circles_page()) is None
