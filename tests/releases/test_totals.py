"""What a table promises to add up is added up and compared; what is only a part never stands for the whole."""

from pathlib import Path

from geoapp.catalogue import Catalogue
from geoapp.domain.findings import Finding
from geoapp.releases.checking.check import Draft
from geoapp.releases.intake import check_file
from geoapp.releases.options import Asked, Options
from geoapp.store.database import Store
from tests.releases.conftest import VILLAGES, Table

CODES = sorted(VILLAGES)


def checked(store: Store, catalogue: Catalogue, path: Path, *asked: str) -> Draft:
    return check_file(store, catalogue.indicators, path, Options(indicators=tuple(Asked(each) for each in asked)))


def found(draft: Draft, message: str) -> list[Finding]:
    return [each for each in draft.report.findings if each.message == message]


def test_males_and_females_are_added_only_where_both_are_there(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    rows = [["kode", "jenis_kelamin", "tahun", "penduduk"]]
    rows += [[code, sex, 2024, 50] for code in CODES[:5] for sex in ("L", "P")]
    rows += [[CODES[5], "L", 2024, 40]]

    draft = checked(store, catalogue, table("a.csv", rows), "penduduk")

    figures = {each.code: each.observation.figure for each in draft.staged}
    assert figures == {**dict.fromkeys(CODES[:5], 100.0), CODES[5]: None}
    assert [(row.line, row.reason) for row in draft.report.rows if row.reason] == [(12, "row.part_alone")]
    (series,) = draft.report.series
    assert (series.figure, series.state, series.no_row) == (5, 1, 14)
    assert found(draft, "check.part_alone")[0].place.line == 12


def test_a_whole_that_is_not_the_sum_of_its_parts_is_named_with_its_line(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    rows = [["kode", "tahun", "penduduk", "penduduk_l", "penduduk_p"]]
    rows += [[code, 2024, 100, 50, 50] for code in CODES[:5]]
    rows[3] = [CODES[2], 2024, 101, 50, 50]

    draft = checked(store, catalogue, table("a.csv", rows), "penduduk", "penduduk_l", "penduduk_p")

    (finding,) = found(draft, "check.parts_differ")
    assert (finding.place.line, finding.values["n"]) == (4, 1)
    assert draft.report.counts["joined"] == 5


def test_a_total_row_is_set_aside_and_compared_with_the_column(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    body = [[code, "Desa", n] for n, code in enumerate(CODES, 10)]
    right = sum(n for n, _ in enumerate(CODES, 10))

    def draft(total: int) -> Draft:
        rows = [["kode", "desa", "penduduk 2024"], *body, ["", "Jumlah", total]]
        return check_file(
            store, catalogue.indicators, table("a.csv", rows), Options(indicators=(Asked("penduduk"),), name_column="-")
        )

    assert found(draft(right), "check.total_row_differs") == []
    (finding,) = found(draft(right + 1), "check.total_row_differs")
    assert finding.place.line == 22
    assert draft(right).report.counts["set_aside"] == 1


def test_a_rate_without_a_column_is_computed_from_its_parts(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    rows = [["kode", "tahun", "penduduk", "luas_km2"], *([code, 2024, 100, 2] for code in CODES)]

    draft = checked(store, catalogue, table("a.csv", rows), "kepadatan")

    assert {each.observation.figure for each in draft.staged if each.indicator == "kepadatan"} == {50.0}


def test_a_rate_that_is_not_what_its_parts_give_is_named(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    rows = [["kode", "tahun", "penduduk", "luas_km2", "kepadatan"], *([code, 2024, 100, 2, 50] for code in CODES)]
    rows[4] = [CODES[3], 2024, 100, 2, 80]

    draft = checked(store, catalogue, table("a.csv", rows), "penduduk", "luas_km2", "kepadatan")

    assert [each.place.line for each in found(draft, "check.rate_differs")] == [5]
