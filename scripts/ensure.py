"""Make sure of what the operating system must bring: PostgreSQL with PostGIS, a font, venv; Chromium for tests.

Missing packages are installed with apt where the user may; elsewhere one message names each with its command.
Usage: ensure.py [--tests] [--proof] [--port PORT]. Standard library only; leaves with 1 and one message if something is
missing.
"""

import argparse
import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

LEAST_PYTHON = (3, 11)
LEAST_POSTGIS = (3, 3)
NO_SERVER = "/etc/postgresql-common/createcluster.d/geoapp.conf"
"""While PostgreSQL is being installed: we start a server of our own, Debian's would only take memory."""


class Need(NamedTuple):
    """One thing the system must bring, how to see it, and the packages that bring it."""

    name: str
    there: Callable[[], bool]
    apt: str
    dnf: str
    brew: str


def has_postgis() -> bool:
    """Whether a PostgreSQL server is installed with a PostGIS new enough, and with the trigrams of its contrib."""
    places = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    places += Path("/opt/homebrew/opt").glob("postgresql@*/bin")
    for folder in (each for each in places if (each / "initdb").exists()):
        shares = Path("/usr/share/postgresql", folder.parent.name), folder.parent / "share"
        for extensions in (share / "extension" for share in shares):
            control = extensions / "postgis.control"
            found = re.search(r"default_version = '(\d+)\.(\d+)", control.read_text()) if control.exists() else None
            trigrams = (extensions / "pg_trgm.control").exists()
            if found and trigrams and (int(found[1]), int(found[2])) >= LEAST_POSTGIS:
                return True
    return False


def has_font() -> bool:
    """Whether there is a font for the text on pictures."""
    places = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts")
    return any(next(Path(place).rglob("*.[to]t[fc]"), None) for place in places)


def has_venv() -> bool:
    """Whether this Python can make virtual environments (Debian keeps that apart)."""
    return importlib.util.find_spec("ensurepip") is not None


def has_chromium() -> bool:
    """Whether there is a browser for the tests."""
    return any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))


def has_java() -> bool:
    """Whether there is a Java for the checker of HTML that ``make proof`` asks."""
    return bool(shutil.which("java"))


POSTGIS = Need(
    "PostgreSQL with PostGIS 3.3 or newer", has_postgis, "postgresql-postgis", "postgis postgresql-contrib", "postgis"
)
FONT = Need("a font for pictures", has_font, "fonts-dejavu-core", "dejavu-sans-fonts", "--cask font-dejavu")
VENV = Need("Python's venv", has_venv, "python3-venv", "python3", "python3")
CHROMIUM = Need("Chromium", has_chromium, "chromium", "chromium", "--cask chromium")
JAVA = Need("Java, for the Nu checker", has_java, "default-jre-headless", "java-latest-openjdk-headless", "openjdk")


def missing(tests: bool, proof: bool = False) -> list[Need]:
    """What is not there."""
    wanted = [FONT, VENV]
    if tests or not os.environ.get("GEOAPP_DATABASE_URL"):
        wanted.insert(0, POSTGIS)
    if tests:
        wanted.append(CHROMIUM)
    if proof:
        wanted.append(JAVA)
    return [need for need in wanted if not need.there()]


def becoming_root() -> "list[str] | None":
    """What to write before a command so that root runs it; None if we may not."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    allowed = sudo and subprocess.run([sudo, "-n", "true"], capture_output=True).returncode == 0
    return [sudo, "-n"] if sudo and allowed else None


def install(needs: "list[Need]", root: "list[str]") -> None:
    """Install with apt; what it says is shown."""
    packages = [need.apt for need in needs]
    print("Installing with apt:", " ".join(packages), flush=True)
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    command = [*apt, "install", "-y", "-q", "--no-install-recommends", *packages]
    quiet = POSTGIS in needs and not Path(NO_SERVER).exists()
    if quiet:
        write = f"mkdir -p {Path(NO_SERVER).parent} && echo 'create_main_cluster = false' > {NO_SERVER}"
        subprocess.run([*root, "sh", "-c", write], check=False)
    try:
        if subprocess.run(command, stdin=subprocess.DEVNULL).returncode:
            subprocess.run([*apt, "update", "-q"], stdin=subprocess.DEVNULL)
            subprocess.run(command, stdin=subprocess.DEVNULL)
    finally:
        if quiet:
            subprocess.run([*root, "rm", "-f", NO_SERVER], check=False)


def advice(needs: "list[Need]") -> str:
    """One message that names each missing thing and the command that brings it."""
    tools = {"apt-get": "sudo apt-get install {}", "dnf": "sudo dnf install {}", "brew": "brew install {}"}
    tool = next((name for name in tools if shutil.which(name)), None)
    lines = ["geoapp needs these, and they are not installed:"]
    for need in needs:
        package = {"apt-get": need.apt, "dnf": need.dnf, "brew": need.brew}.get(tool or "")
        command = tools[tool].format(package) if tool else f"install it with your package manager (Debian: {need.apt})"
        lines.append(f"  {need.name}: {command}")
    return "\n".join([*lines, "Then run the same make command again."])


def port_problem(port: str) -> str:
    """Why the service cannot listen on ``port``; empty if it can."""
    if not port.isdecimal() or not 0 < int(port) < 65536:
        return f"PORT={port} is no port: choose a number from 1 to 65535."
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
            probe.listen()
        except PermissionError:
            return f"Port {port} is only for root. Choose another one, for example: make serve PORT=8000"
        except OSError:
            return f"Port {port} is in use. Choose another one, for example: make serve PORT={int(port) % 65000 + 1}"
    return ""


def main() -> str:
    """Do it; the message if something stays missing, else empty."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--tests", action="store_true", help="what the tests need, too")
    asked.add_argument("--proof", action="store_true", help="what make proof needs, too")
    asked.add_argument("--port", help="refuse if this port is in use")
    options = asked.parse_args()
    if sys.version_info < LEAST_PYTHON:
        return "geoapp needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info)
    if options.port and (problem := port_problem(options.port)):
        return problem
    needs = missing(options.tests, options.proof)
    root = becoming_root() if needs and shutil.which("apt-get") else None
    if root is not None:
        install(needs, root)
        needs = [need for need in needs if not need.there()]
    return advice(needs) if needs else ""


if __name__ == "__main__":
    sys.exit(main() or 0)
