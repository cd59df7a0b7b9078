"""Real boundary files, as publishers made them: each gets the verdict that its facts ask for, however it is dressed."""

import csv
import gzip
import json
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import shapely

from geoapp.domain.code_column import Lists
from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.editions.line import prepare
from geoapp.editions.publish import publish
from geoapp.editions.suggestions import Acceptance
from geoapp.store import reading
from geoapp.store.database import Store
from tests.editions import files
from tests.editions.lookalikes import Verdict, understood, verdict

DATA = Path(__file__).parents[3] / "shared" / "data"
FILES = DATA / "boundaries"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the folder of real files is absent")
ALL = Acceptance(score=0)
K, B = "kemendagri", "bps"

VERDICTS: Mapping[str, Verdict] = {
    "kemendagri_wilayah_boundaries_kel_35.73.geojson": Verdict("", K, K, 57, 57, 0, 0),
    "kemendagri_wilayah_boundaries_kel_35.72.geojson": Verdict("", K, K, 21, 21, 0, 0),
    "kemendagri_wilayah_boundaries_kel_36.04.geojson": Verdict("", K, K, 326, 326, 0, 0),
    "kemendagri_wilayah_boundaries_kel_16.01.geojson": Verdict("", K, K, 157, 157, 0, 0),
    "kemendagri_wilayah_boundaries_kel_12.71.geojson": Verdict("", K, K, 151, 151, 0, 0),
    "kemendagri_wilayah_boundaries_kel_63.71.geojson": Verdict("", K, K, 52, 52, 0, 0),
    "hdx2020split_id3573_kota_malang.geojson": Verdict("", "hdx", B, 57, 57, 0, 0),
    "hdx2020split_id1811_mesuji_with_forest.geojson": Verdict("", "hdx", B, 106, 105, 1, 0),
    "hdx2020split_id3175_jakarta_utara_with_lake.geojson": Verdict("", "hdx", B, 33, 31, 2, 0),
    "hdx2020split_id1303888_danau_only.geojson": Verdict("error.no_village", "hdx", B, 1, 0, 1, 0),
    "hdx_adm4_kota_tangerang_ID3671.geojson": Verdict("", "hdx", B, 104, 104, 0, 0),
    "bps2024_kab_berau_iddesa.geojson": Verdict("", "bps", B, 110, 110, 0, 0),
    "big10k_2023_kota_palembang.geojson": Verdict("", "big", K, 107, 107, 0, 0),
    "big10k_2023_kota_banjarmasin_3d.geojson": Verdict("", "big", K, 52, 52, 0, 0),
    "big25k_jakarta_pusat_KecamatanUTM.gpkg": Verdict("question.names", "big25k", K, 44, 0, 0, 0),
    "big25k_malang_sekitar_shp.zip": Verdict("question.names", "big25k", K, 82, 0, 0, 0),
    "big25k_temanggung_sekitar_qgis2web.js": Verdict("question.names", "big25k", K, 359, 0, 0, 0),
    "big25k_kota_banjarmasin_kecamatan_level.geojson": Verdict("error.level_above_village", "big25k", "", 5, 0, 0, 0),
    "dukcapil_2019_di_yogyakarta_shp.zip": Verdict("", "dukcapil", K, 438, 438, 0, 0),
    "biropem_kab_sambas_2019_kode_float.geojson": Verdict("question.in_part", "own", K, 193, 0, 0, 12),
    "gadm41_bandar_lampung_GID_4.geojson": Verdict("question.codes_unknown", "gadm", B, 98, 0, 0, 0),
    "gadm_edited_kota_yogyakarta.geojson": Verdict("", "gadm", B, 45, 45, 0, 0),
    "names_only_kota_pekanbaru_invalid.geojson": Verdict("question.parent", "own", "", 58, 0, 0, 0),
    "topojson_kabupaten_level_national.json": Verdict("error.level_above_village", "own", K, 524, 0, 0, 0),
    "awkward_tanjungpinang_latlon_mixed.geojson": Verdict("error.axes_mixed", "own", "", 4, 0, 0, 0),
    "awkward_unclosed_ring_batas_desa.geojson": Verdict("question.names", "big25k", K, 1, 0, 0, 0),
    "awkward_split_code_columns_gambir.geojson": Verdict("question.codes_unknown", "own", B, 1, 0, 0, 0),
    "awkward_no_code_no_name_desa.geojson": Verdict("error.boundary_no_code_no_name", "own", "", 1, 0, 0, 0),
    "made_latlon_swapped_kota_blitar.geojson": Verdict("error.axes_swapped", K, K, 21, 0, 0, 0),
    "made_null_empty_geometry_duplicate_codes_kota_blitar.geojson": Verdict("question.in_part", K, K, 22, 0, 1, 4),
    "made_numeric_codes_lost_zeros_kota_blitar.geojson": Verdict("", "own", K, 21, 21, 0, 0),
    "made_projected_utm49s_no_crs_kota_blitar.geojson": Verdict("error.not_degrees", K, K, 21, 0, 0, 0),
    "made_projected_epsg3857_with_crs_kota_blitar.geojson": Verdict("", K, K, 21, 21, 0, 0),
    "made_geoboundaries_schema_kota_blitar.geojson": Verdict("question.parent", "geoboundaries", "", 21, 0, 0, 0),
    "made_osm_schema_kota_blitar.geojson": Verdict("question.parent", "osm", "", 23, 0, 2, 0),
    "made_topojson_kota_malang.topojson": Verdict("", K, K, 57, 57, 0, 0),
    "made_var_assignment_kota_blitar.js": Verdict("", K, K, 21, 21, 0, 0),
}
"""What must become of each file when nothing is said beside it."""

ANSWERED: list[tuple[str, dict[str, Any], int, int]] = [
    ("big25k_jakarta_pusat_KecamatanUTM.gpkg", {"parents": ("31.71",), "accept": ALL}, 44, 0),
    ("big25k_malang_sekitar_shp.zip", {"parents": ("35.73", "35.07"), "accept": ALL}, 82, 0),
    ("big25k_malang_sekitar_shp.zip", {"accept": Acceptance(score=100), "partial": True}, 75, 7),
    ("biropem_kab_sambas_2019_kode_float.geojson", {"partial": True}, 181, 12),
    ("gadm41_bandar_lampung_GID_4.geojson", {"partial": True}, 57, 41),
    ("gadm41_bandar_lampung_GID_4.geojson", {"unknown": True}, 98, 0),
    ("names_only_kota_pekanbaru_invalid.geojson", {"parents": ("14.71",), "accept": ALL, "partial": True}, 55, 3),
    ("made_null_empty_geometry_duplicate_codes_kota_blitar.geojson", {"partial": True}, 17, 4),
    ("made_projected_utm49s_no_crs_kota_blitar.geojson", {"crs": "EPSG:32749"}, 21, 0),
    ("made_latlon_swapped_kota_blitar.geojson", {"swap_axes": True}, 21, 0),
    ("made_geoboundaries_schema_kota_blitar.geojson", {"parents": ("35.72",), "accept": ALL}, 21, 0),
    ("made_osm_schema_kota_blitar.geojson", {"parents": ("Kota Blitar",), "accept": ALL}, 21, 0),
    ("awkward_unclosed_ring_batas_desa.geojson", {"accept": ALL}, 1, 0),
]
"""Files that ask, with the answer: how many regions come in, how many rows are refused."""


@pytest.fixture(scope="module")
def lists() -> Lists:
    def loaded(name: str) -> dict[str, str]:
        with gzip.open(DATA / "codes" / name, "rt", encoding="utf-8") as file:
            return {row["code"]: row["name"] for row in csv.DictReader(file)}

    return {
        CodeSystem.KEMENDAGRI: loaded("kemendagri_2025_kode_nama.csv.gz"),
        CodeSystem.BPS: loaded("bps_2024_kode_nama_desa.csv.gz"),
    }


def test_every_file_of_the_folder_has_its_verdict() -> None:
    assert {path.name for path in FILES.iterdir()} == set(VERDICTS)


@pytest.mark.parametrize("name", VERDICTS)
def test_a_real_file_gets_its_verdict(lists: Lists, name: str) -> None:
    assert verdict(FILES / name, lists) == VERDICTS[name]


@pytest.mark.parametrize("name", [name for name in VERDICTS if name.endswith("json") and "topojson" not in name])
def test_the_verdict_stays_when_a_real_file_is_renamed_and_shuffled(tmp_path: Path, lists: Lists, name: str) -> None:
    dice = random.Random(name)
    document = json.loads((FILES / name).read_text(encoding="utf-8"))
    dice.shuffle(document["features"])
    for each in document["features"]:
        columns = list(each["properties"].items())
        dice.shuffle(columns)
        each["properties"] = dict(columns)
    path = tmp_path / "unduhan (1).zip"
    path.write_text(json.dumps(dict(sorted(document.items()))), encoding="utf-8")

    assert verdict(path, lists) == VERDICTS[name]


@pytest.mark.parametrize(("name", "answer", "regions", "refused"), ANSWERED)
def test_a_question_is_answered_by_the_option_it_names(
    lists: Lists, name: str, answer: dict[str, Any], regions: int, refused: int
) -> None:
    said = verdict(FILES / name, lists, **answer)

    assert (said.message, said.regions, said.refused) == ("", regions, refused)


WHOLE = [(name, {}, said.regions) for name, said in VERDICTS.items() if not said.message]
WHOLE += [(name, answer, regions) for name, answer, regions, _ in ANSWERED]


@pytest.mark.proof
@pytest.mark.parametrize(("name", "answer", "regions"), WHOLE)
def test_what_comes_in_goes_to_the_end_of_the_line(
    lists: Lists, name: str, answer: dict[str, Any], regions: int
) -> None:
    draft, findings = prepare(files.draft(FILES / name, lists, **answer))

    villages = draft.levels[Level.VILLAGE]
    shapes = villages.geometry.to_numpy()
    assert len(villages) == regions == villages["code"].nunique()
    assert shapely.coverage_is_valid(shapes) and (villages["area_km2"] > 0).all()
    assert shapely.contains_properly(shapes, villages["inside"].to_numpy()).all()
    for (level, _), drawn in draft.outlines.items():
        assert len(drawn) == len(draft.levels[level]) and not shapely.is_empty(drawn).any()
    assert all(each.message for each in findings)


def _numeric(feature: dict[str, Any], n: int) -> dict[str, Any]:
    parts = feature["properties"]["kode"].split(".")
    named = dict(zip(("kdprov", "kdkab", "kdkec", "kddesa"), map(int, parts), strict=True))
    return {
        **feature,
        "properties": {"KODE_DESA": float("".join(parts)), **named, "NAMA": feature["properties"]["nama"]},
    }


def _turned(points: Any) -> Any:
    return [points[1], points[0]] if isinstance(points[0], float) else [_turned(each) for each in points]


def _swapped(feature: dict[str, Any], n: int) -> dict[str, Any]:
    shape = feature["geometry"]
    return {**feature, "geometry": {**shape, "coordinates": _turned(shape["coordinates"])}}


def _geoboundaries(feature: dict[str, Any], n: int) -> dict[str, Any]:
    return {
        **feature,
        "properties": {"shapeName": feature["properties"]["nama"], "shapeType": "ADM4", "shapeID": str(n)},
    }


def _halves(feature: dict[str, Any], n: int) -> dict[str, Any]:
    return {**feature, "geometry": None} if n == 3 else feature


@pytest.mark.parametrize("regency", ["35.73", "36.04", "16.01", "12.71", "63.71"])
@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_numeric, ""),
        (_swapped, "error.axes_swapped"),
        (_geoboundaries, "question.parent"),
        (_halves, "question.in_part"),
    ],
)
def test_another_regency_gets_the_verdict_of_its_kind(
    tmp_path: Path, lists: Lists, regency: str, change: Callable[[dict[str, Any], int], dict[str, Any]], message: str
) -> None:
    document = json.loads((FILES / f"kemendagri_wilayah_boundaries_kel_{regency}.geojson").read_text(encoding="utf-8"))
    document["features"] = [change(each, n) for n, each in enumerate(document["features"])]
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps(document), encoding="utf-8")

    said = verdict(path, lists)

    assert said.message == message
    assert said.regions == (0 if message else len(document["features"]))


def test_what_is_wrong_with_a_real_file_is_said_row_by_row(lists: Lists) -> None:
    _, findings, _ = understood(FILES / "made_null_empty_geometry_duplicate_codes_kota_blitar.geojson", lists)

    rows = {each.message: [] for each in findings}  # type: dict[str, list[int | None]]
    for each in findings:
        rows[each.message].append(each.place.line)
    assert len(rows["finding.no_shape"]) == 2
    assert rows["finding.code_of_two"] == [6, 7]
    assert rows["finding.boundary_repeated"] == [22]


@pytest.mark.parametrize(
    ("name", "districts", "regencies"),
    [
        ("kemendagri_wilayah_boundaries_kel_35.73.geojson", 5, 1),
        ("hdx2020split_id3175_jakarta_utara_with_lake.geojson", 6, 1),
        ("big10k_2023_kota_banjarmasin_3d.geojson", 5, 1),
        ("made_projected_epsg3857_with_crs_kota_blitar.geojson", 3, 1),
    ],
)
def test_a_real_file_is_drawn_on_every_level_and_band(lists: Lists, name: str, districts: int, regencies: int) -> None:
    draft, _ = prepare(files.draft(FILES / name, official={CodeSystem.KEMENDAGRI: lists[CodeSystem.KEMENDAGRI]}))

    counted = {level: len(frame) for level, frame in draft.levels.items()}
    assert counted[Level.VILLAGE] == VERDICTS[name].regions
    assert (counted.get(Level.DISTRICT, 0), counted.get(Level.REGENCY, 0)) == (districts, regencies)
    for (level, _zoom), shapes in draft.outlines.items():
        assert len(shapes) == counted[level]
        assert shapely.is_valid(shapes).all() and not shapely.is_empty(shapes).any()


def test_kota_malang_stands_in_postgis_with_its_city_drawn_and_its_province_named(store: Store, lists: Lists) -> None:
    path = FILES / "kemendagri_wilayah_boundaries_kel_35.73.geojson"

    draft, findings = prepare(files.draft(path, official=lists))
    published = publish(store, draft, findings)

    assert published.id == "kota-malang-kemendagri-2025"
    with store.read() as connection:
        city = reading.regions(connection, published.id, Level.REGENCY)
        villages = reading.regions(connection, published.id, Level.VILLAGE)
        above = reading.upper_regions(connection, published.id)
    assert [(each.code, each.name) for each in city] == [("35.73", "Kota Malang")]
    assert abs(city[0].area_km2 - sum(each.area_km2 for each in villages)) < 1e-6 * city[0].area_km2
    assert 105 < city[0].area_km2 < 120
    assert above["35"].name == "Jawa Timur"
    assert all(each.neighbours for each in villages)
