"""The sample's own commands bring all of it in, with every kind and every state to look at."""

import shlex
from pathlib import Path

import pytest
from sqlalchemy import text

from geoapp.catalogue import Catalogue
from geoapp.cli import run
from geoapp.cli.serve import SAMPLE, command_lines
from geoapp.domain.indicators import IndicatorKind
from geoapp.domain.observations import State
from geoapp.settings import HOME, Settings
from geoapp.store.cluster import Urls
from geoapp.store.database import Store


def test_the_commands_of_the_sample_bring_in_every_kind_and_state(
    urls: Urls, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEOAPP_DATABASE_URL", urls.owner)
    monkeypatch.setenv("GEOAPP_VAR", str(tmp_path))
    monkeypatch.chdir(HOME)

    codes = [run(shlex.split(line)) for line in command_lines(SAMPLE.read_text())]

    assert set(codes) == {0}
    with store.begin() as connection:
        editions = connection.execute(text("SELECT count(*) FROM geography.edition")).scalar_one()
        slugs = set(connection.execute(text("SELECT DISTINCT indicator->>'slug' FROM published.release")).scalars())
        states = set(connection.execute(text("SELECT DISTINCT state FROM published.observation")).scalars())
    known = Catalogue.of(Settings(var=tmp_path)).indicators
    assert editions == 3
    assert {known[slug].kind for slug in slugs} == set(IndicatorKind)
    assert states == {None, *(each.value for each in State)}
