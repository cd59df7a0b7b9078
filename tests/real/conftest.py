"""The real files beside the project: Kab. Serang with IDM 2021–2024, Kota Malang with the census of 2010."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from flask import Flask

from geoapp import cli, create_app
from geoapp.settings import HOME, Settings
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests.built import write_built

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
