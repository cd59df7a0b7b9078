"""Rows of a table that are no data: totals, notes, the header once more, the heading of a group."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from geoapp.releases.reading.cells import Kind, kind, label, numbers_columns
from geoapp.releases.reading.place_columns import level_of, names_upper_place, says_place
from geoapp.releases.reading.table import Row, is_code_like, names_a_code, plain, text_of

TOTAL, NOTE, AGAIN, GROUP, OTHER = "row.total", "row.note", "row.header_again", "row.group", "row.other_table"

_TOTAL = re.compile(
    r"\W*(?:sub\s*-?\s*(?:total|jumlah)|grand\s*total|total|jumlah|jml|rata\s*-?\s*rata|rerata|average|mean|"
    r"j\su\sm\sl\sa\sh|t\so\st\sa\sl)\b",
    re.I,
)
_NOTE = re.compile(
    r"\s*(?:(?:sumber|source|catatan|note|notes|keterangan|ket|ctt|penjelasan|footnote|mengetahui)"
    r"(?:\s*/\s*\w+)?(?:\s+data)?\s*(?:[:=]|\.\s*:|$)|[*¹²³⁰-⁹]+\)?\s*[^\W\d]|\d\)\s*[^\W\d].{15}|"
    r"(?:sumber|source)\s+(?:data|bps|dinas|badan|kantor|disdukcapil|sensus|podes|pemerintah)\b|"
    r"(?:lanjutan|sambungan)\s+tabel\b|(?:continued|bersambung|dicetak|diolah|diunduh)\b)",
    re.I,
)
_LONG = 60
_MANY = 0.5


class Columns(NamedTuple):
    """Which columns say where a row is (``places``, without codes), and which of them is the finest."""

    places: tuple[int, ...]
    finest: int | None
    codes: tuple[int, ...]


def place_columns(names: Sequence[str], rows: Sequence[Row]) -> Columns:
    """The columns that say where, by their headers; without any, the first column of words."""
    codes = tuple(n for n, name in enumerate(names) if names_a_code(name) and plain(name) != "id")
    named = [n for n, name in enumerate(names) if name and says_place(name) and n not in codes]
    wordy = [n for n in named if _words(rows, n)]
    if not wordy:
        wordy = [n for n in range(len(names)) if n not in codes and _words(rows, n)][:1]
    ranked = sorted(wordy, key=lambda n: (level_of(names[n]) or 0, n))
    return Columns(tuple(sorted({*named, *wordy})), ranked[-1] if ranked else None, codes)


def _words(rows: Sequence[Row], column: int) -> bool:
    said = [kind(row.cells[column]) for row in rows[:200] if column < len(row.cells)]
    full = [each for each in said if each is not Kind.BLANK]
    return sum(each is Kind.TEXT for each in full) > len(full) / 2


def find_asides(rows: Sequence[Row], header: Sequence[Row], names: Sequence[str]) -> dict[int, str]:
    """Line → reason of every row below the header that is no data; ``rows`` without the blank ones.

    A row with a village's code is always data, and so is one that only may be a note: what is set aside stays in the
    report, but it should not have to be looked for there.
    """
    columns = place_columns(names, rows)
    looked = sorted({*columns.places, *columns.codes, *range(min(3, len(names)))})
    asides = dict(_again(rows, header))
    texts = {n: {cell for cell in {row.cells[n] for row in rows} if isinstance(cell, str)} for n in looked}
    for row in _saying(rows, texts, _TOTAL.match):
        if row.line not in asides and _is_total(row, columns):
            asides[row.line] = TOTAL
    uppers = _uppers(_saying(rows, texts, names_upper_place), columns)
    if len(uppers) < _MANY * len(rows):
        asides = {**uppers, **asides}
    asides |= {row.line: NOTE for row in rows if row.line not in asides and _is_note(row)}
    asides |= _tail(rows, columns, asides)
    return asides | _other_table(rows, header, asides)


def _saying(rows: Sequence[Row], texts: Mapping[int, set[str]], says: Callable[[str], object]) -> list[Row]:
    """The rows of which a cell in these columns says so; ``texts`` are the different ones of each, looked at once."""
    matching = {column: set(filter(says, its)) for column, its in texts.items()}
    said = {column: its for column, its in matching.items() if its}
    return [row for row in rows if any(row.cells[column] in texts for column, texts in said.items())] if said else []


def _again(rows: Sequence[Row], header: Sequence[Row]) -> Iterator[tuple[int, str]]:
    """Rows that say the header again, and the numbers of columns below it."""
    labels = [{n: text.casefold() for n, cell in enumerate(row.cells) if (text := label(cell))} for row in header]
    labels = [each for each in labels if len(each) > 1]
    firsts = {text for said in labels for text in list(said.values())[:3]}
    again = False
    for row in rows:
        first = next((cell for cell in row.cells if cell is not None), None)
        repeats = isinstance(first, str) and label(first).casefold() in firsts and _repeats(row, labels)
        again = repeats or (again and numbers_columns(row)) or _numbers_in_brackets(first, row)
        if again:
            yield row.line, AGAIN


def _repeats(row: Row, labels: Sequence[Mapping[int, str]]) -> bool:
    texts = {n: label(cell).casefold() for n, cell in enumerate(row.cells) if cell is not None}
    return any(sum(texts.get(n) == text for n, text in each.items()) >= 0.7 * len(each) for each in labels)


def _numbers_in_brackets(first: object, row: Row) -> bool:
    return isinstance(first, str) and first.lstrip().startswith("(") and numbers_columns(row)


def _coded(row: Row, columns: Columns) -> bool:
    """Whether a row has a village's code, or any code or part of one where codes stand."""
    return any(kind(row.cells[column]) >= Kind.YEAR for column in columns.codes) or any(
        is_code_like(cell, sure=True) for cell in row.cells if isinstance(cell, str | float)
    )


def _is_total(row: Row, columns: Columns) -> bool:
    cells = row.cells
    first = next((n for n, cell in enumerate(cells) if cell is not None), None)
    for column in (*columns.places, *columns.codes, *((first,) if first is not None else ())):
        cell = cells[column]
        if not isinstance(cell, str) or not _TOTAL.match(cell):
            continue
        others = (cells[n] for n in columns.places if n > column)
        if any(isinstance(other, str) and kind(other) is Kind.TEXT and not _TOTAL.match(other) for other in others):
            continue
        return not _coded(row, columns)
    return False


def _uppers(rows: Sequence[Row], columns: Columns) -> dict[int, str]:
    """Rows such as ``Kecamatan Blimbing`` among villages: with figures a total, alone the heading of what follows."""
    found = {}
    for row in rows:
        said = [(n, cell) for n, cell in enumerate(row.cells) if cell is not None]
        words = [(n, cell) for n, cell in said if isinstance(cell, str) and kind(cell) is Kind.TEXT and len(cell) > 3]
        if not words or not names_upper_place(words[0][1]) or len(words[0][1]) > _LONG:
            continue
        later = [n for n, _ in words[1:] if n in columns.places]
        if later or _coded(row, columns):
            continue
        figures = [n for n, cell in said if n > words[0][0] and kind(cell) is not Kind.TEXT]
        found[row.line] = TOTAL if figures else GROUP
    return found


def _is_note(row: Row) -> bool:
    said = [cell for cell in row.cells if cell is not None]
    if not said or not isinstance(said[0], str) or not _NOTE.match(said[0]):
        return False
    return not any(kind(cell) is Kind.FIGURE for cell in said)


def _tail(rows: Sequence[Row], columns: Columns, asides: Mapping[int, str]) -> dict[int, str]:
    """What stands below the last row that has a region with a figure, or words in at least half its columns.

    Texts are notes, figures without a region a total. A short text in the column of names that follows without a gap
    may be a region without figures, and stays.
    """
    found: dict[int, str] = {}
    data = [row for row in rows if row.line not in asides]
    usual = max((len(row.cells) - row.cells.count(None) for row in data), default=0)
    last = len(rows) - 1
    while last >= 0 and not _ends_table(rows[last], usual, columns, asides):
        last -= 1
    before = rows[last].line if last >= 0 else 0
    gap = last >= 0 and asides.get(rows[last].line) == NOTE
    for row in rows[last + 1 :]:
        if row.line in asides:
            gap |= asides[row.line] in (NOTE, TOTAL)
            continue
        gap |= row.line > before + 1
        said = [n for n, cell in enumerate(row.cells) if cell is not None]
        long = any(len(text_of(row.cells[n])) > _LONG for n in said)
        if all(kind(row.cells[n]) is Kind.FIGURE for n in said):
            found[row.line] = TOTAL
        elif gap or long or columns.finest not in said or len(said) < min(2, usual):
            found[row.line] = NOTE
            gap = gap or long
        before = row.line
    return found


def _ends_table(row: Row, usual: int, columns: Columns, asides: Mapping[int, str]) -> bool:
    if row.line in asides:
        return asides[row.line] == TOTAL
    said = [kind(cell) for cell in row.cells if cell is not None]
    placed = any(row.cells[n] is not None for n in (*columns.places, *columns.codes))
    return (Kind.FIGURE in said and len(said) > 1 and placed) or len(said) > usual / 2


def _other_table(rows: Sequence[Row], header: Sequence[Row], asides: Mapping[int, str]) -> dict[int, str]:
    """Everything from the header of a second table on, with the title above it: its columns are not those of the first.

    It is one if it says where, with a word of this header, and something else than this header in another column.
    """
    labels = {n: text.casefold() for row in header for n, cell in enumerate(row.cells) if (text := label(cell))}
    for index, row in enumerate(rows):
        first = next((n for n, cell in enumerate(row.cells) if cell is not None), -1)
        begins = row.cells[first]
        if not isinstance(begins, str) or labels.get(first) != label(begins).casefold() or row.line in asides:
            continue
        said = {n: cell for n, cell in enumerate(row.cells) if cell is not None}
        others = [n for n, cell in said.items() if label(cell).casefold() != labels.get(n)]
        if not others or not (says_place(begins) or names_a_code(begins)):
            continue
        if any(kind(cell) not in (Kind.TEXT, Kind.YEAR) for cell in said.values()):
            continue
        while index > 1 and rows[index - 1].cells.count(None) == len(row.cells) - 1:
            index -= 1
        return {each.line: OTHER for each in rows[index:]}
    return {}
