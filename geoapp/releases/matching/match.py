"""Joining a table's rows to the regions of one edition: right, or refused; never by arithmetic, never by a guess."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from geoapp.domain.code_column import Lists, Reading
from geoapp.domain.codes import CodeSystem
from geoapp.domain.findings import Ask, Finding, Place, Understood, Weight
from geoapp.domain.levels import Level
from geoapp.errors import Refused
from geoapp.releases.matching.areas import Area, area_of, settled
from geoapp.releases.matching.choice import Choice, choose, other_values
from geoapp.releases.matching.coding import Coded, coded_columns, codes_said
from geoapp.releases.matching.elsewhere import hold_title
from geoapp.releases.matching.levels import How
from geoapp.releases.matching.rows import Rows
from geoapp.releases.matching.target import Above, Target
from geoapp.releases.matching.waiting import Accepted, decided, otherwise, question_of
from geoapp.releases.matching.witness import witness
from geoapp.releases.options import Options
from geoapp.releases.reading.table import Table
from geoapp.releases.report import Fate, RowFate
from geoapp.releases.shaping.shape import Shape

__all__ = ["Above", "Accepted", "Match", "Target", "codes_said", "match"]


@dataclass(frozen=True)
class Match:
    """Which edition the table joins, and for every row its region's code, or what became of it.

    ``uppers`` gives the index and code of rows of an upper region, whose figures are checked as sums. A suggested row's
    fate holds code, name, score and why in its values. ``accepted`` are the suggestions that became joined by a
    person's word, to be remembered. ``asked`` are the regions that are asked for, in number order; ``area`` the upper
    region that holds them, where not all are. ``column`` is that of the codes, None for names and codes in parts, which
    ``code_header`` names.
    """

    target: Target
    reading: Reading
    column: int | None
    rows: tuple[str | RowFate, ...]
    given: bool
    uppers: Mapping[int, str] = field(default_factory=dict)
    olds: Mapping[int, str] = field(default_factory=dict)
    accepted: tuple[Accepted, ...] = ()
    understood: tuple[Understood, ...] = ()
    findings: tuple[Finding, ...] = ()
    question: Ask | None = None
    asked: tuple[str, ...] = ()
    area: str = ""
    area_name: str = ""
    code_header: str = ""

    @property
    def system(self) -> CodeSystem:
        """The code system of the table; without codes that of the edition."""
        return self.reading.system or self.target.edition.code_system

    @property
    def level(self) -> Level:
        """The level of the regions."""
        return self.target.at


_FITS = 0.5
"""The share of names that an edition must know to be taken without being named."""
_NAMELESS = frozenset(("row.unknown_name", "row.unknown_parent", "row.outside"))
_NO_CODES = Reading(None, (), None, 0, (), "code.names_only")


def match(table: Table, shape: Shape, options: Options, targets: Sequence[Target], lists: Lists) -> Match:
    """Join every row to the edition that was asked for, or to the one the table fits best.

    Raises
    ------
    Refused
        If the codes lost digits, are of another system or level than the edition, or fit no edition.
    Question
        If only a person can say: the system, the level, the regency, the area, the edition, the column of names.
    BadRequest
        If the edition has no area or region that a person named.
    """
    if not targets:
        raise Refused("error.no_editions")
    choice = choose(table, shape, options, targets, coded_columns(table, shape, options, lists))
    if choice.how is How.NAMES and options.edition is None and options.area is None:
        hold_title(table, choice.target, lists.get(CodeSystem.KEMENDAGRI, {}))
    area = area_of(table, choice.target, options)
    said = Rows(table, shape, choice, area)
    rows, accepted = decided(table, said.joined(), said, options)
    if choice.how is How.OTHER and not any(_hopeful(each) for each in rows):
        raise _other_refused(choice)
    if choice.how is How.NAMES and options.edition is None:
        _hold_names(table, rows, choice)
    area = settled(area, [each for each in rows if isinstance(each, str)], choice.target)
    rows = tuple(_asked_for(row.line, each, area, choice.target) for row, each in zip(table.rows, rows, strict=True))
    seen = witness(table, shape, choice, rows, lists)
    coded = choice.coded
    return Match(
        choice.target,
        coded.reading if coded else _NO_CODES,
        coded.column if coded else None,
        seen.rows,
        options.edition is not None,
        said.uppers,
        {index: old for index, old in said.olds.items() if isinstance(seen.rows[index], str)},
        accepted,
        (*_understood(choice, options), *choice.understood, *area.understood),
        (*_repairs(table, coded), *seen.findings, *filter(None, [otherwise(accepted, said, table)])),
        question_of(seen.rows, choice),
        area.regions,
        area.code,
        area.name,
        coded.header if coded else "",
    )


def _hold_names(table: Table, rows: Sequence[str | RowFate], choice: Choice) -> None:
    """Refuse an edition that nobody named and that knows few of the names: the table is of another place."""
    known = sum(map(_hopeful, rows))
    count = known + sum(isinstance(each, RowFate) and each.reason in _NAMELESS for each in rows)
    if known < _FITS * count:
        values = {"file": table.file, "count": count, "known": known, "edition": choice.target.edition.id}
        raise Refused("error.names_fit_no_edition", **values)


def _hopeful(said: str | RowFate) -> bool:
    return isinstance(said, str) or said.fate is Fate.SUGGESTED or said.reason == "row.ambiguous_name"


def _asked_for(line: int, said: str | RowFate, area: Area, target: Target) -> str | RowFate:
    """A joined row of a region that was not asked for is set aside."""
    if isinstance(said, RowFate) or said in area.asked:
        return said
    values = {"code": said, "name": target.regions[said]}
    if target.members is not None and said not in target.members:
        return RowFate(line, Fate.SET_ASIDE, "row.outside_set", values)
    return RowFate(line, Fate.SET_ASIDE, "row.outside_area", {**values, "area": area.name})


def _other_refused(choice: Choice) -> Refused:
    assert choice.coded is not None
    values = other_values(choice.coded, choice.target)
    if choice.fitting:
        return Refused("error.other_code_system_but", fitting=choice.fitting, **values)
    return Refused("error.other_code_system", **values)


def _understood(choice: Choice, options: Options) -> Iterable[Understood]:
    """The edition, the level, the system of the codes and why."""
    message = "import.edition" if options.edition is not None else "import.edition_found"
    yield Understood(message, {"edition": choice.target.edition.id}, "--edition")
    if choice.target.at is not choice.target.edition.base_level:
        yield Understood(f"match.level.{choice.target.at.slug}", {}, "--level")
    if choice.coded is not None:
        yield Understood(choice.coded.reading.reason, dict(choice.coded.reading.values), "--system")
    else:
        yield Understood("match.by_names", {}, "--code-column")


def _repairs(table: Table, coded: Coded | None) -> Iterable[Finding]:
    """A note for every kind of repair, with its first example."""
    if coded is None:
        return
    for kind, (n, before, after, row) in coded.reading.repairs.items():
        values = {"n": n, "before": " ".join(before.split())[:40], "after": after, "column": coded.header}
        yield Finding(Weight.NOTE, f"repair.{kind}", values, Place(table.file, table.sheet, table.rows[row].line))
