"""Checking what was joined: every row's figures read, compared, and gathered as the observations of a batch."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from geoapp.domain.codes import CodeSystem
from geoapp.domain.findings import Finding, Understood
from geoapp.domain.indicators import Indicator, Sensitivity
from geoapp.domain.levels import Level
from geoapp.domain.observations import Observation
from geoapp.domain.periods import Period
from geoapp.errors import Refused
from geoapp.releases.checking.gather import Figures, Owned, gather
from geoapp.releases.checking.rates import compute
from geoapp.releases.checking.review import Beside, Checked, review
from geoapp.releases.checking.scope import Scope, scope_of, settle
from geoapp.releases.checking.through import Through
from geoapp.releases.matching.match import Accepted, Match
from geoapp.releases.options import Options
from geoapp.releases.reading.table import Table
from geoapp.releases.report import Fate, JoinReport, RowFate, count_regions
from geoapp.releases.shaping.dated import periods_of
from geoapp.releases.shaping.dimension import answers
from geoapp.releases.shaping.read_series import read_series
from geoapp.releases.shaping.shape import Shape

__all__ = ["Beside", "Draft", "Staged", "check", "refuse_sensitive"]


class Staged(NamedTuple):
    """One observation of a batch; without ``line`` the table spoke for the region but had no row for the period."""

    indicator: str
    period: Period
    code: str
    observation: Observation
    line: int | None


@dataclass(frozen=True)
class Draft:
    """A table understood: its observations, its scope, and the account of every row and region.

    ``accepted`` the names that a person said yes to, to be remembered when the batch is kept.
    """

    report: JoinReport
    owned: Owned
    scope: Scope
    table: Table | None = None
    shape: Shape | None = None
    accepted: tuple[Accepted, ...] = ()
    edition_system: CodeSystem | None = None

    @property
    def periods(self) -> Mapping[str, tuple[Period, ...]]:
        """Those the table speaks for, by indicator."""
        return self.scope.periods

    @property
    def regions(self) -> tuple[str, ...]:
        """The codes the table speaks for, in the edition's order."""
        return self.scope.regions

    @property
    def refused(self) -> tuple[str, ...]:
        """The codes that were asked, but not answered in a way that can be used: they keep what they had."""
        return self.scope.refused

    @cached_property
    def staged(self) -> tuple[Staged, ...]:
        """Every observation; made when first asked for, as a table that is only checked needs none."""
        return tuple(_staged(self.owned, self.scope))


def refuse_sensitive(indicator: Indicator, level: Level) -> None:
    """Refuse what must not be public while there is no disclosure control.

    Raises
    ------
    Refused
        If the indicator is of medium or high sensitivity, or is not for the public.
    """
    if indicator.sensitivity is not Sensitivity.LOW:
        message = "error.sensitive_below" if level > Level.VILLAGE else "error.sensitive"
        raise Refused(message, indicator=indicator.slug)
    if not indicator.public:
        raise Refused("error.not_public", indicator=indicator.slug)


def check(table: Table, shape: Shape, found: Match, options: Options, beside: Beside | None = None) -> Draft:
    """Read every figure of the joined rows and account for everything.

    Raises
    ------
    Refused
        If an indicator is sensitive, or a column's numbers can be read in two ways (a ``Question``).
    """
    beside = beside or Beside()
    indicators = [*(each.indicator for each in shape.series), *beside.computed]
    for each in indicators:
        refuse_sensitive(each, found.level)
    placed = _placed(table, found)
    figures, understood, noticed = _read(table, shape, placed, options)
    done = gather(figures)
    known = {each.slug: each for each in indicators}
    through = Through(done, found.target, frozenset(found.asked), known, options)
    through.lead(figures)
    understood += compute(done.owned, beside.computed, {**beside.known, **{each.slug: each for each in indicators}})
    settle(done.owned, indicators, found.target)
    scope = scope_of(found, indicators, done, options)
    fates = tuple(said if isinstance(said, RowFate) else done.fates[n] for n, said in enumerate(placed))
    checked = Checked(table, shape, found, figures, done, fates, beside)
    report = _report(checked, understood, noticed, through)
    return Draft(report, done.owned, scope, table, shape, found.accepted, found.target.edition.code_system)


def _report(
    checked: Checked, understood: Iterable[Understood], noticed: Iterable[Finding], through: Through
) -> JoinReport:
    table, shape, found = checked.table, checked.shape, checked.found
    counts, without = count_regions(found.asked, _known(checked.done.owned))
    seen = review(checked)
    changed = through.findings(checked.place, _first_lines(checked.figures)) if through.found else ()
    return JoinReport(
        file=table.file,
        sheet=table.sheet,
        edition=found.target.edition.id,
        area=found.area_name or found.target.edition.area,
        code_system=found.system,
        code_column=found.code_header,
        level=found.level,
        rows=tuple(checked.fates),
        series=counts,
        without_row=without,
        findings=(*table.findings, *shape.findings, *found.findings, *noticed, *changed, *seen.findings),
        understood=(*table.understood, *shape.understood, *found.understood, *understood),
        question=found.question,
        headings=table.headings,
        header=table.header,
        changes=seen.changes,
        coverage=tuple(each.as_dict() for each in checked.coverage),
        lineage=through.account(),
        names={each.slug: each.name for each in checked.indicators},
    )


def _placed(table: Table, found: Match) -> list[str | RowFate]:
    """What became of every row before its figures are looked at; what is no data of the table is set aside first.

    A row whose code ended is placed at that code: its figures are gathered with those of their own time.
    """
    asked = frozenset(found.asked)
    placed: list[str | RowFate] = []
    for index, (row, said) in enumerate(zip(table.rows, found.rows, strict=True)):
        if row.line in table.asides and isinstance(said, str):
            said = RowFate(row.line, Fate.SET_ASIDE, table.asides[row.line])
        elif isinstance(said, str) and said not in asked:
            said = RowFate(row.line, Fate.SET_ASIDE, "row.outside_set", {"code": said})
        placed.append(found.olds.get(index, said) if isinstance(said, str) else said)
    return placed


def _first_lines(figures: Figures) -> Mapping[str, int]:
    """The first line of every code that rows were placed at."""
    pairs = zip(reversed(figures.placed), reversed(figures.lines), strict=True)
    return {code: line for code, line in pairs if code is not None}


def _read(
    table: Table, shape: Shape, placed: Sequence[str | RowFate], options: Options
) -> tuple[Figures, list[Understood], list[Finding]]:
    """Every column of figures, read as a whole, with what was understood and noticed of them."""
    read = [read_series(table, each, options) for each in shape.series]
    columns = {column for each in shape.series for column in (*each.over, *(column for column, _ in each.where))}
    figures = Figures(
        lines=[row.line for row in table.rows],
        placed=[said if isinstance(said, str) else None for said in placed],
        series=shape.series,
        reads=[each.reads for each in read],
        periods=periods_of(table, shape),
        answers={column: answers(table, column) for column in columns},
    )
    return figures, [each for one in read for each in one.understood], [each for one in read for each in one.findings]


def _staged(owned: Owned, scope: Scope) -> Iterable[Staged]:
    for (slug, period), told in owned.items():
        for code, (observation, line) in told.items():
            yield Staged(slug, period, code, observation, line)
    for slug, period, code, observation in scope.without:
        yield Staged(slug, period, code, observation, None)


def _known(owned: Owned) -> Mapping[tuple[str, Period], Mapping[str, bool]]:
    return {key: {code: each.known for code, (each, _) in told.items()} for key, told in owned.items()}
