"""The commands for tiles: made ahead and gone on with, listed, removed, and exported so that others can read them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import pyogrio
import pytest
from pmtiles.reader import MmapSource, Reader, all_tiles

from geoapp import create_app
from geoapp.cli import run
from geoapp.editions.cover import cover
from geoapp.settings import Settings
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from geoapp.tiles import ahead, place
from tests import world
from tests.built import write_built


@pytest.fixture(scope="module")
def world_urls(database: Any) -> Urls:
    urls: Urls = database()
    store = Store.at(*urls)
    with store.begin() as connection:
        world.store_world(connection)
        cover(connection, world.EDITION)
        connection.exec_driver_sql(f"UPDATE geography.edition SET grids = {place.REVISION}")
    store.close()
    return urls


@pytest.fixture(autouse=True)
def site(world_urls: Urls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("GEOAPP_DATABASE_URL", world_urls.owner)
    monkeypatch.setenv("GEOAPP_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("GEOAPP_LANG", "en")
    yield


def report(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert run([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def tiles_on_disk(tmp_path: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in (tmp_path / "var").rglob("*.mvt")}


def test_what_was_broken_off_goes_on_where_it_was(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("tiles", "make", world.EDITION, "--level", "village", "--to-zoom", "9")
    cut, left = ahead.vector.shapes_tile, iter(range(4))

    def failing(*given: Any) -> bytes:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return cut(*given)

    with monkeypatch.context() as broken:
        broken.setattr(ahead.vector, "shapes_tile", failing)
        assert run([*asked]) == 130
    capsys.readouterr()
    before = tiles_on_disk(tmp_path)
    (made,) = report(capsys, *asked)["made"]

    assert 0 < len(before) < made["tiles"] == len(tiles_on_disk(tmp_path))
    assert made["was_there"] == len(before)
    assert before.items() <= tiles_on_disk(tmp_path).items()
    assert report(capsys, *asked)["made"][0]["was_there"] == made["tiles"]


def test_only_zooms_with_many_regions_in_a_tile_are_made_unasked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert report(capsys, "tiles", "make")["made"] == []

    monkeypatch.setattr(ahead, "MANY", len(world.page().regions))
    made = report(capsys, "tiles", "make")["made"]

    assert [each["level"] for each in made] == ["village"]
    assert 0 < made[0]["to_zoom"] < 13


def test_picture_tiles_of_a_layer_are_those_that_the_service_gives(
    capsys: pytest.CaptureFixture[str], world_urls: Urls, tmp_path: Path
) -> None:
    (made,) = report(capsys, "tiles", "make", world.LAYER, "--to-zoom", "9", "--period", "2023")["made"]
    pictures = [path for path in (tmp_path / "var").rglob("*.png") if path.parts[-3] == "9"]
    assert made["name"] == world.LAYER and pictures

    app = create_app(
        Settings(var=tmp_path / "var", assets=write_built(tmp_path / "assets"), database_url=world_urls.owner)
    )
    painted = app.extensions["geoapp"].shelf.disk.use.used
    for path in pictures:
        x, y = path.parts[-2], path.stem
        assert app.test_client().get(f"/tiles/{world.LAYER}/9/{x}/{y}.png?period=2023").data == path.read_bytes()
    assert app.extensions["geoapp"].shelf.disk.use.used == painted
    app.extensions["geoapp"].store.close()


def test_tiles_that_would_drive_each_other_out_are_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geoapp.tiles.disk.Disk.room", 3 * 4096)

    assert run(["tiles", "make", world.EDITION, "--to-zoom", "13"]) == 1
    assert "GEOAPP_TILE_CACHE_MIB" in capsys.readouterr().err


def test_the_shelf_is_listed_and_removed_by_edition(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    report(capsys, "tiles", "make", "--to-zoom", "6")
    folder = next((tmp_path / "var" / "tiles").glob(f"*/{world.EDITION}-*"))
    (folder.parent / "gone-2020-20200101").mkdir()
    (folder.parent / "gone-2020-20200101" / "1.mvt").write_bytes(b"x")

    listed = report(capsys, "tiles", "list")
    assert [each["edition"] for each in listed["editions"]] == [None, world.EDITION]
    assert listed["used_bytes"] == listed["editions"][1]["bytes"] < listed["bound_bytes"]

    assert run(["tiles", "clean"]) == 0
    assert [each["edition"] for each in report_after(capsys)] == [world.EDITION]
    assert run(["tiles", "clean", "tidak-ada"]) == 1
    assert run(["tiles", "clean", world.EDITION]) == 0
    assert report_after(capsys) == []


def report_after(capsys: pytest.CaptureFixture[str]) -> Any:
    capsys.readouterr()
    return report(capsys, "tiles", "list")["editions"]


def test_a_pmtiles_file_holds_every_region_for_gdal_and_says_whose_it_is(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "desa.pmtiles"

    told = report(capsys, "tiles", "export", world.EDITION, str(path), "--to-zoom", "9")
    seen = pyogrio.read_dataframe(path)
    with path.open("rb") as file:
        reader = Reader(MmapSource(file))
        header, about = reader.header(), reader.metadata()
        zooms = {z for (z, _, _), _ in all_tiles(MmapSource(file))}

    count = len(world.page().regions)
    assert set(seen["mvt_id"]) == set(range(1, count + 1))
    assert seen["code"].nunique() == count and seen.crs.to_epsg() == 3857
    assert seen.geometry.is_valid.all() and (seen.geometry.area > 0).all()
    assert zooms == set(range(10)) and (header["min_zoom"], header["max_zoom"]) == (0, 9)
    assert header["clustered"] and header["addressed_tiles_count"] == told["tiles"]
    assert about["vector_layers"][0]["id"] == "regions" and about["attribution"]
    assert [header[f"{side}_e7"] / 1e7 for side in ("min_lon", "min_lat")] == pytest.approx(world.edition().box[:2])
    assert list(tmp_path.glob("*.part")) == []


def test_a_layers_archive_carries_what_the_service_says_of_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "angka.pmtiles"

    report(capsys, "tiles", "export", world.LAYER, str(path), "--to-zoom", "8", "--period", "2023")
    seen = pyogrio.read_dataframe(path).drop_duplicates("mvt_id").set_index("mvt_id")

    page = world.page()
    assert len(seen) == len(page.regions)
    assert set(seen["class"]) <= {*range(9), 251, 252, 253, 254}
    assert seen["figure"].notna().any()
    assert run(["tiles", "export", world.LAYER, str(tmp_path / "b.pmtiles"), "--period", "besok"]) == 2


def test_a_folder_is_read_by_gdal_and_names_its_tiles(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder, address = tmp_path / "ubin", "https://contoh.go.id/ubin"

    report(capsys, "tiles", "export", world.EDITION, str(folder), "--to-zoom", "9", "--url", address)
    seen = pyogrio.read_dataframe(folder / "9")
    told, style = (json.loads((folder / f"{name}.json").read_text()) for name in ("tiles", "style"))
    first = next((folder / "9").rglob("*.pbf"))

    assert set(seen["mvt_id"]) == set(range(1, len(world.page().regions) + 1))
    assert told["tiles"] == style["sources"]["regions"]["tiles"] == [f"{address}/{{z}}/{{x}}/{{y}}.pbf"]
    assert (told["minzoom"], told["maxzoom"]) == (0, 9)
    assert {layer["source-layer"] for layer in style["layers"]} == {"regions"}
    assert set(mapbox_vector_tile.decode(first.read_bytes())) == {"regions"}


def test_a_folder_that_was_broken_off_is_gone_on_with_but_no_other(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "ubin"
    begun = folder.with_name("ubin.part")
    (begun / "0" / "0").mkdir(parents=True)
    (begun / "0" / "0" / "0.pbf").write_bytes(b"of another edition")
    (begun / "source.txt").write_text("another")

    report(capsys, "tiles", "export", world.EDITION, str(folder), "--to-zoom", "5")

    assert (folder / "0/0/0.pbf").read_bytes() != b"of another edition"
    assert not (folder / "source.txt").exists() and not begun.exists()


@pytest.mark.parametrize("name", ["berkas.pmtiles", "folder", "file"])
def test_nothing_foreign_is_written_over(capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    kept = target / "surat.txt" if name == "folder" else target
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("penting")

    assert run(["tiles", "export", world.EDITION, str(target), "--to-zoom", "3"]) == 1
    assert kept.read_text() == "penting"
    assert name in capsys.readouterr().err
