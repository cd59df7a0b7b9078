"""The real files beside the project: two places as they are published, and squares for the codes of ten areas."""

import contextlib
import csv
import gzip
import io
import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from flask import Flask
from sqlalchemy import text

from geoapp import cli, create_app
from geoapp.domain.codes import CodeSystem, RegionCode
from geoapp.settings import HOME, Settings
from geoapp.store import editions
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests.built import write_built
from tests.grid import listed, make_grid
from tests.real.tables import INDICATORS

DATA = HOME.parent / "shared" / "data"
SERANG = "kab-serang-kemendagri-2025"
MALANG_BPS = "kota-malang-hdx-2020"
MALANG_KEMENDAGRI = "kota-malang-kemendagri-2025"
IDM = ("iks=IKS", "ike=IKE", "ikl=IKL", "idm=NILAI IDM", "idm_status=STATUS IDM")

Run = Callable[..., int]


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real files; where it is absent these tests have nothing to read."""
    if not DATA.is_dir():
        pytest.skip("the real files are not beside this checkout")
    return DATA


@pytest.fixture(scope="session")
def urls_of_real(database: Callable[[], Urls]) -> Urls:
    """A database of their own."""
    return database()


@pytest.fixture(scope="session")
def run(urls_of_real: Urls, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run a command line of geoapp on that database; gives the exit code."""
    var = tmp_path_factory.mktemp("var")

    def run(*arguments: object) -> int:
        asked = {
            "GEOAPP_DATABASE_URL": urls_of_real.owner,
            "GEOAPP_PUBLIC_DATABASE_URL": urls_of_real.public or "",
            "GEOAPP_VAR": str(var),
            "GEOAPP_LANG": "en",
        }
        with patch.dict(os.environ, asked):
            return cli.run([str(each) for each in arguments])

    return run


@pytest.fixture(scope="session")
def imported(run: Run, data: Path) -> Run:
    """The official list, three editions and Serang's IDM, published by the commands a user would type."""
    boundaries, statistics = data / "boundaries", data / "statistics"
    codes = data / "codes" / "kemendagri_2025_kode_nama.csv.gz"
    indicators = [part for each in IDM for part in ("--indicator", each)]
    for line in (
        ("codes", "import", codes, "--system", "kemendagri", "--dated", "2025"),
        ("boundaries", "import", boundaries / "kemendagri_wilayah_boundaries_kel_36.04.geojson"),
        ("boundaries", "import", boundaries / "hdx2020split_id3573_kota_malang.geojson"),
        ("boundaries", "import", boundaries / "kemendagri_wilayah_boundaries_kel_35.73.geojson"),
        ("statistics", "import", statistics / "idm_2021_2024_kab_serang_wide.xlsx", *indicators),
        ("statistics", "publish", 1),
        ("statistics", "import", statistics / "made_malang_penduduk_2010.ods", "--indicator", "penduduk"),
        ("statistics", "publish", 2),
    ):
        assert run(*line) == 0, line
    return run


@pytest.fixture(scope="session")
def real_store(imported: Run, urls_of_real: Urls) -> Iterator[Store]:
    """The store after the imports."""
    store = Store.at(*urls_of_real)
    yield store
    store.close()


@pytest.fixture(scope="session")
def real_app(imported: Run, urls_of_real: Urls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The service over the imports, its built files a line each."""
    var = tmp_path_factory.mktemp("service")
    settings = Settings(
        var=var,
        assets=write_built(var / "assets"),
        database_url=urls_of_real.owner,
        public_database_url=urls_of_real.public,
    )
    app = create_app(settings)
    yield app
    app.extensions["geoapp"].store.close()


# ── squares for the codes of real areas ──────────────────────────────────────────────────────────────────────────

K, B = CodeSystem.KEMENDAGRI, CodeSystem.BPS
AREAS = {
    "bandung": "32.73",
    "malang": "35.73",
    "batu": "35.79",
    "medan": "12.71",
    "serang": "36.04",
    "cilacap": "33.01",
    "jakarta": "31",
    "jabar": "32",
    "aceh": "11",
    "banjarmasin": "63.71",
}
Check = Callable[..., tuple[int, dict[str, Any]]]
Staged = Callable[..., dict[tuple[str, str, str], float | str]]
Names = Mapping[CodeSystem, Mapping[str, str]]


@pytest.fixture(scope="session")
def names(data: Path) -> Names:
    """Both official lists, that of BPS with the upper regions that the crosswalks name."""
    codes = data / "codes"
    uppers: dict[str, str] = {}
    for level in ("kabkota", "kecamatan"):
        with gzip.open(codes / f"crosswalk_bps_kemendagri_2020_{level}.csv.gz", "rt") as lines:
            uppers |= {row["kode_bps"]: row["nama_bps"] for row in csv.DictReader(lines)}
    return {
        K: listed(codes / "kemendagri_2025_kode_nama.csv.gz"),
        B: uppers | listed(codes / "bps_2024_kode_nama_desa.csv.gz"),
    }


@pytest.fixture(scope="session")
def grids(database: Callable[[], Urls], names: Names) -> Iterator[Urls]:
    """One database with both lists and an edition of squares for every area and system."""
    urls = database()
    store = Store.at(*urls)
    with store.begin() as connection:
        for system, dated in ((K, "2025"), (B, "2024")):
            rows = {RegionCode.parse(system, code): name for code, name in names[system].items()}
            editions.load_list(connection, system, dated, rows)
    for area, start in AREAS.items():
        for system in (K, B):
            begins = start if system is K else start.replace(".", "")
            found = {
                code: name for code, name in names[system].items() if code.startswith(begins) or begins.startswith(code)
            }
            make_grid(store, f"{area}-{system.value[0]}", found, system, names[K][start])
    store.close()
    yield urls


@pytest.fixture(scope="session")
def checked(grids: Urls, tmp_path_factory: pytest.TempPathFactory) -> Check:
    """Runs ``statistics check --json``; gives the exit code and the object."""
    var, site = tmp_path_factory.mktemp("var"), tmp_path_factory.mktemp("site")
    (site / "indicators").mkdir()
    (site / "indicators" / "uji.toml").write_text(INDICATORS, encoding="utf-8")
    said = {
        "GEOAPP_DATABASE_URL": grids.owner,
        "GEOAPP_PUBLIC_DATABASE_URL": grids.public or "",
        "GEOAPP_VAR": str(var),
        "GEOAPP_SITE": str(site),
        "GEOAPP_LANG": "en",
    }

    def run(file: Path, edition: str | None, *arguments: str, verb: str = "check") -> tuple[int, dict[str, Any]]:
        line = ["statistics", verb, str(file), *arguments, *(["--edition", edition] if edition else []), "--json"]
        with patch.dict(os.environ, said):
            return _answer(line)

    return run


@pytest.fixture
def staged(checked: Check, grids: Urls) -> Iterator[Staged]:
    """Imports a table; gives (indicator, period, code) → figure or category as they were staged.

    What the import remembers for the next file is forgotten afterwards, or the tests would depend on their order.
    """
    store = Store.at(*grids)

    def run(file: Path, edition: str, *arguments: str) -> dict[tuple[str, str, str], float | str]:
        code, report = checked(file, edition, *arguments, verb="import")
        assert code == 0, (report["findings"], report["question"])
        asked = text(
            "SELECT indicator, period, code, figure, category FROM intake.staged "
            "WHERE batch_id = :batch AND state IS NULL"
        )
        with store.begin() as connection:
            rows = connection.execute(asked, {"batch": report["batch"]}).all()
        return {(r.indicator, r.period, r.code): r.figure if r.category is None else r.category for r in rows}

    yield run
    with store.begin() as connection:
        connection.execute(text("TRUNCATE geography.crosswalk, geography.alias, intake.mapping CASCADE"))
    store.close()


def _answer(line: list[str]) -> tuple[int, dict[str, Any]]:
    """The exit code, and the one JSON object on standard output."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = cli.run(line)
    return code, json.loads(out.getvalue())


def read_census(path: Path) -> list[tuple[str, str, str, float]]:
    """The census by an independent reader: BPS code, regency, village, population; groups filled down."""
    above, told = ["", "", "", "", "", ""], []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in list(csv.reader(lines))[1:]:
            for n in range(6):
                if row[n]:
                    above[n] = row[n]
                    if n % 2 == 0:
                        above[n + 2 :] = [""] * len(above[n + 2 :])
            told.append(("".join((above[0], above[2], above[4], row[6])), above[3], row[7], float(row[8])))
    return told
