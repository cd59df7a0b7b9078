"""Names that carry their number in the list."""

import pytest

from geoapp.domain.numbered_names import without_numbers


@pytest.mark.parametrize(
    "written",
    [
        ["1. Kasin", "2. Sukun", "3. Bareng"],
        ["1) Kasin", "2) Sukun", "10) Bareng"],
        ["01 Kasin", "02 Sukun", "03 Bareng"],
        ["1001 Kasin", "1002 - Sukun", "1003 Bareng"],
    ],
)
def test_the_number_of_the_list_is_taken_off_a_whole_column(written: list[str]) -> None:
    assert without_numbers(written) == ["Kasin", "Sukun", "Bareng"]


def test_the_last_row_of_a_numbered_list_may_have_no_number() -> None:
    assert without_numbers(["1. Kasin", "2. Sukun", "3. Bareng", "Klojen"]) == ["Kasin", "Sukun", "Bareng", "Klojen"]


@pytest.mark.parametrize(
    "written",
    [["1 Ulu", "2 Ulu", "5 Ulu"], ["3-4 Ulu", "9/10 Ulu", "11 Ulu"], ["1. Kasin", "Sukun", "Bareng"], ["1. Kasin"], []],
)
def test_a_number_that_may_be_the_names_own_stays(written: list[str]) -> None:
    assert without_numbers(written) is None


def test_a_numbered_name_that_begins_with_a_number_keeps_its_own() -> None:
    assert without_numbers(["1. 1 Ulu", "2. 2 Ulu", "3. 3-4 Ulu"]) == ["1 Ulu", "2 Ulu", "3-4 Ulu"]
