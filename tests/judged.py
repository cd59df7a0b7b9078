"""The judges of others, installed as they are locked in ``tests/judges``: Lighthouse and the Nu checker of HTML."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from geoapp.settings import HOME

LOCKED = Path(__file__).parent / "judges"


def installed() -> Path:
    """The folder of their packages; it is made once and stays."""
    folder = HOME / "var" / "judges"
    lock = (LOCKED / "package-lock.json").read_bytes()
    if not (folder / "done").exists() or (folder / "done").read_bytes() != lock:
        shutil.copytree(LOCKED, folder, dirs_exist_ok=True)
        subprocess.run([beside("npm"), "ci", "--silent"], cwd=folder, env=environment(), check=True, timeout=600)
        (folder / "done").write_bytes(lock)
    return folder / "node_modules"


def beside(program: str) -> Path:
    """A program of the virtual environment."""
    return Path(sys.executable).with_name(program)


def environment() -> dict[str, str]:
    """Ours, with the Node of the virtual environment and the system's Chromium."""
    chromium = shutil.which("chromium") or "/usr/bin/chromium"
    return {**os.environ, "PATH": f"{beside('node').parent}:{os.environ['PATH']}", "CHROME_PATH": chromium}
