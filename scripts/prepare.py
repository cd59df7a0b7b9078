"""Make the virtual environment and the browser's files; what is up to date is left alone, what is half made is healed.

Usage: prepare.py [--tests]. Standard library only; leaves with 1 and one message if a step fails.
"""

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
VENV = HOME / ".venv"
VIEWER = HOME / "geoapp" / "web" / "viewer"
REQUIREMENTS = HOME / "requirements.txt"
TEST_REQUIREMENTS = HOME / "requirements-test.txt"


class Failed(Exception):
    """A step did not work; the text is a sentence."""


def digest(files: Iterable[Path]) -> str:
    """One hash over names and contents, and the Python that runs."""
    made = hashlib.sha256(sys.version.encode())
    for file in sorted(files):
        made.update(f"\0{file.relative_to(HOME)}\0".encode() + file.read_bytes())
    return made.hexdigest()


def fresh(stamp: Path, wanted: str) -> bool:
    """Whether ``stamp`` says that the step was finished with the same input."""
    return stamp.is_file() and stamp.read_text() == wanted


def do(step: str, *command: "str | Path") -> None:
    """Run one command of ours; its output is shown."""
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    place = VIEWER if step in ("npm", "esbuild") else HOME
    done = subprocess.run([*map(str, command)], cwd=place, stdin=subprocess.DEVNULL, env={**os.environ, "PATH": path})
    if done.returncode:
        raise Failed(f"{step} failed (its messages stand above). Run the same make command again once that is solved.")


def make_environment(tests: bool) -> None:
    """The virtual environment with the pinned versions and geoapp itself."""
    lists = [REQUIREMENTS, *([TEST_REQUIREMENTS] if tests else [])]
    stamps = {each: VENV / f".{each.stem}.stamp" for each in lists}
    wanted = {each: digest([each, REQUIREMENTS, HOME / "pyproject.toml"]) for each in lists}
    if all(fresh(stamps[each], wanted[each]) for each in lists):
        return
    known = any(stamp.exists() for stamp in VENV.glob(".*.stamp"))
    try:
        install(tests)
    except Failed:
        if known or not VENV.exists():
            raise
        print("The environment was left half made; making it anew.", flush=True)
        shutil.rmtree(VENV)
        install(tests)
    for each in lists:
        stamps[each].write_text(wanted[each])


def install(tests: bool) -> None:
    """Make the environment if it does not work yet, and bring it to the pinned versions."""
    python = VENV / "bin" / "python"
    probe = [str(python), "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"]
    if not python.exists() or subprocess.run(probe, capture_output=True).returncode:
        print("Making the Python environment in .venv", flush=True)
        venv.create(VENV, clear=True, with_pip=True, symlinks=True)
    pip = [python, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
    do("pip", *pip, "--only-binary", ":all:", "-r", REQUIREMENTS)
    if tests:
        do("pip", *pip, "--no-build-isolation", "-r", TEST_REQUIREMENTS)
    do("pip", *pip, "--no-deps", "--no-build-isolation", "--editable", HOME)


def make_assets() -> None:
    """The browser's files: locked packages by npm, then one small hashed file per page kind by esbuild."""
    lock = VIEWER / "package-lock.json"
    stamp, wanted = VIEWER / "node_modules" / ".geoapp.stamp", digest([lock])
    if not fresh(stamp, wanted):
        print("Fetching the viewer's locked packages", flush=True)
        do("npm", VENV / "bin" / "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
        stamp.write_text(wanted)
    out = Path(os.environ.get("GEOAPP_ASSETS") or HOME / "var" / "assets").absolute()
    folders = (VIEWER, VIEWER.parent / "static")
    files = (each for folder in folders for each in folder.rglob("*"))
    sources = [each for each in files if each.is_file() and "node_modules" not in each.parts]
    stamp, wanted = out / ".geoapp.stamp", digest(sources)
    if not fresh(stamp, wanted):
        do("esbuild", VENV / "bin" / "node", "build.mjs", "--out", out)
        stamp.write_text(wanted)


def main() -> str:
    """Do it; the message if a step failed, else empty."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--tests", action="store_true", help="what the tests need, too")
    options = asked.parse_args()
    try:
        with (HOME / "scripts" / "prepare.py").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            make_environment(options.tests)
            make_assets()
    except Failed as sentence:
        return str(sentence)
    except OSError as problem:
        return f"{problem.filename or HOME}: {problem.strerror}. Solve that and run the same make command again."
    return ""


if __name__ == "__main__":
    sys.exit(main() or 0)
