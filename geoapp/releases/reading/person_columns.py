"""What one column tells of persons, by its contents first and by its header where that says more."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from geoapp.releases.reading.table import plain, text_of

ENOUGH = 5
"""So many cells that hit make a column one of persons, or …"""
SHARE = 0.2
"""… this share of its filled cells."""
_HEADER_WITHIN = 60
_HEADER_WORDS = 6


class Kind(StrEnum):
    """What a column holds of a person; ``NUMBER`` is the NIK or the family card, ``BARE`` a name of who knows what."""

    NUMBER = "number"
    NAME = "name"
    BARE = "bare"
    BORN = "born"
    DAY = "day"
    ACCOUNT = "account"
    CONTACT = "contact"
    ADDRESS = "address"
    PLACE = "place"


class PersonColumn(NamedTuple):
    """A column that tells of persons: ``hits`` cells do; ``certain`` is enough alone to refuse the table.

    ``title`` is the header where a word of it was known, else the column's number: a cell of a person never shows.
    """

    column: int
    title: str
    kind: Kind
    hits: int
    certain: bool = False


_PROVINCE = r"(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])"
_NIK = re.compile(rf"{_PROVINCE}\d{{4}}(?:0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])(?:0[1-9]|1[0-2])\d{{6}}")
_SIXTEEN = re.compile(r"(?<!\d)\d(?:[ .\-\u00a0]?\d){15}(?!\d)(?:\.0+(?!\d))?")
_SHORTENED = re.compile(r"[1-9][.,]\d{1,15}[eE]\+?15")
_PHONE = re.compile(r"(?:\+?62|0)8\d{7,11}(?:\.0)?")
_DECIMAL = re.compile(r"\s*-?\d+\.\d+\s*")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
_TAX = re.compile(r"\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}")
_DAY = re.compile(
    r"(?<![\d.])(?:0?[1-9]|[12]\d|3[01])[-/. ](?:0?[1-9]|1[0-2]|[A-Za-z]{3,9})[-/. ](?:19|20)\d\d\b"
    r"|(?<![\d.])(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])\b"
)
_STREET = re.compile(r"\b(?:jl|jln|jalan|gg|gang|perum|perumahan|komplek|kompleks)\b\.?\s*\w", re.IGNORECASE)
_TELLING = re.compile(r"\d[\d\s.\-\u00a0]{7}|[eE]\+?15|@|\b(?:jl|gg|gang|perum|kompl)|jalan|jln", re.IGNORECASE)
_SPACES = re.compile(r"[\s.\-\u00a0()'\"=`’]+")

_COUNTED = {"jumlah", "jml", "jlh", "banyaknya", "total", "persen", "persentase", "rata", "rasio", "wajib", "punya"}
"""Words that say that a column counts: then it identifies nobody."""
OF_REGIONS = {
    *("desa", "kelurahan", "kel", "kecamatan", "kec", "kabupaten", "kab", "kota", "provinsi", "prov", "wilayah"),
    *("gampong", "nagari", "kampung", "dusun", "lingkungan", "rw", "rt", "pekon", "distrik", "daerah", "ibukota"),
}
"""Words that say that a name is a region's."""
_PERSON = {
    *("lengkap", "krt", "kk", "penerima", "warga", "penduduk", "pasien", "siswa", "murid", "balita", "bayi", "anak"),
    *("ibu", "ayah", "bapak", "suami", "istri", "orangtua", "ortu", "responden", "pemilik", "pemohon", "peserta"),
    *("individu", "orang", "anggota", "alias", "panggilan", "fullname", "full", "first", "last", "korban", "lansia"),
}
_NOBODY_KNOWS = {"nama", "name", "no", "penerima", "warga", "krt", "pasien", "siswa", "peserta", "responden", "balita"}
"""Headers of these words alone may stand over persons, over regions, or over yes and no."""
_WORDS: Mapping[Kind, frozenset[str]] = {
    Kind.NUMBER: frozenset(("nik", "nokk", "noktp", "niks")),
    Kind.BORN: frozenset(("tgllahir", "tanggallahir", "tempatlahir", "ttl", "dob", "birthdate", "birthday")),
    Kind.ACCOUNT: frozenset(
        ("npwp", "nisn", "nip", "bpjs", "rekening", "rek", "norek", "norekening", "akta", "paspor", "passport", "kis")
    ),
    Kind.CONTACT: frozenset(
        (
            *("hp", "nohp", "telp", "notelp", "telepon", "telpon", "tlp", "wa", "nowa", "whatsapp", "handphone"),
            *("ponsel", "phone", "mobile", "email", "surel"),
        )
    ),
    Kind.ADDRESS: frozenset(("alamat", "address")),
    Kind.PLACE: frozenset(
        ("lat", "latitude", "lintang", "lon", "lng", "longitude", "bujur", "koordinat", "foto", "photo")
    ),
}
_PAIRS: tuple[tuple[Kind, frozenset[str], frozenset[str]], ...] = (
    (Kind.NUMBER, frozenset(("no", "nomor", "nomer", "number")), frozenset(("kk", "ktp", "kartu"))),
    (Kind.BORN, frozenset(("tgl", "tanggal", "tempat", "tmp", "date", "place")), frozenset(("lahir", "birth"))),
    (Kind.CONTACT, frozenset(("e",)), frozenset(("mail",))),
    (Kind.ADDRESS, frozenset(("no", "nomor")), frozenset(("rumah",))),
    (Kind.NAME, frozenset(("kepala",)), frozenset(("keluarga", "kk", "rumah", "ruta"))),
    (Kind.NAME, frozenset(("nama", "name")), frozenset(_PERSON)),
)


def person_columns(columns: Iterable[tuple[int, Sequence[object]]]) -> list[PersonColumn]:
    """The columns that tell of persons; each is given with its number and all its cells, its header among them."""
    judged = (judge(index, cells) for index, cells in columns)
    return [column for column in judged if column is not None]


def judge(index: int, cells: Sequence[object]) -> PersonColumn | None:
    """What a column tells of persons, or None; a header is looked for among its first cells."""
    at, said = _header(cells)
    below = [cell for cell in cells[at + 1 :] if cell is not None and cell != "" and cell == cell]
    if not below:
        return None
    title = text_of(cells[at]) if said else f"#{index + 1}"
    forms = _forms(Counter(below))
    if said is Kind.NUMBER and forms.long:
        return PersonColumn(index, title, Kind.NUMBER, forms.long, certain=True)
    named = text_of(cells[at]) if at >= 0 else ""
    if forms.numbers >= min(2, len(below)) and _many(forms.numbers, below) and not _lists_blocks(forms, named):
        return PersonColumn(index, title, Kind.NUMBER, forms.numbers, certain=forms.numbers > 1)
    if said is not None:
        hits = _hits(said, below)
        return PersonColumn(index, title, said, hits) if _many(hits, below) else None
    kind, hits = max(forms.others.items(), key=lambda each: each[1], default=(Kind.DAY, 0))
    loose = kind in (Kind.DAY, Kind.ADDRESS)  # a few villages are called after a road, a few notes hold a date
    fair = hits >= SHARE * len(below) if loose else _many(hits, below)
    return PersonColumn(index, title, kind, hits) if hits > 1 and fair else None


def header_kind(header: str) -> Kind | None:
    """What a header says of persons; None for what counts them, for names of regions and for all else.

    >>> header_kind("No. KK"), header_kind("Jumlah KK"), header_kind("nama_penerima"), header_kind("Nama Desa")
    (<Kind.NUMBER: 'number'>, None, <Kind.NAME: 'name'>, None)
    """
    words = set(plain(header).split("_"))
    if len(words) > _HEADER_WORDS or words & _COUNTED:
        return None
    for kind, alone in _WORDS.items():
        if words & alone:
            return kind
    for kind, first, second in _PAIRS:
        if words & first and words & second and not (kind is Kind.NAME and words & OF_REGIONS):
            return kind
    return Kind.BARE if words <= _NOBODY_KNOWS and words - {"no"} else None


def _header(cells: Sequence[object]) -> tuple[int, Kind | None]:
    """Where a column's header stands and what it says; -1 and None if no cell at the top says anything."""
    for at, cell in enumerate(cells[:_HEADER_WITHIN]):
        if isinstance(cell, str) and len(cell) < 60 and (kind := header_kind(cell)) is not None:
            return at, kind
    return -1, None


class _Forms(NamedTuple):
    """Cells by their form: NIK and family cards, all numbers of 16 digits, and the other kinds that show by content."""

    numbers: int
    long: int
    sixteen: Sequence[str]
    others: Mapping[Kind, int]


def _forms(below: Mapping[object, int]) -> _Forms:
    """Every different cell is looked at once, with how often it stands there: a long table repeats most of its own."""
    texts = ((cell, n) for cell, n in below.items() if isinstance(cell, str) and len(cell) > 7)
    large = ((cell, n) for cell, n in below.items() if isinstance(cell, int | float) and 1e10 <= cell < 1e16)
    told = [(text, n) for text, n in texts if not _is_code(text) and _TELLING.search(text)]
    told += [(str(int(cell)), n) for cell, n in large if cell == int(cell)]
    numbers = long = 0
    sixteen: list[str] = []
    others: Counter[Kind] = Counter({Kind.DAY: sum(n for cell, n in below.items() if isinstance(cell, date))})
    for text, n in told:
        digits = _sixteen(text)
        shortened = bool(_SHORTENED.search(text))
        if digits or shortened:
            long += n
            numbers += n * (shortened or bool(_NIK.fullmatch(digits)))
            sixteen.extend([digits] * n if digits else [])
        elif (kind := _other_form(text)) is not None:
            others[kind] += n
    if long and numbers < long / 2:
        numbers = 0
    return _Forms(numbers, long, sixteen, {kind: n for kind, n in others.items() if n})


def _is_code(text: str) -> bool:
    """Whether a cell is plainly a village's code and no telephone number: most long cells of a table are."""
    return len(text) <= 10 and text.isdigit() and not text.startswith(("08", "628"))


def _sixteen(text: str) -> str:
    """The number of 16 digits in a cell, whatever stands between or around them; empty if there is none."""
    found = _SIXTEEN.search(text)
    if found is None:
        return ""
    whole = re.sub(r"\.0+$", "", found.group()) if found.group().count(".") == 1 else found.group()
    digits = re.sub(r"\D", "", whole)
    decimal = whole.count(".") == 1 and not re.search(r"[ \-\u00a0]", whole)
    return "" if decimal or len(digits) != 16 else digits


def _other_form(text: str) -> Kind | None:
    if "@" in text:
        return Kind.CONTACT if _MAIL.search(text) else None
    if _PHONE.fullmatch(_SPACES.sub("", text)) and not _DECIMAL.fullmatch(text):
        return Kind.CONTACT
    if _TAX.fullmatch(text.strip()):
        return Kind.ACCOUNT
    if _DAY.search(text):
        return Kind.DAY
    return Kind.ADDRESS if _STREET.search(text) else None


def _lists_blocks(forms: _Forms, header: str) -> bool:
    """Whether 16 digits are codes of blocks below the village (sub-SLS), or codes that lost their digits.

    Such a code is two digits of province and regency each, three of district and village each, four of the block and
    two of its part. Where a NIK has the day, month and year of birth it has: the district's last digit and a 0 (no
    district has a hundred villages), the village, and 00 (no village has a hundred blocks). No list of persons born on
    many days looks so; and each code stands there once.
    """
    if not forms.sixteen:  # only shortened ones: codes lose their digits as the NIK does
        return bool({"kode", "kd", "id", "idsls", "idsubsls", "sls"} & set(plain(header).split("_")))
    like = sum(code[7] == "0" and code[10:12] == "00" for code in forms.sixteen)
    return like >= 0.95 * len(forms.sixteen) and len(set(forms.sixteen)) == len(forms.sixteen)


def _many(hits: int, below: Sequence[object]) -> bool:
    return hits > 0 and (hits >= ENOUGH or hits >= SHARE * len(below))


def _hits(kind: Kind, below: Sequence[object]) -> int:
    """How many cells hold what the header says; a column of counts under the same word holds none."""
    return sum(map(_HOLDS[kind], map(text_of, below)))


def _digits(least: int) -> Callable[[str], bool]:
    return lambda cell: sum(map(str.isdigit, cell)) >= least


def _letters(cell: str) -> bool:
    return sum(map(str.isalpha, cell)) >= 2


_HOLDS: Mapping[Kind, Callable[[str], bool]] = {
    Kind.NUMBER: lambda cell: len(cell) >= 8,
    Kind.NAME: _letters,
    Kind.BARE: _letters,
    Kind.BORN: lambda cell: bool(_DAY.search(cell)) or _letters(cell) or cell[:5].isdigit(),
    Kind.DAY: lambda cell: bool(_DAY.search(cell)),
    Kind.ACCOUNT: _digits(8),
    Kind.CONTACT: lambda cell: "@" in cell or _digits(8)(cell),
    Kind.ADDRESS: bool,
    Kind.PLACE: bool,
}
