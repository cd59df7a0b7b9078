"""Zoom bands: which copy of the shapes a zoom is drawn from."""

import pytest

from geoapp.domain.zooms import BANDS, MAX_ZOOM, band_of


def test_bands_grow_finer_with_the_zoom_and_the_last_keeps_everything() -> None:
    assert [band.zoom for band in BANDS] == sorted({band.zoom for band in BANDS})
    assert [band.tolerance_m for band in BANDS] == sorted((band.tolerance_m for band in BANDS), reverse=True)
    assert BANDS[0].zoom == 0
    assert BANDS[-1] == (MAX_ZOOM, 0.0)


@pytest.mark.parametrize(("zoom", "first"), [(0, 0), (6, 0), (7, 7), (8, 7), (10, 9), (13, 13), (18, 13)])
def test_a_zoom_is_drawn_from_the_last_band_that_has_begun(zoom: int, first: int) -> None:
    assert band_of(zoom).zoom == first


def test_there_is_no_zoom_below_zero() -> None:
    with pytest.raises(ValueError, match="no tile"):
        band_of(-1)
