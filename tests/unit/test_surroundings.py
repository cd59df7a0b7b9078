"""What lies around an area travels in a compact document and comes back as it was, to a step of its grid."""

import json

import pytest
import shapely

from geoapp.domain.mercator import metres
from geoapp.domain.surroundings import NEIGHBOUR, SEA, STEPS, PlaceName, Surroundings, decode, encode

WEST, SOUTH = metres(105.5, -6.8)
SIDE = 160_000.0


def box(x: float, y: float, width: float, height: float) -> shapely.Polygon:
    """A box in shares of the frame, from its south-west corner."""
    return shapely.box(WEST + x * SIDE, SOUTH + y * SIDE, WEST + (x + width) * SIDE, SOUTH + (y + height) * SIDE)


LAND = shapely.MultiPolygon([box(0, 0, 1, 0.4).difference(box(0.2, 0.1, 0.1, 0.1)), box(0.7, 0.8, 0.2, 0.2)])
AROUND = Surroundings(
    box=(105.5, -6.8, 106.9, -5.4),
    land=LAND,
    water=shapely.MultiPolygon([box(0.5, 0.1, 0.1, 0.1)]),
    lines=shapely.MultiLineString([[(WEST + 0.4 * SIDE, SOUTH), (WEST + 0.45 * SIDE, SOUTH + 0.4 * SIDE)]]),
    names=(PlaceName("Kab. Contoh", NEIGHBOUR, (105.8, -6.5)), PlaceName('Laut "Uji" <b>', SEA, (106.1, -5.8))),
)


def test_shapes_come_back_to_a_step_of_the_grid() -> None:
    step = SIDE / STEPS

    again = decode(json.loads(json.dumps(encode(AROUND))))

    assert again.names == AROUND.names
    assert again.box == AROUND.box
    for name in ("land", "water", "lines"):
        assert shapely.hausdorff_distance(getattr(again, name), getattr(AROUND, name)) < step, name
    assert again.land.is_valid
    assert again.land.area == pytest.approx(AROUND.land.area, rel=1e-3)


def test_rings_are_whole_steps_from_a_first_point_and_not_closed() -> None:
    document = encode(AROUND)

    first = document["land"][1][0][:2]
    assert all(isinstance(each, int) for ring in document["land"][0] for each in ring)
    assert len(document["land"][0]) == 2, "the hole stays a hole"
    assert len(document["land"][1][0]) == 8, "four corners, the first not said again"
    assert max(first) <= STEPS
    x0, y0, step = document["grid"]
    assert 0 < x0 < 1 and 0 < y0 < 1 and step == pytest.approx(SIDE / 40075016.7 / STEPS, rel=1e-6)


def test_what_collapses_on_the_grid_is_left_out() -> None:
    speck = shapely.MultiPolygon([*LAND.geoms, shapely.box(WEST, SOUTH + SIDE * 0.9, WEST + 1, SOUTH + SIDE * 0.9 + 1)])

    document = encode(Surroundings(AROUND.box, speck, AROUND.water, AROUND.lines, ()))

    assert len(document["land"]) == 2


def test_open_sea_has_no_lines_and_no_water() -> None:
    nothing = shapely.MultiPolygon()

    again = decode(encode(Surroundings(AROUND.box, LAND, nothing, shapely.MultiLineString(), ())))

    assert again.water.is_empty and again.lines.is_empty and not again.land.is_empty
