"""What Lighthouse says of the sample's map, region and frame on a phone."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.browser.conftest import Site
from tests.judged import beside, environment

pytestmark = pytest.mark.proof

LEAST = 0.95
LAYER = "idm-nusa-purnama-sample-2024"
VILLAGE = "99.71.01.1007"
JUDGED = (f"/maps/{LAYER}", f"/regions/{VILLAGE}", f"/embed/{LAYER}")


@pytest.mark.parametrize("path", JUDGED)
def test_lighthouse_on_a_phone_is_content_in_every_category(
    path: str, sample: Site, judges: Path, tmp_path: Path
) -> None:
    told = tmp_path / "said.json"
    asked = ["--output=json", f"--output-path={told}", "--quiet", "--chrome-flags=--headless=new --no-sandbox"]
    command = [beside("node"), judges / "lighthouse" / "cli" / "index.js", sample.url + path, *asked]

    subprocess.run(command, env=environment(), check=True, timeout=300)

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
