"""A bundle carries an edition from one database to another as it is, or is refused in one sentence."""

import hashlib
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from geoapp.cli import run
from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.domain.lineage import Kind, ShareOf, Step
from geoapp.editions import bundle
from geoapp.editions.binary_rows import rows, written
from geoapp.editions.line import prepare
from geoapp.editions.publish import publish
from geoapp.store import bundles, lineage, shapes
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from geoapp.store.shapes import Cut
from geoapp.store.surroundings import Kept
from geoapp.store.surroundings import write as write_surroundings
from tests.editions import files

Run = Callable[..., tuple[int, str, str]]
STEP = Step(date(2021, 5, 6), files.CODES[0], files.CODES[1], Kind.SPLIT, 0.25, ShareOf.AREA, "Perda 3/2021")
DAMAGED = "kota.geoapp is cut off or was changed after it was made. Copy or export it again.\n"


@pytest.fixture(scope="module")
def made(database: Callable[[], Urls], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Urls, str]]:
    """A database with the city, both codes in its file, and surroundings."""
    urls = database()
    store = Store.at(*urls)
    listed = files.city()
    for n, each in enumerate(listed):
        each["properties"]["kode_bps"] = f"8871{10 + 10 * (n // 6):03}{1 + n % 6:03}"
    path = files.geojson(tmp_path_factory.mktemp("kota") / "kota.geojson", listed)
    draft, findings = prepare(files.draft(path, licence="CC-BY-4.0", profile="own", code_column="kode"))
    id = publish(store, draft, findings).id
    with store.begin() as connection:
        lineage.keep(connection, CodeSystem.KEMENDAGRI, [STEP, Step(date(2019, 1, 1), "11.01", "11.02", Kind.MOVE)])
        write_surroundings(connection, id, Kept("0123456789ab", '{"names":[]}'), {"source": "BIG"})
    yield store, urls, id
    store.close()


@pytest.fixture(scope="module")
def packed(made: tuple[Store, Urls, str], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    from geoapp.editions.bundling import export

    path = tmp_path_factory.mktemp("paket") / "kota.geoapp"
    export(made[0], made[2], path)
    return path.read_bytes()


@pytest.fixture
def geoapp(urls: Urls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Commands on another, empty database."""
    monkeypatch.setenv("GEOAPP_DATABASE_URL", urls.owner)
    monkeypatch.setenv("GEOAPP_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("GEOAPP_LANG", "en")
    monkeypatch.chdir(tmp_path)

    def ran(*arguments: str) -> tuple[int, str, str]:
        code = run(list(arguments))
        out = capsys.readouterr()
        return code, out.out, out.err

    return ran


def everything(store: Store, id: str) -> dict[str, Any]:
    """Every row of an edition as the database has it, all times apart."""
    found: dict[str, Any] = {}
    with store.begin() as connection:
        for part in bundles.parts():
            asked = f"SELECT {', '.join(part.columns)} FROM geography.{part.table} WHERE {part.key} = :id"
            found[part.table] = sorted(map(str, connection.execute(text(asked), {"id": id})))
        found["lineage"] = lineage.steps(connection, CodeSystem.KEMENDAGRI, files.CODES[1])
        found["edition"] = bundles.about(connection, id)
        names = text("SELECT code, level, key FROM geography.region_name WHERE edition_id = :id ORDER BY code")
        found["names"] = [tuple(row) for row in connection.execute(names, {"id": id})]
        found["tile"] = shapes.tile(connection, id, Level.VILLAGE, Cut(9, 416 * 1024, 267 * 1024, 1024, 16))
    return found


def count(store: Store) -> int:
    with store.begin() as connection:
        return sum(
            connection.execute(text(f"SELECT count(*) FROM geography.{table}")).scalar_one()
            for table in ("edition", "region", "outline", "surroundings", "crosswalk", "crosswalk_code")
        )


def test_a_bundle_is_loaded_as_it_was_and_written_again_byte_for_byte(
    made: tuple[Store, Urls, str], packed: bytes, geoapp: Run, store: Store, tmp_path: Path
) -> None:
    (tmp_path / "peta.zip").write_bytes(packed)

    code, out, err = geoapp("boundaries", "import", "peta.zip")

    assert (code, out, err) == (0, f"Edition {made[2]} (Kota Rekaan) is loaded and published.\n", "")
    before, after = everything(made[0], made[2]), everything(store, made[2])
    assert after == before and after["tile"]
    assert after["lineage"] == (STEP,)
    with store.begin() as connection:
        assert lineage.steps(connection, CodeSystem.KEMENDAGRI) == (STEP,)
    assert len(after["region"]) == 16 and len(after["crosswalk_code"]) == 12 and after["surroundings"]
    assert len(after["names"]) == 16 and after["edition"]["licence"] == "CC-BY-4.0"
    assert geoapp("boundaries", "export", made[2], "lagi.geoapp")[0] == 0
    assert (tmp_path / "lagi.geoapp").read_bytes() == packed


def test_the_same_content_again_is_the_same_edition(
    made: tuple[Store, Urls, str], packed: bytes, geoapp: Run, store: Store, tmp_path: Path
) -> None:
    (tmp_path / "kota.geoapp").write_bytes(packed)
    first = json.loads(geoapp("boundaries", "import", "kota.geoapp", "--json", "--id", "kota-kita")[1])
    there = count(store)

    again = json.loads(geoapp("boundaries", "import", "kota.geoapp", "--json")[1])

    assert (first["edition"], first["new"], first["levels"]["village"]) == ("kota-kita", True, 12)
    assert (again["edition"], again["new"]) == ("kota-kita", False)
    assert first["findings"] == again["findings"] and first["question"] is None
    assert count(store) == there
    assert "already published as edition kota-kita" in geoapp("boundaries", "import", "kota.geoapp")[1]


def test_a_check_of_a_bundle_stores_nothing(packed: bytes, geoapp: Run, store: Store, tmp_path: Path) -> None:
    (tmp_path / "kota.geoapp").write_bytes(packed)

    code, out, _ = geoapp("boundaries", "check", "kota.geoapp")

    assert code == 0 and "kota.geoapp is whole and can be imported" in out and "12 villages" in out
    assert count(store) == 0


def test_a_bundle_cut_off_anywhere_is_refused_and_nothing_stored(
    packed: bytes, geoapp: Run, store: Store, tmp_path: Path
) -> None:
    seeded = random.Random(10)
    path = tmp_path / "kota.geoapp"
    for length in [80, len(packed) - 1, *(seeded.randrange(100, len(packed)) for _ in range(6))]:
        path.write_bytes(packed[:length])
        assert geoapp("boundaries", "import", "kota.geoapp") == (1, "", DAMAGED), length
    assert count(store) == 0


def test_a_bundle_changed_anywhere_is_refused_or_the_same(
    packed: bytes, geoapp: Run, store: Store, tmp_path: Path
) -> None:
    """A byte of the archive's own book-keeping may differ without a difference; content may not."""
    from geoapp.editions.bundling import check
    from geoapp.errors import Refused

    seeded = random.Random(11)
    path = tmp_path / "kota.geoapp"
    path.write_bytes(packed)
    whole = check(path)
    refused = 0
    for _ in range(60):
        changed = bytearray(packed)
        changed[seeded.randrange(80, len(packed))] ^= 1 << seeded.randrange(8)
        path.write_bytes(changed)
        try:
            assert check(path) == whole
        except Refused as error:
            assert error.message in ("error.bundle_damaged", "error.bundle_version")
            refused += 1
    assert refused >= 50


def packed_again(packed: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The bundle with other content, as somebody with a zip program would leave it."""
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        content = {each.filename: opened.read(each) for each in opened.infolist()}
        how = {each.filename: each.compress_type for each in opened.infolist()}
    change(content)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in content.items():
            made.writestr(zipfile.ZipInfo(name), data, how.get(name, zipfile.ZIP_DEFLATED))
    return out.getvalue()


def other_licence(content: dict[str, bytes]) -> None:
    content["manifest.json"] = content["manifest.json"].replace(b'"CC-BY-4.0"', b'"CC0-1.0"')


def other_name(content: dict[str, bytes]) -> None:
    content["region"] = content["region"].replace(b"Kelurahan A", b"Kelurahan X")


def sealed_anew(content: dict[str, bytes]) -> None:
    """Another name, with every digest made again but the edition's own."""
    other_name(content)
    manifest = json.loads(content["manifest.json"])
    del manifest["seal"]
    manifest["tables"]["region"]["sha256"] = hashlib.sha256(content["region"]).hexdigest()
    content["manifest.json"] = json.dumps({**manifest, "seal": bundle._seal(manifest)}).encode()


def one_less(content: dict[str, bytes]) -> None:
    del content["outline"]


def one_more(content: dict[str, bytes]) -> None:
    content["secret"] = b"x"


@pytest.mark.parametrize("change", [other_licence, other_name, sealed_anew, one_less, one_more])
def test_other_content_is_refused(
    packed: bytes, geoapp: Run, store: Store, tmp_path: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    changed = packed_again(packed, change)
    assert changed != packed and packed_again(packed, lambda content: None) != changed
    (tmp_path / "kota.geoapp").write_bytes(changed)

    assert geoapp("boundaries", "import", "kota.geoapp") == (1, "", DAMAGED)
    assert count(store) == 0


def test_a_bundle_of_other_grids_or_another_format_is_refused(
    packed: bytes, geoapp: Run, store: Store, tmp_path: Path
) -> None:
    for key in ("format", "grids"):

        def later(content: dict[str, bytes], key: str = key) -> None:
            manifest = json.loads(content["manifest.json"])
            del manifest["seal"]
            manifest[key] += 1
            content["manifest.json"] = json.dumps({**manifest, "seal": bundle._seal(manifest)}).encode()

        (tmp_path / "kota.geoapp").write_bytes(packed_again(packed, later))
        code, out, err = geoapp("boundaries", "import", "kota.geoapp")
        assert (code, out) == (1, "") and "was made by another version of geoapp" in err and err.count("\n") == 1
    assert count(store) == 0


def test_nothing_but_an_id_may_be_said_beside_a_bundle_and_nothing_else_is_overwritten(
    made: tuple[Store, Urls, str], packed: bytes, geoapp: Run, tmp_path: Path
) -> None:
    (tmp_path / "kota.geoapp").write_bytes(packed)
    code, _, err = geoapp("boundaries", "import", "kota.geoapp", "--code-column", "kode")
    assert code == 2 and "--code-column does not apply to it" in err
    assert geoapp("boundaries", "import", "kota.geoapp", "--id", "Not A Slug")[0] == 2
    said = json.loads(geoapp("boundaries", "import", "kota.geoapp", "--licence", "CC0", "--json")[1])
    assert said["findings"][-1]["weight"] == "stop" and said["regions"] == 0

    geoapp("boundaries", "import", "kota.geoapp")
    (tmp_path / "catatan.txt").write_text("mine")
    code, _, err = geoapp("boundaries", "export", made[2], "catatan.txt")
    assert (code, (tmp_path / "catatan.txt").read_text()) == (2, "mine") and "is no bundle" in err
    assert geoapp("boundaries", "export", "tak-ada", "x.geoapp")[0] == 1
    assert not (tmp_path / "x.geoapp").exists()
    assert geoapp("boundaries", "export", made[2], "kota.geoapp")[0] == 0


def test_an_id_taken_by_other_content_gets_a_number_unless_it_was_asked_for(
    made: tuple[Store, Urls, str], packed: bytes, geoapp: Run, tmp_path: Path
) -> None:
    other = files.geojson(tmp_path / "lain.geojson", files.city()[:-1])
    assert geoapp("boundaries", "import", str(other), "--complete", "--id", made[2])[0] == 0
    (tmp_path / "kota.geoapp").write_bytes(packed)

    assert geoapp("boundaries", "import", "kota.geoapp", "--id", made[2])[0] == 1
    assert f"Edition {made[2]}-2 " in geoapp("boundaries", "import", "kota.geoapp")[1]


Rows = st.lists(st.lists(st.one_of(st.none(), st.binary(max_size=40)), min_size=3, max_size=3), max_size=20)


@given(Rows)
def test_rows_are_read_as_they_were_written(made: list[list[bytes | None]]) -> None:
    assert list(rows(io.BytesIO(b"".join(written(made))), 3)) == made


def test_rows_travel_in_blocks_of_about_a_megabyte() -> None:
    blocks = list(written([bytes(300_000)] for _ in range(40)))

    assert len(blocks) >= 10 and max(map(len, blocks)) < 1_600_000


def test_every_table_that_names_an_edition_is_a_part_of_a_bundle_or_known_not_to_be() -> None:
    found = [part.table for part in bundles.parts()]

    assert found.index("region") < found.index("outline")
    assert {"region", "outline", "coverage", "surroundings", "crosswalk_code"} <= set(found)
    assert not {"region_name", "region_set"} & set(found)
