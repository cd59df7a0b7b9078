"""Numbers and states are read on the whole column, and nothing becomes zero that is not written as zero."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.domain.figures import Decimal, Undecided, Unread, decide, read_column
from geoapp.domain.indicators import Indicator
from geoapp.domain.observations import Mark, Observation, State

FIELDS = ("name", "unit", "concept", "definition", "interpretation", "formula", "measure", "breakdowns", "source")


def indicator(kind: str = "count", decimals: int = 0, categories: tuple[dict[str, object], ...] = ()) -> Indicator:
    """An indicator of this kind."""
    return Indicator.of(
        {
            **dict.fromkeys(FIELDS, "x"),
            "slug": "x",
            "theme": "x",
            "kind": kind,
            "decimals": decimals,
            "aggregation": "sum",
            "polarity": "0",
            "sensitivity": "low",
            "categories": categories,
        }
    )


COUNT, RATE = indicator(), indicator("rate", 2)


def figures(cells: list[object], asked: Indicator = RATE, decimal: Decimal | None = None) -> list[float | None]:
    """The figures of a column that holds nothing but figures and states."""
    read = read_column(cells, asked, decimal)
    assert all(isinstance(each, Observation) for each in read), read
    return [each.figure for each in read if isinstance(each, Observation)]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["18.094", "3,71", "4877,09"], [18094.0, 3.71, 4877.09]),
        (["18,094", "3.71", "4877.09"], [18094.0, 3.71, 4877.09]),
        (["1.234.567", "2.345"], [1234567.0, 2345.0]),
        (["1.234,5", "1.234"], [1234.5, 1234.0]),
        (["0.7229", "11.00", "0.741"], [0.7229, 11.0, 0.741]),
        (["0,741"], [0.741]),
        ([" 0.91 ", "-0.07", "(5.5)", "\u22122.5"], [0.91, -0.07, -5.5, -2.5]),
        (["12,5%", "7 persen"], [12.5, 7.0]),
        (["Rp 1.250.000", "Rp. 750.000,-", "Rp1.250.000,00"], [1250000.0, 750000.0, 1250000.0]),
        (["12 345,5", "1 234 567,8"], [12345.5, 1234567.8]),
        (["1,2 juta", "5 rb", "2,5 miliar"], [1_200_000.0, 5_000.0, 2.5e9]),
        (["3,5 ha", "2 ha", "1,25"], [3.5, 2.0, 1.25]),
        ([5420, 0.125, "7"], [5420.0, 0.125, 7.0]),
        (["3.5e+2"], [350.0]),
    ],
)
def test_a_column_is_read_by_the_sign_that_its_cells_prove(cells: list[object], expected: list[float]) -> None:
    assert figures(cells) == expected


def test_a_thousand_people_are_never_read_as_one_point_two() -> None:
    assert figures(["1.234", "56"], COUNT) == [1234.0, 56.0]
    assert figures(["1,234", "56"], COUNT) == [1234.0, 56.0]


@pytest.mark.parametrize("cells", [["1.234", "5.678"], ["1,234"]])
def test_what_cannot_be_decided_is_asked_with_examples(cells: list[str]) -> None:
    with pytest.raises(Undecided) as undecided:
        decide(cells, whole=False)

    assert undecided.value.examples == tuple(cells) and not undecided.value.mixed


@pytest.mark.parametrize("cells", [["1.234,5", "1,234.5"], ["1.234", "5,678"], ["3,71", "3.71"]])
def test_a_column_that_mixes_both_ways_is_refused(cells: list[str]) -> None:
    with pytest.raises(Undecided) as undecided:
        decide(cells, whole=True)

    assert undecided.value.mixed


def test_a_person_who_says_the_sign_ends_all_doubt() -> None:
    assert figures(["1.234"], RATE, Decimal.POINT) == [1.234]
    assert figures(["1.234"], RATE, Decimal.COMMA) == [1234.0]


@pytest.mark.parametrize(
    "cell",
    (
        *("", None, " ", "-", "–", "—", "--", "…", "...", "..", "NA", "n/a", "TAD", "Belum ada", "kosong"),
        *("#N/A", "#DIV/0!", "*", float("nan")),
    ),
)
def test_nothing_there_is_missing_and_never_zero(cell: object) -> None:
    assert read_column([cell], COUNT) == [Observation(state=State.MISSING)]


@pytest.mark.parametrize(
    ("cell", "state"),
    [("Tidak berlaku", State.NOT_APPLICABLE), ("disembunyikan", State.SUPPRESSED), ("s", State.SUPPRESSED)],
)
def test_the_other_states_have_their_words(cell: str, state: State) -> None:
    assert read_column([cell], COUNT) == [Observation(state=state)]


@pytest.mark.parametrize("cell", [0, 0.0, "0", "nihil"])
def test_a_written_zero_stays_zero(cell: object) -> None:
    assert figures([cell], COUNT) == [0.0]


@pytest.mark.parametrize(
    ("cell", "marks"),
    [
        ("12r", {Mark.REVISED}),
        ("12*", {Mark.PROVISIONAL}),
        ("12e", {Mark.ESTIMATED}),
        ("12¹", set()),
        ("12r*", {Mark.REVISED, Mark.PROVISIONAL}),
        ("12 x", {Mark.PROVISIONAL}),
        ("12xx", {Mark.PROVISIONAL}),
        ("12 (r)", {Mark.REVISED}),
        ("12 1)", set()),
        ("12 a)", set()),
        ("12 **)", {Mark.PROVISIONAL}),
        ("±12", {Mark.ESTIMATED}),
    ],
)
def test_signs_behind_a_figure_become_marks_and_footnotes_fall_off(cell: str, marks: set[Mark]) -> None:
    assert read_column([cell], COUNT) == [Observation(figure=12.0, marks=frozenset(marks))]


@pytest.mark.parametrize(
    "cell",
    ["banyak", "12 atau 13", "1.23.4", "1e999", float("inf"), "12 5", "5 (2)", "3,5 M", "17.6591)", True, ">100"],
)
def test_what_is_no_figure_stays_unread(cell: object) -> None:
    (read,) = read_column([cell], RATE, Decimal.COMMA)

    assert isinstance(read, Unread)


def test_categories_are_known_by_slug_name_and_spelling_without_case() -> None:
    status = indicator(
        "category", 0, ({"slug": "maju", "name": {"id": "Maju", "en": "Advanced"}, "spellings": ["MJ", "1"]},)
    )

    read = read_column(["MAJU", "advanced", "mj", 1.0, "-", "MANDIRI"], status)

    assert read == [Observation(category="maju")] * 4 + [
        Observation(state=State.MISSING),
        Unread("MANDIRI", "row.word"),
    ]


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1), st.sampled_from([",", "."]))
def test_counts_come_back_whatever_sign_groups_their_thousands(numbers: list[int], group: str) -> None:
    written: list[object] = [f"{number:,}".replace(",", group) for number in numbers]

    assert figures(written, COUNT) == [float(number) for number in numbers]


@given(
    st.lists(st.integers(-(10**9), 10**9), min_size=1),
    st.sampled_from([(",", "."), (".", ",")]),
)
def test_amounts_with_two_decimals_come_back_in_both_countries(cents: list[int], signs: tuple[str, str]) -> None:
    decimal, group = signs
    written: list[object] = [
        f"{number / 100:,.2f}".replace(",", "_").replace(".", decimal).replace("_", group) for number in cents
    ]

    assert figures(written) == [number / 100 for number in cents]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("11-Jan", "row.figure_date"),
        ("5 April 2020", "row.figure_date"),
        ("14:30", "row.figure_date"),
        (date(2020, 4, 5), "row.figure_date"),
        ("#REF!", "row.figure_formula"),
        ("3 ha", "row.figure_unit"),
    ],
)
def test_a_cell_that_is_no_figure_says_why(cell: object, reason: str) -> None:
    read = read_column(["5 jiwa", "6 jiwa", cell], COUNT)

    assert [each.reason for each in read if isinstance(each, Unread)] == [reason]


def test_a_sign_that_a_person_called_none_at_all_is_zero_and_only_then() -> None:
    assert read_column(["-"], COUNT, zeros=("-",)) == [Observation(figure=0.0)]
    assert read_column(["-"], COUNT) == [Observation(state=State.MISSING)]


def test_thousands_in_words_have_decimals_whatever_is_counted() -> None:
    with pytest.raises(Undecided):
        read_column(["1,250 juta"], COUNT)

    assert figures(["1,250 juta", "3,5 juta"], COUNT) == [1_250_000.0, 3_500_000.0]


def test_a_million_rows_of_few_different_cells_are_read_once_each() -> None:
    cells: list[object] = [f"0.{number % 5000:04d}" for number in range(75_000)]

    read = read_column(cells, RATE)

    assert len(read) == 75_000
