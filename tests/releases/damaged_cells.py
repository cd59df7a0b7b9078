"""What offices do to single cells: to codes, to figures and to names."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random
from typing import Any

from tests.releases.made_tables import Sheet


def floats_for_codes(_: Random, sheet: Sheet) -> None:
    """Undotted codes as a spreadsheet's numbers."""
    _each_code(sheet, lambda text: float(text) if text.isdigit() else text)


def points_after_codes(_: Random, sheet: Sheet) -> None:
    """``3573010001.0``."""
    _each_code(sheet, lambda text: f"{text}.0" if text.isdigit() else text)


def apostrophes(_: Random, sheet: Sheet) -> None:
    """``'3573010001``."""
    _each_code(sheet, "'{}".format)


def formulas(_: Random, sheet: Sheet) -> None:
    """``="3573010001"``."""
    _each_code(sheet, '="{}"'.format)


def no_break_spaces(_: Random, sheet: Sheet) -> None:
    """A blank that does not look like one after each code."""
    _each_code(sheet, "{}\u00a0".format)


def blanks_in_codes(_: Random, sheet: Sheet) -> None:
    """``35 73 01 0001``."""
    _each_code(sheet, lambda text: f"{text[:2]} {text[2:4]} {text[4:]}" if text.isdigit() else f" {text} ")


def scientific_whole(_: Random, sheet: Sheet) -> None:
    """``3.573010001E+09``: nothing is lost."""
    _each_code(sheet, lambda text: f"{text[0]}.{text[1:]}E+09" if text.isdigit() else text)


def scientific_short(_: Random, sheet: Sheet) -> None:
    """``3,57301E+09``: most digits are lost."""
    if str(sheet.rows[0][sheet.columns["code"]]).isdigit():
        _each_code(sheet, lambda text: f"{text[0]},{text[1:6]}E+09")
        sheet.truths[:] = [replace(each, lost=True) for each in sheet.truths]


def noughts_lost(_: Random, sheet: Sheet) -> None:
    """Parts of codes as whole numbers: ``010`` is 10."""
    for n in range(4):
        if (column := sheet.columns.get(f"part {n}")) is not None:
            for row in sheet.rows:
                row[column] = int(row[column]) if row[column] else row[column]


def _each_code(sheet: Sheet, change: Callable[[str], Any]) -> None:
    column = sheet.columns["code"]
    for row in [*sheet.rows, *(row for _, row in sheet.asides if len(row) > 1)]:
        if len(text := str(row[column])) >= 10 and text[0].isdigit():
            row[column] = change(text)


STATES = (None, "", "-", "–", "...", "…", "NA", "n/a", "N/A")


def states(some: Random, sheet: Sheet) -> None:
    """Some cells hold no figure but a word for it, mixed as it comes."""
    figures = figure_columns(sheet)
    for n, row in enumerate(sheet.rows):
        for column, key in figures.items():
            if some.random() < 0.25:
                row[column] = some.choice(STATES)
                only = next(iter(sheet.truths[n].figures)) if key is None else key
                sheet.truths[n] = replace(sheet.truths[n], figures={**sheet.truths[n].figures, only: None})


def figure_columns(sheet: Sheet) -> dict[int, tuple[str, str] | None]:
    """The columns of figures, each with its series; None where the row says the period."""
    columns = [column for name, column in sorted(sheet.columns.items()) if name.startswith("figure")]
    if "year" in sheet.columns:
        return dict.fromkeys(columns)
    return dict(zip(columns, sheet.truths[0].figures, strict=True))


def indonesian_numbers(_: Random, sheet: Sheet) -> None:
    """``18.094`` and ``3,71``."""
    _each_figure(sheet, lambda figure: _grouped(figure, ".", ","))


def english_numbers(_: Random, sheet: Sheet) -> None:
    """``18,094`` and ``3.71``."""
    _each_figure(sheet, lambda figure: _grouped(figure, ",", "."))


def _grouped(figure: float, thousands: str, decimal: str) -> str:
    whole, point, rest = f"{figure:,}".partition(".")
    return whole.replace(",", thousands) + (decimal + rest if point else "")


def footnotes(some: Random, sheet: Sheet) -> None:
    """Superscripts and stars behind some figures."""
    _each_figure(sheet, lambda figure: f"{figure}{some.choice(['¹', '²', '*'])}" if some.random() < 0.2 else figure)


def blanks_round_figures(_: Random, sheet: Sheet) -> None:
    """`` 0.91 ``."""
    _each_figure(sheet, lambda figure: f" {figure} ")


def _each_figure(sheet: Sheet, change: Callable[[float], Any]) -> None:
    for row in [*sheet.rows, *(row for _, row in sheet.asides if len(row) > 1)]:
        for column in figure_columns(sheet):
            if isinstance(row[column], int | float):
                row[column] = change(row[column])


def names_written_otherwise(some: Random, sheet: Sheet) -> None:
    """Upper case, a kind in front, blanks and hyphens, arabic numerals: the same name for all that."""
    column = sheet.columns["name"]
    for row in sheet.rows:
        row[column] = some.choice(OTHER_NAMES)(row[column])


OTHER_NAMES: Sequence[Callable[[str], str]] = (
    str.upper,
    lambda name: f"Desa {name}",
    lambda name: f"KEL. {name.upper()}",
    lambda name: name.replace("-", " "),
    lambda name: name.replace(" ", "  "),
    lambda name: name.replace("III", "3").replace("II", "2"),
    lambda name: name.replace("'", "’"),
    lambda name: name.replace("'", ""),
    lambda name: f"{name}.",
    lambda name: name.replace(" ", "") if "I" not in name[-3:] and not name.startswith("Sei") else name,
)


def names_misspelled(some: Random, sheet: Sheet) -> None:
    """A letter is wrong in some names: near, but not the same."""
    column = sheet.columns["name"]
    for n, row in enumerate(sheet.rows):
        name = str(row[column])
        if len(name) > 6 and some.random() < 0.2:
            at = some.randint(1, 4)
            row[column] = name[:at] + some.choice("xqz") + name[at + 1 :]
            sheet.truths[n] = replace(
                sheet.truths[n], lost="code" not in sheet.columns and "part 0" not in sheet.columns
            )


def mistyped_codes(some: Random, sheet: Sheet) -> None:
    """A code that no village has."""
    column = sheet.columns["code"]
    for n in some.sample(range(len(sheet.rows)), max(1, len(sheet.rows) // 20)):
        code = str(sheet.rows[n][column])
        sheet.rows[n][column] = code[:-2] + "99"
        sheet.truths[n] = replace(sheet.truths[n], lost=True)


def letters_for_noughts(some: Random, sheet: Sheet) -> None:
    """The letter O where a nought is meant, in some codes."""
    _each_code(sheet, lambda text: text.replace("00", "0O") if some.random() < 0.3 else text)


def spaced_letters(some: Random, sheet: Sheet) -> None:
    """``M A N G G A``."""
    column = sheet.columns["name"]
    for row in sheet.rows:
        if some.random() < 0.2 and str(row[column]).isalpha():
            row[column] = " ".join(str(row[column]).upper())
