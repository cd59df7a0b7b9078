"""Surroundings are made from files as they are, refused clearly, replaced and removed."""

import json
from pathlib import Path

import pytest
import shapely

from geoapp.atlas import reading
from geoapp.cli import run
from geoapp.domain.surroundings import decode
from geoapp.store import surroundings as kept
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests import world

WEST, SOUTH = world.WEST, world.SOUTH
SEA = f"Laut Uji={WEST + 0.12},{SOUTH + 0.05}"


@pytest.fixture
def command(urls: Urls, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    """Runs ``geoapp boundaries surroundings`` on the small world; gives exit code and what was said."""
    monkeypatch.setenv("GEOAPP_DATABASE_URL", urls.owner)
    monkeypatch.setenv("GEOAPP_VAR", str(tmp_path))
    monkeypatch.setenv("GEOAPP_LANG", "en")
    with store.begin() as connection:
        world.store_world(connection)

    def said(*arguments: str) -> tuple[int, str, str]:
        code = run(["boundaries", "surroundings", *arguments])
        out = capsys.readouterr()
        return code, out.out, out.err

    return said


def _square(west: float, south: float, east: float, north: float) -> list[list[list[float]]]:
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def _features() -> list[dict]:
    """Two neighbours to the west, the area itself, a lake, and a name of the sea; coarser than the area's own lines."""
    rows = [
        ("Pandeglang", "36-01", "Polygon", _square(WEST - 0.2, SOUTH - 0.2, WEST + 0.001, SOUTH + 0.03)),
        ("Cilegon", "36-72", "Polygon", _square(WEST - 0.2, SOUTH + 0.03, WEST + 0.001, SOUTH + 0.2)),
        ("Contoh", "35-99", "Polygon", _square(WEST, SOUTH, WEST + 0.079, SOUTH + 0.059)),
        ("Danau Uji", "", "Polygon", _square(WEST - 0.06, SOUTH + 0.03, WEST - 0.04, SOUTH + 0.05)),
        ("Teluk Uji", "", "Point", [WEST + 0.1, SOUTH + 0.09]),
    ]
    return [
        {
            "type": "Feature",
            "properties": {"kabkot": name, "id": code},
            "geometry": {"type": kind, "coordinates": shape},
        }
        for name, code, kind, shape in rows
    ]


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "sekitar.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": _features()}))
    return str(path)


def _kept(store: Store) -> kept.Kept | None:
    with store.begin() as connection:
        return kept.surroundings(connection, world.EDITION)


def test_neighbours_water_and_sea_are_kept_with_their_names(command, store: Store, file: str) -> None:
    code, out, _ = command(file, "--edition", world.EDITION, "--sea", SEA, "--json")

    assert code == 0
    around = decode(json.loads(_kept(store).document))
    assert json.loads(out)["digest"] == _kept(store).digest
    assert {(each.name, each.kind) for each in around.names} == {
        ("Kab. Pandeglang", "neighbour"),
        ("Kota Cilegon", "neighbour"),
        ("Danau Uji", "water"),
        ("Teluk Uji", "sea"),
        ("Laut Uji", "sea"),
    }
    assert not around.water.is_empty and not around.lines.is_empty


def test_nothing_between_area_and_neighbours_is_left_open(command, store: Store, file: str) -> None:
    command(file, "--edition", world.EDITION)

    land = decode(json.loads(_kept(store).document)).land
    own = shapely.union_all([shape for _, shape in world.mercator()])
    neighbour = shapely.box(*(shapely.bounds(own)[[0, 1]] - [5000, 0]), *(shapely.bounds(own)[[0, 3]] + [300, 0]))
    assert shapely.difference(neighbour, shapely.union(land, own)).area < 1e-3 * neighbour.area


def test_the_frame_reaches_far_enough_for_a_phone_and_a_wide_screen(command, store: Store, file: str) -> None:
    command(file, "--edition", world.EDITION)

    west, south, east, north = decode(json.loads(_kept(store).document)).box
    assert (east - west) / (world.COLUMNS * world.SIDE) > 2.4
    assert (north - south) / (world.ROWS * world.SIDE) > 2.4


def test_topojson_is_read_too(command, store: Store, tmp_path: Path) -> None:
    arc = [[0, 0], [2000, 0], [0, 4000], [-2000, 0], [0, -4000]]
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.0001, 0.0001], "translate": [WEST - 0.2, SOUTH - 0.2]},
        "arcs": [arc],
        "objects": {"kab": {"type": "GeometryCollection", "geometries": [
            {"type": "Polygon", "arcs": [[0]], "properties": {"nama": "Kabupaten Barat"}}]}},
    }  # fmt: skip
    path = tmp_path / "kab.json"
    path.write_text(json.dumps(topology))

    code, out, _ = command(str(path), "--edition", world.EDITION)

    assert code == 0
    assert "Kab. Barat" in out


def test_a_second_time_replaces_and_remove_lets_go(command, store: Store, file: str) -> None:
    command(file, "--edition", world.EDITION)
    first = _kept(store)
    command(file, "--edition", world.EDITION, "--sea", SEA)

    assert _kept(store).digest != first.digest
    code, out, _ = command("--edition", world.EDITION, "--remove")
    assert (code, _kept(store)) == (0, None)
    assert world.EDITION in out
    assert command("--edition", world.EDITION, "--remove")[0] == 1


@pytest.mark.parametrize(
    ("more", "code", "word"),
    [
        (["--edition", "tidak-ada-2024"], 1, "tidak-ada-2024"),
        (["--edition", world.EDITION, "--name-column", "label"], 2, "label"),
        (["--edition", world.EDITION, "--sea", "Laut Jawa 106,-5"], 2, "--sea"),
        (["--edition", world.EDITION, "--remove"], 2, "--remove"),
    ],
)
def test_what_cannot_be_followed_is_refused_in_a_sentence(command, store, file, more, code, word) -> None:
    found, _, said = command(file, *more)

    assert found == code
    assert word in said
    assert _kept(store) is None


def test_a_file_of_somewhere_else_is_refused(command, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "jauh.geojson"
    far = {"type": "Feature", "properties": {"nama": "Jauh"},
           "geometry": {"type": "Polygon", "coordinates": _square(130, -3, 131, -2)}}  # fmt: skip
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [far]}))

    code, _, said = command(str(path), "--edition", world.EDITION)

    assert code == 1
    assert "jauh.geojson" in said


def test_a_name_of_the_sea_beside_the_frame_is_said_and_left_out(command, store: Store, file: str) -> None:
    code, _, said = command(file, "--edition", world.EDITION, "--sea", "Laut Jauh=130,-2")

    assert code == 0
    assert "Laut Jauh" in said
    assert "Laut Jauh" not in _kept(store).document


def test_neither_file_nor_remove_is_a_question_that_cannot_be_read(command) -> None:
    assert command("--edition", world.EDITION)[0] == 2


def test_whose_they_are_is_kept_with_them_and_goes_with_a_file_of_someone_else(
    command, store: Store, file: str
) -> None:
    code, out, _ = command(file, "--edition", world.EDITION, "--source", "  BIG,\n CC BY 4.0 ", "--json")

    assert (code, json.loads(out)["source"]) == (0, "BIG, CC BY 4.0")
    assert reading.layer(store, world.LAYER).around_source == "BIG, CC BY 4.0"

    command(file, "--edition", world.EDITION)

    assert reading.layer(store, world.LAYER).around_source == ""
