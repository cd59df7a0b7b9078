"""Which regions of an edition a person means: codes or names as typed, or a column of codes or names in a file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from geoapp.domain.code_column import clean
from geoapp.domain.codes import CodeSystem, RegionCode
from geoapp.domain.names import normalise
from geoapp.errors import NotFound, Refused
from geoapp.releases.reading.read import read_book
from geoapp.releases.reading.table import Row

_SHOWN = 5
_ENOUGH = 0.5
"""A column is one of regions where at least this share of the rows that fill it are."""

Known = Mapping[str, str]
"""Name by code of every region with a shape, all levels."""


def regions_meant(items: Sequence[str], known: Known, system: CodeSystem, edition: str) -> tuple[str, ...]:
    """The codes of all that ``items`` name: each is a code, a name, or a file with a column of either.

    Raises
    ------
    NotFound
        If a code or name is no region of the edition.
    Refused
        If a name is of several, a file has no such column, or a row of it is none or several regions.
    """
    found: dict[str, None] = {}
    for each in items:
        path = Path(each)
        if path.is_file():
            found.update(dict.fromkeys(_in_file(path, known, system, edition)))
            continue
        code = _code(each, known, system)
        codes = [code] if code else _by_name(known).get(normalise(each), [])
        if len(codes) > 1:
            raise Refused("error.set_name_several", name=each, codes=", ".join(codes))
        if not codes:
            raise NotFound("error.set_code", code=each, edition=edition)
        found[codes[0]] = None
    return tuple(found)


def _code(cell: object, known: Known, system: CodeSystem) -> str | None:
    try:
        text = RegionCode.parse(system, clean(cell)).text
    except ValueError:
        return None
    return text if text in known else None


def _by_name(known: Known) -> Mapping[str, list[str]]:
    """The codes of the lowest level by normalised name."""
    by_name: dict[str, list[str]] = {}
    lowest = max((len(code) for code in known), default=0)
    for code, name in known.items():
        if len(code) == lowest:
            by_name.setdefault(normalise(name), []).append(code)
    return by_name


def _in_file(path: Path, known: Known, system: CodeSystem, edition: str) -> Iterable[str]:
    sheets = _sheets(path)
    by_name = _by_name(known)

    def coded(cell: object) -> list[str]:
        code = _code(cell, known, system)
        return [code] if code else []

    def named(cell: object) -> list[str]:
        return by_name.get(normalise(_text(cell)), [])

    for look in (coded, named):
        for rows in sheets:
            column = _best(rows, look)
            if column is not None:
                return _taken(path.name, edition, rows, column, look)
    raise Refused("error.set_no_column", file=path.name, edition=edition)


def _sheets(path: Path) -> list[list[Row]]:
    """The rows of every sheet that hold anything; a text of one column is one, which no other table may be."""
    try:
        return [[row for row in sheet.rows if any(map(_text, row.cells))] for sheet in read_book(path).sheets]
    except Refused as error:
        if error.message != "error.table_one_column":
            raise
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        return [[Row(line, (cell,)) for line, cell in enumerate(text.splitlines(), 1) if cell.strip()]]


Look = Callable[[object], list[str]]


def _best(rows: Sequence[Row], look: Look) -> int | None:
    """The column in which most rows are regions; None where no column is mainly of regions."""
    shares = []
    for at in range(max((len(row.cells) for row in rows), default=0)):
        cells = [row.cells[at] for row in rows if at < len(row.cells) and _text(row.cells[at])]
        hits = sum(bool(look(cell)) for cell in cells)
        if hits and hits >= _ENOUGH * (len(cells) - 1):  # one may be the header
            shares.append((hits, -at))
    return -max(shares)[1] if shares else None


def _taken(file: str, edition: str, rows: Sequence[Row], column: int, look: Look) -> Iterable[str]:
    cells = [(r.line, r.cells[column]) for r in rows if column < len(r.cells) and _text(r.cells[column])]
    first = next(at for at, (_, cell) in enumerate(cells) if look(cell))
    unknown, several, taken = [], [], []
    for line, cell in cells[first:]:
        codes = look(cell)
        taken += codes
        if not codes:
            unknown.append(line)
        elif len(codes) > 1:
            several.append(f"{line}: {_text(cell)} ({', '.join(codes)})")
    if unknown:
        lines = ", ".join(map(str, unknown[:_SHOWN])) + (" …" if len(unknown) > _SHOWN else "")
        raise Refused("error.set_unknown_rows", file=file, edition=edition, n=len(unknown), lines=lines)
    if several:
        raise Refused("error.set_several", file=file, rows="; ".join(several[:_SHOWN]))
    return taken


def _text(cell: object) -> str:
    return "" if cell is None or cell != cell else str(cell).strip()
