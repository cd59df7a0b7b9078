"""Columns that say their province, regency or district only on the first line of each group, filled down."""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import dropwhile, pairwise

from geoapp.domain.levels import Level
from geoapp.releases.reading.asides import GROUP, TOTAL, Columns
from geoapp.releases.reading.books import Merged
from geoapp.releases.reading.place_columns import level_of, names_upper_place
from geoapp.releases.reading.table import Row, text_of

_EXPLICIT = 0.2
_MERGED = 0.5
_NAMES = (
    (("kec", "distrik", "kapanewon", "kemantren"), "Kecamatan"),
    (("kab", "kota"), "Kabupaten/Kota"),
    (("prov",), "Provinsi"),
)


def fill_down(
    rows: Sequence[Row], names: Sequence[str], columns: Columns, asides: Mapping[int, str], merged: Sequence[Merged]
) -> tuple[tuple[Row, ...], tuple[int, ...]]:
    """The rows with their group columns filled, and which columns those are.

    A value holds until the next one of its column, or of a column of a higher level: a new regency ends the district
    before it. Rows set aside are neither filled nor do they end anything. A column that repeats its value from row to
    row is written out, and a blank in it is a blank.
    """
    data = list(dropwhile(partial(_of_nobody, columns), (row for row in rows if row.line not in asides)))
    levels = {
        column: level
        for column in {*columns.places, *columns.codes}
        if column != columns.finest and (level := level_of(names[column])) is not None
    }
    finest = max((level_of(name) or Level.PROVINCE for name in names), default=Level.VILLAGE)
    chosen = {
        column: level for column, level in levels.items() if level < finest and _is_group(data, column, columns, merged)
    }
    if not chosen:
        return tuple(rows), ()
    ordered = sorted(chosen, key=lambda column: (chosen[column], column))
    return tuple(_filled(rows, ordered, levels, asides)), tuple(sorted(chosen))


def _of_nobody(columns: Columns, row: Row) -> bool:
    """Whether a row has none of the table's codes: no group can begin with it, so it does not tell how one begins."""
    return bool(columns.codes) and all(row.cells[column] is None for column in columns.codes)


def _is_group(data: Sequence[Row], column: int, columns: Columns, merged: Sequence[Merged]) -> bool:
    """Whether a column says its value once a group: full at first, blank below, hardly ever twice in a row."""
    cells = [row.cells[column] for row in data]
    blank = sum(cell is None for cell in cells)
    if not blank or not cells or cells[0] is None:
        return False
    if not any(row.cells[n] is not None for row in data if row.cells[column] is None for n in _finer(columns, column)):
        return False
    covered = {
        line for each in merged if each.left == each.right == column for line in range(each.top, each.bottom + 1)
    }
    if sum(row.line in covered for row in data if row.cells[column] is None) > _MERGED * blank:
        return True
    twice = sum(cell is not None and cell == before for before, cell in pairwise(cells))
    return twice <= _EXPLICIT * (len(cells) - blank)


def _finer(columns: Columns, column: int) -> list[int]:
    said = {*columns.places, *columns.codes, *(() if columns.finest is None else (columns.finest,))}
    return [n for n in said if n != column]


def _filled(
    rows: Sequence[Row], ordered: Sequence[int], levels: Mapping[int, Level], asides: Mapping[int, str]
) -> list[Row]:
    held: dict[int, object] = dict.fromkeys(ordered)
    filled = []
    for row in rows:
        if row.line in asides:
            filled.append(row)
            continue
        new = [levels[column] for column in levels if row.cells[column] is not None and _changes(held, row, column)]
        cells = list(row.cells)
        for column in ordered:
            if cells[column] is not None:
                held[column] = cells[column]
            elif any(level < levels[column] for level in new):
                held[column] = None
            else:
                cells[column] = held[column]
        filled.append(Row(row.line, tuple(cells)))
    return filled


def _changes(held: Mapping[int, object], row: Row, column: int) -> bool:
    """Whether a value begins a new group: a column written out on every row begins one only where it changes."""
    return held.get(column) != row.cells[column] if column in held else False


def _summing(rows: Sequence[Row], asides: Mapping[int, str]) -> list[int]:
    """The lines ``Kecamatan Blimbing | 7 | 9`` of a table in which one stands above the first villages.

    Where villages come first, such a line sums up what stands before it.
    """
    found = []
    for row in rows:
        first = next((cell for cell in row.cells if isinstance(cell, str) and names_upper_place(cell)), "")
        if asides.get(row.line) == TOTAL and first.strip().casefold().startswith(_NAMES[0][0]):
            found.append(row.line)
        elif row.line not in asides and not found:
            return []
    return found


def add_group_lines(
    rows: Sequence[Row], names: Sequence[str], asides: Mapping[int, str]
) -> tuple[tuple[Row, ...], str] | None:
    """One column more, with the heading of the group (``Kecamatan Blimbing`` on a line alone) that a row stands under.

    Such a line may give the sums of what follows it, where the table begins with one. Gives the rows and the column's
    name; None where there are no such lines or the table has the column already.
    """
    heads = {row.line for row in rows if asides.get(row.line) == GROUP} or set(_summing(rows, asides))
    if not heads:
        return None
    said: str | None = None
    kind_said, longer = "", []
    for row in rows:
        if row.line in heads:
            said = next(text_of(cell) for cell in row.cells if isinstance(cell, str) and names_upper_place(cell))
            kind_said = kind_said or said.casefold()
        longer.append(Row(row.line, (*row.cells, None if row.line in asides else said)))
    name = next((name for starts, name in _NAMES if kind_said.startswith(starts)), "Kecamatan")
    if any(level_of(each) is level_of(name) for each in names):
        return None
    return tuple(longer), name
