"""Sentences by message id, from the gettext catalogues in ``translations/``.

The catalogues are read as ``.po`` and compiled in memory, so there is nothing to build; msgids are symbolic, and a
plural message uses the same id twice.
"""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from geoapp.domain.words import Language

FOLDER = Path(__file__).parent / "translations"
PLURALS: dict[Language, str] = {"id": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}
"""Said here because Babel does not know that Indonesian has one form."""


@cache
def translations(language: Language) -> Translations:
    """All catalogues of a language as one."""
    merged = Catalog(locale=language)
    merged.mime_headers = [("Content-Type", "text/plain; charset=utf-8"), ("Plural-Forms", PLURALS[language])]
    for path in sorted((FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    merged[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return Translations(compiled)


def speak(language: Language, message: str, /, **values: Any) -> str:
    """The sentence of ``message`` with ``values`` filled in; ``n`` among them chooses the plural form.

    Raises
    ------
    KeyError
        If the catalogue has no such message: a test walks all ids, so this is a bug and not a reader's problem.
    """
    spoken = translations(language)
    said = spoken.ungettext(message, message, values["n"]) if "n" in values else spoken.ugettext(message)
    if said == message:
        said = spoken.ugettext(message)
        if said == message:
            raise KeyError(message)
    return str(said % values if values else said)
