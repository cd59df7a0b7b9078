"""Reading a file of lineage: which code became which, when, by which act; a marked file of suggestions too."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from geoapp.domain.accepted import NO, YES
from geoapp.domain.code_column import read_column
from geoapp.domain.codes import CodeSystem, RegionCode
from geoapp.domain.lineage import Kind, ShareOf, Step
from geoapp.domain.lineage_faults import Fault, faults
from geoapp.domain.period_words import read_period
from geoapp.domain.periods import Granularity, days
from geoapp.errors import Refused
from geoapp.releases.reading.read import read_book
from geoapp.releases.reading.table import Row

_Said = TypeVar("_Said")

_TITLES = 20
"""The header stands among the first so many rows."""
_SHOWN = 8
COLUMNS = ("old", "new", "kind", "share", "share_of", "legal_basis", "date")
"""As a file of lineage is written; ``accept`` beside them where only marked rows count."""
_HEADS = {
    "old": {"old", "old_code", "lama", "kode_lama", "asal", "kode_asal"},
    "new": {"new", "new_code", "baru", "kode_baru", "menjadi"},
    "kind": {"kind", "jenis", "peristiwa", "perubahan"},
    "share": {"share", "bagian", "porsi"},
    "share_of": {"share_of", "bagian_dari", "porsi_dari"},
    "legal_basis": {"legal_basis", "legal_act", "act", "dasar_hukum", "peraturan"},
    "date": {"date", "since", "valid_from", "tanggal", "berlaku", "berlaku_sejak", "sejak"},
    "accept": {"accept", "terima", "setuju"},
}
_NEEDED = ("old", "new", "kind", "date")
_KINDS = {
    Kind.SPLIT: {"split", "pemekaran", "dimekarkan", "pecah"},
    Kind.MERGE: {"merge", "merger", "penggabungan", "digabung", "gabung"},
    Kind.MOVE: {"move", "moved", "pindah", "perpindahan"},
    Kind.RENAME: {"rename", "renamed", "ganti_nama", "perubahan_nama"},
    Kind.KIND: {"kind", "change_of_kind", "perubahan_status", "ganti_status", "perubahan_jenis"},
}
_SHARES = {
    ShareOf.AREA: {"area", "luas", "luas_wilayah"},
    ShareOf.POPULATION: {"population", "penduduk", "jumlah_penduduk"},
}


class Brought(NamedTuple):
    """The steps of a file in one code system, each with its line; ``unmarked`` rows were not accepted."""

    file: str
    system: CodeSystem
    lines: Mapping[Step, int]
    unmarked: int


def read_lineage(path: Path, asked: CodeSystem | None = None) -> Brought:
    """The steps of a file.

    Raises
    ------
    NotFound
        If there is no such file.
    Refused
        If it has not the columns of a lineage, its codes may be of either system, or a row cannot be read.
    """
    at, rows = _found(path)
    marked = [row for row in rows if "accept" not in at or _accepted(path, row, at["accept"])]
    if not marked:
        raise Refused("error.lineage_none", file=path.name)
    cells = [_cell(row, at[name]) for name in ("old", "new") for row in marked]
    system = asked or read_column(cells, [], {}, "", None).system
    if system is None:
        raise Refused("error.lineage_system", file=path.name)
    codes = read_column(cells, [], {}, "", system).codes
    lines: dict[Step, int] = {}
    for row, old, new in zip(marked, codes[: len(marked)], codes[len(marked) :], strict=True):
        lines[_step(path, row, at, (old, new))] = row.line
    return Brought(path.name, system, lines, len(rows) - len(marked))


def together(brought: Brought, held: Sequence[Step]) -> int:
    """Hold the steps of a file beside those there are; gives how many of these they replace.

    Raises
    ------
    Refused
        If they make no lineage, with the lines of the first thing that is wrong.
    """
    before = {each.key: each for each in held}
    new = {each.key for each in brought.lines}
    wrong = faults([*brought.lines, *(each for key, each in before.items() if key not in new)])
    if wrong:
        raise _refused(brought, wrong)
    return len(before.keys() & new)


def _refused(brought: Brought, wrong: Sequence[Fault]) -> Refused:
    """The first fault, with the lines of all that are like it."""
    first = wrong[0]
    like = [each.step for each in wrong if each.message == first.message]
    lines = sorted({line for step in like for line in _lines(brought, step)})
    said = ", ".join(map(str, lines[:_SHOWN])) + (" …" if len(lines) > _SHOWN else "")
    return Refused(first.message, file=brought.file, lines=said or "–", **first.values)


def _lines(brought: Brought, step: Step) -> list[int]:
    """Where a step stands in the file; of one that was there before, where those stand that it does not go with."""
    if step in brought.lines:
        return [brought.lines[step]]
    return [line for each, line in brought.lines.items() if {each.old, each.new} & {step.old, step.new}]


def _found(path: Path) -> tuple[Mapping[str, int], list[Row]]:
    """Where the columns stand, and the rows below them that hold anything."""
    for sheet in read_book(path).sheets:
        for n, row in enumerate(sheet.rows[:_TITLES]):
            words = [_word(cell) for cell in row.cells]
            at = {name: words.index(word) for name, known in _HEADS.items() for word in words if word in known}
            if all(name in at for name in _NEEDED):
                return at, [each for each in sheet.rows[n + 1 :] if any(map(_text, each.cells))]
    raise Refused("error.lineage_columns", file=path.name)


def _accepted(path: Path, row: Row, at: int) -> bool:
    said = _cell(row, at).casefold()
    if said not in YES | NO:
        raise Refused("error.lineage_mark", file=path.name, line=row.line, word=said[:40])
    return said in YES


def _step(path: Path, row: Row, at: Mapping[str, int], codes: tuple[RegionCode | None, RegionCode | None]) -> Step:
    old, new = codes
    if old is None or new is None or old.level is not new.level:
        said = f"{_cell(row, at['old'])} → {_cell(row, at['new'])}"
        raise Refused("error.lineage_codes", file=path.name, line=row.line, codes=said[:60])
    kind = _read(path, row, at, "kind", lambda said: _one_of(_KINDS, said))
    share = _read(path, row, at, "share", _share)
    share_of = _read(path, row, at, "share_of", lambda said: _one_of(_SHARES, said))
    since = _read(path, row, at, "date", lambda said: _day(row.cells[at["date"]], said))
    if kind is None or since is None:
        raise Refused("error.lineage_cell", file=path.name, line=row.line, column="date" if kind else "kind", cell="")
    act = _cell(row, at["legal_basis"])[:200] if "legal_basis" in at else ""
    return Step(since, old.text, new.text, kind, share, share_of if share is not None else None, act)


def _read(path: Path, row: Row, at: Mapping[str, int], name: str, read: Callable[[str], _Said | None]) -> _Said | None:
    """What a cell says; None where it is empty or the column is not there."""
    said = _cell(row, at[name]) if name in at else ""
    if not said:
        return None
    found = read(said)
    if found is None:
        raise Refused("error.lineage_cell", file=path.name, line=row.line, column=name, cell=said[:40])
    return found


def _one_of(known: Mapping[_Said, set[str]], said: str) -> _Said | None:
    return next((each for each, words in known.items() if _word(said) in words), None)


def _share(said: str) -> float | None:
    """A share written ``0,25``, ``0.25`` or ``25 %``; its range is looked at with all others."""
    number = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*(%?)", said)
    return float(number[1].replace(",", ".")) / (100 if number[2] else 1) if number else None


def _day(cell: Any, said: str) -> date | None:
    """The day of a cell; the first of a month or year."""
    if isinstance(cell, date):
        return cell.date() if isinstance(cell, datetime) else cell
    found = read_period(said)
    if found is None or found.period.granularity is Granularity.SCHOOL_YEAR:
        return None
    return days(found.period)[0]


def _cell(row: Row, at: int) -> str:
    return _text(row.cells[at]).lstrip("'") if at < len(row.cells) else ""


def _word(cell: object) -> str:
    return re.sub(r"[^a-z0-9]+", "_", _text(cell).lower()).strip("_")


def _text(cell: object) -> str:
    return "" if cell is None or cell != cell else str(cell).strip()
