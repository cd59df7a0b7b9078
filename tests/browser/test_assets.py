"""The built files of the viewer: named by their content, given out by name only, and free of foreign addresses."""

import json
import re
from pathlib import Path

import pytest

from geoapp.errors import NotFound, Unavailable
from geoapp.settings import HOME
from geoapp.web.assets import Assets

VIEWER = HOME / "geoapp/web/viewer"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as the build leaves it."""
    (tmp_path / "manifest.json").write_text(json.dumps({"map.js": "map-0123.js"}))
    for suffix, body in (("", b"plain"), (".br", b"brotli"), (".gz", b"gzip")):
        (tmp_path / f"map-0123.js{suffix}").write_bytes(body)
    (tmp_path / "secret.txt").write_text("secret")
    return tmp_path


def test_a_name_becomes_the_address_of_its_newest_bytes(folder: Path) -> None:
    assert Assets(folder).url("map.js") == "/assets/map-0123.js"


def test_assets_that_were_never_built_are_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="assets_missing"):
        Assets(tmp_path).url("map.js")


def test_a_name_the_build_did_not_make_is_the_same_error(folder: Path) -> None:
    with pytest.raises(Unavailable, match="assets_missing"):
        Assets(folder).url("site.css")


@pytest.mark.parametrize(
    ("accepted", "body", "encoding"),
    [({"br", "gzip"}, b"brotli", "br"), ({"gzip"}, b"gzip", "gzip"), (set(), b"plain", "")],
)
def test_the_best_encoding_a_reader_takes_is_sent(folder: Path, accepted: set, body: bytes, encoding: str) -> None:
    asset = Assets(folder).open("map-0123.js", frozenset(accepted))

    assert (asset.body, asset.encoding, asset.media_type) == (body, encoding, "text/javascript")


@pytest.mark.parametrize(
    "file", ["../manifest.json", "manifest.json", "secret.txt", "map-9999.js", "map-0123.js.br", ""]
)
def test_nothing_but_what_the_build_made_is_given_out(folder: Path, file: str) -> None:
    with pytest.raises(NotFound, match="asset_unknown"):
        Assets(folder).open(file)


def test_the_lock_names_no_registry() -> None:
    lock = (VIEWER / "package-lock.json").read_text()

    fetched = re.sub(r'"funding": (?:\{[^}]*\}|\[[^\]]*\])|"url": "[^"]*"', "", lock)  # whom a package asks for help
    assert re.findall(r"https?://[^\"]*", fetched) == []
    assert "resolved" not in lock


def test_one_part_of_each_script_fetches_one_writes_the_address_and_none_writes_markup() -> None:
    folder = VIEWER / "src"
    sources = {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.js")}

    def doing(what: str) -> set[str]:
        return {name for name, text in sources.items() if re.search(what, text)}

    fetching = {"map/api.js", "page/search.js", "pair.js", "embed/asking.js", "embed/exchange.js"}
    assert doing(r"\bfetch\(|XMLHttpRequest") == fetching
    assert doing(r"(?:push|replace)State\(") == {"page/state.js", "pair.js"}
    assert doing(r"(?:inner|outer)HTML\s*=[^=]|insertAdjacentHTML") == set()
    assert doing(r"""["'`]https?://(?!www\.w3\.org/2000/svg|SITE/)""") == set()
