"""A site of the benchmarks' own: a private database with the sample and, where they lie beside it, real files."""

import http.client
import json
import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from bench.machine import family
from geoapp.settings import HOME, Settings
from geoapp.store.cluster import Cluster, Urls, create_database
from geoapp.store.roles import PUBLIC_ROLE

VAR = HOME / "var" / "bench"
DATA = HOME.parent / "shared" / "data"
IDM = ("iks=IKS", "ike=IKE", "ikl=IKL", "idm=NILAI IDM", "idm_status=STATUS IDM")
REAL = (
    ("codes", "import", "codes/kemendagri_2025_kode_nama.csv.gz", "--system", "kemendagri", "--dated", "2025"),
    ("boundaries", "import", "boundaries/kemendagri_wilayah_boundaries_kel_36.04.geojson"),
    (
        *("statistics", "import", "statistics/idm_2021_2024_kab_serang_wide.xlsx", "--publish"),
        *("--edition", "kab-serang-kemendagri-2025"),
        *(part for each in IDM for part in ("--indicator", each)),
    ),
)
"""Kab. Serang, 326 villages, with the village index of four years."""
_PATIENCE = 60.0


@dataclass(frozen=True)
class City:
    """What is measured: layers for pages, the edition for tiles, how many villages it has."""

    layers: tuple[str, ...]
    edition: str
    regions: int


SAMPLE = City(("penduduk-nusa-purnama-sample-2024",), "nusa-purnama-sample-2024", 60)
SERANG = City(
    tuple(f"{each}-kab-serang-kemendagri-2025" for each in ("idm", "iks", "ike", "ikl")),
    "kab-serang-kemendagri-2025",
    326,
)


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers by lower-case name, the bytes as they were sent."""

    status: int
    headers: dict[str, str]
    body: bytes


class Client:
    """One keep-alive connection to a port of this machine."""

    def __init__(self, port: int) -> None:
        self.port, self.url = port, f"http://127.0.0.1:{port}"
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path: str, encoding: str = "br, gzip", **headers: str) -> Answer:
        """One GET, read to its end."""
        asked = {"Accept-Encoding": encoding} | headers
        try:
            self._connection.request("GET", path, headers=asked)
            response = self._connection.getresponse()
        except http.client.RemoteDisconnected:  # idle for longer than the server keeps a connection
            self._connection.close()
            self._connection.request("GET", path, headers=asked)
            response = self._connection.getresponse()
        body = response.read()
        if response.status >= 400:
            raise SystemExit(f"{path} answered {response.status}: {body[:300]!r}")
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, body)


class Served(Client):
    """A running gunicorn, and a connection to it."""

    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        super().__init__(port)
        self.process = process

    @property
    def workers(self) -> list[int]:
        """The processes that answer."""
        return family(self.process.pid)[1:]


def tile_template(server: Client, edition: str) -> str:
    """Path and query of the tiles of an edition's villages, as its TileJSON says."""
    document = json.loads(server.get(f"/tiles/{edition}/village.json", "identity").body)
    return str(document["tiles"][0]).removeprefix(server.url)


def settings() -> Settings:
    """Where the benchmarks keep their database and tiles."""
    return Settings(var=VAR, database_url=None, public_database_url=None)


def prepared() -> City:
    """The site, made when it is not there yet; gives the city to measure with: Kab. Serang, or else the sample."""
    chosen = SERANG if DATA.is_dir() else SAMPLE
    Cluster.of(settings()).start()
    done = VAR / "prepared"
    if not done.exists() or done.read_text() != chosen.edition:
        lines = (HOME / "boundaries" / "sample" / "commands.txt").read_text(encoding="utf-8").splitlines()
        commands = [shlex.split(line)[1:] for line in lines if line.startswith("geoapp ")]
        real = [[str(DATA / part) if (DATA / part).is_file() else part for part in line] for line in REAL]
        for line in [*commands, *(real if chosen is SERANG else [])]:
            geoapp(*line)
        done.write_text(chosen.edition)
    return chosen


@contextmanager
def fresh_database() -> Iterator[Urls]:
    """An empty database of the private server, dropped at the end."""
    server = Cluster.of(settings())
    name = f"bench_{os.getpid()}"
    with psycopg.connect(server.url(database="postgres"), autocommit=True) as connection:
        create_database(connection, name)
        yield Urls(server.url(database=name), server.url(PUBLIC_ROLE, name))
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def environment(**more: str) -> dict[str, str]:
    """The environment of a process that works on the benchmarks' site, in English."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GEOAPP_")}
    return kept | {"GEOAPP_VAR": str(VAR), "GEOAPP_LANG": "en"} | more


def geoapp(*arguments: str, **more: str) -> None:
    """One command of geoapp on that site."""
    done = subprocess.run([program("geoapp"), *arguments], cwd=HOME, env=environment(**more), capture_output=True)
    if done.returncode:
        raise SystemExit(f"geoapp {' '.join(arguments)} failed: {done.stderr.decode()[-600:]}")


def forget_tiles() -> None:
    """Empty the shelf on disk; a service started afterwards cuts every tile anew."""
    shutil.rmtree(VAR / "tiles", ignore_errors=True)


@contextmanager
def served(workers: int = 2) -> Iterator[Served]:
    """The site under gunicorn as ``gunicorn.conf.py`` says, on a free port."""
    port = free_port()
    command = [program("gunicorn"), "--config", "gunicorn.conf.py", "--bind", f"127.0.0.1:{port}"]
    with (VAR / "gunicorn.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--workers", str(workers)], cwd=HOME, env=environment(), stdout=log, stderr=log
        )
        try:
            _await(port, process)
            yield Served(port, process)
        finally:
            process.terminate()
            process.wait(timeout=40)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                break
        except OSError:
            time.sleep(0.1)
    Served(port, process).get("/healthz")


def program(name: str) -> str:
    """The path of a program of this environment."""
    return str(Path(sys.executable).with_name(name))
