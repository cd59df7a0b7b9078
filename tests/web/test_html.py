"""Every kind of public page is valid HTML, in both languages: html-validate finds nothing, nor does the Nu checker."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from flask import Flask

from geoapp.settings import HOME
from geoapp.store.cluster import Urls
from geoapp.store.database import Store
from tests import awkward, world
from tests.judged import beside
from tests.web.conftest import NAMES, make_app

VIEWER = HOME / "geoapp/web/viewer"
RULES = Path(__file__).with_name("htmlvalidate.json")
REGION, OTHER = world.regions()[4].code, world.regions()[7].code
MAP = f"/maps/{world.LAYER}"
AWKWARD = {each.name: each for each in awkward.WORLDS}
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
    "map of a change in per cent of an area": (f"{MAP}?since=2023&change=percent&area=35.99.02&region={REGION}", 200),
    "map of circles": (f"/maps/{AWKWARD['lingkar'].layer}", 200),
    "map of categories": (f"/maps/{AWKWARD['jenis'].layer}?region={awkward.codes(AWKWARD['jenis'])[0]}", 200),
    "map without figures": (f"/maps/{AWKWARD['kosong'].layer}", 200),
    "map of one region": (f"/maps/{AWKWARD['satu'].layer}", 200),
    "side by side": (f"{MAP}/beside?second=2023&region={REGION}", 200),
    "categories side by side": (f"/maps/{AWKWARD['jenis'].layer}/beside?second=2023", 200),
    "years": (f"{MAP}/years", 200),
    "years with classes of their own": (f"{MAP}/years?classes=quantiles-4-own", 200),
    "years of categories": (f"/maps/{AWKWARD['jenis'].layer}/years", 200),
    "map with a hostile name": (f"{MAP}?region={world.regions()[2].code}", 200),
    "map with notices": (f"{MAP}?period=1999&level=rt&region=x&warna=merah", 200),
    "region": (f"/regions/{REGION}", 200),
    "district": ("/regions/35.99.02", 200),
    "city": ("/regions/35.99", 200),
    "province": ("/regions/35", 200),
    "region of an edition": (f"/regions/{world.EDITION}/{REGION}", 200),
    "region with a long name": (f"/regions/{awkward.codes(AWKWARD['jenis'])[4]}", 200),
    "regions": ("/regions", 200),
    "about": ("/about", 200),
    "files": ("/downloads", 200),
    "history": ("/releases", 200),
    "code of two meanings": ("/regions/3599021001", 300),
    "search": ("/search", 200),
    "search with a slip": ("/search?q=angsoke", 200),
    "search that finds nothing": ("/search?q=zzzz", 200),
    "embed": (f"/embed/{world.LAYER}", 200),
    "embed with a region": (f"/embed/{world.LAYER}?region={REGION}", 200),
    "embed of a change": (f"/embed/{world.LAYER}?since=2023", 200),
    "embed of circles": (f"/embed/{AWKWARD['lingkar'].layer}", 200),
    "embed of categories": (f"/embed/{AWKWARD['jenis'].layer}", 200),
    "withdrawn map": (f"/maps/{world.WITHDRAWN}", 410),
    "withdrawn embed": (f"/embed/{world.WITHDRAWN}", 410),
    "no such map": ("/maps/none", 404),
    "no such embed": ("/embed/none", 404),
    "no such page": ("/nothing", 404),
    "no such region": ("/regions/35.99.09.1009", 404),
}


def named(name: str, lang: str) -> str:
    return f"{name.replace(' ', '-')}.{lang}.html"


@pytest.fixture(scope="module")
def app(database: Callable[[], Urls], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The service of the small world with a withdrawn map, and of the awkward ones."""
    urls = database()
    store = Store.at(*urls)
    with store.begin() as connection:
        world.store_world(connection, NAMES)
        world.store_withdrawn(connection)
        awkward.store(connection)
    store.close()
    made = make_app(urls, tmp_path_factory.mktemp("service") / "var")
    yield made
    made.extensions["geoapp"].store.close()


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
    command = [beside("node"), VIEWER / "node_modules/html-validate/bin/html-validate.mjs", "--config", RULES]
    said = pages.parent / "said.json"
    with said.open("wb") as out:  # into a pipe, much is cut off
        asked = [*command, "--formatter", "json", *sorted(pages.iterdir())]
        found = subprocess.run(asked, cwd=VIEWER, stdout=out, stderr=subprocess.PIPE, check=False)
    assert found.returncode in (0, 1), found.stderr.decode()
    return {
        Path(each["filePath"]).name: [
            f"{said['line']}:{said['column']} {said['ruleId']}: {said['message']}" for said in each["messages"]
        ]
        for each in json.loads(said.read_bytes())
    }


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_valid(complaints: Mapping[str, list[str]], name: str, lang: str) -> None:
    assert complaints.get(named(name, lang), []) == []


def test_the_rules_find_what_is_wrong(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.html"
    wrong.write_text('<!doctype html><html lang="id"><head><title>x</title></head><body><p id="a"></p><p id="a"></p>')
    script = VIEWER / "node_modules/html-validate/bin/html-validate.mjs"

    found = subprocess.run(
        [beside("node"), script, "--config", RULES, wrong], cwd=VIEWER, capture_output=True, check=False
    )

    assert found.returncode == 1
    assert b"no-dup-id" in found.stdout


@pytest.mark.proof
def test_the_nu_checker_finds_nothing(pages: Path, judges: Path) -> None:
    java = shutil.which("java")
    assert java, "Java is missing: apt-get install default-jre-headless"
    jar = judges / "vnu-jar" / "build" / "dist" / "vnu.jar"

    run = subprocess.run(
        [java, "-jar", jar, "--format", "json", "--exit-zero-always", pages], capture_output=True, timeout=300
    )

    found = [
        f"{Path(each['url']).name}: {each['message']} {each.get('extract', '')[:80]!r}"
        for each in json.loads(run.stderr)["messages"]
        if each["type"] != "info" or each.get("subType") == "warning"
    ]
    assert found == []
