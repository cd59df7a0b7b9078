"""The pages beside the maps: about the site, all files, and the history of releases and corrections."""

import csv
import json
import re
from io import StringIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, text

from geoapp.atlas import history
from geoapp.store.database import Store
from tests import world
from tests.web.test_pages import MAP, Page

PAGES = ("/about", "/downloads", "/releases", f"{MAP}/releases")


SECOND = """
INSERT INTO published.release (indicator_slug, edition_id, level, indicator, batch_id, report, supersedes)
SELECT indicator_slug, edition_id, level, indicator, batch_id, report, id
FROM published.release WHERE id = :old RETURNING id
"""
FIGURES = """
INSERT INTO published.observation (release_id, period, code, figure, state)
SELECT :new, period, code,
       CASE WHEN period <> '2024' THEN figure WHEN code = :changed THEN figure + 1 WHEN code = :gone THEN NULL
            WHEN code = :known THEN 7 ELSE figure END,
       CASE WHEN period = '2024' AND code = :gone THEN 'missing'
            WHEN period = '2024' AND code = :known THEN NULL ELSE state END
FROM published.observation WHERE release_id = :old
"""
PLANS = """
INSERT INTO published.plan (layer_id, release_id, level, period, version, document, classes, marks)
SELECT layer_id, :new, level, period, version || 'b', document, classes, marks
FROM published.plan WHERE release_id = :old
"""


def page(client: FlaskClient, path: str) -> Page:
    answer = client.get(path)
    assert answer.status_code == 200, answer.get_data(as_text=True)[:300]
    return Page(answer.get_data(as_text=True))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_page_answers_in_both_languages_and_is_linked_from_every_other(
    client: FlaskClient, path: str, lang: str
) -> None:
    query = "?lang=en" if lang == "en" else ""
    found = page(client, path + query)

    hrefs = {each.get("href") for each in found.all("a")}
    assert {f"/about{query}", f"/downloads{query}", f"/releases{query}"} <= hrefs
    assert client.get(f"{path}?lang={lang}&utm_source=wa").status_code == 200
    assert client.get(path, headers={"If-None-Match": client.get(path).headers["ETag"]}).status_code == 304


def test_the_page_about_the_site_names_its_sources_and_promises_what_is_kept(client: FlaskClient) -> None:
    found = page(client, "/about")
    indicator = world.indicator()
    edition = world.edition()

    for said in (indicator.source.id.rstrip("."), indicator.name.id, edition.attribution.id.rstrip("."),
                 edition.licence, "tidak memakai kuki", "WCAG 2.2"):  # fmt: skip
        assert said in found.text
    assert "Set-Cookie" not in client.get("/about").headers


def test_every_file_that_the_page_offers_is_there(client: FlaskClient) -> None:
    hrefs = [each["href"] or "" for each in page(client, "/downloads").all("a")]
    files = [each for each in hrefs if each.startswith("/downloads/")]

    assert {each.rpartition(".")[2] for each in files} == {"csv", "geojson", "html"}
    assert [client.get(each).status_code for each in files] == [200] * len(files)


def test_a_map_offers_files_of_the_very_area_and_classes_it_shows(client: FlaskClient) -> None:
    shown = page(client, f"{MAP}?area=35.99.02&classes=quantiles-3&period=2023&region=35.99.02.1005")
    hrefs = {(each["href"] or "").split("?")[0].rpartition(".")[2]: each["href"] for each in shown.all("a")
             if (each.get("href") or "").startswith("/downloads/") and "?" in (each.get("href") or "")}  # fmt: skip
    own = [each.code for each in world.regions()[4:8]]

    rows = list(csv.DictReader(StringIO(client.get(hrefs["csv"]).get_data(as_text=True).lstrip("\ufeff"))))
    assert [each["code"] for each in rows] == own
    assert {each["period"] for each in rows} == {"2023"}
    assert {each["class"] for each in rows} <= {"0", "1", "2", ""}
    features = json.loads(client.get(hrefs["geojson"]).data)
    assert [each["properties"]["code"] for each in features["features"]] == own
    assert features["coverage"]["total"] == len(own)
    west, south, east, north = features["bbox"]
    assert all(west <= each.inside[0] <= east and south <= each.inside[1] <= north for each in world.regions()[4:8])
    assert "classes" not in (hrefs["html"] or "")
    names = re.search(r'"names":\[[^\]]*\]', client.get(hrefs["html"]).get_data(as_text=True))
    assert names and all(each.name in names[0] for each in world.regions()[4:8])
    assert not any(each.name in names[0] for each in world.regions()[:2])


def test_the_file_of_an_area_is_named_for_it_and_pinned_with_it(client: FlaskClient) -> None:
    answer = client.get(f"/downloads/{world.LAYER}.csv?area=35.99.02")

    assert f"{world.LAYER}-35.99.02-2024.csv" in answer.headers["Content-Disposition"]
    assert "area=35.99.02" in answer.headers["Link"]
    assert client.get(f"/downloads/{world.LAYER}.csv?area=77").status_code == 400
    assert client.get(f"/downloads/{world.LAYER}.html?classes=quantiles-3").status_code == 400


def test_the_history_tells_of_a_first_release_and_links_its_map(client: FlaskClient) -> None:
    found = page(client, f"{MAP}/releases")

    assert "Terbitan pertama." in found.text and "sedang tampil" in found.text
    assert MAP in {each.get("href") for each in found.all("a")}
    assert client.get("/maps/nowhere/releases").status_code == 404


def _released(store: Store) -> tuple[int, int]:
    """A second release, in which one figure is other, one is new and one is gone; gives the first and the second."""
    changed, gone, known = (world.regions()[n].code for n in (0, 1, 8))
    with store.begin() as connection:
        old = connection.execute(text("SELECT max(id) FROM published.release")).scalar_one()
        new = connection.execute(text(SECOND), {"old": old}).scalar_one()
        of_both = {"new": new, "old": old}
        connection.execute(text(FIGURES), {**of_both, "changed": changed, "gone": gone, "known": known})
        connection.execute(text(PLANS), of_both)
        connection.execute(text("UPDATE published.layer SET release_id = :new"), {"new": new})
    return old, new


def test_corrections_are_counted_and_a_withdrawn_release_keeps_its_reason(client: FlaskClient, app: Flask) -> None:
    store: Store = app.extensions["geoapp"].store
    old, new = _released(store)

    told = page(client, f"{MAP}/releases")
    assert "1 angka diperbaiki, 1 angka baru, 1 angka dicabut." in told.text
    assert f"{MAP}?release={old}" in {each.get("href") for each in told.all("a")}
    assert "1 figure corrected, 1 new figure, 1 figure taken out." in page(client, "/releases?lang=en").text

    asked: list[str] = []
    event.listen(store.public, "before_cursor_execute", lambda *said: asked.append(said[2]))
    history._counted.cache_clear()
    assert len(history.releases(store)) == 2
    once = len(asked)
    history.releases(store)
    assert len([each for each in asked if "FULL JOIN" in each]) == 1
    assert len(asked) == 2 * once - 1

    taken_back = "UPDATE published.release SET withdrawn_at = now(), withdrawn_reason = :reason WHERE id = :id"
    with store.begin() as connection:
        connection.execute(text(taken_back), {"id": new, "reason": "Dua kolom <b>tertukar</b>."})
    assert client.get(MAP).status_code == 410
    told = page(client, f"{MAP}/releases")
    assert "Ditarik" in told.text and "Dua kolom <b>tertukar</b>." in told.text
    assert MAP not in {each.get("href") for each in told.all("a")}
