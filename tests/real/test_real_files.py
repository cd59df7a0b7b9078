"""Real boundaries and real statistics, imported by the commands, shown as the figures in the database say."""

import json
import math
import re
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from flask import Flask
from rasterio.errors import NotGeoreferencedWarning
from rasterio.io import MemoryFile
from sqlalchemy import text

from geoapp.store.database import Store
from tests.real.conftest import MALANG_BPS, MALANG_KEMENDAGRI, SERANG, Run

IDM = f"idm-{SERANG}"
POPULATION = f"penduduk-{MALANG_BPS}"
MAPS = [f"{each}-{SERANG}" for each in ("idm", "iks", "ike", "ikl", "idm-status")]


def figures(store: Store, layer: str, period: str) -> pd.DataFrame:
    """What the database says of a layer's villages: code, number, inside point, figure or category."""
    with store.owner.connect() as connection:
        return pd.read_sql(
            text("""
                SELECT region.code, region.number, ST_X(inside) AS lon, ST_Y(inside) AS lat, said.figure, said.category
                FROM published.layer JOIN published.observation said ON said.release_id = layer.release_id
                JOIN geography.region ON region.edition_id = layer.edition_id AND region.code = said.code
                WHERE layer.id = :layer AND said.period = :period ORDER BY region.number"""),
            connection,
            params={"layer": layer, "period": period},
        ).set_index("code")


def document(app: Flask, layer: str) -> dict[str, Any]:
    """The village level of the layer document."""
    found = json.loads(app.test_client().get(f"/layers/{layer}.json").data)
    return next(each for each in found["levels"] if each["level"] == "village")


def expected_colours(rows: pd.DataFrame, plan: dict[str, Any]) -> pd.Series:
    """The colour of every village, classed by pandas from the figures and the published bounds alone."""
    classes = sorted((row for row in plan["legend"] if row["kind"] == "class"), key=lambda row: row["byte"])
    if not classes:
        return rows["category"].map({row["category"]: row["colour"] for row in plan["legend"] if "category" in row})
    bounds = [-math.inf, *(row["upper"] for row in classes[:-1]), math.inf]
    return pd.cut(rows["figure"], bounds, labels=[row["colour"] for row in classes]).astype(str)


def test_all_326_villages_of_serang_have_a_figure_in_each_of_four_years(real_store: Store) -> None:
    with real_store.owner.connect() as connection:
        counted = connection.execute(
            text("""
                SELECT indicator_slug, period, count(figure) + count(category) FROM published.observation
                JOIN published.release ON release.id = release_id WHERE edition_id = :edition GROUP BY 1, 2"""),
            {"edition": SERANG},
        ).all()

    assert len(counted) == 20
    assert {row[2] for row in counted} == {326}


def test_the_figures_equal_the_workbook_cell_by_cell(real_store: Store, data: Path) -> None:
    book = openpyxl.load_workbook(data / "statistics" / "idm_2021_2024_kab_serang_wide.xlsx", read_only=True)
    sheet = iter(book.active.iter_rows(values_only=True))
    header = list(next(sheet))
    table = pd.DataFrame(sheet, columns=header)
    table.index = [f"{c[:2]}.{c[2:4]}.{c[4:6]}.{c[6:]}" for c in (str(int(v)) for v in table["KODE DESA"])]
    book.close()

    for year in ("2021", "2022", "2023", "2024"):
        said = figures(real_store, IDM, year)
        assert said["figure"].to_dict() == table[f"NILAI IDM {year}"].to_dict()


def test_bps_codes_join_the_bps_edition_57_of_57(real_store: Store) -> None:
    rows = figures(real_store, POPULATION, "2010")

    assert len(rows) == 57
    assert rows["figure"].sum() == 820_243


def test_bps_codes_are_refused_on_home_affairs_boundaries(
    imported: Run, data: Path, real_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _batches(real_store)

    table = data / "statistics" / "made_malang_penduduk_2010.ods"
    code = imported("statistics", "import", table, "--edition", MALANG_KEMENDAGRI, "--indicator", "penduduk")

    said = "".join(capsys.readouterr())
    assert code == 1
    assert "BPS" in said
    assert "Kemendagri" in said
    assert MALANG_BPS in said
    assert _batches(real_store) == before


@pytest.mark.parametrize(
    ("file", "said"),
    [("made_malang_codes_scientific.csv", "lost its digits"), ("made_person_level_refuse.csv", "data on persons")],
)
def test_a_table_that_must_not_come_in_stores_nothing(
    file: str, said: str, imported: Run, data: Path, real_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _batches(real_store)

    code = imported("statistics", "import", data / "statistics" / file, "--indicator", "penduduk", "--period", "2010")

    assert code == 1
    assert said in "".join(capsys.readouterr())
    assert _batches(real_store) == before


def test_person_data_is_never_echoed(imported: Run, data: Path, capfd: pytest.CaptureFixture[str]) -> None:
    table = data / "statistics" / "made_person_level_refuse.csv"
    secrets = set(pd.read_csv(table, dtype=str)[["nik", "nama_lengkap", "alamat", "no_hp"]].to_numpy().ravel())

    imported("statistics", "import", table, "--indicator", "penduduk", "--period", "2010")

    seen = "".join(capfd.readouterr())
    assert not any(secret in seen for secret in secrets)


@pytest.mark.parametrize("layer", MAPS)
@pytest.mark.parametrize("period", ["2021", "2024"])
def test_every_colour_of_the_picture_is_the_class_pandas_finds(
    layer: str, period: str, real_app: Flask, real_store: Store
) -> None:
    rows = figures(real_store, layer, period)
    expected = expected_colours(rows, document(real_app, layer)["plans"][period])

    page = real_app.test_client().get(f"/maps/{layer}?period={period}").get_data(as_text=True)

    drawn = {
        number: colour
        for colour, shapes in re.findall(r'<g class="c\d" fill="(#\w+)">(.*?)</g>', page)
        for number in re.findall(r'data-number="(\d+)"', shapes)
    }
    assert len(drawn) == 326
    assert {number: drawn[str(number)] for number in rows["number"]} == dict(zip(rows["number"], expected, strict=True))


@pytest.mark.parametrize("layer", MAPS)
def test_the_legend_counts_what_pandas_counts(layer: str, real_app: Flask, real_store: Store) -> None:
    for period, plan in document(real_app, layer)["plans"].items():
        counted = expected_colours(figures(real_store, layer, period), plan).value_counts()
        told = {row["colour"]: row["count"] for row in plan["legend"] if row.get("colour") and row["count"]}
        assert told == {colour: n for colour, n in counted.items() if n}


@pytest.mark.parametrize("layer", MAPS)
def test_picture_tiles_have_the_class_colour_at_inside_points(layer: str, real_app: Flask, real_store: Store) -> None:
    rows = figures(real_store, layer, "2024")
    expected = expected_colours(rows, document(real_app, layer)["plans"]["2024"])
    client = real_app.test_client()

    for code in rows.index[::16]:
        z, x, y, column, row = _pixel(rows.loc[code, "lon"], rows.loc[code, "lat"], 14)
        tile = client.get(f"/tiles/{layer}/{z}/{x}/{y}.png?period=2024").data
        assert _colour(tile, column, row) == expected[code], code


def test_geojson_of_2024_has_326_features_with_figures(real_app: Flask, real_store: Store) -> None:
    collection = json.loads(real_app.test_client().get(f"/downloads/{IDM}.geojson?period=2024").data)

    told = {each["properties"]["code"]: each["properties"]["figure"] for each in collection["features"]}
    assert len(told) == 326
    assert told == figures(real_store, IDM, "2024")["figure"].to_dict()


def test_the_class_array_is_what_pandas_finds(real_app: Flask, real_store: Store) -> None:
    plan = document(real_app, IDM)["plans"]["2024"]
    rows = figures(real_store, IDM, "2024")
    body = real_app.test_client().get(plan["classes"]).data
    edition, classes = body.split(b"\n", 1)

    assert edition.decode() == SERANG
    colours = np.array(plan["colours"])[np.frombuffer(classes[:326], dtype=np.uint8)]
    assert list(colours) == list(expected_colours(rows, plan))


def test_the_regencys_figure_is_the_mean_of_its_villages(real_app: Flask, real_store: Store) -> None:
    plan = document(real_app, IDM)["plans"]["2024"]

    assert plan["whole"] == pytest.approx(figures(real_store, IDM, "2024")["figure"].mean())


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("layer", [IDM, POPULATION])
def test_page_embed_and_pictures_answer_in_both_languages(layer: str, lang: str, real_app: Flask) -> None:
    client = real_app.test_client()

    for address in (f"/maps/{layer}", f"/embed/{layer}", f"/maps/{layer}.svg", f"/maps/{layer}.png"):
        assert client.get(f"{address}?lang={lang}").status_code == 200, address


def _batches(store: Store) -> int:
    with store.owner.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM intake.batch")).scalar_one())


def _colour(png: bytes, column: int, row: int) -> str:
    """The colour of one pixel, read by GDAL, with or without a colour table."""
    with (
        warnings.catch_warnings(category=NotGeoreferencedWarning, action="ignore"),
        MemoryFile(png) as file,
        file.open() as image,
    ):
        bands = image.read()[:, row, column]
        red, green, blue = image.colormap(1)[bands[0]][:3] if len(bands) == 1 else bands[:3]
    return f"#{red:02x}{green:02x}{blue:02x}"


def _pixel(lon: float, lat: float, z: int) -> tuple[int, int, int, int, int]:
    """The 256-px tile and the pixel in it where a point lies."""
    n = 256 * 2**z
    x = (lon + 180) / 360 * n
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * n
    return z, int(x // 256), int(y // 256), int(x % 256), int(y % 256)
