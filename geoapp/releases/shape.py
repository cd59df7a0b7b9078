"""What a table's columns are: codes, names, periods, and which of them hold figures of which indicator and period."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from geoapp.domain.code_column import clean
from geoapp.domain.findings import Finding, Understood
from geoapp.domain.indicators import Indicator
from geoapp.domain.levels import Level
from geoapp.domain.observations import Mark
from geoapp.domain.period_words import PeriodRead, read_period, split_header
from geoapp.domain.periods import Period
from geoapp.errors import BadRequest, NotFound, Refused
from geoapp.releases.options import Asked, Options
from geoapp.releases.table import Table, is_code_like, names_a_code, plain, text_of

NO_COLUMN = "-"
"""Says that the table has no such column."""
_PERIOD_HEADERS = {"tahun", "periode", "period", "year", "thn", "tanggal", "bulan_tahun", "tahun_data"}
_JUDGED = 2_000
"""So many rows tell what a column is."""
_HALF_HEADERS = {"semester", "smt"}
_NAME_WORDS = ("kelurahan", "desa", "nama", "name", "gampong", "nagari", "wilayah")
_VALUE_WORDS = ("nilai", "skor", "angka", "jumlah", "banyaknya", "total")
"""What may stand before an indicator's name: ``NILAI IDM`` is the IDM."""
_NOT_NAMES = ("kecamatan", "kabupaten", "provinsi", "prov", "kab", "kec", "kota", "kode", "id", "code", "kd")


@dataclass(frozen=True)
class Series:
    """Where the figures of an indicator stand, of one period unless the rows say their own.

    A figure is that of ``column``; with ``plus`` it is the sum with these columns, known only where all are. ``where``
    takes only the rows with this answer (as ``answers`` writes it) in that column, several of one column are
    alternatives; ``over`` are columns of a second dimension, such as sex, over whose answers the rows of one region and
    period are added up, where all of ``values`` (those of each column of ``over``) are there. A row with the answer
    ``TOTAL`` is a given total: no part, but a check of them. ``factor`` turns the table's unit into the indicator's.
    """

    column: int
    indicator: Indicator
    period: Period | None
    marks: frozenset[Mark] = frozenset()
    plus: tuple[int, ...] = ()
    where: tuple[tuple[int, str], ...] = ()
    over: tuple[int, ...] = ()
    factor: float = 1.0
    values: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Shape:
    """The columns of a table by what they are. ``codes`` are candidates of whole codes, the likeliest first.

    ``parts`` are the columns of codes in pieces (province, regency, district, village; None where there is none);
    ``names`` the columns of region names by level, RW and RT too; ``name`` that of the table's own regions.

    ``unread`` are the headers of columns with figures that nobody asked for and no indicator is called like;
    ``dimensions`` the columns of a second dimension, ``unit`` that of units, ``half`` that of the part of the year.
    """

    codes: tuple[int, ...]
    name: int | None
    period: int | None
    half: int | None
    series: tuple[Series, ...]
    unread: tuple[str, ...] = ()
    parts: tuple[int | None, int | None, int | None, int | None] = (None, None, None, None)
    names: Mapping[Level, int] = field(default_factory=dict)
    understood: tuple[Understood, ...] = ()
    dimensions: tuple[int, ...] = ()
    unit: int | None = None
    findings: tuple[Finding, ...] = ()


def recognise(table: Table, options: Options, known: Mapping[str, Indicator]) -> Shape:
    """Find out what every column is.

    Raises
    ------
    NotFound
        If the catalogue has no such indicator, or the table no such column.
    BadRequest
        If no column can be told to be an indicator's, two are of one indicator and period, or no period is said
        anywhere.
    Refused
        If no column holds codes.
    """
    codes = _codes(table, options)
    period = _asked_column(table, options.period_column)
    if period is None and options.period is None:
        period = next((n for n, name in enumerate(table.header) if plain(name) in _PERIOD_HEADERS), None)
    half = next((n for n, name in enumerate(table.header) if plain(name) in _HALF_HEADERS), None)
    taken = {*codes, *(n for n in (period, half) if n is not None)}
    series = _series(table, options, known, taken, dated=period is not None)
    name = _name(table, options, taken | {each.column for each in series})
    used = taken | {each.column for each in series} | {name}
    unread = () if options.indicators else _unread(table, used)
    return Shape(codes, name, period, half if period is not None else None, series, unread)


def indicator_named(slug: str, known: Mapping[str, Indicator]) -> Indicator:
    """The indicator of the catalogue; NotFound naming those that are spelled nearly so."""
    if slug in known:
        return known[slug]
    near = get_close_matches(slug, known, n=3, cutoff=0.5)
    if near:
        raise NotFound("error.no_indicator_but", indicator=slug, near=", ".join(near))
    raise NotFound("error.no_indicator", indicator=slug)


def _asked_column(table: Table, asked: str | None) -> int | None:
    if asked is None:
        return None
    for index, name in enumerate(table.header):
        if plain(name) == plain(asked):
            return index
    raise NotFound("error.no_column", column=asked, columns=_headers(table))


def _headers(table: Table) -> str:
    return ", ".join(name for name in table.header if name)


def _codes(table: Table, options: Options) -> tuple[int, ...]:
    """The columns of the finest codes, those with a telling header first."""
    if options.code_column is not None:
        asked = _asked_column(table, options.code_column)
        assert asked is not None
        return (asked,)
    found = []
    for index, name in enumerate(table.header):
        named = names_a_code(name)
        cells = [cell for row in table.rows[:_JUDGED] if text_of(cell := row.cells[index])]
        like = [cell for cell in cells if is_code_like(cell, sure=not named)]
        if like and len(like) >= (0.3 if named else 0.8) * len(cells):
            lengths = [_digits(cell) for cell in like]
            found.append((max(set(lengths), key=lengths.count), named, -index))
    finest = max((length for length, _, _ in found), default=0)
    best = sorted((each for each in found if each[0] == finest), reverse=True)
    if not best:
        raise Refused("error.no_code_column", file=table.file)
    return tuple(-index for _, _, index in best)


def _digits(cell: object) -> int:
    """How fine a code is: its digits; shortened scientific notation was once ten."""
    text = clean(cell)
    return (
        10
        if "e" in text.lower()
        else min(len(text.split(".", 4)[0].replace(".", "")) if _undotted(text) else _dotted(text), 11)
    )


def _undotted(text: str) -> bool:
    return "." not in text[:3]


def _dotted(text: str) -> int:
    parts = text.split(".")
    return sum(map(len, parts[:4])) + (1 if len(parts) > 4 else 0)


def _name(table: Table, options: Options, taken: set[int]) -> int | None:
    if options.name_column == NO_COLUMN:
        return None
    if options.name_column is not None:
        return _asked_column(table, options.name_column)
    ranked = []
    for index, name in enumerate(table.header):
        words = plain(name).split("_")
        if index in taken or any(word in _NOT_NAMES for word in words):
            continue
        rank = next((n for n, word in enumerate(_NAME_WORDS) if any(word in each for each in words)), None)
        cells = [text_of(cell) for cell in table.column(index)[:200]]
        texts = sum(any(sign.isalpha() for sign in cell) for cell in cells)
        if rank is not None and texts > len(cells) / 2:
            ranked.append((rank, index))
    return min(ranked)[1] if ranked else None


def _series(
    table: Table, options: Options, known: Mapping[str, Indicator], taken: set[int], dated: bool
) -> tuple[Series, ...]:
    heads = [(index, *split_header(name)) for index, name in enumerate(table.header) if index not in taken]
    asked = options.indicators or _recognised(heads, known)
    if not asked:
        raise BadRequest("error.no_indicator_column", columns=_headers(table))
    fallback = None if dated else _title_period(table)
    series: dict[int, Series] = {}
    for each in asked:
        indicator = indicator_named(each.indicator, known)
        for index, period in _columns_of(table, options, each, indicator, heads, len(asked) == 1):
            said = each.period or (period.period if period else None) or options.period or fallback
            if said is None and not dated:
                raise BadRequest("error.period_unknown", column=table.header[index])
            if index in series:
                raise BadRequest("error.column_twice", column=table.header[index])
            for other in series.values():
                if (other.indicator, other.period) == (indicator, said):
                    both = {"column": table.header[other.column], "other": table.header[index]}
                    raise BadRequest("error.columns_alike", indicator=indicator.slug, **both)
            series[index] = Series(index, indicator, said, period.marks if period else frozenset())
    return tuple(series.values())


Head = tuple[int, str, PeriodRead | None]


def _recognised(heads: Sequence[Head], known: Mapping[str, Indicator]) -> tuple[Asked, ...]:
    """The indicators whose slug or name stands in the header."""
    stems = {spelled for _, stem, _ in heads for spelled in (plain(stem), _bare(plain(stem)))}
    return tuple(Asked(slug) for slug, indicator in known.items() if stems & _spellings(indicator))


def _spellings(indicator: Indicator) -> set[str]:
    names = [indicator.name.id, indicator.name.en]
    short = [re.sub(r"\s*\([^)]*\)$", "", name) for name in names]
    return {plain(each) for each in (indicator.slug, *names, *short)} - {""}


def _bare(stem: str) -> str:
    """A header without the word that only says that figures follow: ``nilai_idm`` → ``idm``."""
    first, _, rest = stem.partition("_")
    return rest if first in _VALUE_WORDS else stem


def _columns_of(
    table: Table, options: Options, asked: Asked, indicator: Indicator, heads: Sequence[Head], alone: bool
) -> list[tuple[int, PeriodRead | None]]:
    """The columns of one indicator, each with the period its header says."""
    wanted = asked.column or options.figure_column
    if wanted is not None:
        exact = [(index, period) for index, _, period in heads if plain(table.header[index]) == plain(wanted)]
        found = exact or [(index, period) for index, stem, period in heads if plain(stem) == plain(wanted)]
        if not found:
            raise NotFound("error.no_column", column=wanted, columns=_headers(table))
        return found
    spelled = _spellings(indicator)
    found = [(index, period) for index, stem, period in heads if plain(stem) in spelled]
    found = found or [(index, period) for index, stem, period in heads if _bare(plain(stem)) in spelled]
    if not found and alone:
        found = [(index, period) for index, stem, period in heads if not stem and period]
        figures = [(index, period) for index, _, period in heads if _holds_figures(table, index)]
        found = found or (figures if len(figures) == 1 else [])
    if not found:
        raise BadRequest("error.indicator_column", indicator=asked.indicator, columns=_headers(table))
    return found


def _holds_figures(table: Table, index: int) -> bool:
    cells = [text_of(cell) for cell in table.column(index)[:200]]
    return bool(table.header[index]) and sum(cell[:1].isdigit() for cell in cells) > len(cells) / 2


def _unread(table: Table, used: set[int | None]) -> tuple[str, ...]:
    return tuple(
        name
        for index, name in enumerate(table.header)
        if index not in used and not names_a_code(name) and (split_header(name)[1] or _holds_figures(table, index))
    )


def _title_period(table: Table) -> Period | None:
    """The one period that the titles above the table name at their end."""
    said = {read.period for title in table.titles for read in (split_header(title)[1], read_period(title)) if read}
    return said.pop() if len(said) == 1 else None
