"""Figures under old codes on newer boundaries: by the lineage alone, each row with its fate, and the map says so."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from geoapp.catalogue import Catalogue
from geoapp.cli import run
from geoapp.domain.codes import CodeSystem
from geoapp.domain.findings import Weight
from geoapp.domain.lineage import Kind, ShareOf, Step
from geoapp.domain.observations import MISSING, Mark, Observation
from geoapp.domain.periods import Period
from geoapp.errors import GeoappError
from geoapp.i18n import speak
from geoapp.releases.account import account
from geoapp.releases.checking.check import Draft
from geoapp.releases.intake import check_file, import_file
from geoapp.releases.lineage_files import read_lineage
from geoapp.releases.options import Asked, Options
from geoapp.releases.publishing.publish import publish
from geoapp.settings import HOME
from geoapp.store import lineage, reading
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from geoapp.web.pages.report import lineage as on_the_page
from tests.releases.conftest import VILLAGES, Table, make_edition

CODES = sorted(VILLAGES)
A, B, C = CODES[:3]
GONE, OTHER = "35.73.01.1091", "35.73.01.1092"
DAY = date(2022, 1, 1)
ON = Options(edition="kota-kecil-2025", indicators=(Asked("penduduk"),))
SAMPLE = HOME / "boundaries" / "sample"
PLACES = ("file", "line", "lines", "old", "new", "codes", "column", "cell", "code", "day")
"""The places of the refusals of a file of lineage."""


def step(old: str, new: str, kind: Kind, share: float | None = None, since: date = DAY) -> Step:
    return Step(since, old, new, kind, share, ShareOf.POPULATION if share is not None else None, "Perda 1/2021")


SPLIT = (step(A, A, Kind.SPLIT, 0.6), step(A, B, Kind.SPLIT, 0.4))
MERGE = (step(A, A, Kind.MERGE), step(GONE, A, Kind.MERGE))


def keep(store: Store, *steps: Step) -> None:
    with store.begin() as connection:
        lineage.keep(connection, CodeSystem.KEMENDAGRI, steps)


def people(*rows: tuple[str, str, object]) -> list[Sequence[object]]:
    """A long table of population."""
    return [("kode", "tahun", "penduduk"), *rows]


def told(draft: Draft, period: str = "2020", slug: str = "penduduk") -> dict[str, Observation]:
    return {code: said for code, (said, _) in draft.owned.get((slug, Period(period)), {}).items()}


def fates(draft: Draft) -> list[str]:
    return [f"{row.fate.value} {row.reason}".strip() for row in draft.report.rows]


def ways(draft: Draft) -> set[str]:
    return {each["way"] for each in draft.report.lineage}


# ── one code for another, merges, splits ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", [Kind.MOVE, Kind.RENAME, Kind.KIND])
def test_a_figure_under_a_code_that_became_one_other_is_carried_and_the_report_says_so(
    kind: Kind, store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    keep(store, step(GONE, A, kind))
    path = table("lama.csv", people((GONE, "2020", 900), (C, "2020", 5)))

    draft = check_file(store, catalogue.indicators, path, ON)

    assert told(draft) == {A: Observation(figure=900.0), C: Observation(figure=5.0)}
    assert fates(draft) == ["joined", "joined"]
    (note,) = (each for each in draft.report.findings if each.message == "lineage.way.carried")
    assert (note.weight, note.place.line) == (Weight.NOTE, 2)
    sentence = next(f["sentence"] for f in account(draft.report.as_dict(), "id")["findings"] if GONE in f["sentence"])
    assert A in sentence and "2020" in sentence and "%(" not in sentence and "lineage." not in sentence


def test_without_a_lineage_an_old_code_is_refused_as_before(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    draft = check_file(store, catalogue.indicators, table("lama.csv", people((GONE, "2020", 900), (C, "2020", 5))), ON)

    assert fates(draft) == ["refused row.unknown_code", "joined"]


def test_a_table_of_old_codes_alone_finds_the_only_edition_that_followed(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    keep(store, *(step(f"35.74.01.10{n}", code, Kind.MOVE) for n, code in enumerate(CODES, 10)))
    rows = people(*((f"35.74.01.10{n}", "2020", n) for n in range(10, 30)))

    draft = check_file(store, catalogue.indicators, table("lama.csv", rows), replace(ON, edition=None))

    assert draft.report.edition == edition
    assert [said.figure for said in told(draft).values()] == [float(n) for n in range(10, 30)]


def test_counts_of_merged_regions_are_added_and_both_rows_are_joined(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    keep(store, *MERGE)

    draft = check_file(store, catalogue.indicators, table("a.csv", people((A, "2020", 30), (GONE, "2020", 12))), ON)

    assert told(draft) == {A: Observation(figure=42.0)}
    assert (fates(draft), ways(draft)) == (["joined", "joined"], {"summed"})


def test_a_merged_count_without_all_its_parts_is_missing_and_the_row_says_why(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    keep(store, *MERGE)

    draft = check_file(store, catalogue.indicators, table("a.csv", people((GONE, "2020", 12), (C, "2020", 1))), ON)

    assert told(draft)[A] == MISSING
    assert fates(draft) == ["refused row.lineage_parts", "joined"]


def test_rates_of_merged_regions_are_made_anew_with_their_denominators_only(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    keep(store, *MERGE)
    both = replace(ON, indicators=(Asked("rasio_jk", "rasio"), Asked("penduduk_p", "perempuan")))
    rows = [("kode", "tahun", "rasio", "perempuan"), (A, "2020", 96, 3000), (GONE, "2020", 104, 1000)]

    weighed = check_file(store, catalogue.indicators, table("a.csv", rows), both)
    alone = check_file(
        store,
        catalogue.indicators,
        table("b.csv", [row[:3] for row in rows]),
        replace(ON, indicators=(Asked("rasio_jk", "rasio"),)),
    )

    assert told(weighed, slug="rasio_jk")[A].figure == pytest.approx((96 * 3 + 104) / 4)
    assert told(alone, slug="rasio_jk") == {A: MISSING}
    assert fates(alone) == ["refused row.lineage_rate"] * 2


def test_a_split_count_is_not_divided_and_neither_part_gets_a_figure(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    keep(store, *SPLIT)

    draft = check_file(store, catalogue.indicators, table("a.csv", people((A, "2020", 100), (C, "2020", 1))), ON)

    assert told(draft) == {A: MISSING, B: MISSING, C: Observation(figure=1.0)}
    assert fates(draft) == ["refused row.lineage_split", "joined"]
    (warning,) = (each for each in draft.report.findings if each.message == "lineage.way.split")
    assert warning.weight is Weight.WARN


def test_a_split_count_is_divided_by_shares_where_asked_and_marked_estimated(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    keep(store, *SPLIT)
    asked = replace(ON, split_by_share=True)

    draft = check_file(store, catalogue.indicators, table("a.csv", people((A, "2020", 100))), asked)

    estimated = frozenset({Mark.ESTIMATED})
    assert told(draft) == {A: Observation(figure=60.0, marks=estimated), B: Observation(figure=40.0, marks=estimated)}
    assert (fates(draft), ways(draft)) == (["joined"], {"shared"})


def test_a_rate_is_never_divided(store: Store, edition: str, catalogue: Catalogue, table: Table) -> None:
    keep(store, *SPLIT)
    asked = replace(ON, split_by_share=True, indicators=(Asked("rasio_jk", "rasio"),))

    draft = check_file(
        store, catalogue.indicators, table("a.csv", [("kode", "tahun", "rasio"), (A, "2020", 97)]), asked
    )

    assert set(told(draft, slug="rasio_jk").values()) == {MISSING}


def test_a_person_who_says_that_figures_are_of_todays_regions_is_believed(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    keep(store, *SPLIT)

    draft = check_file(
        store, catalogue.indicators, table("a.csv", people((A, "2020", 100))), replace(ON, backcast=True)
    )

    assert told(draft) == {A: Observation(figure=100.0)}
    assert draft.report.lineage == ()


def test_a_table_that_has_figures_of_the_new_part_was_made_over_for_today(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    keep(store, *SPLIT)

    draft = check_file(store, catalogue.indicators, table("a.csv", people((A, "2020", 60), (B, "2020", 40))), ON)

    assert told(draft) == {A: Observation(figure=60.0), B: Observation(figure=40.0)}


def test_only_the_periods_before_the_change_are_lost_and_a_row_with_others_stays_joined(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    keep(store, *SPLIT)
    rows = [("kode", "penduduk 2020", "penduduk 2024"), (A, 100, 61), (B, "", 41)]

    draft = check_file(store, catalogue.indicators, table("a.csv", rows), replace(ON, indicators=()))

    assert told(draft) == {A: MISSING, B: MISSING}
    assert told(draft, "2024") == {A: Observation(figure=61.0), B: Observation(figure=41.0)}
    assert fates(draft)[0] == "joined"


def test_an_old_code_beside_the_figure_of_its_heir_is_refused(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    keep(store, step(GONE, A, Kind.KIND))

    draft = check_file(store, catalogue.indicators, table("a.csv", people((GONE, "2024", 8), (A, "2024", 9))), ON)

    assert told(draft, "2024") == {A: Observation(figure=9.0)}
    assert fates(draft) == ["refused row.lineage_beside", "joined"]


def test_changes_of_several_years_are_followed_one_after_the_other(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    keep(store, step(OTHER, GONE, Kind.MOVE, since=date(2018, 5, 1)), *MERGE)

    draft = check_file(
        store, catalogue.indicators, table("a.csv", people((OTHER, "2017", 4), (A, "2017", 3), (C, "2017", 1))), ON
    )

    assert told(draft, "2017") == {A: Observation(figure=7.0), C: Observation(figure=1.0)}
    assert fates(draft) == ["joined"] * 3


def test_what_was_lost_in_one_change_is_told_of_all_that_followed(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    later = date(2024, 1, 1)
    keep(store, *SPLIT, step(A, A, Kind.SPLIT, since=later), step(A, C, Kind.SPLIT, since=later))

    draft = check_file(store, catalogue.indicators, table("a.csv", people((A, "2020", 7), (CODES[5], "2020", 1))), ON)

    assert {code for code, said in told(draft).items() if said == MISSING} == {A, B, C}
    assert (ways(draft), fates(draft)) == ({"split"}, ["refused row.lineage_split", "joined"])


def test_a_part_that_lies_in_other_boundaries_or_outside_the_area_is_left_there(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    far, next_door = "35.74.01.1001", CODES[15]
    keep(store, *(step(GONE, new, Kind.SPLIT, 0.25) for new in (A, far, next_door)))
    asked = replace(ON, split_by_share=True, area="35.73.01")

    draft = check_file(store, catalogue.indicators, table("a.csv", people((GONE, "2020", 8))), asked)

    assert {code: said.figure for code, said in told(draft).items()} == {A: 2.0}
    assert {code for _, _, code, _, _ in draft.staged} <= set(CODES[:10])


# ── a period picks the edition ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def two_editions(store: Store) -> tuple[str, str]:
    """The same villages in 2019 and 2025; B began in between."""
    before = {code: name for code, name in VILLAGES.items() if code != B}
    return make_edition(store, "kota-kecil-2019", before, dated="2019"), make_edition(store)


@pytest.mark.parametrize(
    ("period", "known", "chosen"),
    [
        ("2020", False, 0),
        ("2023", False, 0),
        ("2025-S1", False, 1),
        ("2020", True, 0),
        ("2023", True, 1),
        ("2015", True, 0),
    ],
)
def test_the_period_picks_the_edition_that_was_valid_then(
    period: str,
    known: bool,
    chosen: int,
    store: Store,
    two_editions: tuple[str, str],
    catalogue: Catalogue,
    table: Table,
) -> None:
    if known:
        keep(store, *SPLIT)
    rows = people(*((code, period, 10) for code in CODES if code != B))

    draft = check_file(store, catalogue.indicators, table("a.csv", rows), replace(ON, edition=None))

    assert draft.report.edition == two_editions[chosen]
    (said,) = (each for each in draft.report.understood if each.message == "match.edition_valid")
    assert (said.values["edition"], said.values["other"]) == (two_editions[chosen], two_editions[1 - chosen])
    assert said.option == "--edition"


def test_codes_that_only_one_edition_has_weigh_more_than_the_period(
    store: Store, two_editions: tuple[str, str], catalogue: Catalogue, table: Table
) -> None:
    rows = people(*((code, "2020", 10) for code in CODES))

    draft = check_file(store, catalogue.indicators, table("a.csv", rows), replace(ON, edition=None))

    assert draft.report.edition == two_editions[1]
    assert "match.edition_valid" not in {each.message for each in draft.report.understood}


# ── what is public ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_map_says_which_figures_were_led_here_and_goes_on_saying_it(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    keep(store, step(GONE, A, Kind.MOVE))
    for name, rows in (("a.csv", people((GONE, "2020", 9))), ("b.csv", people((C, "2020", 4)))):
        taken = import_file(store, catalogue.indicators, table(name, rows), ON)
        assert taken.batch is not None
        (done,) = publish(store, catalogue, taken.batch)

    with store.begin() as connection:
        kept = reading.release_report(connection, done.release)
    (sentence,) = on_the_page(kept, "2020", "id")
    assert f"{GONE} menjadi {VILLAGES[A]} ({A}), pindah wilayah 2022" in sentence
    assert on_the_page(kept, "2024", "id") == []


# ── the commands ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def at_this_database(urls: Urls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEOAPP_DATABASE_URL", urls.owner)
    monkeypatch.setenv("GEOAPP_LANG", "id")


def test_lineage_is_brought_listed_replaced_and_taken_back(
    at_this_database: None, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(SAMPLE / "lineage.csv")
    again = ["boundaries", "lineage", "import", file, "--json"]

    assert run(["boundaries", "lineage", "import", file]) == 0
    assert "2 baris silsilah wilayah disimpan (1 perubahan)" in capsys.readouterr().out
    assert run(again) == 0
    assert json.loads(capsys.readouterr().out)["replaced"] == 2
    assert run(["boundaries", "lineage", "list", "--code", "9901042008", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["lineage"]
    assert (row["old"], row["new"], row["kind"], row["date"]) == (
        "99.01.04.2006",
        "99.01.04.2008",
        "split",
        "2022-01-01",
    )
    assert run(["boundaries", "lineage", "remove", "99.01.04.2008"]) == 0
    assert run(["boundaries", "lineage", "remove", "99.01.04.2008"]) == 1
    assert run(["boundaries", "lineage", "list"]) == 0
    assert "Belum ada silsilah" in capsys.readouterr().out
    with store.begin() as connection:
        acts = list(connection.execute(text("SELECT act FROM intake.audit ORDER BY id")).scalars())
    assert acts == ["import lineage", "import lineage", "remove lineage"]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([(A, A, "split", "0,7", "2022"), (A, B, "split", "0,4", "2022")], "error.lineage_shares_sum"),
        ([(A, B, "pindah", "", "2022"), (B, A, "pindah", "", "2024")], "error.lineage_circle"),
        ([(A, B, "hilang", "", "2022")], "error.lineage_cell"),
        ([(A, B, "pindah", "", "entah kapan")], "error.lineage_cell"),
        ([(A, "35.73.01", "pindah", "", "2022")], "error.lineage_codes"),
        ([("3573011001", "3573011002", "pindah", "", "2022")], "error.lineage_system"),
    ],
)
def test_what_is_no_lineage_is_refused_in_one_sentence_that_names_the_row(
    rows: list[tuple[str, ...]],
    message: str,
    at_this_database: None,
    store: Store,
    table: Table,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = table("silsilah.csv", [("kode lama", "kode baru", "jenis", "porsi", "tanggal"), *rows])

    assert run(["boundaries", "lineage", "import", str(path)]) == 1

    said = capsys.readouterr().err.strip()
    assert "silsilah.csv" in said and "\n" not in said
    assert said.endswith(speak("id", message, **dict.fromkeys(PLACES, "§")).rsplit("§")[-1])
    with store.begin() as connection:
        assert lineage.steps(connection, CodeSystem.KEMENDAGRI) == ()


def test_steps_are_held_beside_those_there_are(
    store: Store, edition: str, table: Table, at_this_database: None
) -> None:
    keep(store, *SPLIT)
    path = table("silsilah.csv", [("old", "new", "kind", "share", "date"), (A, C, "split", "0,3", "2022-01-01")])

    assert run(["boundaries", "lineage", "import", str(path)]) == 1
    with store.begin() as connection:
        assert set(lineage.steps(connection, CodeSystem.KEMENDAGRI)) == set(SPLIT)


def test_of_marked_suggestions_only_those_with_a_yes_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "usulan.csv"
    path.write_text(f"old,new,kind,date,accept\n{A},{GONE},move,2024-07-01,ya\n{B},{OTHER},move,2024,\n")

    found = read_lineage(path)

    assert [(each.old, each.since) for each in found.lines] == [(A, date(2024, 7, 1))]
    assert found.unmarked == 1
    path.write_text(path.read_text().replace(",ya", ",entah"))
    with pytest.raises(GeoappError) as refused:
        read_lineage(path)
    assert refused.value.message == "error.lineage_mark"


def test_the_sample_s_two_editions_suggest_its_split_and_lead_its_figures(
    at_this_database: None,
    store: Store,
    tmp_path: Path,
    catalogue: Catalogue,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GEOAPP_VAR", str(tmp_path))
    out = tmp_path / "usulan.csv"
    old, new = "nusa-purnama-sample-2020", "nusa-purnama-sample-2024"
    assert run(["codes", "import", str(SAMPLE / "codes.csv"), "--dated", "2024"]) == 0
    for dated in ("2020", "2024"):
        command = ["boundaries", "import", str(SAMPLE / f"pulau-purnama-{dated}.geojson"), "--dated", dated]
        assert run([*command, "--complete", "province"]) == 0
    with store.begin() as connection:
        assert set(reading.editions(connection)) == {old, new}

    assert run(["boundaries", "lineage", "suggest", old, new, "--out", str(out)]) == 0
    expected = read_lineage(SAMPLE / "lineage.csv").lines
    out.write_text(out.read_text("utf-8-sig").replace("2024-01-01", "2022-01-01").replace(",\n", ",ya\n"), "utf-8")
    assert run(["boundaries", "lineage", "import", str(out)]) == 0
    with store.begin() as connection:
        kept = lineage.steps(connection, CodeSystem.KEMENDAGRI)
    assert [each.key for each in kept] == [each.key for each in expected]
    assert sum(each.share or 0 for each in kept) == pytest.approx(1)

    table = SAMPLE / "penduduk-2020.csv"
    of_its_time = check_file(store, catalogue.indicators, table, Options())
    of_today = check_file(store, catalogue.indicators, table, Options(edition=new))
    divided = check_file(store, catalogue.indicators, table, Options(edition=new, split_by_share=True))

    assert of_its_time.report.edition == old and not of_its_time.report.lineage
    assert sum(fate != "joined" for fate in fates(of_today)) == 1
    whole = told(of_its_time)["99.01.04.2006"].figure
    parts = [told(divided)[code].figure for code in ("99.01.04.2006", "99.01.04.2008")]
    assert sum(part or 0 for part in parts) == pytest.approx(whole)
