"""Operators learn whether the service is alive and ready, and find a request by its id in a log without people."""

import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from geoapp.settings import Settings
from geoapp.store.database import Store
from geoapp.tiles.shelf import Shelf
from geoapp.web import errors, log, operations


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    """The service takes over the process's log; the tests' is put back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers, root.level = handlers, level


@pytest.fixture
def client(settings: Settings, store: Store) -> FlaskClient:
    """A service of these parts alone."""
    settings.var.mkdir()
    app = Flask("test")
    app.extensions["geoapp"] = SimpleNamespace(settings=settings, store=store, shelf=Shelf.of(settings))
    app.register_blueprint(operations.BLUEPRINT)
    log.install(app)
    errors.install(app)

    @app.get("/broken")
    def broken() -> str:
        raise RuntimeError("something nobody foresaw")

    return app.test_client()


def test_a_ready_service_says_what_it_checked(client: FlaskClient, settings: Settings) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 200
    bound = settings.tile_cache_mib << 20
    assert answer.json == {"database": "ok", "migration": "ok", "disk": "ok", "tiles": {"used": 0, "bound": bound}}
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_service_without_its_database_is_alive_but_not_ready(client: FlaskClient) -> None:
    client.application.extensions["geoapp"].store = Store.at("postgresql://geoapp@/none?host=/nonexistent")

    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.content_type == "application/problem+json"
    assert answer.json
    assert answer.json["code"] == "error.not_ready"
    assert "database away, migration behind" in answer.json["detail"]


def test_a_service_on_an_older_database_is_not_ready(client: FlaskClient, store: Store) -> None:
    with store.begin() as connection:
        connection.execute(text("UPDATE public.alembic_version SET version_num = '0000'"))

    assert client.get("/readyz").status_code == 503


def test_a_disk_that_is_full_or_closed_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert operations.disk_state(tmp_path / "missing") == "closed"

    monkeypatch.setattr(operations.shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    assert operations.disk_state(tmp_path) == "full"


@pytest.mark.parametrize("asked", ["0af7651916cd43dd8448eb211c80319c", "proxy-17.request_4"])
def test_a_sane_request_id_is_kept_and_echoed(client: FlaskClient, asked: str) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": asked}).headers["X-Request-ID"] == asked


@pytest.mark.parametrize("asked", ["short", "x" * 65, "spaces are not sane", '"><script>'])
def test_another_request_id_is_replaced_by_a_new_one(client: FlaskClient, asked: str) -> None:
    first = client.get("/healthz", headers={"X-Request-ID": asked}).headers["X-Request-ID"]
    second = client.get("/healthz").headers["X-Request-ID"]

    assert asked != first != second
    assert len(first) == 32


def test_an_unforeseen_error_is_logged_whole_under_the_requests_id(
    client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    log.configure("json")

    answer = client.get("/broken", headers={"X-Request-ID": "find-me-again"})

    line = json.loads(capsys.readouterr().err.splitlines()[0])
    assert answer.status_code == 500
    assert b"nobody foresaw" not in answer.data
    assert line["request_id"] == "find-me-again"
    assert "something nobody foresaw" in line["exception"]
    assert line["level"] == "error"


def test_the_access_log_names_no_person(caplog: pytest.LogCaptureFixture) -> None:
    gunicorn = SimpleNamespace(access_log=logging.getLogger("test.access"))
    answer = SimpleNamespace(status="200 OK", sent=1234, headers=[("x-request-id", "abcdefgh")])
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/search",
        "QUERY_STRING": "q=budi",
        "REMOTE_ADDR": "203.0.113.7",
        "HTTP_USER_AGENT": "Browser/1",
        "HTTP_REFERER": "https://example.org/from",
        "HTTP_X_FORWARDED_FOR": "203.0.113.8",
    }

    with caplog.at_level(logging.INFO, "test.access"):
        log.GunicornLog.access(gunicorn, answer, None, environ, timedelta(milliseconds=12.34))  # type: ignore[arg-type]

    line = json.loads(log.formatter("json").format(caplog.records[0]))
    assert {name: value for name, value in line.items() if name not in ("time", "message")} == {
        "event": "request",
        "level": "info",
        "logger": "test.access",
        "method": "GET",
        "path": "/search",
        "status": 200,
        "ms": 12.3,
        "bytes": 1234,
        "request_id": "abcdefgh",
    }
    quick = json.loads(log.RequestLine().format(caplog.records[0]))
    assert {name: quick[name] for name in quick if name != "time"} == {
        name: line[name] for name in line if name not in ("time", "message")
    }
    assert quick["time"][:16] == line["time"][:16]
