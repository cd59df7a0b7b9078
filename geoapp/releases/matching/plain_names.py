"""A table as its places are looked for: names of its columns without the numbers of the list they stand in."""

from dataclasses import replace

from geoapp.domain.findings import Understood
from geoapp.domain.numbered_names import without_numbers
from geoapp.releases.reading.table import Row, Table, text_of
from geoapp.releases.shaping.shape import Shape


def with_plain_names(table: Table, shape: Shape) -> Table:
    """The table with bare names where a whole column is numbered; what the sheet says stays in ``raw``."""
    rows = [row for row in table.rows if row.line not in table.asides]
    for column in dict.fromkeys((*shape.names.values(), *([shape.name] if shape.name is not None else []))):
        written = [text_of(row.cells[column]) for row in rows]
        bare = without_numbers(written)
        if bare is None:
            continue
        better = {row.line: name for row, name in zip(rows, bare, strict=True)}
        first = next(n for n, name in enumerate(written) if name != bare[n])
        values = {"column": table.header[column], "before": written[first][:40], "after": bare[first][:40]}
        table = replace(
            table,
            rows=tuple(_named(row, column, better.get(row.line)) for row in table.rows),
            understood=(*table.understood, Understood("match.numbered_names", values)),
        )
    return table


def _named(row: Row, column: int, name: str | None) -> Row:
    if name is None:
        return row
    return Row(row.line, (*row.cells[:column], name, *row.cells[column + 1 :]))
