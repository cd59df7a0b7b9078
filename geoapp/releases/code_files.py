"""Reading a file of codes: an official list, or a crosswalk between the two systems, told by its columns."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from geoapp.domain.code_column import read_column
from geoapp.domain.codes import CodeSystem, RegionCode
from geoapp.domain.levels import Level
from geoapp.domain.names import normalise
from geoapp.errors import Refused
from geoapp.releases.reading.read import read_book
from geoapp.releases.reading.table import Row
from geoapp.store.places import Link

_TITLES = 20
"""The header stands among the first so many rows."""
_SAMPLE = 200
_HALF_READ = 0.02
"""A file of which a greater share cannot be read is refused whole."""
_SHOWN = 5
_SYSTEM = {
    CodeSystem.BPS: re.compile(r"(^|_)([a-z]*bps|id(desa|kec|kab|prov))(_|\d|$)"),
    CodeSystem.KEMENDAGRI: re.compile(r"(^|_)[a-z]*dagri(_|\d|$)"),
}
_NAME = re.compile(r"(^|_)(nama|nm|name)(_|$)")
_CODE = re.compile(r"(^|_)(kode|code|kd|id)(_|$)")
_WEAK = re.compile(r"derived|by[_ -]?name|usulan|proposal|kandidat|candidate|suggest", re.IGNORECASE)
"""Words that say a crosswalk was made by comparing names and has no office behind it …"""
_ALIKE, _ENOUGH = 0.995, 100
"""… as does an equal name on both sides of nearly every one of so many links: offices spell differently."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class Skipped(NamedTuple):
    """Rows that were left out: without a code (or its partner, or a name), said before, or no code at all."""

    blank: int
    repeated: int
    unread: tuple[int, ...]
    """Their lines."""

    @property
    def n(self) -> int:
        """All of them."""
        return self.blank + self.repeated + len(self.unread)


@dataclass(frozen=True)
class CodeList:
    """Names by code, of one system."""

    system: CodeSystem
    names: Mapping[RegionCode, str]
    skipped: Skipped


@dataclass(frozen=True)
class Crosswalk:
    """Links between BPS and Kemendagri codes; ``ambiguous`` of them share a code with another link.

    ``doubt`` is why nobody may vouch for it, as a message with its values; None where nothing speaks against it.
    """

    links: tuple[Link, ...]
    ambiguous: int
    doubt: tuple[str, Mapping[str, Any]] | None
    skipped: Skipped

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels of its links, upper ones first."""
        return tuple(sorted({each.level for each in self.links}))


class _Header(NamedTuple):
    at: int
    cells: tuple[str, ...]


Body = Sequence[Row]
"""The rows below the header that hold anything."""


def years(name: str) -> list[str]:
    """The years that a file's name holds.

    >>> years("crosswalk_bps2024_kemendagri2025.csv.gz")
    ['2024', '2025']
    """
    return _YEAR.findall(name)


def read_codes(path: Path, asked: CodeSystem | None = None) -> CodeList | Crosswalk:
    """A list or a crosswalk; ``asked`` ends all doubt about the system of a list.

    Raises
    ------
    NotFound
        If there is no such file.
    Refused
        If it is no file of rows or neither of them, if its codes may be of either system, or if more than a few rows
        cannot be read.
    """
    header, body = _found(path)
    both = {system: _columns(header, system) for system in CodeSystem}
    if all(both.values()):
        pair = {system: _one(path.name, header, _lowest(body, found)) for system, found in both.items()}
        return _crosswalk(path.name, header, body, pair)
    return _list(path.name, header, body, asked)


def _list(name: str, header: _Header, body: Body, asked: CodeSystem | None) -> CodeList:
    code = _one(name, header, _lowest(body, _columns(header, None)))
    name_at = next(at for at, cell in enumerate(header.cells) if _NAME.search(cell))
    hinted = next((system for system in CodeSystem if _SYSTEM[system].search(header.cells[code])), None)
    codes, said = _column(body, code), _column(body, name_at)
    reading = read_column(codes, [], {}, header.cells[code], asked or hinted)
    if reading.system is None:
        raise Refused("error.code_list_undecided" if reading.question else "error.code_list_columns", file=name)
    kept: dict[RegionCode, str] = {}
    blank, repeated, unread = 0, 0, []
    for row, raw, found, called in zip(body, codes, reading.codes, said, strict=True):
        if not _text(raw) or not _text(called):
            blank += 1
        elif found is None or found.level is None:
            unread.append(row.line)
        elif found in kept:
            repeated += 1
        else:
            kept[found] = _text(called)
    _refuse_half_read(name, len(body), len(kept), unread)
    return CodeList(reading.system, kept, Skipped(blank, repeated, tuple(unread)))


def _crosswalk(name: str, header: _Header, body: Body, pair: Mapping[CodeSystem, int]) -> Crosswalk:
    raw = {system: _column(body, at) for system, at in pair.items()}
    read = {system: read_column(cells, [], {}, "", system).codes for system, cells in raw.items()}
    links: dict[Link, None] = {}
    blank, repeated, unread = 0, 0, []
    for n, row in enumerate(body):
        bps, kemendagri = read[CodeSystem.BPS][n], read[CodeSystem.KEMENDAGRI][n]
        if not all(_text(cells[n]) for cells in raw.values()):
            blank += 1
        elif bps is None or kemendagri is None or bps.level is None or bps.level is not kemendagri.level:
            unread.append(row.line)
        elif (link := Link(bps.text, kemendagri.text, bps.level)) in links:
            repeated += 1
        else:
            links[link] = None
    _refuse_half_read(name, len(body), len(links), unread)
    skipped = Skipped(blank, repeated, tuple(unread))
    return Crosswalk(tuple(links), _ambiguous(links), _doubt(name, header, body), skipped)


def _doubt(name: str, header: _Header, body: Body) -> tuple[str, Mapping[str, Any]] | None:
    word = next((found[0] for text in (name, *header.cells) if (found := _WEAK.search(text))), "")
    if word:
        return "codes.proposal_word", {"word": word}
    names = [at for at, cell in enumerate(header.cells) if _NAME.search(cell)]
    if len(names) != 2 or len(body) < _ENOUGH:
        return None
    left, right = ([normalise(_text(cell)) for cell in _column(body, at)] for at in names)
    alike = sum(a == b for a, b in zip(left, right, strict=True)) / len(body)
    return ("codes.proposal_names", {}) if alike >= _ALIKE else None


def _ambiguous(links: Mapping[Link, None]) -> int:
    bps: dict[str, int] = {}
    kemendagri: dict[str, int] = {}
    for each in links:
        bps[each.bps] = bps.get(each.bps, 0) + 1
        kemendagri[each.kemendagri] = kemendagri.get(each.kemendagri, 0) + 1
    return sum(bps[each.bps] > 1 or kemendagri[each.kemendagri] > 1 for each in links)


def _refuse_half_read(name: str, rows: int, kept: int, unread: Sequence[int]) -> None:
    if not kept:
        raise Refused("error.code_list_columns", file=name)
    if len(unread) > max(1, _HALF_READ * rows):
        lines = ", ".join(map(str, unread[:_SHOWN])) + (" …" if len(unread) > _SHOWN else "")
        raise Refused("error.code_list_half_read", file=name, n=len(unread), rows=rows, lines=lines)


def _found(path: Path) -> tuple[_Header, Body]:
    """The first sheet with a row that names the columns of a list or of a crosswalk, from that row on."""
    for sheet in read_book(path).sheets:
        header = _header(sheet.rows[:_TITLES])
        if header is not None:
            return header, [row for row in sheet.rows[header.at + 1 :] if any(map(_text, row.cells))]
    raise Refused("error.code_list_columns", file=path.name)


def _header(rows: Body) -> _Header | None:
    for at, row in enumerate(rows):
        found = _Header(at, tuple(re.sub(r"[^a-z0-9]+", "_", _text(cell).lower()).strip("_") for cell in row.cells))
        named = any(map(_NAME.search, found.cells))
        if all(_columns(found, system) for system in CodeSystem) or (named and _columns(found, None)):
            return found
    return None


def _columns(header: _Header, system: CodeSystem | None) -> list[int]:
    """The columns that hold codes of a system, or codes of whichever."""
    found = []
    for at, cell in enumerate(header.cells):
        of_system = system is not None and _SYSTEM[system].search(cell)
        if (of_system or (system is None and _CODE.search(cell))) and not _NAME.search(cell):
            found.append(at)
    return found


def _lowest(body: Body, found: Sequence[int]) -> list[int]:
    """Of several columns of codes those of the lowest level: the others hold the codes of the regions above."""

    def digits(at: int) -> int:
        widths = Counter(len(re.sub(r"\D", "", _text(cell))) for cell in _column(body[:_SAMPLE], at))
        return widths.most_common(1)[0][0] if widths else 0

    most = max(map(digits, found), default=0)
    return [at for at in found if digits(at) == most]


def _one(name: str, header: _Header, found: Sequence[int]) -> int:
    if len(found) != 1:
        columns = ", ".join(header.cells[at] for at in found)
        raise Refused("error.code_list_several" if found else "error.code_list_columns", file=name, columns=columns)
    return found[0]


def _column(body: Body, at: int) -> list[object]:
    return [row.cells[at] if at < len(row.cells) else None for row in body]


def _text(cell: object) -> str:
    return "" if cell is None or cell != cell else str(cell).strip()
