"""Whatever is done to a table, every figure is at its region or its row is in the report: nothing lost, nothing wrong.

``GEODAMAGE=2000`` in the environment tries so many tables, other ones each time.
"""

import os
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from geoapp.catalogue import Catalogue
from geoapp.domain.codes import CodeSystem, RegionCode
from geoapp.domain.figures import Decimal
from geoapp.domain.levels import Level
from geoapp.domain.periods import Period
from geoapp.domain.regions import BoundaryStatus, Edition
from geoapp.domain.words import Words
from geoapp.errors import GeoappError
from geoapp.releases.checking.check import Draft, check
from geoapp.releases.intake import import_file
from geoapp.releases.matching.match import match
from geoapp.releases.matching.person_rows import refuse_rows
from geoapp.releases.matching.target import Above, Target
from geoapp.releases.options import Asked, Options
from geoapp.releases.reading.read import read_table
from geoapp.releases.report import Fate, JoinReport
from geoapp.releases.shaping.shape import recognise
from geoapp.store.database import Store
from tests.grid import make_grid
from tests.releases.damage import CELLS, possible
from tests.releases.made_tables import Truth, World, clean_sheet, make_world
from tests.releases.written import Written, write

MANY = int(os.environ.get("GEODAMAGE", "0"))
FORMS = (", utf-8", "; utf-8-sig", "\t utf-16", "| utf-8", "; cp1252", "xlsx", "ods")
LAYOUTS = {
    "wide": ("penduduk",),
    "many": ("penduduk", "kk", "luas_km2", "iks"),
    "long": ("penduduk",),
    "sex": ("penduduk",),
}


@dataclass(frozen=True)
class Plan:
    """One table and what is done to it."""

    seed: int
    villages: int
    districts: int
    system: CodeSystem
    layout: str
    codes: str
    damages: tuple[str, ...]
    form: str
    other_only: bool

    @property
    def may_ask(self) -> bool:
        """Whether not even a person could read it without being told more."""
        undotted = self.codes == "plain" or (self.codes == "whole" and self.system is CodeSystem.BPS)
        return (
            self.other_only
            or "scientific_short" in self.damages
            or "names_misspelled" in self.damages
            or (undotted and self.villages < 12 and bool({"mistyped_codes", "rows_from_elsewhere"} & set(self.damages)))
            or bool({"indonesian_numbers", "english_numbers"} & set(self.damages))
        )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Tables and damages that go together."""
    layout = draw(st.sampled_from(sorted(LAYOUTS)))
    codes = draw(st.sampled_from(("whole", "plain", "parts", "names")))
    districts = draw(st.integers(1, 4))
    asked = draw(st.lists(st.sampled_from(sorted(CELLS)), max_size=6, unique=True))
    return Plan(
        seed=draw(st.integers(0, 2**32)),
        villages=draw(st.integers(3 * districts, 10 * districts)),
        districts=districts,
        system=draw(st.sampled_from(CodeSystem)),
        layout=layout,
        codes=codes,
        damages=tuple(possible(asked, layout, codes)),
        form=draw(st.sampled_from(FORMS)),
        other_only=codes != "names" and draw(st.integers(0, 9)) == 0,
    )


def make(plan: Plan, folder: Path) -> tuple[World, Written]:
    """The world of a plan, and the damaged file."""
    some = Random(plan.seed)
    world = make_world(some, plan.villages, plan.districts, plan.system)
    sheet = clean_sheet(some, world, plan.layout, plan.codes)
    for name in plan.damages:
        CELLS[name](some, sheet)
    return world, write(sheet, folder, some.choice(["data", "tabel desa", "Buku1"]), plan.form)


def target(world: World, system: CodeSystem) -> Target:
    """The edition of the made villages in one code system."""
    names = world.names(system)
    district = world.districts(system)
    regency = RegionCode.parse(system, next(iter(names))).at(Level.REGENCY)
    above = {code: Above(name, Level.DISTRICT, regency.text) for code, name in district.items()}
    above[regency.text] = Above("Kota Kecil", Level.REGENCY, "35")
    above["35"] = Above("Jawa Timur", Level.PROVINCE, None)
    edition = Edition(
        id=f"kecil-{system}",
        area="Kota Kecil",
        code_system=system,
        source="made",
        attribution=Words("Buatan", "Made"),
        licence="CC0",
        status=BoundaryStatus.INDICATIVE,
        dated="2025",
        box=(0, 0, 1, 1),
        base_level=Level.VILLAGE,
        published_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    levels = frozenset((Level.REGENCY, Level.DISTRICT, Level.VILLAGE))
    return Target(edition, names, frozenset(above), above=above, levels=levels)


def draft_of(plan: Plan, world: World, path: Path, catalogue: Catalogue) -> Draft:
    """The whole way from the bytes to the report, but for the database."""
    asked = tuple(Asked(slug) for slug in LAYOUTS[plan.layout])
    period = Period.parse("2023") if plan.layout == "many" else None
    options = Options(indicators=asked, period=period)
    systems = [each for each in CodeSystem if (each is not plan.system if plan.other_only else each is plan.system)]
    lists = {system: {**world.names(system), **world.districts(system)} for system in CodeSystem}
    table = read_table(path, options)
    shape = recognise(table, options, catalogue.indicators)
    found = match(table, shape, options, [target(world, system) for system in systems], lists)
    refuse_rows(table, shape, found)
    return check(table, shape, found, options)


def expected(plan: Plan, data: Mapping[int, Truth], joined: Set[int]) -> dict[tuple[str, str, str], float | None]:
    """What each region's figure is: the row's own, for sexes their sum, known where both are there and joined."""
    found: dict[tuple[str, str, str], dict[int, float | None]] = defaultdict(dict)
    for line, its in data.items():
        for (slug, period), figure in its.figures.items():
            # a row that stands there twice is the same truth twice
            rows = found[slug, period, its.code]
            rows[id(its)] = figure if line in joined else rows.get(id(its))
    many = 2 if plan.layout == "sex" else 1
    sums: dict[tuple[str, str, str], float | None] = {}
    for key, figures in found.items():
        known = [each for each in figures.values() if each is not None]
        sums[key] = sum(known) if len(known) == many else None
    return sums


def verify(plan: Plan, written: Written, draft: Draft) -> None:
    """Nothing is lost, and nothing is on the wrong village."""
    report = draft.report
    assert plan.may_ask or not report.stopped
    fates = {row.line: row for row in report.rows}
    data = {line: truth for line, truth in written.lines.items() if isinstance(truth, Truth)}
    heads = {line for line, what in written.lines.items() if what == "head"}
    # every physical line is there once: a heading, or a row with its fate
    assert set(fates) | set(report.headings) == set(written.lines)
    assert not set(fates) & set(report.headings)
    assert not heads & {line for line, row in fates.items() if row.fate is not Fate.SET_ASIDE}
    counts = report.counts
    assert counts["read"] == len(fates) == sum(counts[fate.value] for fate in Fate)
    # what is no data is never joined, and whatever was not joined says why
    joined = {line for line, row in fates.items() if row.fate in (Fate.JOINED, Fate.MERGED)}
    assert joined <= set(data)
    assert all(row.reason for row in fates.values() if row.fate is not Fate.JOINED)
    truth = expected(plan, data, joined)
    for each in () if report.stopped else draft.staged:
        key = (each.indicator, each.period.text, each.code)
        if each.line is None:
            assert not each.observation.known
            continue
        assert key in truth, f"{key} is in no row"
        owner = data[each.line]
        assert owner.code == each.code
        assert not owner.contradicts
        assert not owner.lost
        assert each.observation.figure == (None if truth[key] is None else pytest.approx(truth[key], abs=1e-9)), key
    staged = {(each.indicator, each.period.text, each.code) for each in draft.staged if each.line is not None}
    left = _left_blank(written, report)
    for line in () if report.stopped else joined:
        keys = [key for key in data[line].figures if key not in left]
        assert all((slug, period, data[line].code) in staged for slug, period in keys), line
    for line, its in data.items():
        if its.contradicts or its.lost:
            assert line not in joined, line
    if not plan.may_ask:
        left = {line: row for line, row in fates.items() if line in data and line not in joined}
        assert {line: row for line, row in left.items() if not _explained(data, line, truth)} == {}
    for series in report.series:
        assert series.figure + series.state + series.no_row == series.asked


def _left_blank(written: Written, report: JoinReport) -> set[tuple[str, str]]:
    """The series of columns that the report calls blank, where not one row has anything written there."""
    said = {
        (each.values["indicator"], column)
        for each in report.findings
        if each.message == "import.left_blank"
        for column in each.values["columns"].split(", ")
    }
    return {
        (slug, period)
        for slug, period in written.blank
        if any(slug == its and period in column for its, column in said)
    }


def _explained(data: Mapping[int, Truth], line: int, truth: Mapping[tuple[str, str, str], float | None]) -> bool:
    """Whether a row is rightly not joined: it is past reading, or contradicts, or the other part of its sum does."""
    its = data[line]
    keys = [(slug, period, its.code) for slug, period in its.figures]
    quarrels = any(
        each.contradicts and each.code == its.code and set(each.figures) & set(its.figures) for each in data.values()
    )
    alone = len(its.figures) == 1 and truth[keys[0]] is None and _has_parts(data, its)
    return its.lost or quarrels or alone


def _has_parts(data: Mapping[int, Truth], its: Truth) -> bool:
    """Whether other rows hold the other part of the same figure."""
    return (
        len({id(each) for each in data.values() if each.code == its.code and set(each.figures) == set(its.figures)}) > 1
    )


def _has_blank_column(written: Written) -> bool:
    """Whether no row has a figure of some indicator and period."""
    truths = [each for each in written.lines.values() if isinstance(each, Truth)]
    series = {key for each in truths for key in each.figures}
    return any(all(each.figures.get(key) is None for each in truths) for key in series)


def try_plan(plan: Plan, catalogue: Catalogue) -> None:
    """Make, damage, read and verify one table."""
    with tempfile.TemporaryDirectory() as folder:
        world, written = make(plan, Path(folder))
        try:
            draft = draft_of(plan, world, written.path, catalogue)
        except GeoappError as error:
            blank = error.message == "question.column_blank" and _has_blank_column(written)
            assert plan.may_ask or blank, error
            return
        verify(plan, written, draft)


def test_every_figure_of_a_damaged_table_is_at_its_region_or_its_row_is_in_the_report(catalogue: Catalogue) -> None:
    @hypothesis.settings(max_examples=MANY or 250, derandomize=not MANY, database=None)
    @given(plan=plans())
    def holds(plan: Plan) -> None:
        try_plan(plan, catalogue)

    holds()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("codes", ["whole", "plain", "parts", "names"])
@pytest.mark.parametrize("system", CodeSystem)
def test_a_table_without_damage_joins_whole(layout: str, codes: str, system: CodeSystem, catalogue: Catalogue) -> None:
    try_plan(Plan(1, 24, 3, system, layout, codes, (), ", utf-8", False), catalogue)


@pytest.mark.parametrize("damage", CELLS)
@pytest.mark.parametrize("form", ["; cp1252", "xlsx"])
def test_each_damage_alone_is_read_through(damage: str, form: str, catalogue: Catalogue) -> None:
    layout = "wide" if damage in ("group_header", "years_alone", "line_breaks") else "many"
    codes = "parts" if damage == "noughts_lost" else "plain"
    assert possible([damage], layout, codes) == [damage]

    try_plan(Plan(2, 24, 3, CodeSystem.KEMENDAGRI, layout, codes, (damage,), form, False), catalogue)


def test_a_row_of_nobody_above_the_first_group_does_not_hide_that_groups_are_filled_once(catalogue: Catalogue) -> None:
    damages = ("rows_of_nobody", "filled_once")

    try_plan(Plan(15727, 6, 1, CodeSystem.KEMENDAGRI, "long", "parts", damages, ", utf-8", False), catalogue)


def test_people_who_are_as_many_as_years_below_numbered_columns_are_no_header(catalogue: Catalogue) -> None:
    damages = ("header_again", "column_numbers")

    try_plan(Plan(1, 7, 1, CodeSystem.KEMENDAGRI, "long", "names", damages, ", utf-8", False), catalogue)


STORED = [
    ("wide", "plain", ("group_header", "totals_at_end", "filled_once", "title_rows"), "xlsx"),
    ("many", "whole", ("states", "indonesian_numbers", "notes_below", "shuffled_columns"), "; cp1252"),
    ("sex", "names", ("names_written_otherwise", "repeated_rows", "totals_of_districts"), "ods"),
    ("long", "parts", ("noughts_lost", "contradicting_rows", "column_numbers"), "| utf-8"),
]


@pytest.mark.parametrize(("layout", "codes", "damages", "form"), STORED)
@pytest.mark.parametrize("system", CodeSystem)
def test_what_is_stored_of_a_damaged_table_is_what_its_rows_say(
    store: Store, tmp_path: Path, catalogue: Catalogue, system: CodeSystem, layout: str, codes: str,
    damages: tuple[str, ...], form: str,
) -> None:  # fmt: skip
    plan = Plan(5, 30, 3, system, layout, codes, tuple(possible(damages, layout, codes)), form, False)
    assert set(plan.damages) == set(damages)
    world, written = make(plan, tmp_path)
    for each in CodeSystem:
        names = {"35": "Jawa Timur", **world.districts(each), **world.names(each)}
        make_grid(store, f"kecil-{each}", names, each, "Kota Kecil")
    period = Period.parse("2023") if layout == "many" else None
    options = Options(
        indicators=tuple(Asked(slug) for slug in LAYOUTS[layout]),
        period=period,
        decimal=Decimal.COMMA if "indonesian_numbers" in damages else None,
        edition=f"kecil-{system}" if codes == "names" else None,
    )

    done = import_file(store, catalogue.indicators, written.path, options)

    assert done.batch is not None
    assert done.draft.report.edition == f"kecil-{system}"
    verify(plan, written, done.draft)
    with store.begin() as connection:
        staged = connection.execute(
            text("SELECT code, period, indicator, figure FROM intake.staged WHERE figure IS NOT NULL")
        )
        figures = {(row.indicator, row.period, row.code): row.figure for row in staged if row.figure is not None}
        kept = [row.line for row in connection.execute(text("SELECT line FROM intake.source_row"))]
    truth = {(each.indicator, each.period.text, each.code): each.observation.figure for each in done.draft.staged}
    assert figures == {key: figure for key, figure in truth.items() if figure is not None}
    assert sorted(kept) == sorted(written.lines)


def test_a_few_mistyped_codes_of_a_long_table_do_not_outvote_the_names_of_its_rows(catalogue: Catalogue) -> None:
    damages = ("mistyped_codes", "rows_from_elsewhere", "apostrophes")

    try_plan(Plan(0, 15, 3, CodeSystem.KEMENDAGRI, "sex", "plain", damages, ", utf-8", False), catalogue)


def test_a_column_of_nothing_but_signs_for_no_figure_is_a_period_of_states(catalogue: Catalogue) -> None:
    try_plan(Plan(9, 3, 1, CodeSystem.KEMENDAGRI, "wide", "whole", ("states",), ", utf-8", False), catalogue)
