"""From a table to a release: scope, carrying over, aggregates, plans, withdrawal, all or nothing."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from geoapp.catalogue import Catalogue
from geoapp.cli import run
from geoapp.domain.codes import CodeSystem
from geoapp.domain.findings import Weight
from geoapp.domain.levels import Level
from geoapp.domain.observations import Observation, State
from geoapp.domain.periods import Period
from geoapp.errors import GeoappError, NotFound, Refused
from geoapp.releases.intake import check_file, import_file
from geoapp.releases.options import Asked, Options
from geoapp.releases.publishing.publish import Published, publish, withdraw
from geoapp.store import reading
from geoapp.store.database import Store
from geoapp.store.releases import history, observations, stage
from tests.releases.conftest import VILLAGES, Table, make_edition

CODES = sorted(VILLAGES)
PENDUDUK = Options(indicators=(Asked("penduduk"),))


def bring(store: Store, catalogue: Catalogue, path: Path, options: Options = PENDUDUK) -> tuple[Published, ...]:
    """Import and publish at once."""
    taken = import_file(store, catalogue.indicators, path, options)
    assert taken.batch is not None
    return publish(store, catalogue, taken.batch)


def population(codes: Sequence[str], figure: object = 1000, period: str = "2024") -> list[list[object]]:
    """A long table of one period."""
    return [["kode", "tahun", "penduduk"], *([code, period, figure] for code in codes)]


def count(store: Store, what: str) -> int:
    """The number of rows of a table."""
    with store.begin() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {what}")).scalar_one())


def test_two_files_of_ten_villages_make_one_release_of_twenty(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    bring(store, catalogue, table("satu.csv", population(CODES[:10], 1000)))
    (second,) = bring(store, catalogue, table("dua.csv", population(CODES[10:], 2000)))

    assert (second.known, second.total, second.carried) == (20, 20, 10)
    with store.begin() as connection:
        said = observations(connection, second.release)[Period("2024")]
    assert [said[code].figure for code in CODES] == [1000.0] * 10 + [2000.0] * 10


def test_the_second_village_of_an_area_leaves_the_first_one_its_figure(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    area = replace(PENDUDUK, area="35.73.01")
    first = import_file(store, catalogue.indicators, table("satu.csv", population(CODES[:1], 1000)), area)
    second = import_file(store, catalogue.indicators, table("dua.csv", population(CODES[1:2], 2000)), area)
    assert first.batch is not None and second.batch is not None
    publish(store, catalogue, first.batch)
    (done,) = publish(store, catalogue, second.batch)

    with store.begin() as connection:
        said = observations(connection, done.release)[Period("2024")]
    assert [said[code].figure for code in CODES[:2]] == [1000, 2000]
    assert {said[code].state for code in CODES[2:10]} == {State.MISSING}
    assert {said[code].state for code in CODES[10:]} == {State.OUT_OF_SCOPE}


def test_a_region_whose_row_was_refused_keeps_what_it_had_even_where_the_table_speaks_for_all(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    bring(store, catalogue, table("satu.csv", population(CODES, 1000)))
    rows = [*population(CODES[2:], 5), [CODES[0], "2024", "banyak"]]
    (second,) = bring(store, catalogue, table("dua.csv", rows), Options(indicators=(Asked("penduduk"),), whole=True))

    with store.begin() as connection:
        said = observations(connection, second.release)[Period("2024")]
    assert said[CODES[0]].figure == 1000
    assert said[CODES[1]].state is State.MISSING
    assert {said[code].figure for code in CODES[2:]} == {5}


def test_a_batch_replaces_its_scope_and_leaves_the_old_release_as_it_was(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    (first,) = bring(store, catalogue, table("satu.csv", population(CODES, 1000)))
    (second,) = bring(store, catalogue, table("dua.csv", population(CODES[:1], 5)))

    with store.begin() as connection:
        before = observations(connection, first.release)[Period("2024")]
        after = observations(connection, second.release)[Period("2024")]
    assert before[CODES[0]].figure == 1000
    assert [after[code].figure for code in CODES[:2]] == [5, 1000]
    assert second.supersedes == first.release


def test_regions_nobody_asked_are_out_of_scope_and_asked_ones_are_missing(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    rows = [["kode", "penduduk 2023", "penduduk 2024"], [CODES[0], 10, "-"], [CODES[1], "", 0]]

    (done,) = bring(store, catalogue, table("a.csv", rows))

    with store.begin() as connection:
        said = observations(connection, done.release)
    assert said[Period("2024")][CODES[0]].state is State.MISSING
    assert said[Period("2023")][CODES[1]].state is State.MISSING
    assert said[Period("2024")][CODES[1]].figure == 0
    assert {said[Period("2024")][code].state for code in CODES[2:]} == {State.OUT_OF_SCOPE}


def test_a_table_of_the_whole_area_makes_the_others_missing(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    options = Options(indicators=(Asked("penduduk"),), whole=True)

    (done,) = bring(store, catalogue, table("a.csv", population(CODES[:5])), options)

    with store.begin() as connection:
        said = observations(connection, done.release)[Period("2024")]
    assert {said[code].state for code in CODES[5:]} == {State.MISSING}


def test_upper_levels_are_summed_with_their_coverage_and_get_plans(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    (done,) = bring(store, catalogue, table("a.csv", population(CODES[:15], 100)))

    with store.begin() as connection:
        full = reading.aggregates(connection, done.release, "35.73.01")[0]
        half = reading.aggregates(connection, done.release, "35.73.02")[0]
        plan = reading.plan(connection, done.layer, done.release, Level.DISTRICT, Period("2024"))
    assert (full["figure"], full["known"], full["total"], full["marks"]) == (1000, 10, 10, [])
    assert (half["figure"], half["known"], half["total"], half["marks"]) == (500, 5, 10, ["partial"])
    assert plan is not None and len(plan[1].classes) == 2
    assert done.levels == ("village", "district", "regency")


def test_a_density_is_made_again_from_people_and_area_and_never_averaged(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    rows = [["kode", "kepadatan"], *([code, 10 * n] for n, code in enumerate(CODES[:10]))]
    options = Options(indicators=(Asked("kepadatan"),), period=Period("2024"))

    (done,) = bring(store, catalogue, table("a.csv", rows), options)

    with store.begin() as connection:
        district = reading.aggregates(connection, done.release, "35.73.01")[0]
    assert district["figure"] == pytest.approx(sum(10 * n * 2.0 for n in range(10)) / 20.0)


def test_a_category_keeps_its_distribution_and_is_drawn_at_the_base_level_only(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    rows = [["kode", "STATUS IDM 2024"], *([code, "MAJU" if n % 2 else "mandiri"] for n, code in enumerate(CODES))]

    (done,) = bring(store, catalogue, table("a.csv", rows), Options(indicators=(Asked("idm_status", "STATUS IDM"),)))

    with store.begin() as connection:
        district = reading.aggregates(connection, done.release, "35.73.01")[0]
    assert district["distribution"] == {"maju": 5, "mandiri": 5}
    assert done.levels == ("village",)


def test_a_withdrawn_release_is_not_carried_over_and_the_next_one_moves_the_layer_on(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    (first,) = bring(store, catalogue, table("a.csv", population(CODES, 1)))
    withdraw(store, first.release, "Tahun keliru")

    (second,) = bring(store, catalogue, table("b.csv", population(CODES[:1], 2)))

    with store.begin() as connection:
        (layer,) = reading.layers(connection, first.layer)
        (old,) = reading.layers(connection, first.layer, first.release)
    assert (layer["release_id"], second.carried, second.known) == (second.release, 0, 1)
    assert old["withdrawn_reason"] == "Tahun keliru"


def test_a_withdrawal_needs_a_reason_and_a_release_that_stands(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    (done,) = bring(store, catalogue, table("a.csv", population(CODES)))

    with pytest.raises(Refused, match=r"error\.reason_needed"):
        withdraw(store, done.release, "  ")
    withdraw(store, done.release, "Salah")
    with pytest.raises(NotFound):
        withdraw(store, done.release, "Salah lagi")


def test_a_batch_is_published_once(store: Store, edition: str, catalogue: Catalogue, table: Table) -> None:
    taken = import_file(store, catalogue.indicators, table("a.csv", population(CODES)), PENDUDUK)
    assert taken.batch is not None
    publish(store, catalogue, taken.batch)

    with pytest.raises(Refused, match=r"error\.batch_published"):
        publish(store, catalogue, taken.batch)
    with pytest.raises(NotFound, match=r"error\.no_batch"):
        publish(store, catalogue, 999)


@pytest.mark.parametrize("slug", ["penyandang", "disabilitas", "kelahiran"])
def test_a_sensitive_or_unknown_indicator_stores_nothing(
    store: Store, edition: str, catalogue: Catalogue, table: Table, slug: str
) -> None:
    path = table("a.csv", [["kode", "tahun", slug], [CODES[0], 2024, 3]])

    with pytest.raises((Refused, NotFound)):
        import_file(store, catalogue.indicators, path, Options(indicators=(Asked(slug),)))

    assert count(store, "intake.batch") == count(store, "intake.staged") == 0


def test_one_bad_indicator_publishes_none_of_the_batch(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    taken = import_file(store, catalogue.indicators, table("a.csv", population(CODES, -5)), PENDUDUK)
    assert taken.batch is not None

    with pytest.raises(GeoappError):  # circles cannot show a negative count
        publish(store, catalogue, taken.batch)

    assert count(store, "published.release") == count(store, "published.observation") == 0


def test_a_publisher_killed_in_the_middle_leaves_nothing(
    store: Store, edition: str, catalogue: Catalogue, table: Table, urls: tuple[str, str]
) -> None:
    taken = import_file(store, catalogue.indicators, table("a.csv", population(CODES)), PENDUDUK)
    script = f"""
        import sys, time
        from geoapp.catalogue import Catalogue
        from geoapp.releases.publishing.publish import publish
        from geoapp.settings import Settings
        from geoapp.store import releases
        from geoapp.store.database import Store
        def hang(*_):
            print("written", flush=True)
            time.sleep(60)
        releases.mark_published = hang
        publish(Store.at({urls[0]!r}), Catalogue.of(Settings()), {taken.batch})
    """
    process = subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "written\n"

    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()

    assert count(store, "published.release") == count(store, "published.layer") == count(store, "published.plan") == 0
    assert taken.batch is not None and publish(store, catalogue, taken.batch)[0].known == 20


def stopped_by(store: Store, catalogue: Catalogue, path: Path, options: Options = PENDUDUK) -> str:
    """The message that a table stops with, raised or in its report."""
    try:
        report = check_file(store, catalogue.indicators, path, options).report
    except GeoappError as error:
        return error.message
    stops = [each.message for each in report.findings if each.weight is Weight.STOP]
    question = [report.question.message] if report.question else []
    return next(iter([*question, *stops]), "")


def test_the_edition_that_fits_best_is_chosen_and_codes_of_the_other_system_ask_for_names(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    bps = {f"35730100{n:02d}": f"Lain {chr(64 + n)}" for n in range(1, 8)}
    path = table("bps.csv", [["kode_bps", "tahun", "penduduk"], *([code, 2024, 7] for code in bps)])

    alone = stopped_by(store, catalogue, path)
    make_edition(store, "kota-kecil-bps-2020", bps, CodeSystem.BPS)
    chosen = check_file(store, catalogue.indicators, path, PENDUDUK).report
    named = stopped_by(store, catalogue, path, Options(indicators=(Asked("penduduk"),), edition=edition))

    assert alone in ("question.name_column", "error.other_code_system")
    assert chosen.edition == "kota-kecil-bps-2020"
    assert named == "question.name_column"


def test_a_period_must_be_said_somewhere(store: Store, edition: str, catalogue: Catalogue, table: Table) -> None:
    path = table("a.csv", [["kode", "penduduk"], [CODES[0], 5]])

    assert stopped_by(store, catalogue, path) == "question.period"


def test_a_table_may_name_who_made_its_figures(store: Store, edition: str, catalogue: Catalogue, table: Table) -> None:
    census = Options(indicators=(Asked("penduduk"),), source="BPS, Sensus Penduduk 2010")

    (done,) = bring(store, catalogue, table("sensus.csv", population(CODES, period="2010")), census)

    with store.read() as connection:
        (layer,) = reading.layers(connection, done.layer)
    assert layer["indicator"]["source"] == {"id": "BPS, Sensus Penduduk 2010", "en": "BPS, Sensus Penduduk 2010"}


def test_a_share_of_land_is_made_again_from_hectares(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    rows = [["kode", "tahun", "sawah_ha", "sawah_persen"], *([code, "2024", 50, 25] for code in CODES)]
    asked = Options(indicators=(Asked("sawah_ha"), Asked("sawah_persen")))

    share = bring(store, catalogue, table("sawah.csv", rows), asked)[1]

    with store.read() as connection:
        (whole,) = reading.aggregates(connection, share.release, "35.73")
    assert share.indicator == "sawah_persen"
    assert whole["figure"] == pytest.approx(100 * 20 * 50 / (20 * 2.0 * 100))  # 20 villages of 2 km², 50 ha each


DISTRICTS = ["35.73.01", "35.73.02"]


def by_district(store: Store, edition: str, figures: Mapping[str, float], slug: str = "penduduk") -> int:
    """A batch of districts, staged as an import at that level stages it; gives its number."""
    period = Period("2024")
    scope = {"periods": {slug: [period.text]}, "regions": list(figures), "refused": []}
    said = [
        (slug, period, code, Observation(figure=figure), line) for line, (code, figure) in enumerate(figures.items(), 2)
    ]
    with store.begin() as connection:
        return stage(
            connection, "kecamatan.csv", "d", edition, Level.DISTRICT, scope, {"public": {slug: {"rows": {}}}}, said
        )


def test_a_table_of_districts_has_a_layer_of_its_own_and_leaves_that_of_the_villages_alone(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    (villages,) = bring(store, catalogue, table("a.csv", population(CODES, 100)))
    (first,) = publish(store, catalogue, by_district(store, edition, {DISTRICTS[0]: 1500}))
    (second,) = publish(store, catalogue, by_district(store, edition, {DISTRICTS[1]: 2500}))
    (again,) = bring(store, catalogue, table("b.csv", population(CODES[:1], 7)))

    assert villages.layer == again.layer == "penduduk-kota-kecil-2025"
    assert first.layer == second.layer == "penduduk-kota-kecil-2025-district"
    assert (villages.supersedes, again.supersedes, again.carried) == (None, villages.release, 19)
    assert (first.supersedes, second.supersedes, second.carried) == (None, first.release, 1)
    assert (second.known, second.total, second.levels) == (2, 2, ("district", "regency"))
    with store.begin() as connection:
        said = observations(connection, second.release)[Period("2024")]
        whole = reading.aggregates(connection, second.release, "35.73")[0]
        plan = reading.plan(connection, second.layer, second.release, Level.DISTRICT, Period("2024"))
        village_plan = reading.plan(connection, second.layer, second.release, Level.VILLAGE, Period("2024"))
        told = {(each["layer"], each["id"]) for each in history(connection)}
    assert {code: each.figure for code, each in said.items()} == {DISTRICTS[0]: 1500, DISTRICTS[1]: 2500}
    assert (whole["figure"], whole["known"], whole["total"]) == (4000, 2, 2)
    assert plan is not None and len(plan[1].classes) == 2
    assert village_plan is None
    assert told == {(each.layer, each.release) for each in (first, second, villages, again)}


def test_a_density_of_districts_is_made_again_from_their_own_areas(
    store: Store, edition: str, catalogue: Catalogue
) -> None:
    batch = by_district(store, edition, {DISTRICTS[0]: 100, DISTRICTS[1]: 300}, "kepadatan")

    (done,) = publish(store, catalogue, batch)

    with store.begin() as connection:
        whole = reading.aggregates(connection, done.release, "35.73")[0]
    assert whole["figure"] == pytest.approx((100 * 20 + 300 * 20) / 40)


def test_a_map_of_another_edition_is_never_moved_by_a_name_that_happens_to_be_the_same(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    publish(store, catalogue, by_district(store, edition, {DISTRICTS[0]: 1500}))
    other = {code.replace("35.73", "35.74"): name for code, name in VILLAGES.items()}
    make_edition(store, f"{edition}-district", other)
    taken = import_file(store, catalogue.indicators, table("b.csv", population(sorted(other))), PENDUDUK)
    assert taken.batch is not None

    with pytest.raises(Refused, match=r"error\.layer_taken"):
        publish(store, catalogue, taken.batch)

    assert count(store, "published.release") == 1


def test_parts_that_come_later_make_the_upper_levels_of_a_published_rate_anew(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    slug = "rasio_jk"
    rows = [["kode", "tahun", slug], *([code, "2024", 50 if n % 2 else 200] for n, code in enumerate(CODES))]
    (rate,) = bring(store, catalogue, table("a.csv", rows), Options(indicators=(Asked(slug),)))
    with store.begin() as connection:
        assert reading.aggregates(connection, rate.release, "35.73") == []

    parts = [
        ["kode", "tahun", "penduduk_l", "penduduk_p"],
        *([code, "2024", 100, 200] if n % 2 else [code, "2024", 600, 300] for n, code in enumerate(CODES)),
    ]
    asked = Options(indicators=(Asked("penduduk_l"), Asked("penduduk_p")))
    *brought, anew = bring(store, catalogue, table("b.csv", parts), asked)

    assert [each.indicator for each in brought] == ["penduduk_l", "penduduk_p"]
    assert (anew.indicator, anew.layer, anew.supersedes) == (slug, rate.layer, rate.release)
    assert (anew.redone, anew.known, anew.carried) == (("penduduk_l", "penduduk_p"), 20, 20)
    assert anew.levels == ("village", "district", "regency")
    with store.begin() as connection:
        (whole,) = reading.aggregates(connection, anew.release, "35.73")
        same = observations(connection, anew.release) == observations(connection, rate.release)
        report = connection.execute(text("SELECT report FROM published.release ORDER BY id DESC LIMIT 1")).scalar_one()
        (layer,) = reading.layers(connection, rate.layer)
        kept = reading.aggregates(connection, rate.release, "35.73")
    assert whole["figure"] == pytest.approx(100 * (10 * 100 + 10 * 600) / (10 * 200 + 10 * 300))
    assert same and kept == []
    assert report["redone"] == {"parts": ["penduduk_l", "penduduk_p"], "batch": 2}
    assert layer["release_id"] == anew.release


def test_the_command_says_which_maps_were_made_anew(
    store: Store,
    urls: tuple[str, str],
    edition: str,
    catalogue: Catalogue,
    table: Table,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("GEOAPP_DATABASE_URL", urls[0])
    monkeypatch.setenv("GEOAPP_LANG", "id")
    rate = [["kode", "tahun", "rasio_jk"], *([code, "2024", 100] for code in CODES)]
    bring(store, catalogue, table("a.csv", rate), Options(indicators=(Asked("rasio_jk"),)))
    parts = [["kode", "tahun", "penduduk_l", "penduduk_p"], *([code, "2024", 100, 100] for code in CODES)]
    asked = Options(indicators=(Asked("penduduk_l"), Asked("penduduk_p")))
    taken = import_file(store, catalogue.indicators, table("b.csv", parts), asked)

    assert run(["statistics", "publish", str(taken.batch)]) == 0

    said = capsys.readouterr().out
    assert "rasio-jk-kota-kecil-2025: terbitan 4, angkanya tetap" in said
    assert "dari penduduk_l, penduduk_p yang baru masuk" in said


def test_a_rate_whose_upper_levels_stay_as_they_are_gets_no_new_release(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    slug = "rasio_jk"
    parts = [["kode", "tahun", "penduduk_l", "penduduk_p"], *([code, "2024", 100, 100] for code in CODES)]
    asked = Options(indicators=(Asked("penduduk_l"), Asked("penduduk_p")))
    bring(store, catalogue, table("a.csv", parts), asked)
    rate = [["kode", "tahun", slug], *([code, "2024", 100] for code in CODES)]
    bring(store, catalogue, table("b.csv", rate), Options(indicators=(Asked(slug),)))
    changed = [["kode", "tahun", "penduduk_l", "penduduk_p"], *([code, "2024", 100, 100] for code in CODES[:3])]

    done = bring(store, catalogue, table("c.csv", changed), asked)

    assert [each.indicator for each in done] == ["penduduk_l", "penduduk_p"]


def test_a_withdrawn_rate_is_not_brought_back_by_its_parts(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    slug = "rasio_jk"
    rate = [["kode", "tahun", slug], *([code, "2024", 100] for code in CODES)]
    (done,) = bring(store, catalogue, table("a.csv", rate), Options(indicators=(Asked(slug),)))
    withdraw(store, done.release, "Salah kolom")
    parts = [["kode", "tahun", "penduduk_l", "penduduk_p"], *([code, "2024", 100, 100] for code in CODES)]

    later = bring(
        store, catalogue, table("b.csv", parts), Options(indicators=(Asked("penduduk_l"), Asked("penduduk_p")))
    )

    assert [each.indicator for each in later] == ["penduduk_l", "penduduk_p"]
