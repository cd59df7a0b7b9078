"""What is typed into a search, as words to compare with names: its key, the level it says, a code, a parent behind."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from geoapp.domain.codes import CodeSystem
from geoapp.domain.levels import Level
from geoapp.domain.names import written_out

LONGEST = 100
"""Signs of a search that are read."""
_APART = re.compile("[\u0300-\u036f'`\u2018\u2019\u02bc\"]")
_WORD = re.compile("[a-z0-9]+")
_CODE = re.compile(
    r"(?:(?P<system>bps|kemendagri)[\s:-]*)?(?P<code>\d[\d.]{1,13}(?:(?<=\d{4})\.[0-9A-Za-z.]{0,17})?)",
    re.I | re.ASCII,
)
_LEVELS = {
    "provinsi": Level.PROVINCE, "prov": Level.PROVINCE, "province": Level.PROVINCE,
    "kabupaten": Level.REGENCY, "kab": Level.REGENCY, "kota": Level.REGENCY, "regency": Level.REGENCY,
    "kecamatan": Level.DISTRICT, "kec": Level.DISTRICT, "distrik": Level.DISTRICT, "kapanewon": Level.DISTRICT,
    "kemantren": Level.DISTRICT, "district": Level.DISTRICT,
    "desa": Level.VILLAGE, "ds": Level.VILLAGE, "kelurahan": Level.VILLAGE, "kel": Level.VILLAGE,
    "kalurahan": Level.VILLAGE, "village": Level.VILLAGE,
}  # fmt: skip
_LETTERS = "abcdefghijklmnopqrstuvwxyz "
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


@dataclass(frozen=True, slots=True)
class Asked:
    """A key to look for among names; ``level`` where a word before it said one, ``inside`` words of its parents."""

    key: str
    level: Level | None = None
    inside: tuple[str, ...] = ()


def key(text: str) -> str:
    """A name as lower-case words of a–z and 0–9 with one space between, as ``geography.search_key`` makes it.

    >>> key("Hilisalawa'ahe  Désa-2")
    'hilisalawaahe desa 2'
    """
    plain = unicodedata.normalize("NFKD", text.replace("\u00b4", ""))
    return " ".join(_WORD.findall(_APART.sub("", plain).lower()))


def readings(text: str) -> Iterator[Asked]:
    """The ways to read what was typed, the plainest first; the first that finds something is meant.

    >>> [each.key for each in readings("Batu Marta II")]
    ['batu marta ii', 'batu marta 2', 'batu marta', 'batu']
    >>> next(each for each in readings("kec. Cinangka") if each.level)
    Asked(key='cinangka', level=<Level.DISTRICT: 3>, inside=())
    """
    head, comma, tail = text[:LONGEST].partition(",")
    words = key(head).split()
    if not words:
        return
    behind = _parents(key(tail).split())
    for spelled in _spellings(tuple(words)):
        yield Asked(" ".join(spelled), None, behind)
    level = _LEVELS.get(words[0])
    if level and len(words) > 1:
        yield Asked(" ".join(words[1:]), level, behind)
    if comma:
        return
    first = 1 if level and len(words) > 2 else 0
    for cut in range(len(words) - 1, first, -1):
        inside = _parents(words[cut:])
        if inside:
            yield Asked(" ".join(words[first:cut]), level if first else None, inside)


def code_starts(text: str) -> dict[CodeSystem, str]:
    """How codes begin that the text may be, by system, in canonical text; empty for a text that is no code.

    >>> code_starts("3573021"), code_starts("35.73.02.10")
    ({<CodeSystem.KEMENDAGRI: 'kemendagri'>: '35.73.02.1', <CodeSystem.BPS: 'bps'>: '3573021'}, \
{<CodeSystem.KEMENDAGRI: 'kemendagri'>: '35.73.02.10'})
    """
    found = _CODE.fullmatch(text.strip())
    if found is None:
        return {}
    said, system = found["code"], (found["system"] or "").lower()
    head, dot, local = said.partition(".") if len(said.partition(".")[0]) == 10 else (said, "", "")
    if "." in head:
        return {CodeSystem.KEMENDAGRI: said} if system != "bps" else {}
    both = {CodeSystem.KEMENDAGRI: _dotted(head) + dot + local, CodeSystem.BPS: said}
    return {each: start for each, start in both.items() if system in ("", each.value)}


def edits(word: str) -> frozenset[str]:
    """Every text one mistake away from a key: a letter too many, too few, another, or two swapped.

    Letters in threes find a longer name with a mistake in it, but hardly one of five letters.

    >>> [wrong for wrong in ("ksain", "kasinn", "kain", "kasim", "kasin", "kosim") if "kasin" in edits(wrong)]
    ['ksain', 'kasinn', 'kain', 'kasim']
    """
    cuts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    fewer = {head + tail[1:] for head, tail in cuts if tail}
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    other = {head + letter + tail[1:] for head, tail in cuts if tail for letter in _LETTERS}
    more = {head + letter + tail for head, tail in cuts for letter in _LETTERS}
    return frozenset(fewer | swapped | other | more) - {word}


def _dotted(digits: str) -> str:
    """Undotted digits with the dots of a Kemendagri code."""
    parts = (digits[:2], digits[2:4], digits[4:6], digits[6:])
    return ".".join(part for part in parts if part)


def _spellings(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words, then with abbreviations written out and numbers written the other way."""
    arabic = tuple(str(_ROMAN.index(each) + 1) if n and each in _ROMAN else each for n, each in enumerate(words))
    roman = tuple(
        _ROMAN[int(each) - 1] if n and each.isdecimal() and len(each) < 3 and 0 < int(each) <= len(_ROMAN) else each
        for n, each in enumerate(words)
    )
    yield from dict.fromkeys((words, written_out(words), arabic, roman))


def _parents(words: list[str]) -> tuple[str, ...]:
    """The words that name parents, without those for their levels."""
    return tuple(each for each in words if each not in _LEVELS)
