"""Periods as tables write them: ``Semester I 2024``, ``30 April 2020``, ``2009r``, ``IKS 2021``, ``t_2020sm1``."""

import re
from typing import NamedTuple

from geoapp.domain.observations import Mark
from geoapp.domain.periods import Period

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb",
            "maret march mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu agt ags aug",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        1,
    )
    for name in names.split()
}
_MARKS = {"r": Mark.REVISED, "*": Mark.PROVISIONAL, "e": Mark.ESTIMATED}
_PARTS = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_PART = r"(?P<part>[1-4]|iv|i{1,3})"
_HALF = rf"(?:semester|smt|sm|s)[\s_-]*{_PART}"
_QUARTER = rf"(?:triwulan|tw|q)[\s_-]*{_PART}"
_FORMS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("year", _YEAR),
        ("school", rf"{_YEAR}\s*[/-]\s*(?P<next>(?:19|20)\d\d)"),
        ("half", rf"{_YEAR}[\s_-]*{_HALF}"),
        ("half", rf"{_HALF}[\s_,/-]*(?:tahun\s*)?{_YEAR}"),
        ("quarter", rf"{_YEAR}[\s_-]*{_QUARTER}"),
        ("quarter", rf"{_QUARTER}[\s_,/-]*(?:tahun\s*)?{_YEAR}"),
        ("month", rf"{_YEAR}-(?P<month>0[1-9]|1[0-2])"),
        ("month", rf"(?P<month>[a-z]+)[\s_]*{_YEAR}"),
        ("day", rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)"),
        ("day", rf"(?P<day>\d{{1,2}})[\s/.-]+(?P<month>\d{{1,2}}|[a-z]+)[\s/.-]+{_YEAR}"),
    )
)
_TAIL = re.compile(
    rf"(?P<stem>.*?)[\s_\-,(]*(?:tahun\s*)?(?P<period>(?:19|20)\d\d(?:\s*[/-]\s*(?:19|20)\d\d|[\s_-]*{_HALF})?|"
    rf"(?:semester|smt|sm)[\s_-]*[12i]+[\s_-]*(?:19|20)\d\d)(?P<mark>[re*]?)\)?",
    re.IGNORECASE | re.DOTALL,
)


class PeriodRead(NamedTuple):
    """A period with the mark beside it, such as ``2010*``."""

    period: Period
    marks: frozenset[Mark]


def read_period(raw: object, half: object = None) -> PeriodRead | None:
    """The period a cell names, None if it names none; ``half`` is a semester from a column of its own.

    >>> read_period("Semester II 2024").period.text, read_period(2019.0).period.text, read_period("2009r").period.text
    ('2024-S2', '2019', '2009')
    """
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = " ".join(str("" if raw is None else raw).strip().lower().replace("tahun", " ").split())
    text = re.sub(r"^(\d{4})\.0+$", r"\1", text)
    text = re.sub(r"^(\d{4}-\d\d-\d\d)[t ]00:00:00$", r"\1", text)
    mark = re.fullmatch(r"(.*\d)([re*])", text)
    text, marks = (mark[1], frozenset({_MARKS[mark[2]]})) if mark else (text, frozenset())
    found = _read(text)
    if found is None:
        return None
    part = _PARTS.get(str(half).strip().lower(), str(half).strip().removesuffix(".0")) if half is not None else ""
    if part in ("1", "2") and re.fullmatch(r"\d{4}", found.text):
        found = Period.parse(f"{found.text}-S{part}")
    return PeriodRead(found, marks)


def split_header(header: str) -> tuple[str, PeriodRead | None]:
    """A column's header as stem and period; no period, no change.

    >>> split_header("NILAI IDM 2024")[0], split_header("t_2020sm1")[1].period.text, split_header("luas_wil")
    ('NILAI IDM', '2020-S1', ('luas_wil', None))
    """
    text = " ".join(header.split())
    found = _TAIL.fullmatch(text)
    if not found:
        return text, None
    read = read_period(found["period"] + found["mark"].lower())
    return (found["stem"].strip(" _-,("), read) if read else (text, None)


def _read(text: str) -> Period | None:
    for kind, form in _FORMS:
        found = form.fullmatch(text)
        if found:
            try:
                return Period.parse(_canonical(kind, found))
            except ValueError:
                continue
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
