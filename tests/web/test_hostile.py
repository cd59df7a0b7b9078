"""Addresses nobody means well: each is answered by a sentence and a status of its own, never by a broken service."""

import pytest
from flask.testing import FlaskClient

from tests import world


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/maps/a%00b", 404),
        ("/embed/%00", 404),
        ("/layers/%00.json", 404),
        (f"/places/{world.EDITION}/%00", 404),
        (f"/values/{world.LAYER}/%00/2024", 404),
        ("/tiles/%00/village/3/7/7.mvt", 404),
        ("/oembed?url=http://localhost/maps/%00", 400),
        (f"/maps/{world.LAYER}?%00=1", 400),
        (f"/maps/{world.LAYER}.svg?period=2024%00", 400),
    ],
)
def test_a_nul_in_an_address_is_refused(client: FlaskClient, address: str, status: int) -> None:
    answer = client.get(address)

    assert answer.status_code == status
    assert b"\0" not in answer.data


@pytest.mark.parametrize("value", ["' OR 1=1--", "../../etc/passwd", "{{7*191}}", "%0d%0aSet-Cookie:x=1", "%ff%fe"])
@pytest.mark.parametrize(
    "address",
    [
        "/maps/{}",
        f"/maps/{world.LAYER}.svg?period={{}}",
        f"/layers/{world.LAYER}.json?release={{}}",
        f"/places/{world.EDITION}/village/{{}}",
        f"/values/{world.LAYER}/x/{{}}",
        f"/tiles/{world.EDITION}/village/{{}}/0/0.mvt",
        f"/downloads/{world.LAYER}.{{}}",
        f"/downloads/{world.LAYER}.geojson?bbox={{}}",
        f"/downloads/{world.LAYER}.html?lang={{}}",
        "/assets/{}",
        "/oembed?url=http://localhost/maps/{}",
    ],
)
def test_a_hostile_value_is_refused_and_shown_as_text(client: FlaskClient, address: str, value: str) -> None:
    answer = client.get(address.format(value))

    assert answer.status_code in (400, 404)
    assert "Set-Cookie" not in answer.headers
    assert b"36481" not in answer.data and b"root:" not in answer.data and b"Traceback" not in answer.data
