"""The judge of the benchmarks sees what it is there to see: in tiles of our making, each fault alone."""

import mapbox_vector_tile
import pytest
import shapely

from benchmarks.bench.verdict import Verdict, judged
from geoapp.tiles.address import Address

CORNER = Address(2, 3, 1)
WEST = [(100, 100), (500, 100), (500, 300), (500, 500), (100, 500)]
EAST = [(500, 100), (900, 100), (900, 500), (500, 500), (500, 300)]


def _judge(drawn: dict[str, list[tuple[int, int]]], extent: int = 1024) -> Verdict:
    at = (CORNER.x * 1024, CORNER.y * 1024)
    true = {
        code: shapely.Polygon([(x + at[0], y + at[1]) for x, y in ring])
        for code, ring in {"a": WEST, "b": EAST}.items()
    }
    return judged({CORNER: _body(drawn, extent)}, true)


def _body(drawn: dict[str, list[tuple[int, int]]], extent: int = 1024) -> bytes:
    scale = extent // 1024
    features = [
        {"geometry": shapely.Polygon([(x * scale, y * scale) for x, y in ring]), "properties": {"code": code}}
        for code, ring in drawn.items()
    ]
    options = {"y_coord_down": True, "extents": extent, "check_winding_order": False}
    return bytes(mapbox_vector_tile.encode({"name": "any", "features": features}, default_options=options))


@pytest.mark.parametrize("extent", [1024, 4096])
def test_an_exact_tile_of_any_extent_is_faultless(extent: int) -> None:
    found = _judge({"a": WEST, "b": EAST}, extent)
    assert (found.features, found.lost, found.unmatched, found.invalid, found.overlap) == (2, set(), set(), set(), 0)


def test_a_village_that_is_not_there_is_lost_and_its_neighbour_unmatched() -> None:
    found = _judge({"a": WEST})
    assert (found.lost, found.unmatched) == ({"b"}, {"a"})


def test_a_vertex_on_one_side_alone_leaves_both_sides_unmatched() -> None:
    found = _judge({"a": [each for each in WEST if each != (500, 300)], "b": EAST})
    assert (found.lost, found.unmatched, found.overlap) == (set(), {"a", "b"}, 0)


def test_a_moved_border_overlaps() -> None:
    found = _judge({"a": [(100, 100), (500, 100), (510, 300), (500, 500), (100, 500)], "b": EAST})
    assert found.unmatched == {"a", "b"}
    assert found.overlap == pytest.approx(2000)


def test_a_coast_moved_by_a_unit_is_no_fault() -> None:
    assert not _judge({"a": [(99, 100), *WEST[1:4], (99, 500)], "b": EAST}).unmatched


def test_a_border_that_the_next_tile_draws_elsewhere_is_a_crossing_that_differs() -> None:
    strip = {"a": [(900, 100), (1100, 100), (1100, 500), (900, 500)]}
    moved = {"a": [(900, 100), (1100, 100), (1100, 503), (900, 503)]}
    for beside, differing in ((strip, 0), (moved, 1)):
        west, east = _body(strip), _body({"a": [(x - 1024, y) for x, y in beside["a"]]})
        found = judged({Address(2, 0, 0): west, Address(2, 1, 0): east}, {"a": shapely.Polygon(strip["a"])})
        assert (found.crossings, found.differing) == (2, differing)


def test_a_ring_that_crosses_itself_is_invalid() -> None:
    crossed = [(100, 100), (500, 300), (500, 100), (100, 500)]
    assert _judge({"a": crossed, "b": EAST}).invalid == {"a"}
