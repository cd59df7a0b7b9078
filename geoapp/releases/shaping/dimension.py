"""A second dimension of a long table: sex, age group or another column whose answers part the rows of one region."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from geoapp.domain.figures import says_nothing, tidy
from geoapp.domain.indicators import Indicator
from geoapp.releases.reading.table import Table
from geoapp.releases.shaping.columns import Profile
from geoapp.releases.shaping.header_words import plain, words_of

TOTAL = "total"
"""The answer of a row that gives the sum of the others."""
MALE, FEMALE = "l", "p"
_SEXES = {
    **dict.fromkeys(("l", "lk", "lakilaki", "laki", "pria", "male", "males", "m", "lki"), MALE),
    **dict.fromkeys(("p", "pr", "perempuan", "wanita", "female", "females", "f", "prp", "w"), FEMALE),
}
_TOTALS = {"jumlah", "total", "semua", "seluruhnya", "lp", "jml", "keduanya", "lakilakiperempuan", "jumlahtotal", "all"}
_SEX_HEADERS = {"kelamin", "jk", "sex", "gender", "jeniskelamin", "jenkel"}
_AGE_HEADERS = {"umur", "usia", "age"}
_ENOUGH = 0.2
"""So large a share of rows repeats another's region and period before a column is asked whether it parts them …"""
_LEFT = 0.05
"""… and so small a share may still repeat when it does: typing mistakes."""


class Dimension(NamedTuple):
    """A column of a second dimension and its answers; ``total`` says that rows give their sum too."""

    column: int
    answers: tuple[str, ...]
    sexes: bool
    total: bool = False

    @property
    def whole(self) -> tuple[str, ...]:
        """The answers that together are everybody: both sexes, all ages; empty where that is not known."""
        if self.sexes:
            return (MALE, FEMALE)
        whole = covering(self.answers, 0, None)
        return whole if len(whole) == len(self.answers) else ()


def answers(table: Table, column: int) -> list[str]:
    """The answer of every row as it can be compared: ``l`` and ``p`` for the sexes, ``TOTAL``, "" for none."""
    cells = table.column(column)
    sexes = _of_sexes(table.header[column], cells)
    known = {cell: answer_of(cell, sexes) for cell in dict.fromkeys(cells)}
    return [known[cell] for cell in cells]


def answer_of(cell: object, sexes: bool = False) -> str:
    """One answer as it can be compared.

    >>> answer_of("LAKI-LAKI", True), answer_of("Jumlah"), answer_of("0 – 4 tahun"), answer_of("75+")
    ('l', 'total', '0_4', '75_up')
    """
    text = tidy(cell).lower().removesuffix(".0")
    if says_nothing(text) is not None:
        return ""
    letters = re.sub(r"[^a-z]", "", text)
    if letters in _TOTALS and not re.search(r"\d", text):
        return TOTAL
    if sexes:
        return _SEXES.get(letters, plain(text))
    aged = re.sub(r"\s*(tahun|thn|th|years?)\b\.?", "", text)
    aged = re.sub(r"^(>=|≥|>)\s*(\d+)$|^(\d+)\s*(\+|ke atas|dst|keatas)$", r"\2\3_up", aged)
    return plain(aged)


def sex_of(indicator: Indicator) -> str | None:
    """The one sex whose figures an indicator gives, None if it is of both."""
    last = indicator.slug.rpartition("_")[2]
    said = {_SEXES[word] for word in ([last] if last in (MALE, FEMALE) else _sexed_words(indicator.name.id))}
    return said.pop() if len(said) == 1 else None


def says_sex(header: str) -> bool:
    """Whether a header names sex as such."""
    return bool(_SEX_HEADERS & set(words_of(header))) and not {"jumlah", "rasio", "ratio", "penduduk"} & set(
        words_of(header)
    )


def ages_of(text: str) -> tuple[int, int | None] | None:
    """The ages that an answer or an indicator's name gives, the last included; None above where it is open.

    >>> ages_of("0_4"), ages_of("Penduduk usia 0–14 tahun"), ages_of("75_up"), ages_of("Jumlah KK")
    ((0, 4), (0, 14), (75, None), None)
    """
    if found := re.search(r"(\d+)\s*(?:[-–_]|s\.?d\.?|sampai)\s*(\d+)", text):
        return int(found[1]), int(found[2])
    found = re.search(r"(\d+)\s*(?:\+|_up)", text)
    return (int(found[1]), None) if found else None


def covering(answers: Sequence[str], low: int, high: int | None) -> tuple[str, ...]:
    """The age groups that together are all ages from ``low`` to ``high``, without gap or overlap; empty if none do.

    >>> covering(["0_4", "5_9", "10_up"], 0, 9), covering(["0_4", "10_up"], 0, None)
    (('0_4', '5_9'), ())
    """
    known = {answer: ages for answer in answers if (ages := ages_of(answer)) is not None}
    chosen, upto = [], low
    for answer, (first, last) in sorted(known.items(), key=lambda each: each[1][0]):
        if first == upto and (high is None or (last is not None and last <= high)):
            chosen.append(answer)
            if last is None:
                return tuple(chosen)
            upto = last + 1
            if last == high:
                return tuple(chosen)
    return ()


def find_dimensions(
    table: Table, columns: Sequence[Profile], keys: Sequence[int], free: Sequence[int]
) -> tuple[Dimension, ...]:
    """The columns that part the rows of one region and period.

    ``keys`` are the columns of region and period, ``free`` those that are nothing else yet. A column of the sexes is
    one wherever it stands; another only if regions and periods repeat without it and do not with it.
    """
    found = [column for column in free if _is_sex(columns[column])]
    rows = [row.cells for row in table.rows if row.line not in table.asides]
    candidates = [column for column in free if column not in found and _may_part(columns[column], len(rows))]
    if candidates and keys and _repeated(rows, [*keys, *found]) > _ENOUGH:
        rows = list(dict.fromkeys(tuple(cells[n] for n in range(len(cells)) if n in {*keys, *free}) for cells in rows))
        order = {column: n for n, column in enumerate(sorted({*keys, *free}))}
        while candidates and _repeated(rows, [order[n] for n in (*keys, *found)]) > _ENOUGH:
            left = {column: _repeated(rows, [order[n] for n in (*keys, *found, column)]) for column in candidates}
            best = min(left, key=lambda column: (left[column], column))
            if left[best] > _LEFT and len(candidates) == 1:
                break
            found.append(best)
            candidates.remove(best)
        if _repeated(rows, [order[n] for n in (*keys, *found)]) > _LEFT:
            found = [column for column in found if _is_sex(columns[column])]
    return tuple(_dimension(table, column) for column in found)


def is_age(header: str) -> bool:
    """Whether a header names age groups."""
    return bool(_AGE_HEADERS & set(words_of(header)))


def _dimension(table: Table, column: int) -> Dimension:
    said = zip(table.rows, answers(table, column), strict=True)
    data = {answer for row, answer in said if row.line not in table.asides}
    parts = tuple(sorted(data - {TOTAL, ""}))
    return Dimension(column, parts, _of_sexes(table.header[column], table.column(column)), TOTAL in data)


def _repeated(rows: Sequence[tuple[object, ...]], columns: Sequence[int]) -> float:
    """The share of rows whose cells in these columns stood before."""
    different = {tuple(cells[column] for column in columns) for cells in rows}
    return 1 - len(different) / max(1, len(rows))


def _may_part(column: Profile, rows: int) -> bool:
    """Whether a column's answers are few enough to be a dimension, and no amounts."""
    return 2 <= len(column.cells) <= min(60, rows // 2) and (column.words > 0.5 or is_age(column.header))


def _is_sex(column: Profile) -> bool:
    return says_sex(column.header) or _of_sexes(column.header, column.cells, told=False)


def _of_sexes(header: str, cells: Sequence[object], told: bool = True) -> bool:
    """Whether the answers are the sexes: the header says so, or nothing else stands there."""
    if told and says_sex(header):
        return True
    letters = {re.sub(r"[^a-z]", "", tidy(cell).lower()) for cell in dict.fromkeys(cells)} - {""}
    known = {_SEXES[word] for word in letters if word in _SEXES}
    return known == {MALE, FEMALE} and all(word in _SEXES or word in _TOTALS for word in letters)


def _sexed_words(name: str) -> list[str]:
    text = name.lower().replace("laki-laki", "lakilaki")
    return [word for word in re.findall(r"[a-z]+", text) if word in _SEXES and len(word) > 2]
