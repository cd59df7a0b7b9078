"""What stands in a legend can be read: labels keep apart, letters are told apart, lines of a title are balanced."""

import pytest

from geoapp.atlas import words
from geoapp.atlas.histogram import WIDTH, Marker, histogram, markers
from geoapp.pictures import looks, text
from tests import world

SIGN = 6.8


def sides(marker: Marker) -> tuple[float, float]:
    width = SIGN * len(marker.label)
    left = {"start": marker.at, "middle": marker.at - width / 2, "end": marker.at - width}[marker.anchor]
    return left, left + width


@pytest.mark.parametrize("chosen", [0.0, 0.1, 0.48, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("whole", [0.0, 0.05, 0.5, 0.52, 0.97, 1.0])
@pytest.mark.parametrize("name", ["Kasin", "Kelurahan Purwantoro Selatan"])
def test_two_labels_of_the_histogram_never_touch_nor_leave_it(chosen: float, whole: float, name: str) -> None:
    shape = histogram(world.page())
    assert shape is not None
    low, high = shape.edges[0], shape.edges[-1]
    at = {"chosen": low + chosen * (high - low), "whole": low + whole * (high - low)}

    made = markers(shape, (at["chosen"], f"{name} 0,7814"), (at["whole"], "Kabupaten Serang 0,6867"))

    for each, figure in at.items():
        assert made[each].x == shape.x(figure)
        assert sides(made[each])[0] >= 0
        assert sides(made[each])[1] <= WIDTH
    left, right = sorted(made.values(), key=sides)
    assert left.row != right.row or sides(left)[1] < sides(right)[0]


def test_a_single_label_stands_in_the_middle_of_its_marker() -> None:
    shape = histogram(world.page())
    assert shape is not None

    made = markers(shape, None, (sum(shape.edges) / len(shape.edges), "Kota 5"))

    assert made["whole"].anchor == "middle"
    assert markers(shape, None, None) == {}


@pytest.mark.parametrize("language", ["id", "en"])
def test_each_category_has_a_letter_of_its_own(language: str) -> None:
    indicator = world.category_page().layer.indicator

    letters = words.letters(language, indicator)

    if indicator.ordered:
        assert letters == {}
    else:
        assert set(letters) == {each.slug for each in indicator.categories}
        assert len(set(letters.values())) == len(letters)
    assert words.letters(language, world.page().layer.indicator) == {}


@pytest.mark.parametrize("colour", ["#ddcc77", "#cc6677", "#88ccee", "#117733", "#332288"])
def test_a_letter_can_be_read_on_its_colour(colour: str) -> None:
    def luminance(given: str) -> float:
        return ((looks.lightness(given) + 16) / 116) ** 3

    pair = sorted((luminance(colour), luminance(looks.letter_ink(colour))))

    assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 4.5


def test_the_last_line_of_a_title_is_not_a_single_word() -> None:
    title = "Indeks Desa Membangun (IDM) per desa di Kabupaten Serang, 2024"

    lines = text.balanced(title, 34, 368, bold=True, most=5)

    assert " ".join(lines) == title
    assert len(lines) == len(text.wrapped(title, 34, 368, bold=True, most=5))
    assert len(lines[-1].split()) > 1
