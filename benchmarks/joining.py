"""Measure the join: a table of the nation and a workbook of a regency, and the same with pandas alone.

Run: .venv/bin/python benchmarks/joining.py
The nation is drawn as squares with the codes of the official list. A whole process is timed from its start to its end;
"after start" is the join itself, everything imported and the database open. The yardstick joins by what looks like a
code, as a notebook would: its speed, and how many figures it puts on a village of another name. Needs the real files
beside the checkout.
"""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from bench import results
from bench.results import Figure
from bench.site import DATA, prepared
from bench.squares import NATION, draw_nation, villages
from importing import RUNS, fresh_database, spent

from geoapp.catalogue import Catalogue
from geoapp.releases.intake import check_file
from geoapp.releases.options import Options, asked_indicators
from geoapp.settings import Settings
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from geoapp.store.migrate import migrate

TABLES = DATA / "statistics"
IDM = TABLES / "idm_2024_villages.csv.gz"
WORKBOOK = TABLES / "idm_2021_2024_kab_serang_wide.xlsx"
CENSUS = TABLES / "census_2010_villages.csv.gz"
BANDUNG = TABLES / "bandung_jumlah_kk_semester.csv"
COLUMNS = ("idm=nilai_idm_2024", "iks=iks_2024", "ike=ike_2024", "ikl=ikl_2024", "idm_status=status_2024")
SERANG = ("idm=NILAI IDM", "iks=IKS", "ike=IKE", "ikl=IKL", "idm_status=STATUS IDM")


def joined() -> Iterator[Figure]:
    """Ours, on the nation."""
    with fresh_database() as urls:
        store = Store.at(*urls)
        migrate(store)
        draw_nation(store)
        at = {"GEOAPP_DATABASE_URL": urls.owner, "GEOAPP_PUBLIC_DATABASE_URL": urls.public or ""}
        yield from _checks(at)
        yield from _published(at)
        yield _after_start(urls)
        store.close()


def _checks(at: dict[str, str]) -> Iterator[Figure]:
    asked = [part for each in COLUMNS for part in ("--indicator", each)]
    runs = [spent("statistics", "check", IDM, *asked, "--edition", NATION, **at) for _ in range(RUNS)]
    yield Figure("75,265 rows × 5 indicators, process start to report", "s", [each for each, _ in runs], 10)
    yield Figure("75,265 rows × 5 indicators, peak memory", "MiB", [each for _, each in runs], 500)


def _published(at: dict[str, str]) -> Iterator[Figure]:
    asked = [part for each in COLUMNS for part in ("--indicator", each)]
    line = ("statistics", "import", IDM, *asked, "--edition", NATION, "--publish")
    runs = [spent(*line, **at) for _ in range(2)]
    yield Figure("75,265 rows × 5 indicators, process start to published", "s", [each for each, _ in runs], 60)
    yield Figure("75,265 rows × 5 indicators, published, peak memory", "MiB", [each for _, each in runs], 500)


def _after_start(urls: Urls) -> Figure:
    """A workbook of 326 rows with 20 columns of figures."""
    settings = Settings(database_url=urls.owner, public_database_url=urls.public)
    store, known = Store.at(*urls), Catalogue.of(settings).indicators
    options = Options(indicators=asked_indicators(SERANG), edition=NATION, area="36.04")
    runs = results.times(lambda: check_file(store, known, WORKBOOK, options), RUNS)
    store.close()
    return Figure("326 rows × 20 columns, xlsx, after start", "s", [each / 1000 for each in runs], 1)


def yardstick() -> Iterator[Figure]:
    """The same join with pandas alone."""
    official = villages(DATA / "codes" / "kemendagri_2025_kode_nama.csv.gz", 13)
    runs, lost = [], 0
    for _ in range(RUNS):
        begun = time.perf_counter()
        regions = pd.DataFrame({"kode_desa": list(official), "official": list(official.values())})
        table = pd.read_csv(IDM, dtype={"kode_desa": str})
        merged = regions.merge(table, on="kode_desa", how="left")
        runs.append(time.perf_counter() - begun)
        lost = len(table) - int(merged["nama_kecamatan"].notna().sum())
    yield Figure("pandas alone, 75,265 rows", "s", runs, note="no report")
    yield Figure("pandas alone, rows of the same table lost without a word", "rows", [float(lost)])
    for name, codes, names in (_census(), _bandung()):
        right = codes.map(official)
        wrong = right.notna() & (right.map(_plain, na_action="ignore") != names.map(_plain))
        yield Figure(f"pandas alone, {name}: figures on a village of another name", "rows", [float(wrong.sum())])


def _census() -> tuple[str, "pd.Series[str]", "pd.Series[str]"]:
    table = pd.read_csv(CENSUS, dtype=str)
    parts = table.iloc[:, [0, 2, 4, 6]].ffill()
    return "census 2010 (BPS) on Kemendagri", parts.agg("".join, axis=1), table["Village Name"]


def _bandung() -> tuple[str, "pd.Series[str]", "pd.Series[str]"]:
    table = pd.read_csv(BANDUNG, sep=";", dtype=str)
    table = table.drop_duplicates("bps_kode_desa_kelurahan")
    return "Kota Bandung (BPS) on Kemendagri", table["bps_kode_desa_kelurahan"], table["bps_desa_kelurahan"]


def _plain(name: object) -> str:
    return re.sub(r"[^A-Z0-9]", "", str(name).upper())


def main() -> None:
    """Both, in one run."""
    if not Path(IDM).exists():
        print("The real files are not beside this checkout; nothing was measured.")
        return
    machine = results.begin()
    prepared()
    results.write("joining", machine, [*yardstick(), *joined()])


if __name__ == "__main__":
    main()
