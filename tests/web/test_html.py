"""Every public page is valid HTML, in both languages: html-validate and, where there is a Java, the Nu checker."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from flask import Flask

from geoapp.settings import HOME
from tests import world

VIEWER = HOME / "geoapp/web/viewer"
RULES = Path(__file__).with_name("htmlvalidate.json")
NU = "vnu-jar@26.9.27"
REGION, OTHER = world.regions()[4].code, world.regions()[7].code
MAP = f"/maps/{world.LAYER}"
PAGES = {
    "catalogue": ("/", 200),
    "catalogue of a theme": ("/?theme=penduduk", 200),
    "map": (MAP, 200),
    "map with a region": (f"{MAP}?region={REGION}", 200),
    "map with two regions": (f"{MAP}?region={REGION}&compare={OTHER}", 200),
    "map of an area": (f"{MAP}?area=35.99.02&level=village", 200),
    "map of districts": (f"{MAP}?level=district", 200),
    "map with other classes": (f"{MAP}?classes=quantiles-7&palette=senja", 200),
    "map of a change": (f"{MAP}?since=2023", 200),
    "map with a hostile name": (f"{MAP}?region={world.regions()[2].code}", 200),
    "map with notices": (f"{MAP}?period=1999&level=rt&region=x&warna=merah", 200),
    "region": (f"/regions/{REGION}", 200),
    "district": ("/regions/35.99.02", 200),
    "code of two meanings": ("/regions/3599021001", 300),
    "search": ("/search", 200),
    "search with a slip": ("/search?q=angsoke", 200),
    "search that finds nothing": ("/search?q=zzzz", 200),
    "embed": (f"/embed/{world.LAYER}", 200),
    "embed with a region": (f"/embed/{world.LAYER}?region={REGION}", 200),
    "no such map": ("/maps/none", 404),
    "no such embed": ("/embed/none", 404),
    "no such page": ("/nothing", 404),
}


def named(name: str, lang: str) -> str:
    return f"{name.replace(' ', '-')}.{lang}.html"


@pytest.fixture(scope="module")
def pages(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every page in both languages as a file."""
    folder, client = tmp_path_factory.mktemp("pages"), app.test_client()
    for name, (path, status) in PAGES.items():
        for lang in ("id", "en"):
            answer = client.get(path if lang == "id" else in_english(path), headers={"Accept": "text/html"})
            assert answer.status_code == status, path
            assert answer.mimetype == "text/html", path
            (folder / named(name, lang)).write_bytes(answer.data)
    return folder


def in_english(path: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang=en"


@pytest.fixture(scope="module")
def complaints(pages: Path) -> Mapping[str, list[str]]:
    """What html-validate finds, by file."""
    node = Path(sys.executable).with_name("node")
    command = [node, VIEWER / "node_modules/html-validate/bin/html-validate.mjs", "--config", RULES]
    found = subprocess.run(
        [*command, "--formatter", "json", *sorted(pages.iterdir())], cwd=VIEWER, capture_output=True, check=False
    )
    assert found.returncode in (0, 1), found.stderr.decode()
    return {
        Path(each["filePath"]).name: [
            f"{said['line']}:{said['column']} {said['ruleId']}: {said['message']}" for said in each["messages"]
        ]
        for each in json.loads(found.stdout)
    }


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_valid(complaints: Mapping[str, list[str]], name: str, lang: str) -> None:
    assert complaints.get(named(name, lang), []) == []


def test_the_rules_find_what_is_wrong(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.html"
    wrong.write_text('<!doctype html><html lang="id"><head><title>x</title></head><body><p id="a"></p><p id="a"></p>')
    node = Path(sys.executable).with_name("node")
    script = VIEWER / "node_modules/html-validate/bin/html-validate.mjs"

    found = subprocess.run([node, script, "--config", RULES, wrong], cwd=VIEWER, capture_output=True, check=False)

    assert found.returncode == 1
    assert b"no-dup-id" in found.stdout


@pytest.fixture(scope="module")
def nu(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The Nu checker's own program; it needs a Java, which is not ours to install."""
    if shutil.which("java") is None:
        pytest.skip("the Nu checker needs Java: sudo apt-get install default-jre-headless")
    folder = tmp_path_factory.mktemp("nu")
    (folder / "package.json").write_text("{}")
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    npm = [Path(sys.executable).with_name("npm"), "install", "--ignore-scripts", "--no-audit", "--no-fund", NU]
    subprocess.run(npm, cwd=folder, env=environment, check=True, capture_output=True)
    yield folder / "node_modules/vnu-jar/build/dist/vnu.jar"


@pytest.mark.proof
def test_the_nu_checker_finds_nothing(pages: Path, nu: Path) -> None:
    found = subprocess.run(["java", "-jar", nu, "--stdout", *sorted(pages.iterdir())], capture_output=True, check=False)

    assert found.stdout.decode() == ""
