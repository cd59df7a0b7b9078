"""Two regions side by side, and whom to compare with; whole without a script."""

import re

import pytest
from flask.testing import FlaskClient

from tests import world

MAP = f"/maps/{world.LAYER}"
CODES = [each.code for each in world.regions()]


def said(client: FlaskClient, query: str) -> str:
    """What is said of the regions chosen, without tags."""
    html = client.get(f"{MAP}/words?{query}").get_data(as_text=True)
    part = html[html.index('id="reading"') :]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part[: part.index("</section>")]))


def test_both_figures_stand_with_their_difference_and_how_often_one_holds_the_other(client: FlaskClient) -> None:
    words = said(client, f"region={CODES[0]}&compare={CODES[1]}")

    assert "1.200" in words and "2.400" in words
    assert "1.200 jiwa/km²" in words and "lebih rendah daripada" in words
    assert "2,0 kalinya" in words


def test_a_region_without_a_figure_is_not_compared_but_said(client: FlaskClient) -> None:
    words = said(client, f"region={CODES[0]}&compare={CODES[8]}&lang=en")

    assert "Not comparable" in words
    assert "has no figure for 2024" in words


@pytest.mark.parametrize("query", [f"compare={CODES[1]}", f"region={CODES[0]}&compare={CODES[0]}"])
def test_one_region_alone_is_no_comparison(client: FlaskClient, query: str) -> None:
    assert "beside-side" not in client.get(f"{MAP}?{query}").get_data(as_text=True)


def test_neighbours_siblings_highest_and_lowest_are_offered_each_once(client: FlaskClient) -> None:
    html = client.get(f"{MAP}?region={CODES[5]}").get_data(as_text=True)
    form = html[html.index('id="compare-region"') :]
    offered = re.findall(r'<option value="([^"]+)"', form[: form.index("</select>")])

    assert len(set(offered)) == len(offered)
    assert CODES[5] not in offered
    assert {CODES[1], CODES[4], CODES[6], CODES[9], CODES[7]} <= set(offered)


def test_in_a_view_of_two_nobody_else_is_offered(client: FlaskClient) -> None:
    assert 'id="compare-region"' not in client.get(f"{MAP}?region={CODES[0]}&compare={CODES[1]}").get_data(as_text=True)
