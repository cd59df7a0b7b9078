"""A small true world for statistics: a regency of two districts and twenty villages, and tables written for it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
import shapely

from geoapp.catalogue import Catalogue
from geoapp.domain.codes import CodeSystem, RegionCode
from geoapp.domain.levels import Level
from geoapp.domain.regions import BoundaryStatus
from geoapp.domain.words import Words
from geoapp.settings import Settings
from geoapp.store.database import Store
from geoapp.store.editions import NewEdition, NewRegion, write

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
VILLAGES = {
    f"35.73.0{district}.{1000 + n}": f"Desa {district} {chr(64 + n)}" for district in (1, 2) for n in range(1, 11)
}
Table = Callable[[str, Sequence[Sequence[object]]], Path]
MakeEdition = Callable[..., str]


def make_edition(
    store: Store,
    id: str = "kota-kecil-2025",
    villages: Mapping[str, str] = VILLAGES,
    system: CodeSystem = CodeSystem.KEMENDAGRI,
    dated: str = "2025",
) -> str:
    """An edition of square villages with their districts, the regency and an ancestor; area by area 2 km² each."""
    codes = [RegionCode.parse(system, code) for code in sorted(villages)]
    rows = [_upper(codes[0].at(Level.PROVINCE), None, [])]
    for level in (Level.REGENCY, Level.DISTRICT):
        for number, upper in enumerate(sorted({code.at(level) for code in codes}), 1):
            rows.append(_upper(upper, number, [each for each in codes if each.at(level) == upper]))
    for number, code in enumerate(codes, 1):
        rows.append(_row(code, villages[code.text], number, Level.VILLAGE, number, 2.0))
    edition = NewEdition(
        id=id,
        area="Kota Kecil",
        code_system=system,
        source="made",
        attribution=Words("Buatan", "Made"),
        licence="CC0",
        status=BoundaryStatus.INDICATIVE,
        dated=dated,
        base_level=Level.VILLAGE,
        box=(112.0, -8.0, 113.0, -7.0),
        digest=id,
        report={},
    )
    with store.begin() as connection:
        write(connection, edition, rows, [])
    return id


def _upper(code: RegionCode, number: int | None, below: Sequence[RegionCode]) -> NewRegion:
    level = code.level
    assert level is not None
    if number is None:
        return NewRegion(code.text, level, None, f"Atas {code.text}", None, None, None)
    return _row(code, f"Atas {code.text}", number, level, 1000 * level + number, 2.0 * len(below))


def _row(code: RegionCode, name: str, number: int, level: Level, place: int, area: float) -> NewRegion:
    west, south = 112 + place % 100 / 100, -8 + place // 100 / 100
    square = shapely.set_srid(shapely.MultiPolygon([shapely.box(west, south, west + 0.01, south + 0.01)]), 4326)
    inside = shapely.set_srid(shapely.Point(west + 0.005, south + 0.005), 4326)
    parent = code.parent
    assert parent is not None and parent.level is not None
    wkb = [shapely.to_wkb(each, include_srid=True) for each in (inside, square)]
    return NewRegion(code.text, level, number, name, None, parent.text, parent.level, area, [], wkb[0], wkb[1])


@pytest.fixture
def edition(store: Store) -> str:
    """The id of the small edition, in a fresh database."""
    return make_edition(store)


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The repository's catalogue, with no site over it."""
    return Catalogue.of(Settings(site=tmp_path_factory.mktemp("site")))


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """Writes rows as a CSV of this name."""

    def write_csv(name: str, rows: Sequence[Sequence[object]]) -> Path:
        path = tmp_path / name
        path.write_text("\n".join(";".join(map(str, row)) for row in rows) + "\n", encoding="utf-8")
        return path

    return write_csv
