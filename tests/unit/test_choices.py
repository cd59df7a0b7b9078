"""What a visitor chooses is read, fitted to the map, and left out where the publisher says the same."""

from dataclasses import replace

import pytest

from geoapp.atlas.choices import METHODS, Choice, comparable, fitted, offered
from geoapp.catalogue import STYLES, palettes
from geoapp.domain.classification import SCHEMES
from geoapp.domain.periods import Period
from geoapp.layers.plan import Style
from tests import world

PALETTES = palettes.read((STYLES,))
YEARS = tuple(Period(each) for each in ("2021", "2022", "2023", "2024"))
STYLE = Style("choropleth", "laut")


def fit(choice: Choice, style: Style = STYLE, **changes: object) -> tuple[Choice, list[str]]:
    """The choice as a map of density in 2024 follows it, and the messages of what it does not."""
    asked = {"indicator": world.indicator(), "periods": YEARS, "period": YEARS[-1]} | changes
    found, unfit = fitted(choice, style, palettes=PALETTES, **asked)  # type: ignore[arg-type]
    return found, [each.message for each in unfit]


@pytest.mark.parametrize("classes", [f"{each}-{n}{own}" for each in METHODS for n in (3, 9) for own in ("", "-own")])
def test_a_choice_of_classes_is_read_and_written_alike(classes: str) -> None:
    assert Choice.parse(classes=classes).query()["classes"] == classes


@pytest.mark.parametrize("classes", ["", "jenks", "jenks-2", "jenks-10", "manual-5", "JENKS-5", "jenks-5-mine", "5"])
def test_classes_outside_the_closed_set_cannot_be_read(classes: str) -> None:
    with pytest.raises(ValueError):
        Choice.parse(classes=classes)


def test_the_methods_to_choose_from_are_those_that_classify() -> None:
    assert set(METHODS) == set(SCHEMES)


def test_what_the_publisher_says_already_is_no_choice() -> None:
    assert fit(Choice.parse("pretty-5", "laut")) == (Choice.NONE, [])


def test_breaks_of_each_period_are_a_choice_beside_the_publishers_method() -> None:
    assert fit(Choice.parse("pretty-5-own"))[0] == Choice("pretty", 5, pooled=False)


def test_a_method_replaces_the_breaks_that_the_publisher_set() -> None:
    manual = Style("choropleth", "laut", "manual", 4, (1.0, 2.0, 3.0))

    drawn = fit(Choice.parse("quantiles-4"), manual)[0].styled(manual)

    assert (drawn.method, drawn.classes, drawn.breaks, drawn.palette) == ("quantiles", 4, (), "laut")


def test_a_palette_alone_leaves_the_publishers_classes() -> None:
    manual = Style("choropleth", "laut", "manual", 4, (1.0, 2.0, 3.0))

    assert fit(Choice(palette="bara"), manual)[0].styled(manual) == replace(manual, palette="bara")


@pytest.mark.parametrize("palette", ["pelangi", "selisih", "ragam"])
def test_only_sequential_palettes_can_be_chosen_for_classes(palette: str) -> None:
    assert fit(Choice(palette=palette)) == (Choice.NONE, ["choice.palette"])


def test_circles_have_neither_classes_nor_colours_to_choose() -> None:
    found, unfit = fit(Choice.parse("jenks-5", "bara"), Style("circles"), indicator=world.count())

    assert found == Choice.NONE
    assert unfit == ["choice.no_classes.circles", "choice.no_palette.circles"]


def test_an_ordered_category_takes_another_palette_and_a_loose_one_none() -> None:
    style, ordered = Style("category", "laut"), world.status()
    loose = replace(ordered, ordered=False)

    assert fit(Choice(palette="bara"), style, indicator=ordered) == (Choice(palette="bara"), [])
    assert fit(Choice(palette="bara"), style, indicator=loose) == (Choice.NONE, ["choice.no_palette.category"])
    assert offered(loose, style, PALETTES) == ()


def test_a_locked_style_follows_no_choice() -> None:
    locked = replace(STYLE, locked=True)

    assert fit(Choice.parse("jenks-7", since="2021"), locked) == (Choice.NONE, ["choice.locked"])


def test_a_style_remembers_that_it_is_locked() -> None:
    locked = replace(STYLE, locked=True)

    assert Style.of(locked.as_dict()) == locked
    assert not Style.of({name: each for name, each in STYLE.as_dict().items() if name != "locked"}).locked


def test_a_change_since_an_earlier_period_is_followed() -> None:
    asked = Choice.parse(since="2021", change="percent")

    assert fit(asked) == (asked, [])


@pytest.mark.parametrize(
    ("since", "shown"), [("2019", "2021"), ("2024", "2023"), ("2031", "2023"), ("2022-S1", "2022")]
)
def test_a_period_that_cannot_be_compared_gives_way_to_the_nearest_earlier_one(since: str, shown: str) -> None:
    found, unfit = fit(Choice.parse(since=since))

    assert found.since == Period(shown)
    assert unfit == ["choice.since"]


@pytest.mark.parametrize("periods", [YEARS[-1:], (Period("2023-S1"), YEARS[-1])])
def test_without_an_earlier_period_of_the_same_length_there_is_no_change(periods: tuple[Period, ...]) -> None:
    assert fit(Choice.parse(since="2023"), periods=periods) == (Choice.NONE, ["choice.no_earlier"])


def test_categories_do_not_change_by_a_figure() -> None:
    found = fit(Choice.parse(since="2021"), Style("category", "laut"), indicator=world.status())

    assert found == (Choice.NONE, ["choice.category_change"])


def test_a_map_of_change_has_classes_and_colours_of_its_own() -> None:
    found, unfit = fit(Choice.parse("jenks-7", "bara", "2021"))

    assert found == Choice(since=Period("2021"))
    assert unfit == ["choice.with_change"]


def test_per_cent_without_a_period_to_compare_with_means_nothing() -> None:
    assert fit(Choice.parse(change="percent")) == (Choice.NONE, ["choice.change_alone"])


def test_earlier_periods_of_the_same_length_come_newest_first() -> None:
    mixed = (*YEARS, Period("2022-S1"))

    assert comparable(mixed, Period("2023")) == (Period("2022"), Period("2021"))
