"""Lineage as rules: what is no lineage, which changes lead where, and what becomes of a figure on the way."""

from collections.abc import Sequence
from datetime import date

import pytest

from geoapp.domain.lineage import Kind, Lineage, ShareOf, Step
from geoapp.domain.lineage_faults import faults
from geoapp.domain.observations import MISSING, Mark, Observation, State
from geoapp.domain.passing import Passed, Rule, Way, passed

A, B, C, D = (f"35.73.01.100{n}" for n in range(1, 5))
DAY, LATER = date(2022, 1, 1), date(2024, 7, 1)


def step(old: str, new: str, kind: Kind, share: float | None = None, since: date = DAY) -> Step:
    return Step(since, old, new, kind, share, ShareOf.AREA if share is not None else None)


SPLIT = (step(A, A, Kind.SPLIT, 0.7), step(A, B, Kind.SPLIT, 0.3))
MERGE = (step(A, A, Kind.MERGE), step(B, A, Kind.MERGE))


def summing(told: dict[str, Observation]) -> Rule:
    def merged(olds: Sequence[str]) -> Observation:
        return Observation(figure=sum(told[old].figure or 0.0 for old in olds))

    return Rule(merged)


def figures(**said: float) -> dict[str, Observation]:
    codes = {"a": A, "b": B, "c": C, "d": D}
    return {codes[name]: Observation(figure=figure) for name, figure in said.items()}


# ── what is no lineage ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("steps", [SPLIT, MERGE, (step(A, C, Kind.MOVE),), (step(A, A, Kind.RENAME),)])
def test_a_change_told_whole_is_a_lineage(steps: tuple[Step, ...]) -> None:
    assert faults(steps) == ()


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ((step(A, A, Kind.SPLIT, 0.8), step(A, B, Kind.SPLIT, 0.3)), "error.lineage_shares_sum"),
        ((step(A, A, Kind.SPLIT, 0.0), step(A, B, Kind.SPLIT, 0.3)), "error.lineage_share_range"),
        ((step(A, A, Kind.SPLIT, float("nan")), step(A, B, Kind.SPLIT, 0.3)), "error.lineage_share_range"),
        ((step(A, B, Kind.SPLIT, 0.3),), "error.lineage_split_of_one"),
        ((step(B, A, Kind.MERGE),), "error.lineage_merge_of_one"),
        ((step(A, B, Kind.MOVE), step(A, C, Kind.MOVE)), "error.lineage_not_alone"),
        ((step(A, A, Kind.KIND),), "error.lineage_same_code"),
        ((step(A, B, Kind.MOVE), step(A, B, Kind.RENAME)), "error.lineage_twice"),
        ((step(A, B, Kind.MOVE), step(B, A, Kind.MOVE, since=LATER)), "error.lineage_circle"),
        (
            (step(A, B, Kind.MOVE), step(B, C, Kind.MOVE, since=LATER), step(C, A, Kind.MOVE, since=date(2025, 1, 1))),
            "error.lineage_circle",
        ),
        ((*SPLIT, *(step(s.old, s.new, s.kind, s.share, LATER) for s in SPLIT)), "error.lineage_again"),
    ],
)
def test_what_cannot_have_happened_is_refused(steps: tuple[Step, ...], message: str) -> None:
    assert message in {each.message for each in faults(steps)}


def test_one_region_may_be_split_again() -> None:
    again = (step(A, A, Kind.SPLIT, 0.5, LATER), step(A, C, Kind.SPLIT, 0.5, LATER))
    assert faults((*SPLIT, *again)) == ()


# ── which changes lead where ───────────────────────────────────────────────────────────────────────────────────


def test_steps_of_one_day_that_share_a_code_are_one_change() -> None:
    found = Lineage.of([*SPLIT, step(C, D, Kind.MOVE), step(B, "35.73.02.1009", Kind.MOVE, since=LATER)])

    assert [(each.since, each.olds, each.news) for each in found.changes] == [
        (DAY, {A}, {A, B}),
        (DAY, {C}, {D}),
        (LATER, {B}, {"35.73.02.1009"}),
    ]


def test_a_code_is_followed_over_several_years() -> None:
    parts = [step(B, new, Kind.SPLIT, since=LATER) for new in (C, D)]
    found = Lineage.of([step(A, B, Kind.MOVE), *parts])

    assert found.heirs(A) == {C, D}
    assert found.into({C, D}, LATER).changes == found.changes
    assert found.into({B}, DAY).changes == found.changes[:1]
    assert found.into({A}, date(2020, 1, 1)).changes == ()


def test_the_codes_say_whether_boundaries_were_drawn_after_a_change_and_not_their_date() -> None:
    found = Lineage.of(SPLIT)

    assert found.into({A, B}, date(2020, 12, 31)).changes
    assert not found.into({A}, date(2026, 12, 31)).changes


def test_changes_between_boundaries_and_a_moment_are_counted_from_either_side() -> None:
    found = Lineage.of([*SPLIT, step(C, C, Kind.RENAME, since=LATER)])

    assert apart(found, {A, C}, 2020, 2023) == 1
    assert apart(found, {A, B, C}, 2024, 2021) == 1
    assert apart(found, {A, B, C}, 2024, 2022) == 0  # a new name moves no land


def test_a_change_whose_codes_changed_again_still_lies_behind() -> None:
    found = Lineage.of([*SPLIT, step(B, D, Kind.MOVE, since=date(2023, 1, 1))])

    assert [apart(found, {A, D}, 2024, year) for year in (2021, 2022, 2023)] == [2, 1, 0]


def apart(found: Lineage, codes: set[str], dated: int, year: int) -> int:
    past = found.into(codes, date(dated, 12, 31))
    return found.apart(past, codes, date(year, 12, 31))


def test_a_code_that_stayed_is_of_the_time_of_its_period() -> None:
    (split,) = Lineage.of(SPLIT).changes
    (merge,) = Lineage.of(MERGE).changes
    before, after = date(2021, 12, 31), date(2022, 12, 31)

    assert split.spoken({A}, set(), before) and not split.spoken({A}, set(), after)
    assert not split.spoken({A, B}, {B}, before)  # a figure of the part: the table was made over for today
    assert split.spoken({A, B}, set(), before)  # an empty cell of the part says nothing
    assert merge.spoken({A, B}, set(), after)  # the code that ended is in the table
    assert not merge.spoken({A}, set(), after)


# ── what becomes of a figure ───────────────────────────────────────────────────────────────────────────────────


def told(steps: Sequence[Step], said: dict[str, Observation], divides: bool = False) -> dict[str, Passed]:
    (change,) = Lineage.of(steps).changes
    return passed(change, said, summing(said)._replace(divides=divides))


@pytest.mark.parametrize("kind", [Kind.MOVE, Kind.RENAME, Kind.KIND])
def test_a_code_that_became_one_other_keeps_its_figure_and_marks(kind: Kind) -> None:
    said = {A: Observation(figure=12.0, marks=frozenset({Mark.PROVISIONAL}))}
    assert told([step(A, C, kind)], said) == {C: Passed(said[A], Way.CARRIED, (A,))}


def test_merged_figures_are_added_where_all_parts_are_there() -> None:
    assert told(MERGE, figures(a=10, b=5)) == {A: Passed(Observation(figure=15.0), Way.SUMMED, (A, B))}
    assert told(MERGE, figures(a=10)) == {A: Passed(MISSING, Way.PARTS, (A,))}
    assert told(MERGE, {**figures(a=10), B: MISSING})[A].way is Way.PARTS


def test_merged_figures_that_no_rule_makes_one_are_missing() -> None:
    (change,) = Lineage.of(MERGE).changes
    assert passed(change, figures(a=10, b=5), Rule(lambda olds: None))[A] == Passed(MISSING, Way.RATE, (A, B))


def test_a_split_figure_is_never_divided_unasked() -> None:
    assert told(SPLIT, figures(a=100)) == {code: Passed(MISSING, Way.SPLIT, (A,)) for code in (A, B)}


def test_a_split_figure_that_is_divided_is_estimated_and_its_parts_make_the_whole() -> None:
    found = told(SPLIT, figures(a=100), divides=True)

    assert [each.observation.figure for each in found.values()] == pytest.approx([70.0, 30.0])
    assert {each.way for each in found.values()} == {Way.SHARED}
    assert all(Mark.ESTIMATED in each.observation.marks for each in found.values())


def test_without_a_share_nothing_is_divided_even_where_it_was_asked() -> None:
    found = told([step(A, A, Kind.SPLIT), step(A, B, Kind.SPLIT, 0.3)], figures(a=100), divides=True)
    assert (found[A].way, found[B].observation.figure) == (Way.SPLIT, pytest.approx(30.0))


def test_why_there_is_no_figure_holds_for_every_part() -> None:
    said = {A: Observation(state=State.NOT_APPLICABLE)}
    assert {each.observation for each in told(SPLIT, said).values()} == {said[A]}


def test_land_that_went_over_to_a_neighbour_takes_its_share_with_it() -> None:
    steps = [step(A, A, Kind.SPLIT, 0.8), step(A, B, Kind.SPLIT, 0.2), step(B, B, Kind.MERGE)]
    assert faults(steps) == ()
    found = told(steps, figures(a=100, b=50), divides=True)

    assert {code: each.observation.figure for code, each in found.items()} == pytest.approx({A: 80.0, B: 70.0})
    assert told(steps, figures(a=100), divides=True)[B].way is Way.PARTS
