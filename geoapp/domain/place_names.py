"""Finding a place by its name among the places of one parent: equal, near with a reason, several, or unknown.

Equal means equal when normalised, or a name that a person once accepted for the place. Near is a proposal for a person,
never more: an abbreviation, a letter, a word. What tells neighbours apart (a number, a letter, *Timur*) is never bent.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from geoapp.domain.names import joined, normalise, shortens, telling, without_kind, words_of, written_out

LEAD = 5
"""By so many points the nearest must lead the next to be proposed alone."""
_SHORTEST = 5
"""A shorter name has too many neighbours a letter away."""
_LETTERS = 3
_ALIKE = 0.8
_BY_LETTERS = ("why.letters", "why.transposed", "why.one_letter")

Aliases = Mapping[str, frozenset[str]]
"""Normalised name → codes of the places that a person said are called so."""


class Verdict(StrEnum):
    """What became of the search."""

    EQUAL = "equal"
    NEAR = "near"
    SEVERAL = "several"
    UNKNOWN = "unknown"


class Near(NamedTuple):
    """A place with a like name: score 0…100, and the reason as a message id."""

    code: str
    score: int
    why: str


@dataclass(frozen=True, slots=True)
class Found:
    """The verdict with the place, or the several places; ``score`` and ``why`` say how sure."""

    verdict: Verdict
    codes: tuple[str, ...] = ()
    score: int = 0
    why: str = ""


class _Place(NamedTuple):
    code: str
    words: tuple[str, ...]
    key: str
    telling: tuple[str, ...]


class Gazetteer:
    """Places with their parents, to be searched by name within a parent.

    Parameters
    ----------
    names
        Code → official name.
    holders
        Code → the codes of all that hold it. What is searched is always what one of them, or all, hold.
    aliases
        Other names that a person accepted.
    """

    def __init__(self, names: Mapping[str, str], holders: Mapping[str, Collection[str]], aliases: Aliases) -> None:
        self._names = names
        self._aliases = aliases
        self._held: dict[str, list[str]] = {"": list(names)}
        for code in names:
            for holder in holders.get(code, ()):
                self._held.setdefault(holder, []).append(code)
        self._keys: dict[str, dict[str, tuple[str, ...]]] = {}
        self._places: dict[str, list[_Place]] = {}

    def held(self, inside: str) -> Collection[str]:
        """The codes that ``inside`` holds; all for an empty text."""
        return self._held.get(inside, ())

    def equal(self, name: str, inside: str = "") -> Found:
        """The one place of this name inside the holder, or the several, or unknown."""
        key = normalise(name)
        own = self._by_key(inside).get(key, ()) if key else ()
        held = self._held.get(inside, ())
        other = tuple(code for code in self._aliases.get(key, ()) if code in held and code not in own)
        codes = (*own, *other)
        if not codes:
            return Found(Verdict.UNKNOWN)
        if len(codes) > 1:
            return Found(Verdict.SEVERAL, codes, 100)
        return Found(Verdict.EQUAL, codes, 100, "" if own else "why.alias")

    def near(self, name: str, inside: str = "", without: Collection[str] = ()) -> Found:
        """The place with the nearest name inside the holder if it leads clearly; ``without`` are already taken."""
        words = words_of(name)
        ranked = sorted(
            (near for place in self._inside(inside) if place.code not in without and (near := _compare(words, place))),
            key=lambda each: (-each.score, each.code),
        )
        if not ranked:
            return Found(Verdict.UNKNOWN)
        rivals = [each for each in ranked if each.score > ranked[0].score - LEAD or _otherwise(each, ranked[0])]
        if len(rivals) > 1:
            return Found(Verdict.SEVERAL, tuple(each.code for each in rivals), ranked[0].score, ranked[0].why)
        return Found(Verdict.NEAR, (ranked[0].code,), ranked[0].score, ranked[0].why)

    def _by_key(self, inside: str) -> Mapping[str, tuple[str, ...]]:
        if inside not in self._keys:
            keys: dict[str, tuple[str, ...]] = {}
            for code in self._held.get(inside, ()):
                key = normalise(self._names[code])
                keys[key] = (*keys.get(key, ()), code)
            self._keys[inside] = keys
        return self._keys[inside]

    def _inside(self, inside: str) -> Iterable[_Place]:
        if inside not in self._places:
            self._places[inside] = [_place(code, self._names[code]) for code in self._held.get(inside, ())]
        return self._places[inside]


def _otherwise(other: Near, best: Near) -> bool:
    """Whether a name with a word more or less is beside one whose letters are near: points cannot choose of these."""
    return best.why == "why.word_more" and other.why in _BY_LETTERS


def _place(code: str, name: str) -> _Place:
    words = words_of(name)
    return _Place(code, words, joined(words), telling(written_out(words)))


def _compare(words: tuple[str, ...], place: _Place) -> Near | None:
    """How near a name is to a place's; None if it is not."""
    if not words or not place.words:
        return None
    key = joined(words)
    if key == place.key:
        return Near(place.code, 100, "why.equal")
    if joined(written_out(words)) == joined(written_out(place.words)):
        return Near(place.code, 97, "why.abbreviation")
    if joined(without_kind(words)) == joined(without_kind(place.words)):
        return Near(place.code, 96, "why.kind_word")
    if _abbreviates(words, place.words):
        return Near(place.code, 95, "why.abbreviation")
    if len(words) > 1 and sorted(words) == sorted(place.words):
        return Near(place.code, 90, "why.words_swapped")
    if _word_more(words, place.words):
        return Near(place.code, 90, "why.word_more")
    if _telling(words) != place.telling:
        return None
    return _letters(key, place)


@cache
def _telling(words: tuple[str, ...]) -> tuple[str, ...]:
    return telling(written_out(words))


def _abbreviates(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether word by word the names are equal or shortened; a letter at the end is a name, not an abbreviation."""
    if len(words) != len(others) or len(words) < 2:
        return False
    last = len(words) - 1
    return all(
        one == other or ((n < last or min(len(one), len(other)) > 1) and (shortens(one, other) or shortens(other, one)))
        for n, (one, other) in enumerate(zip(words, others, strict=True))
    )


def _word_more(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether one name is the other with more words, none of which tells neighbours apart."""
    short, whole = sorted((words, others), key=len)
    rest = list(whole)
    for word in short:
        if word not in rest:
            return False
        rest.remove(word)
    return bool(rest) and len("".join(short)) >= _SHORTEST and not telling(("", *rest))


def _letters(key: str, place: _Place) -> Near | None:
    longest = max(len(key), len(place.key))
    away = OSA.distance(key, place.key, score_cutoff=_LETTERS)
    if min(len(key), len(place.key)) < _SHORTEST or away > _LETTERS or 1 - away / longest < _ALIKE:
        return None
    if away > 1:
        return Near(place.code, round(100 * (1 - away / longest)) - 2 * away, "why.letters")
    if len(key) == len(place.key) and sorted(key) == sorted(place.key):
        return Near(place.code, 93, "why.transposed")
    return Near(place.code, 92, "why.one_letter")


def alike(one: str, other: str) -> bool:
    """Whether two names may be one place's: equal, abbreviated, a letter or a word apart.

    >>> alike("KEP. SERIBU UTR", "Kepulauan Seribu Utara"), alike("Arcamanik", "Cinambo")
    (True, False)
    """
    return _compare(words_of(one), _place("", other)) is not None
