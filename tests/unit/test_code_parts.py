"""Codes in several columns are put together as their system writes them; RT and RW are known by their numbers."""

import pytest

from geoapp.domain.code_parts import compose
from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.domain.neighbourhoods import Numbers, numbers_in, numbers_of

K, B = CodeSystem.KEMENDAGRI, CodeSystem.BPS


def test_lost_zeros_come_back_and_the_rows_are_named() -> None:
    made = compose([["35", 35.0], [73, "73"], ["050", "50"], ["001", 1]])

    assert made.texts == ("3573050001", "3573050001")
    assert (made.system, made.padded) == (B, (1,))


def test_the_last_part_tells_the_system() -> None:
    assert compose([[35], [73], [5], [1002]]).texts == ("3573051002",)
    assert compose([[35], [73], [5], [1002]]).system is K
    assert compose([[35, 35], [73, 73], [5, 50], [1002, 3]]).system is None


def test_what_stands_in_no_column_is_said_once() -> None:
    assert compose([None, None, ["010"], ["001"]], "33.01").texts == ("3301010001",)
    assert compose([None, None, ["010"], ["001"]]).texts == ("",)


def test_columns_that_repeat_what_is_above_are_taken_whole() -> None:
    assert compose([["11"], ["1101"], ["1101010"], ["1101010003"]], asked=B).texts == ("1101010003",)


@pytest.mark.parametrize("district", ["LUAR", "", "1234"])
def test_a_part_that_is_no_number_of_its_width_makes_no_code(district: str) -> None:
    assert compose([["35"], ["73"], [district], ["001"]]).texts == ("",)


def test_a_row_without_a_village_is_its_district() -> None:
    assert compose([["35", "35"], ["73", "73"], ["050", "050"], ["", "001"]]).texts == ("3573050", "3573050001")


@pytest.mark.parametrize(
    ("text", "level", "numbers"),
    [
        ("RT 003/RW 02", None, Numbers(2, 3)),
        ("RT.3 RW.II", None, Numbers(2, 3)),
        ("RW 002", Level.RW, Numbers(2)),
        ("RW II", Level.RW, Numbers(2)),
        ("3", Level.RW, Numbers(3)),
        ("3.0", Level.RT, Numbers(None, 3)),
        ("003/002", Level.RT, Numbers(2, 3)),
        ("IV", Level.RT, Numbers(None, 4)),
        ("Mawar", Level.RW, Numbers()),
        ("3", None, Numbers()),
    ],
)
def test_numbers_of_rt_and_rw_are_read_in_every_spelling(text: str, level: Level | None, numbers: Numbers) -> None:
    assert numbers_in(text, level) == numbers


def test_a_local_code_holds_the_numbers() -> None:
    assert numbers_of("002.003", Level.RT) == Numbers(2, 3)
    assert numbers_of("RW3", Level.RW) == Numbers(3)
