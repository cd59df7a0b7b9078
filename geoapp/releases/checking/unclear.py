"""The account of a table that was found but cannot be joined: every row refused for one reason, or a question."""

from geoapp.domain.findings import Ask, Finding, Place, Weight
from geoapp.errors import Question, Refused
from geoapp.releases.checking.check import Draft
from geoapp.releases.checking.scope import Scope
from geoapp.releases.options import Options
from geoapp.releases.reading.table import Table
from geoapp.releases.report import Fate, JoinReport, RowFate
from geoapp.releases.shaping.shape import Shape


def unclear(table: Table, shape: Shape | None, options: Options, error: Refused) -> Draft:
    """A draft that stages nothing; totals and notes stay set aside as they were."""
    asked = Ask(error.message, error.values, error.options) if isinstance(error, Question) else None
    place = Place(table.file, table.sheet, _line(error))
    stop = () if asked else (Finding(Weight.STOP, error.message, error.values, place),)
    rows = tuple(
        RowFate(row.line, Fate.SET_ASIDE, table.asides[row.line])
        if row.line in table.asides
        else RowFate(row.line, Fate.REFUSED, error.message, error.values)
        for row in table.rows
    )
    report = JoinReport(
        file=table.file,
        sheet=table.sheet,
        edition=options.edition or "",
        area=options.area or "",
        code_system=options.code_system,
        code_column=options.code_column or "",
        level=options.level,
        rows=rows,
        series=(),
        without_row=(),
        findings=(*stop, *table.findings, *(shape.findings if shape else ())),
        understood=(*table.understood, *(shape.understood if shape else ())),
        question=asked,
        headings=table.headings,
        header=table.header,
        names={each.indicator.slug: each.indicator.name for each in shape.series} if shape else {},
    )
    return Draft(report, {}, Scope({}, (), (), ()), table, shape)


def _line(error: Refused) -> int | None:
    line = error.values.get("line")
    return line if isinstance(line, int) else None
