"""Which columns of a table say where: by the words of their headers, from the province down to the neighbourhood."""

import re

from geoapp.domain.levels import Level
from geoapp.releases.reading.table import plain

_LEVELS = (
    (Level.PROVINCE, "provinsi prov propinsi province"),
    (Level.REGENCY, "kabupaten kab kota kabkota kabkot regency municipality city"),
    (Level.DISTRICT, "kecamatan kec distrik kapanewon kemantren district subdistrict"),
    (
        Level.VILLAGE,
        "desa kelurahan kel ds deskel gampong gampoeng nagari kampung pekon lembang negeri kalurahan village",
    ),
)
_LEVEL_OF = {word: level for level, words in _LEVELS for word in words.split()}
_SHORT = {
    "prov": Level.PROVINCE,
    "kab": Level.REGENCY,
    "kec": Level.DISTRICT,
    "desa": Level.VILLAGE,
    "kel": Level.VILLAGE,
}
_SMALL = {"rw", "rt", "dusun", "lingkungan", "banjar", "jorong", "sls"}
_GENERAL = {"nama", "name", "wilayah", "daerah", "region", "area", "lokasi", "no", "nomor", "nomer", "urut"}
_NOT_PLACES = {
    "jumlah",
    "jml",
    "banyak",
    "banyaknya",
    "total",
    "luas",
    "kepadatan",
    "penduduk",
    "jarak",
    "tipe",
    "jenis",
}
_UPPER = re.compile(r"\s*(?:kecamatan|distrik|kabupaten|provinsi|kec|kab|prov)\b\.?\s*[^\W_]", re.IGNORECASE)
_GLUED = re.compile(r"(?:kode|kd|id|nama|nm|nama_?)(prov|kab|kec|desa|kel)")


def level_of(header: str) -> Level | None:
    """The finest level that a header names: ``Desa/Kelurahan`` and ``kddesa`` the village, ``Jumlah Desa`` none.

    >>> level_of("bps_kode_kabupaten_kota").name, level_of("NAMA_KEC").name, level_of("Jumlah Desa")
    ('REGENCY', 'DISTRICT', None)
    """
    words = plain(header).split("_")
    if _NOT_PLACES & set(words):
        return None
    found = [_LEVEL_OF[word] for word in words if word in _LEVEL_OF]
    found += [_SHORT[match[1]] for word in words if (match := _GLUED.match(word))]
    return max(found, default=None)


def names_upper_place(text: str) -> bool:
    """Whether a cell names a region above the village by its kind: ``Kecamatan Blimbing``, ``Kec. Klojen``."""
    return bool(_UPPER.match(text))


def says_place(header: str) -> bool:
    """Whether a column of this name says where a row is, or counts the rows."""
    words = set(plain(header).split("_"))
    return level_of(header) is not None or bool((_SMALL | _GENERAL) & words and not _NOT_PLACES & words)
