"""CSV of a map: one row a region, for spreadsheets and programs alike.

UTF-8 with a byte order mark, because Excel reads names wrongly without it; commas between cells, a point in figures,
CRLF at the end of lines (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe in front.
"""

import csv
from io import StringIO

from sqlalchemy import Connection

from geoapp.atlas import words
from geoapp.atlas.page import MapPage
from geoapp.domain.observations import Observation
from geoapp.domain.regions import Region
from geoapp.domain.words import Language
from geoapp.downloads.citation import Citation, class_of, parents
from geoapp.downloads.format import Format

COLUMNS = (
    "code",
    "name",
    "level",
    "parent_code",
    "parent_name",
    "indicator",
    "unit",
    "period",
    "figure",
    "category",
    "state",
    "class",
    "class_label",
    "marks",
    "edition",
    "release",
    "licence",
    "source",
    "boundaries",
    "boundary_status",
    "boundary_date",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write(page: MapPage, connection: Connection, language: Language, citation: Citation) -> bytes:
    """The rows of one period, or of an area in it, in number order, in every row what it needs to stand alone."""
    labels = {
        row.byte: words.legend_label(language, page.layer.indicator, row)
        for row in page.plan.legend
        if row.byte is not None
    }
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for region, said in zip(page.shown_regions, page.shown_observations, strict=True):
        writer.writerow(_row(page, region, said, language, citation, labels))
    return text.getvalue().encode("utf-8-sig")


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    >>> safe("=1+1"), safe("Bungur")
    ("'=1+1", 'Bungur')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def _row(
    page: MapPage,
    region: Region,
    said: Observation,
    language: Language,
    citation: Citation,
    labels: dict[int, str],
) -> list[str | int]:
    upper = next(iter(parents(page, region)), {"code": "", "name": ""})
    found = class_of(page, region)
    return [
        safe(region.code),
        safe(region.name),
        page.level.slug,
        safe(upper["code"]),
        safe(upper["name"]),
        page.layer.indicator.slug,
        safe(page.layer.indicator.unit[language]),
        page.period.text,
        "" if said.figure is None else repr(said.figure).removesuffix(".0"),
        safe(said.category or ""),
        said.state.value if said.state else "",
        "" if found is None else found,
        "" if found is None else safe(labels.get(found, "")),
        " ".join(sorted(mark.value for mark in said.marks)),
        citation.edition,
        citation.release,
        safe(citation.licence),
        safe(citation.source),
        safe(citation.attribution),
        citation.boundary_status,
        safe(citation.boundary_date),
    ]


FORMAT = Format("csv", "text/csv; charset=utf-8", attachment=True, write=write)
