"""The PostgreSQL programs of this machine: finding those with PostGIS, and running them as a user that is not root."""

import errno
import os
import pwd
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geoapp.errors import Unavailable

LEAST_VERSION = 14
_SERVICE_USER = "postgres"
_PLACES = (("/usr/lib/postgresql", "*/bin"), ("/usr", "pgsql-*/bin"), ("/opt/homebrew/opt", "postgresql@*/bin"))


@dataclass(frozen=True, order=True)
class Programs:
    """One installed PostgreSQL server with PostGIS: its major version and its folder of programs."""

    version: int
    folder: Path

    def __getitem__(self, name: str) -> str:
        return str(self.folder / name)


@dataclass(frozen=True)
class ServiceUser:
    """The user of the operating system whom the server runs as; never root."""

    name: str
    uid: int
    gid: int

    @classmethod
    def of(cls, data: Path) -> "ServiceUser":
        """The owner of the cluster in ``data``; for a new one ourselves, or ``postgres`` when we are root.

        Raises Unavailable if we are root and there is no such user.
        """
        uid = data.stat().st_uid if data.is_dir() else os.geteuid()
        try:
            found = pwd.getpwuid(uid) if uid else pwd.getpwnam(_SERVICE_USER)
        except KeyError as unknown:
            raise Unavailable("error.no_service_user", user=_SERVICE_USER if not uid else str(uid)) from unknown
        return cls(found.pw_name, found.pw_uid, found.pw_gid)

    def may_enter(self, folder: Path) -> bool:
        """Whether this user may pass through ``folder`` and everything above it."""
        return all(self._may_pass(each.stat()) for each in (folder, *folder.parents))

    def _may_pass(self, folder: os.stat_result) -> bool:
        shift = 6 if folder.st_uid == self.uid else 3 if folder.st_gid == self.gid else 0
        return bool(folder.st_mode >> shift & 1)


def programs(version: int | None = None) -> Programs:
    """The newest PostgreSQL with PostGIS, or the one of ``version`` that made a cluster.

    Raises Unavailable if there is none.
    """
    found = [each for each in _installed() if each.version >= LEAST_VERSION]
    if version is not None:
        found = [each for each in found if each.version == version]
        if not found:
            raise Unavailable("error.postgres_version_missing", version=version)
    if not found:
        raise Unavailable("error.postgres_missing", least=LEAST_VERSION)
    return max(found)


def run(command: Sequence[str], user: ServiceUser) -> None:
    """Run a program of PostgreSQL as ``user``, in a clean environment, without a word on success.

    Raises Unavailable with the last line the program said.
    """
    others: dict[str, Any] = {"user": user.uid, "group": user.gid, "extra_groups": []} if os.geteuid() == 0 else {}
    try:
        done = subprocess.run(  # noqa: S603 (the programs and their arguments are ours)
            command,
            cwd="/",
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            **others,
        )
    except OSError as problem:
        raise Unavailable("error.database_start", reason=str(problem)) from problem
    if done.returncode:
        raise failure(done.stderr)


def failure(said: str) -> Unavailable:
    """The sentence for what a program of PostgreSQL said before it gave up."""
    if os.strerror(errno.ENOSPC) in said:
        return Unavailable("error.disk_full")
    telling = [line for line in said.splitlines() if re.search(r"FATAL|PANIC|error:|could not", line)]
    last = (telling or said.splitlines() or ["?"])[-1]
    return Unavailable("error.database_start", reason=re.sub(r"^.*?(FATAL|PANIC|error):\s*", "", last).strip())


def _installed() -> Iterator[Programs]:
    for root, pattern in _PLACES:
        for folder in Path(root).glob(pattern):
            version = re.search(r"\d+", folder.parent.name)
            if version and (folder / "initdb").exists() and _has_postgis(folder):
                yield Programs(int(version[0]), folder)


def _has_postgis(folder: Path) -> bool:
    share = (
        Path("/usr/share/postgresql", folder.parent.name),
        folder.parent / "share",
        folder.parent / "share/postgresql",
    )
    return any((each / "extension" / "postgis.control").exists() for each in share)
