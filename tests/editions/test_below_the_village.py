"""Below the village: local units get their village by code, else by where they lie in an edition."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from geoapp.cli import run
from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.editions.draft import Villages
from geoapp.editions.line import Attempt, attempt
from geoapp.settings import Settings
from geoapp.store import places
from geoapp.store.database import Store
from tests.editions import files
from tests.editions.files import Feature
from tests.editions.lookalikes import READING, bps, columns

Run = Callable[..., int]


@pytest.fixture
def geoapp(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("GEOAPP_DATABASE_URL", settings.database_url or "")
    monkeypatch.setenv("GEOAPP_PUBLIC_DATABASE_URL", settings.public_database_url or "")
    monkeypatch.setenv("GEOAPP_VAR", str(settings.var))
    monkeypatch.setenv("GEOAPP_LANG", "en")
    return lambda *arguments: run([str(each) for each in arguments])


def quarters(change: Callable[[int], dict[str, Any]]) -> list[Feature]:
    """Each of the first three villages cut into a western and an eastern half."""
    rows = []
    for n in range(3):
        (west, south), (east, _), _, (_, north), _ = files.cell(n)
        middle = (west + east) / 2
        for half, (left, right) in enumerate(((west, middle), (middle, east))):
            ring = [(left, south), (right, south), (right, north), (left, north), (left, south)]
            rows.append(files.feature(change(2 * n + half), ring))
    return rows


def placed(path: Path, **asked: Any) -> Attempt:
    """The file with the city's villages as the edition it lies in."""
    import geopandas
    import shapely

    shapes = [shapely.Polygon(files.cell(n)) for n in range(12)]
    table = {"code": files.CODES, "name": [files.OFFICIAL[code] for code in files.CODES]}
    city = Villages("kota", CodeSystem.KEMENDAGRI, geopandas.GeoDataFrame(table, geometry=shapes, crs=4326))
    return attempt(replace(files.draft(path, **asked), villages=city), READING)


def test_regions_without_a_village_code_get_it_by_where_they_lie(tmp_path: Path) -> None:
    path = files.geojson(tmp_path / "rw.geojson", quarters(lambda n: {"RW": f"RW {n % 2 + 1:02}"}))

    draft, findings, error = placed(path, level=Level.RW)

    assert error is None
    assert draft.frame["code"].tolist() == [f"{code}.{n:02}" for code in files.CODES[:3] for n in (1, 2)]
    assert draft.frame["name"].tolist() == ["RW 01", "RW 02"] * 3
    assert [each.values["n"] for each in findings if each.message == "finding.placed_below"] == [6]


def test_hamlets_without_a_number_are_numbered_by_name_within_their_village(tmp_path: Path) -> None:
    path = files.geojson(tmp_path / "dusun.geojson", quarters(lambda n: {"DUSUN": ("Wetan", "Krajan")[n % 2]}))

    draft, _, error = placed(path, level=Level.HAMLET)

    assert error is None
    assert draft.frame["code"].tolist() == [f"{code}.{n}" for code in files.CODES[:3] for n in ("02", "01")]


def test_a_region_that_lies_in_no_village_is_refused(tmp_path: Path) -> None:
    rows = quarters(lambda n: {"RW": n + 1})
    rows.append(files.feature({"RW": 99}, [(110.0, -7.0), (110.1, -7.0), (110.1, -6.9), (110.0, -7.0)]))

    draft, findings, error = placed(files.geojson(tmp_path / "rw.geojson", rows), level=Level.RW)

    assert error is not None and error.message == "question.in_part"
    assert draft.refused == (6,)
    assert [each.place.line for each in findings if each.message == "finding.no_village_there"] == [7]


def test_the_command_takes_the_villages_of_an_edition(
    geoapp: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    city = files.geojson(tmp_path / "kota.geojson", files.city())
    rw = files.geojson(tmp_path / "rw.geojson", quarters(lambda n: {"RW": n % 2 + 1}))
    assert geoapp("boundaries", "import", city, "--id", "kota") == 0
    capsys.readouterr()

    assert geoapp("boundaries", "check", rw, "--level", "rw", "--json") == 1
    asked = json.loads(capsys.readouterr().out)
    assert asked["question"]["options"] == ["--within"]
    assert (asked["features"], asked["regions"], asked["level"]) == (6, 0, "rw")
    assert geoapp("boundaries", "import", rw, "--level", "rw", "--within", "kota", "--json") == 0
    done = json.loads(capsys.readouterr().out)
    assert (done["regions"], done["levels"]["rw"], done["profile"]) == (6, 6, "own-rw")


def test_both_codes_of_a_file_are_kept_and_lead_to_one_another(store: Store, geoapp: Run, tmp_path: Path) -> None:
    rows = columns(lambda row, n: {"kode_kemendagri": row["kode"], "kode_bps": bps(row["kode"]), "nama": row["nama"]})

    assert geoapp("boundaries", "import", files.geojson(tmp_path / "dua.geojson", rows)) == 0

    with store.read() as connection:
        found = places.crosswalk(connection, CodeSystem.BPS, [bps(files.CODES[0])])
    assert [(each.code, each.alone) for each in found[bps(files.CODES[0])]] == [(files.CODES[0], True)]


def test_a_question_is_one_object_with_the_option_that_answers_it(
    geoapp: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = files.city()
    rows[3]["geometry"] = None
    path = files.geojson(tmp_path / "kota.geojson", rows)

    assert geoapp("boundaries", "import", path, "--json") == 1
    said = capsys.readouterr()
    report = json.loads(said.out)
    assert (report["features"], report["regions"], report["set_aside"], report["refused"]) == (12, 0, 0, 1)
    assert report["rows"]["refused"] == [4]
    assert report["question"]["options"] == ["--partial"]
    assert {"weight": "warn", "row": 4} in [{k: each[k] for k in ("weight", "row")} for each in report["findings"]]
    assert report["findings"][-1]["weight"] == "ask"
    assert said.err.count("\n") == 1

    assert geoapp("boundaries", "import", path, "--partial", "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["regions"], report["refused"], report["question"]) == (11, 1, None)


def test_a_refusal_shows_its_rows_before_its_sentence(
    geoapp: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = files.city()
    rows[3]["properties"]["kode"] = "abc"

    assert geoapp("boundaries", "check", files.geojson(tmp_path / "kota.geojson", rows)) == 1

    lines = capsys.readouterr().err.splitlines()
    assert any("abc" in line and "line 4" in line for line in lines[:-1])
    assert "--partial" in lines[-1]
