"""Finding regions and maps by what people type: name, former or other name, code; a mistake is forgiven and said."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA
from sqlalchemy import Connection

from geoapp.atlas.gazetteer import Found, Gazetteer, Why
from geoapp.domain.codes import CodeSystem
from geoapp.domain.names import normalise
from geoapp.domain.search_words import Asked, code_starts, edits, key, readings
from geoapp.domain.words import Words
from geoapp.store import search as finding
from geoapp.store.database import Store

_READ, _READ_SHORT, _SHORT = 120, 40, 4
"""Hits that are looked at, and of a few letters: a name that more regions have needs a parent beside it."""
_NEAR = 40
_WHOLE = 5
"""Letters from which on a word may be whole with a mistake in it, and not the beginning of one."""
_MEANT = 5
_SAME = 2
"""Regions of one name that are proposed."""
_LONGEST_MISTAKEN = 12
"""Letters of a name up to which every text one mistake away is looked up; in longer ones letters in threes find it."""
_LIKE = 0.5
"""The share of letters in order that a name must have in common with what was typed."""


@dataclass(frozen=True, slots=True)
class FoundMap:
    """A public map; ``dated`` is the date of its boundaries."""

    layer: str
    name: Words
    area: str
    dated: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found; ``meant`` are regions and maps of a like name, where none has this. ``more`` are left out."""

    regions: tuple[Found, ...] = ()
    maps: tuple[FoundMap, ...] = ()
    meant: tuple[Found, ...] = ()
    meant_maps: tuple[FoundMap, ...] = ()
    more: int = 0

    @property
    def nothing(self) -> bool:
        """Whether nothing is called so."""
        return not self.regions and not self.maps


def search(store: Store, text: str, edition: str | None = None, most: int = 10) -> Findings:
    """What ``text`` may name; regions of ``edition`` go first. An empty text finds nothing."""
    word, starts = key(text), code_starts(text)
    if not word:
        return Findings()
    with store.read() as connection:
        found = _by_code(connection, starts, edition) if starts else _by_name(connection, text, edition)
        maps = [] if starts else _maps(connection, word, False, most)
        found.sort(key=lambda each: edition not in (None, each.edition))
        typing = len(found) > most or (found and len(word) < _WHOLE)
        certain = bool(starts or maps or typing) or any(key(each.name).endswith(word) for each in found)
        meant = [] if certain else _similar(connection, text, edition)
        there = {(each.system, each.code) for each in found}
        return Findings(
            regions=tuple(found[:most]),
            maps=tuple(maps),
            meant=tuple(each for each in meant if (each.system, each.code) not in there)[:_MEANT],
            meant_maps=() if found or maps or starts else tuple(_maps(connection, word, True, _MEANT)),
            more=max(0, len(found) - most),
        )


def resolve(store: Store, system: CodeSystem, code: str, edition: str | None = None) -> Sequence[finding.Known]:
    """The editions' regions with this code of this system, the one to show first; empty if there is none."""
    with store.read() as connection:
        rows = finding.known(connection, [code], edition)
    return [each for each in rows if each.system == system.value]


# ── hits ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _by_code(connection: Connection, starts: dict[CodeSystem, str], edition: str | None) -> list[Found]:
    hits = finding.codes(connection, starts, _READ)
    gazetteer = Gazetteer(connection, hits, edition)
    found = []
    for hit in hits:
        region = gazetteer.region(hit)
        if region:
            found.append(replace(region, why=Why.OTHER_CODE if hit.other else Why.CODE, said=hit.other or region.code))
    return _once(found)


def _by_name(connection: Connection, text: str, edition: str | None) -> list[Found]:
    """The regions of the first reading of the text that finds any, and those that people call so."""
    found: list[Found] = []
    for asked in readings(text):
        hits = finding.names(connection, asked.key, asked.level, _READ_SHORT if len(asked.key) < _SHORT else _READ)
        if hits:
            found = _inside(Gazetteer(connection, hits, edition).named(hits), asked)
        if found:
            break
    return _once([*found, *_aliases(connection, text, edition, False)])


def _similar(connection: Connection, text: str, edition: str | None) -> list[Found]:
    """Regions whose names are like one reading of the text, the likest first."""
    best: dict[tuple[str, str], tuple[float, finding.Hit]] = {}
    for asked in _plain_readings(text):
        spellings = edits(asked.key) if len(asked.key) <= _LONGEST_MISTAKEN else ()
        for hit in finding.similar(connection, asked.key, spellings, _NEAR):
            like = likeness(asked.key, hit.key) - (0.2 if asked.level not in (None, hit.level) else 0.0)
            if like >= _LIKE and like > best.get((hit.edition, hit.code), (0.0, hit))[0]:
                best[hit.edition, hit.code] = like, hit
    ranked = [hit for _, hit in sorted(best.values(), key=lambda each: (-each[0], each[1].level, each[1].code))]
    alike = Counter[str]()
    telling = [hit for hit in ranked if alike.update([hit.key]) or alike[hit.key] <= _SAME]
    found = Gazetteer(connection, telling[: 3 * _MEANT], edition).named(telling[: 3 * _MEANT])
    return _once([*_aliases(connection, text, edition, True), *found]) or _elsewhere(connection, text, edition)


def _elsewhere(connection: Connection, text: str, edition: str | None) -> list[Found]:
    """Regions of the name in front, where no parent is called what stands behind it."""
    for asked in readings(text):
        hits = finding.names(connection, asked.key, asked.level, _MEANT) if asked.inside else ()
        if hits:
            return Gazetteer(connection, hits, edition).named(hits)
    return []


def likeness(typed: str, name: str) -> float:
    """How like two keys are, 0…1, by letters changed, dropped, added or swapped; a kind in front of a name is free.

    >>> round(likeness("cikoletet", "cikolelet"), 2), likeness("srang", "kabupaten serang") > 0.8
    (0.89, True)
    """
    words, length = name.split(), len(typed.split())
    parts = {name, " ".join(words[-length:]), " ".join(words[:length])}
    return max(1 - OSA.distance(typed, part) / max(len(typed), len(part)) - (part != name) * 0.02 for part in parts)


def _plain_readings(text: str) -> Iterator[Asked]:
    """The first reading, and the one without the word for a level in front."""
    every = [each for each in readings(text) if not each.inside]
    yield from every[:1]
    yield from (each for each in every[1:] if each.level)


def _aliases(connection: Connection, text: str, edition: str | None, near: bool) -> list[Found]:
    names = finding.other_names(connection, normalise(text), near, _MEANT)
    by_code = {(each.system, each.code): each.name for each in names}
    gazetteer = Gazetteer(connection, [finding.Hit("", each.code, 0) for each in names], edition)
    found = (gazetteer.at(system, code) for system, code in by_code)
    return [replace(each, why=Why.ALIAS, said=by_code[each.system.value, each.code]) for each in found if each]


def _maps(connection: Connection, word: str, near: bool, most: int) -> list[FoundMap]:
    rows = finding.layers(connection, word, near, most)
    return [FoundMap(row["layer_id"], Words.of(row["name"]), row["area"], row["dated"]) for row in rows]


def _inside(found: Iterable[Found], asked: Asked) -> list[Found]:
    """Those whose parents' names hold, or begin with, every word that stood behind the name."""
    return [
        each for each in found if all(any(_begins(word, above.name) for above in each.above) for word in asked.inside)
    ]


def _begins(word: str, name: str) -> bool:
    return any(part.startswith(word) for part in key(name).split())


def _once(found: Iterable[Found]) -> list[Found]:
    """Every region once, as it was found first."""
    return list({(each.system, each.code): each for each in reversed(list(found))}.values())[::-1]
