"""The page *bring your table* shows what the commands answer; with PASTE=1 their answers are pasted anew."""

import os
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from geoapp.cli import run
from geoapp.settings import HOME
from geoapp.store.cluster import Urls

PAGE = HOME / "docs" / "bring-your-table.md"
EXAMPLES = HOME / "docs" / "examples"
SAMPLE = HOME / "boundaries" / "sample"
_BLOCK = re.compile(r"```console\n(?P<commands>.*?)```", re.DOTALL)


Answer = Callable[[list[str]], str]
"""What a person sees of a command, refusals and questions too."""


@pytest.fixture
def answer(urls: Urls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Answer:
    """The commands of a folder of their own, run in this process: starting forty took most of the time."""
    said = {
        "GEOAPP_DATABASE_URL": urls.owner,
        "GEOAPP_PUBLIC_DATABASE_URL": urls.public or "",
        "GEOAPP_VAR": str(tmp_path / "var"),
        "GEOAPP_SITE": str(tmp_path / "site"),
        "GEOAPP_LANG": "en",
    }
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(shutil.copytree(EXAMPLES, tmp_path / "examples"))

    def answered(arguments: list[str]) -> str:
        capsys.readouterr()
        assert run(arguments) in (0, 1)
        return "\n".join(line.rstrip() for line in capsys.readouterr().out.strip().splitlines()) + "\n"

    return answered


def test_the_page_shows_what_the_commands_answer(answer: Answer) -> None:
    for line in (
        f"codes import {SAMPLE}/codes.csv --dated 2024",
        f"boundaries import {SAMPLE}/pulau-purnama-2024.geojson",
    ):
        answer(shlex.split(line))
    page = PAGE.read_text(encoding="utf-8")

    shown = _BLOCK.sub(lambda block: f"```console\n{''.join(_answered(block['commands'], answer))}```", page)

    if os.environ.get("PASTE"):
        PAGE.write_text(shown, encoding="utf-8")
    assert page == shown


def _answered(block: str, answer: Answer) -> Iterator[str]:
    for line in block.splitlines():
        if line.startswith("$ geoapp "):
            yield f"{line}\n{answer(shlex.split(line)[2:])}"
