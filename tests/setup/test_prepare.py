"""Before a worker serves, the outlines are those of this version: what takes longer than a worker may is done then."""

import os
import runpy
from pathlib import Path

import pytest
from sqlalchemy import text

from geoapp.domain.zooms import REVISION
from geoapp.settings import HOME
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests import world


@pytest.mark.parametrize("hook", ["on_starting", "on_reload"])
def test_outlines_are_brought_to_this_version_before_workers_start(
    urls: Urls, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hook: str
) -> None:
    with store.begin() as connection:
        world.store_world(connection)
        connection.execute(text("UPDATE geography.edition SET grids = 0"))
    monkeypatch.setenv("GEOAPP_DATABASE_URL", urls.owner)
    monkeypatch.setenv("GEOAPP_VAR", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(HOME), os.environ.get("PYTHONPATH", "")]))

    runpy.run_path(str(HOME / "gunicorn.conf.py"))[hook](None)

    with store.begin() as connection:
        assert connection.execute(text("SELECT grids FROM geography.edition")).scalars().all() == [REVISION]
        assert connection.execute(text("SELECT count(*) FROM geography.coverage")).scalar_one() > 0
