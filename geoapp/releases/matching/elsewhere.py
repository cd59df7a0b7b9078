"""A table without codes whose title names another regency or district than its edition has: names alone cannot tell."""

from collections.abc import Mapping

from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.domain.upper_names import bare, kind_of_code, kind_of_name, named_in
from geoapp.errors import Question
from geoapp.releases.matching.target import Target
from geoapp.releases.reading.table import Table

Key = tuple[str, str]
"""The kind (``district``, ``kota``, ``kabupaten``) and the bare name of an upper region."""
_OWN = "own"
"""Stands for a region of the edition where a code of the official list would stand."""


def hold_title(table: Table, target: Target, official: Mapping[str, str]) -> None:
    """Ask if the title or the sheet names an upper region of the official list that the edition does not have.

    Districts are only looked at where nothing in the title is of the edition: ``menurut Kecamatan, Kota Bandung``
    does not speak of a district Bandung.

    Raises
    ------
    Question
        ``question.title_elsewhere``.
    """
    own = {_key(code, each.name, each.level) for code, each in target.above.items()}
    own |= {_key(code, name, target.at) for code, name in target.regions.items() if target.at <= Level.DISTRICT}
    if not any(name for _, name in own if not name.isdigit()):
        return
    known: dict[Key, str] = {}
    for code, name in official.items():
        if (level := _level(code)) is not None:
            known.setdefault(_key(code, name, level), code)
    known |= dict.fromkeys(own, _OWN)
    said = [named_in(text, known) for text in (*table.titles, table.sheet)]
    at_home = any(_OWN in found for found in said)
    for code in sorted(set().union(*said) - {_OWN}):
        if _of(code, target) or (at_home and _level(code) is Level.DISTRICT):
            continue
        values = {"title": official[code], "edition": target.edition.id, "fitting": target.edition.id}
        raise Question("question.title_elsewhere", "--edition", **values)


def _key(code: str, name: str, level: Level) -> Key:
    if level is Level.REGENCY:
        return kind_of_code(code) or kind_of_name(name), bare(name)
    return level.slug, bare(name)


def _level(code: str) -> Level | None:
    """The level of an official code of Kemendagri, None above the regency."""
    return {5: Level.REGENCY, 8: Level.DISTRICT}.get(len(code))


def _of(code: str, target: Target) -> bool:
    """Whether the edition has the region, by whatever name."""
    return target.edition.code_system is CodeSystem.KEMENDAGRI and (code in target.above or code in target.regions)
