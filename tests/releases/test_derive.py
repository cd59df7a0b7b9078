"""Rates are made of their parts: in one table, from what is published, and upwards from sums, never from means."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from geoapp.catalogue import INDICATORS, Catalogue, indicators
from geoapp.cli import run
from geoapp.domain.observations import MISSING, OUT_OF_SCOPE, Mark, Observation, State
from geoapp.domain.periods import Period
from geoapp.errors import NotFound, Refused
from geoapp.releases.checking.derive import area_stated, compare, derived, from_areas, summed
from geoapp.releases.intake import import_file
from geoapp.releases.options import Options
from geoapp.releases.publishing.derivation import derive
from geoapp.releases.publishing.publish import publish
from geoapp.store import releases
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests.releases.conftest import VILLAGES, Table

KNOWN = indicators.read((INDICATORS,))
CODES = sorted(VILLAGES)
NOT_HERE = Observation(state=State.NOT_APPLICABLE)
HIDDEN = Observation(state=State.SUPPRESSED)


def figure(value: float, *marks: Mark) -> Observation:
    return Observation(value, marks=frozenset(marks))


def test_a_rate_is_its_parts_and_inherits_their_marks() -> None:
    made = derived(
        KNOWN["lansia_persen"],
        {"a": figure(5, Mark.PROVISIONAL), "b": figure(0)},
        {"a": figure(40, Mark.ESTIMATED), "b": figure(50, Mark.SMALL_DENOMINATOR)},
    )

    assert made == {"a": figure(12.5, Mark.PROVISIONAL, Mark.ESTIMATED), "b": figure(0)}


@pytest.mark.parametrize(
    ("above", "below", "state"),
    [
        (figure(5), MISSING, State.MISSING),
        (figure(5), None, State.MISSING),
        (None, figure(5), State.MISSING),
        (NOT_HERE, figure(5), State.NOT_APPLICABLE),
        (NOT_HERE, MISSING, State.NOT_APPLICABLE),
        (figure(5), HIDDEN, State.SUPPRESSED),
        (HIDDEN, MISSING, State.SUPPRESSED),
        (OUT_OF_SCOPE, figure(5), State.OUT_OF_SCOPE),
        (figure(5), figure(0), State.NOT_APPLICABLE),
    ],
)
def test_a_rate_without_both_parts_has_the_state_that_says_why(
    above: Observation | None, below: Observation | None, state: State
) -> None:
    numerator, denominator = ({"a": each} if each else {} for each in (above, below))

    assert derived(KNOWN["lansia_persen"], numerator, denominator) == {"a": Observation(state=state)}


def test_a_density_is_made_with_the_area_of_the_shape() -> None:
    made = derived(KNOWN["kepadatan"], {"a": figure(300)}, from_areas("area_km2", {"a": 1.5}))
    share = derived(KNOWN["sawah_persen"], {"a": figure(75)}, area_stated("area_ha", {"a": figure(1.5), "b": MISSING}))

    assert made == {"a": figure(200)}
    assert share == {"a": figure(50), "b": MISSING}


def test_growth_is_that_of_one_year() -> None:
    made = derived(KNOWN["laju_penduduk"], {"a": figure(121), "b": figure(5)}, {"a": figure(100), "b": figure(0)}, 2)

    assert made["a"].figure == pytest.approx(10)
    assert made["b"].state is State.NOT_APPLICABLE


def test_a_sum_is_known_only_where_every_part_is() -> None:
    made = summed([{"a": figure(2, Mark.REVISED), "b": figure(1), "c": MISSING}, {"a": figure(3), "c": HIDDEN}])

    assert made == {"a": figure(5, Mark.REVISED), "b": MISSING, "c": HIDDEN}


@given(
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(1, 10_000)), min_size=1, max_size=20),
    st.integers(0, 3),
    st.booleans(),
)
def test_a_rate_that_was_rounded_or_cut_agrees_and_one_steps_off_does_not(
    parts: list[tuple[int, int]], decimals: int, cut: bool
) -> None:
    above = {str(n): figure(each[0]) for n, each in enumerate(parts)}
    below = {str(n): figure(each[1]) for n, each in enumerate(parts)}
    made = derived(KNOWN["lansia_persen"], above, below)
    written = {
        code: math.floor((each.figure or 0) * 10**decimals + 1e-6) / 10**decimals
        if cut
        else round(each.figure or 0, decimals)
        for code, each in made.items()
    }

    assert compare({code: figure(each) for code, each in written.items()}, made, 6) == ()
    off = {code: figure(each + 2) for code, each in written.items()}
    assert compare(off, made, decimals) == tuple(off)


def test_what_rounded_areas_could_change_is_no_difference() -> None:
    areas, people = {"a": figure(0.91), "b": figure(0.91)}, {"a": figure(18_200), "b": figure(18_200)}
    made = derived(KNOWN["kepadatan"], people, area_stated("area_km2", areas))
    given_ = {"a": figure(18_200 // 0.9134), "b": figure(21_000)}

    assert compare(given_, made, 0, [areas]) == ("b",)
    assert compare(given_, made, 0) == ("a", "b")


def test_states_are_not_compared() -> None:
    assert compare({"a": MISSING, "b": figure(1)}, {"a": figure(1), "b": MISSING, "c": figure(2)}, 0) == ()


# ── from what is published ─────────────────────────────────────────────────────────────────────────────────────


def bring(store: Store, catalogue: Catalogue, path: Path) -> None:
    taken = import_file(store, catalogue.indicators, path, Options())
    assert taken.batch is not None
    publish(store, catalogue, taken.batch)


def population(table: Table, *periods: tuple[str, int], column: str = "penduduk") -> Path:
    rows = [[code, period, people + n] for period, people in periods for n, code in enumerate(CODES)]
    return table(f"{column}.csv", [["kode", "tahun", column], *rows])


def test_a_density_is_made_of_what_is_published_and_of_its_sums_above(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    bring(store, catalogue, population(table, ("2023", 100), ("2024", 200)))

    made = derive(store, catalogue.indicators, "kepadatan", edition)
    (done,) = publish(store, catalogue, made.batch)

    assert [(each.period, each.figure, each.asked) for each in made.report.series] == [
        ("2023", 20, 20),
        ("2024", 20, 20),
    ]
    with store.begin() as connection:
        said = releases.observations(connection, done.release)[Period("2024")]
        whole = connection.execute(
            text(
                "SELECT figure FROM published.aggregate WHERE release_id = :id AND period = '2024' AND code = '35.73'"
            ),
            {"id": done.release},
        ).scalar_one()
    assert [said[code].figure for code in CODES] == pytest.approx([(200 + n) / 2 for n in range(20)])
    assert whole == pytest.approx(sum(200 + n for n in range(20)) / 40)


def test_a_part_that_is_not_published_is_added_up_from_its_own_parts(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    rows = [[code, 2024, 30, 60, 10] for code in CODES[:5]] + [[CODES[5], 2024, 30, 60, "-"]]
    bring(store, catalogue, table("umur.csv", [["kode", "tahun", "usia_0_14", "usia_15_64", "usia_65"], *rows]))

    made = derive(store, catalogue.indicators, "rasio_ketergantungan", edition)
    (done,) = publish(store, catalogue, made.batch)

    with store.begin() as connection:
        said = releases.observations(connection, done.release)[Period("2024")]
    assert said[CODES[0]].figure == pytest.approx(200 / 3)
    assert said[CODES[5]].state is State.MISSING
    assert {said[code].state for code in CODES[6:]} == {State.OUT_OF_SCOPE}


def test_growth_is_made_of_two_periods_and_of_their_sums_above(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    bring(store, catalogue, population(table, ("2020", 100), ("2022", 121)))

    made = derive(store, catalogue.indicators, "laju_penduduk", edition)
    (done,) = publish(store, catalogue, made.batch)

    assert made.report.periods == ("2022",)
    with store.begin() as connection:
        said = releases.observations(connection, done.release)[Period("2022")]
        whole = connection.execute(
            text("SELECT figure FROM published.aggregate WHERE release_id = :id AND code = '35.73'"),
            {"id": done.release},
        ).scalar_one()
    assert said[CODES[0]].figure == pytest.approx(10)
    before, after = (sum(first + n for n in range(20)) for first in (100, 121))
    assert whole == pytest.approx(((after / before) ** 0.5 - 1) * 100)


def test_what_cannot_be_derived_is_refused_with_the_way_on(
    store: Store, edition: str, catalogue: Catalogue, table: Table
) -> None:
    bring(store, catalogue, population(table, ("2024", 100)))
    bring(store, catalogue, population(table, ("2023", 100), column="kk"))

    for slug, message in (
        ("penduduk", "error.derive_no_parts"),
        ("umkm_per_1000", "error.sensitive"),
        ("nakes_per_1000", "error.derive_part"),
        ("rata_anggota_kk", "error.derive_no_period"),
    ):
        with pytest.raises(Refused) as refused:
            derive(store, catalogue.indicators, slug, edition)
        assert refused.value.message == message
    with pytest.raises(NotFound):
        derive(store, catalogue.indicators, "kepadatan", "tidak-ada")


def test_the_command_derives_publishes_and_says_what_differs_from_before(
    store: Store,
    urls: Urls,
    edition: str,
    catalogue: Catalogue,
    table: Table,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GEOAPP_DATABASE_URL", urls.owner)
    monkeypatch.setenv("GEOAPP_LANG", "id")
    bring(store, catalogue, population(table, ("2024", 100)))
    asked = ["statistics", "derive", "--indicator", "kepadatan", "--edition", edition]

    assert run([*asked, "--publish"]) == 0
    assert "kepadatan-kota-kecil-2025" in capsys.readouterr().out
    bring(store, catalogue, population(table, ("2024", 300)))
    assert run([*asked, "--json", "--period", "2024"]) == 0

    said = json.loads(capsys.readouterr().out)
    assert (said["periods"], said["regions"][0]["figure"]) == (["2024"], 20)
    assert "20 angka kepadatan 2024 berbeda" in said["findings"][1]["sentence"]
    assert run([*asked, "--period", "2019"]) == 1
    assert "--period" in capsys.readouterr().err
