"""The service over the small world of ``tests/world.py``, asked through Flask's own client."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geoapp import create_app
from geoapp.settings import Settings
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests import world
from tests.built import write_built

NAMES = {3: world.HOSTILE}


def make_app(urls: Urls, var: Path) -> Flask:
    """The service of a database, with built files of one line each."""
    assets = write_built(var / "assets")
    return create_app(Settings(var=var, assets=assets, database_url=urls.owner, public_database_url=urls.public))


@pytest.fixture(scope="module")
def urls_of_world(database: Callable[[], Urls]) -> Urls:
    """A database with the small world, in which one village has a hostile name."""
    urls = database()
    store = Store.at(*urls)
    with store.begin() as connection:
        world.store_world(connection, NAMES)
    store.close()
    return urls


@pytest.fixture(scope="module")
def app(urls_of_world: Urls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The service of the small world."""
    made = make_app(urls_of_world, tmp_path_factory.mktemp("service") / "var")
    yield made
    made.extensions["geoapp"].store.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who asks."""
    return app.test_client()
