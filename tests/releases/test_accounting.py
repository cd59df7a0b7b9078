"""Whatever is wrong with a table, every row and every region is counted exactly once."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoapp.catalogue import Catalogue
from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.domain.regions import BoundaryStatus, Edition
from geoapp.domain.words import Words
from geoapp.releases.checking.check import Draft, check
from geoapp.releases.matching.match import Target, match
from geoapp.releases.options import Asked, Options
from geoapp.releases.reading.read import read_table
from geoapp.releases.shaping.shape import recognise
from tests.releases.conftest import VILLAGES

CODES = sorted(VILLAGES)
SPELL: tuple[Callable[[str], str], ...] = (
    lambda code: code,
    lambda code: code.replace(".", ""),
    lambda code: code.replace(".", "") + ".0",
    lambda code: f"'{code}",
    lambda code: f" {code}\u00a0",
)
STRANGE = ("35.73.01.1099", "36.01.01.2001", "35.73.01", "35.73", "", "Jumlah", "TOTAL", "LUAR DAERAH", "9999", "abc")
FIGURES = ("0", "7", "7.0", "1250", "12.5", "…", "-", "", "banyak", "tidak berlaku", "1e3", "-4", "12*")
PERIODS = ("2023", "2024", "2024.0", "kapan", "")

known_codes = st.builds(lambda code, spelled: spelled(code), st.sampled_from(CODES), st.sampled_from(SPELL))
rows = st.tuples(
    st.one_of(known_codes, known_codes, st.sampled_from(STRANGE)), st.sampled_from(PERIODS), st.sampled_from(FIGURES)
)
EDITION = Edition(
    id="kota-kecil-2025",
    area="Kota Kecil",
    code_system=CodeSystem.KEMENDAGRI,
    source="made",
    attribution=Words("Buatan", "Made"),
    licence="CC0",
    status=BoundaryStatus.INDICATIVE,
    dated="2025",
    base_level=Level.VILLAGE,
    box=(112.0, -8.0, 113.0, -7.0),
    published_at=datetime(2025, 1, 1, tzinfo=UTC),
)
TARGET = Target(EDITION, {code: VILLAGES[code] for code in CODES}, frozenset({"35.73.01", "35.73.02", "35.73", "35"}))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


def accounted(path: Path, catalogue: Catalogue, **said: Any) -> Draft:
    options = Options(indicators=(Asked("penduduk"),), code_system=CodeSystem.KEMENDAGRI, decimal=None, **said)
    table = read_table(path)
    shape = recognise(table, options, catalogue.indicators)
    return check(table, shape, match(table, shape, options, [TARGET], {}), options)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damaged=st.lists(rows, max_size=25), whole=st.booleans())
def test_every_row_and_every_region_is_counted_once(
    folder: Path, catalogue: Catalogue, damaged: list[tuple[str, str, str]], whole: bool
) -> None:
    sound = [(code, "2022", "5") for code in CODES[:4]]
    written = [("kode", "tahun", "penduduk"), *sound, *damaged]
    path = folder / "a.csv"
    path.write_text("\n".join(";".join(row) for row in written) + "\n", encoding="utf-8")
    filled = [line for line, row in enumerate(written, 1) if line > 1 and any(cell.strip() for cell in row)]

    draft = accounted(path, catalogue, whole=whole, edition=EDITION.id)

    report = draft.report
    assert [row.line for row in report.rows] == filled
    assert sum(report.counts[fate] for fate in ("joined", "merged", "refused", "set_aside")) == report.counts["read"]
    keys = [(each.indicator, each.period, each.code) for each in draft.staged]
    assert len(set(keys)) == len(keys)
    assert {each.line for each in draft.staged if each.line} == {
        row.line for row in report.rows if row.fate.value == "joined"
    }
    without = {(series, code) for several, codes in report.without_row for series in several for code in codes}
    for each in report.series:
        said = [one for one in draft.staged if one.line and one.period.text == each.period]
        known = {one.code for one in said if one.observation.known}
        states = {one.code for one in said if not one.observation.known}
        missing = {code for series, code in without if series == f"{each.indicator} {each.period}"}
        assert (each.figure, each.state, each.no_row) == (len(known), len(states), len(missing))
        assert sorted([*known, *states, *missing]) == CODES
