"""The table of grids: every zoom has one, and the last is finer than what is surveyed."""

import pytest

from geoapp.domain.zooms import GRIDS, MAX_ZOOM, grid_of


def test_every_zoom_from_the_first_grid_on_has_a_grid_of_its_own_and_units_grow_finer() -> None:
    assert [grid.zoom for grid in GRIDS] == list(range(GRIDS[0].zoom, MAX_ZOOM + 1))
    assert [grid.unit for grid in GRIDS] == sorted({grid.unit for grid in GRIDS}, reverse=True)


@pytest.mark.parametrize("grid", GRIDS)
def test_a_unit_is_half_a_pixel_or_finer_and_nothing_larger_than_a_pixel_is_left_out(grid) -> None:
    pixel = grid.extent / 512

    assert pixel >= 2
    assert grid.tolerance <= pixel
    assert grid.margin >= 4 * pixel, "lines along a tile's edge would be seen"


@pytest.mark.parametrize(("zoom", "grid"), [(0, 4), (3, 4), (4, 4), (7, 7), (12, 12), (13, 13), (18, 13)])
def test_a_zoom_is_drawn_from_its_own_grid_or_from_the_nearest(zoom: int, grid: int) -> None:
    assert grid_of(zoom).zoom == grid


def test_the_lines_along_which_tiles_of_a_lower_zoom_are_cut_are_lines_of_the_grid() -> None:
    grid = grid_of(0)
    lines = {column * grid.extent + side for column in range(1 << grid.zoom) for side in (-grid.margin, grid.margin)}

    for zoom in range(grid.zoom):
        side = grid.side(zoom)
        assert side << zoom == grid.extent << grid.zoom
        assert {column * side + grid.margin for column in range(1 << zoom)} <= lines
        assert {column * side - grid.margin for column in range(1 << zoom)} <= lines


def test_there_is_no_zoom_below_zero() -> None:
    with pytest.raises(ValueError, match="no tile"):
        grid_of(-1)
