"""Names of places made comparable; for matching only, a reader always sees the official spelling."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_PREFIXES = {"desa", "ds", "kelurahan", "kel", "kecamatan", "kec", "distrik", "kapanewon", "kemantren"}
_KINDS = {"gampong", "nagari", "pekon", "kampung", "lembang", "negeri", "kalurahan", "dusun", "desa", "adat"}
"""Words for a village that may as well be part of its name."""
_WORDS = {"sei": "sungai", "sungei": "sungai"}
_ROMAN = {
    roman: str(number)
    for number, roman in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), 1)
}
_COUNTED = {
    word: str(number)
    for number, word in enumerate(("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"), 1)
}
_SIDES = {
    "utara", "selatan", "timur", "barat", "tengah", "laut", "darat", "hulu", "hilir", "atas", "bawah", "baru", "lama",
    "dalam", "luar", "besar", "kecil", "kulon", "wetan", "lor", "kidul", "tua", "muda", "gede", "cilik", "raya",
    "induk", "tonga", "julu", "jae", "girang", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan",
    "sembilan", "sepuluh",
}  # fmt: skip
"""Words that tell neighbours of one name apart: a place called otherwise by one of these is another place."""
_ABBREVIATED = {
    "kp": "kampung", "kmp": "kampung", "kpg": "kampung", "tj": "tanjung", "tg": "tanjung", "tjg": "tanjung",
    "ma": "muara", "mns": "meunasah", "lb": "lubuk", "tlk": "teluk", "tl": "teluk", "pd": "padang", "pdg": "padang",
    "bt": "batu", "rt": "rantau", "kep": "kepulauan", "pl": "pulau", "p": "pulau", "s": "sungai", "sg": "sungai",
    "ulu": "hulu", "ilir": "hilir", "gp": "gampong",
    "gg": "gunung", "gn": "gunung", "br": "baru", "slt": "selatan", "sel": "selatan",
    "utr": "utara", "tim": "timur", "tmr": "timur", "brt": "barat", "tgh": "tengah", "adm": "administrasi",
}  # fmt: skip
_WORD = re.compile(r"[a-z0-9]+")
_NOTE_SIGNS = re.compile(r"[¹²³⁰⁴-⁹]+\s*\)?\s*$")
_NOTE = re.compile(r"(?<=[a-z])\s*(?:\*+|\d{1,2})\)\s*$")
"""Signs of a footnote behind a name; a number in brackets, ``(1)``, is part of it."""
_APOSTROPHES = str.maketrans("", "", "'`´‘’ʼ\"")


@lru_cache(maxsize=200_000)
def normalise(name: str) -> str:
    """The name in lower-case a–z and 0–9 without its kind in front; roman numerals behind the first word are arabic.

    >>> normalise("Kel. Oro-oro Dowo II") == normalise("ORO ORO DOWO 2")
    True
    >>> normalise("Hilisalawa'ahe"), normalise("Desa"), normalise("M A N G G A")
    ('hilisalawaahe', 'desa', 'mangga')
    """
    return joined(words_of(name))


def joined(words: Iterable[str]) -> str:
    """The words as one, numbers that stand side by side kept apart: ``1. 1 Ulu`` is not ``11 Ulu``.

    >>> joined(("batu", "marta", "1")), joined(("1", "1", "ulu"))
    ('batumarta1', '1-1ulu')
    """
    text = ""
    for word in words:
        text += f"-{word}" if text[-1:].isdigit() and word[0].isdigit() else word
    return text


def words_of(name: str) -> tuple[str, ...]:
    """The words that ``normalise`` puts together.

    >>> words_of("Desa Batu Marta I"), words_of("Sei Kera Hilir II")
    (('batu', 'marta', '1'), ('sungai', 'kera', 'hilir', '2'))
    >>> words_of("Kasin ¹"), words_of("Kasin 1)"), words_of("Kasin (1)")
    (('kasin',), ('kasin',), ('kasin', '1'))
    """
    plain = name.translate(_APOSTROPHES).lower() if name.isascii() else _unaccented(name)
    if plain.rstrip()[-1:] == ")" and "(" not in plain:
        plain = _NOTE.sub("", plain)
    words = _spelled_out(_WORD.findall(plain))
    while len(words) > 1 and (words[0] in _PREFIXES or words[:2] == ["desa", "adat"]):
        words = words[1 + (words[:2] == ["desa", "adat"] and len(words) > 2) :]
    words = [words[0], *(_ROMAN.get(word, word) for word in words[1:])] if words else []
    return tuple(_WORDS.get(word, word) for word in words)


def telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """The parts that tell neighbours of one name apart: numbers, single letters, sides of the compass and the like.

    >>> telling(("sei", "sikambing", "c", "2")), telling(("medan", "timur"))
    (('2', 'c'), ('timur',))
    """
    found = [word for word in words[1:] if len(word) == 1 or word.isdigit() or word in _SIDES]
    tail = re.search(r"\d+$", words[0]) if words else None
    return tuple(sorted(found + ([tail[0]] if tail else [])))


def written_out(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words with their usual abbreviations written out, and numbers as figures.

    >>> written_out(("p", "panggang")), written_out(("kep", "seribu", "utr"))
    (('pulau', 'panggang'), ('kepulauan', 'seribu', 'utara'))
    """
    if len(words) < 2:
        return words
    longer = [_ABBREVIATED.get(word, word) for word in words]
    return (longer[0], *(_COUNTED.get(word, word) for word in longer[1:]))


def without_kind(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without one that may be the kind of village or part of its name: ``Gampong Baro``."""
    return words[1:] if len(words) > 1 and words[0] in _KINDS else words


def shortens(short: str, whole: str) -> bool:
    """Whether one word may be an abbreviation of the other.

    >>> shortens("utr", "utara"), shortens("s", "sari"), shortens("sari", "suci")
    (True, True, False)
    """
    if not 0 < len(short) <= 4 or len(short) >= len(whole) or short[0] != whole[0] or short.isdigit():
        return False
    rest = iter(whole)
    return all(sign in rest for sign in short)


def _spelled_out(words: list[str]) -> list[str]:
    """Three or more single letters in a row are one word that was s p a c e d."""
    if sum(len(word) == 1 for word in words) < 3:
        return words
    joined: list[str] = []
    run: list[str] = []
    for word in [*words, ""]:
        if len(word) == 1 and word.isalpha():
            run.append(word)
            continue
        joined.extend(["".join(run)] if len(run) > 2 else run)
        run = []
        if word:
            joined.append(word)
    return joined


def _unaccented(name: str) -> str:
    plain = unicodedata.normalize("NFKD", _NOTE_SIGNS.sub("", name)).translate(_APOSTROPHES).lower()
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
