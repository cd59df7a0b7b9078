"""What is typed into a search: read as names, levels, parents and codes, and compared with names."""

import pytest

from geoapp.atlas.place import Standing
from geoapp.atlas.portrait import standing
from geoapp.atlas.search import likeness
from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.domain.observations import Mark, Observation
from geoapp.domain.search_words import Asked, code_starts, edits, key, readings
from geoapp.web.pages.small import spark, strip


@pytest.mark.parametrize(
    "typed", ["Oro-oro Dowo", "oro  oro dowo", "ORO ORO DOWO", " Oro\u2010oro\tDowo ", "\u202eoro oro dowo"]
)
def test_a_name_is_the_same_however_it_is_typed(typed: str) -> None:
    assert key(typed) == "oro oro dowo"


def test_signs_that_are_no_letters_make_no_name() -> None:
    assert key("… / ()") == ""
    assert list(readings("'")) == []


def test_a_word_for_a_level_may_be_part_of_the_name_or_say_the_level() -> None:
    asked = list(readings("Kec. Cinangka"))

    assert asked[0] == Asked("kec cinangka")
    assert Asked("cinangka", Level.DISTRICT) in asked


def test_what_stands_behind_a_comma_names_the_parents() -> None:
    assert list(readings("Sukamaju, Kab. Bogor")) == [Asked("sukamaju", None, ("bogor",))]


def test_words_behind_a_name_may_name_its_parents_too() -> None:
    asked = list(readings("desa sukamaju cibadak"))

    assert Asked("sukamaju", Level.VILLAGE, ("cibadak",)) in asked
    assert all(each.key for each in asked)


def test_numbers_are_found_in_either_writing() -> None:
    assert Asked("batu marta ii") in list(readings("batu marta 2"))
    assert Asked("batu marta 2") in list(readings("Batu Marta II"))


@pytest.mark.parametrize(
    ("typed", "kemendagri", "bps"),
    [
        ("35.73.02.1006", "35.73.02.1006", None),
        ("3573021006", "35.73.02.1006", "3573021006"),
        ("35730", "35.73.0", "35730"),
        ("35.7", "35.7", None),
        ("bps 3573021006", None, "3573021006"),
        ("BPS-3573", None, "3573"),
        ("35.73.02.1006.003", "35.73.02.1006.003", None),
        ("2024", "20.24", "2024"),
    ],
)
def test_the_beginning_of_a_code_is_known_in_every_form(typed: str, kemendagri: str | None, bps: str | None) -> None:
    assert code_starts(typed) == {
        system: start for system, start in ((CodeSystem.KEMENDAGRI, kemendagri), (CodeSystem.BPS, bps)) if start
    }


@pytest.mark.parametrize("typed", ["Kasin", "RW 03", "3", "35x", "٣٥.٧٣", "1 Ulu", ""])
def test_a_name_is_no_code(typed: str) -> None:
    assert code_starts(typed) == {}


@pytest.mark.parametrize("wrong", ["kasim", "ksain", "kasinn", "kain", "lasin"])
def test_one_mistake_in_a_short_name_is_looked_up(wrong: str) -> None:
    assert "kasin" in edits(wrong)
    assert wrong not in edits(wrong)


def test_a_nearer_name_is_likelier_and_a_kind_in_front_is_free() -> None:
    assert likeness("cikoletet", "cikolelet") > likeness("cikoletet", "cikoneng") >= 0.5
    assert likeness("serang", "kabupaten serang") > 0.95
    assert likeness("serang", "surabaya") < 0.5


def test_a_rank_counts_from_the_highest_and_ties_share_it() -> None:
    figures = (0.0, 0.0, 1.0, 5.0, 5.0, 9.0)

    assert standing(Observation(figure=9.0), figures) == Standing(1, 0, 6)
    assert standing(Observation(figure=5.0), figures) == Standing(2, 1, 6)
    assert standing(Observation(figure=0.0), figures) == Standing(5, 1, 6)


def test_what_is_only_partly_covered_has_no_rank() -> None:
    assert standing(Observation(figure=5.0, marks=frozenset({Mark.PARTIAL})), (1.0, 9.0)) is None
    assert standing(Observation(category="maju"), ()) is None


def test_a_line_breaks_where_a_figure_is_missing() -> None:
    drawn = spark([1.0, 2.0, None, 4.0, 3.0, None])

    assert drawn is not None
    assert drawn.path.count("M") == 2
    assert drawn.last is None


def test_a_figure_between_two_gaps_is_a_dot() -> None:
    drawn = spark([None, 2.0, None, 2.0, 2.0])

    assert drawn is not None
    assert len(drawn.alone) == 1
    assert drawn.path.count("M") == 1


def test_a_strip_needs_figures_that_differ() -> None:
    assert strip([], None, None) is None
    assert strip([3.0, 3.0], 3.0, 3.0) is None


def test_a_strip_has_a_tick_for_every_figure_that_can_be_told_apart() -> None:
    drawn = strip([float(n // 2) for n in range(40)], 0.0, -5.0)

    assert drawn is not None
    assert drawn.path.count("M") == 20
    assert drawn.own == drawn.whole == 4.0
