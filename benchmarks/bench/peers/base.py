"""What all peers share: an environment of pinned packages, a process that is awaited and stopped, a tile over HTTP."""

import gzip
import http.client
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import Protocol

from bench import load
from bench.load import Load
from bench.peers.tables import Table, Tables
from bench.site import VAR, Client, free_port
from geoapp.tiles.address import Address

WORKERS = 2
FOLDER = VAR / "peers"
_PATIENCE = 60.0


class Absent(Exception):
    """A peer that cannot be installed or started here; its words say what is missing."""


class Running(Protocol):
    """A server at work on the tables; ``roots`` are the processes that work, with all they started."""

    roots: list[int]

    def ask(self, table: Table, square: Address) -> bytes:
        """One tile as it is sent, gzip or plain."""

    def wake(self, table: Table, squares: list[Address]) -> None:
        """Ask for these tiles as often as it takes for every worker to be awake."""

    def load(self, table: Table, squares: list[Address]) -> Load:
        """These tiles in turn, asked for by many at once."""


class Peer(Protocol):
    """A module of this package."""

    NAME: str

    def version(self) -> str:
        """Which version and how many workers. Raises Absent."""

    def running(self, tables: Tables) -> AbstractContextManager[Running]:
        """Start it afresh, and stop it at the end. Raises Absent."""


class Http:
    """A server that answers tiles over HTTP; ``path`` gives a tile's address, ``roots`` are all that work for it."""

    def __init__(self, port: int, roots: list[int], path: Callable[[Table, Address], str]) -> None:
        self._client = Client(port)
        self.roots, self._port, self._path = roots, port, path

    def ask(self, table: Table, square: Address) -> bytes:
        """One tile over the one kept connection."""
        return self._client.get(self._path(table, square), "gzip").body

    def wake(self, table: Table, squares: list[Address]) -> None:
        """Ask for these tiles over new connections, so that no worker's first request is measured."""
        for square in islice(cycle(squares), max(len(squares), 4 * WORKERS)):
            Client(self._port).get(self._path(table, square), "gzip")

    def load(self, table: Table, squares: list[Address]) -> Load:
        """``wrk`` over these tiles."""
        paths = [self._path(table, each) for each in squares]
        return load.turns(self._client.url, paths, self.roots, Accept_Encoding="gzip")


def opened(body: bytes) -> bytes:
    """A tile as it was before it was packed."""
    return gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body


def environment_with(name: str) -> Path:
    """The ``bin`` of an environment with what ``<name>.txt`` beside this file pins; made when missing or outdated."""
    pins = Path(__file__).with_name(f"{name}.txt")
    home, done = FOLDER / name, FOLDER / name / "pins.txt"
    if not done.exists() or done.read_text() != pins.read_text():
        print(f"{name}: installing into {home.relative_to(VAR.parent.parent)}", flush=True)
        for command in (
            [sys.executable, "-m", "venv", "--clear", home],
            [home / "bin" / "pip", "install", "--quiet", "--no-deps", "--requirement", pins],
        ):
            run = subprocess.run(command, capture_output=True, text=True)
            if run.returncode:
                raise Absent(f"{name} could not be installed: {run.stderr.strip().splitlines()[-1:]}")
        done.write_text(pins.read_text())
    return home / "bin"


def pinned(name: str, package: str = "") -> str:
    """The version of the peer ``name``, or of a package beside it, that its file pins."""
    lines = Path(__file__).with_name(f"{name}.txt").read_text().splitlines()
    return next(line.partition("==")[2] for line in lines if line.startswith(f"{package or name}=="))


def folder(name: str) -> Path:
    """Where a peer keeps its configuration and log; the log begins anew."""
    made = FOLDER / f"{name}.run"
    made.mkdir(parents=True, exist_ok=True)
    (made / "log.txt").unlink(missing_ok=True)
    return made


@contextmanager
def started(name: str, command: list[str | Path], at: Path, path: str = "", **more: object) -> Iterator[int]:
    """A process with its log in the folder ``at``, answering ``path`` on the port that ``{port}`` stands for."""
    with (at / "log.txt").open("ab") as log:
        process = subprocess.Popen(command, cwd=at, stdout=log, stderr=log, **more)  # type: ignore[call-overload]
        try:
            if path:
                await_answer(name, process, path)
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def await_answer(name: str, process: "subprocess.Popen[bytes]", url: str) -> None:
    """Until ``url`` (host:port/path) is answered. Raises Absent where the process ends or time is over."""
    host, _, path = url.partition("/")
    end = time.monotonic() + _PATIENCE
    said = "no answer"
    while time.monotonic() < end and process.poll() is None:
        connection = http.client.HTTPConnection(host, timeout=30)
        try:
            connection.request("GET", "/" + path)
            status = connection.getresponse().status
            if status < 400:
                return
            said = f"it answered {status}"
        except OSError as problem:
            said = str(problem)
        finally:
            connection.close()
        time.sleep(0.1)
    raise Absent(f"{name} did not start: {said}; see its log")


__all__ = ["WORKERS", "Absent", "Http", "Peer", "Running", "environment_with", "folder", "free_port", "opened"]
