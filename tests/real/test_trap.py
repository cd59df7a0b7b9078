"""The trap is closed: codes of one system on boundaries of the other put no figure on a wrong village."""

import csv
import gzip
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from geoapp.domain.names import normalise
from tests.real.conftest import Check, Staged
from tests.real.tables import asked


class Trap(NamedTuple):
    """A table, the code column that is kept of it, the edition of the other system, and what must be reached."""

    file: str
    sign: str
    column: str
    name: str
    edition: str
    indicator: str
    reached: float
    """The share of the villages with a known partner whose figures find it when a person accepts equal names."""


KK, LIMBAH, JIWA = "kk=jumlah_kk", "uji_limbah=status_sungai_tercemar_limbah", "penduduk=jumlah_penduduk_berdasarkan"
BPS, KODE = "bps_kode_desa_kelurahan", "kemendagri_kode_desa_kelurahan"
BANDUNG, JABAR = "bandung_jumlah_kk_semester.csv", "jabar_idm_sungai_limbah_2019_2021.csv.gz"
ACEH = "aceh_penduduk_desa_jk_2024.csv"
TRAPS = (
    Trap(BANDUNG, ";", BPS, "bps_desa_kelurahan", "bandung-k", KK, 0.95),
    Trap(BANDUNG, ";", "KODE_KD", "kemendagri_nama_desa_kelurahan", "bandung-b", KK, 0.95),
    pytest.param(Trap(JABAR, ",", BPS, "bps_nama_desa_kelurahan", "jabar-k", LIMBAH, 0.95), marks=pytest.mark.proof),
    pytest.param(
        Trap(JABAR, ",", KODE, "kemendagri_nama_desa_kelurahan", "jabar-b", LIMBAH, 0.95), marks=pytest.mark.proof
    ),
    Trap(ACEH, ";", "kemendagri_kode_desa", "kemendagri_nama_desa", "aceh-b", f"{JIWA}_jenis_kelamin", 0.9),
)


def _table(path: Path, trap: Trap, named: bool) -> list[list[str]]:
    """The rows with the codes of one system alone, with or without the names of places.

    A regency is called the same in both systems; some tables name it in the columns of one of them alone.
    """
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as raw:
        lines = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
        head, *rows = [
            ["".join(cell.split()) if n == 0 else cell for cell in row]
            for n, row in enumerate(csv.reader(lines, delimiter=trap.sign))
        ]
    other = "kemendagri" if trap.column.startswith("bps") else "bps"
    drop = {
        n
        for n, name in enumerate(head)
        if name != trap.column and (re.search("kode|KODE", name) or re.match(f"{other}(?!_nama_kabupaten)", name))
    }
    if not named:
        drop |= {n for n, name in enumerate(head) if "nama" in name or name == trap.name}
    return [[cell for n, cell in enumerate(row) if n not in drop] for row in (head, *rows)]


def _write(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.fixture(scope="module")
def partners(data: Path) -> Mapping[str, str]:
    """Code → the other system's, both ways, as the derived crosswalk has them; undotted."""
    path = data / "codes" / "derived_crosswalk_bps2024_kemendagri2025_desa_by_name.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        pairs = [
            (f"b{row['kode_bps']}", f"k{row['kode_kemendagri'].replace('.', '')}") for row in csv.DictReader(lines)
        ]
    return dict(pairs) | {there: here for here, there in pairs}


@pytest.mark.parametrize("trap", TRAPS, ids=str)
def test_codes_of_the_other_system_put_no_figure_anywhere_before_a_person_agrees(
    trap: Trap, checked: Check, data: Path, tmp_path: Path
) -> None:
    path = data / "statistics" / trap.file
    code, report = checked(
        _write(tmp_path / "satu.csv", _table(path, trap, True)), trap.edition, *asked(trap.indicator)
    )
    assert (code, report["rows"]["joined"]) == (1, 0)
    assert report["question"] is not None and "--accept" in report["question"]["options"]
    assert report["rows"]["suggested"] > 0.8 * report["rows"]["read"]

    bare = _write(tmp_path / "tanpa.csv", _table(path, trap, False))
    code, report = checked(bare, trap.edition, *asked(trap.indicator))
    assert (code, report["rows"]["joined"], report["rows"]["suggested"]) == (1, 0, 0)
    assert report["question"] is not None and "--name-column" in report["question"]["options"]


@pytest.mark.parametrize("trap", TRAPS, ids=str)
def test_accepted_names_bring_the_figures_of_the_other_system_to_their_own_villages(
    trap: Trap,
    staged: Staged,
    data: Path,
    tmp_path: Path,
    partners: Mapping[str, str],
    names: Mapping[str, Mapping[str, str]],
) -> None:
    head, *rows = _table(data / "statistics" / trap.file, trap, True)
    found = staged(
        _write(tmp_path / "satu.csv", [head, *rows]), trap.edition, *asked(trap.indicator), "--accept", "100"
    )

    here, there = ("b", "k") if trap.column.startswith("bps") else ("k", "b")
    official = {
        f"{system.value[0]}{code.replace('.', '')}": name for system in names for code, name in names[system].items()
    }
    at, called = head.index(trap.column), head.index(trap.name)
    said = {f"{here}{re.sub(r'[.]0$|[.]', '', row[at])}": row[called] for row in rows}
    joined = {f"{there}{code.replace('.', '')}" for _, _, code in found}
    wanted = {partners[code]: code for code in said if code in partners and partners[code] in official}
    named = {normalise(name) for name in said.values()}
    assert {code: official[code] for code in joined - wanted.keys() if normalise(official[code]) not in named} == {}
    assert len(joined & wanted.keys()) >= trap.reached * len(wanted)

    told = head.index(trap.indicator.partition("=")[2])
    written: dict[str, list[str]] = {}
    for row in rows:
        written.setdefault(f"{here}{re.sub(r'[.]0$|[.]', '', row[at])}", []).append(row[told])
    for (_, _, code), figure in found.items():
        source = wanted.get(f"{there}{code.replace('.', '')}")
        if source is not None:
            assert figure in _possible(written[source], added="jenis_kelamin" in head)


def _possible(cells: Sequence[str], added: bool) -> set[float | str]:
    """What a region's rows may come to: one of their figures or words, or the sum of both sexes."""
    if added:
        return {sum(map(float, cells))}
    return {float(cell) if cell.isdigit() else cell.lower().replace(" ", "_") for cell in cells}
