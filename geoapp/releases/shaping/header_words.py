"""The words of a header: a code, a level, a sex, a number of a questionnaire, or a name for nothing that is counted."""

import re
from functools import cache

from geoapp.domain.levels import Level

_LEVELS = {
    Level.PROVINCE: "prov provinsi propinsi prop province",
    Level.REGENCY: "kab kabupaten kota kabkot kabkota kotamadya regency municipality",
    Level.DISTRICT: "kec kecamatan district distrik subdistrict kapanewon kemantren kcmt",
    Level.VILLAGE: "desa kel kelurahan village gampong nagari pekon lembang negeri kalurahan desakel keldesa kampung "
    "kepenghuluan ohoi deskel",
    Level.HAMLET: "dusun lingkungan banjar jorong dukuh padukuhan pedukuhan hamlet",
    Level.RW: "rw",
    Level.RT: "rt",
}
LEVEL_WORDS = {word: level for level, words in _LEVELS.items() for word in words.split()}
CODE_WORDS = frozenset(("kode", "kd", "code", "pcode", "id", "kodewilayah", "kdwilayah"))
NAME_WORDS = frozenset(("nama", "nm", "name", "wilayah", "daerah", "lokasi"))
_COMPOUND = re.compile(
    r"(kode|kd|id|nama|nm|no|code|name)(" + "|".join(sorted(LEVEL_WORDS, key=len, reverse=True)) + r"|wilayah)"
)
_UNCOUNTED = """
no nomor no_urut nomor_urut nourut urut id objectid object_id fid gid ogc_fid index unnamed_0 lat latitude lintang lon
lng long longitude bujur x y koordinat titik_koordinat kode_pos kodepos zip telepon telp hp shape_area shape_leng
shape_length keterangan ket catatan sumber url link foto geom geometry tahun_berdiri tahun_pembentukan
"""
_NO_FIGURES = frozenset(_UNCOUNTED.split())
_QUESTION = re.compile(r"(?:b\d{1,2})?[rpqv]\d{2,4}[a-z]*\d*[a-z]*\d*")
_YEAR_ALONE = re.compile(r"[a-z](?:19|20)\d\d")


def plain(header: str) -> str:
    """A header made comparable: ``Kode Desa`` = ``KODE_DESA``."""
    return "_".join(re.findall(r"[a-z0-9]+", header.lower()))


@cache
def words_of(header: str) -> tuple[str, ...]:
    """The words of a header, also those written as one.

    >>> words_of("kdkec"), words_of("KODE DESA")
    (('kd', 'kec'), ('kode', 'desa'))
    """
    words: list[str] = []
    for word in plain(header).split("_"):
        found = _COMPOUND.fullmatch(word)
        words.extend(found.groups() if found else [word])
    return tuple(words)


def level_in(header: str) -> Level | None:
    """The finest level that a header names, None if it names none."""
    return max((LEVEL_WORDS[word] for word in words_of(header) if word in LEVEL_WORDS), default=None)


def says_code(header: str) -> bool:
    """Whether a header says that its column holds codes."""
    return bool(CODE_WORDS & set(words_of(header)))


def is_question_number(header: str) -> bool:
    """Whether a header is a number of a questionnaire, such as ``R502A`` or ``B4R401``, whose cells are answers."""
    text = plain(header).replace("_", "")
    return bool(_QUESTION.fullmatch(text)) and not _YEAR_ALONE.fullmatch(text)


def counts_nothing(header: str) -> bool:
    """Whether a header names row numbers, ids, places on the globe, remarks: nothing a statistic is made of."""
    text = plain(header)
    return not text or text in _NO_FIGURES or text.removesuffix("_2") in _NO_FIGURES
