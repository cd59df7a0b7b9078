"""Tables of persons, recognised by header and contents and refused before anything is kept; no value is repeated."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from geoapp.domain.code_column import clean
from geoapp.errors import Refused
from geoapp.releases.table import Row, plain, text_of

_NIK = re.compile(
    r"(1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-6])\d{4}"
    r"(0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])(0[1-9]|1[0-2])\d{2}(?!0000)\d{4}"
)
_PHONE = re.compile(r"(\+?62|0)8\d{7,11}")
_LONG = re.compile(r"\d{15,16}|\d[.,]\d+[eE]\+15")
_LONG_ENOUGH = re.compile(r"\d[\d\s.\-]{8}")
_DAY = re.compile(r"\d{1,4}[-/. ](\d{1,2}|[A-Za-z]+)[-/. ]\d{2,4}.*")
_NUMBERED = frozenset(
    (
        "nik",
        "no_nik",
        "nomor_nik",
        "no_kk",
        "nokk",
        "nomor_kk",
        "nomor_kartu_keluarga",
        "no_kartu_keluarga",
        "ayah_nik",
        "ibu_nik",
    )
)
_REACHED = frozenset(
    (
        "no_hp",
        "nohp",
        "nomor_hp",
        "hp",
        "telp",
        "no_telp",
        "telepon",
        "no_telepon",
        "nomor_telepon",
        "wa",
        "no_wa",
        "whatsapp",
        "handphone",
    )
)
_BORN = frozenset(
    (
        "tgl_lahir",
        "tanggal_lahir",
        "tanggallahir",
        "tgllahir",
        "ttl",
        "tempat_tanggal_lahir",
        "birth_date",
        "date_of_birth",
    )
)
_STRONG = frozenset(
    ("email", "no_rek", "no_rekening", "npwp", "no_bpjs", "nisn", "no_akta", "tempat_lahir", "tempatlahir")
)
_WEAK = frozenset(
    (
        "nama",
        "nama_lengkap",
        "nama_krt",
        "nama_kepala_keluarga",
        "kepala_keluarga",
        "nama_kk",
        "nama_ayah",
        "nama_ibu",
        "nama_anak",
        "nama_penerima",
        "nama_warga",
        "nama_penduduk",
        "alamat",
        "alamat_lengkap",
        "no_rumah",
        "foto",
        "name",
        "full_name",
    )
)
_HITS = 5
_SHARE = 0.2


class _Column(NamedTuple):
    title: str
    strength: int
    """0 says nothing; 1 identifies beside another; 2 identifies strongly; 3 is enough alone."""
    hits: int


def refuse_persons(file: str, rows: Sequence[Row]) -> None:
    """Refuse a sheet whose rows are persons.

    A column of NIK or family card numbers, phones, birth dates and their like, by header or by contents, counts
    together with another identifying column; numbers under a header that says so, or a column full of NIK under any
    header, are enough alone.

    Raises
    ------
    Refused
        ``error.persons`` with the columns and the count of cells that hit, never a value.
    """
    width = max((len(row.cells) for row in rows[:1000]), default=0)
    columns = [column for index in range(width) if (column := _judged(rows, index)).strength]
    strongest = max((column.strength for column in columns), default=0)
    if strongest == 3 or (strongest == 2 and len(columns) > 1):
        raise Refused(
            "error.persons",
            file=file,
            columns=", ".join(column.title for column in columns),
            n=max(column.hits for column in columns),
        )


def _judged(rows: Sequence[Row], index: int) -> _Column:
    cells = [row.cells[index] if index < len(row.cells) else None for row in rows]
    at, header = next(
        ((n, plain(text_of(cell))) for n, cell in enumerate(cells[:60]) if plain(text_of(cell)) in _ALL), (-1, "")
    )
    below = (cell for cell in cells[at + 1 :] if cell is not None and cell != "")
    filled = [clean(cell) if header or _LONG_ENOUGH.search(str(cell)) else "-" for cell in below]
    title = text_of(cells[at]) if header else f"#{index + 1}"
    niks = sum(bool(_NIK.fullmatch(cell)) for cell in filled)
    phones = sum(bool(_PHONE.fullmatch(cell)) for cell in filled)
    many = max(_HITS, 0) if len(filled) > _HITS / _SHARE else _SHARE * len(filled)
    if header in _NUMBERED:
        long = sum(bool(_LONG.fullmatch(cell)) for cell in filled)
        return _Column(title, 3 if long else 2, max(niks, long) or len(filled)) if filled else _Column(title, 0, 0)
    if header:
        form = _FORMS.get(header, bool)
        hits = sum(bool(form(cell)) for cell in filled)
        strength = 1 if header in _WEAK else 2
        return _Column(title, strength if hits else 0, hits)
    for hits in (niks, phones):
        if hits and hits >= many and hits >= min(2, len(filled)):
            return _Column(title, 3 if hits == niks >= _HITS and not _of_one_year(filled) else 2, hits)
    return _Column(title, 0, 0)


def _of_one_year(cells: Sequence[str]) -> bool:
    """Whether all that look like a NIK are of the birth year 00: then they are codes of blocks below the village."""
    return {cell[10:12] for cell in cells if _NIK.fullmatch(cell)} == {"00"}


def _is_text(cell: str) -> bool:
    return bool(re.search(r"[^\W\d_]{2}", cell))


_ALL = _NUMBERED | _REACHED | _BORN | _STRONG | _WEAK
_FORMS: dict[str, Callable[[str], object]] = {
    **dict.fromkeys(_WEAK - {"no_rumah", "foto"}, _is_text),
    **dict.fromkeys(_REACHED, lambda cell: len(re.sub(r"\D", "", cell)) >= 8),
    **dict.fromkeys(_BORN, _DAY.search),
}
