"""The guide to boundaries shows what the commands answer; with PASTE=1 their answers are pasted anew."""

import os
import re
import shlex
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from geoapp.cli import run
from geoapp.i18n import dates
from geoapp.settings import HOME
from geoapp.store.cluster import Urls

PAGE = HOME / "docs" / "boundaries.md"
SAMPLE = HOME / "boundaries" / "sample"
_BLOCK = re.compile(r"```console\n(?P<commands>.*?)```", re.DOTALL)
_DAY = "22 November 2026"


def test_the_guide_shows_what_the_commands_answer(
    urls: Urls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = {
        "GEOAPP_DATABASE_URL": urls.owner,
        "GEOAPP_PUBLIC_DATABASE_URL": urls.public or "",
        "GEOAPP_VAR": str(tmp_path / "var"),
        "GEOAPP_SITE": str(tmp_path / "site"),
        "GEOAPP_LANG": "en",
    }
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(shutil.copytree(SAMPLE, tmp_path / "sample"))

    def answered(line: str) -> str:
        """What a person sees: notes and warnings, then the answer; the day is not the page's."""
        capsys.readouterr()
        assert run(shlex.split(line)[2:]) in (0, 1), capsys.readouterr().err
        seen = capsys.readouterr()
        lines = [each.rstrip() for each in (seen.err + seen.out).strip().splitlines()]
        return f"{line}\n" + "\n".join(lines).replace(dates.day("en", datetime.now(UTC)), _DAY) + "\n"

    def block(found: re.Match[str]) -> str:
        commands = [line for line in found["commands"].splitlines() if line.startswith("$ geoapp ")]
        return "```console\n" + "".join(map(answered, commands)) + "```"

    page = PAGE.read_text(encoding="utf-8")
    shown = _BLOCK.sub(block, page)

    if os.environ.get("PASTE"):
        PAGE.write_text(shown, encoding="utf-8")
    assert page == shown
