"""A wheel holds everything the package reads: no data file is left in the checkout, nothing foreign comes along."""

import tomllib
from pathlib import Path

from setuptools import find_namespace_packages

from geoapp.settings import HOME

PACKAGE = HOME / "geoapp"
BUILT_APART = PACKAGE / "web" / "viewer"
"""The browser's sources, of which set-up makes the hashed files."""
TABLE = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]


def test_every_data_file_of_the_package_is_named_as_its_data() -> None:
    named = {path for pattern in TABLE["package-data"]["geoapp"] for path in PACKAGE.glob(pattern)}

    held = {
        path
        for path in PACKAGE.rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc", ".md") and not path.is_relative_to(BUILT_APART)
    }

    assert len(held) > 50
    assert held - named == set()


def test_no_library_of_the_browsers_part_becomes_a_package_of_ours() -> None:
    found = find_namespace_packages(str(HOME), **TABLE["packages"]["find"])

    assert "geoapp.store.migrations" in found
    assert [name for name in found if "node_modules" in name] == []
    assert [name for name in found if not Path(HOME, *name.split(".")).is_relative_to(PACKAGE)] == []
