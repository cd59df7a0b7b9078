"""The surroundings of an edition have an address that never changes its bytes, and the layer document names it."""

import json
import re

from flask import Flask
from flask.testing import FlaskClient

from geoapp.store import surroundings
from tests import world

DOCUMENT = {
    "box": [112.5, -8.1, 112.8, -7.8],
    "grid": [0.8125, 0.5222, 1e-7],
    "land": [[[0, 0, 8000, 0, 0, 8000, -8000, 0]]],
    "water": [],
    "lines": [],
    "names": [{"name": 'Laut "Uji" <b>', "kind": "sea", "at": [112.62, -7.97]}],
}
DIGEST = "0123456789ab"
ADDRESS = f"/surroundings/{world.EDITION}/{DIGEST}.json"


def test_a_map_without_surroundings_says_so(client: FlaskClient) -> None:
    assert client.get(f"/layers/{world.LAYER}.json").json["surroundings"] is None
    assert client.get(ADDRESS).status_code == 404


def test_surroundings_are_named_served_for_ever_and_drawn_at_once(app: Flask, client: FlaskClient) -> None:
    before = client.get(f"/maps/{world.LAYER}.svg").text
    store = app.extensions["geoapp"].store
    kept = surroundings.Kept(DIGEST, json.dumps(DOCUMENT))
    with store.begin() as connection:
        surroundings.write(connection, world.EDITION, kept, {})
    try:
        answer = client.get(ADDRESS)
        assert client.get(f"/layers/{world.LAYER}.json").json["surroundings"] == ADDRESS
        assert answer.json == DOCUMENT
        assert "immutable" in answer.headers["Cache-Control"]
        assert client.get(ADDRESS, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
        assert client.get(ADDRESS + "?x=1").status_code == 400
        assert client.get(f"/surroundings/{world.EDITION}/ba9876543210.json").status_code == 404
        drawn = client.get(f"/maps/{world.LAYER}.svg").text
        assert 'class="water"' in drawn and 'class="water"' not in before
        assert "<b>" not in drawn
    finally:
        with store.begin() as connection:
            surroundings.remove(connection, world.EDITION)
    assert client.get(f"/maps/{world.LAYER}.svg").text == before


def test_whose_the_surroundings_are_is_said_wherever_they_are_drawn(app: Flask, client: FlaskClient) -> None:
    store, said = app.extensions["geoapp"].store, "Sekitar: Badan &lt;b&gt;Uji&lt;/b&gt;, CC BY 4.0."
    places = (f"/maps/{world.LAYER}", f"/embed/{world.LAYER}", f"/maps/{world.LAYER}.svg", f"/maps/{world.LAYER}/years")
    assert not any("Sekitar:" in client.get(each).text for each in places)
    with store.begin() as connection:
        report = {"source": "Badan <b>Uji</b>, CC BY 4.0"}
        surroundings.write(connection, world.EDITION, surroundings.Kept(DIGEST, json.dumps(DOCUMENT)), report)
    try:
        missing = [each for each in places if said not in " ".join(_text(client, each).split())]
        assert missing == []
        assert "Wilayah sekitar" in client.get(f"/maps/{world.LAYER}").text
        assert "Surroundings: Badan" in client.get(f"/maps/{world.LAYER}?lang=en").text
    finally:
        with store.begin() as connection:
            surroundings.remove(connection, world.EDITION)


def _text(client: FlaskClient, address: str) -> str:
    """A page's source; of a picture its lines of text, joined."""
    source = client.get(address).text
    return " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", source)) if address.endswith(".svg") else source
