"""The picture a page carries: light enough to come with it, whatever the number of regions."""

import pytest
from flask.testing import FlaskClient

from geoapp.domain.levels import Level
from geoapp.web import picture
from tests.world import LAYER, regions


def _stage(client: FlaskClient, query: str) -> str:
    """What stands where the live map comes."""
    page = client.get(f"/maps/{LAYER}{query}").get_data(as_text=True)
    return page.split('id="map"')[1].split('id="notice"')[0]


def test_a_page_carries_the_level_above_where_its_own_has_too_many_regions(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Kepadatan penduduk per kelurahan" in _stage(client, "?period=2023")

    monkeypatch.setattr(picture, "_MOST_INLINE", len(regions()) - 1)

    assert "<title>Kepadatan penduduk per kecamatan di Kota Contoh, 2024</title>" in _stage(client, "?period=2024")


def test_a_page_that_can_carry_no_level_leads_to_a_picture_of_its_own(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture, "_MOST_INLINE", len(regions(Level.REGENCY)) - 1)

    assert "<svg" not in _stage(client, "?period=2024&lang=en")
    assert "<img" in _stage(client, "?period=2024&lang=en")
