"""The pattern of a map in words says what pandas finds in the same figures, in both languages."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from geoapp.atlas.page import MapPage
from geoapp.atlas.pattern import pattern
from geoapp.atlas.summary import summary
from geoapp.domain.levels import Level
from geoapp.domain.observations import MISSING, Mark, Observation, State
from geoapp.domain.regions import Ancestor
from geoapp.domain.rows import Row
from geoapp.domain.words import LANGUAGES, Language
from tests import world

DISTRICTS = 6
EACH = 8


def city(said: list[Observation], shown: MapPage | None = None) -> MapPage:
    """A map of six districts with eight villages each, or of as many as there are observations."""
    one = world.regions()[0]
    codes = [f"35.99.{n // EACH + 1:02}.{1001 + n % EACH}" for n in range(len(said))]
    regions = tuple(
        replace(one, number=n + 1, code=code, name=f"K{n + 1}", parent=code[:8]) for n, code in enumerate(codes)
    )
    uppers = {code: Ancestor(code, f"D{code[-1]}", Level.DISTRICT) for code in {each[:8] for each in codes}}
    return replace(shown or world.page(), regions=regions, observations=Row.of(said), ancestors=uppers)


def figures(*values: float) -> list[Observation]:
    return [Observation(figure=float(each)) for each in values]


def frame(page: MapPage) -> pd.DataFrame:
    rows = [
        (region.parent, said.figure, said.category)
        for region, said in zip(page.regions, page.observations, strict=True)
    ]
    return pd.DataFrame(rows, columns=["parent", "figure", "category"])


@pytest.fixture(params=[1, 2, 3])
def drawn(request: pytest.FixtureRequest) -> MapPage:
    """Random figures of which the first district has the highest, with gaps."""
    random = np.random.default_rng(request.param)
    values = random.normal(5000, 800, DISTRICTS * EACH).round()
    values[:EACH] += 4000
    return city([MISSING if n % 11 == 5 else Observation(figure=float(each)) for n, each in enumerate(values)])


def test_ends_middle_and_gathering_are_what_pandas_finds(drawn: MapPage) -> None:
    table, facts = frame(drawn), pattern(drawn)
    known = table.dropna(subset="figure")

    assert facts.known == len(known)
    assert (facts.highest and facts.highest.figure) == known.figure.max()
    assert (facts.lowest and facts.lowest.figure) == known.figure.min()
    assert facts.median == known.figure.median()
    assert facts.quartiles == pytest.approx(tuple(known.figure.quantile([0.25, 0.75])))
    top = known.figure.rank(ascending=False, method="min") <= np.ceil(len(known) / 5)
    shares = top.groupby(known.parent).agg(["sum", "count"])
    expected = shares[(shares["sum"] >= 3) & (shares["sum"] >= shares["count"] / 2)]
    assert {each.parent: (each.count, each.total) for each in facts.high} == {
        parent: (row["sum"], row["count"]) for parent, row in expected.iterrows()
    }
    assert "35.99.01" in expected.index


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentences_hold_the_same_numbers(drawn: MapPage, language: Language) -> None:
    known = frame(drawn).dropna(subset="figure")
    said = " ".join(summary(drawn, language))

    def written(figure: float) -> str:
        text = f"{round(figure):,}"
        return text.replace(",", ".") if language == "id" else text

    assert written(known.figure.max()) in said and written(known.figure.min()) in said
    assert written(known.figure.median()) in said
    assert f"Kelurahan {'K'}{known.figure.idxmax() + 1}, Kecamatan D1" in said
    assert str(len(drawn.regions) - len(known)) in said
    assert "%(" not in said


def test_a_change_is_counted_region_by_region_and_only_where_both_years_are_known() -> None:
    now = city([*figures(5, 5, 5, 9, 1), MISSING])
    then = city([*figures(4, 5, 9, 1), MISSING, *figures(3)])

    facts = pattern(now, then)

    assert facts.change is not None
    assert (facts.change.rose, facts.change.fell, facts.change.same) == (2, 1, 1)
    assert (facts.change.median_then, facts.change.median_now) == (4.5, 5.0)
    assert "Sejak 2024, angkanya naik di 2 kelurahan, turun di 1, dan tetap di 1." in summary(now, "id", then)


def test_what_is_tied_is_not_given_to_one_of_them() -> None:
    said = summary(city(figures(*[0] * 31, 7, 8, 9)), "id")

    assert "Terendah: 31 kelurahan, sama-sama 0 jiwa/km²." in said[0]
    assert "Kelurahan K34" in said[0]
    assert "Seperlima" not in " ".join(said)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (figures(3, 3, 3), "Angka 3 kelurahan semuanya sama: 3 jiwa/km²."),
        ([*figures(3), MISSING], "Hanya Kelurahan K1 yang ada angkanya: 3 jiwa/km²."),
        (figures(3, 4), "Tertinggi: Kelurahan K2, 4 jiwa/km². Terendah: Kelurahan K1, 3 jiwa/km²."),
    ],
)
def test_few_or_equal_regions_are_told_as_what_they_are(said: list[Observation], sentence: str) -> None:
    assert summary(city(said), "id")[0] == sentence


def test_without_any_figure_only_the_gap_is_told() -> None:
    gone = [MISSING, Observation(state=State.SUPPRESSED), MISSING]

    assert summary(city(gone), "id") == ("3 kelurahan tanpa angka: 2 tidak ada data dan 1 disembunyikan.",)


def test_figures_that_lie_everywhere_are_said_to_be_scattered() -> None:
    spread = [Observation(figure=float(n % EACH * 100 + n // EACH)) for n in range(DISTRICTS * EACH)]

    assert "Angka tinggi dan rendah tersebar, tidak berkumpul di satu kecamatan." in summary(city(spread), "id")


def test_a_partly_covered_aggregate_is_no_end() -> None:
    partial = Observation(figure=99.0, marks=frozenset({Mark.PARTIAL}))

    facts = pattern(city([partial, *figures(1, 2)]))

    assert facts.highest is not None and facts.highest.figure == 2.0


def test_categories_are_counted_and_moved_by_their_order() -> None:
    slugs = ["tertinggal", "berkembang", "maju"]
    now = city([Observation(category=slugs[2 if n < EACH else 1]) for n in range(20)], world.category_page())
    then = city([Observation(category=slugs[1]) for n in range(20)], world.category_page())

    said = summary(now, "id", then)

    assert said[0] == "Paling banyak: Berkembang, 12 dari 20 kelurahan."
    assert "Maju banyak terdapat di Kecamatan D1 (8 dari 8 kelurahan)." in said
    assert "Sejak 2024, kategorinya naik di 8 kelurahan dan tetap di 12." in said
