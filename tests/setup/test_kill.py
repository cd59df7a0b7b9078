"""Kill -9 of anything while requests, a publication or an import run: afterwards the old or the new state, whole."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from geoapp.settings import HOME, Settings
from geoapp.store.cluster import Cluster

EDITION = "nusa-purnama-sample-2024"
LAYER = f"penduduk-{EDITION}"
SAMPLE = HOME / "boundaries" / "sample"
PATIENCE_S = 60
WRITING = """
SELECT count(*) FROM pg_locks WHERE mode = 'RowExclusiveLock' AND relation = 'published.observation'::regclass
"""
HOLDING = """
SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'ANALYZE geography.region%'
"""
EVERYTHING = """
SELECT (SELECT count(*) FROM geography.edition), (SELECT count(*) FROM geography.region),
       (SELECT count(*) FROM geography.outline)
"""

Figures = tuple[float | None, ...]


class Site:
    """One installation in a folder of its own, run as its keeper would run it."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.cluster = Cluster.of(Settings(var=var))
        self.env = {**os.environ, "GEOAPP_VAR": str(var), "GEOAPP_LANG": "en"}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.master: subprocess.Popen[bytes] | None = None

    def geoapp(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """A command, started."""
        return subprocess.Popen(
            [sys.executable, "-c", "from geoapp.cli import main; main()", *arguments],
            cwd=HOME,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def done(self, *arguments: str) -> None:
        """A command, run to its good end."""
        assert self.geoapp(*arguments).wait(PATIENCE_S) == 0, arguments

    def serve(self) -> None:
        """Start and wait until ready."""
        wait_for(self.port_is_free)
        self.master = self.geoapp("serve", "--port", str(self.port))
        wait_for(lambda: self.get("/readyz") is not None)

    def end(self) -> None:
        """Stop the service; what was killed before is over already."""
        if self.master and self.master.poll() is None:
            self.master.terminate()
            self.master.wait(PATIENCE_S)

    def port_is_free(self) -> bool:
        """Workers whose master was killed go by themselves."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) != 0

    def get(self, path: str) -> bytes | None:
        """The body of a good answer; None where there is none just now. Any other status than 503 is a failure."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
                body: bytes = answer.read()
                return body
        except urllib.error.HTTPError as refused:
            with refused:
                assert refused.code == 503, (path, refused.code, refused.read())
            return None
        except OSError:
            return None

    def figures(self) -> Figures | None:
        """What the public sees of 2024, by the addresses that the layer document names."""
        document = self.get(f"/layers/{LAYER}.json")
        if document is None:
            return None
        village = next(each for each in json.loads(document)["levels"] if each["level"] == "village")
        answer = self.get(village["plans"]["2024"]["figures"].replace("{parent}", "all"))
        return tuple(json.loads(answer)["figures"]) if answer is not None else None

    def writing(self) -> bool:
        """Whether a publication is in the midst of its transaction."""
        with psycopg.connect(self.cluster.url()) as connection:
            row = connection.execute(WRITING).fetchone()
        return bool(row and row[0])

    def kill_worker(self) -> None:
        """One of the processes that answer."""
        assert self.master
        children = Path(f"/proc/{self.master.pid}/task/{self.master.pid}/children").read_text().split()
        os.kill(int(children[0]), signal.SIGKILL)

    def kill_master(self) -> None:
        """The process above the workers."""
        assert self.master
        self.master.kill()
        self.master.wait(PATIENCE_S)

    def kill_database(self) -> None:
        """PostgreSQL's first process."""
        pid = self.cluster.pid()
        assert pid
        os.kill(pid, signal.SIGKILL)


def wait_for(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


class Visitors:
    """People who look at the map all the time; what they saw is kept."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.saw: set[Figures] = set()
        self.wrong: list[BaseException] = []
        self._going = threading.Event()
        self._threads = [threading.Thread(target=self._look) for _ in range(2)]

    def __enter__(self) -> "Visitors":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._going.set()
        for thread in self._threads:
            thread.join()

    def _look(self) -> None:
        while not self._going.wait(0.1):
            try:
                seen = self.site.figures()
            except BaseException as error:
                self.wrong.append(error)
                return
            if seen is not None:
                self.saw.add(seen)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """The sample's villages and their population, published once and served."""
    var = Path(tempfile.mkdtemp(prefix="geoapp-kill-"))
    var.chmod(0o755)
    made = Site(var)
    made.done("codes", "import", str(SAMPLE / "codes.csv"), "--dated", "2024")
    made.done("boundaries", "import", str(SAMPLE / "pulau-purnama-2024.geojson"))
    publish(made, SAMPLE / "penduduk.csv")
    yield made
    made.end()
    made.cluster.stop()
    shutil.rmtree(var)


def stage(site: Site, table: Path) -> str:
    """A table as a batch, ready to be published; its number."""
    site.done("statistics", "import", str(table), "--indicator", "penduduk", "--edition", EDITION)
    with psycopg.connect(site.cluster.url()) as connection:
        row = connection.execute("SELECT max(id) FROM intake.batch").fetchone()
    assert row
    return str(row[0])


def publish(site: Site, table: Path) -> None:
    site.done("statistics", "publish", stage(site, table))


def another_table(site: Site, folder: Path, figure: int) -> Path:
    """The same villages in 2024, each with other figures."""
    with psycopg.connect(site.cluster.url()) as connection:
        asked = "SELECT code FROM geography.region WHERE edition_id = %s AND level = 4 ORDER BY number"
        codes = [code for (code,) in connection.execute(asked, [EDITION])]
    lines = [f"{code};2024;{figure + n}" for n, code in enumerate(codes)]
    table = folder / "penduduk.csv"
    table.write_text("\n".join(["kode;tahun;penduduk", *lines]) + "\n", encoding="utf-8")
    return table


@pytest.mark.parametrize("victim", ["worker", "master", "database"])
def test_after_kill_9_the_old_or_the_new_state_is_served_whole(site: Site, tmp_path: Path, victim: str) -> None:
    site.serve()
    old = site.figures()
    first = {"worker": 1000, "master": 2000, "database": 3000}[victim]
    new = tuple(float(first + n) for n in range(57))
    batch = stage(site, another_table(site, tmp_path, first))

    with Visitors(site) as visitors:
        wait_for(lambda: bool(visitors.saw))
        publishing = site.geoapp("statistics", "publish", batch)
        wait_for(lambda: publishing.poll() is not None or site.writing())
        {"worker": site.kill_worker, "master": site.kill_master, "database": site.kill_database}[victim]()
        publishing.wait(PATIENCE_S)
    site.end()
    site.serve()

    found = site.figures()
    assert visitors.wrong == []
    assert visitors.saw <= {old, new}
    assert found in (old, new)
    if found == old:
        site.done("statistics", "publish", batch)
    assert site.figures() == new
    site.end()


def stored(site: Site) -> tuple[int, ...]:
    """How many editions, regions and outlines there are."""
    with psycopg.connect(site.cluster.url()) as connection:
        row = connection.execute(EVERYTHING).fetchone()
    assert row
    return tuple(row)


@pytest.mark.parametrize("victim", ["database", "importer"])
def test_after_kill_9_in_a_boundary_import_nothing_of_it_is_there_and_it_can_be_run_again(
    site: Site, victim: str
) -> None:
    id, dated = f"sekali-lagi-{victim}", {"database": "1998", "importer": "1999"}[victim]
    command = ("boundaries", "import", str(SAMPLE / "pulau-purnama-2024.geojson"), "--id", id, "--dated", dated)

    site.cluster.start()
    old = stored(site)

    # whoever holds this lock stops the import when all its rows are written and none are committed
    with psycopg.connect(site.cluster.url()) as gate, psycopg.connect(site.cluster.url(), autocommit=True) as watch:
        gate.execute("LOCK TABLE geography.region IN SHARE UPDATE EXCLUSIVE MODE")
        importing = site.geoapp(*command)
        wait_for(lambda: importing.poll() is not None or watch.execute(HOLDING).fetchone() == (1,))
        assert importing.poll() is None
        if victim == "importer":
            importing.kill()
            importing.wait(PATIENCE_S)
            gate.rollback()
        else:
            site.kill_database()
            assert importing.wait(PATIENCE_S) != 0
            gate.close()

    site.cluster.start()
    assert stored(site) == old
    site.done(*command)
    assert stored(site)[0] == old[0] + 1
