"""The ways in which offices damage tables, each a change of a clean one that keeps what is true beside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any

from tests.releases.damaged_cells import (
    apostrophes,
    blanks_in_codes,
    blanks_round_figures,
    english_numbers,
    figure_columns,
    floats_for_codes,
    footnotes,
    formulas,
    indonesian_numbers,
    letters_for_noughts,
    mistyped_codes,
    names_misspelled,
    names_written_otherwise,
    no_break_spaces,
    noughts_lost,
    points_after_codes,
    scientific_short,
    scientific_whole,
    spaced_letters,
    states,
)
from tests.releases.made_tables import INDEX, Sheet

Damage = Callable[[Random, Sheet], None]


def title_rows(some: Random, sheet: Sheet) -> None:
    """Titles and a blank row above."""
    titles = [["Tabel 3.1 Jumlah Penduduk Menurut Desa/Kelurahan"], ["Population by Village"], []]
    sheet.above = [*titles[: some.randint(1, 2)], [], *sheet.above]


def column_numbers(_: Random, sheet: Sheet) -> None:
    """A row ``(1) (2) (3)`` under the header."""
    sheet.heads.append([f"({n + 1})" for n in range(len(sheet.header))])


def totals_at_end(_: Random, sheet: Sheet) -> None:
    """``Jumlah`` under the last row, with the sum of every column."""
    sheet.asides.append((len(sheet.rows), _total(sheet, "Jumlah", range(len(sheet.rows)))))


def totals_at_top(_: Random, sheet: Sheet) -> None:
    """``TOTAL`` in the first row under the header."""
    sheet.asides.append((0, _total(sheet, "TOTAL", range(len(sheet.rows)))))


def totals_of_districts(_: Random, sheet: Sheet) -> None:
    """A subtotal under every district."""
    column = sheet.columns["district"]
    ends = [n for n, row in enumerate(sheet.rows, 1) if n == len(sheet.rows) or sheet.rows[n][column] != row[column]]
    for start, end in zip([0, *ends], ends, strict=False):
        sheet.asides.append((end, _total(sheet, f"Jumlah Kecamatan {sheet.rows[end - 1][column]}", range(start, end))))


def _total(sheet: Sheet, word: str, rows: Sequence[int]) -> list[Any]:
    cells: list[Any] = [None] * len(sheet.header)
    cells[sheet.columns["name"]] = word
    for name, column in sheet.columns.items():
        if name.startswith("figure"):
            figures = [sheet.rows[n][column] for n in rows if isinstance(sheet.rows[n][column], int | float)]
            cells[column] = round(sum(figures), 4)
    return cells


def notes_below(some: Random, sheet: Sheet) -> None:
    """Source and note under the table."""
    notes = [["Sumber: Kantor Desa"], ["Catatan: ... data belum tersedia"], ["Source: Village Office"]]
    sheet.asides.extend((len(sheet.rows), note) for note in notes[: some.randint(1, 3)])


def filled_once(_: Random, sheet: Sheet) -> None:
    """The district stands only on the first row of its group."""
    for column in (
        sheet.columns["district"],
        *(n for name, n in sheet.columns.items() if name in ("part 0", "part 1", "part 2")),
    ):
        last: object = None
        for row in sheet.rows:
            row[column], last = (None if row[column] == last else row[column]), row[column]


def shuffled_rows(some: Random, sheet: Sheet) -> None:
    """Rows in no order."""
    order = list(range(len(sheet.rows)))
    some.shuffle(order)
    sheet.rows[:] = [sheet.rows[n] for n in order]
    sheet.truths[:] = [sheet.truths[n] for n in order]


def shuffled_columns(some: Random, sheet: Sheet) -> None:
    """Columns in no order."""
    order = list(range(len(sheet.header)))
    some.shuffle(order)
    _rearrange(sheet, order)


def empty_columns(some: Random, sheet: Sheet) -> None:
    """Columns without header and data between the others."""
    order: list[int | None] = list(range(len(sheet.header)))
    for _ in range(some.randint(1, 3)):
        order.insert(some.randint(1, len(order)), None)
    _rearrange(sheet, order)


def _rearrange(sheet: Sheet, order: Sequence[int | None]) -> None:
    def turned(cells: list[Any], empty: Any) -> list[Any]:
        return [empty if n is None else cells[n] for n in order]

    sheet.header[:] = turned(sheet.header, "")
    sheet.rows[:] = [turned(row, None) for row in sheet.rows]
    sheet.asides[:] = [(at, turned(row, None) if len(row) > 1 else row) for at, row in sheet.asides]
    sheet.heads[:] = [turned(row, None) for row in sheet.heads]
    sheet.columns.update({name: order.index(column) for name, column in sheet.columns.items()})


def repeated_rows(some: Random, sheet: Sheet) -> None:
    """Some rows stand there twice, the same in every cell."""
    for n in sorted(some.sample(range(len(sheet.rows)), min(3, len(sheet.rows))), reverse=True):
        sheet.rows.insert(n + 1, list(sheet.rows[n]))
        sheet.truths.insert(n + 1, sheet.truths[n])


def contradicting_rows(some: Random, sheet: Sheet) -> None:
    """One row stands there again with other figures."""
    n = some.randrange(len(sheet.rows))
    again = list(sheet.rows[n])
    for column, key in figure_columns(sheet).items():
        low, high = (0.11, 0.12) if key is not None and key[0] == INDEX else (7, 8)
        again[column] = high if again[column] == low else low
    twins = [m for m, row in enumerate(sheet.rows) if row == sheet.rows[n]]
    for m in twins:
        sheet.truths[m] = replace(sheet.truths[m], contradicts=True)
    sheet.rows.append(again)
    sheet.truths.append(sheet.truths[n])


def group_header(_: Random, sheet: Sheet) -> None:
    """``Penduduk`` over the years, merged: the header takes two rows."""
    years = [header.split()[-1] if header.startswith("Penduduk 20") else "" for header in sheet.header]
    first = next(n for n, year in enumerate(years) if year)
    sheet.heads.insert(0, [year or None for year in years])
    sheet.header[:] = [
        "Penduduk" if n == first else "" if year else header
        for n, (header, year) in enumerate(zip(sheet.header, years, strict=True))
    ]


def years_alone(_: Random, sheet: Sheet) -> None:
    """``2021`` is the whole header; what is counted stands in a title."""
    sheet.header[:] = [header.removeprefix("Penduduk ") for header in sheet.header]


def line_breaks(_: Random, sheet: Sheet) -> None:
    """``Jumlah`` and ``Penduduk`` on two lines of one cell."""
    sheet.header[:] = [header.replace(" ", "\n", 1) for header in sheet.header]


def rows_of_nobody(some: Random, sheet: Sheet) -> None:
    """``LAINNYA``, ``BELUM DIKETAHUI`` and the like, with figures, somewhere in the table."""
    words = ("LAINNYA", "BELUM DIKETAHUI", "LUAR KOTA KECIL", "PROSES UPDATE DATA")
    for word in some.sample(words, some.randint(1, 2)):
        cells = _total(sheet, word, range(min(2, len(sheet.rows))))
        if "code" in sheet.columns:
            cells[sheet.columns["code"]] = some.choice([None, word, "999"])
        sheet.asides.append((some.randint(0, len(sheet.rows)), cells))


def rows_of_districts(_: Random, sheet: Sheet) -> None:
    """The district itself above its villages, with its own code and the sum."""
    column = sheet.columns["district"]
    starts = [n for n, row in enumerate(sheet.rows) if n == 0 or sheet.rows[n - 1][column] != row[column]]
    for start, end in zip(starts, [*starts[1:], len(sheet.rows)], strict=True):
        cells = _total(sheet, f"Kecamatan {sheet.rows[start][column]}", range(start, end))
        code = str(sheet.rows[start][sheet.columns["code"]])
        bps = sheet.truths[0].code.isdigit()
        cells[sheet.columns["code"]] = code[:8] if "." in code else code[: 7 if bps else 6]
        sheet.asides.append((start, cells))


def rows_from_elsewhere(some: Random, sheet: Sheet) -> None:
    """A village of another regency."""
    cells = _total(sheet, "Ngagel", range(min(2, len(sheet.rows))))
    dotted = "." in str(sheet.rows[0][sheet.columns["code"]])
    code = "3578040001" if sheet.truths[0].code.isdigit() else "35.78.04.1001"
    cells[sheet.columns["code"]] = code if dotted else code.replace(".", "")
    cells[sheet.columns["district"]] = "Wonokromo"
    sheet.asides.append((some.randint(0, len(sheet.rows)), cells))


def header_again(some: Random, sheet: Sheet) -> None:
    """The header once more, as where a page was pasted below another."""
    sheet.asides.append((some.randint(min(3, len(sheet.rows)), len(sheet.rows)), list(sheet.header)))


def empty_rows(some: Random, sheet: Sheet) -> None:
    """Blank rows between the others."""
    for _ in range(some.randint(1, 3)):
        sheet.asides.append((some.randint(1, len(sheet.rows) - 1), []))


CELLS: Mapping[str, Damage] = {
    each.__name__: each
    for each in (
        spaced_letters, names_written_otherwise, names_misspelled, states, repeated_rows, contradicting_rows,
        mistyped_codes, shuffled_rows, totals_at_end, totals_at_top, totals_of_districts, rows_of_districts,
        rows_of_nobody, rows_from_elsewhere, filled_once, indonesian_numbers, english_numbers, footnotes,
        blanks_round_figures, letters_for_noughts, floats_for_codes, points_after_codes, apostrophes, formulas,
        no_break_spaces, blanks_in_codes, scientific_whole, scientific_short, noughts_lost, shuffled_columns,
        empty_columns, header_again, empty_rows, group_header, years_alone, line_breaks, column_numbers, notes_below,
        title_rows,
    )
}  # fmt: skip
"""The damages in the order in which they can be done to one table."""
_CODES = ("floats_for_codes", "points_after_codes", "apostrophes", "formulas", "no_break_spaces", "blanks_in_codes",
          "scientific_whole", "scientific_short")  # fmt: skip
_OF_CODES = ("letters_for_noughts", "mistyped_codes", "rows_of_districts", "rows_from_elsewhere")
_WIDE = ("group_header", "years_alone")
_NUMBERS = ("indonesian_numbers", "english_numbers", "footnotes", "blanks_round_figures")
_APART = (
    _CODES,
    _NUMBERS,
    ("shuffled_rows", "filled_once"),
    ("shuffled_rows", "totals_of_districts"),
    ("contradicting_rows", "filled_once"),
    ("contradicting_rows", "totals_of_districts"),
    ("shuffled_columns", "group_header"),
    ("empty_columns", "group_header"),
    ("line_breaks", "group_header"),
    ("years_alone", "group_header"),
    ("rows_of_districts", "shuffled_rows"),
    ("rows_of_districts", "contradicting_rows"),
    ("header_again", "group_header"),
    ("header_again", "years_alone"),
    ("letters_for_noughts", "floats_for_codes", "points_after_codes", "scientific_whole", "scientific_short"),
    ("letters_for_noughts", "apostrophes", "formulas", "no_break_spaces", "blanks_in_codes"),
    ("mistyped_codes", "scientific_short"),
    ("mistyped_codes", "contradicting_rows"),
)
"""Damages that nobody does together, or that together leave nothing to read."""


def possible(names: Sequence[str], layout: str, codes: str) -> list[str]:
    """Those of the damages that can be done to such a table, the first of those that exclude each other."""
    left: list[str] = []
    for name in names:
        if name in (*_CODES, *_OF_CODES) and codes not in ("whole", "plain"):
            continue
        if (name == "noughts_lost" and codes != "parts") or (name in _WIDE and layout != "wide"):
            continue
        if all(name not in group or not set(left) & set(group) for group in _APART):
            left.append(name)
    return sorted(left, key=list(CELLS).index)
