"""The nation as squares: an edition with the codes, names and parents of an official list, drawn as the tests draw."""

import sys
from pathlib import Path

from bench.site import DATA
from geoapp.domain.codes import CodeSystem, RegionCode
from geoapp.settings import HOME
from geoapp.store import editions
from geoapp.store.database import Store

sys.path.append(str(HOME))  # the maker of squares belongs to the tests, which lie beside the package

from tests.grid import listed, make_grid

KEMENDAGRI = DATA / "codes" / "kemendagri_2025_kode_nama.csv.gz"
NATION = "indonesia-squares-2025"


def draw_nation(store: Store) -> None:
    """The official list and an edition of its 83,762 villages, into an empty migrated database."""
    names = listed(KEMENDAGRI)
    with store.begin() as connection:
        rows = {RegionCode.parse(CodeSystem.KEMENDAGRI, code): name for code, name in names.items()}
        editions.load_list(connection, CodeSystem.KEMENDAGRI, "2025", rows)
    make_grid(store, NATION, names, CodeSystem.KEMENDAGRI, "Indonesia")


def villages(path: Path, length: int) -> dict[str, str]:
    """Undotted ten-digit code → name of a list whose village codes have ``length`` characters."""
    return {code.replace(".", ""): name for code, name in listed(path).items() if len(code) == length}
