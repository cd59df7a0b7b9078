"""Island groups: what lies near each other is worked on together, and every region once."""

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoapp.domain.levels import Level
from geoapp.editions import islands as room
from geoapp.editions.islands import each_of, islands
from geoapp.editions.outlines import Outlines


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.integers(0, 2**32 - 1), st.integers(1, 60), st.sampled_from([0.0, 0.5, 3.0]), st.sampled_from([1, 60, 10**6]))
def test_every_region_is_in_one_group_and_groups_are_apart(seed: int, total: int, apart: float, bundle: int) -> None:
    chance = np.random.default_rng(seed)
    parts = shapely.box(*(chance.uniform(0, 60, (2, 2 * total)).repeat(2, axis=0)[[0, 2, 1, 3]] + [[0], [0], [1], [1]]))
    shapes = shapely.multipolygons(parts.reshape(total, 2))
    before, room._BUNDLE = room._BUNDLE, bundle
    try:
        groups = islands(shapes, apart)
    finally:
        room._BUNDLE = before

    assert sorted(np.concatenate(groups)) == list(range(total))
    for n, group in enumerate(groups):
        assert (np.diff(group) > 0).all()
        for other in groups[n + 1 :]:
            for shape in shapes[group]:
                assert (shapely.distance(shape, shapes[other]) > apart).all()


def test_what_is_made_of_groups_comes_back_in_their_order() -> None:
    groups = [np.arange(n) for n in (5, 90, 1, 40, 2, 41)]

    assert each_of(groups, len) == [5, 90, 1, 40, 2, 41]


def test_outlines_beyond_memory_are_the_same_as_within(monkeypatch) -> None:
    monkeypatch.setattr("geoapp.editions.outlines._IN_MEMORY", 100)
    squares = shapely.multipolygons([[shapely.box(n, 0, n + 1, 1)] for n in range(50)])
    made = Outlines()
    made.add(Level.VILLAGE, 9, np.arange(50, 24, -1), squares[:23:-1][:26])
    made.add(Level.VILLAGE, 9, np.arange(1, 25), squares[:24])

    assert shapely.equals(made[Level.VILLAGE, 9], squares).all()
    rows = {number: shapely.from_wkb(wkb) for _, _, number, wkb in made.rows()}
    assert shapely.equals([rows[n + 1] for n in range(50)], squares).all()
    assert list(made) == [(Level.VILLAGE, 9)]
