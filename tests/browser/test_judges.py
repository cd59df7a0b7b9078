"""What others say of the public pages of the sample: Lighthouse on a phone, and the Nu checker of HTML."""

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from geoapp.settings import HOME
from tests.browser.conftest import Site

pytestmark = pytest.mark.proof

LOCKED = Path(__file__).parent / "judges"
LEAST = 0.95
LAYER = "idm-nusa-purnama-sample-2024"
VILLAGE = "99.71.01.1007"
JUDGED = (f"/maps/{LAYER}", f"/regions/{VILLAGE}", f"/embed/{LAYER}")
PAGES = (
    "/",
    "/search?q=pecinan",
    f"/maps/{LAYER}",
    f"/maps/{LAYER}?region={VILLAGE}&period=2022",
    f"/maps/{LAYER}?since=2020",
    f"/maps/{LAYER}/years",
    "/maps/penduduk-nusa-purnama-sample-2024",
    "/maps/lahan-dominan-nusa-purnama-sample-2024",
    f"/regions/{VILLAGE}",
    "/regions/99.71",
    f"/embed/{LAYER}",
)


@pytest.fixture(scope="session")
def judges() -> Path:
    """The folder in which the judges are installed, as they are locked beside this file."""
    folder = HOME / "var" / "judges"
    lock = (LOCKED / "package-lock.json").read_bytes()
    if not (folder / "done").exists() or (folder / "done").read_bytes() != lock:
        shutil.copytree(LOCKED, folder, dirs_exist_ok=True)
        subprocess.run([_beside("npm"), "ci", "--silent"], cwd=folder, env=_node(), check=True, timeout=600)
        (folder / "done").write_bytes(lock)
    return folder / "node_modules"


def _beside(program: str) -> Path:
    """A program of the virtual environment."""
    return Path(sys.executable).with_name(program)


def _node() -> dict[str, str]:
    chromium = shutil.which("chromium") or "/usr/bin/chromium"
    return {**os.environ, "PATH": f"{_beside('node').parent}:{os.environ['PATH']}", "CHROME_PATH": chromium}


@pytest.mark.parametrize("path", JUDGED)
def test_lighthouse_on_a_phone_is_content_in_every_category(
    path: str, sample: Site, judges: Path, tmp_path: Path
) -> None:
    told = tmp_path / "said.json"
    asked = ["--output=json", f"--output-path={told}", "--quiet", "--chrome-flags=--headless=new --no-sandbox"]
    command = [_beside("node"), judges / "lighthouse" / "cli" / "index.js", sample.url + path, *asked]

    subprocess.run(command, env=_node(), check=True, timeout=300)

    said = json.loads(told.read_text(encoding="utf-8"))
    scores = {name: each["score"] for name, each in said["categories"].items()}
    assert len(scores) >= 4
    poor = {
        name: [audit["id"] for audit in said["categories"][name]["auditRefs"] if _failed(said, audit)]
        for name, score in scores.items()
        if score is None or score < LEAST
    }
    assert poor == {}, scores


def _failed(said: dict[str, dict[str, dict[str, float]]], audit: dict[str, str]) -> bool:
    score = said["audits"][audit["id"]]["score"]
    return bool(audit["weight"]) and score is not None and score < 0.9


def test_the_nu_checker_finds_nothing(sample: Site, judges: Path, tmp_path: Path) -> None:
    for number, path in enumerate(PAGES):
        for lang in ("id", "en"):
            with urllib.request.urlopen(f"{sample.url}{path}{'&' if '?' in path else '?'}lang={lang}") as answer:
                (tmp_path / f"{number}-{lang}.html").write_bytes(answer.read())
    java = shutil.which("java")
    assert java, "Java is missing: apt-get install default-jre-headless"
    jar = judges / "vnu-jar" / "build" / "dist" / "vnu.jar"

    run = subprocess.run(
        [java, "-jar", jar, "--format", "json", "--exit-zero-always", tmp_path], capture_output=True, timeout=300
    )

    names = {f"{number}-{lang}.html": f"{path} {lang}" for number, path in enumerate(PAGES) for lang in ("id", "en")}
    found = [
        f"{names[Path(each['url']).name]}: {each['message']} {each.get('extract', '')[:80]!r}"
        for each in json.loads(run.stderr)["messages"]
        if each["type"] != "info" or each.get("subType") == "warning"
    ]
    assert found == []
