"""``docs/url-grammar.md`` names every address, and every address it names exists."""

import re
from pathlib import Path

from flask import Flask

PAGE = Path(__file__).resolve().parents[2] / "docs" / "url-grammar.md"


def documented() -> set[str]:
    return set(re.findall(r"^\| `(/[^`]*)`", PAGE.read_text(encoding="utf-8"), re.MULTILINE))


def served(app: Flask) -> set[str]:
    return {re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", rule.rule) for rule in app.url_map.iter_rules()}


def test_every_address_is_documented(app: Flask) -> None:
    assert served(app) - documented() == set()


def test_every_documented_address_exists(app: Flask) -> None:
    assert documented() - served(app) == set()


def test_every_route_lists_its_answers(app: Flask) -> None:
    silent = [
        rule.rule for rule in app.url_map.iter_rules() if "200" not in (app.view_functions[rule.endpoint].__doc__ or "")
    ]

    assert silent == []
