"""The documentation names only what exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATH = re.compile(r"`((?:geoapp|boundaries|styles|tests|docs|scripts|benchmarks)/[\w./-]+)`")


@pytest.mark.parametrize("page", ["README.md", "docs/architecture.md"])
def test_every_path_a_page_names_exists(page: str) -> None:
    named = PATH.findall((ROOT / page).read_text(encoding="utf-8"))

    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_relative_link_in_the_documentation_leads_somewhere() -> None:
    pages = [ROOT / "README.md", *ROOT.glob("docs/**/*.md"), *ROOT.glob("*/README.md")]
    link = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")

    broken = [
        (page.relative_to(ROOT).as_posix(), target)
        for page in pages
        for target in link.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]

    assert broken == []


def test_every_module_says_what_it_is_for_in_its_first_line() -> None:
    silent = [
        path.relative_to(ROOT).as_posix()
        for path in ROOT.glob("geoapp/**/*.py")
        if "node_modules" not in path.parts and not path.read_text(encoding="utf-8").startswith('"""')
    ]

    assert silent == []
