"""Every sentence the line of editions may say exists in both languages, with the same places to fill."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from geoapp.i18n.catalogue import FOLDER

HOME = FOLDER.parents[1]
SPOKEN = [
    *(HOME / "editions").glob("*.py"),
    HOME / "cli" / "boundaries.py",
    HOME / "cli" / "codes.py",
    HOME / "domain" / "code_column.py",
]
ID = re.compile(r'"((?:error|finding|question|code|codes|boundaries)\.[a-z_.]+)"')


def catalogue(language: str) -> dict[str, set[str]]:
    """Message id → the places of its sentence, over all forms."""
    with (FOLDER / language / "boundaries.po").open("rb") as file:
        messages = [message for message in read_po(file, locale=language) if message.id]
    said = {}
    for message in messages:
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        name = message.id if isinstance(message.id, str) else message.id[0]
        said[name] = set(re.findall(r"%\((\w+)\)s", " ".join(forms)))
    return said


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_message_id_has_a_sentence(language: str) -> None:
    used = {found for path in SPOKEN for found in ID.findall(Path(path).read_text(encoding="utf-8"))}

    assert len(used) > 60
    assert used - set(catalogue(language)) == set()


def test_both_languages_fill_the_same_places() -> None:
    assert catalogue("id") == catalogue("en")
