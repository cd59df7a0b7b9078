"""Real tables join their real regions, or are refused for the right reason."""

import csv
import gzip
import json
from collections.abc import Iterator

import pytest

from geoapp.catalogue import Catalogue
from geoapp.domain.codes import CodeSystem, RegionCode
from geoapp.errors import Refused
from geoapp.releases.intake import check_file, import_file
from geoapp.releases.options import Asked, Options
from geoapp.releases.publishing.publish import publish
from geoapp.releases.report import JoinReport
from geoapp.store.database import Store
from geoapp.store.editions import load_list
from tests.releases.conftest import SHARED, make_edition

TABLES = SHARED / "statistics"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the folder of real files is not beside this checkout")

IDM = (
    Asked("iks", "IKS"),
    Asked("ike", "IKE"),
    Asked("ikl", "IKL"),
    Asked("idm", "NILAI IDM"),
    Asked("idm_status", "STATUS IDM"),
)


def villages(file: str, code: str, name: str, system: CodeSystem) -> dict[str, str]:
    """Codes and names of a real boundary file; its shapes do not matter here."""
    features = json.loads((SHARED / "boundaries" / file).read_text())["features"]
    found = {}
    for each in features:
        said = each["properties"]
        found[RegionCode.parse(system, str(said[code]).removeprefix("id")).text] = str(said[name])
    return found


@pytest.fixture(scope="module")
def real(shared_store: Store) -> Iterator[Store]:
    """Kab. Serang and Kota Malang by Kemendagri, Kota Malang by BPS, and Kemendagri's official list."""
    kemendagri, bps = CodeSystem.KEMENDAGRI, CodeSystem.BPS
    for id, number in (("kab-serang", "36.04"), ("kota-malang", "35.73")):
        file = f"kemendagri_wilayah_boundaries_kel_{number}.geojson"
        make_edition(shared_store, f"{id}-kemendagri-2025", villages(file, "kode", "nama", kemendagri), kemendagri)
    hdx = villages("hdx2020split_id3573_kota_malang.geojson", "village_code", "village", bps)
    make_edition(shared_store, "kota-malang-hdx-2020", hdx, bps)
    with gzip.open(SHARED / "codes" / "kemendagri_2025_kode_nama.csv.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in csv.reader(lines) if row[0][:5] in ("35.73", "36.04", "32.73")]
    with shared_store.begin() as connection:
        load_list(connection, kemendagri, "2025", {RegionCode.parse(kemendagri, code): name for code, name in rows})
    yield shared_store


def report(store: Store, catalogue: Catalogue, file: str, options: Options) -> JoinReport:
    """The report of one real table."""
    return check_file(store, catalogue.indicators, TABLES / file, options).report


def test_the_village_index_of_serang_joins_all_its_villages_in_four_years(real: Store, catalogue: Catalogue) -> None:
    options = Options(indicators=IDM)

    taken = import_file(real, catalogue.indicators, TABLES / "idm_2021_2024_kab_serang_wide.xlsx", options)
    assert taken.batch is not None
    done = publish(real, catalogue, taken.batch)

    counts = taken.draft.report.series
    assert taken.draft.report.counts == {
        "read": 326,
        "joined": 326,
        "merged": 0,
        "suggested": 0,
        "refused": 0,
        "set_aside": 0,
    }
    assert len(counts) == 20 and all((each.figure, each.asked) == (326, 326) for each in counts)
    assert {each.indicator for each in done} == {"iks", "ike", "ikl", "idm", "idm_status"}
    assert all(each.periods == ("2021", "2022", "2023", "2024") and each.known == 326 for each in done)


@pytest.mark.parametrize(
    ("file", "edition"),
    [
        ("made_malang_penduduk_2010.ods", "kota-malang-hdx-2020"),
        ("made_malang_penduduk_2010.xls", "kota-malang-hdx-2020"),
        ("made_malang_codes_float.csv", "kota-malang-kemendagri-2025"),
        ("made_malang_codes_scientific_full.csv", "kota-malang-kemendagri-2025"),
        ("made_malang_codes_mixed.csv", "kota-malang-kemendagri-2025"),
    ],
)
def test_the_census_of_malang_finds_the_edition_of_its_codes(
    real: Store, catalogue: Catalogue, file: str, edition: str
) -> None:
    found = report(real, catalogue, file, Options(indicators=(Asked("penduduk"),)))

    assert (found.edition, found.counts["joined"]) == (edition, 57)
    assert [(each.period, each.figure) for each in found.series] == [("2010", 57)]


def test_codes_of_the_other_system_are_refused_with_the_ways_on(real: Store, catalogue: Catalogue) -> None:
    options = Options(indicators=(Asked("penduduk"),), edition="kota-malang-kemendagri-2025")

    found = report(real, catalogue, "made_malang_penduduk_2010.ods", options)

    assert found.counts["joined"] == 0 and found.stopped
    said = found.question.values if found.question else found.findings[0].values
    assert (said["system"], said["other"]) == ("BPS", "Kemendagri")


@pytest.mark.parametrize(
    ("file", "message"),
    [("made_person_level_refuse.csv", "error.persons"), ("jabar_garis_kemiskinan_html.xls", "error.table_is_html")],
)
def test_what_is_no_table_of_regions_is_refused(real: Store, catalogue: Catalogue, file: str, message: str) -> None:
    with pytest.raises(Refused) as refused:
        report(real, catalogue, file, Options(indicators=(Asked("penduduk"),)))

    assert refused.value.message == message


def test_codes_without_their_last_digits_refuse_every_row(real: Store, catalogue: Catalogue) -> None:
    found = report(real, catalogue, "made_malang_codes_scientific.csv", Options(indicators=(Asked("penduduk"),)))

    assert found.stopped and {row.reason for row in found.rows} == {"error.code_digits_lost"}


def test_a_table_of_the_nation_joins_the_regency_that_was_asked_for(real: Store, catalogue: Catalogue) -> None:
    options = Options(
        indicators=(Asked("idm", "nilai_idm"),),
        edition="kab-serang-kemendagri-2025",
        code_system=CodeSystem.KEMENDAGRI,  # the lists of this small world hold three regencies only
    )

    found = report(real, catalogue, "idm_2024_villages.csv.gz", options)

    assert found.counts == {"read": 75265, "joined": 326, "merged": 0, "suggested": 0, "refused": 0, "set_aside": 74939}
    assert found.periods == ("2024",)
