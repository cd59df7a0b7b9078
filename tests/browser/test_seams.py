"""Tiles leave no line where they meet: between two pixels of one colour no row or column is of another one."""

import numpy as np
import pytest

from tests.browser.conftest import Profiles, Site, Watch, visiting
from tests.browser.framed import pixels

LONGEST = 24
"""Pixels: no border and no letter stays one colour along the screen for so long."""


def lines_along(image: np.ndarray) -> list[tuple[int, int]]:
    """Rows of one colour for a long stretch that is not that of both sides, which agree: (row, pixels)."""
    colours = image[:, :, :3].astype(int)
    above, row, below = colours[:-4], colours[2:-2], colours[4:]
    odd = (np.abs(above - below).sum(2) == 0) & (np.abs(row - above).sum(2) > 3)
    odd[:, 1:] &= np.abs(np.diff(row, axis=1)).sum(2) <= 3
    found = []
    for at, flags in enumerate(odd):
        ends = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(int), [0]))))
        longest = max(ends[1::2] - ends[::2], default=0)
        if longest > LONGEST:
            found.append((at + 2, int(longest)))
    return found


def test_a_line_is_seen() -> None:
    image = np.full((40, 60, 3), 80, np.uint8)
    image[20, 10:50] = 84

    assert lines_along(image) == [(20, 39)]  # its first pixel is no stretch yet


@pytest.mark.parametrize("width", [1001, 1180, 1440])
def test_no_line_is_left_where_tiles_meet(profiles: Profiles, sample: Site, watch: Watch, width: int) -> None:
    with visiting(profiles, sample.url, watch) as visit:
        page = visit("/maps/idm-nusa-purnama-sample-2024", viewport={"width": width, "height": 900})
        image = pixels(page.locator(".map-live").screenshot())
    down, across = image.shape[0] // 6, image.shape[1] // 6
    image = image[down:-down, across:-across]  # buttons, scale and source stand around it

    assert lines_along(image) == []
    assert lines_along(image.transpose(1, 0, 2)) == []
