"""What never changes is given from memory as the application gave it; everything else reaches the application."""

from collections.abc import Iterable
from typing import Any

import pytest
from werkzeug.test import Client

from geoapp.web.caching import Keep
from geoapp.web.warm import Warm

ETAG = '"one"'


class Counting:
    """An application that counts how often it is asked, and says what it was told to."""

    def __init__(self, status: str = "200 OK", keep: Keep = Keep.FOREVER, body: bytes = b"tile") -> None:
        self.asked = 0
        self.closed = 0
        self.status, self.keep, self.body = status, keep, body

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked += 1
        headers = [
            ("Content-Type", "application/vnd.mapbox-vector-tile"),
            ("Content-Length", str(len(self.body))),
            ("Vary", "Accept-Encoding"),
            ("Cache-Control", self.keep.value),
            ("ETag", ETAG),
            ("X-Request-ID", f"number-{self.asked:08}"),
        ]
        start_response(self.status, headers)
        return self

    def __iter__(self) -> Any:
        yield self.body

    def close(self) -> None:
        self.closed += 1


def test_an_answer_for_ever_is_asked_for_once_and_given_alike_with_a_number_of_its_own() -> None:
    app = Counting()
    client = Client(Warm(app))

    first, again = client.get("/tiles/a.mvt"), client.get("/tiles/a.mvt", headers={"X-Request-ID": "mine-12345"})

    assert (app.asked, app.closed) == (1, 1)
    assert first.data == again.data == b"tile"
    assert first.headers["X-Request-ID"] == "number-00000001"
    assert again.headers["X-Request-ID"] == "mine-12345"
    for headers in (first.headers, again.headers):
        del headers["X-Request-ID"]
    assert list(first.headers) == list(again.headers)


def test_a_reader_who_has_it_hears_that_it_is_unchanged() -> None:
    client = Client(Warm(Counting()))
    client.get("/tiles/a.mvt")

    for tag in (ETAG, f"W/{ETAG}", f'"other", {ETAG}'):
        answer = client.get("/tiles/a.mvt", headers={"If-None-Match": tag})
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", ETAG)
        assert "Content-Length" not in answer.headers
        assert answer.headers["Cache-Control"] == Keep.FOREVER.value
    assert client.get("/tiles/a.mvt", headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    "app",
    [Counting(keep=Keep.PINNED), Counting(keep=Keep.MOVING), Counting(status="404 NOT FOUND")],
    ids=["pinned", "moving", "unknown"],
)
def test_what_may_change_is_asked_for_every_time(app: Counting) -> None:
    client = Client(Warm(app))

    client.get("/values/a")
    client.get("/values/a")

    assert app.asked == 2


def test_another_encoding_a_query_and_another_method_reach_the_application() -> None:
    app = Counting()
    client = Client(Warm(app))

    client.get("/tiles/a.mvt")
    client.get("/tiles/a.mvt", headers={"Accept-Encoding": "gzip"})
    client.get("/tiles/a.mvt?odd=1")
    client.get("/tiles/a.mvt?v=0badcafe&odd=1")
    client.head("/tiles/a.mvt")
    client.post("/tiles/a.mvt")

    assert app.asked == 6


def test_each_version_of_a_tile_is_kept_apart() -> None:
    app = Counting()
    client = Client(Warm(app))

    for version in ("v=0badcafe", "v=0badcaff", "v=0badcafe"):
        client.get(f"/tiles/a.mvt?{version}")

    assert app.asked == 2


def test_memory_has_a_limit_and_the_oldest_goes() -> None:
    app = Counting(body=b"x" * 1000)
    client = Client(Warm(app, room=7000))

    for each in "abca":
        client.get(f"/tiles/{each}.mvt")
    assert app.asked == 4

    large = Counting(body=b"x" * 7000)
    for _ in range(2):
        Client(Warm(large, room=7000)).get("/tiles/a.mvt")
    assert large.asked == 2
