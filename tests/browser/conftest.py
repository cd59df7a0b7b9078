"""A served site over a small true world, and Chromium looking at it; what it says and asks for is watched."""

import json
import os
import shlex
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request
from sqlalchemy import Connection, update

from geoapp import cli
from geoapp.cli.serve import SAMPLE, command_lines
from geoapp.domain.levels import Level
from geoapp.settings import HOME
from geoapp.store import tables
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests.browser import framed
from tests.world import EDITION, HOSTILE, PERIODS, observations, plans, regions, store_withdrawn, store_world

Before = Callable[[Page], None] | None
HOSTILE_NUMBER = 6
RAISED = 2600.0
PATIENCE = 60.0


@dataclass(frozen=True)
class Site:
    """A running service and the database under it."""

    url: str
    store: Store


@dataclass
class Watch:
    """Everything the pages of one test asked for and complained about."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def asked(self, part: str) -> list[str]:
        """The requests whose address has this part."""
        return [url for url in self.requests if part in url]

    def foreign(self, own: str) -> list[str]:
        """The requests to anybody else."""
        return [url for url in self.requests if not url.startswith((own, "data:", "blob:", "about:"))]


class Profiles:
    """A browser's profiles, one for each kind of screen: our pages store nothing that another could find."""

    def __init__(self, chromium: Browser) -> None:
        self.chromium = chromium
        self.kept: dict[str, BrowserContext] = {}

    def of(self, options: dict[str, object], fresh: bool) -> BrowserContext:
        """The profile with these options; a new one where it must be ``fresh``."""
        kind = json.dumps(options, sort_keys=True)
        if fresh or kind not in self.kept:
            self.kept[kind] = self.chromium.new_context(**options)  # type: ignore[arg-type]
        return self.kept[kind]


@pytest.fixture(scope="session")
def profiles(chromium: Browser) -> Profiles:
    """What the tests of this process look through."""
    return Profiles(chromium)


@pytest.fixture(scope="session")
def site(database: Callable[[], Urls], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """gunicorn over the world of ``tests/world.py``: one village has a hostile name, a second map was withdrawn."""
    urls, var = database(), tmp_path_factory.mktemp("var")
    store = Store.at(*urls)
    with store.begin() as connection:
        _turn(connection, store_world(connection, names={HOSTILE_NUMBER: HOSTILE}))
        store_withdrawn(connection)
    build(var / "assets")
    with served(urls, var) as url:
        yield Site(url, store)
    store.close()


@pytest.fixture
def watch() -> Watch:
    """What the pages of this test did."""
    return Watch()


@pytest.fixture(scope="session")
def sample(database: Callable[[], Urls], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The sample as ``make serve`` shows it, brought in by its own commands."""
    urls, var = database(), tmp_path_factory.mktemp("sample")
    said = {"GEOAPP_DATABASE_URL": urls.owner, "GEOAPP_PUBLIC_DATABASE_URL": urls.public or "", "GEOAPP_VAR": str(var)}
    with patch.dict(os.environ, said), pytest.MonkeyPatch.context() as patched:
        patched.chdir(HOME)
        for line in command_lines(SAMPLE.read_text(encoding="utf-8")):
            assert cli.run(shlex.split(line)) == 0, line
    build(var / "assets")
    store = Store.at(*urls)
    with served(urls, var) as url:
        yield Site(url, store)
    store.close()


@pytest.fixture
def visit(profiles: Profiles, site: Site, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Opens an address of the site; at the end nothing may have gone wrong in any page."""
    with visiting(profiles, site.url, watch) as opened:
        yield opened


@contextmanager
def visiting(profiles: Profiles, url: str, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Opens addresses of a served site; at the end nobody else was asked, nothing complained, nothing was stored.

    ``quiet`` is for a page whose own answer is an error, which the browser reports; ``fresh`` for one that must find
    nothing in the browser's cache.
    """
    used: list[BrowserContext] = []

    def opened(
        path: str,
        *,
        ready: bool = True,
        quiet: bool = False,
        fresh: bool = False,
        before: Callable[[Page], None] | None = None,
        **options: object,
    ) -> Page:
        context = profiles.of({"viewport": {"width": 1440, "height": 900}, **options}, fresh)
        used.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("request", lambda request: _note(watch, request))
        if not quiet:
            page.on("console", lambda message: _complain(watch, message))
        page.on("pageerror", lambda error: watch.complaints.append(str(error)))
        if before:
            before(page)
        page.goto(url + path)
        if ready:
            page.wait_for_selector('#map[data-ready="1"]')
        return page

    try:
        yield opened
        stored = [cookie for context in used for cookie in context.cookies()]
    finally:
        for page in {page for context in used for page in context.pages}:
            page.close()
    assert watch.foreign(url) == []
    assert watch.complaints == []
    assert stored == []


@pytest.fixture
def host(chromium: Browser, site: Site) -> Iterator[framed.Host]:
    """Opens an article of another site with something in it."""
    with framed.articles(chromium, site.url) as opened:
        yield opened


def _turn(connection: Connection, release: int) -> None:
    """Raise the figures of the first period, so that the classes of some villages differ between the periods."""
    earlier = PERIODS[0]
    table = {earlier: observations(RAISED), PERIODS[1]: observations()}
    for number, each in enumerate(table[earlier]):
        rows = tables.ObservationRow
        of_village = (rows.release_id == release, rows.period == earlier.text, rows.code == regions()[number].code)
        connection.execute(update(rows).where(*of_village).values(figure=each.figure))
    for period, plan in plans(rows=table).items():
        row = tables.PlanRow
        of_period = (row.release_id == release, row.period == period.text, row.level == Level.VILLAGE.value)
        decided = {"document": plan.document(), "classes": plan.classes, "marks": plan.marks}
        version = plan.version(EDITION, release)
        connection.execute(update(row).where(*of_period).values(version=version, **decided))


def _note(watch: Watch, request: Request) -> None:
    watch.requests.append(request.url)


def _complain(watch: Watch, message: ConsoleMessage) -> None:
    if message.type in ("error", "warning"):
        watch.complaints.append(f"{message.text} {message.location}")


def build(folder: Path) -> None:
    """The viewer and the style sheets, as set-up builds them."""
    node = Path(sys.executable).with_name("node")
    subprocess.run([node, HOME / "geoapp/web/viewer/build.mjs", "--out", folder], check=True, capture_output=True)


@contextmanager
def served(urls: Urls, var: Path) -> Iterator[str]:
    """gunicorn over a database, its files in ``var``; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "GEOAPP_VAR": str(var),
        "GEOAPP_ASSETS": str(var / "assets"),
        "GEOAPP_DATABASE_URL": urls.owner,
        "GEOAPP_PUBLIC_DATABASE_URL": urls.public or "",
    }
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1", "wsgi:app"]
    log = var / "gunicorn.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=HOME, env=environment, stdout=out, stderr=out)
    try:
        url = f"http://127.0.0.1:{port}"
        _await(url, process, log)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)


def _await(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the service did not answer:\n{log.read_text()[-3000:]}")
