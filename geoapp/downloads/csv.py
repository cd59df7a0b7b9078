"""CSV (RFC 4180): UTF-8 without a byte order mark, commas, decimal points; one row a region."""

from csv import DictWriter
from io import StringIO
from typing import Any

from geoapp.downloads.format import Format, Job
from geoapp.downloads.rows import rows

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would compute."""


def write(job: Job) -> bytes:
    """The table; the last columns repeat unit, edition and release, so that no row loses its source when copied."""
    said = {
        "unit": job.page.layer.indicator.unit[job.language],
        "edition": job.citation.edition,
        "release": job.citation.release,
    }
    table = [{name: _safe(value) for name, value in (row | said).items()} for row in rows(job.page)]
    columns = list(dict.fromkeys(name for row in table for name in row))
    written = StringIO()
    writer = DictWriter(written, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(table)
    return written.getvalue().encode()


def _safe(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula, with an apostrophe before it; anything else as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


FORMAT = Format("csv", "text/csv; charset=utf-8", attachment=True, write=write)
