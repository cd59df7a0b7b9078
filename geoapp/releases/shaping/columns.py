"""What every column of a table is, by its header and its cells: code, part of a code, name, period, unit, figures."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from geoapp.domain.code_column import clean
from geoapp.domain.figures import says_nothing, tidy
from geoapp.domain.levels import Level
from geoapp.domain.period_words import month_of, read_period
from geoapp.domain.periods import Granularity
from geoapp.domain.written import is_scientific, read_written
from geoapp.errors import NotFound
from geoapp.releases.options import Options
from geoapp.releases.reading.table import Table, is_code_like, text_of
from geoapp.releases.shaping.header_words import (
    NAME_WORDS,
    counts_nothing,
    is_question_number,
    level_in,
    plain,
    says_code,
    words_of,
)

NO_COLUMN = "-"
"""Says that the table has no such column."""
_JUDGED = 2_000
_TRIED = 500
"""So many different cells tell whether they are codes."""
_PART = re.compile(r"\d{1,4}(?:\.0)?")
_PART_DIGITS = {Level.PROVINCE: 2, Level.REGENCY: 2, Level.DISTRICT: 3, Level.VILLAGE: 4}
_UPPER_DIGITS = {2: Level.PROVINCE, 4: Level.REGENCY, 6: Level.DISTRICT, 7: Level.DISTRICT, 10: Level.VILLAGE}
_PERIOD_FIRST = {"tahun", "thn", "year", "periode", "period", "tanggal", "tgl", "date", "waktu", "bulan"}
_WRITTEN = """
berdiri pembentukan pembuatan pendirian lahir update updated input entri entry isi pengisian cetak dicetak unduh unggah
upload kirim rilis publikasi terbit verifikasi validasi pemutakhiran diperbarui pembaruan terakhir sk perda perdes
perbup perwal created modified release released
"""
_PERIOD_NOT = frozenset(_WRITTEN.split())
"""When a place was made, or a row written: not the time its figures are of."""
_AMOUNTS = frozenset(
    ("pagu", "anggaran", "realisasi", "alokasi", "dana", "add", "rp", "rupiah", "jumlah", "nilai", "total", "belanja")
)
"""Ten digits below one of these are rupiah, not a village."""
_HALVES = {
    "half": {"semester", "smt", "sem"},
    "quarter": {"triwulan", "tw", "quarter", "trw"},
    "month": {"bulan", "month", "bln"},
}
_FINENESS = (Granularity.YEAR, Granularity.SCHOOL_YEAR, Granularity.HALF_YEAR, Granularity.QUARTER, Granularity.MONTH)


@dataclass(frozen=True)
class Profile:
    """One column by its cells: the distinct ones of up to ``_JUDGED`` rows, and what they look like.

    ``figures`` and ``words`` are shares of the cells that say anything; ``filled`` is how many those are. ``blank`` if
    nothing at all is written in any cell.
    """

    index: int
    header: str
    cells: tuple[object, ...]
    filled: int
    figures: float
    words: float
    blank: bool

    @property
    def holds_figures(self) -> bool:
        """Whether the column could be a statistic's figures."""
        return (
            self.filled > 0
            and self.figures >= 0.5
            and not counts_nothing(self.header)
            and not is_question_number(self.header)
            and not (says_code(self.header) and "jumlah" not in words_of(self.header))
        )

    @property
    def holds_signs(self) -> bool:
        """Whether all that is written says that there is no figure."""
        return not self.filled and not self.blank

    @property
    def holds_categories(self) -> bool:
        """Whether the column could be a category's words: few different ones, many times."""
        return self.words > 0.5 and 2 <= len(self.cells) <= max(2, min(30, self.filled // 3))


def profiles(table: Table) -> tuple[Profile, ...]:
    """Every column of a table, from left to right; rows that are no data do not count."""
    rows = [row for row in table.rows if row.line not in table.asides] or list(table.rows)
    judged = rows[:: max(1, len(rows) // _JUDGED)]
    return tuple(
        _profile(index, header, [row.cells[index] for row in judged]) for index, header in enumerate(table.header)
    )


def asked_column(table: Table, asked: str | None) -> int | None:
    """The column called so; NotFound naming those there are."""
    if asked is None:
        return None
    for index, name in enumerate(table.header):
        if name == asked or (name and plain(name) == plain(asked)):
            return index
    raise NotFound("error.no_column", column=asked, columns=headers(table))


def headers(table: Table) -> str:
    """The headers of a table, as a sentence names them."""
    return ", ".join(name for name in table.header if name)


def code_columns(columns: Sequence[Profile]) -> tuple[int, ...]:
    """The columns of the finest whole codes, those with a telling header first, wherever they stand in the table."""
    found = []
    for each in columns:
        named = says_code(each.header) and not counts_nothing(each.header)
        if not named and not _AMOUNTS.isdisjoint(words_of(each.header)):
            continue
        cells = [cell for cell in each.cells[:_TRIED] if text_of(cell)]
        like = [cell for cell in cells if is_code_like(cell, sure=not named)]
        if like and len(like) >= (0.3 if named else 0.8) * len(cells):
            lengths = [_digits(cell) for cell in like]
            found.append((max(sorted(set(lengths)), key=lengths.count), not named, each.header, each.index))
    finest = max((each[0] for each in found), default=0)
    return tuple(index for length, _, _, index in sorted(found) if length == finest)


def code_level(columns: Sequence[Profile], codes: Sequence[int]) -> Level | None:
    """The level that whole codes of this length are of, None where the length says none."""
    lengths = Counter(_digits(cell) for cell in columns[codes[0]].cells if is_code_like(cell))
    return _UPPER_DIGITS.get(lengths.most_common(1)[0][0]) if lengths else None


def part_columns(columns: Sequence[Profile]) -> dict[Level, int]:
    """Columns of codes in pieces by level, down to the finest; an upper one may hold the whole code so far.

    Without a word for a code, zeros before the digits say it, of one level for all, or that all levels are there.
    """
    parts: dict[Level, int] = {}
    likely: dict[Level, int] = {}
    for each in columns:
        level = level_in(each.header)
        if level not in _PART_DIGITS or level in parts or not each.filled:
            continue
        texts = [text_of(cell) for cell in each.cells if text_of(cell)]
        piece = _most(texts, lambda text: bool(_PART.fullmatch(text)))
        coded = says_code(each.header) or {"no", "nomor"} & set(words_of(each.header))
        if (coded and piece) or (says_code(each.header) and _most(texts, is_code_like)):
            parts[level] = each.index
        elif piece and len(words_of(each.header)) == 1:
            likely[level] = each.index
    padded = any(text_of(cell).startswith("0") for index in likely.values() for cell in columns[index].cells)
    if padded or len(likely) == len(_PART_DIGITS):
        parts = dict(sorted((likely | parts).items()))
    finest = max(parts, default=None)
    if finest in (None, Level.PROVINCE) or _longest(columns[parts[finest]]) > _PART_DIGITS[finest]:
        return {}
    return parts


def _most(texts: Sequence[str], holds: Callable[[str], bool]) -> bool:
    return sum(map(holds, texts)) > 0.9 * len(texts)


def name_columns(columns: Sequence[Profile], taken: set[int], repeated: bool) -> dict[Level, int]:
    """The columns of region names by level, RW and RT only where the villages repeat: else they are counts."""
    named: dict[Level, int] = {}
    for each in sorted(columns, key=lambda column: (len(words_of(column.header)), column.header)):
        level = level_in(each.header)
        if level is None or each.index in taken or not each.filled or says_code(each.header):
            continue
        if level in (Level.RW, Level.RT):
            if repeated and set(words_of(each.header)) <= {"rw", "rt", "no", "nomor", "nama"}:
                named.update(
                    dict.fromkeys((Level[w.upper()] for w in words_of(each.header) if w in ("rw", "rt")), each.index)
                )
        elif each.words > 0.5 and level not in named and len(words_of(each.header)) <= 5:
            named[level] = each.index
    return dict(sorted(named.items()))


def nameless_name(columns: Sequence[Profile], taken: set[int]) -> int | None:
    """The column of names that names no level: called a name, or without a header full of different words."""
    called = [each for each in columns if NAME_WORDS & set(words_of(each.header))]
    blank = [each for each in columns if not each.header and len(each.cells) > 0.5 * each.filled]
    for each in (*called, *blank):
        if each.index not in taken and each.words > 0.5 and not says_code(each.header):
            return each.index
    return None


def period_column(columns: Sequence[Profile], taken: set[int]) -> int | None:
    """The column that says the rows' periods; of several the one with most different, then the finest."""
    ranked = []
    for each in columns:
        words = words_of(each.header)
        if each.index in taken or words[0] not in _PERIOD_FIRST or not _PERIOD_NOT.isdisjoint(words) or not each.filled:
            continue
        read = [read_period(cell) for cell in each.cells if text_of(cell)]
        known = [found.period.granularity for found in read if found]
        if known and len(known) >= 0.5 * len(read):
            fine = _FINENESS.index(known[0]) if known[0] in _FINENESS else len(_FINENESS)
            ranked.append((len(known), fine, -each.index))
    return -max(ranked)[2] if ranked else None


def half_column(columns: Sequence[Profile], taken: set[int]) -> int | None:
    """The column that says which part of the year."""
    return next((each.index for each in columns if each.index not in taken and half_kind(each.header)), None)


def half_kind(header: str) -> str | None:
    """What part of the year a header says: ``half``, ``quarter``, ``month``."""
    first = words_of(header)[0]
    return next((kind for kind, words in _HALVES.items() if first in words), None)


def unit_column(columns: Sequence[Profile], taken: set[int]) -> int | None:
    """The column of units."""
    return next(
        (
            each.index
            for each in columns
            if each.index not in taken and words_of(each.header)[0] in ("satuan", "unit", "uom") and each.words > 0.5
        ),
        None,
    )


def asked_levels(table: Table, asked: Mapping[Level, str]) -> dict[Level, int]:
    """The columns a person named by level."""
    found = {level: asked_column(table, name) for level, name in asked.items()}
    return {level: index for level, index in found.items() if index is not None}


def asked_name(table: Table, options: Options) -> int | None:
    """The column of names a person asked for, None also where it is said that there is none."""
    return None if options.name_column == NO_COLUMN else asked_column(table, options.name_column)


def _profile(index: int, header: str, cells: Sequence[object]) -> Profile:
    counts = Counter((type(cell), cell) for cell in cells)
    kept: list[object] = []
    filled = figures = words = 0
    blank = True
    for (_, cell), times in counts.items():
        text = tidy(cell)
        blank = blank and not text
        if says_nothing(text) is not None or cell != cell:
            continue
        kept.append(cell)
        filled += times
        if isinstance(cell, int | float) or is_scientific(text) or read_written(text, money=True):
            figures += times
        elif any(sign.isalpha() for sign in text) and month_of(text) is None:
            words += times
    return Profile(index, header, tuple(kept), filled, figures / max(1, filled), words / max(1, filled), blank)


def _longest(column: Profile) -> int:
    """The digits of most cells: three in a hundred may be longer."""
    lengths = sorted(len(text_of(cell).removesuffix(".0")) for cell in column.cells)
    return lengths[int(0.97 * (len(lengths) - 1))] if lengths else 99


def _digits(cell: object) -> int:
    """How fine a code is: its digits; a district has six in one system and seven in the other, what was short ten."""
    text = clean(cell)
    if "e" in text.lower():
        return 10
    if "." not in text[:3]:
        digits = len(text.split(".", 1)[0])
    else:
        parts = text.split(".")
        digits = sum(map(len, parts[:4])) + (1 if len(parts) > 4 else 0)
    return 7 if digits == 6 else min(digits, 11)
