"""The page *bring your table* shows what the commands answer; with PASTE=1 their answers are pasted anew."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from geoapp.settings import HOME
from geoapp.store.cluster import Urls

PAGE = HOME / "docs" / "bring-your-table.md"
EXAMPLES = HOME / "docs" / "examples"
SAMPLE = HOME / "boundaries" / "sample"
_BLOCK = re.compile(r"```console\n(?P<commands>.*?)```", re.DOTALL)


def test_the_page_shows_what_the_commands_answer(urls: Urls, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EXAMPLES, tmp_path / "examples"))
    for line in (
        f"codes import {SAMPLE}/codes.csv --dated 2024",
        f"boundaries import {SAMPLE}/pulau-purnama-2024.geojson",
    ):
        _run(shlex.split(line), urls, folder)
    page = PAGE.read_text(encoding="utf-8")

    shown = _BLOCK.sub(lambda block: f"```console\n{''.join(_answered(block['commands'], urls, folder))}```", page)

    if os.environ.get("PASTE"):
        PAGE.write_text(shown, encoding="utf-8")
    assert page == shown


def _answered(block: str, urls: Urls, folder: Path) -> Iterator[str]:
    for line in block.splitlines():
        if line.startswith("$ geoapp "):
            yield f"{line}\n{_run(shlex.split(line)[2:], urls, folder)}"


def _run(arguments: list[str], urls: Urls, folder: Path) -> str:
    """What a person sees; refusals and questions are answers too."""
    said = {
        **os.environ,
        "GEOAPP_DATABASE_URL": urls.owner,
        "GEOAPP_PUBLIC_DATABASE_URL": urls.public or "",
        "GEOAPP_VAR": str(folder.parent / "var"),
        "GEOAPP_SITE": str(folder.parent / "site"),
        "GEOAPP_LANG": "en",
    }
    command = [str(Path(sys.executable).with_name("geoapp")), *arguments]
    run = subprocess.run(command, cwd=folder, env=said, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert run.returncode in (0, 1)
    return "\n".join(line.rstrip() for line in run.stdout.strip().splitlines()) + "\n"
