"""The private PostGIS of a checkout: made when missing, started when asleep, reused when running.

It lives in ``var/postgres``: ``data/`` is the cluster, beside it the few files that say how it runs. It listens on a
unix socket alone; the operating system says who is there (peer), so there is no password to keep.
"""

import fcntl
import hashlib
import os
import re
import shutil
import signal
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import psycopg
from psycopg import sql

from geoapp.errors import Unavailable
from geoapp.settings import Settings
from geoapp.store.postgres import Programs, ServiceUser, failure, programs, run
from geoapp.store.roles import PUBLIC_ROLE

OWNER_ROLE = "geoapp"
DATABASE = "geoapp"
PATIENCE_S = 60
"""Recovery after a crash replays at most max_wal_size; a server that is not there by then will not come."""
_CONF = Path(__file__).with_name("private.conf")
_ELSEWHERE = Path("/var/lib/geoapp")
_LONGEST_SOCKET = 107
_SOCKET_FILE = ".s.PGSQL.5432"
_PID_FILE = "postmaster.pid"
_LOG_BYTES = 10_000_000


class Urls(NamedTuple):
    """Where writers and where the public doors connect; ``public`` None: as the owner, in the role geoapp_public."""

    owner: str
    public: str | None


def database_url(settings: Settings) -> Urls:
    """The addresses of the database in use; starts the private one if no other is set. Raises Unavailable."""
    if settings.database_url:
        return Urls(settings.database_url, settings.public_database_url)
    cluster = Cluster.of(settings)
    cluster.start()
    return Urls(cluster.url(), settings.public_database_url or cluster.url(PUBLIC_ROLE))


@dataclass(frozen=True)
class Cluster:
    """One private server, by the folder it lives in."""

    home: Path

    @classmethod
    def of(cls, settings: Settings) -> "Cluster":
        """The cluster of these settings; where root's folders are closed to the server it lives in /var/lib/geoapp."""
        home = settings.var.absolute() / "postgres"
        if home.exists() or home.is_symlink():
            return cls(home.resolve())
        try:
            settings.var.mkdir(parents=True, exist_ok=True)
            if not ServiceUser.of(home).may_enter(settings.var.resolve()):
                elsewhere = _ELSEWHERE / _short(home)
                home.symlink_to(elsewhere)
                return cls(elsewhere)
        except OSError as problem:
            raise Unavailable("error.folder_closed", folder=str(settings.var), reason=problem.strerror) from problem
        return cls(home.resolve())

    @property
    def data(self) -> Path:
        """PGDATA."""
        return self.home / "data"

    @cached_property
    def user(self) -> ServiceUser:
        """Whom the server runs as."""
        return ServiceUser.of(self.data)

    @property
    def socket(self) -> Path:
        """The folder of the socket; a short one under /tmp where the path of ``home`` is too long for a socket."""
        inside = self.home / "run"
        plain = re.fullmatch(r"[\w/.-]+", str(inside), re.ASCII)
        fits = len(os.fsencode(inside / _SOCKET_FILE)) <= _LONGEST_SOCKET
        return inside if plain and fits else Path("/tmp") / f"geoapp-{_short(self.home)}"  # noqa: S108 (checked below)

    def url(self, role: str = OWNER_ROLE, database: str = DATABASE) -> str:
        """The address of ``database`` for ``role``."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket), safe='/')}"

    def pid(self) -> int | None:
        """The process of the running server, or None."""
        try:
            found = int((self.data / _PID_FILE).read_text().split("\n", 1)[0])
            os.kill(found, 0)
        except (OSError, ValueError):
            return None
        name = Path(f"/proc/{found}/comm")
        return found if not name.exists() or name.read_text().strip().startswith("postgres") else None

    @property
    def was_killed(self) -> bool:
        """Whether the server went without a word; one that was stopped takes its mark along."""
        return self.pid() is None and (self.data / _PID_FILE).exists()

    def start(self) -> None:
        """Make, start and answer; returns once the server takes connections. Raises Unavailable."""
        if self._answers():
            return
        with self._alone():
            if not (self.data / "PG_VERSION").exists():
                self._make()
            deadline = time.monotonic() + PATIENCE_S
            while not self._answers():
                if self.pid() is None:
                    self._launch(deadline)
                elif time.monotonic() > deadline:
                    raise Unavailable("error.database_start", reason=self._last_words())
                time.sleep(0.05)

    def stop(self) -> bool:
        """End the server, open transactions undone; False if it was not running. Raises Unavailable if it stays."""
        pid = self.pid()
        if pid is None:
            return False
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + PATIENCE_S
        while self.pid() is not None:
            if time.monotonic() > deadline:
                raise Unavailable("error.database_stays", pid=pid)
            time.sleep(0.05)
        return True

    def _answers(self) -> bool:
        """Whether the server takes connections; makes our database in a server that is new."""
        if self.pid() is None:
            return False
        try:
            with psycopg.connect(self.url(database="postgres"), autocommit=True, connect_timeout=5) as connection:
                if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                    create_database(connection, DATABASE)
        except psycopg.errors.DiskFull as full:
            raise Unavailable("error.disk_full") from full
        except psycopg.OperationalError:
            return False
        return True

    def _make(self) -> None:
        """A new cluster, made aside and renamed, so that a half-made one is never taken for whole."""
        aside = self.home / "data.new"
        shutil.rmtree(aside, ignore_errors=True)
        self._own_folder(self.home)
        options = ["--username", OWNER_ROLE, "--encoding", "UTF8", "--locale", "C.UTF-8", "--auth", "peer"]
        run([programs()["initdb"], "--data-checksums", *options, "--pgdata", str(aside)], self.user)
        with (aside / "postgresql.conf").open("a", encoding="utf-8") as conf:
            conf.write("\ninclude '../server.conf'\n")
        aside.rename(self.data)

    def _launch(self, deadline: float) -> None:
        self._own_folder(self.home)
        self._own_folder(self.socket)
        self._configure()
        with_version = programs(int((self.data / "PG_VERSION").read_text()))
        while True:
            try:
                return run(self._pg_ctl(with_version), self.user)
            except Unavailable:
                # after kill -9 of the server its children need a moment to notice and let go of the memory
                words = self._last_words()
                if "still in use" not in words or time.monotonic() > deadline:
                    raise failure(words) from None
                time.sleep(0.2)

    def _pg_ctl(self, found: Programs) -> list[str]:
        log = self._log()
        if log.exists() and log.stat().st_size > _LOG_BYTES:
            log.replace(log.with_suffix(".old"))
        return [found["pg_ctl"], "start", "-D", str(self.data), "-w", "-t", str(PATIENCE_S), "-l", str(log)]

    def _configure(self) -> None:
        """Write the three files that say how the server runs, from this version's defaults."""
        places = {
            "unix_socket_directories": self.socket,
            "hba_file": self.home / "hba.conf",
            "ident_file": self.home / "ident.conf",
        }
        lines = [f"{name} = {_quoted(place)}" for name, place in places.items()]
        self._write("server.conf", _CONF.read_text(encoding="utf-8") + "\n" + "\n".join(lines) + "\n")
        self._write("hba.conf", f"local all {OWNER_ROLE},{PUBLIC_ROLE} peer map=geoapp\n")
        people = sorted({self.user.name, "root"})
        self._write(
            "ident.conf",
            "".join(f'geoapp "{person}" {role}\n' for person in people for role in (OWNER_ROLE, PUBLIC_ROLE)),
        )

    def _write(self, name: str, text: str) -> None:
        try:
            aside = self.home / f"{name}.new"
            aside.write_text(text, encoding="utf-8")
            aside.chmod(0o600)
            os.chown(aside, self.user.uid, self.user.gid)
            aside.replace(self.home / name)
        except OSError as problem:
            raise Unavailable("error.folder_closed", folder=str(self.home), reason=problem.strerror) from problem

    def _own_folder(self, folder: Path) -> None:
        """Make ``folder`` for the service user alone; refuse one that somebody else put there."""
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if os.geteuid() == 0 and folder.lstat().st_uid == 0:
                os.chown(folder, self.user.uid, self.user.gid, follow_symlinks=False)
            found = folder.lstat()
        except OSError as problem:
            raise Unavailable("error.folder_closed", folder=str(folder), reason=problem.strerror) from problem
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != self.user.uid or found.st_mode & 0o022:
            raise Unavailable("error.folder_foreign", folder=str(folder), user=self.user.name)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two who start at once take turns."""
        self._own_folder(self.home)
        with (self.home / "start.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _log(self) -> Path:
        return self.home / "server.log"

    def _last_words(self) -> str:
        try:
            return self._log().read_text(encoding="utf-8", errors="replace")[-2000:]
        except OSError:
            return ""


def create_database(connection: psycopg.Connection, name: str, template: str = "template0") -> None:
    """Make a database in which nobody may do anything but its owner and who is let in; ``connection`` is autocommit."""
    connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
    connection.execute(sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))


def _short(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]


def _quoted(place: Path) -> str:
    return "'" + str(place).replace("'", "''") + "'"
