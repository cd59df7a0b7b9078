"""What a process keeps is bounded by its weight, and never another's answer."""

from dataclasses import replace

from geoapp.atlas.families import families
from geoapp.atlas.kept import OfLong, kept, part
from tests import world


def test_what_was_asked_last_stays_within_the_room() -> None:
    asked: list[int] = []

    @kept(room=10, weigh=len)
    def found(n: int) -> str:
        asked.append(n)
        return "x" * n

    for n in (4, 5, 4, 3, 5, 4):
        assert found(n) == "x" * n

    # 3 pushes out 5, which was asked for before 4; then 5 pushes out 4
    assert asked == [4, 5, 3, 5, 4]


def test_what_is_heavier_than_the_room_is_found_anew_and_pushes_nothing_out() -> None:
    asked: list[int] = []

    @kept(room=10, weigh=len)
    def found(n: int) -> str:
        asked.append(n)
        return "x" * n

    for n in (6, 11, 11, 6):
        found(n)

    assert asked == [6, 11, 11]


def test_a_long_tuple_is_told_from_another_that_is_equal() -> None:
    asked = []
    length: OfLong[int, int] = OfLong(lambda items: asked.append(1) or len(tuple(items)))  # type: ignore[func-returns-value]
    one, other = (tuple(range(start, 2000)) for start in (0, 1))

    assert [length(each) for each in (one, other, one, other)] == [2000, 1999, 2000, 1999]
    assert len(asked) == 2

    length.forget()
    length(one)
    assert len(asked) == 3


def test_families_count_parent_by_parent() -> None:
    regions = world.regions()
    related = families(regions)

    counted = related.counted(related.own >= 0)

    assert dict(zip(related.codes, counted.tolist(), strict=True)) == {
        code: sum(each.parent == code for each in regions) for code in {each.parent for each in regions}
    }


def test_a_part_of_a_long_tuple_is_the_same_every_time_so_that_what_was_found_of_it_is_kept() -> None:
    regions = tuple(world.regions()[0] for _ in range(3000))
    part.forget()

    assert part(regions, 101, 2100) is part(regions, 101, 2100)
    assert part(regions, 101, 2100) == regions[100:2100]
    assert part(regions, 1, 3000) == regions
    page = replace(world.page(), regions=regions, numbers=(101, 2100))
    assert page.shown_regions is replace(page).shown_regions
    assert families(page.shown_regions) is families(page.shown_regions)


def test_what_is_kept_of_long_tuples_is_bounded_by_their_items() -> None:
    asked: list[int] = []
    length: OfLong[int, int] = OfLong(lambda items: asked.append(1) or len(items))  # type: ignore[func-returns-value]
    many = [tuple(range(800_000)) for _ in range(3)]

    for each in (*many, many[2], many[1], many[0]):
        length(each)

    # two of them fit: the third pushed out the first, which was asked for anew
    assert len(asked) == 4
    length(tuple(range(2_000_001)))
    assert length(many[0]) == 800_000 and len(asked) == 5
