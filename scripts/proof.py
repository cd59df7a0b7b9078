"""What takes long: make serve, make test and many damaged tables in fresh clones of this commit, each timed."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
PATIENCE_S = 1800
DAMAGED = 5000
"""Tables that the property test of damage tries, other ones each time."""


def clone(folder: Path) -> Path:
    """The committed state, and nothing else."""
    subprocess.run(["git", "clone", "--quiet", str(HOME), str(folder)], check=True)  # noqa: S607 (git of the user)
    return folder


def make(folder: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    """One make command, in a process group of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("GEOAPP_", "MAKE", "MFLAGS"))}
    command = ["make", *arguments]
    return subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, env=clean, start_new_session=True)


def serve(folder: Path) -> float:
    """Seconds from make serve to the first page."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    began = time.monotonic()
    process = make(folder, "serve", f"PORT={port}")
    try:
        while True:
            if process.poll() is not None or time.monotonic() - began > PATIENCE_S:
                sys.exit("make serve showed no page")
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30).close()
                return time.monotonic() - began
            except OSError:
                time.sleep(0.1)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def main() -> None:
    """Do both, say how long each took."""
    folder = Path(tempfile.mkdtemp(prefix="geoapp-proof-"))
    folder.chmod(0o755)
    data = HOME.parent / "shared"
    if data.is_dir():
        (folder / "shared").symlink_to(data)  # the real files are looked for beside a checkout
    served, tested = clone(folder / "serve"), clone(folder / "test")
    try:
        print(f"make serve, first time: {serve(served):.1f} s", flush=True)
        print(f"make serve, second time: {serve(served):.1f} s", flush=True)
        began = time.monotonic()
        if make(tested, "test").wait():
            sys.exit("make test failed")
        print(f"make test: {time.monotonic() - began:.1f} s")
        began = time.monotonic()
        damage = [tested / ".venv" / "bin" / "python", "-m", "pytest", "-q", "tests/releases/test_damage.py"]
        subprocess.run(damage, cwd=tested, env={**os.environ, "GEODAMAGE": str(DAMAGED)}, check=True)
        print(f"{DAMAGED} damaged tables: {time.monotonic() - began:.1f} s")
        began = time.monotonic()
        subprocess.run([*damage[:-2], "-q", "-m", "proof", "tests"], cwd=tested, check=True)
        print(f"tests that take long: {time.monotonic() - began:.1f} s")
    finally:
        for each in (served, tested):
            if (each / ".venv" / "bin" / "geoapp").exists():
                make(each, "stop").wait()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
