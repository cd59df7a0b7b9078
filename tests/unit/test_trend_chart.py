"""The trend chart: gaps stay gaps, labels never touch, nothing leaves the picture."""

import itertools

from geoapp.domain.periods import Period
from geoapp.web.pages.chart import HEIGHT, WIDTH, Line, chart

YEARS = [Period(str(year)) for year in range(2019, 2025)]
NAMED = [each.text for each in YEARS]


def line(kind: str, name: str, *figures: float | None) -> Line:
    return Line(kind, name, dict(zip(YEARS, figures, strict=False)))


def say(figure: float) -> str:
    return f"{figure:.1f}"


def test_a_missing_period_breaks_the_line() -> None:
    made = chart([line("own", "Desa", 1.0, 2.0, None, 4.0, None, 6.0)], YEARS, NAMED, say)

    assert [len(run) for run in made.lines[0].runs] == [2, 1, 1]


def test_labels_at_the_ends_are_a_line_of_text_apart_and_inside() -> None:
    made = chart(
        [line("own", "Satu", 1, 2, 3, 4, 5, 5), line("other", "Dua", 1, 2, 3, 4, 5, 5), line("whole", "Kab", *[5] * 6)],
        YEARS,
        NAMED,
        say,
    )
    heights = sorted(each.label.y for each in made.lines)

    assert all(after - before >= 15.9 for before, after in itertools.pairwise(heights))
    assert heights[0] > 8 and heights[-1] < HEIGHT - 20
    assert made.lines[-1].kind == "own"


def test_the_highest_is_above_the_lowest_and_all_equal_is_level() -> None:
    rising, level = (
        chart([line("own", "A", 1, 9)], YEARS, NAMED, say),
        chart([line("own", "A", 4, 4)], YEARS, NAMED, say),
    )

    assert rising.lines[0].runs[0][0].y > rising.lines[0].runs[0][1].y
    assert level.lines[0].runs[0][0].y == level.lines[0].runs[0][1].y


def test_a_long_name_is_cut_and_its_label_stays_in_the_picture() -> None:
    made = chart([line("own", "N" * 60, *range(6))], YEARS, NAMED, say)
    label = made.lines[0].label

    assert "…" in label.label
    assert label.x + 6.7 * len(label.label) <= WIDTH + 4


def test_periods_with_long_names_are_left_out_but_for_the_first_and_the_last() -> None:
    made = chart([line("own", "A", *range(6))], YEARS, [f"semester I {each}" for each in NAMED], say)
    shown = [each.label for each in made.periods]

    assert (shown[0], shown[-1]) == ("semester I 2019", "semester I 2024")
    assert len(shown) < 6


def test_without_a_figure_there_is_no_chart() -> None:
    assert chart([line("own", "A")], YEARS, NAMED, say).lines == ()
