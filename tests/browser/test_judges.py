"""What Lighthouse says of the sample's map, region and frame on a phone."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Site
from tests.judged import beside, environment

pytestmark = pytest.mark.proof

LEAST = 0.95
TRIES = 3
"""A page whose machine was busy is asked about again."""
LAYER = "idm-nusa-purnama-sample-2024"
VILLAGE = "99.71.01.1007"
JUDGED = (f"/maps/{LAYER}", f"/regions/{VILLAGE}", f"/embed/{LAYER}")


@pytest.mark.parametrize("path", JUDGED)
def test_lighthouse_on_a_phone_is_content_in_every_category(
    path: str, sample: Site, judges: Path, tmp_path: Path
) -> None:
    poor: dict[str, tuple[float, list[str]]] = {}
    for _ in range(TRIES):
        poor = _poor(_said(judges, sample.url + path, tmp_path / "said.json"))
        if not poor:
            return
    assert poor == {}


def _said(judges: Path, url: str, told: Path) -> Any:
    """What Lighthouse writes of a page."""
    asked = ["--output=json", f"--output-path={told}", "--quiet", "--chrome-flags=--headless=new --no-sandbox"]
    command = [beside("node"), judges / "lighthouse" / "cli" / "index.js", url, *asked]
    subprocess.run(command, env=environment(), check=True, timeout=300)
    return json.loads(told.read_text(encoding="utf-8"))


def _poor(said: Any) -> dict[str, tuple[float, list[str]]]:
    """The categories below LEAST, each with its score and what was found wanting."""
    scores = {name: each["score"] or 0.0 for name, each in said["categories"].items()}
    assert len(scores) >= 4
    return {
        name: (score, [audit["id"] for audit in said["categories"][name]["auditRefs"] if _failed(said, audit)])
        for name, score in scores.items()
        if score < LEAST
    }


def _failed(said: Any, audit: Any) -> bool:
    score = said["audits"][audit["id"]]["score"]
    return bool(audit["weight"]) and score is not None and score < 0.9
