"""Figures as people write them, read on the whole column: ``1.234,5`` and ``1,234.5`` never share one.

A cell alone cannot tell whether ``1.234`` is a thousand or a little more than one; its neighbours can. What cannot be
decided is left to a person, with examples, and no sign for "nothing there" ever becomes a zero.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from geoapp.domain.indicators import Indicator
from geoapp.domain.observations import Mark, Observation, State

STATE_WORDS: Mapping[str, State] = {
    **dict.fromkeys(
        (
            "",
            "-",
            "–",
            "—",
            "…",
            "...",
            "..",
            "na",
            "n/a",
            "n.a.",
            "#n/a",
            "tad",
            "t.a.d.",
            "belum ada",
            "null",
            "none",
            "tidak ada data",
            "tidak tersedia",
            "missing",
            "nan",
        ),
        State.MISSING,
    ),
    **dict.fromkeys(("tidak berlaku", "not applicable", "not_applicable"), State.NOT_APPLICABLE),
    **dict.fromkeys(("disembunyikan", "suppressed", "s"), State.SUPPRESSED),
    "out_of_scope": State.OUT_OF_SCOPE,
}
"""What stands where there is no figure, compared without case."""

_MARKS = {"*": Mark.PROVISIONAL, "r": Mark.REVISED, "e": Mark.ESTIMATED}
_LARGEST = 1e300
_BLANKS = re.compile(r"[\s\u00a0\u200b\u202f\u2060\ufeff]+")
_NUMBER = re.compile(
    r"(?P<sign>[-\u2212+]?)(?P<digits>\d[\d.,]*|[.,]\d+)(?P<mark>[re*\u00b9\u00b2\u00b3\u2070-\u2079]*)"
)
_SCIENTIFIC = re.compile(r"[-+]?\d+([.,]\d+)?[eE][-+]?\d+")


class Decimal(StrEnum):
    """The sign before the decimals."""

    COMMA = "comma"
    POINT = "point"


class Undecided(ValueError):
    """A column of which both readings are possible, or which mixes both; ``examples`` are some of its cells."""

    def __init__(self, examples: tuple[str, ...], mixed: bool) -> None:
        super().__init__(", ".join(examples))
        self.examples = examples
        self.mixed = mixed


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that is neither figure nor state nor category."""

    text: str


class _Written(NamedTuple):
    text: str
    negative: bool
    marks: frozenset[Mark]


Read = Observation | Unread


def read_column(
    cells: Sequence[object],
    indicator: Indicator,
    decimal: Decimal | None = None,
    states: Mapping[str, State] = STATE_WORDS,
) -> list[Read]:
    """Read every cell of one column of ``indicator``, one result a cell; ``decimal`` ends all doubt.

    Raises
    ------
    Undecided
        If the column's numbers can be read in two ways, or some in one and some in the other.
    """
    if indicator.categories:
        spelled = spellings(indicator)
        return [_category(cell, spelled, states) for cell in cells]
    plain = [
        cell if _is_number(cell) else _BLANKS.sub(" ", "" if cell is None else str(cell)).strip() for cell in cells
    ]
    written = [None if _is_number(cell) else _written(str(cell)) for cell in plain]
    chosen = decimal or decide([each.text for each in written if each], whole=_is_whole(indicator))
    return [_figure(cell, each, chosen, states) for cell, each in zip(plain, written, strict=True)]


def spellings(indicator: Indicator) -> Mapping[str, str]:
    """Every way a table may write the indicator's categories, without case → slug."""
    return {
        word.casefold(): each.slug
        for each in indicator.categories
        for word in (*each.spellings, each.name.id, each.name.en, each.slug)
        if word
    }


def decide(written: Sequence[str], whole: bool) -> Decimal:
    """The decimal sign of a column of digits, dots and commas; ``whole`` if a figure has no decimals by its nature.

    >>> decide(["3,71", "18.094"], whole=False).value, decide(["1.234"], whole=True).value
    ('comma', 'comma')

    Raises
    ------
    Undecided
        If nothing in the column tells, or it tells both.
    """
    comma = [each for each in written if _proves(each, ",", ".")]
    point = [each for each in written if _proves(each, ".", ",")]
    if comma and point:
        raise Undecided((comma[0], point[0]), mixed=True)
    if comma or point:
        return Decimal.COMMA if comma else Decimal.POINT
    dots = [each for each in written if "." in each]
    commas = [each for each in written if "," in each]
    if dots and commas:
        raise Undecided((dots[0], commas[0]), mixed=True)
    if (dots or commas) and not whole:
        raise Undecided(tuple(dict.fromkeys(dots or commas))[:3], mixed=False)
    return Decimal.POINT if commas else Decimal.COMMA


def _proves(text: str, decimal: str, thousands: str) -> bool:
    """Whether ``text`` can only be read with ``decimal`` before the decimals."""
    if text.count(thousands) > 1 or (thousands in text and decimal in text):
        return text.rfind(decimal) > text.rfind(thousands) if decimal in text else True
    if text.count(decimal) != 1:
        return False
    before, after = text.split(decimal)
    return len(after) != 3 or len(before) > 3 or before in ("", "0") or before.startswith("0")


def _is_whole(indicator: Indicator) -> bool:
    return indicator.kind.is_amount and indicator.decimals == 0


def _is_number(cell: object) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _written(text: str) -> _Written | None:
    """The digits of a cell with its sign and marks; None if it is no number."""
    bare = re.sub(r"^Rp\.?\s*|\s*(%|persen|,-)$", "", text, flags=re.IGNORECASE)
    negative = bare.startswith("(") and bare.endswith(")")
    if _SCIENTIFIC.fullmatch(bare):
        return None
    found = _NUMBER.fullmatch((bare[1:-1] if negative else bare).replace(" ", ""))
    if not found:
        return None
    marks = frozenset(_MARKS[sign] for sign in found["mark"] if sign in _MARKS)
    return _Written(found["digits"].rstrip(".,"), negative or found["sign"] in ("-", "\u2212"), marks)


def _figure(cell: object, written: _Written | None, decimal: Decimal, states: Mapping[str, State]) -> Read:
    if isinstance(cell, int | float):
        return Observation(state=State.MISSING) if math.isnan(cell) else _finite(float(cell), str(cell))
    text = str(cell)
    if (state := states.get(text.casefold())) is not None:
        return Observation(state=state)
    if text.casefold() == "nihil":
        return Observation(figure=0.0)
    if written is None:
        return _finite(float(text.replace(",", ".")), text) if _SCIENTIFIC.fullmatch(text) else Unread(text)
    number = _number(written.text, decimal)
    if number is None:
        return Unread(text)
    return _finite(-number if written.negative else number, text, written.marks)


def _finite(number: float, text: str, marks: frozenset[Mark] = frozenset()) -> Read:
    return Observation(figure=number, marks=marks) if abs(number) <= _LARGEST else Unread(text)


def _number(text: str, decimal: Decimal) -> float | None:
    """The number, or None where the thousands are not in groups of three."""
    sign, group = (",", ".") if decimal is Decimal.COMMA else (".", ",")
    whole, _, rest = text.partition(sign)
    if group in rest or sign in rest or not re.fullmatch(rf"\d*|\d{{1,3}}(\{group}\d{{3}})+", whole):
        return None
    return float(f"{whole.replace(group, '') or '0'}.{rest or '0'}")


def _category(cell: object, spelled: Mapping[str, str], states: Mapping[str, State]) -> Read:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = _BLANKS.sub(" ", "" if cell is None else str(cell)).strip()
    if (slug := spelled.get(text.casefold())) is not None:
        return Observation(category=slug)
    state = states.get(text.casefold())
    return Observation(state=state) if state is not None else Unread(text)
