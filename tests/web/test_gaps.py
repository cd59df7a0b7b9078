"""A level whose plans do not reach back as far as the others': shown where it is known, never a broken page."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import delete

from geoapp.domain.levels import Level
from geoapp.store import tables
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests import world
from tests.web.conftest import make_app

MAP = f"/maps/{world.LAYER}"
DISTRICT = world.regions(Level.DISTRICT)[0].code


@pytest.fixture(scope="module")
def app(database: Callable[[], Urls], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The small world without district figures for its first period."""
    urls = database()
    store = Store.at(*urls)
    row = tables.PlanRow
    with store.begin() as connection:
        world.store_world(connection)
        connection.execute(delete(row).where(row.level == Level.DISTRICT.value, row.period == world.PERIODS[0].text))
    store.close()
    made = make_app(urls, tmp_path_factory.mktemp("service") / "var")
    yield made
    made.extensions["geoapp"].store.close()


def test_the_document_lists_for_each_level_the_periods_it_has(app: Flask) -> None:
    levels = app.test_client().get(f"/layers/{world.LAYER}.json").get_json()["levels"]

    known = {each["level"]: sorted(each["plans"]) for each in levels}
    assert known["village"] == ["2023", "2024"]
    assert known["district"] == ["2024"]


@pytest.mark.parametrize("region", ["", f"&region={DISTRICT}"])
def test_a_period_the_level_lacks_leads_to_the_nearest_with_a_notice(app: Flask, region: str) -> None:
    answer = app.test_client().get(f"{MAP}?level=district&period=2023{region}")

    assert answer.status_code == 200
    html = answer.get_data(as_text=True)
    assert "Tahun 2023 belum ada. Anda melihat tahun terdekat, 2024." in html
    assert 'data-period="2024"' in html
    assert 'data-period="2023"' not in html


def test_a_machine_is_told_that_the_level_lacks_the_period(app: Flask) -> None:
    answer = app.test_client().get(f"/downloads/{world.LAYER}.csv?level=district&period=2023")

    assert answer.status_code == 400
    assert answer.get_json()["code"] == "error.no_period"
