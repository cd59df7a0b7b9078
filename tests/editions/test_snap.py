"""Snap rounding: whatever the coverage, on the grid neighbours share every vertex, and nothing overlaps."""

from collections import defaultdict

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoapp.editions import coverage
from geoapp.editions.snap import Cuts, snap
from geoapp.editions.snap_cells import snap_all
from tests.editions import exact

SIDE, MARGIN = 32, 2
CUTS = Cuts(SIDE, MARGIN)
steady = settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def voronoi(seed: int, cells: int, width: float, regions: int, sea: float, islets: int = 0) -> np.ndarray:
    """A random coverage: cells around random points merged to regions, some of them sea, which leaves coasts and holes.

    The region of a cell is chosen by chance, so that regions have many parts, necks of one vertex, holes in holes.
    """
    chance = np.random.default_rng(seed)
    around = shapely.box(1, 1, 1 + width, 1 + width)
    points = shapely.multipoints(chance.uniform(1, 1 + width, (cells, 2)))
    drawn = shapely.intersection(shapely.get_parts(shapely.voronoi_polygons(points, extend_to=around)), around)
    fitted = shapely.coverage_simplify(drawn[shapely.area(drawn) > 0], 0)
    of = np.where(chance.random(len(fitted)) < sea, -1, chance.integers(0, regions, len(fitted)))
    shapes = [shapely.coverage_union_all(fitted[of == region]) for region in range(regions)]
    for n in range(islets):
        x, y = 4 + width + 3 * n, chance.uniform(1, width)
        shapes[n % regions] = shapely.union(shapes[n % regions], shapely.Point(x, y).buffer(chance.uniform(0.1, 1)))
    return np.array([shape for shape in shapes if not shape.is_empty], dtype=object)


coverages = st.builds(
    voronoi,
    st.integers(0, 2**32 - 1),
    st.integers(3, 120),
    st.sampled_from([3.0, 8.0, 20.0, 60.0, 150.0]),
    st.integers(1, 40),
    st.sampled_from([0.0, 0.1, 0.5]),
    st.integers(0, 3),
)


@steady
@given(coverages)
def test_on_the_grid_every_border_is_the_same_from_both_sides(shapes: np.ndarray) -> None:
    exact.judged(snap(shapes, CUTS))


@steady
@given(coverages)
def test_nothing_new_is_coast_and_no_coast_moves_farther_than_half_a_squares_diagonal(shapes: np.ndarray) -> None:
    snapped = snap(shapes, CUTS)

    before = shapely.boundary(shapely.union_all(shapes))
    coast = exact.judged(snapped)
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in coast]
    points = shapely.points(np.array([point for edge in coast for point in edge] + middles).reshape(-1, 2))
    assert (shapely.distance(points, before) < 0.7072).all()


@steady
@given(coverages)
def test_every_vertex_lies_within_half_a_squares_diagonal_of_its_regions_border(shapes: np.ndarray) -> None:
    for before, after in zip(shapes, snap(shapes, CUTS), strict=True):
        points = shapely.points(shapely.get_coordinates(after))
        assert (shapely.distance(points, shapely.boundary(before)) < 0.7072).all()


@steady
@given(coverages)
def test_a_line_along_which_tiles_are_cut_meets_borders_in_vertices(shapes: np.ndarray) -> None:
    for shape in snap(shapes, CUTS):
        for axis in (0, 1):
            along = shapely.get_coordinates(shape)[:, axis]
            for line in range(-MARGIN, int(max(along, default=0)) + SIDE, SIDE):
                for cut in (line, line + 2 * MARGIN):
                    rings = shapely.get_rings(shapely.get_parts(shape))
                    for ring in rings:
                        place = shapely.get_coordinates(ring)[:, axis] - cut
                        assert (place[1:] * place[:-1] >= 0).all()


@steady
@given(coverages, st.integers(0, 2**32 - 1))
def test_the_order_of_regions_and_the_start_of_rings_change_nothing(shapes: np.ndarray, seed: int) -> None:
    chance = np.random.default_rng(seed)
    order = chance.permutation(len(shapes))
    other = shapely.reverse(shapely.normalize(shapes))[order]

    assert shapely.normalize(snap(shapes, CUTS))[order].tolist() == shapely.normalize(snap(other, CUTS)).tolist()


def test_what_lies_on_the_grid_already_stays() -> None:
    chance = np.random.default_rng(7)
    triangles = shapely.delaunay_triangles(shapely.multipoints(chance.integers(0, 40, (60, 2)) * 3))
    shapes = np.array(shapely.get_parts(triangles))
    kept = shapes[shapely.minimum_clearance(shapes) > 1.5]

    assert shapely.equals(snap(kept), kept).all()
    assert len(kept) > 20


@steady
@given(coverages, st.integers(0, 39))
def test_rounding_is_local(shapes: np.ndarray, chosen: int) -> None:
    chosen %= len(shapes)
    near = np.flatnonzero(shapely.dwithin(shapes, shapes[chosen], 2))

    alone = snap(shapes[near], CUTS)[np.searchsorted(near, chosen)]

    assert shapely.normalize(alone) == shapely.normalize(snap(shapes, CUTS)[chosen])


def test_a_point_where_regions_touch_stays_one_point() -> None:
    one, other = shapely.box(0, 0, 4, 4), shapely.box(4, 4, 8, 8)

    snapped = snap(np.array([shapely.union(one, other)]))

    assert shapely.equals(snapped[0], shapely.MultiPolygon([one, other]))


def test_a_hole_that_touches_the_shell_stays_a_hole() -> None:
    ring = shapely.Polygon([(0, 0), (10, 0), (10, 10), (0, 10)], [[(0, 0), (5, 8), (8, 5)]])
    inside = shapely.Polygon([(0, 0), (8, 5), (5, 8)])

    snapped = snap(np.array([ring, inside]))

    exact.judged(snapped)
    assert shapely.get_num_interior_rings(shapely.get_parts(snapped[0])).tolist() == [1]
    assert shapely.equals(snapped[0], ring)


def test_an_island_in_a_lake_on_an_island_finds_its_own_shore() -> None:
    def square(half: float) -> shapely.Polygon:
        return shapely.box(50 - half, 50 - half, 50 + half, 50 + half)

    rings = [shapely.difference(square(outer), square(inner)) for outer, inner in ((48, 40), (30, 20), (18, 2))]

    snapped = snap(np.array([shapely.union_all(rings)]))

    exact.judged(snapped)
    assert shapely.equals(snapped[0], shapely.union_all(rings))


def test_a_neck_thinner_than_half_a_unit_closes_and_makes_two_parts() -> None:
    dumbbell = shapely.Polygon(
        [(0, 0), (4, 0), (4, 1.9), (8, 1.9), (8, 0), (12, 0), (12, 4), (8, 4), (8, 2.1), (4, 2.1), (4, 4), (0, 4)]
    )

    snapped = snap(np.array([dumbbell]))

    assert shapely.equals(snapped[0], shapely.MultiPolygon([shapely.box(0, 0, 4, 4), shapely.box(8, 0, 12, 4)]))


def test_what_is_smaller_than_a_square_vanishes_without_a_trace() -> None:
    speck = shapely.box(5.1, 5.1, 5.3, 5.3)
    around = shapely.difference(shapely.box(0, 0, 9, 9), speck)

    snapped = snap(np.array([around, speck]))

    assert shapely.is_empty(snapped).tolist() == [False, True]
    assert shapely.equals(snapped[0], shapely.box(0, 0, 9, 9))


@pytest.mark.parametrize("length", [20_000.0, 300_000.0])
def test_a_very_long_straight_border_is_followed_without_an_error(length: float) -> None:
    low = shapely.Polygon([(0.3, 0), (length, 0), (length + 0.4, length / 3), (0.3, 7.7)])
    high = shapely.Polygon([(0.3, 7.7), (length + 0.4, length / 3), (0.3, length / 2)])

    snapped = snap(np.array([low, high]), Cuts(1024, 16))

    exact.judged(snapped)
    by_line = defaultdict(int)
    for x, _ in shapely.get_coordinates(snapped[0]):
        by_line[int(x) % 1024] += 1
    assert by_line[16] >= length // 1024


def test_rings_run_the_same_way_round_a_region_that_was_given_a_cell() -> None:
    tiny = shapely.box(10.2, 10.2, 10.4, 10.4)
    around = shapely.box(0, 0, 20, 20).difference(tiny)

    snapped, drawn_over = snap_all(coverage.polygons([around, tiny]), CUTS, np.array([[1.0, 1.0], [10.3, 10.3]]))

    assert not drawn_over.any() and shapely.area(snapped).tolist() == [399, 1]
    exact.judged(snapped)


@steady
@given(coverages, st.sampled_from([0.0, 1.5, 6.0]))
def test_however_coarsely_it_was_drawn_every_region_is_near_its_inside_point(shapes: np.ndarray, coarse: float) -> None:
    inside = shapely.get_coordinates(shapely.point_on_surface(shapes))
    simple = coverage.simplify(coverage.polygons(shapes), coarse)

    snapped, drawn_over = snap_all(simple, CUTS, inside)

    assert (shapely.distance(snapped, shapely.points(inside)) <= 2).all()
    assert shapely.is_valid(snapped).all() and exact.turned_right(snapped)
    if not drawn_over.any():
        exact.judged(snapped)
