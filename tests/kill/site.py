"""One installation in a folder of its own, run as its keeper would run it, whose parts can be killed."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from typing import NamedTuple

import psycopg

from geoapp.settings import HOME, Settings
from geoapp.store.cluster import Cluster

PATIENCE_S = 120
SLOW = Path(__file__).parent / "slow"
"""On the path of every process of the site: renames that take long where ``SLOW_RENAME_S`` says so."""
COMMANDS = (
    "import json, sys; from geoapp.cli import run; sys.exit(next(filter(None, map(run, json.loads(sys.argv[1]))), 0))"
)
NUMBER = {"X-Request-ID": "always-the-same"}
"""Answers that tell an error name the request's number."""
BACKENDS = """
SELECT pid FROM pg_stat_activity
WHERE backend_type = 'client backend' AND application_name = 'geoapp' AND datname = 'geoapp'
ORDER BY usename <> %s, state = 'idle', pid
"""


class Answer(NamedTuple):
    """What somebody gets who asks for an address."""

    status: int
    media_type: str
    body: bytes


def wait_for(happened: Callable[[], object], every_s: float = 0.05) -> None:
    """Look again and again."""
    deadline = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(every_s)


class Site:
    """A folder with a private server, a service on a port, and commands that are run beside it."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.cluster = Cluster.of(Settings(var=var))
        self.env = {**os.environ, "GEOAPP_VAR": str(var), "GEOAPP_LANG": "en", "PYTHONPATH": f"{SLOW}:{HOME}"}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.master: subprocess.Popen[bytes] | None = None

    def copied(self, var: Path) -> "Site":
        """Another site with the same content, of one whose server sleeps; its port is this one's."""
        var.mkdir(mode=0o755)
        subprocess.run(["cp", "-a", "--reflink=auto", self.cluster.home, var / "postgres"], check=True)
        made = Site(var)
        made.port = self.port  # answers name it
        return made

    def removed(self) -> None:
        """Stop what still runs, and leave nothing behind."""
        self.end()
        self.cluster.stop()
        shutil.rmtree(self.var)

    # ── commands ─────────────────────────────────────────────────────────────────────────────────────────────

    def geoapp(self, *commands: tuple[str, ...]) -> "subprocess.Popen[bytes]":
        """Commands one after the other, started; what they say lies in ``said``."""
        with (self.var / "said").open("ab") as said:
            return subprocess.Popen(
                [sys.executable, "-c", COMMANDS, json.dumps(commands)],
                cwd=HOME,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )

    def done(self, *commands: tuple[str, ...]) -> None:
        """Commands, run to their good end."""
        assert self.geoapp(*commands).wait(PATIENCE_S) == 0, (commands, (self.var / "said").read_text()[-2000:])

    def execute(self, *statements: str) -> None:
        """As the owner of the database, each by itself."""
        with psycopg.connect(self.cluster.url(), autocommit=True) as connection:
            for each in statements:
                connection.execute(each)

    # ── the service ──────────────────────────────────────────────────────────────────────────────────────────

    def start(self, rename_s: float = 0.0) -> None:
        """Start the service."""
        wait_for(self._port_is_free)
        command = [sys.executable, "-m", "gunicorn", "--config", str(HOME / "gunicorn.conf.py")]
        with (self.var / "log").open("ab") as log:
            self.master = subprocess.Popen(
                [*command, "--bind", f"127.0.0.1:{self.port}"],
                cwd=HOME,
                env={**self.env, "SLOW_RENAME_S": str(rename_s)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def serve(self, rename_s: float = 0.0) -> None:
        """Start the service and wait until it is ready."""
        self.start(rename_s)
        wait_for(self.ready)

    def ready(self) -> bool:
        """Whether the service says of itself that it can do its work."""
        answer = self.get("/readyz")
        return answer is not None and answer.status == 200

    def end(self) -> None:
        """Stop the service; what was killed before is over already."""
        if self.master and self.master.poll() is None:
            self.master.terminate()
            self.master.wait(PATIENCE_S)

    def get(self, path: str) -> Answer | None:
        """The answer; None where there is none just now, or only that there is none just now (503)."""
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=NUMBER)
        try:
            with urllib.request.urlopen(asked, timeout=30) as answer:
                return Answer(answer.status, answer.headers["Content-Type"], answer.read())
        except urllib.error.HTTPError as refused:
            with refused:
                said = Answer(refused.code, refused.headers["Content-Type"], refused.read())
            return said if said.status != 503 else None
        except (OSError, HTTPException):  # the connection broke before or within the answer
            return None

    def _port_is_free(self) -> bool:
        """Workers whose master was killed go by themselves."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) != 0

    def forget_tiles(self) -> None:
        """Whoever asks for a tile from now on gets it out of the database."""
        shutil.rmtree(self.var / "tiles", ignore_errors=True)

    # ── victims ──────────────────────────────────────────────────────────────────────────────────────────────

    def kill_worker(self) -> None:
        """One of the processes that answer."""
        children = self._workers()
        if children:
            os.kill(children[0], signal.SIGKILL)

    def kill_master(self) -> None:
        """The process above the workers."""
        assert self.master
        self.master.kill()
        self.master.wait(PATIENCE_S)

    def kill_backend(self, role: str) -> None:
        """The server's process that works for somebody in this role, else for anybody of the service."""
        with psycopg.connect(self.cluster.url()) as connection:
            pids = [pid for (pid,) in connection.execute(BACKENDS, [role])]
        if pids:
            os.kill(pids[0], signal.SIGKILL)

    def kill_database(self) -> None:
        """PostgreSQL's first process."""
        pid = self.cluster.pid()
        assert pid
        os.kill(pid, signal.SIGKILL)

    def _workers(self) -> list[int]:
        assert self.master
        children = Path(f"/proc/{self.master.pid}/task/{self.master.pid}/children")
        return [int(each) for each in children.read_text().split()]
