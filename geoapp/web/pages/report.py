"""What a visitor reads of the table behind a map: its rows by fate and reason, and how complete each parent is."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from geoapp.atlas.families import families
from geoapp.atlas.page import MapPage
from geoapp.domain.observations import State
from geoapp.domain.words import Language
from geoapp.i18n import numbers, speak
from geoapp.releases.account import say
from geoapp.releases.report import led


class Parent(NamedTuple):
    """A region that holds regions of the map: how many of them have a figure, and of how many."""

    name: str
    known: int
    total: int


def rows_sentence(kept: Mapping[str, Any], language: Language) -> str:
    """How many rows the table had, by what became of them; where there was no table, that there was none."""
    rows = kept.get("rows", {})
    if not rows.get("read"):
        return speak(language, "page.report.derived")
    parts = [_counted(fate, n, language) for fate, n in rows.items() if n and fate != "read"]
    return say(language, "page.report.rows", {"n": rows["read"], "parts": ", ".join(parts)})


def reasons(kept: Mapping[str, Any], language: Language) -> list[str]:
    """Why rows were not joined, with their number, the commonest first; never with what stood in a row."""
    found = sorted(kept.get("outcomes", ()), key=lambda each: (each["fate"] != "refused", -each["n"]))
    return [f"{_counted(each['fate'], each['n'], language)}: {_reason(each['reason'], language)}" for each in found]


def _counted(fate: str, n: int, language: Language) -> str:
    word = speak(language, f"fate.{fate}")
    return f"{numbers.figure(language, n, 0)} {word[:1].lower()}{word[1:]}"


def _reason(reason: str, language: Language) -> str:
    return speak(language, f"page.report.reason.{reason.removeprefix('row.')}")


def lineage(kept: Mapping[str, Any], period: str, language: Language) -> list[str]:
    """What figures of a period came from codes that ended, and what was lost on the way; a sentence for every way."""
    ways: dict[str, list[Mapping[str, Any]]] = {}
    for each in kept.get("lineage", ()):
        if period in each["periods"]:
            ways.setdefault(each["way"], []).append(each)
    return [say(language, f"page.report.lineage.{way}", led(entries)) for way, entries in ways.items()]


def carried(kept: Mapping[str, Any], language: Language) -> str:
    """How many figures of the release before were kept, as a sentence; empty where none were."""
    n = kept.get("carried_over", 0)
    return say(language, "page.report.carried", {"n": n}) if n else ""


def parents(page: MapPage) -> list[Parent]:
    """The parents of the regions that were asked with their coverage, in the order of their codes."""
    related, said = families(page.shown_regions), page.shown_observations
    known, total = (related.counted(each).tolist() for each in (said.known, ~said.is_in(State.OUT_OF_SCOPE)))
    counted = sorted(zip(related.codes, known, total, strict=True))
    return [Parent(page.ancestors[code].name, n, of) for code, n, of in counted if of and code in page.ancestors]
