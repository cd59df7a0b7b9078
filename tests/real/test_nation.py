"""Tables of the whole nation: the village index of 2024 and the census of 2010, every row of them accounted for."""

import csv
import gzip
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests.grid import make_grid
from tests.real.conftest import B, Check, K, Names, read_census
from tests.real.tables import asked

pytestmark = pytest.mark.proof
IDM = ("idm=nilai_idm_2024", "iks=iks_2024", "ike=ike_2024", "ikl=ikl_2024", "idm_status=status_2024")


@pytest.fixture(scope="module")
def nation(grids: Urls, names: Names) -> Callable[[object], str]:
    """Draws the nation by the codes of a system, and gives the edition's id."""

    def draw(system: object) -> str:
        store = Store.at(*grids)
        wanted = K if system is K else B
        made = make_grid(store, f"nation-{wanted.value[0]}", names[wanted], wanted, "Indonesia")
        store.close()
        return made

    return draw


def test_the_village_index_of_the_nation_is_accounted_for_to_the_last_row(
    nation: Callable[[object], str], checked: Check, data: Path, names: Names, tmp_path: Path
) -> None:
    path, told = data / "statistics" / "idm_2024_villages.csv.gz", tmp_path / "laporan.csv"
    code, report = checked(path, nation(K), *asked(*IDM), "--csv", str(told))

    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    known = {code.replace(".", "") for code in names[K] if len(code) == 13}
    unknown = Counter(row["nama_provinsi"] for row in rows if row["kode_desa"] not in known)
    assert code == 0
    assert (report["rows"]["read"], report["rows"]["joined"]) == (75265, 74470)
    assert report["rows"]["refused"] + report["rows"]["set_aside"] == sum(unknown.values()) == 795
    for series in report["regions"]:
        assert (series["figure"], series["asked"]) == (74466, 83762)
    said = " ".join(each["sentence"] for each in report["findings"]).upper()
    assert [province for province in unknown if province not in said] == []
    with told.open(encoding="utf-8-sig", newline="") as lines:
        assert [int(row["line"]) for row in csv.DictReader(lines)] == list(range(1, 75267))


def test_the_census_of_the_nation_joins_the_codes_it_names_and_keeps_the_homeless_apart(
    nation: Callable[[object], str], checked: Check, data: Path, names: Names
) -> None:
    path = data / "statistics" / "census_2010_villages.csv.gz"
    code, report = checked(path, nation(B), *asked("penduduk=Population", period="2010"))

    rows = read_census(path)
    known = Counter(code for code, *_ in rows if code in names[B])
    nowhere = sum(code.endswith("999") for code, *_ in rows)
    assert code == 0
    assert report["rows"]["read"] == 77096
    assert report["rows"]["joined"] == len(known)
    assert report["rows"]["merged"] == sum(known.values()) - len(known)
    assert report["rows"]["set_aside"] >= nowhere == 18
    assert report["rows"]["suggested"] == 0
