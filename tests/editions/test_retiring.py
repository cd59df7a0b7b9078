"""A retired edition: what is on it stays, nothing new is made, its maps are offered where nothing else is."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from geoapp.cli import run
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests import world
from tests.editions import files
from tests.web.conftest import make_app

Run = Callable[..., tuple[int, str, str]]
OTHER = "kota-contoh-uji-2027"


def second_edition(store: Store) -> None:
    """The same regions once more under a newer edition, with a map of the same indicator."""
    same = "area, code_system, source, attribution, licence, status"
    with store.begin() as connection:
        for statement in (
            f"INSERT INTO geography.edition (id, {same}, dated, base_level, box, digest, report, grids)"
            f" SELECT '{OTHER}', {same}, '2027', base_level, box, 'uji-2', report, grids FROM geography.edition",
            "INSERT INTO geography.region (edition_id, code, level, number, name, kind, parent, parent_level,"
            " area_km2, neighbours, inside, shape)"
            f" SELECT '{OTHER}', code, level, number, name, kind, parent, parent_level, area_km2, neighbours, inside,"
            " shape FROM geography.region",
            "INSERT INTO published.release (indicator_slug, edition_id, level, indicator, batch_id, report)"
            f" SELECT indicator_slug, '{OTHER}', level, indicator, 3, report FROM published.release WHERE id = 1",
            "INSERT INTO published.layer (id, indicator_slug, edition_id, release_id, style)"
            f" SELECT 'kepadatan-{OTHER}', indicator_slug, '{OTHER}', 2, style FROM published.layer",
            "INSERT INTO published.plan (layer_id, release_id, level, period, version, document, classes, marks)"
            f" SELECT 'kepadatan-{OTHER}', 2, level, period, version, document, classes, marks FROM published.plan",
        ):
            connection.execute(text(statement))


@pytest.fixture
def geoapp(
    urls: Urls, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs commands on the small world; gives the exit code and what was said."""
    monkeypatch.setenv("GEOAPP_DATABASE_URL", urls.owner)
    monkeypatch.setenv("GEOAPP_PUBLIC_DATABASE_URL", urls.public or "")
    monkeypatch.setenv("GEOAPP_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("GEOAPP_LANG", "en")
    with store.begin() as connection:
        world.store_world(connection)

    def ran(*arguments: str) -> tuple[int, str, str]:
        code = run(list(arguments))
        out = capsys.readouterr()
        return code, out.out, out.err

    return ran


@pytest.fixture
def client(geoapp: Run, urls: Urls, tmp_path: Path) -> Iterator[FlaskClient]:
    app = make_app(urls, tmp_path / "var")
    yield app.test_client()
    app.extensions["geoapp"].store.close()


def retire(geoapp: Run, *more: str) -> tuple[int, str, str]:
    return geoapp("boundaries", "retire", world.EDITION, "--reason", "  Batas salah\n digitasi. ", *more)


def test_its_map_says_so_with_the_reason_and_every_address_stays(geoapp: Run, client: FlaskClient) -> None:
    tile = f"/tiles/{world.EDITION}/village/9/416/267.mvt"
    before = client.get(tile).get_data()
    page = client.get(f"/maps/{world.LAYER}").get_data(as_text=True)

    assert retire(geoapp) == (
        0,
        f"Edition {world.EDITION} is retired. Its maps, files and tiles stay at their addresses;"
        " nothing new is made on it.\n",
        "",
    )

    said = client.get(f"/maps/{world.LAYER}").get_data(as_text=True)
    assert "Batas salah digitasi." not in page and "Batas salah digitasi." in said
    assert "Batas salah digitasi." in client.get(f"/embed/{world.LAYER}").get_data(as_text=True)
    assert client.get(tile).get_data() == before
    assert client.get(f"/downloads/{world.LAYER}.geojson").status_code == 200
    retired = client.get(f"/layers/{world.LAYER}.json").get_json()["edition"]["retired"]
    assert (retired["reason"], retired["successor"]) == ("Batas salah digitasi.", None)

    assert geoapp("boundaries", "unretire", world.EDITION)[0] == 0
    assert client.get(f"/maps/{world.LAYER}").get_data(as_text=True) == page
    assert client.get(f"/layers/{world.LAYER}.json").get_json()["edition"]["retired"] is None


def offered(client: FlaskClient) -> list[str]:
    """The maps of the list for machines, of the catalogue, and of the search, which agree."""
    listed = sorted(each["id"] for each in client.get("/layers.json").get_json()["layers"])
    page = client.get("/").get_data(as_text=True)
    found = client.get("/search?q=kepadatan").get_data(as_text=True)
    for id in (world.LAYER, f"kepadatan-{OTHER}"):
        assert (f"/maps/{id}" in page) == (f"/maps/{id}" in found) == (id in listed), id
    return listed


def test_its_maps_are_offered_only_where_nothing_else_is(geoapp: Run, store: Store, client: FlaskClient) -> None:
    retire(geoapp)
    assert offered(client) == [world.LAYER]

    geoapp("boundaries", "unretire", world.EDITION)
    second_edition(store)
    assert offered(client) == [world.LAYER, f"kepadatan-{OTHER}"]

    retire(geoapp, "--successor", OTHER)
    assert offered(client) == [f"kepadatan-{OTHER}"]
    assert f'href="/maps/kepadatan-{OTHER}"' in client.get(f"/maps/{world.LAYER}").get_data(as_text=True)
    own = client.get(f"/regions/{world.EDITION}/35.99.01.1001").get_data(as_text=True)
    assert f"/maps/{world.LAYER}" in own

    with store.begin() as connection:
        connection.execute(
            text("UPDATE published.release SET withdrawn_at = now(), withdrawn_reason = 'x' WHERE id = 2")
        )
    assert [each["id"] for each in client.get("/layers.json").get_json()["layers"]] == [world.LAYER]


def heading(client: FlaskClient) -> str:
    """The title of a village's page."""
    return client.get("/regions/35.99.01.1001").get_data(as_text=True).partition("<h1")[2].partition("</h1>")[0]


def test_a_region_is_shown_as_an_edition_in_use_has_it(geoapp: Run, store: Store, client: FlaskClient) -> None:
    second_edition(store)
    with store.begin() as connection:
        renamed = "UPDATE geography.region SET name = name || :more WHERE edition_id = :edition"
        connection.execute(text(renamed), {"more": " Kini", "edition": OTHER})
    geoapp("boundaries", "retire", OTHER, "--reason", "x")
    assert "Kini" not in heading(client)

    geoapp("boundaries", "unretire", OTHER)
    retire(geoapp)

    assert "Kini" in heading(client)


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "kepadatan.csv"
    rows = "".join(f"35.99.{1 + n // 4:02}.{1001 + n % 4},{n}\n" for n in range(12))
    path.write_text("kode,kepadatan penduduk 2024\n" + rows)
    return str(path)


def test_nothing_new_is_made_on_it(geoapp: Run, store: Store, table: str) -> None:
    second_edition(store)
    with store.begin() as connection:
        dates = f"CASE id WHEN '{OTHER}' THEN '2020' ELSE '2024' END"
        connection.execute(text(f"UPDATE geography.edition SET dated = {dates}"))
    columns = ("--indicator", "kepadatan=kepadatan penduduk 2024")
    code, before, _ = geoapp("statistics", "check", table, *columns, "--json")
    assert (code, json.loads(before)["edition"]) == (0, world.EDITION), before
    geoapp("statistics", "import", table, *columns)

    retire(geoapp, "--successor", OTHER)

    code, after, _ = geoapp("statistics", "check", table, *columns, "--json")
    assert (code, json.loads(after)["edition"]) == (0, OTHER)
    refused = f"Edition {world.EDITION} is no longer used: Batas salah digitasi. Use {OTHER}, which took its place."
    for arguments in (
        ("statistics", "check", table, "--edition", world.EDITION),
        ("statistics", "publish", "1"),
        ("sets", "add", "beberapa", "35.99.01.1001", "--edition", world.EDITION),
    ):
        code, out, err = geoapp(*arguments)
        assert code == 1 and refused in out + err, arguments


def test_who_retires_gives_a_reason_and_a_successor_in_use(geoapp: Run, store: Store) -> None:
    second_edition(store)

    assert geoapp("boundaries", "retire", world.EDITION)[0] == 2
    assert geoapp("boundaries", "retire", world.EDITION, "--reason", " ")[0] == 2
    assert geoapp("boundaries", "retire", "tak-ada", "--reason", "x")[0] == 1
    assert retire(geoapp, "--successor", "tak-ada")[0] == 1
    assert retire(geoapp, "--successor", world.EDITION)[0] == 1
    assert geoapp("boundaries", "unretire", world.EDITION)[0] == 1
    assert geoapp("boundaries", "retire", OTHER, "--reason", "x")[0] == 0
    assert retire(geoapp, "--successor", OTHER)[0] == 1
    assert retire(geoapp)[0] == 0
    code, _, err = retire(geoapp)
    assert (code, err) == (1, f"Edition {world.EDITION} is retired already.\n")


def test_the_list_and_the_sheet_of_an_edition_tell_everything(geoapp: Run) -> None:
    retire(geoapp)

    _, listed, _ = geoapp("boundaries", "list")
    for said in (world.EDITION, "indicative", "CC-BY-4.0", "12 villages", "Batas salah digitasi."):
        assert said in " ".join(listed.split())
    (row,) = json.loads(geoapp("boundaries", "list", "--json")[1])["editions"]
    assert (row["maps"], row["status"], row["reason"]) == (1, "indicative", "Batas salah digitasi.")
    _, shown, _ = geoapp("boundaries", "show", world.EDITION)
    for said in ("Batas: Pemerintah Kota Contoh", "CC-BY-4.0", "Kemendagri", "3 districts, 12 villages", world.LAYER):
        assert said in shown
    document = json.loads(geoapp("boundaries", "show", world.EDITION, "--json")[1])
    assert document["regions"] == {"regency": 1, "district": 3, "village": 12} and document["ancestors"] == 1
    assert document["maps"] == [world.LAYER] and document["retired"]["reason"] == "Batas salah digitasi."
    assert geoapp("boundaries", "show", "tak-ada")[0] == 1


def test_the_sheet_repeats_what_the_import_noted(geoapp: Run, tmp_path: Path) -> None:
    file = files.geojson(tmp_path / "kota.geojson", files.city())
    code, said, _ = geoapp("boundaries", "import", str(file), "--complete", "--json")
    assert code == 0
    imported = json.loads(said)

    shown = json.loads(geoapp("boundaries", "show", imported["edition"], "--json")[1])

    assert shown["findings"] == imported["findings"] and shown["findings"]
    assert (shown["profile"], shown["file"]) == ("kemendagri", "kota.geojson")
    assert imported["findings"][0]["sentence"] in geoapp("boundaries", "show", imported["edition"])[1]


def test_only_an_edition_that_nothing_stands_on_is_removed_and_its_id_is_not_given_again(
    geoapp: Run, tmp_path: Path
) -> None:
    code, _, err = geoapp("boundaries", "remove", world.EDITION)
    assert code == 1 and err.count("\n") == 1 and "1 releases" in err

    file = files.geojson(tmp_path / "kota.geojson", files.city())
    id = json.loads(geoapp("boundaries", "import", str(file), "--complete", "--json")[1])["edition"]
    assert geoapp("boundaries", "remove", id) == (0, f"Edition {id} is removed.\n", "")
    assert geoapp("boundaries", "show", id)[0] == 1
    again = json.loads(geoapp("boundaries", "import", str(file), "--complete", "--json")[1])["edition"]
    geoapp("boundaries", "remove", id)
    other = files.geojson(tmp_path / "lain.geojson", files.city()[:-1])
    changed = json.loads(geoapp("boundaries", "import", str(other), "--complete", "--json")[1])["edition"]

    assert (again, changed) == (id, f"{id}-2")
