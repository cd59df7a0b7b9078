"""Names of places made comparable; for matching only, a reader always sees the official spelling."""

import re
import unicodedata

_PREFIXES = {"desa", "ds", "kelurahan", "kel", "kecamatan", "kec"}
_WORDS = {"sei": "sungai", "sungei": "sungai", "kp": "kampung", "kmp": "kampung", "tj": "tanjung", "tlk": "teluk"}
_ROMAN = {
    roman: str(number)
    for number, roman in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), 1)
}
_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHES = str.maketrans("", "", "'`´‘’ʼ")


def normalise(name: str) -> str:
    """The name in lower-case a–z and 0–9 without its kind in front; a roman numeral at the end becomes arabic.

    >>> normalise("Kel. Oro-oro Dowo II") == normalise("ORO ORO DOWO 2")
    True
    >>> normalise("Hilisalawa'ahe"), normalise("Desa")
    ('hilisalawaahe', 'desa')
    """
    plain = name.translate(_APOSTROPHES).lower() if name.isascii() else _unaccented(name)
    words = _WORD.findall(plain)
    if len(words) > 1 and words[0] in _PREFIXES:
        words = words[1:]
    if len(words) > 1:
        words[-1] = _ROMAN.get(words[-1], words[-1])
    return "".join(_WORDS.get(word, word) for word in words)


def _unaccented(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).translate(_APOSTROPHES).lower()
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
