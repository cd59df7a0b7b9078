"""Figures that leap are told, and stay as they were written."""

from pathlib import Path

from geoapp.catalogue import Catalogue
from geoapp.releases.checking.check import Draft
from geoapp.releases.intake import check_file, import_file
from geoapp.releases.options import Asked, Options
from geoapp.releases.publishing.publish import publish
from geoapp.store.database import Store
from tests.releases.conftest import VILLAGES, Table

CODES = sorted(VILLAGES)
OPTIONS = Options(indicators=(Asked("penduduk"),))


def checked(store: Store, catalogue: Catalogue, path: Path) -> Draft:
    return check_file(store, catalogue.indicators, path, OPTIONS)


def lines(draft: Draft, message: str) -> list[int | None]:
    return [each.place.line for each in draft.report.findings if each.message == message]


def of(year: int, *changed: tuple[int, object]) -> list[list[object]]:
    """A row for every village, some of another figure than 5000 and a few."""
    figures: list[object] = [5000 + n for n in range(len(CODES))]
    for n, figure in changed:
        figures[n] = figure
    return [[code, year, figure] for code, figure in zip(CODES, figures, strict=True)]


def test_even_figures_have_no_finding(store: Store, edition: str, catalogue: Catalogue, table: Table) -> None:
    draft = checked(store, catalogue, table("a.csv", [["kode", "tahun", "penduduk"], *of(2023), *of(2024)]))

    assert draft.report.findings == ()


def test_a_zero_among_thousands_stays_zero_and_is_told(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    draft = checked(store, catalogue, table("a.csv", [["kode", "tahun", "penduduk"], *of(2024, (3, 0))]))

    assert lines(draft, "check.zero_unlikely") == [5]
    assert {each.code: each.observation.figure for each in draft.staged}[CODES[3]] == 0.0


def test_a_digit_too_many_stands_out_from_its_district(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    draft = checked(store, catalogue, table("a.csv", [["kode", "tahun", "penduduk"], *of(2024, (4, 54000))]))

    assert lines(draft, "check.far") == [6]


def test_a_leap_between_two_periods_of_a_table_is_told_once(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    rows = [["kode", "tahun", "penduduk"], *of(2023), *of(2024, (0, 700))]

    assert lines(checked(store, catalogue, table("a.csv", rows)), "check.leap") == [22]


def test_the_changes_against_the_last_release_are_counted_with_the_largest_first(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    first = import_file(
        store, catalogue.indicators, table("a.csv", [["kode", "tahun", "penduduk"], *of(2024, (9, ""))]), OPTIONS
    )
    assert first.batch is not None
    publish(store, catalogue, first.batch)
    rows = [["kode", "tahun", "penduduk"], *of(2024, (1, 600), (2, 5100), (5, "…"))]

    draft = checked(store, catalogue, table("b.csv", rows))

    (change,) = draft.report.changes
    assert (change["changed"], change["new"], change["lost"]) == (2, 1, 1)
    assert [each["code"] for each in change["largest"]] == [CODES[1], CODES[2]]
    assert lines(draft, "check.leap_published") == [3]


def test_the_same_file_brought_again_is_noted_with_its_batch(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    path = table("a.csv", [["kode", "tahun", "penduduk"], *of(2024)])
    first = import_file(store, catalogue.indicators, path, OPTIONS)

    (note,) = checked(store, catalogue, path).report.findings

    assert (note.message, note.values["batch"]) == ("check.seen_before", first.batch)
