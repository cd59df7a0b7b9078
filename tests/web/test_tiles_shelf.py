"""The shelf of tiles outlives a database, so a tile is kept under the moment its edition was published."""

from collections.abc import Callable
from datetime import timedelta
from math import asinh, pi, radians, tan
from pathlib import Path

from sqlalchemy import text, update

from geoapp import create_app
from geoapp.settings import Settings
from geoapp.store import tables
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests import world
from tests.built import write_built


def test_a_database_made_anew_never_gives_the_tiles_of_the_old_one(
    database: Callable[[], Urls], tmp_path: Path
) -> None:
    bodies = []
    for number, names in enumerate(({1: "Lama"}, {1: "Baru"})):
        urls = database()
        store = Store.at(*urls)
        with store.begin() as connection:
            world.store_world(connection, names)
            later = world.edition().published_at + timedelta(days=number)
            connection.execute(update(tables.EditionRow).values(published_at=later))
        store.close()
        app = create_app(
            Settings(
                var=tmp_path / "var",
                assets=write_built(tmp_path / f"assets-{number}"),
                database_url=urls.owner,
                public_database_url=urls.public,
            )
        )
        client = app.test_client()
        document = client.get(f"/tiles/{world.EDITION}/village.json").get_json()
        west, south, east, north = document["bounds"]
        z, x, y = _tile((west + east) / 2, (south + north) / 2, 10)
        bodies.append(client.get(f"/tiles/{world.EDITION}/village/{z}/{x}/{y}.mvt").data)
        app.extensions["geoapp"].store.close()

    assert b"Lama" in bodies[0]
    assert b"Baru" in bodies[1]
    assert b"Lama" not in bodies[1]


def test_no_tile_is_kept_of_an_edition_that_was_removed_behind_a_workers_back(urls: Urls, tmp_path: Path) -> None:
    store, var = Store.at(*urls), tmp_path / "var"
    with store.begin() as connection:
        world.store_world(connection, {})
    assets = write_built(tmp_path / "assets")
    app = create_app(Settings(var=var, assets=assets, database_url=urls.owner, public_database_url=urls.public))
    client = app.test_client()
    west, south, east, north = client.get(f"/tiles/{world.EDITION}/village.json").get_json()["bounds"]
    known, unknown = (
        "/tiles/{}/village/{}/{}/{}.mvt".format(world.EDITION, *_tile((west + east) / 2, (south + north) / 2, zoom))
        for zoom in (10, 12)
    )
    assert client.get(known).status_code == 200
    kept = set((var / "tiles").rglob("*.mvt"))

    with store.begin() as connection:
        connection.execute(text("TRUNCATE published.release CASCADE"))
        connection.execute(text("DELETE FROM geography.edition"))
    answers = [
        client.get(address).status_code for address in (unknown, unknown, f"/tiles/{world.EDITION}/village.json")
    ]

    assert answers == [404, 404, 404]
    assert len(kept) == 1
    assert set((var / "tiles").rglob("*.mvt")) == kept
    app.extensions["geoapp"].store.close()
    store.close()


def _tile(lon: float, lat: float, z: int) -> tuple[int, int, int]:
    """The tile that holds a point."""
    side = 2**z
    return z, int((lon + 180) / 360 * side), int((1 - asinh(tan(radians(lat))) / pi) / 2 * side)
