"""Every physical row of a sheet beside what became of it: so a batch keeps them, and so reports show them."""

from collections.abc import Iterator

from geoapp.releases.checking.check import Draft
from geoapp.releases.reading.table import Row, text_of
from geoapp.releases.report import Fate
from geoapp.store.intake import KeptRow

HEADING = "heading"
"""What a row above the table is, its header and its column numbers."""


def source_rows(draft: Draft) -> Iterator[KeptRow]:
    """Each row of the sheet that is not empty, once, by line; a joined row has the code of its region.

    Rows come as they stand in the sheet, before blanks were filled; only of a table without its sheet as they were cut.
    """
    table = draft.table
    if table is None:
        return
    rows = table.raw or (Row(table.header_line, table.header), *table.rows)
    fates = {each.line: each for each in draft.report.rows}
    codes = {each.line: each.code for each in draft.staged if each.line is not None}
    for row in rows:
        cells = [text_of(cell) for cell in row.cells]
        if not any(cells):
            continue
        fate = fates.get(row.line)
        if fate is None:
            yield KeptRow(row.line, HEADING, None, {}, cells)
            continue
        values = dict(fate.values)
        if fate.fate is Fate.JOINED and row.line in codes:
            values.setdefault("code", codes[row.line])
        yield KeptRow(row.line, fate.fate.value, fate.reason or None, values, cells)
