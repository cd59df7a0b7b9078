"""Every message id that the code says exists in both languages, with the same places to fill."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from geoapp.domain.words import LANGUAGES, Language
from geoapp.i18n.catalogue import FOLDER, speak, translations

ROOT = Path(__file__).resolve().parents[2]
BUILT_IN_CODE = (
    "aliases.head_", "boundaries.count_", "boundaries.step_", "catalogue.sort.",
    "choice.no_classes.", "choice.no_palette.", "codes.crosswalk_", "codes.head_", "codes.status_",
    "differ.count_", "differ.head_", "differ.level_",
    "editions.head_", "editions.status_", "embed.status.",
    "error.catalogue_file.", "error.table_level.", "error.title.", "fate.", "indicator_kind.", "indicator_polarity.",
    "indicator_rule.", "indicator_sensitivity.", "indicators.head_", "legend.change.", "level.",
    "lineage.example.", "lineage.head_", "lineage.history.", "lineage.kind.", "lineage.way.", "mark.",
    "match.level.", "method.", "msind.", "msind_hint.", "notice.", "page.download.", "page.report.lineage.",
    "page.report.reason.",
    "page.status.", "palette.", "period.", "picture.boundaries.", "place.", "question.level.", "reading.unknown.",
    "region.state.", "repair.", "row.lineage_", "sets.head_", "share.rung.", "state.", "statistics.head_",
    "summary.way.", "template.head_", "theme.", "tiles.head_", "weight.",
)  # fmt: skip
"""Beginnings to which the code puts the rest when it runs: ``f"level.{level.slug}"``."""
PLACE = re.compile(r"%\((\w+)\)")
SAID = re.compile(r"""["']((?:[a-z]+)(?:\.[a-z0-9_]+)+)["']""")


def catalogue(language: str) -> dict[str, tuple[str, ...]]:
    """All messages of a language: id to its forms."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if not message.id:
                    continue
                id = message.id if isinstance(message.id, str) else message.id[0]
                assert id not in found, f"{id} stands in two files of {language}"
                found[id] = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    return found


def test_both_languages_have_the_same_messages() -> None:
    assert sorted(catalogue("id")) == sorted(catalogue("en"))


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_message_is_empty(language: str) -> None:
    assert [id for id, forms in catalogue(language).items() if not all(forms)] == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_message_can_be_filled(language: str) -> None:
    for id, forms in catalogue(language).items():
        for form in forms:
            places = PLACE.findall(form)
            if places:
                filled = form % dict.fromkeys(places, "7")
                assert "%(" not in filled, id


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("n", [0, 1, 2, 8, 1000])
def test_a_message_with_plural_forms_is_said_of_every_number(language: Language, n: int) -> None:
    counted = [id for id, forms in catalogue("en").items() if len(forms) == 2]

    said = [translations(language).ungettext(id, id, n) for id in counted]

    assert counted
    assert [sentence for sentence in said if sentence in counted] == []
    assert len(said) == len(counted)


def test_indonesian_has_one_form_and_english_two() -> None:
    assert speak("id", "level.district", n=1) == speak("id", "level.district", n=2)
    assert speak("en", "level.district", n=1) != speak("en", "level.district", n=2)


def sources() -> dict[Path, str]:
    """Every file of ours that may say a message."""
    paths = (path for kind in ("py", "html", "js") for path in ROOT.glob(f"geoapp/**/*.{kind}"))
    return {path: path.read_text(encoding="utf-8") for path in paths if "node_modules" not in path.parts}


def test_both_languages_fill_the_same_places() -> None:
    def places(language: str) -> dict[str, set[str]]:
        """Parts of a year are Roman in Indonesian, plain numbers in English."""
        filled = {id: set(PLACE.findall(" ".join(forms))) for id, forms in catalogue(language).items()}
        return {id: {"part" if each == "number" and id.startswith("period.") else each for each in its}
                for id, its in filled.items()}  # fmt: skip

    assert places("id") == places("en")


def test_every_message_is_said_somewhere() -> None:
    texts = list(sources().values())
    said = {id for text in texts for id in SAID.findall(text)}
    begun = {begun for begun in BUILT_IN_CODE if any(f'f"{begun}{{' in text for text in texts)}

    assert begun == set(BUILT_IN_CODE)
    unsaid = [id for id in catalogue("id") if id not in said and not id.startswith(tuple(begun))]
    assert unsaid == []


def test_every_message_the_code_says_is_in_the_catalogue() -> None:
    known = catalogue("id")
    rooms = {id.split(".")[0] for id in known}

    unknown = {
        (path.relative_to(ROOT).as_posix(), said)
        for path, text in sources().items()
        for said in SAID.findall(text)
        if said.split(".")[0] in rooms
        and said not in known
        and not said.endswith((".py", ".toml", ".json", ".svg", ".html", ".css", ".js"))
    }

    assert unknown == set()
