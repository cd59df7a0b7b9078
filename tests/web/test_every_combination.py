"""Every door asked with every parameter and values nobody means well: a page with a notice or a refusal, no worse."""

import re
from itertools import product
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests import world

LAYER, EDITION = world.LAYER, world.EDITION
MAP = f"/maps/{LAYER}"
PAGES = (MAP, f"{MAP}/beside", f"{MAP}/years", f"/embed/{LAYER}", "/", "/search", "/regions", "/regions/35.99")
"""What people read: 200 and a sentence, whatever else the address says."""
EXCHANGED = (f"{MAP}/words", f"{MAP}/words/table", f"{MAP}/choose")
DATA = (
    f"{MAP}.svg",
    f"{MAP}.png",
    f"/layers/{LAYER}.json",
    f"/tiles/{LAYER}.json",
    f"/tiles/{LAYER}/9/416/267.png",
    f"/tiles/{LAYER}/9/416/267.mvt",
    f"/downloads/{LAYER}.csv",
    f"/downloads/{LAYER}.geojson",
    f"/embed/{LAYER}/qr.svg",
    "/layers.json",
    "/search.json",
    f"/oembed?url=http://localhost{MAP}",
)
NAMES = (
    *("period", "level", "area", "region", "compare", "since", "change", "classes", "palette", "size", "lang"),
    *("theme", "sort", "other", "second", "layer", "q", "format", "maxwidth", "bbox"),
)
MARKUP = "\"><script>alert('terbaca')</script>"
VALUES = (
    "-1",
    "2099",
    "99999999999999999999",
    "quantiles-99",
    "1x1",
    "٣²",
    "\u202ejahat",
    "x" * 200,
    MARKUP,
    "a\r\nb:c",
)
WHOLE_PATHS = (
    "/maps/{}",
    "/maps/{}.svg",
    "/maps/{}.png",
    "/maps/{}/words",
    "/maps/{}/beside",
    "/maps/{}/years",
    "/embed/{}",
    "/embed/{}/qr.svg",
    "/layers/{}.json",
    "/regions/{}",
    f"/regions/{EDITION}/{{}}",
    f"/places/{EDITION}/{{}}",
    f"/places/{EDITION}/village/{{}}",
    f"/values/{LAYER}/{{}}/2024",
    f"/values/{LAYER}/x/2024/{{}}",
    f"/surroundings/{EDITION}/{{}}.json",
    f"/tiles/{EDITION}/{{}}/9/416/267.mvt",
    f"/tiles/{EDITION}/village/9/416/{{}}.mvt",
    f"/tiles/{EDITION}/{{}}.json",
    "/tiles/{}/9/416/267.png",
    f"/tiles/{LAYER}/{{}}/416/267.png",
    f"/tiles/{LAYER}/9/416/267.{{}}",
    f"/downloads/{LAYER}.{{}}",
    "/oembed?url=http://localhost/maps/{}",
    "/oembed?url={}",
    "/{}",
)


def refused(client: FlaskClient, address: str) -> str | None:
    """What is wrong with how a machine is answered; None where it is told a status and a sentence."""
    answer = client.get(address)
    if answer.status_code == 200:
        return None
    problem = answer.is_json and answer.get_json()["status"] == answer.status_code and answer.get_json()["detail"]
    known = (400, 404, 501) if "format=" in address else (400, 404)
    return None if answer.status_code in known and problem else f"{answer.status_code} {answer.mimetype} {address}"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_stays_a_page_and_names_what_it_left_aside(client: FlaskClient, page: str) -> None:
    wrong = []
    for name, value in product(NAMES, VALUES):
        answer = client.get(f"{page}?{name}={quote(value)}")
        html = answer.get_data(as_text=True)
        silent = 'class="notice"' not in html and name != "q" and not page.startswith(("/embed", "/search"))
        if answer.status_code != 200 or MARKUP in html or silent or "b" in answer.headers:
            wrong.append(f"{answer.status_code} {name}={value[:20]}")

    assert wrong == []


@pytest.mark.parametrize("address", EXCHANGED)
def test_what_a_page_fetches_is_answered_like_the_page(client: FlaskClient, address: str) -> None:
    asked = [f"{address}?{name}={quote(value)}" for name, value in product(NAMES, VALUES)]

    assert [each for each in asked if client.get(each).status_code not in (200, 303)] == []


@pytest.mark.parametrize("address", DATA)
def test_a_machine_is_told_what_is_wrong_with_each_parameter(client: FlaskClient, address: str) -> None:
    sign = "&" if "?" in address else "?"
    asked = [f"{address}{sign}{name}={quote(value)}" for name, value in product(NAMES, VALUES)]

    assert [said for each in asked if (said := refused(client, each))] == []


@pytest.mark.parametrize("path", WHOLE_PATHS)
def test_a_path_that_names_nothing_is_refused_as_text(client: FlaskClient, path: str) -> None:
    for value in (*VALUES, "..%2f..%2fetc%2fpasswd", "' OR 1=1--"):
        answer = client.get(path.format(value if "%" in value else quote(value)))

        assert answer.status_code in (400, 404), path
        assert answer.is_json or MARKUP not in answer.get_data(as_text=True)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "root:" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "address", [f"{MAP}", f"{MAP}/words", f"/embed/{LAYER}", f"{MAP}.svg", f"/layers/{LAYER}.json"]
)
def test_a_release_that_never_was_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(f"{address}?release=2099").status_code == 404
    assert client.get(f"{address}?release=99999999999999999999").status_code in (200, 400)


@pytest.mark.parametrize("address", [*PAGES, *EXCHANGED, *DATA])
def test_the_head_alone_may_be_asked_and_nothing_else_may_be_done(client: FlaskClient, address: str) -> None:
    whole, head = client.get(address), client.head(address)

    assert (head.status_code, head.data) == (whole.status_code, b"")
    assert head.mimetype == whole.mimetype
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = client.open(address, method=method)
        assert answer.status_code == 405
        assert re.search(r"\bGET\b", answer.headers["Allow"])


@pytest.mark.parametrize("address", [*PAGES, *EXCHANGED, *DATA])
def test_a_very_long_query_is_answered_briefly(client: FlaskClient, address: str) -> None:
    sign = "&" if "?" in address else "?"
    plain = len(client.get(address).data)

    for query in ("zz=" + "x" * 7000, "&".join(["region=1"] * 300), "&".join(f"z{n}=1" for n in range(300))):
        answer = client.get(f"{address}{sign}{query}")
        assert answer.status_code in (200, 303, 400)
        assert len(answer.data) < plain + 8_000
