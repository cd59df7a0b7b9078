"""Real boundary files, as publishers made them: how many regions each gives, and what is refused."""

import csv
import gzip
from pathlib import Path

import pytest
import shapely

from geoapp.domain.code_column import Lists
from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.editions.line import prepare
from geoapp.editions.publish import publish
from geoapp.errors import Refused
from geoapp.store import reading
from geoapp.store.database import Store
from tests.editions import files

DATA = Path(__file__).parents[3] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the folder of real files is absent")
B, K = CodeSystem.BPS, CodeSystem.KEMENDAGRI


@pytest.fixture(scope="module")
def lists() -> Lists:
    with gzip.open(DATA / "codes" / "kemendagri_2025_kode_nama.csv.gz", "rt", encoding="utf-8") as file:
        return {K: {row["code"]: row["name"] for row in csv.DictReader(file)}}


@pytest.mark.parametrize(
    ("name", "source", "system", "villages", "districts", "regencies"),
    [
        ("kemendagri_wilayah_boundaries_kel_35.73.geojson", "kemendagri", K, 57, 5, 1),
        ("kemendagri_wilayah_boundaries_kel_35.72.geojson", "kemendagri", K, 21, 3, 1),
        ("kemendagri_wilayah_boundaries_kel_36.04.geojson", "kemendagri", K, 326, 29, 1),
        ("kemendagri_wilayah_boundaries_kel_12.71.geojson", "kemendagri", K, 151, 21, 1),
        ("hdx2020split_id3573_kota_malang.geojson", "hdx", B, 57, 5, 1),
        ("hdx2020split_id1811_mesuji_with_forest.geojson", "hdx", B, 105, 7, 1),
        ("hdx2020split_id3175_jakarta_utara_with_lake.geojson", "hdx", B, 31, 6, 1),
        ("hdx_adm4_kota_tangerang_ID3671.geojson", "hdx", B, 104, 13, 1),
        ("bps2024_kab_berau_iddesa.geojson", "bps", B, 110, 0, 0),
        ("big10k_2023_kota_palembang.geojson", "big", K, 107, 18, 1),
        ("big10k_2023_kota_banjarmasin_3d.geojson", "big", K, 52, 5, 1),
        ("dukcapil_2019_di_yogyakarta_shp.zip", "dukcapil", K, 438, 78, 5),
        ("made_numeric_codes_lost_zeros_kota_blitar.geojson", "own", K, 21, 3, 1),
        ("made_projected_epsg3857_with_crs_kota_blitar.geojson", "kemendagri", K, 21, 3, 1),
        ("made_null_empty_geometry_duplicate_codes_kota_blitar.geojson", "kemendagri", K, 17, 1, 0),
    ],
)
def test_a_real_file_gives_the_regions_it_holds(
    lists: Lists, name: str, source: str, system: CodeSystem, villages: int, districts: int, regencies: int
) -> None:
    draft, _ = prepare(files.draft(DATA / "boundaries" / name, official=lists))

    assert draft.profile is not None
    assert (draft.profile.slug, draft.system) == (source, system)
    counted = {level: len(frame) for level, frame in draft.levels.items()}
    assert counted[Level.VILLAGE] == villages
    assert (counted.get(Level.DISTRICT, 0), counted.get(Level.REGENCY, 0)) == (districts, regencies)
    for (level, _zoom), shapes in draft.outlines.items():
        assert len(shapes) == counted[level]
        assert shapely.is_valid(shapes).all() and not shapely.is_empty(shapes).any()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("made_latlon_swapped_kota_blitar.geojson", "error.axes_swapped"),
        ("made_projected_utm49s_no_crs_kota_blitar.geojson", "error.not_degrees"),
        ("big25k_kota_banjarmasin_kecamatan_level.geojson", "error.boundary_no_code_column"),
        ("awkward_no_code_no_name_desa.geojson", "error.boundary_no_code_column"),
        ("awkward_unclosed_ring_batas_desa.geojson", "error.boundary_no_code_column"),
        ("hdx2020split_id1303888_danau_only.geojson", "error.no_village"),
        ("made_var_assignment_kota_blitar.js", "error.boundary_javascript"),
        ("topojson_kabupaten_level_national.json", "error.not_geodata"),
    ],
)
def test_a_real_file_that_is_no_village_map_is_refused(lists: Lists, name: str, message: str) -> None:
    with pytest.raises(Refused) as refused:
        prepare(files.draft(DATA / "boundaries" / name, official=lists))

    assert refused.value.message == message


def test_kota_malang_stands_in_postgis_with_its_city_drawn_and_its_province_named(store: Store, lists: Lists) -> None:
    path = DATA / "boundaries" / "kemendagri_wilayah_boundaries_kel_35.73.geojson"

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
