"""Units as tables write them, and by what one is multiplied to become another: ``ha`` → ``km²`` is 0.01."""

import re
from typing import NamedTuple

COUNT, SHARE, ANY = "count", "share", "any"
_SIZES: dict[str, dict[str, float]] = {
    "area": {"km2": 1.0, "kmpersegi": 1.0, "ha": 0.01, "hektar": 0.01, "hektare": 0.01, "m2": 1e-6, "mpersegi": 1e-6},
    "length": {"km": 1.0, "kilometer": 1.0, "m": 0.001, "meter": 0.001},
    "mass": {"ton": 1.0, "kuintal": 0.1, "kwintal": 0.1, "ku": 0.1, "kw": 0.1, "kg": 0.001},
    "money": {"rp": 1.0, "rupiah": 1.0, "idr": 1.0},
    SHARE: {"%": 1.0, "persen": 1.0, "percent": 1.0, "‰": 0.1, "permil": 0.1},
}
_NOUNS = (
    "jiwa orang penduduk warga org people persons kk kepalakeluarga keluarga kepala ruta rumahtangga rumah unit buah "
    "bh desa kelurahan dusun rt rw usaha umkm kelompok sekolah murid siswa guru anak balita bayi pasangan kejadian "
    "kelahiran kematian kasus ekor titik lokasi households families"
)
_SIZES[COUNT] = dict.fromkeys(_NOUNS.split(), 1.0)
TIMES = {
    **dict.fromkeys(("ribu", "rb", "ribuan", "thousand", "thousands", "000"), 1e3),
    **dict.fromkeys(("juta", "jt", "jutaan", "million"), 1e6),
    **dict.fromkeys(("miliar", "milyar", "miliaran", "billion"), 1e9),
    **dict.fromkeys(("triliun", "trilyun"), 1e12),
}
"""Words that multiply; the letters M (miliar) and T (triliun) count only beside money."""
_KNOWN = {word: (kind, size) for kind, words in _SIZES.items() for word, size in words.items()}
_SIGNS = str.maketrans({"²": "2", "³": "3"})


class Unit(NamedTuple):
    """What is measured (a kind, or two for one per another) and how much of it one is."""

    kind: str
    size: float


def read_unit(text: str) -> Unit | None:
    """The unit a text names, None if it names none that is known.

    >>> read_unit("Ha"), read_unit("JIWA/KM2"), read_unit("juta rupiah"), read_unit("luas")
    (Unit(kind='area', size=0.01), Unit(kind='count/area', size=1.0), Unit(kind='money', size=1000000.0), None)
    >>> [read_unit(text).size for text in ("Rp.000", "x Rp 1.000.000", "000 jiwa", "ribu")]
    [1000.0, 1000000.0, 1000.0, 1000.0]
    """
    plain = re.sub(r"\s+per\s+", "/", text.strip().lower().translate(_SIGNS)).strip(" .()[]")
    over, slash, under = plain.partition("/")
    first = _single(over)
    if not slash or first is None:
        return first
    second = _single(under)
    return Unit(f"{first.kind}/{second.kind}", first.size / second.size) if second else None


def _single(text: str) -> Unit | None:
    bare = re.sub(r"(?<![\d.,])1(?=(?:[.,]000)+(?!\d))", "", re.sub(r"[x×] ", "", text))
    words = re.sub(r"(?<=[a-z])(?=\d{3})", " ", re.sub(r"[.,]", " ", bare)).split()
    times = 1.0
    for word in (each for each in words if each in TIMES):
        times *= TIMES[word]
    words = [each for each in words if each not in TIMES]
    if not words:
        return Unit(ANY, times) if times != 1.0 else None
    known = _KNOWN.get("".join(words))
    return Unit(known[0], known[1] * times) if known else None


def factor(written: Unit | None, wanted: Unit | None) -> float | None:
    """By what figures in ``written`` are multiplied to be in ``wanted``; None if they measure different things.

    What is not known is taken as it is.

    >>> factor(read_unit("ha"), read_unit("km²")), factor(read_unit("jiwa"), read_unit("km²"))
    (0.01, None)
    >>> factor(read_unit("ribuan"), read_unit("jiwa"))
    1000.0
    """
    if written is None or wanted is None:
        return 1.0
    if written.kind == ANY:
        return written.size
    return written.size / wanted.size if written.kind == wanted.kind else None
