"""Periods as tables write them: ``Semester I 2024``, ``30 April 2020``, ``2009r``, ``IKS 2021``, ``t_2020sm1``."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from geoapp.domain.observations import Mark
from geoapp.domain.periods import Granularity, Period

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february pebruari feb peb",
            "maret march mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu agt ags aug agst",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        1,
    )
    for name in names.split()
}
_MARKS = {"r": Mark.REVISED, "*": Mark.PROVISIONAL, "x": Mark.PROVISIONAL, "e": Mark.ESTIMATED}
_PARTS = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_NAME = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"
_YEAR = r"(?P<year>(?<!\d)(?:19|20)\d\d(?!\d))"
_PART = r"(?P<part>[1-4]|iv|i{1,3})(?![a-z\d])"
_HALF = rf"(?<![a-z])(?:semester|smst|smt|sem|sm|s)[\s._-]*{_PART}"
_QUARTER = rf"(?<![a-z])(?:triwulan|trw|tw|q)[\s._-]*{_PART}"
_AND = r"[\s_,/.-]*(?:tahun|thn|th)?[\s_.]*"
_FORMS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("day", rf"{_YEAR}[-_.](?P<month>\d\d)[-_.](?P<day>\d\d)(?!\d)"),
        ("day", r"(?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"),
        (
            "day",
            rf"(?<!\d)(?P<day>\d{{1,2}})[\s/._-]+(?P<month>\d{{1,2}}|{_NAME})[\s/._-]+(?:(?:tahun|thn|th)[\s_.]+)?{_YEAR}",
        ),
        ("half", rf"{_YEAR}[\s_-]*{_HALF.replace('(?<![a-z])', '', 1)}"),
        ("half", rf"{_HALF}{_AND}{_YEAR}"),
        ("quarter", rf"{_YEAR}[\s_-]*{_QUARTER.replace('(?<![a-z])', '', 1)}"),
        ("quarter", rf"{_QUARTER}{_AND}{_YEAR}"),
        ("month", rf"{_YEAR}[-_.](?P<month>0[1-9]|1[0-2])(?!\d)"),
        ("month", rf"(?<![a-z])(?P<month>{_NAME})[\s_.,'/-]*(?:(?:tahun|thn|th)[\s_.]*)?{_YEAR}"),
        ("month", rf"{_YEAR}[\s_-]+(?P<month>{_NAME})(?![a-z])"),
        ("school", rf"{_YEAR}\s*/\s*(?P<next>(?:19|20)\d\d)(?!\d)"),
        ("year", rf"(?<!\d\.){_YEAR}"),
    )
)
_SCHOOL_CELL = re.compile(r"(?P<year>(?:19|20)\d\d)\s*[/-]\s*(?P<next>(?:19|20)\d\d)")
_MARK_BEHIND = re.compile(r"\s?(?P<mark>\*+|xx?|r|e)\)?(?![a-z\d])|[\u00b9\u00b2\u00b3\u2070-\u2079]+\)?| [1-9]\)")
_LAW = re.compile(r"\b(?:nomor|no\.?)\s*[\w./-]+\s+tahun\s+(?:19|20)\d\d")
_PRINTED = re.compile(
    r"\b(?:(?:tanggal|tgl\.?|waktu)\s+(?:di)?(?:cetak|unduh|akses)|dicetak|diunduh|diakses|printed|downloaded|accessed|"
    r"last updated?|update terakhir|terakhir diperbarui)\b.*$"
)
"""When a file was printed or fetched is not the time its figures are of."""
_BEFORE = re.compile(r"(?:(?<![a-z])(?:tahun(?: ajaran| pelajaran)?|thn|th|per|pada|posisi|keadaan)[\s_.:]*)+$")
_BEHIND = f"(?:{_HALF}|{_QUARTER})".replace("?P<part>", "?:")
_SHORT_YEAR = re.compile(rf"(?P<stem>.*[^\d\s_-])[\s_-]*'?(?P<short>\d\d)(?P<rest>[\s_-]*{_BEHIND}?)")


_SPAN = re.compile(
    rf"(?<![a-z])(?P<first>{_NAME})\s*(?:-|–|s\.?\s?/?\s?d\.?|sampai(?:\s+dengan)?|hingga|to)\s*"
    rf"(?P<last>{_NAME})[\s_.,'/-]*(?:(?:tahun|thn|th)[\s_.]*)?{_YEAR}"
)
"""Several months of one year: ``Januari s.d. Maret 2024``."""


class PeriodRead(NamedTuple):
    """A period with the mark beside it, such as ``2010*``."""

    period: Period
    marks: frozenset[Mark]


class _Found(NamedTuple):
    read: PeriodRead
    start: int
    end: int


def read_period(raw: object, half: object = None, kind: str = "half") -> PeriodRead | None:
    """The period a cell names, None if it names none.

    ``half`` is the part of the year from a column of its own; ``kind`` says what a bare number there is: ``half``,
    ``quarter`` or ``month``.

    >>> read_period("Semester II 2024").period.text, read_period(2019.0).period.text, read_period("2009r").period.text
    ('2024-S2', '2019', '2009')
    """
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = " ".join(str("" if raw is None else raw).lower().split())
    text = re.sub(r"^(\d{4})\.0+$", r"\1", text)
    text = re.sub(r"^(\d{4}-\d\d-\d\d)[t ]\d\d:\d\d:\d\d(\.\d+)?$", r"\1", text)
    text = re.sub(r"^(?:(?:tahun|thn|th|per|pada)[\s.]+)+", "", text)
    school = _SCHOOL_CELL.fullmatch(text)
    if school:
        return _made(f"{school['year']}-{school['next']}", frozenset())
    if re.fullmatch(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])", text):
        return _made(f"{text[:4]}-{text[4:]}", frozenset())
    found = _all(text)
    if len(found) != 1 or found[0].start or found[0].end != len(text):
        return None
    read = found[0].read
    part = _part(half, kind)
    if part and read.period.granularity is Granularity.YEAR:
        return _made(f"{read.period.text}-{part}", read.marks)
    return read


def find_periods(text: str) -> tuple[PeriodRead, ...]:
    """Every period that a title or the name of a file or sheet names, the finest reading of each.

    >>> [each.period.text for each in find_periods("Data Corona (30 April 2020 Pukul 09.00)")]
    ['2020-04-30']
    >>> [each.period.text for each in find_periods("Jumlah keluarga, 2008–2010")]
    ['2008', '2010']
    >>> find_periods("Dicetak pada 05/03/2024")
    ()
    """
    said = _PRINTED.sub("", _LAW.sub("", " ".join(text.lower().split())))
    return tuple(each.read for each in _all(_SPAN.sub(_spanned, said)))


def _spanned(found: re.Match[str]) -> str:
    """Months of one year as the quarter, half or year they are; others as the two they are said to be."""
    first, last, year = _MONTHS[found["first"]], _MONTHS[found["last"]], found["year"]
    months = last - first + 1
    if months == 12:
        return year
    if months == 6 and first in (1, 7):
        return f"semester {1 + first // 7} {year}"
    if months == 3 and first % 3 == 1:
        return f"triwulan {1 + first // 3} {year}"
    return f"{found['first']} {year}, {found['last']} {year}"


def split_header(header: str) -> tuple[str, PeriodRead | None]:
    """A column's header as stem and period; no period, or more than one: no change.

    >>> split_header("NILAI IDM 2024")[0], split_header("t_2020sm1")[1].period.text, split_header("luas_wil")
    ('NILAI IDM', '2020-S1', ('luas_wil', None))
    >>> split_header("2020 (SP2020)")[0], split_header("2020 (SP2020)")[1].period.text
    ('', '2020')
    """
    text = " ".join(header.split())
    found = _all(text.lower())
    if len({each.read.period for each in found}) != 1:
        return text, None
    for again in reversed(found[1:]):
        # the same once more, such as "2020 (SP2020)"
        ahead = re.sub(r"[^\W\d_]*$", "", text[: again.start]).rstrip(" _-,(/")
        text = f"{ahead} {text[again.end :].lstrip(' _-,)/')}"
    before = _BEFORE.sub("", text[: found[0].start].lower())
    stem = f"{text[: len(before)].rstrip(' _-,(/')} {text[found[0].end :].lstrip(' _-,)/')}"
    return stem.strip(" _-,("), found[0].read


def split_short_year(header: str, years: Iterable[int]) -> tuple[str, PeriodRead | None]:
    """A header ending in two digits, read as a year where a neighbour writes that year in full.

    >>> split_short_year("laki_19", [2019])[1].period.text, split_short_year("usia_65", [2019])
    ('2019', ('usia_65', None))
    """
    text = " ".join(header.split())
    found = _SHORT_YEAR.fullmatch(text.lower())
    proven = {str(year)[2:]: str(year) for year in years}
    if not found or found["short"] not in proven:
        return text, None
    return text[: len(found["stem"])].rstrip(" _-"), read_period(proven[found["short"]] + found["rest"].strip())


def month_of(text: str) -> int | None:
    """The month a text names, None if it is no month's name."""
    return _MONTHS.get(text.strip(" .").lower())


def names_a_day(text: str) -> bool:
    """Whether a text is a date or a time of the day, not a figure."""
    lower = text.lower()
    if re.fullmatch(r"\d{1,2}:\d\d(:\d\d)?(\.\d+)?( ?(wib|wita|wit|am|pm))?", lower):
        return True
    if re.fullmatch(rf"\d{{1,2}}[\s-]+{_NAME}([\s-]+\d{{2,4}})?|{_NAME}[\s-]+\d{{2,4}}", lower):
        return True
    read = read_period(lower)
    return read is not None and read.period.granularity in (Granularity.DAY, Granularity.MONTH)


def _all(text: str) -> list[_Found]:
    """Every period in a lower-case text, none overlapping another, in the order of the text."""
    found: list[_Found] = []
    rest = text
    for kind, form in _FORMS:
        for each in form.finditer(rest):
            mark = _MARK_BEHIND.match(text, each.end())
            marks = frozenset({_MARKS[mark["mark"][0]]}) if mark and mark["mark"] else frozenset[Mark]()
            read = _made(_canonical(kind, each), marks)
            if read is None:
                continue
            end = mark.end() if mark else each.end()
            found.append(_Found(read, each.start(), end))
            rest = rest[: each.start()] + "\0" * (end - each.start()) + rest[end:]
    return sorted(found, key=lambda each: each.start)


def _made(text: str, marks: frozenset[Mark]) -> PeriodRead | None:
    try:
        return PeriodRead(Period.parse(text), marks)
    except ValueError:
        return None


def _canonical(kind: str, found: re.Match[str]) -> str:
    year = found["year"]
    if kind == "year":
        return year
    if kind == "school":
        return f"{year}-{found['next']}"
    if kind in ("half", "quarter"):
        return f"{year}-{'S' if kind == 'half' else 'Q'}{_PARTS.get(found['part'], found['part'])}"
    month = found["month"]
    number = int(month) if month.isdigit() else _MONTHS.get(month, 0)
    return f"{year}-{number:02d}" if kind == "month" else f"{year}-{number:02d}-{int(found['day']):02d}"


def _part(half: object, kind: str) -> str | None:
    """The part of a year that a cell of its own column names, as a period ends with it."""
    text = "" if half is None or half != half else " ".join(str(half).lower().split()).removesuffix(".0")
    if (month := month_of(text)) is not None:
        return f"{month:02d}"
    for said, pattern in (("half", _HALF), ("quarter", _QUARTER)):
        if found := re.fullmatch(pattern, text):
            kind, text = said, found["part"]
    number = _PARTS.get(text, text)
    if not number.isdigit():
        return None
    if kind == "month":
        return f"{int(number):02d}" if 1 <= int(number) <= 12 else None
    largest, letter = (2, "S") if kind == "half" else (4, "Q")
    return f"{letter}{int(number)}" if 1 <= int(number) <= largest else None
