"""What nobody foresaw: a fixed sentence, the request's number, the whole of it in the log alone."""

import logging

import pytest
from flask import Flask

from geoapp.web import picture
from tests import world

SECRET = "/srv/rahasia/berkas.sql"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(picture, "inline", fail)
    monkeypatch.setattr(picture, "file", fail)


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("address", [f"/maps/{world.LAYER}", f"/maps/{world.LAYER}.svg"])
def test_the_answer_holds_no_trace_and_the_log_all_of_it(
    app: Flask, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        response = app.test_client().get(address, headers={"X-Request-ID": "0af7651916cd43dd"})

    said = response.get_data(as_text=True)
    assert response.status_code == 500
    assert SECRET not in said and "Traceback" not in said and "RuntimeError" not in said
    assert "0af7651916cd43dd" in said
    assert response.headers["Cache-Control"] == "no-store"
    assert any(record.exc_info and SECRET in str(record.exc_info[1]) for record in caplog.records)
