"""What is new is one new file: registries find a layer kind, a format, a command, and whatever a site folder adds."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from geoapp import cli, downloads, layers
from geoapp.catalogue import Catalogue
from geoapp.settings import Settings
from tests import world

KIND = """
from geoapp.layers.choropleth import decide as decide

NAME = "flags"
"""
FORMAT = """
from geoapp.downloads.format import Format

FORMAT = Format("txt", "text/plain", attachment=False, write=lambda page, connection, language, citation: b"")
"""
COMMAND = """
import click

COMMANDS = [click.Command("weigh")]
"""


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder whose modules stand beside those of the three registries, until the test is over."""
    for registry in (layers, downloads, cli):
        monkeypatch.setattr(registry, "__path__", [*registry.__path__, str(tmp_path)])
    yield tmp_path
    for file in tmp_path.glob("*.py"):
        for registry in (layers, downloads, cli):
            sys.modules.pop(f"{registry.__name__}.{file.stem}", None)


def _with(registry: ModuleType, file: Path, text: str) -> ModuleType:
    file.write_text(text, encoding="utf-8")
    importlib.invalidate_caches()
    return registry


def test_a_layer_kind_is_one_new_module(beside: Path) -> None:
    found = _with(layers, beside / "flags.py", KIND)._discover()

    assert found.keys() - layers.KINDS.keys() == {"flags"}
    assert found["flags"].decide(world.indicator(), world.style("flags"), world.ramp, world.table())


def test_a_download_format_is_one_new_module(beside: Path) -> None:
    found = _with(downloads, beside / "plain.py", FORMAT)._discover()

    assert found.keys() - downloads.FORMATS.keys() == {"txt"}


def test_a_command_is_one_new_module(beside: Path) -> None:
    before = set(cli.program().commands)

    assert set(_with(cli, beside / "weigh.py", COMMAND).program().commands) - before == {"weigh"}


def test_a_site_adds_an_indicator_its_style_and_its_palette_without_an_edit_elsewhere(tmp_path: Path) -> None:
    files = {
        "indicators/kesenian.toml": "\n".join(
            ["[sanggar]", 'kind = "count"', "decimals = 0", 'aggregation = "sum"', 'polarity = "+"',
             'sensitivity = "low"', *(f'{name} = "sanggar"' for name in (
                 "name", "unit", "concept", "definition", "interpretation", "formula", "measure", "breakdowns",
                 "source"))]),
        "styles/kesenian.toml": '[indicator.sanggar]\nkind = "choropleth"\npalette = "kebun"\nclasses = 2',
        "styles/palettes.toml": '[kebun]\nuse="sequential"\norigin="ours"\n[kebun.ramps]\n2=["#ddeecc", "#336622"]',
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")

    found = Catalogue.of(Settings(site=tmp_path))

    style = found.style_for(found.indicators["sanggar"])
    assert found.indicators["sanggar"].theme == "kesenian"
    assert found.ramp_of(style)(2) == ("#ddeecc", "#336622")
