"""Every number that a caption or an alternative text says is the database's, in both languages."""

import re

import pandas as pd
import pytest
from sqlalchemy import text

from geoapp.atlas import reading
from geoapp.atlas.captions import Telling
from geoapp.domain.levels import Level
from geoapp.store.database import Store
from tests import world

FIGURES = text(
    """
    SELECT r.code, r.name, o.figure, o.state::text AS state FROM geography.region r
    JOIN published.layer l ON l.edition_id = r.edition_id AND l.id = :layer
    JOIN published.observation o ON o.release_id = l.release_id AND o.code = r.code AND o.period = :period
    WHERE r.level = 4
    """
)
PLAN = text("SELECT document FROM published.plan WHERE layer_id = :layer AND level = 4 AND period = :period")
WHOLE = text("SELECT figure FROM published.aggregate WHERE level = 2 AND period = :period")


def _said(number: float, language: str) -> str:
    """A whole number as it is written."""
    return f"{round(number):,}".replace(",", "." if language == "id" else ",")


@pytest.fixture(scope="module")
def known(stored: Store) -> tuple[pd.DataFrame, dict, float]:
    """Figures, the plan's document and the whole area's figure, read by SQL alone."""
    asked = {"layer": world.LAYER, "period": "2024"}
    with stored.read() as connection:
        rows = connection.execute(FIGURES, asked).mappings().all()
        document = connection.execute(PLAN, asked).scalar_one()
        whole = connection.execute(WHOLE, {"period": "2024"}).scalar_one()
    return pd.DataFrame([dict(row) for row in rows]), document, whole


def _telling(store: Store, language: str, *codes: str) -> Telling:
    page = reading.open_map(store, reading.layer(store, world.LAYER), Level.VILLAGE)
    return Telling(page, language, *(page.region(code) for code in codes))


def _numbers(sentence: str) -> list[str]:
    return re.findall(r"\d[\d.,]*\d|\d", sentence)


def _legend(frame: pd.DataFrame, document: dict, language: str) -> list[str]:
    """Count and bounds of every row, counted by pandas."""
    edges = [-float("inf"), *document["breaks"][:-1], float("inf")]
    counts = pd.cut(frame["figure"], edges, labels=False).value_counts()
    said = []
    for byte in reversed(range(len(edges) - 1)):
        bounds = [_said(each, language) for each in edges[byte : byte + 2] if abs(each) != float("inf")]
        said += [_said(counts.get(byte, 0), language), *bounds]
    states = frame["state"].value_counts()
    return said + ["1"] * len(states)


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_number_of_the_alternative_text_is_the_databases(stored: Store, known, language: str) -> None:
    frame, document, whole = known
    high, low = frame["figure"].max(), frame["figure"].min()
    asked = int((frame["state"] != "out_of_scope").sum())

    numbers = _numbers(_telling(stored, language).alt)

    expected = ["2024", *(_said(each, language) for each in (high, low, whole))]
    expected += _legend(frame, document, language)
    expected += [str(int(frame["figure"].notna().sum())), str(asked), str(len(frame) - asked)]
    assert numbers == expected


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_chosen_regions_caption_says_its_figure_rank_and_the_whole(stored: Store, known, language: str) -> None:
    frame, _, whole = known
    ranks = frame.set_index("code")["figure"].rank(ascending=False, method="min")
    figures = frame.set_index("code")["figure"]
    code, other = "35.99.01.1001", "35.99.01.1002"
    known_count, asked = int(figures.notna().sum()), int((frame["state"] != "out_of_scope").sum())

    one, two = _telling(stored, language, code), _telling(stored, language, code, other)

    own, rank = _said(figures[code], language), str(int(ranks[code]))
    assert _numbers(one.headline) == ["2024", own]
    assert _numbers(" ".join(one.finding)) == [rank, str(known_count), _said(whole, language)]
    assert _numbers(two.headline) == ["2024", own, _said(figures[other], language)]
    apart = _said(abs(figures[code] - figures[other]), language)
    assert _numbers(" ".join(two.finding)) == [rank, str(known_count), apart, _said(whole, language)]
    said = ["2024", own, "2024", rank, str(known_count), _said(whole, language)]
    said += [str(known_count), str(asked), str(len(frame) - asked)]
    said += ["2026", "4.0"]  # the date and the licence of the lines
    assert _numbers(one.caption) == said


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_region_without_a_figure_is_told_as_such(stored: Store, known, language: str) -> None:
    frame, _, _ = known
    code = frame.loc[frame["state"] == "missing", "code"].iloc[0]

    told = _telling(stored, language, code)

    assert _numbers(told.headline) == ["2024"]
    assert told.headline.endswith({"id": "tidak ada data", "en": "no data"}[language])
