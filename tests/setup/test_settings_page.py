"""The page of settings names every setting, with its default."""

import re

from geoapp.settings import HOME, Settings

PAGE = (HOME / "docs" / "settings.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `(GEOAPP_\w+)` \| (.*?) \|", PAGE, re.MULTILINE))


def test_the_page_names_every_setting_and_no_other() -> None:
    assert set(ROWS) == {f"GEOAPP_{name.upper()}" for name in Settings.model_fields}


def test_the_page_says_the_plain_defaults() -> None:
    plain = {
        f"GEOAPP_{name.upper()}": f"`{field.default}`"
        for name, field in Settings.model_fields.items()
        if isinstance(field.default, str | int)
    }

    assert plain
    assert {name: ROWS[name] for name in plain} == plain
